"""What a shopper who writes now may be told, from what was measured and when the shop is open."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.promise.expected import expected
from chalicelib.domain.promise.hours import (
    Hours,
    add_open_seconds,
    closing_after,
    is_open,
    next_opening,
    open_seconds,
)
from chalicelib.domain.promise.sketches import LONGEST_S, SAID_S
from chalicelib.domain.promise.waits import Measured

# The customer-service standard for social media, until a shop has measured its own.
STANDARD_S: Final[Mapping[str, int]] = {
    "whatsapp": 3600,
    "messenger": 3600,
    "instagram": 3600,
    "telegram": 3600,
}
_HOUR_S: Final = 3600
_MINUTE_S: Final = 60
# Up to here people count minutes and hours; of what takes longer they say when it will be.
_LONGEST_WITHIN_S: Final = 2 * _HOUR_S
_QUARTER_S: Final = 15 * _MINUTE_S
_FIVE_MINUTES_S: Final = 5 * _MINUTE_S

PromiseKind = Literal["none", "within", "by", "back"]


@dataclass(frozen=True, slots=True)
class Promise:
    """What the shopper is told, and by when it must be true.

    none: no time is told. within: an answer in `within_s` seconds, without a break. by: open now, but the
    answer may come after closing, or takes hours, so `due` is told. back: closed now, `opens` is told.
    due: past it the promise is broken; None for no promise. within_s: as people say it; business time.
    """

    kind: PromiseKind
    due: datetime | None = None
    opens: datetime | None = None
    within_s: int = 0


def rounded_up(seconds: float) -> int:
    """The next time that people say: 1, 2, 3, 4, 5, 7, 10 … 50 minutes, 1 hour, 90 minutes, 2, 3 … 24 hours,
    whole days."""
    return next((step for step in SAID_S if seconds <= step), LONGEST_S)


def promise(
    now: datetime,
    hours: Hours | None,
    channel: str,
    measured: Measured | None = None,
    target_s: float | None = None,
    waits_since: datetime | None = None,
) -> Promise:
    """What to tell a shopper who writes now: no time until the shop has set its hours.

    target_s: what the shop itself has set for the channel; then nothing is estimated. waits_since: of who
    has waited already for what was promised.
    """
    if hours is None:
        return Promise("none")
    if target_s is not None:
        full_minutes_s = math.ceil(target_s / _MINUTE_S) * _MINUTE_S
        return _in_time(now, hours, full_minutes_s, full_minutes_s)
    standard_s = STANDARD_S.get(channel, _HOUR_S)
    after_s = open_seconds(hours, waits_since, now) if waits_since else 0.0
    waits = expected(now, hours, measured or Measured(), standard_s)
    seconds = max(math.ceil(waits.within_s(after_s=after_s)), 1)
    return _in_time(now, hours, min(seconds, LONGEST_S), rounded_up(seconds))


def _in_time(now: datetime, hours: Hours, seconds: int, said_s: int) -> Promise:
    """seconds: how long it takes. said_s: as people would say that."""
    if not is_open(hours, now):
        opens = next_opening(hours, now)
        due = add_open_seconds(hours, opens, said_s) if opens else None
        return Promise("back", due, opens, said_s) if opens else Promise("none")
    closing = closing_after(hours, now)
    in_clock_time = now.astimezone(UTC) + timedelta(seconds=said_s)
    if said_s <= _LONGEST_WITHIN_S and (closing is None or in_clock_time <= closing):
        return Promise("within", in_clock_time, within_s=said_s)
    due = add_open_seconds(hours, now, seconds)
    return Promise("by", _as_said(due, seconds), within_s=said_s) if due else Promise("none")


def _as_said(at: datetime, after_s: int) -> datetime:
    """A time that people say: full five minutes, or quarters of what takes long. Zones lie whole quarters of
    an hour from UTC, so it is one there too."""
    step_s = _FIVE_MINUTES_S if after_s < _HOUR_S else _QUARTER_S
    return datetime.fromtimestamp(math.ceil(at.timestamp() / step_s) * step_s, UTC)
