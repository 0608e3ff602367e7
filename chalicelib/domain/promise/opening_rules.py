"""How a merchant writes opening hours, read and checked: weeks, special days, closures, zones.

What is wrong is said in words for the merchant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# In the place of a week: open at any time.
ROUND_THE_CLOCK: Final = "24/7"
# What a shop that has set no hours is offered to start from.
SUGGESTED_WEEK: Final = {day: [["09:00", "18:00"]] for day in DAYS[:5]}
DAY_MIN: Final = 24 * 60
_LONGEST_CLOSURE: Final = timedelta(days=366)
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
# Names that mean something else on each machine, or nothing.
_MACHINES: Final = ("localtime", "posixrules", "Factory")

# Openings of a day as (start, end) in minutes from its midnight, in order; an end past 1440 is in the night.
Spans = tuple[tuple[int, int], ...]
Closure = tuple[date, date]


class BadHours(ValueError):
    """`field`: the setting in which it stands."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def known_zone(zone: str) -> str:
    """The zone's own name. Raises BadHours."""
    try:
        if zone in _MACHINES:
            raise ValueError
        return ZoneInfo(zone).key
    except (LookupError, ValueError, OSError, TypeError) as error:
        text = f"unknown time zone {zone!r}: use a name such as Europe/Bucharest"
        raise BadHours(text, "zone") from error


def week_from(week: Mapping[str, Sequence[Sequence[str]]] | str) -> tuple[Spans, ...]:
    """The openings of the seven days from Monday. Raises BadHours."""
    if isinstance(week, str):
        if week != ROUND_THE_CLOCK:
            text = f'{week!r} is no week: write "{ROUND_THE_CLOCK}", or the openings of each day'
            raise BadHours(text, "opening_hours")
        return (((0, DAY_MIN),),) * len(DAYS)
    unknown = [day for day in week if day not in DAYS]
    if unknown:
        raise BadHours(f"unknown day {unknown[0]!r}: use {', '.join(DAYS)}", "opening_hours")
    try:
        days = tuple(_spans(day, week.get(day, ())) for day in DAYS)
        _check_overlaps(days)
    except ValueError as error:
        raise BadHours(str(error), "opening_hours") from error
    return days


def special_from(days: Mapping[str, Sequence[Sequence[str]]]) -> dict[date, Spans]:
    """The openings of single dates. Raises BadHours."""
    try:
        found = {_date(text): _spans(text, spans) for text, spans in days.items()}
        for day, spans in found.items():
            if any(start < end for (_, end), (start, _) in pairwise(spans)):
                raise ValueError(f"{day}: two openings overlap")
    except ValueError as error:
        raise BadHours(str(error), "special_days") from error
    return found


def closures_from(texts: Iterable[str]) -> tuple[Closure, ...]:
    """First and last dates, in order and apart: of "2026-12-25", "2026-12-24/2027-01-02". Raises BadHours."""
    merged: list[Closure] = []
    try:
        for first, last in sorted(_closure(text) for text in texts):
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
    except ValueError as error:
        raise BadHours(str(error), "holidays") from error
    return tuple(merged)


def check_date(text: str) -> None:
    """Raises ValueError when it is none."""
    _date(text)


def _closure(text: str) -> Closure:
    if not isinstance(text, str) or "/" not in text:
        return (day := _date(text)), day
    first, last = (_date(part) for part in text.split("/", 1))
    if last < first:
        raise ValueError(f"{text}: the last date is before the first")
    if last - first >= _LONGEST_CLOSURE:
        raise ValueError(f"{text}: at most {_LONGEST_CLOSURE.days} days in one go")
    return first, last


def _spans(day: str, spans: Sequence[Sequence[str]]) -> Spans:
    return tuple(sorted(_span(day, span) for span in spans))


def _span(day: str, span: Sequence[str]) -> tuple[int, int]:
    if isinstance(span, str) or len(span) != 2:
        raise ValueError(f'{day}: an opening is a pair such as ["09:00", "18:00"]')
    start, end = _minutes(day, span[0]), _minutes(day, span[1])
    if start == DAY_MIN:
        raise ValueError(f"{day}: an opening can't start at 24:00; put it on the next day at 00:00")
    if start == end:
        raise ValueError(f"{day}: {span[0]}-{span[1]} has no length; the whole day is 00:00-24:00")
    return start, end if end > start else end + DAY_MIN


def _minutes(day: str, text: str) -> int:
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    if minute > 59 or hour * 60 + minute > DAY_MIN:
        raise ValueError(f"{day}: {text!r} is not a time of day; write it as 09:00, up to 24:00")
    return hour * 60 + minute


def _check_overlaps(days: tuple[Spans, ...]) -> None:
    spans = [(n * DAY_MIN + a, n * DAY_MIN + b, n) for n, day in enumerate(days) for a, b in day]
    if not spans:
        return
    first = spans[0]
    a_week = len(DAYS) * DAY_MIN
    for (_, end, a), (start, _, b) in pairwise([*spans, (first[0] + a_week, first[1] + a_week, first[2])]):
        if start < end:
            where = DAYS[a] if a == b else f"{DAYS[a]} and {DAYS[b]}"
            raise ValueError(f"{where}: two openings overlap")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{text!r} is not a date; write it as 2026-12-25") from error
