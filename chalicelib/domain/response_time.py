"""What a shopper may expect: response times measured in a small sketch, and the promise made from them.

A sketch is a plain dict from bucket to count, one attribute each, so that a store can add without reading.
Once the shop has set its hours, samples are seconds of business time (`hours.open_seconds`), else of clock
time; the promise counts the same way.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.hours import Hours, add_open_seconds, closing_after, is_open, next_opening

# The customer-service standard for social media, until a shop has measured its own.
STANDARD_S: Final[Mapping[str, int]] = {
    "whatsapp": 3600,
    "messenger": 3600,
    "instagram": 3600,
    "telegram": 3600,
}
SAMPLES_NEEDED: Final = 20
SHARE_KEPT: Final = 0.8

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86400
_LADDER_S: Final = (
    *(n * _MINUTE_S for n in (1, 2, 3, 5, 10, 15, 20, 30, 45)),
    *(n * _HOUR_S for n in (1, 2, 3, 4, 6, 8, 12, 24)),
    *(n * _DAY_S for n in range(2, 31)),
)
_QUARTER_S: Final = 15 * _MINUTE_S
# People call ten minutes and twenty seconds "ten minutes"; so up to a day each step reaches 5 % further.
_LAST_TIMES_S: Final = tuple((step, step * 1.05 if step <= _DAY_S else float(step)) for step in _LADDER_S)

_RATIO: Final = 1.07
_LONGEST_S: Final = 30 * _DAY_S
# What people say is an edge too, so that the sketch's error never moves a time to what they say next.
_EDGES_S: Final = tuple(
    sorted(
        {_RATIO**n for n in range(int(math.log(_LONGEST_S, _RATIO)) + 1)}
        | {edge for step, last in _LAST_TIMES_S for edge in (float(step), last)}
    )
)
# A bucket is named by its upper edge in ms, so that stored counts outlive a change of the scale.
BUCKETS: Final = tuple(f"t{math.ceil(edge_s * 1000):010d}" for edge_s in _EDGES_S)

PromiseKind = Literal["none", "within", "by", "back"]


@dataclass(frozen=True, slots=True)
class Promise:
    """What the shopper is told, and by when it must be true.

    none: no time is told. within: an answer in `within_s` seconds, without a break. by: open now, but the
    answer may come after closing, so `due` is told. back: closed now, `opens` is told.
    due: past it the promise is broken; None for no promise. within_s: rounded up; business time where hours
    are set.
    """

    kind: PromiseKind
    due: datetime | None = None
    opens: datetime | None = None
    within_s: int = 0


def bucket_of(seconds: float) -> str:
    """The bucket of one measured time; all below 1 s and above 30 days go to the ends."""
    return BUCKETS[min(bisect_left(_EDGES_S, seconds), len(BUCKETS) - 1)]


def merge(*sketches: Mapping[str, int]) -> dict[str, int]:
    """The sketch of all samples together."""
    total: dict[str, int] = {}
    for sketch in sketches:
        for bucket, samples in sketch.items():
            total[bucket] = total.get(bucket, 0) + samples
    return total


def count(counts: Mapping[str, int]) -> int:
    """How many samples a sketch holds."""
    return sum(counts.values())


def percentile(counts: Mapping[str, int], share: float) -> float:
    """Seconds within which `share` of the samples lie, at most 7 % too long. ValueError without samples."""
    total = count(counts)
    if total <= 0:
        raise ValueError("an empty sketch has no percentile")
    needed = max(1, math.ceil(share * total - 1e-9))
    seen = 0
    for bucket in sorted(counts):
        seen += counts[bucket]
        if seen >= needed:
            break
    if not bucket.startswith("t") or not bucket[1:].isdigit():
        raise ValueError("a sketch may only hold the buckets of bucket_of")
    return int(bucket[1:]) / 1000


def expected_s(counts: Mapping[str, int], channel: str) -> tuple[float, bool]:
    """How long a first answer takes on a channel, and whether that was measured or is the standard."""
    if count(counts) >= SAMPLES_NEEDED:
        return percentile(counts, SHARE_KEPT), True
    return float(STANDARD_S.get(channel, _HOUR_S)), False


def rounded_up(seconds: float) -> int:
    """The next time that people say: 1, 2, 3, 5, 10 … 45 minutes, 1, 2, 3 … 24 hours, whole days."""
    return next((step for step, last_s in _LAST_TIMES_S if seconds <= last_s), _LONGEST_S)


def promise(now: datetime, hours: Hours | None, counts: Mapping[str, int], channel: str) -> Promise:
    """What to tell a shopper who writes now: no time until the shop has set its hours or was measured."""
    seconds, is_measured = expected_s(counts, channel)
    within_s = rounded_up(seconds)
    in_clock_time = now.astimezone(UTC) + timedelta(seconds=within_s)
    if hours is None:
        return Promise("within", in_clock_time, within_s=within_s) if is_measured else Promise("none")
    if not is_open(hours, now):
        return _when_back(now, hours, within_s)
    closing = closing_after(hours, now)
    if closing is None or in_clock_time <= closing:
        return Promise("within", in_clock_time, within_s=within_s)
    due = add_open_seconds(hours, now, within_s)
    return Promise("by", _full_quarter(due), within_s=within_s) if due else Promise("none")


def _when_back(now: datetime, hours: Hours, within_s: int) -> Promise:
    opens = next_opening(hours, now)
    if opens is None:
        return Promise("none")
    due = add_open_seconds(hours, opens, within_s)
    return Promise("back", _full_quarter(due) if due else None, opens, within_s)


def _full_quarter(at: datetime) -> datetime:
    """A time that people say. Zones lie whole quarters of an hour from UTC, so it is one there too."""
    return datetime.fromtimestamp(math.ceil(at.timestamp() / _QUARTER_S) * _QUARTER_S, UTC)
