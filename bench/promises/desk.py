"""What people do at a shop's desk in a month: who writes, who looks when, who is answered when.

Nobody here knows of promises. People come late, look into one inbox after the other, answer what lies there
one by one, oldest first or not, take breaks, are ill; shoppers write more when there is a sale.
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bench.promises.shops import CHANNELS, Rhythm
from chalicelib.domain.promise.hours import DAYS

FIRST_DAY: Final = date(2026, 10, 5)
A_MONTH: Final = 30
# What is written beside a first message: how often the shopper goes on after an answer.
_GOES_ON: Final = 0.45
# What asks for no answer, and is closed.
_JUST_CLOSED: Final = 0.04


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """A shopper waits from `began` to `ended`. is_first: the conversation begins with it. is_answered: else
    it was closed."""

    began: datetime
    ended: datetime
    shop: int
    channel: str
    thread: int
    is_first: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class _Day:
    """How one day goes, unannounced. shock: what makes it another than ordinary days."""

    arrivals: float
    slowness: float
    absent: float = 0.0
    shock: str = ""


def month(shop: int, rhythm: Rhythm, random: Random) -> list[Wait]:
    """All waits of one shop, in the order in which they began."""
    days = _days(rhythm, random)
    desk = _Desk(shop, rhythm, days, random)
    for at, channel in _arrivals(rhythm, days, random):
        desk.write(at, channel)
    desk.work()
    return sorted(desk.waits)


def shocks(rhythm: Rhythm, random: Random) -> list[tuple[int, str]]:
    """On which days of the month that `month` makes of the same numbers there is one."""
    return [(number, day.shock) for number, day in enumerate(_days(rhythm, random)) if day.shock]


def _days(rhythm: Rhythm, random: Random) -> list[_Day]:
    """Every day is a little different; on some there is a shock."""
    days = [_Day(random.lognormvariate(0, 0.2), random.lognormvariate(0, 0.25)) for _ in range(A_MONTH + 4)]
    for shock in rhythm.shocks:
        at = random.randrange(9, A_MONTH - 2)
        ordinary = days[at]
        match shock:
            case "sick day":
                days[at] = _Day(ordinary.arrivals, ordinary.slowness * 1.5, 0.75, shock)
            case "half the desk away":
                days[at] = _Day(ordinary.arrivals, ordinary.slowness, 0.5, shock)
            case "slow system":
                days[at] = _Day(ordinary.arrivals, ordinary.slowness * 2.2, 0.0, shock)
            case "sale":
                for each in (at, at + 1):
                    was = days[each]
                    days[each] = _Day(was.arrivals * 2.5, was.slowness, was.absent, shock)
    return days


def _arrivals(rhythm: Rhythm, days: Sequence[_Day], random: Random) -> list[tuple[datetime, str]]:
    """Who begins to write when, and where: more in some hours, in bursts after a post of the shop's own."""
    zone = ZoneInfo(rhythm.zone)
    weights = [
        (day, hour, rhythm.by_hour[hour] * days[day].arrivals * (0.8 if _weekday(day) >= 5 else 1.0))
        for day in range(A_MONTH)
        for hour in range(24)
    ]
    posts = {random.randrange(len(weights)) for _ in range(8)}
    chances = [weight * (4.0 if n in posts else 1.0) for n, (_, _, weight) in enumerate(weights)]
    found = []
    for day, hour, _ in random.choices(weights, chances, k=rhythm.threads):
        wall = datetime.combine(FIRST_DAY + timedelta(days=day), time(hour), zone)
        at = wall.astimezone(UTC) + timedelta(seconds=random.uniform(0, 3600))
        found.append((at, random.choices(CHANNELS, rhythm.shares)[0]))
    return sorted(found)


def _weekday(day: int) -> int:
    return (FIRST_DAY + timedelta(days=day)).weekday()


class _Desk:
    """One shop's people, each an endless round of looks into the inboxes."""

    def __init__(self, shop: int, rhythm: Rhythm, days: Sequence[_Day], random: Random) -> None:
        self._shop, self._rhythm, self._days, self._random = shop, rhythm, days, random
        self._zone = ZoneInfo(rhythm.zone)
        self._inbox: dict[str, list[tuple[datetime, int, bool]]] = {one: [] for one in CHANNELS}
        self._numbers = count()
        self.waits: list[Wait] = []

    def write(self, at: datetime, channel: str) -> None:
        heapq.heappush(self._inbox[channel], (at, next(self._numbers), True))

    def work(self) -> None:
        """Everybody's rounds, in the order of time."""
        rounds = [
            (at, number, until)
            for number, (at, until) in enumerate(
                shift for person in range(self._rhythm.people) for shift in self._shifts(person)
            )
        ]
        heapq.heapify(rounds)
        while rounds:
            at, number, until = heapq.heappop(rounds)
            free_at = self._round(at)
            if free_at < until:
                heapq.heappush(rounds, (free_at, number, until))

    def _shifts(self, person: int) -> Iterator[tuple[datetime, datetime]]:
        """When one person sits there; who is absent on a day comes for a last hour, or not at all."""
        random = self._random
        for number, day in enumerate(self._days):
            on = FIRST_DAY + timedelta(days=number)
            is_away = random.random() < day.absent
            for opens, closes in self._rhythm.week.get(DAYS[on.weekday()], ()):
                begins, ends = self._wall(on, opens), self._wall(on, closes)
                if ends <= begins:
                    ends += timedelta(days=1)
                if is_away:
                    begins = ends - timedelta(minutes=random.uniform(20, 150))
                elif random.random() < self._rhythm.late:
                    begins += timedelta(minutes=random.expovariate(1 / 12))
                yield from self._around_lunch(on, begins, ends, person)
            if random.random() < self._rhythm.at_night * 5:
                evening = self._wall(on, "21:00") + timedelta(minutes=random.uniform(0, 90))
                yield evening, evening + timedelta(minutes=10)

    def _around_lunch(
        self, on: date, begins: datetime, ends: datetime, person: int
    ) -> Iterator[tuple[datetime, datetime]]:
        if self._rhythm.lunch is None:
            yield begins, ends
            return
        away = self._wall(on, f"{self._rhythm.lunch + person % 2}:00") + timedelta(
            minutes=self._random.gauss(0, 12)
        )
        back = away + timedelta(minutes=self._random.uniform(25, 60))
        if begins < away:
            yield begins, min(away, ends)
        if back < ends:
            yield max(back, begins), ends

    def _wall(self, on: date, clock: str) -> datetime:
        hour, minute = map(int, clock.split(":"))
        wall = datetime.combine(on, time(), self._zone) + timedelta(hours=hour, minutes=minute)
        return wall.astimezone(UTC)

    def _round(self, at: datetime) -> datetime:
        """One look into one inbox, all that lies there answered, and a pause; when they look again."""
        random, rhythm = self._random, self._rhythm
        looks = [1 / minutes for minutes in rhythm.looks_min]
        channel = random.choices(CHANNELS, looks)[0]
        inbox = self._inbox[channel]
        batch: list[tuple[datetime, int, bool]] = []
        while inbox and inbox[0][0] <= at and len(batch) < 25:
            batch.append(heapq.heappop(inbox))
        if random.random() < rhythm.newest_first:
            batch.reverse()
        for began, thread, is_first in batch:
            at += timedelta(seconds=self._service_s(at))
            self._answer(began, at, channel, thread, is_first)
        pause_min = random.lognormvariate(math.log(1 / sum(looks)) - 0.32, 0.8)
        if random.random() < 0.03:
            pause_min += random.uniform(5, 20)
        return at + timedelta(minutes=max(pause_min, 0.2))

    def _service_s(self, at: datetime) -> float:
        day = (at.astimezone(self._zone).date() - FIRST_DAY).days
        slowness = self._days[min(max(day, 0), len(self._days) - 1)].slowness
        return self._random.lognormvariate(math.log(self._rhythm.service_s * slowness), self._rhythm.spread)

    def _answer(self, began: datetime, at: datetime, channel: str, thread: int, is_first: bool) -> None:
        random = self._random
        is_answered = random.random() >= _JUST_CLOSED
        self.waits.append(Wait(began, at, self._shop, channel, thread, is_first, is_answered))
        if is_answered and random.random() < _GOES_ON:
            again = at + timedelta(minutes=random.lognormvariate(math.log(3), 1.0))
            heapq.heappush(self._inbox[channel], (again, thread, False))
