"""What the shop's reports tell: answers against promises, who waits now, and how shoppers found it.

All of it is added up from counters and from who waits now; nothing here reads a conversation.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.contacts import moment_of
from chalicelib.domain.promise.hours import Hours, open_seconds
from chalicelib.domain.promise.sketches import count, merge
from chalicelib.domain.promise.waits import (
    HOURS_A_WEEK,
    Cell,
    Measure,
    hour_of_week,
    kept_and_broken,
    percentiles,
)
from chalicelib.domain.surveys import SCORES, Score, Survey
from chalicelib.domain.threads import Thread

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_URGENT: Final = 50
MOST_WRITERS: Final = 20

# How much of the promised time is left: none, less than a quarter, less than half, more; or nothing was
# promised.
Left = Literal["overdue", "under_25", "under_50", "more", "unpromised"]
_LEFTS: Final[tuple[Left, ...]] = ("overdue", "under_25", "under_50", "more", "unpromised")


@dataclass(frozen=True, slots=True)
class Times:
    """In whole seconds; each is at most 7 % too long."""

    samples: int
    median_s: int
    p80_s: int
    p90_s: int


@dataclass(frozen=True, slots=True)
class Promises:
    """share_kept: None while none was made."""

    kept: int
    broken: int
    share_kept: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How long shoppers waited for a person: by opening hours (None until the shop has set them) and by the
    clock. following: what they wrote while a person was talking with them."""

    business: Times | None
    clock: Times | None
    following_business: Times | None
    following_clock: Times | None
    promises: Promises


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the week on the shop's own clock, and how shoppers waited who wrote then. promised_s: what
    is promised to who writes then, when nobody else waits, in opening time; None where that is not asked, or
    no time is promised."""

    weekday: str
    hour: int
    answered: Answered
    promised_s: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody who waits now. share_left: of the promised time; below 0 when it is past."""

    thread_id: str
    connection_id: str
    waiting_since: datetime
    promised_at: datetime | None
    left: Left
    share_left: float | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """asked: to how many it was put, answered by how many; share_good of those. solved, unsolved: at the
    first contact, by those who said."""

    asked: int
    answered: int
    scores: Mapping[Score, int]
    share_good: float | None
    solved: int
    unsolved: int
    share_solved: float | None


@dataclass(frozen=True, slots=True)
class Writer:
    """A shopper, and how many messages they wrote."""

    shopper_id: str
    name: str
    thread_ids: tuple[str, ...]
    messages: int


def answered(cells: Sequence[Cell]) -> Answered:
    """Over all cells given."""
    kept, broken = kept_and_broken(cells)
    return Answered(
        business=_times(cells, "business"),
        clock=_times(cells, "clock"),
        following_business=_times(cells, "business_on"),
        following_clock=_times(cells, "clock_on"),
        promises=Promises(kept, broken, _share(kept, kept + broken)),
    )


def by_hour(cells: Sequence[Cell]) -> list[Hour]:
    """The hours in which somebody began to wait, from Monday's first."""
    hours: dict[int, list[Cell]] = {}
    for cell in cells:
        hours.setdefault(cell.hour, []).append(cell)
    return [Hour(*named_hour(hour), answered(hours[hour])) for hour in sorted(hours)]


def next_such_hour(one: Hour, now: datetime, zone: str) -> datetime:
    """The middle of the next such hour of the week, on a clock in the zone."""
    there = now.astimezone(ZoneInfo(zone or "UTC"))
    days = (WEEKDAYS.index(one.weekday) - there.weekday()) % 7
    if days == 0 and one.hour < there.hour:
        days = 7
    return datetime.combine(there.date() + timedelta(days=days), time(one.hour, 30), there.tzinfo)


def named_hour(hour: int) -> tuple[str, int]:
    """An hour of the week by its day and its hour there."""
    return WEEKDAYS[hour // 24 % 7], hour % 24


def _times(cells: Sequence[Cell], measure: Measure) -> Times | None:
    found = percentiles(cells, (measure,))
    if found is None:
        return None
    median_s, p80_s, p90_s = found
    return Times(count(merge(cell.sketch(measure) for cell in cells)), median_s, p80_s, p90_s)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def still_open(thread: Thread, hours: Hours | None, now: datetime) -> Open | None:
    """How it stands with somebody who waits; None where nobody does any more. hours: in which the promised
    time runs, None: by the clock."""
    since, promised_at = thread.waiting_since, thread.promised_at
    if since is None:
        return None
    if promised_at is None:
        return Open(thread.thread_id, thread.connection_id, since, None, "unpromised", None)
    share = _share_left(since, promised_at, hours, now)
    left: Left = "overdue" if now >= promised_at else "more"
    if left == "more" and share < 0.5:
        left = "under_25" if share < 0.25 else "under_50"
    return Open(thread.thread_id, thread.connection_id, since, promised_at, left, round(share, 4))


def _share_left(since: datetime, promised_at: datetime, hours: Hours | None, now: datetime) -> float:
    """In opening time, where any of it is in that; a promise that is past loses by the clock."""
    whole_s = (promised_at - since).total_seconds()
    left_s = (promised_at - now).total_seconds()
    if hours is not None and left_s > 0:
        open_s = open_seconds(hours, since, promised_at)
        if open_s > 0:
            whole_s, left_s = open_s, open_seconds(hours, now, promised_at)
    return min(1.0, left_s / whole_s) if whole_s > 0 else min(0.0, left_s)


def open_by_left(found: Iterable[Open]) -> dict[Left, int]:
    """How many wait, by how much of their promised time is left."""
    counts = Counter(one.left for one in found)
    return {left: counts[left] for left in _LEFTS}


def most_urgent(found: Iterable[Open]) -> list[Open]:
    """Those whose promise is soonest broken, the oldest broken one first; then who was promised nothing."""

    def place(one: Open) -> tuple[bool, bool, float, datetime]:
        if one.promised_at is not None and one.left == "overdue":
            return False, False, 0.0, one.promised_at
        return one.share_left is None, True, one.share_left or 0.0, one.waiting_since

    return sorted(found, key=place)[:MOST_URGENT]


def satisfaction(surveys: Iterable[Survey]) -> Satisfaction:
    """Each spell counts once, by the shopper's last word."""
    found = list(surveys)
    scores = Counter(one.score for one in found if one.score is not None)
    answered_by = sum(scores.values())
    told = [one.is_solved for one in found if one.is_solved is not None]
    return Satisfaction(
        asked=len(found),
        answered=answered_by,
        scores={score: scores[score] for score in SCORES},
        share_good=_share(scores["good"], answered_by),
        solved=sum(told),
        unsolved=len(told) - sum(told),
        share_solved=_share(sum(told), len(told)),
    )


def spells_by_hour(counts: Mapping[tuple[str, str], int], zone: str) -> list[tuple[str, int, int]]:
    """Weekday, hour and how many began to wait then, by the shop's clock. counts: by month and hour, as
    `contacts` names them in UTC."""
    hours = [0] * HOURS_A_WEEK
    for (month, hour), spells in counts.items():
        hours[hour_of_week(moment_of(month, hour), zone)[1]] += spells
    return [(*named_hour(place), spells) for place, spells in enumerate(hours) if spells]


def who_writes_most(threads: Iterable[Thread], months: Sequence[str]) -> list[Writer]:
    """Of these threads' shoppers, by their messages in these months; each shopper once."""
    found: dict[str, Writer] = {}
    for one in threads:
        messages = sum(one.wrote.get(month, 0) for month in months)
        was = found.get(one.shopper_id, Writer(one.shopper_id, "", (), 0))
        if messages and not one.staff:
            threads_of = (*was.thread_ids, one.thread_id)
            name = was.name or one.shopper_name
            found[one.shopper_id] = Writer(one.shopper_id, name, threads_of, was.messages + messages)
    return sorted(found.values(), key=lambda one: (-one.messages, one.shopper_id))[:MOST_WRITERS]
