"""Opening hours on the shop's own wall clock, and business time.

Every instant in and out is aware and UTC; only the rules inside are local. An opening is half open: a shop
that closes at 18:00 is closed at 18:00 sharp. Where clocks jump over an opening or closing time, it falls on
the jump; where clocks repeat it, the first of the two counts.

What holds on a date: a closure that the shop has named, before a special day's own openings, before a public
holiday, before the week. A night belongs to the date on which it began, and runs to its end.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.promise.opening_rules import (
    DAYS,
    Closure,
    Spans,
    closures_from,
    known_zone,
    special_from,
    week_from,
)
from chalicelib.domain.wall_clocks import instant_of

LOOK_AHEAD: Final = timedelta(days=60)
_DAY: Final = timedelta(days=1)
_TWO_DAYS: Final = timedelta(days=2)

Opening = tuple[datetime, datetime]

__all__ = [
    "DAYS",
    "LOOK_AHEAD",
    "Hours",
    "add_open_seconds",
    "closing_after",
    "hours_from",
    "is_open",
    "next_opening",
    "open_seconds",
]


def _never(day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shop is open. Build it with `hours_from`, which checks it.

    week: for each day from Monday, its openings. special: the openings of single dates. closures: first and
    last local dates on which nothing opens, in order and apart.
    """

    zone: str
    week: tuple[Spans, ...]
    closures: tuple[Closure, ...] = ()
    special: Mapping[date, Spans] = field(default_factory=dict, hash=False)
    is_public_holiday: Callable[[date], bool] = field(default=_never, compare=False)

    def on(self, day: date) -> Spans:
        """The openings that begin on a local date."""
        if self.closures:
            place = bisect_right(self.closures, (day, date.max))
            if place and day <= self.closures[place - 1][1]:
                return ()
        if day in self.special:
            return self.special[day]
        spans = self.week[day.weekday()]
        return () if spans and self.is_public_holiday(day) else spans


def hours_from(
    zone: str,
    week: Mapping[str, Sequence[Sequence[str]]] | str,
    closed_on: Iterable[str] = (),
    *,
    special_days: Mapping[str, Sequence[Sequence[str]]] | None = None,
    is_public_holiday: Callable[[date], bool] = _never,
) -> Hours:
    """Read `{"mon": [["09:00", "13:00"], ["14:00", "18:00"]], "fri": [["22:00", "03:00"]]}`, or "24/7".

    A day that is missing is closed. "24:00" is the day's end; an end before its start lies past midnight.
    closed_on: ISO dates and ranges of them, "2026-12-24/2027-01-02", the last one included. special_days:
    openings by ISO date. Raises ValueError (BadHours, with the field), in words for the merchant.
    """
    return Hours(
        known_zone(zone),
        week_from(week),
        closures_from(closed_on),
        special_from(special_days or {}),
        is_public_holiday,
    )


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether somebody is there at this instant."""
    return any(opens <= at for opens, _ in _openings(hours, at, at))


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """The first open instant from `at` on: `at` itself when the shop is open. None if 60 days hold none."""
    for opens, _ in _openings(hours, at, at + LOOK_AHEAD):
        return max(opens, at).astimezone(UTC)
    return None


def closing_after(hours: Hours, at: datetime) -> datetime | None:
    """When the opening that `at` lies in ends. None when closed at `at`, and when no end comes in 60 days."""
    until = None
    horizon = at + LOOK_AHEAD
    for opens, closes in _openings(hours, at, horizon):
        if opens > (until or at):
            return until
        until = closes
        if until >= horizon:
            return None
    return until


def open_seconds(hours: Hours, start: datetime, end: datetime) -> float:
    """How many seconds the shop is open between two instants; 0 when `end` is not after `start`."""
    spans = (min(closes, end) - max(opens, start) for opens, closes in _openings(hours, start, end))
    return sum((max(span, timedelta()) for span in spans), timedelta()).total_seconds()


def add_open_seconds(hours: Hours, start: datetime, seconds: float) -> datetime | None:
    """The first instant by which the shop has been open for `seconds` since `start` (0 s: `start` itself).

    None when the next 60 days do not hold that much. Raises ValueError for a negative number.
    """
    if seconds < 0:
        raise ValueError("seconds must not be negative")
    left = timedelta(seconds=seconds)
    if not left:
        return start.astimezone(UTC)
    for opens, closes in _openings(hours, start, start + LOOK_AHEAD):
        begin = max(opens, start)
        if left <= closes - begin:
            return (begin + left).astimezone(UTC)
        left -= closes - begin
    return None


def _openings(hours: Hours, start: datetime, end: datetime) -> Iterator[Opening]:
    """The openings that touch [start, end], in order, apart and uncut; neighbours without a gap stay two."""
    if not any(hours.week) and not hours.special:
        return
    zone = ZoneInfo(hours.zone)
    day = start.astimezone(zone).date() - _DAY  # last night may still be running
    last = end.astimezone(zone).date()
    reached: datetime | None = None
    while day <= last:
        for opens, closes in _instants(day, hours.on(day), zone):
            # Only a special day can begin before the night ahead of it has ended.
            begins = opens if reached is None else max(opens, reached)
            if begins < closes:
                reached = closes
                if start < closes and begins <= end:
                    yield begins, closes
        day += _DAY


def _instants(day: date, spans: Spans, zone: ZoneInfo) -> Iterator[Opening]:
    """The openings that begin on a date, as instants."""
    if not spans:
        return
    midnight = datetime.combine(day, time(), zone)
    offset = midnight.utcoffset()
    if offset is not None and offset == (midnight + _TWO_DAYS).utcoffset():  # no change of clocks near
        begin = datetime.combine(day, time(), UTC) - offset
        for first_min, last_min in spans:
            yield begin + timedelta(minutes=first_min), begin + timedelta(minutes=last_min)
        return
    for first_min, last_min in spans:
        ends = (midnight + timedelta(minutes=minute) for minute in (first_min, last_min))
        opens, closes = (instant_of(wall, zone) for wall in ends)
        yield opens, closes
