"""The SegmentStore in memory: versions, editions, marks and conflicts, as the real one has them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from chalicelib.domain.work import Due
from chalicelib.ports.errors import Conflict
from chalicelib.ports.segments import Book, Placed, Segment, Touched

_PAGE = 2


@dataclass
class MemorySegments:
    """kept, touches, profiles: by merchant and id. member: by merchant and segment. not_themselves: shoppers
    who are merged or erased just now. before_place, before_save: called before each, so that somebody else
    can come first."""

    kept: dict[tuple[str, str], Segment] = field(default_factory=dict)
    leaving: list[tuple[str, str]] = field(default_factory=list)
    editions: dict[str, int] = field(default_factory=dict)
    touches: dict[tuple[str, str], str] = field(default_factory=dict)
    profiles: dict[tuple[str, str], Placed] = field(default_factory=dict)
    member: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    not_themselves: set[str] = field(default_factory=set)
    before_place: Callable[[], None] = lambda: None
    before_save: Callable[[], None] = lambda: None
    due: list[Due] = field(default_factory=list)
    marks: "count[int]" = field(default_factory=count)

    def touch(self, merchant_id: str, shopper_ids: Sequence[str]) -> None:
        for shopper_id in shopper_ids:
            self.touches[merchant_id, shopper_id] = str(next(self.marks))

    def segments(self, merchant_id: str) -> list[Segment]:
        return [one for (whose, _), one in sorted(self.kept.items()) if whose == merchant_id]

    def book(self, merchant_id: str) -> Book:
        leaving = tuple(one for whose, one in self.leaving if whose == merchant_id)
        edition = self.editions.get(merchant_id, 0)
        return Book(segments=tuple(self.segments(merchant_id)), leaving=leaving, edition=edition)

    def segment(self, merchant_id: str, segment_id: str) -> Segment | None:
        return self.kept.get((merchant_id, segment_id))

    def save(self, segment: Segment, due: Due | None = None) -> Segment:
        self.before_save()
        key = (segment.merchant_id, segment.segment_id)
        if (self.kept[key].version if key in self.kept else 0) != segment.version:
            raise Conflict("changed since it was read")
        self.kept[key] = replace(segment, version=segment.version + 1)
        if segment.built_at is None and not segment.build_after:
            self._next_edition(segment.merchant_id)
        self.due += [due] if due else []
        return self.kept[key]

    def remove(self, merchant_id: str, segment_id: str, due: Due | None = None) -> None:
        if self.kept.pop((merchant_id, segment_id), None) is not None:
            self.leaving.append((merchant_id, segment_id))
            self._next_edition(merchant_id)
            self.due += [due] if due else []

    def drop_members(self, merchant_id: str, segment_id: str) -> bool:
        left = self.member.get((merchant_id, segment_id), set())
        some = sorted(left)[:_PAGE]
        left.difference_update(some)
        if not some and (merchant_id, segment_id) in self.leaving:
            self.leaving.remove((merchant_id, segment_id))
        return bool(some)

    def touched(self, merchant_id: str, limit: int = 100, after: str = "") -> list[Touched]:
        found = sorted((one, mark) for (whose, one), mark in self.touches.items() if whose == merchant_id)
        return [Touched(*each) for each in found if each[0] > after][:limit]

    def turning(self, merchant_id: str, now: datetime, limit: int = 100) -> list[str]:
        turns = {
            one: placed.turns_at for (whose, one), placed in self.profiles.items() if whose == merchant_id
        }
        return [one for one, at in turns.items() if at is not None and at <= now][:limit]

    def placed(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Placed]:
        keys = dict.fromkeys((merchant_id, one) for one in shopper_ids)
        return [self.profiles[key] for key in keys if key in self.profiles]

    def place(self, placed: Placed, was: Placed | None, touched: Touched | None, edition: int) -> None:
        self.before_place()
        merchant_id, shopper_id = placed.profile.merchant_id, placed.profile.shopper_id
        self._as_read(merchant_id, shopper_id, was)
        if edition != self.editions.get(merchant_id, 0) or shopper_id in self.not_themselves:
            raise Conflict("not as it was read")
        self._settle(merchant_id, shopper_id, placed.segments, was, touched)
        version = was.version + 1 if was else 1
        self.profiles[merchant_id, shopper_id] = replace(placed, version=version)

    def displace(
        self, merchant_id: str, shopper_id: str, was: Placed | None, touched: Touched | None
    ) -> None:
        self._as_read(merchant_id, shopper_id, was)
        self._settle(merchant_id, shopper_id, (), was, touched)
        self.profiles.pop((merchant_id, shopper_id), None)

    def everybody(self, merchant_id: str, *, after: str = "", limit: int = 100) -> list[Placed]:
        mine = sorted((one, placed) for (whose, one), placed in self.profiles.items() if whose == merchant_id)
        return [placed for one, placed in mine if one > after][:limit]

    def members(self, merchant_id: str, segment_id: str, *, after: str = "", limit: int = 100) -> list[str]:
        found = sorted(self.member.get((merchant_id, segment_id), ()))
        return [one for one in found if one > after][:limit]

    def count(self, merchant_id: str, segment_id: str) -> int:
        return len(self.member.get((merchant_id, segment_id), ()))

    def _next_edition(self, merchant_id: str) -> None:
        self.editions[merchant_id] = self.editions.get(merchant_id, 0) + 1

    def _as_read(self, merchant_id: str, shopper_id: str, was: Placed | None) -> None:
        stored = self.profiles.get((merchant_id, shopper_id))
        if (stored.version if stored else 0) != (was.version if was else 0):
            raise Conflict("stored by somebody else meanwhile")

    def _settle(
        self,
        merchant_id: str,
        shopper_id: str,
        segments: Sequence[str],
        was: Placed | None,
        touched: Touched | None,
    ) -> None:
        for segment_id in {*segments, *(was.segments if was else ())}:
            members = self.member.setdefault((merchant_id, segment_id), set())
            (members.add if segment_id in segments else members.discard)(shopper_id)
        if touched and self.touches.get((merchant_id, shopper_id)) == touched.mark:
            del self.touches[merchant_id, shopper_id]
