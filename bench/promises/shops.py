"""Several shops with rhythms of their own: when they are open, who works there, who writes to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

CHANNELS: Final = ("whatsapp", "messenger", "instagram", "telegram")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri")


def _week(weekdays: Sequence[Sequence[str]], **others: Sequence[Sequence[str]]) -> Mapping[str, Any]:
    return dict.fromkeys(WEEKDAYS, weekdays) | others


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """One shop.

    threads: how many shoppers begin to write in the month. shares: of each channel. by_hour: how much is
    written in each hour of the day. people: how many answer at a time. looks_min: minutes between two looks
    into a channel's inbox, in the middle. service_s, spread: seconds that one answer takes, in the middle,
    and the sigma of its logarithm. late: of shifts that begin late. lunch: the hour of the long break.
    at_night: of the looks that are also made after hours, from a phone. newest_first: of the batches that
    are answered from the end.
    """

    name: str
    zone: str
    week: Mapping[str, Any]
    threads: int
    shares: Sequence[float]
    by_hour: Sequence[float]
    people: int
    looks_min: Sequence[float]
    service_s: float
    spread: float = 0.8
    late: float = 0.3
    lunch: int | None = 13
    at_night: float = 0.0
    newest_first: float = 0.1
    shocks: Sequence[str] = field(default_factory=tuple)


_ALL_DAY: Final = (("00:00", "24:00"),)
# Most write in the evening, when many shops are closed.
_EVENINGS: Final = (2, 1, 1, 0.5, 0.5, 1, 2, 4, 6, 8, 9, 9, 8, 8, 8, 8, 9, 10, 12, 13, 14, 13, 9, 5)
_OFFICE: Final = (0.5, 0.3, 0.2, 0.2, 0.2, 0.5, 1, 4, 9, 13, 13, 12, 9, 10, 12, 12, 11, 8, 5, 4, 4, 3, 2, 1)
_NIGHTS: Final = (12, 9, 6, 3, 1, 0.5, 0.5, 1, 1, 2, 3, 4, 5, 5, 6, 6, 7, 8, 10, 12, 14, 15, 15, 14)
_FLAT: Final = (3, 2, 2, 2, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 6, 5, 4)

SHOPS: Final = (
    Rhythm(
        name="boutique, one woman",
        zone="Europe/Bucharest",
        week=_week([["10:00", "14:00"], ["15:00", "19:00"]], sat=[["10:00", "15:00"]]),
        threads=2600,
        shares=(0.35, 0.1, 0.45, 0.1),
        by_hour=_EVENINGS,
        people=1,
        looks_min=(9, 35, 14, 25),
        service_s=55,
        lunch=None,
        at_night=0.04,
        newest_first=0.3,
        shocks=("sick day", "sale"),
    ),
    Rhythm(
        name="electronics, a desk of four",
        zone="Europe/Berlin",
        week=_week([["09:00", "20:00"]], sat=[["09:00", "18:00"]]),
        threads=6400,
        shares=(0.4, 0.25, 0.15, 0.2),
        by_hour=_OFFICE,
        people=4,
        looks_min=(2, 4, 6, 3),
        service_s=110,
        shocks=("sale", "half the desk away"),
    ),
    Rhythm(
        name="pharmacy, day and night",
        zone="America/Sao_Paulo",
        week=_week(_ALL_DAY, sat=_ALL_DAY, sun=_ALL_DAY),
        threads=4200,
        shares=(0.6, 0.15, 0.15, 0.1),
        by_hour=_FLAT,
        people=2,
        looks_min=(5, 10, 18, 12),
        service_s=90,
        lunch=None,
        shocks=("slow system",),
    ),
    Rhythm(
        name="burgers, into the night",
        zone="Asia/Dubai",
        week=_week([["17:00", "02:00"]], sat=[["12:00", "03:00"]], sun=[["12:00", "01:00"]]),
        threads=3100,
        shares=(0.45, 0.05, 0.35, 0.15),
        by_hour=_NIGHTS,
        people=2,
        looks_min=(3, 20, 9, 7),
        service_s=60,
        spread=1.0,
        lunch=None,
        shocks=("sale", "sick day"),
    ),
    Rhythm(
        name="craftsman, who looks twice a day",
        zone="Asia/Kolkata",
        week=_week([["08:00", "17:00"]]),
        threads=1300,
        shares=(0.45, 0.25, 0.1, 0.2),
        by_hour=_OFFICE,
        people=1,
        looks_min=(140, 180, 240, 160),
        service_s=75,
        lunch=12,
        at_night=0.1,
        shocks=("sick day",),
    ),
    Rhythm(
        name="travel agency, two offices",
        zone="America/New_York",
        week=_week([["09:00", "17:30"]], thu=[["09:00", "20:00"]], sat=[["10:00", "13:00"]]),
        threads=2400,
        shares=(0.3, 0.35, 0.15, 0.2),
        by_hour=_EVENINGS,
        people=2,
        looks_min=(12, 16, 45, 22),
        service_s=120,
        spread=0.9,
        shocks=("slow system", "sale"),
    ),
)
