"""Who writes, when and about what: counts that add up, whoever counts and in whatever order."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

# What a month counts: shoppers who began to wait, complaints by what they are about.
Kind = Literal["spell", "complaint"]
# One after another, shoppers must not wait for each other's counts.
SHARDS: Final = 8
MONTHS_KEPT: Final = 4


def month_of(at: datetime) -> str:
    """In UTC, such as 2026-11."""
    return at.astimezone(UTC).strftime("%Y-%m")


def hour_of(at: datetime) -> str:
    """Day and hour within the month, in UTC: `22T09`."""
    return at.astimezone(UTC).strftime("%dT%H")


def moment_of(month: str, hour: str) -> datetime:
    """The middle of an hour that `month_of` and `hour_of` have named. Raises ValueError."""
    return datetime.strptime(f"{month}-{hour}:30 +0000", "%Y-%m-%dT%H:%M %z")


def once_more(wrote: Mapping[str, int], at: datetime) -> dict[str, int]:
    """A shopper's messages by month, one more of them; only the last months are kept."""
    month = month_of(at)
    counts = {**wrote, month: wrote.get(month, 0) + 1}
    return {each: counts[each] for each in sorted(counts)[-MONTHS_KEPT:]}


def months_between(first: str, last: str, most: int) -> list[str]:
    """`2026-11` and its like, in their order. Raises ValueError where they are too many, or none."""
    at, months = date.fromisoformat(f"{first}-01"), list[str]()
    while f"{at:%Y-%m}" <= last and len(months) <= most:
        months.append(f"{at:%Y-%m}")
        at = (at + timedelta(days=31)).replace(day=1)
    if not 1 <= len(months) <= most:
        raise ValueError(f"it must be 1 to {most} months, the first of them first")
    return months
