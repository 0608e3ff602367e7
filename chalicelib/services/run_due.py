"""Every minute: what is due and was not done yet goes back to the queues."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from chalicelib.domain.work import Due, RunPage, overdue_s
from chalicelib.ports.queues import Clock, DueStore, Outbox

# Work that was queued gets so long to be done before the tick queues it again.
PATIENCE: Final = timedelta(minutes=5)
PAGE: Final = 100
# Pages of campaigns take seconds each: what is more than these is spread over the time until the next tick,
# so that they do not take all functions at once that an account may run.
PAGES_AT_ONCE: Final = 8
SPREAD_S: Final = 50


class RunDue:
    """Costs the work that is due, not the work that waits."""

    def __init__(self, dues: DueStore, outbox: Outbox, clock: Clock) -> None:
        self._dues, self._outbox, self._clock = dues, outbox, clock

    def __call__(self) -> tuple[int, float]:
        """How much was queued, and how many seconds the oldest of it was overdue."""
        now = self._clock.now()
        found = self._dues.due(now, PAGE)
        pages = [due for due in found if isinstance(due.work, RunPage)][PAGES_AT_ONCE:]
        self._outbox.dispatch_all([due.work for due in found if due not in pages], attempt=now.isoformat())
        self._spread(pages)
        for due in found:
            self._dues.postpone(due, now + PATIENCE)
        return len(found), max((overdue_s(due, now) for due in found), default=0.0)

    def _spread(self, pages: Sequence[Due]) -> None:
        for place, due in enumerate(pages):
            self._outbox.dispatch(due.work, delay_s=1 + place * SPREAD_S // len(pages))
