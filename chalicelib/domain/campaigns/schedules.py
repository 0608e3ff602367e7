"""When a campaign goes out: days of the week or the month, once, or by a calendar's rule; and on whose clock.

What recurs, recurs on the wall: 10:00 is 10:00 in summer and in winter. What that is in the world is worked
out here: a time that the clocks jump over becomes the first that they show, one that they show twice is the
first of the two, and nothing goes out twice for that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from chalicelib.domain.campaigns.recurrence_rules import rule_from
from chalicelib.domain.promise.opening_rules import DAYS, BadHours, known_zone
from chalicelib.domain.wall_clocks import instant_of

SHOP, SHOPPER = "shop", "shopper"
TOLERANCE: Final = timedelta(minutes=120)
# Nobody has missed anything by so little: due work is looked at every minute.
_ON_TIME: Final = timedelta(minutes=5)
# A rule that names no day within so long names none: leap days are eight years apart at worst, and a rule may
# skip two of three.
LOOK_AHEAD: Final = timedelta(days=25 * 366)
# Where days begin first and last in the world: +14:00 and -12:00.
_FIRST: Final = timedelta(hours=14)
_LAST: Final = timedelta(hours=12)
# Clocks that jump may move a time by a day: one of the Pacific's islands has left a whole one out.
_NEAR: Final = timedelta(days=2)

# What a rule (the text, its first moment, from when and until when, all on the wall) names, in its order.
Recurs = Callable[[str, datetime, datetime, datetime], Iterator[datetime]]
Missed = Literal["on_time", "late", "skipped"]
_Read = TypeVar("_Read")
_Day = TypeVar("_Day", date, datetime)
_YEARS: Final = (2000, 2200)


class BadSchedule(ValueError):
    """It can't be kept. `field`: where; the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """once: the only moment, else a rule. first: the rule's first moment, None where it does not matter and
    `at` is when. step: as `Rule` has it. count, until: what ends the rule. zone: `shop`, `shopper` or an IANA
    name. start, end: the first and last day; but: days on which nothing goes out. All on the wall. tolerance:
    how late it may go out when its moment was missed."""

    once: datetime | None = None
    rule: str = ""
    first: datetime | None = None
    at: time = time()
    step: timedelta | None = None
    count: int | None = None
    until: datetime | None = None
    zone: str = SHOP
    start: date | None = None
    end: date | None = None
    but: frozenset[date] = frozenset()
    tolerance: timedelta = TOLERANCE


def schedule_from(raw: Mapping[str, Any]) -> Schedule:
    """As a campaign holds it: exactly one of `days`, `month_days`, `once` and `rule`. Raises BadSchedule."""
    kinds = [name for name in _KINDS if name in raw]
    if len(kinds) != 1:
        raise BadSchedule("schedule", f"Say exactly one of: {', '.join(_KINDS)}.")
    zone = raw.get("zone", SHOP)
    shared: dict[str, Any] = {
        "zone": zone if zone in (SHOP, SHOPPER) else _read(known_zone, zone, "zone"),
        "start": _day(raw["start"], "start") if raw.get("start") else None,
        "end": _day(raw["end"], "end") if raw.get("end") else None,
        "but": frozenset(_day(one, "except") for one in raw.get("except", ())),
        "tolerance": timedelta(minutes=float(raw.get("tolerance_minutes", TOLERANCE / timedelta(minutes=1)))),
    }
    if shared["start"] and shared["end"] and shared["end"] < shared["start"]:
        raise BadSchedule("schedule.end", "The last day is not before the first (`start`).")
    return _KINDS[kinds[0]](raw, shared)


def next_after(schedule: Schedule, shop_zone: str, after: datetime, recurs: Recurs) -> datetime | None:
    """The first occurrence later than `after`, in UTC; None where there is none any more.

    On the shoppers' own clocks it is when the first in the world read that time, wherever they are:
    `wall_at` says which time that is, `moment_for` when it is with each of them.
    """
    wall = _shown_at(schedule, shop_zone, after).replace(tzinfo=None) - _NEAR
    found = _instants(schedule, shop_zone, wall, recurs)
    return next((instant for instant in found if instant > after), None)


def first_after(schedule: Schedule, shop_zone: str, now: datetime, recurs: Recurs) -> datetime | None:
    """The occurrence to begin with when it is booked `now`. On the shoppers' own clocks: the first that the
    shop's clock has not shown, though elsewhere it may have passed."""
    if schedule.zone != SHOPPER:
        return next_after(schedule, shop_zone, now, recurs)
    shown = now.astimezone(_zone(shop_zone)).replace(tzinfo=UTC)
    return next_after(schedule, shop_zone, shown - _FIRST, recurs)


def wall_at(schedule: Schedule, shop_zone: str, at: datetime) -> datetime:
    """What the schedule's clock shows at an occurrence; without a zone."""
    return _shown_at(schedule, shop_zone, at).replace(tzinfo=None)


def moment_for(wall: datetime, zones: Sequence[ZoneInfo]) -> datetime:
    """When somebody's clock shows it, in UTC. zones: those that they may live in, the likeliest first."""
    return instant_of(wall, zones[0])


def missed(schedule: Schedule, at: datetime, now: datetime) -> Missed:
    """Whether an occurrence that is begun now goes out, though late, or is left out. On the shoppers' own
    clocks it is on time as long as it is still to come for somebody."""
    span = _FIRST + _LAST if schedule.zone == SHOPPER else timedelta(0)
    if now > at + span + schedule.tolerance:
        return "skipped"
    return "late" if now > at + span + _ON_TIME else "on_time"


def is_past(schedule: Schedule, moment: datetime, now: datetime) -> bool:
    """Whether it is too late for somebody whose own moment it was."""
    return now > moment + schedule.tolerance


def _instants(schedule: Schedule, shop_zone: str, wall: datetime, recurs: Recurs) -> Iterator[datetime]:
    """From somewhat before `wall` on, in their order; none is missing, and some may come twice."""
    for shown in _walls(schedule, wall, recurs):
        instant = _instant(schedule, shop_zone, shown)
        if schedule.until is not None and schedule.until.tzinfo is not None and instant > schedule.until:
            return
        is_in = (schedule.start or shown.date()) <= shown.date() <= (schedule.end or shown.date())
        if is_in and shown.date() not in schedule.but:
            yield instant


def _walls(schedule: Schedule, wall: datetime, recurs: Recurs) -> Iterator[datetime]:
    if schedule.once is not None:
        return iter((schedule.once,))
    first = schedule.first
    if first is None:
        first = datetime.combine(max(wall.date(), schedule.start or wall.date()), schedule.at)
    elif schedule.step is not None and schedule.count is None and first < wall:
        first += (wall - first) // schedule.step * schedule.step
    until = max(wall, first) + LOOK_AHEAD
    if schedule.end is not None:
        until = min(until, datetime.combine(schedule.end, time.max))
    if schedule.until is not None and schedule.until.tzinfo is None:
        until = min(until, schedule.until)
    if schedule.count is None:
        return recurs(schedule.rule, first, wall, until)
    counted = islice(recurs(schedule.rule, first, first, until), schedule.count)
    return (one for one in counted if one >= wall)


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(known_zone(name))


def _shown_at(schedule: Schedule, shop_zone: str, at: datetime) -> datetime:
    if schedule.zone == SHOPPER:
        return at.astimezone(UTC) + _FIRST
    return at.astimezone(_zone(shop_zone if schedule.zone == SHOP else schedule.zone))


def _instant(schedule: Schedule, shop_zone: str, wall: datetime) -> datetime:
    if schedule.zone == SHOPPER:
        return wall.replace(tzinfo=UTC) - _FIRST
    return instant_of(wall, _zone(shop_zone if schedule.zone == SHOP else schedule.zone))


def _on_days(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Schedule:
    unknown = next((one for one in raw["days"] if one not in DAYS), None)
    if unknown is not None or not raw["days"]:
        raise BadSchedule("schedule.days", f"The days are: {', '.join(DAYS)}.")
    days = ",".join(day[:2].upper() for day in raw["days"])
    return Schedule(rule=f"FREQ=WEEKLY;BYDAY={days}", at=_time(raw), **shared)


def _on_month_days(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Schedule:
    days = raw["month_days"]
    if not days or any(not isinstance(day, int) or not 1 <= abs(day) <= 31 for day in days):
        raise BadSchedule("schedule.month_days", "Days of the month: 1 to 31, or -1 for the last of it.")
    named = ",".join(map(str, days))
    return Schedule(rule=f"FREQ=MONTHLY;BYMONTHDAY={named}", at=_time(raw), **shared)


def _once(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Schedule:
    return Schedule(once=_wall(raw["once"], "once"), **shared)


def _by_rule(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Schedule:
    if "from" not in raw:
        raise BadSchedule("schedule.from", "A rule begins somewhere: say when, such as 2026-12-01T10:00.")
    try:
        rule = rule_from(raw["rule"])
    except ValueError as error:
        raise BadSchedule("schedule.rule", str(error)) from error
    first = _wall(raw["from"], "from")
    ends: dict[str, Any] = {"step": rule.step, "count": rule.count, "until": rule.until}
    return Schedule(rule=rule.text, first=first, **ends, **shared)


_KINDS: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Schedule]]] = {
    "days": _on_days,
    "month_days": _on_month_days,
    "once": _once,
    "rule": _by_rule,
}


def _time(raw: Mapping[str, Any]) -> time:
    """The minute counts: nobody plans seconds."""
    at = _read(time.fromisoformat, raw.get("at"), "at")
    if at.tzinfo is not None:
        raise BadSchedule("schedule.at", "A time of day such as 10:00; `zone` says whose clock it is.")
    return at.replace(second=0, microsecond=0)


def _wall(text: Any, field: str) -> datetime:
    at = _read(datetime.fromisoformat, text, field)
    if at.tzinfo is not None:
        text = "A date and a time such as 2026-12-01T10:00; `zone` says whose clock it is."
        raise BadSchedule(f"schedule.{field}", text)
    return _near(at, field).replace(second=0, microsecond=0)


def _day(text: Any, field: str) -> date:
    return _near(_read(date.fromisoformat, text, field), field)


def _near(at: _Day, field: str) -> _Day:
    if not _YEARS[0] <= at.year <= _YEARS[1]:
        raise BadSchedule(f"schedule.{field}", f"The years are {_YEARS[0]} to {_YEARS[1]}.")
    return at


def _read(read: Callable[[str], _Read], text: Any, field: str) -> _Read:
    try:
        return read(text)
    except BadHours as error:
        raise BadSchedule(f"schedule.{field}", str(error)) from error
    except (ValueError, TypeError) as error:
        raise BadSchedule(f"schedule.{field}", f"{str(text)[:40]!r} can't be read here.") from error
