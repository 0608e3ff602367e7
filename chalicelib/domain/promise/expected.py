"""How long a first answer will take, by what was measured of a connection and by who waits there now.

The hour of the week counts most, with the hours that are like it; where they tell little, the connection's
whole; where that tells little too, the standard. The share of promises that were kept corrects what is
promised next, and so does a queue that is longer or older than is usual.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from chalicelib.domain.promise.alike import closed_for, likeness
from chalicelib.domain.promise.hours import Hours, is_open, open_seconds
from chalicelib.domain.promise.sketches import EDGES_S, place_of, seconds_of
from chalicelib.domain.promise.waits import BROKEN, KEPT, PREFIXES, Cell, Measured, hour_of_week

# Of the answers that a promise is made for, so many are to come in time: four in five, and a little more, as
# no one foresees a day on which somebody is ill.
SHARE_KEPT: Final = 0.82
# What is assumed before anything is measured weighs as much as so many waits: of an hour, the connection's
# whole; of the connection, the standard.
_WHOLE_WEIGHS: Final = 12.0
_STANDARD_WEIGHS: Final = 5.0
_LAST_MONTH_WEIGHS: Final = 0.4
# Promises so far: as if so many more had been kept as they should; how far they move what is promised.
_OUTCOMES_WEIGH: Final = 40.0
_LEAST_SHARE, _MOST_SHARE = 0.72, 0.92
# A queue weighs as if so many more, who are usual, waited too; how far it stretches what is promised.
_USUAL_WEIGH: Final = 3.0
_SHORTER_WEIGHS: Final = 60.0
_BY_LENGTH, _BY_AGE = 0.6, 0.4
_LEAST_STRETCH, _MOST_STRETCH = 0.8, 6.0
_OLDEST_S: Final = 16 * 3600
_LEAST_LEFT: Final = 0.02
_MOST_WAITING: Final = 200
# No single wait counts for a longer queue than this.
_LONGEST_LOAD_S: Final = 8 * 3600
_LEAST_WEEKS: Final = 0.15
# The standard's waits are spread so that half of them end within a third of what 82.1 % stay within, just as
# many as have to be kept: who has measured nothing promises the standard itself.
_STANDARD_SPREAD: Final = math.log(3) / 0.92


@dataclass(frozen=True, slots=True)
class Expected:
    """How waits that begin now will last, in business time.

    shares: how many of them end within each of EDGES_S, before the queue stretches them. needed: the share
    of promises that is to be kept.
    """

    shares: Sequence[float]
    needed: float = SHARE_KEPT
    stretch: float = 1.0

    def share_within(self, seconds: float) -> float:
        """How many answers come within so many seconds."""
        place = bisect_right(EDGES_S, seconds / self.stretch)
        return self.shares[place - 1] if place else 0.0

    def within_s(self, after_s: float = 0.0) -> float:
        """Seconds within which as many answers come as promises are to be kept, of those that have not come
        `after_s` after the shopper wrote."""
        gone = self.share_within(after_s)
        wanted = gone + self.needed * (1 - gone)
        place = min(bisect_left(self.shares, wanted - 1e-9), len(EDGES_S) - 1)
        return EDGES_S[place] * self.stretch - after_s


class _Places(dict[str, tuple[int, bool]]):
    """Which edge a counter of waits in business time stands for, -1 for any other; and whether its waits
    begin a conversation."""

    def __missing__(self, name: str) -> tuple[int, bool]:
        is_wait = name[0] in (PREFIXES["business"], PREFIXES["business_on"]) and name[1:].isdigit()
        place = place_of(seconds_of(name[1:])) if is_wait else -1
        self[name] = place, name[0] == PREFIXES["business"]
        return self[name]


_PLACES: Final = _Places()
_LOADS: Final = tuple(min(edge_s, _LONGEST_LOAD_S) for edge_s in EDGES_S)


@dataclass(slots=True)
class _Weighed:
    """The cells, each as much as it tells. begun, load: waits in hours like this one, and their seconds.
    kept, broken: promises, in hours like this one and in all."""

    near: list[float] = field(default_factory=lambda: [0.0] * len(EDGES_S))
    whole: list[float] = field(default_factory=lambda: [0.0] * len(EDGES_S))
    begun: float = 0.0
    load: float = 0.0
    kept: list[float] = field(default_factory=lambda: [0.0, 0.0])
    broken: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def add(self, cell: Cell, weight: float, like: float) -> None:
        near, whole, begun, load = self.near, self.whole, 0, 0.0
        for name, samples in cell.counters.items():
            place, is_first = _PLACES[name]
            if place < 0:
                continue
            begun += samples
            load += samples * _LOADS[place]
            if is_first:
                near[place] += like * weight * samples
                whole[place] += weight * samples
        self.begun += like * weight * begun
        self.load += like * weight * load
        for n, much in enumerate((like * weight, weight)):
            self.kept[n] += much * cell.counters.get(KEPT, 0)
            self.broken[n] += much * cell.counters.get(BROKEN, 0)


def expected(now: datetime, hours: Hours, measured: Measured, standard_s: float) -> Expected:
    """What may be expected of a wait that begins now. standard_s: what is promised until it is measured."""
    month, hour = hour_of_week(now, hours.zone)
    is_open_now = is_open(hours, now)
    like = likeness(hours.week, hour, is_open_now)
    weighed = _Weighed()
    for cell in measured.cells:
        weighed.add(cell, 1.0 if cell.month == month else _LAST_MONTH_WEIGHS, like[cell.hour])
    of_whole = _shrunk(weighed.whole, _standard(standard_s), _STANDARD_WEIGHS)
    shares = _shrunk(weighed.near, of_whole, _WHOLE_WEIGHS)
    waits = Expected(shares, _needed(weighed))
    hours_measured = _weeks(measured.cells, now) * sum(like)
    ages = _ages(now, hours, measured, is_open_now)
    if is_open_now:
        usual = weighed.load / 3600 / hours_measured
        longer = _longer(len(ages), usual) * _older(ages, waits)
    else:
        usual = weighed.begun / hours_measured * closed_for(hours.week, hour)
        longer = _longer(len(ages), usual)
    # What is usual is not known before some have waited; to promise less than was measured, many.
    longer **= weighed.begun / (weighed.begun + (_WHOLE_WEIGHS if longer > 1 else _SHORTER_WEIGHS))
    return replace(waits, stretch=min(max(longer, _LEAST_STRETCH), _MOST_STRETCH))


def _shrunk(weights: Sequence[float], before: Sequence[float], believed: float) -> list[float]:
    """The shares within each edge, where `before` weighs as much as `believed` samples."""
    total = sum(weights) + believed
    return [
        (seen + believed * share) / total for seen, share in zip(accumulate(weights), before, strict=True)
    ]


@cache
def _standard(standard_s: float) -> Sequence[float]:
    """Waits of which 82.1 % end within `standard_s`, and half within a third of it."""
    middle, spread = math.log(standard_s / 3), _STANDARD_SPREAD * math.sqrt(2)
    return tuple(0.5 * (1 + math.erf((math.log(edge_s) - middle) / spread)) for edge_s in EDGES_S)


def _needed(weighed: _Weighed) -> float:
    """The share to aim at: more than should be where too few were kept, less where too many."""
    had = SHARE_KEPT
    for kept, broken in zip(reversed(weighed.kept), reversed(weighed.broken), strict=True):
        had = (kept + _OUTCOMES_WEIGH * had) / (kept + broken + _OUTCOMES_WEIGH)
    aim = 2 * _odds(SHARE_KEPT) - _odds(min(had, 0.99))
    return min(max(1 / (1 + math.exp(-aim)), _LEAST_SHARE), _MOST_SHARE)


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def _weeks(cells: Sequence[Cell], now: datetime) -> float:
    """How many weeks were measured, those before this month as much as they weigh."""
    first_at = min((cell.first_at for cell in cells if cell.first_at is not None), default=now)
    weeks = (now - first_at) / timedelta(weeks=1)
    of_this_month = min(weeks, now.day / 7)
    return max(of_this_month + _LAST_MONTH_WEIGHS * (weeks - of_this_month), _LEAST_WEEKS)


def _ages(now: datetime, hours: Hours, measured: Measured, is_open_now: bool) -> list[float]:
    """For how many seconds those wait who began to in this opening, or since the last: the others are in
    what was measured too."""
    ages: list[float] = []
    for one in sorted(measured.waiting, key=lambda one: one.since, reverse=True)[:_MOST_WAITING]:
        age_s = max((now - one.since).total_seconds(), 0.0)
        if is_open_now and age_s > _OLDEST_S:
            break
        ages.append(age_s)

    def is_past(age_s: float) -> bool:
        open_s = open_seconds(hours, now - timedelta(seconds=age_s), now)
        return open_s < age_s - 1 if is_open_now else open_s > 0

    return ages[: bisect_left(ages, True, key=is_past)]


def _longer(waiting: int, usual: float) -> float:
    """By how much longer it takes as more wait than usual."""
    return float(((waiting + _USUAL_WEIGH) / (usual + _USUAL_WEIGH)) ** _BY_LENGTH)


def _older(ages: Sequence[float], waits: Expected) -> float:
    """By how much longer it takes as they wait for longer: of those who wait at any moment, the hazard that
    they have outlived is 1 in the middle."""
    outlived = sum(-math.log(max(1 - waits.share_within(age_s), _LEAST_LEFT)) for age_s in ages)
    return float(((outlived + _USUAL_WEIGH) / (len(ages) + _USUAL_WEIGH)) ** _BY_AGE)
