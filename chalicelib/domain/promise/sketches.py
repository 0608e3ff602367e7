"""How long waits lasted, in a few counters: small, mergeable, and added to without reading.

A sketch is a plain mapping from bucket to count. A bucket is named by its upper edge in whole seconds: stored
counts outlive a change of the scale, and names sort as their times do.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86400
LONGEST_S: Final = 30 * _DAY_S
# What people say as a length of time.
SAID_S: Final = (
    *(n * _MINUTE_S for n in (1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 40, 50)),
    *(_HOUR_S, 90 * _MINUTE_S),
    *(n * _HOUR_S for n in (2, 3, 4, 5, 6, 8, 10, 12, 18, 24)),
    *(n * _DAY_S for n in range(2, 31)),
)
_RATIO: Final = 1.07
_EVEN_S: Final = {math.ceil(_RATIO**n) for n in range(int(math.log(LONGEST_S, _RATIO)) + 1)}
# What people say is an edge too, so that the share of waits that end within it is known to the wait.
EDGES_S: Final[Sequence[int]] = tuple(
    sorted(
        {*SAID_S, *(edge_s for edge_s in _EVEN_S if all(abs(edge_s / said - 1) > 0.005 for said in SAID_S))}
    )
)
BUCKETS: Final = tuple(f"{edge_s:07d}" for edge_s in EDGES_S)


def bucket_of(seconds: float) -> str:
    """The bucket of one measured time; all up to 1 s and above 30 days go to the ends."""
    return BUCKETS[place_of(seconds)]


def place_of(seconds: float) -> int:
    """Which of the buckets that is, from 0."""
    return min(bisect_left(EDGES_S, seconds), len(EDGES_S) - 1)


def seconds_of(bucket: str) -> int:
    """A bucket's upper edge. Raises ValueError for what is no bucket's name."""
    if len(bucket) != len(BUCKETS[0]) or not (bucket.isascii() and bucket.isdigit()):
        raise ValueError("a sketch may only hold the buckets of bucket_of")
    return int(bucket)


def merge(sketches: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sketch of all samples together."""
    total: dict[str, int] = {}
    for sketch in sketches:
        for bucket, samples in sketch.items():
            total[bucket] = total.get(bucket, 0) + samples
    return total


def count(sketch: Mapping[str, int]) -> int:
    """How many samples a sketch holds."""
    return sum(sketch.values())


def percentile(sketch: Mapping[str, int], share: float) -> int:
    """Seconds within which `share` of the samples lie, at most 8 % or a second too long. ValueError without
    samples."""
    total = count(sketch)
    if total <= 0:
        raise ValueError("an empty sketch has no percentile")
    needed = max(1, math.ceil(share * total - 1e-9))
    seen = 0
    for bucket in sorted(sketch):
        seen += sketch[bucket]
        if seen >= needed:
            break
    return seconds_of(bucket)


def share_within(sketch: Mapping[str, int], seconds: float) -> float:
    """The share of samples that lie within `seconds`, to a bucket. ValueError without samples."""
    total = count(sketch)
    if total <= 0:
        raise ValueError("an empty sketch has no shares")
    return sum(samples for bucket, samples in sketch.items() if seconds_of(bucket) <= seconds) / total
