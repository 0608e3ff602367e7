"""What is counted of a wait that a person ended, and what is known of a connection's waits.

The counters stand by the hour of the week, on the shop's own clock, in which the wait began, and by month: so
they can be added to without reading, merged, and compared with the same hour of other weeks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.promise.hours import Hours, open_seconds
from chalicelib.domain.promise.sketches import bucket_of, merge, percentile

HOURS_A_WEEK: Final = 168
PERCENTILES: Final = (0.5, 0.8, 0.9)

# What a counter's name begins with; the bucket follows. A conversation that goes on is counted apart: to its
# messages no time is promised, and they are answered sooner.
Measure = Literal["business", "clock", "business_on", "clock_on"]
PREFIXES: Final[Mapping[Measure, str]] = {
    "business": "b",
    "clock": "c",
    "business_on": "f",
    "clock_on": "g",
}
KEPT: Final = "kept"
BROKEN: Final = "broken"


@dataclass(frozen=True, slots=True)
class Waited:
    """A shopper's wait that a person ended: one more in each of these counters of a cell.

    began: when the shopper wrote. month: "2026-11". hour: of the week, 0 is Monday 0:00 to 1:00.
    """

    connection_id: str
    month: str
    hour: int
    counters: tuple[str, ...]
    began: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """The counters of one hour of the week in one month. first_at: when the first of its waits began."""

    month: str
    hour: int
    counters: Mapping[str, int]
    first_at: datetime | None = None

    def sketch(self, measure: Measure) -> Mapping[str, int]:
        """One of its sketches."""
        prefix = PREFIXES[measure]
        return {
            name[1:]: samples
            for name, samples in self.counters.items()
            if name[0] == prefix and name[1:].isdigit()
        }


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits now. since: their first message that nobody has answered."""

    thread_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """What one read tells of a connection: the cells of this month and the last, and who waits."""

    cells: tuple[Cell, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    def without(self, thread_id: str) -> "Measured":
        """As somebody sees it who waits there too."""
        return replace(self, waiting=tuple(one for one in self.waiting if one.thread_id != thread_id))


def hour_of_week(at: datetime, zone: str) -> tuple[str, int]:
    """The month and the hour of the week that a clock in the zone shows."""
    there = at.astimezone(ZoneInfo(zone or "UTC"))
    return f"{there:%Y-%m}", there.weekday() * 24 + there.hour


def month_before(now: datetime, zone: str) -> str:
    """The month before the one that it is in the zone."""
    there = now.astimezone(ZoneInfo(zone or "UTC"))
    return f"{there.replace(day=1) - timedelta(days=1):%Y-%m}"


def waited(
    connection_id: str,
    began: datetime,
    ended: datetime,
    *,
    zone: str,
    hours: Hours | None,
    promised_at: datetime | None,
    goes_on: bool,
    slipped: bool = False,
) -> Waited:
    """What a wait counts for. hours: None until the shop has set them; then there is no business time.

    promised_at: by when an answer was promised, if it was. slipped: that is a later time than was promised
    first. goes_on: the shop's people were in the middle of the conversation when it began.
    """
    lasted = (ended - began).total_seconds()
    counters = [PREFIXES["clock_on" if goes_on else "clock"] + bucket_of(lasted)]
    if hours is not None:
        prefix = PREFIXES["business_on" if goes_on else "business"]
        counters.append(prefix + bucket_of(open_seconds(hours, began, ended)))
    if promised_at is not None:
        counters.append(KEPT if ended <= promised_at and not slipped else BROKEN)
    return Waited(connection_id, *hour_of_week(began, zone), tuple(counters), began)


def percentiles(
    cells: Iterable[Cell], measures: Sequence[Measure] = ("business",), shares: Sequence[float] = PERCENTILES
) -> list[int] | None:
    """Seconds within which these shares of the waits ended, over all cells given; None where there are
    none."""
    sketch = merge(cell.sketch(measure) for cell in cells for measure in measures)
    return [percentile(sketch, share) for share in shares] if sketch else None


def kept_and_broken(cells: Iterable[Cell]) -> tuple[int, int]:
    """How many promises were kept and broken, over all cells given."""
    counters = merge(cell.counters for cell in cells)
    return counters.get(KEPT, 0), counters.get(BROKEN, 0)
