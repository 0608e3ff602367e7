"""How much one hour of a shop's week tells of another: of its answers, and how long they take."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Final

from chalicelib.domain.promise.waits import HOURS_A_WEEK

# Who writes while the shop is closed waits for its next opening; so all hours before one opening are alike.
_LIKE_DAY, _OTHER_DAY, _OTHER_STATE, _OTHER_GAP = 0.6, 0.3, 0.05, 0.3
_AN_HOUR_OFF: Final = math.exp(-1 / 1.5)
_WEEKEND: Final = 5
_HALF_AN_HOUR_MIN: Final = 30

# Of each day from Monday, its openings in minutes from that midnight.
Week = tuple[tuple[tuple[int, int], ...], ...]


@cache
def likeness(week: Week, hour: int, is_open: bool) -> Sequence[float]:
    """For each hour of the week from 0 to 1, how much it is like this one, in which the shop is open or
    not."""
    opens = _usually_open(week)
    if is_open:
        return tuple(
            _closeness(hour, other) * (1.0 if opens[other] else _OTHER_STATE) for other in range(HOURS_A_WEEK)
        )
    gap = _gap_around(opens, hour)
    return tuple(
        1.0 if other in gap else _OTHER_STATE if opens[other] else _OTHER_GAP for other in range(HOURS_A_WEEK)
    )


def _closeness(hour: int, other: int) -> float:
    apart = abs(hour % 24 - other % 24)
    near = _AN_HOUR_OFF ** min(apart, 24 - apart)
    day, other_day = hour // 24, other // 24
    if day == other_day:
        return near
    return near * (_LIKE_DAY if (day >= _WEEKEND) == (other_day >= _WEEKEND) else _OTHER_DAY)


def _usually_open(week: Week) -> Sequence[bool]:
    """For each hour of the week, whether the shop is open in its middle."""
    opens = [False] * HOURS_A_WEEK
    for day, spans in enumerate(week):
        for start_min, end_min in spans:
            first = math.ceil((start_min - _HALF_AN_HOUR_MIN) / 60)
            last = math.ceil((end_min - _HALF_AN_HOUR_MIN) / 60)
            for hour in range(first, last):
                opens[(day * 24 + hour) % HOURS_A_WEEK] = True
    return opens


def _gap_around(opens: Sequence[bool], hour: int) -> set[int]:
    """The closed hours around one, up to the openings before and after."""
    gap = {hour}
    for step in (1, -1):
        other = (hour + step) % HOURS_A_WEEK
        while not opens[other] and other not in gap:
            gap.add(other)
            other = (other + step) % HOURS_A_WEEK
    return gap


@cache
def closed_for(week: Week, hour: int) -> float:
    """Hours since the shop usually closed, in the middle of an hour of the week."""
    opens = _usually_open(week)
    back = next((n for n in range(1, HOURS_A_WEEK) if opens[(hour - n) % HOURS_A_WEEK]), HOURS_A_WEEK)
    return back - 0.5
