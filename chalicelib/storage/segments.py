"""Profiles of shoppers in DynamoDB, who is in which segment, and what moves them."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.work import Due
from chalicelib.ports.errors import Conflict
from chalicelib.ports.segments import Book, Placed, Segment, Touched
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import ShopperItem
from chalicelib.storage.reading import get
from chalicelib.storage.segment_rows import (
    EDITION,
    LEAVING,
    SEGMENTS,
    MemberItem,
    ProfileItem,
    SegmentItem,
    TurnItem,
    as_read,
    edition_item,
    edition_items,
    members_key,
    placed_of_row,
    profiles_key,
    row_of_placed,
    row_of_segment,
    segment_of_row,
    segments_key,
    turn_at,
    turn_rows,
    turns_key,
)
from chalicelib.storage.touches import TouchedItem, touch_items, touched_key
from chalicelib.storage.transaction import Refused, Transaction

# DynamoDB reads so many rows in one call.
_AT_ONCE: Final = 100


class DynamoSegments:
    """The SegmentStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def segments(self, merchant_id: str) -> list[Segment]:
        """All of them."""
        return list(self.book(merchant_id).segments)

    def book(self, merchant_id: str) -> Book:
        """The same, to place people by. The edition stands before the filters and is read first: whoever
        places by a filter that is newer than it is refused, and reads again."""
        with answers():
            found = list(SegmentItem.query(segments_key(merchant_id), consistent_read=True))
        return Book(
            segments=tuple(segment_of_row(merchant_id, one) for one in found if one.sk.startswith(SEGMENTS)),
            leaving=tuple(one.sk.removeprefix(LEAVING) for one in found if one.sk.startswith(LEAVING)),
            edition=min((int(one.version) for one in found if one.sk.startswith(EDITION)), default=0),
        )

    def segment(self, merchant_id: str, segment_id: str) -> Segment | None:
        """One, as it is now."""
        item = get(SegmentItem, segments_key(merchant_id), f"{SEGMENTS}{segment_id}")
        return None if item is None else segment_of_row(merchant_id, item)

    def save(self, segment: Segment, due: Due | None = None) -> Segment:
        """Raises Conflict when it was changed since it was read; done twice, the second finds another
        version."""
        is_same: Condition = SegmentItem.version == segment.version
        with Transaction() as write:
            is_as_read = is_same if segment.version else SegmentItem.pk.does_not_exist()
            write.put("segment", row_of_segment(segment), is_as_read)
            if segment.built_at is None and not segment.build_after:
                _next_edition(write, segment.merchant_id)
            if due is not None:
                write.put("due", rows.row_of_due(due))
        return segment_of_row(segment.merchant_id, row_of_segment(segment))

    def remove(self, merchant_id: str, segment_id: str, due: Due | None = None) -> None:
        """Done twice, the second finds nothing to remove."""
        item = SegmentItem(segments_key(merchant_id), f"{SEGMENTS}{segment_id}")
        with suppress(Conflict), Transaction() as write:
            write.delete("segment", item, SegmentItem.pk.exists())
            write.put("leaving", SegmentItem(segments_key(merchant_id), f"{LEAVING}{segment_id}"))
            _next_edition(write, merchant_id)
            if due is not None:
                write.put("due", rows.row_of_due(due))

    def drop_members(self, merchant_id: str, segment_id: str) -> bool:
        """Some of those who are left; after the last of them, that it was there."""
        with answers():
            found = list(
                MemberItem.query(members_key(merchant_id, segment_id), limit=_AT_ONCE, consistent_read=True)
            )
            with MemberItem.batch_write() as batch:
                for item in found:
                    batch.delete(item)
            if not found:
                SegmentItem(segments_key(merchant_id), f"{LEAVING}{segment_id}").delete()
        return bool(found)

    def touch(self, merchant_id: str, shopper_ids: Sequence[str]) -> None:
        """Done twice it is one more time, which changes nothing."""
        with answers(), TouchedItem.batch_write() as batch:
            for item in touch_items(merchant_id, shopper_ids):
                batch.save(item)

    def touched(self, merchant_id: str, limit: int = 100, after: str = "") -> list[Touched]:
        """In the order of their ids."""
        beyond = TouchedItem.sk > after if after else None
        with answers():
            found = TouchedItem.query(touched_key(merchant_id), beyond, limit=limit, consistent_read=True)
            return [Touched(item.sk, item.mark) for item in found]

    def turning(self, merchant_id: str, now: datetime, limit: int = 100) -> list[str]:
        """The earliest first."""
        until = TurnItem.sk < turn_at(now) + "~"
        with answers():
            found = TurnItem.query(turns_key(merchant_id), until, limit=limit, consistent_read=True)
            return [item.sk.partition("#")[2] for item in found]

    def placed(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Placed]:
        """Those of them that have a profile, in no order."""
        keys = [(profiles_key(merchant_id), one) for one in dict.fromkeys(shopper_ids)]
        with answers():
            return [
                placed_of_row(item)
                for start in range(0, len(keys), _AT_ONCE)
                for item in ProfileItem.batch_get(keys[start : start + _AT_ONCE], consistent_read=True)
            ]

    def place(self, placed: Placed, was: Placed | None, touched: Touched | None, edition: int) -> None:
        """Done twice, the second finds another version."""
        try:
            self._place(placed, was, touched, edition)
        except Refused as error:
            if error.labels != {"touch"}:
                raise
            self._place(placed, was, None, edition)

    def _place(self, placed: Placed, was: Placed | None, touched: Touched | None, edition: int) -> None:
        merchant_id, shopper_id = placed.profile.merchant_id, placed.profile.shopper_id
        is_themselves = (
            ShopperItem.pk.exists()
            & ShopperItem.merged_into.does_not_exist()
            & ShopperItem.merging.does_not_exist()
        )
        is_edition: Condition = SegmentItem.version == edition
        item = edition_item(merchant_id, shopper_id)
        with Transaction() as write:
            write.check(
                "shopper", ShopperItem(rows.thread_key(merchant_id, shopper_id), "shopper"), is_themselves
            )
            write.check("edition", item, is_edition if edition else SegmentItem.pk.does_not_exist())
            version = (was.version if was is not None else 0) + 1
            write.put("profile", row_of_placed(placed, version), as_read(was))
            _move(write, merchant_id, shopper_id, was, placed)
            _settle(write, merchant_id, touched)

    def displace(
        self, merchant_id: str, shopper_id: str, was: Placed | None, touched: Touched | None
    ) -> None:
        """Done twice, the second finds nothing left."""
        try:
            self._displace(merchant_id, shopper_id, was, touched)
        except Refused as error:
            if error.labels != {"touch"}:
                raise
            self._displace(merchant_id, shopper_id, was, None)

    def _displace(
        self, merchant_id: str, shopper_id: str, was: Placed | None, touched: Touched | None
    ) -> None:
        profile = ProfileItem(profiles_key(merchant_id), shopper_id)
        with Transaction() as write:
            if was is None:
                write.check("profile", profile, as_read(None))
            else:
                write.delete("profile", profile, as_read(was))
            _move(write, merchant_id, shopper_id, was, None)
            _settle(write, merchant_id, touched)

    def everybody(self, merchant_id: str, *, after: str = "", limit: int = 100) -> list[Placed]:
        """Profiles in the order of the shoppers' ids."""
        beyond = ProfileItem.sk > after if after else None
        with answers():
            found = ProfileItem.query(profiles_key(merchant_id), beyond, limit=limit, consistent_read=True)
            return [placed_of_row(item) for item in found]

    def members(self, merchant_id: str, segment_id: str, *, after: str = "", limit: int = 100) -> list[str]:
        """Shoppers in a segment, in the order of their ids."""
        beyond = MemberItem.sk > after if after else None
        with answers():
            found = MemberItem.query(
                members_key(merchant_id, segment_id), beyond, limit=limit, consistent_read=True
            )
            return [item.sk for item in found]

    def count(self, merchant_id: str, segment_id: str) -> int:
        """How many they are."""
        with answers():
            return MemberItem.count(members_key(merchant_id, segment_id), consistent_read=True)


def _next_edition(write: Transaction, merchant_id: str) -> None:
    moved: list[Action] = [SegmentItem.version.add(1)]
    for item in edition_items(merchant_id):
        write.update("edition", item, moved)


def _move(
    write: Transaction, merchant_id: str, shopper_id: str, was: Placed | None, to: Placed | None
) -> None:
    """Out of the segments that they were in, into those that they are in; and when to look again."""
    before, after = set(was.segments if was else ()), set(to.segments if to else ())
    for segment_id in sorted(after - before):
        write.put("member", MemberItem(members_key(merchant_id, segment_id), shopper_id))
    for segment_id in sorted(before - after):
        write.delete("member", MemberItem(members_key(merchant_id, segment_id), shopper_id))
    old, new = turn_rows(merchant_id, shopper_id, was), turn_rows(merchant_id, shopper_id, to)
    for sk in old.keys() - new.keys():
        write.delete("turn", old[sk])
    for sk in new.keys() - old.keys():
        write.put("turn", new[sk])


def _settle(write: Transaction, merchant_id: str, touched: Touched | None) -> None:
    if touched is not None:
        item = TouchedItem(touched_key(merchant_id), touched.shopper_id)
        write.delete("touch", item, TouchedItem.mark == touched.mark)
