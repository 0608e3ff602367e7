"""Opening hours: a week on the shop's own wall clock, dates it stays closed, and business time.

Every instant in and out is aware and UTC; only the rules inside are local. An opening is half open: a shop
that closes at 18:00 is closed at 18:00 sharp. Where clocks jump over an opening or closing time, it falls on
the jump; where clocks repeat it, the first of the two counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD: Final = timedelta(days=60)
_DAY_MIN: Final = 24 * 60
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")

Opening = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shop is open. Build it with `hours_from`, which checks it.

    week: for each day from Monday, its openings as (start, end) in minutes from that midnight, in order; an
    end past 1440 lies in the night after. closed_on: local dates on which nothing opens (a night that began
    the evening before still runs to its end).
    """

    zone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    closed_on: frozenset[date] = frozenset()


def hours_from(
    zone: str, week: Mapping[str, Sequence[Sequence[str]]], closed_on: Iterable[str] = ()
) -> Hours:
    """Read `{"mon": [["09:00", "13:00"], ["14:00", "18:00"]], "fri": [["22:00", "03:00"]]}` and ISO dates.

    A day that is missing is closed. "24:00" is the day's end; an end before its start lies past midnight.
    Raises ValueError, in words for the merchant.
    """
    unknown = [day for day in week if day not in DAYS]
    if unknown:
        raise ValueError(f"unknown day {unknown[0]!r}: use {', '.join(DAYS)}")
    days = tuple(tuple(sorted(_span(day, span) for span in week.get(day, ()))) for day in DAYS)
    _check_overlaps(days)
    return Hours(_known_zone(zone), days, frozenset(_date(text) for text in closed_on))


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
    """The openings that touch [start, end], in order and uncut; neighbours without a gap stay apart."""
    if not any(hours.week):
        return
    zone = ZoneInfo(hours.zone)
    day = start.astimezone(zone).date() - timedelta(days=1)  # last night may still be running
    last = end.astimezone(zone).date()
    while day <= last:
        for first_min, last_min in () if day in hours.closed_on else hours.week[day.weekday()]:
            opens, closes = _instant(day, first_min, zone), _instant(day, last_min, zone)
            if start < closes and opens <= end and opens < closes:
                yield opens, closes
        day += timedelta(days=1)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """When the wall clock shows `minutes` past the midnight that begins `day`."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    return first if first <= second else _jump(second, first, zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant between two at which the zone's clocks go forward, to the second."""
    low, high = int(before.timestamp()), int(after.timestamp())
    old = before.astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _span(day: str, span: Sequence[str]) -> tuple[int, int]:
    if isinstance(span, str) or len(span) != 2:
        raise ValueError(f'{day}: an opening is a pair such as ["09:00", "18:00"]')
    start, end = _minutes(day, span[0]), _minutes(day, span[1])
    if start == _DAY_MIN:
        raise ValueError(f"{day}: an opening can't start at 24:00; put it on the next day at 00:00")
    if start == end:
        raise ValueError(f"{day}: {span[0]}-{span[1]} has no length; the whole day is 00:00-24:00")
    return start, end if end > start else end + _DAY_MIN


def _minutes(day: str, text: str) -> int:
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    if minute > 59 or hour * 60 + minute > _DAY_MIN:
        raise ValueError(f"{day}: {text!r} is not a time of day; write it as 09:00, up to 24:00")
    return hour * 60 + minute


def _check_overlaps(days: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    spans = [(n * _DAY_MIN + a, n * _DAY_MIN + b, n) for n, day in enumerate(days) for a, b in day]
    if not spans:
        return
    first = spans[0]
    a_week = len(DAYS) * _DAY_MIN
    for (_, end, a), (start, _, b) in pairwise([*spans, (first[0] + a_week, first[1] + a_week, first[2])]):
        if start < end:
            where = DAYS[a] if a == b else f"{DAYS[a]} and {DAYS[b]}"
            raise ValueError(f"{where}: two openings overlap")


# Names that mean something else on each machine, or nothing.
_MACHINES: Final = ("localtime", "posixrules", "Factory")


def _known_zone(zone: str) -> str:
    try:
        if zone in _MACHINES:
            raise ValueError
        return ZoneInfo(zone).key
    except (LookupError, ValueError, OSError, TypeError) as error:
        raise ValueError(f"unknown time zone {zone!r}: use a name such as Europe/Bucharest") from error


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{text!r} is not a date; write it as 2026-12-25") from error
