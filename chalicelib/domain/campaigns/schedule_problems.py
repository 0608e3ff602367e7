"""What keeps a campaign's schedule from being kept, said before it is booked."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from chalicelib.domain.campaigns.schedules import (
    BadSchedule,
    Recurs,
    Schedule,
    first_after,
    next_after,
    schedule_from,
)

# Nobody wants to hear of a shop more often; and one run ends before the next begins.
CLOSEST: Final = timedelta(hours=1)
# A rule that keeps its distance for so long keeps it.
_LOOKED_AT: Final = 12


def problems(
    raw: Mapping[str, Any], shop_zone: str, now: datetime, recurs: Recurs
) -> Iterator[tuple[str, str]]:
    """Where, and what is wrong and what to do; nothing where it can be booked now."""
    try:
        schedule = schedule_from(raw)
        coming = _coming(schedule, shop_zone, now, recurs)
    except BadSchedule as error:
        yield error.field, error.message
        return
    except ValueError:
        yield "schedule.rule", "This rule makes no sense to those who know calendars: write it another way."
        return
    if not coming:
        yield "schedule", "Nothing goes out on it any more: it has no day and time that is still to come."
    elif any(after - before < CLOSEST for before, after in pairwise(coming)):
        yield "schedule", "It may go out once an hour at most."


def _coming(schedule: Schedule, shop_zone: str, now: datetime, recurs: Recurs) -> list[datetime]:
    coming: list[datetime] = []
    at = first_after(schedule, shop_zone, now, recurs)
    while at is not None and len(coming) < _LOOKED_AT:
        coming.append(at)
        at = next_after(schedule, shop_zone, at, recurs)
    return coming
