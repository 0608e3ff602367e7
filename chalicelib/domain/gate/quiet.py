"""When nothing may be sent of its own accord: hours of the day where the shopper is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_MIDNIGHT: Final = time()
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
# No rule is quiet for longer in any one place.
_LONGEST: Final = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Loud:
    """From when until when of each day it may be sent. An end not after its start lies on the next day; both
    the same: always."""

    since: time
    until: time


def loud_between(quiet_from: str, quiet_until: str) -> Loud:
    """The rest of the day, for quiet hours as "21:00" and "09:00". Raises ValueError."""
    return Loud(_time(quiet_until), _time(quiet_from))


def is_loud(at: datetime, zone: ZoneInfo, loud: Loud) -> bool:
    """By the clock on the wall there."""
    local = at.astimezone(zone).time()
    if loud.since < loud.until:
        return loud.since <= local < loud.until
    return local >= loud.since or local < loud.until


def next_loud(now: datetime, zones: Sequence[ZoneInfo], louds: Iterable[Loud]) -> datetime:
    """The first moment from now on at which it is loud by every rule in every zone where they may be.

    Where that is never so, the first zone alone decides.
    """
    rules = tuple(louds)
    found = _first(now, zones, rules)
    return found or _first(now, zones[:1], rules) or now + _LONGEST


def _first(now: datetime, zones: Sequence[ZoneInfo], rules: Sequence[Loud]) -> datetime | None:
    at = now
    while at <= now + _LONGEST:
        starts = [_start(at, zone, rule) for zone in zones for rule in rules if not is_loud(at, zone, rule)]
        if not starts:
            return at
        at = max(starts)
    return None


def _start(at: datetime, zone: ZoneInfo, loud: Loud) -> datetime:
    """When it next gets loud there. Clocks that are put forward skip a start: then it is the skip's end."""
    local = at.astimezone(zone)
    for days in (0, 1, 2):
        day = (local + timedelta(days=days)).date()
        start = datetime.combine(day, loud.since, zone).astimezone(UTC)
        if start > at and is_loud(start, zone, loud):
            return start
    return at + timedelta(hours=1)


def _time(spelled: str) -> time:
    if spelled == "24:00":
        return _MIDNIGHT
    found = _TIME.fullmatch(spelled)
    if found is None:
        raise ValueError(f"{spelled!r} is no time of a day")
    return time(int(found[1]), int(found[2]))
