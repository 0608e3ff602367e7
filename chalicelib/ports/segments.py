"""Profiles of shoppers, and who is in which segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.work import Due

# A profile is stored with its memberships in one transaction, which takes a hundred rows; who leaves all
# segments for as many others moves two rows for each.
MOST_SEGMENTS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stored filter. built_at: when it was first asked of everybody, None while that goes on; build_after:
    up to which shopper, by id. version: 0 while it is not stored."""

    merchant_id: str
    segment_id: str
    name: str
    filter: Any
    created_at: datetime
    built_at: datetime | None = None
    build_after: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All filters of a merchant as they are together. edition: moves with each filter that comes, changes or
    goes, so that nobody is placed by an earlier one. leaving: segments that are no more, with members left.
    """

    segments: tuple[Segment, ...] = ()
    leaving: tuple[str, ...] = ()
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """Something has happened to a shopper since their profile was made. mark: which time."""

    shopper_id: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A profile, with the segments that its shopper is in now. turns_at: when that may change by time alone,
    None where it never does. version: 0 while it is not stored."""

    profile: Profile
    segments: tuple[str, ...] = ()
    turns_at: datetime | None = None
    version: int = 0


class SegmentStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def segments(self, merchant_id: str) -> list[Segment]:
        """All of them."""

    def book(self, merchant_id: str) -> Book:
        """The same, to place people by."""

    def segment(self, merchant_id: str, segment_id: str) -> Segment | None:
        """One, as it is now."""

    def save(self, segment: Segment, due: Due | None = None) -> Segment:
        """On the version that was read. One that is to be asked of everybody, from the first on, moves the
        edition. Raises Conflict."""

    def remove(self, merchant_id: str, segment_id: str, due: Due | None = None) -> None:
        """It is no more; its members are taken away page by page with `drop_members`. Again is harmless."""

    def drop_members(self, merchant_id: str, segment_id: str) -> bool:
        """Take some of them away; whether there were any. Then nothing is left of it."""

    def touch(self, merchant_id: str, shopper_ids: Sequence[str]) -> None:
        """Something has happened to them that was written elsewhere."""

    def touched(self, merchant_id: str, limit: int = 100, after: str = "") -> list[Touched]:
        """To whom something has happened, in the order of their ids."""

    def turning(self, merchant_id: str, now: datetime, limit: int = 100) -> list[str]:
        """Shoppers whose segments may have changed by time alone."""

    def placed(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Placed]:
        """Those of them that have a profile, in no order."""

    def place(self, placed: Placed, was: Placed | None, touched: Touched | None, edition: int) -> None:
        """Store the profile, its membership and its turn, all or nothing; the touch is gone unless there was
        another since. Raises Conflict when the profile was stored by somebody else meanwhile, when the
        filters are not those of the edition any more, or when the shopper is not themselves: merged, being
        merged, being erased."""

    def displace(
        self, merchant_id: str, shopper_id: str, was: Placed | None, touched: Touched | None
    ) -> None:
        """There is no such shopper (any more): all of it goes. Raises Conflict when the profile was stored
        by somebody else meanwhile."""

    def everybody(self, merchant_id: str, *, after: str = "", limit: int = 100) -> list[Placed]:
        """Profiles in the order of the shoppers' ids."""

    def members(self, merchant_id: str, segment_id: str, *, after: str = "", limit: int = 100) -> list[str]:
        """Shoppers in a segment, in the order of their ids."""

    def count(self, merchant_id: str, segment_id: str) -> int:
        """How many they are."""
