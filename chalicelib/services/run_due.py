"""Every minute: what is due and was not done yet goes back to the queues."""

from datetime import timedelta
from typing import Final

from chalicelib.domain.work import overdue_s
from chalicelib.ports.queues import Clock, DueStore, Outbox

# Work that was queued gets so long to be done before the tick queues it again.
PATIENCE: Final = timedelta(minutes=5)
PAGE: Final = 100


class RunDue:
    """Costs the work that is due, not the work that waits."""

    def __init__(self, dues: DueStore, outbox: Outbox, clock: Clock) -> None:
        self._dues, self._outbox, self._clock = dues, outbox, clock

    def __call__(self) -> tuple[int, float]:
        """How much was queued, and how many seconds the oldest of it was overdue."""
        now = self._clock.now()
        found = self._dues.due(now, PAGE)
        self._outbox.dispatch_all([due.work for due in found], attempt=now.isoformat())
        for due in found:
            self._dues.postpone(due, now + PATIENCE)
        return len(found), max((overdue_s(due, now) for due in found), default=0.0)
