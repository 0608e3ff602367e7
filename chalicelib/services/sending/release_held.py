"""A connection can send again, or never will: what waited for it goes back to the queue."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.work import Due, ReleaseHeld
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.queues import Clock, DueStore, Outbox
from chalicelib.ports.threads import ThreadStore

# A function's time is bounded: what is left is taken up by the next call.
_PAGES: Final = 20
_SOON: Final = timedelta(minutes=1)


class LetGo:
    """The gate then decides on each message anew. Repeatable at any point."""

    def __init__(self, threads: ThreadStore, dues: DueStore, outbox: Outbox, clock: Clock) -> None:
        self._threads, self._dues, self._outbox, self._clock = threads, dues, outbox, clock

    def __call__(self, work: ReleaseHeld) -> None:
        """Raises StoreBusy when it may pass later."""
        for _ in range(_PAGES):
            held = self._threads.held(work.merchant_id, work.connection_id)
            if not held:
                self._dues.forget(work)
                return
            attempt = self._clock.now().isoformat()
            self._outbox.dispatch_all([one.work for one in held], attempt)
            self._threads.let_go(work.merchant_id, work.connection_id, held)
        self._outbox.dispatch(work, delay_s=1)


class Release:
    """Around what makes a connection able to send again, or closes it for good: afterwards all that was held
    is decided anew. The due row is there first: should we die in between, the tick sees to it."""

    def __init__(self, dues: DueStore, outbox: Outbox) -> None:
        self._dues, self._outbox = dues, outbox

    @contextmanager
    def __call__(self, connection: Connection, now: datetime) -> Iterator[None]:
        work = ReleaseHeld(connection.merchant_id, connection.connection_id)
        self._dues.set(Due(work, now + _SOON))
        yield
        with suppress(StoreBusy):
            self._outbox.dispatch(work, delay_s=1)
