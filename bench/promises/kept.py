"""How many promises were kept, by channel and by day, once the first week was over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from statistics import median
from typing import Final

from bench.promises.desk import FIRST_DAY
from bench.promises.replay import Told, replay, simulated
from bench.promises.shops import CHANNELS
from bench.rows import Row
from chalicelib.domain.promise.response_time import STANDARD_S

LEAST, MOST = 0.75, 0.90
# The rule was made while looking at the first three; it is judged by the others.
SEEDS: Final = (4, 5, 6, 7, 8)
_A_WEEK_IN: Final = datetime.combine(FIRST_DAY, time(), UTC) + timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Month:
    """One simulated month, replayed."""

    seed: int
    threads: int
    told: Sequence[Told]

    def judged(self, channel: str = "") -> list[Told]:
        """Promises after the first week that a person has answered."""
        return [
            one
            for one in self.told
            if one.at >= _A_WEEK_IN and one.ended is not None and channel in ("", one.wait.channel)
        ]


@dataclass(frozen=True, slots=True)
class Share:
    """One channel's month: promises, of them kept, and in seconds what was told, and taken, in the middle;
    what four in five took; and how many would have been kept had each been the standard."""

    channel: str
    promises: int
    kept: float
    told_s: float
    took_s: float
    most_took_s: float
    standard_kept: float

    @property
    def slack(self) -> float:
        """How far within the bounds; negative without."""
        return min(self.kept - LEAST, MOST - self.kept)


def replayed(seed: int) -> Month:
    waits = simulated(seed)
    return Month(seed, sum(wait.is_first for wait in waits), replay(waits))


def shares(month: Month) -> list[Share]:
    return [_share(channel, month.judged(channel)) for channel in CHANNELS]


def worst(found: Iterable[Share]) -> Share:
    """The channel that is the least within the bounds, or the farthest without."""
    return min(found, key=lambda share: share.slack)


def measure() -> Row:
    """`promises_kept`: one month, its worst channel."""
    month = replayed(SEEDS[0])
    found = shares(month)
    told = ", ".join(f"{one.channel} {one.kept:.3f}" for one in found)
    minutes = median(one.promise.within_s for one in month.judged()) / 60
    note = f"{month.threads} threads: {told}; {minutes:.0f} min promised in the middle"
    return Row("promises_kept", worst(found).kept, "share", MOST, note, LEAST)


def _share(channel: str, told: Sequence[Told]) -> Share:
    took = sorted(one.took_s for one in told)
    return Share(
        channel=channel,
        promises=len(told),
        kept=sum(one.is_kept for one in told) / len(told),
        told_s=median(one.promise.within_s for one in told),
        took_s=median(took),
        most_took_s=took[int(0.8 * len(took))],
        standard_kept=sum(seconds <= STANDARD_S[channel] for seconds in took) / len(took),
    )
