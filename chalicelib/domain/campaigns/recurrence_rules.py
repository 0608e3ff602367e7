"""A recurrence rule as calendars write it, cut to what a campaign may follow.

Source: www.rfc-editor.org/rfc/rfc5545#section-3.3.10
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

# At most so many days, weeks, months or years from one time to the next: so there is always one within
# LOOK_AHEAD of `schedules`.
_INTERVALS: Final = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 36, "YEARLY": 4}
# What may stand beside each, so that a rule that names no day is found out at once: a library that looks for
# one would look on to the year 9999, day by day.
_BESIDE: Final = {
    "DAILY": frozenset({"BYDAY", "BYMONTH"}),
    "WEEKLY": frozenset({"BYDAY", "BYMONTH", "WKST"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "WKST"}),
}
_ALWAYS: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYHOUR", "BYMINUTE"})
_WEEKDAY: Final = r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)"
_NUMBER: Final = r"[+-]?[1-9]\d{0,2}"
_PARTS: Final = {
    "FREQ": re.compile("|".join(_INTERVALS)),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "COUNT": re.compile(r"[1-9]\d{0,2}"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
    "BYDAY": re.compile(rf"{_WEEKDAY}(,{_WEEKDAY})*"),
    "BYHOUR": re.compile(r"([01]?\d|2[0-3])(,([01]?\d|2[0-3])){0,5}"),
    "BYMINUTE": re.compile(r"[0-5]?\d"),
    "BYMONTH": re.compile(r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*"),
    **{
        name: re.compile(rf"{_NUMBER}(,{_NUMBER})*")
        for name in ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
    },
}
# How far each counts, from either end: a library that is asked for a day beyond fails, or looks for long.
_FARTHEST: Final = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_WEEKS_OF_MONTH: Final = 5
_WEEKS_OF_YEAR: Final = 53
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """text: without what ends it. count: how many occurrences there are, None for no end. until: the last
    moment, local without a zone, or UTC. step: begun so much later, or twice as much, it names the same from
    there on; None where that is not so."""

    text: str
    count: int | None = None
    until: datetime | None = None
    step: timedelta | None = None


def rule_from(text: str) -> Rule:
    """`RRULE:FREQ=WEEKLY;BYDAY=TU,FR`. Raises ValueError, in words for the merchant."""
    parts = _parts(text)
    freq, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", 1))
    if not freq:
        raise ValueError(f"A rule says how often (FREQ): {', '.join(_INTERVALS)}.")
    if interval > _INTERVALS[freq]:
        raise ValueError(f"With FREQ={freq}, INTERVAL is {_INTERVALS[freq]} at most.")
    beside = parts.keys() - _ALWAYS - _BESIDE[freq]
    if beside:
        raise ValueError(f"With FREQ={freq} can't stand: {', '.join(sorted(beside))}.")
    if freq == "DAILY" and interval > 1 and parts.keys() & _BESIDE[freq]:
        raise ValueError("With FREQ=DAILY and an INTERVAL, no days or months are picked: use FREQ=WEEKLY.")
    if freq in ("DAILY", "WEEKLY") and any(char.isdigit() for char in parts.get("BYDAY", "")):
        raise ValueError(f"With FREQ={freq}, BYDAY takes days alone, such as TU,FR.")
    _check_numbers(parts, is_of_month=freq == "MONTHLY" or "BYMONTH" in parts)
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("A rule ends by COUNT or by UNTIL, not by both.")
    count = int(parts.pop("COUNT")) if "COUNT" in parts else None
    until = _until(parts.pop("UNTIL")) if "UNTIL" in parts else None
    step = {"DAILY": timedelta(days=interval), "WEEKLY": timedelta(weeks=interval)}.get(freq)
    return Rule(";".join(f"{name}={value}" for name, value in parts.items()), count, until, step)


def _check_numbers(parts: Mapping[str, str], *, is_of_month: bool) -> None:
    farthest = {**_FARTHEST, "BYDAY": _WEEKS_OF_MONTH if is_of_month else _WEEKS_OF_YEAR}
    for name in sorted(farthest.keys() & parts.keys()):
        if any(int(number) > farthest[name] for number in re.findall(r"\d+", parts[name])):
            raise ValueError(f"{name} counts to {farthest[name]} at most here.")


def _parts(text: str) -> dict[str, str]:
    upper = text.strip().upper().removeprefix("RRULE:")
    if len(upper) > _LONGEST:
        raise ValueError(f"A rule has {_LONGEST} characters at most.")
    parts: dict[str, str] = {}
    for part in filter(None, upper.split(";")):
        name, _, value = part.partition("=")
        if name not in _PARTS or name in parts:
            known = ", ".join(_PARTS)
            raise ValueError(f"{name[:40]} can't stand here. A rule has each of these at most once: {known}.")
        if _PARTS[name].fullmatch(value) is None:
            raise ValueError(f"{name}={value[:40]} is not understood here.")
        parts[name] = value
    return parts


def _until(value: str) -> datetime:
    """A date ends with its day. Raises ValueError where there is no such moment."""
    try:
        until = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"UNTIL={value} is no date.") from None
    return until if "T" in value else datetime.combine(until, time.max)
