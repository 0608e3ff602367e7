"""What reminders bring: how many more buy than of those who are left alone, and how sure that is."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

# With fewer in a group its share says next to nothing.
ENOUGH: Final = 30
# The normal distribution's 97.5th percentile.
_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Group:
    """So many carts, and how many of them were bought."""

    carts: int
    bought: int

    @property
    def share(self) -> float:
        return self.bought / self.carts if self.carts else 0.0


@dataclass(frozen=True, slots=True)
class Uplift:
    """The difference of two shares, between -1 and 1, with its 95 % confidence interval."""

    difference: float
    low: float
    high: float


def uplift(treated: Group, control: Group) -> Uplift | None:
    """None where there are too few to tell.

    Source: Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17 (1998), method 10: from both shares' score intervals, without a continuity correction.
    """
    if min(treated.carts, control.carts) < ENOUGH:
        return None
    return interval(treated, control)


def interval(one: Group, other: Group) -> Uplift:
    """However few there are, as long as there are some."""
    low, high = wilson(one)
    other_low, other_high = wilson(other)
    difference = one.share - other.share
    return Uplift(
        difference,
        difference - sqrt((one.share - low) ** 2 + (other_high - other.share) ** 2),
        difference + sqrt((high - one.share) ** 2 + (other.share - other_low) ** 2),
    )


def wilson(group: Group) -> tuple[float, float]:
    """The share's 95 % score interval."""
    carts, share = group.carts, group.share
    middle = share + _Z**2 / (2 * carts)
    half = _Z * sqrt(share * (1 - share) / carts + _Z**2 / (4 * carts**2))
    whole = 1 + _Z**2 / carts
    return (middle - half) / whole, (middle + half) / whole
