"""The moment that serves a shopper best: who has the channel's window open hears from the shop shortly before
it closes, while words may still be free; nobody is moved into the night."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.gate.quiet import Loud, next_loud

# So long before the window closes: an answer still opens it anew, and the message comes in time.
BEFORE_CLOSING: Final = timedelta(hours=1)
# Where the night lies before the closing, earlier moments are looked at in such steps.
_STEP: Final = timedelta(minutes=15)


def best_moment(
    moment: datetime,
    now: datetime,
    closes_at: datetime | None,
    flexible: timedelta,
    zones: Sequence[ZoneInfo],
    louds: Iterable[Loud],
) -> datetime:
    """From `now` on; `now` itself where nothing is gained by waiting.

    moment: the campaign's own for this shopper, never moved by more than `flexible`. closes_at: when their
    window closes, None where the channel has none or it is closed. zones, louds: as `next_loud` has them.
    """
    if closes_at is None or closes_at > moment + flexible:
        return now
    rules = tuple(louds)
    at = closes_at - BEFORE_CLOSING
    while at > now:
        if next_loud(at, zones, rules) == at:
            return at
        at -= _STEP
    return now
