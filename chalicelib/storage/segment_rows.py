"""Segments, profiles and memberships as rows."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition

from chalicelib.domain.ids import digest, to_ms
from chalicelib.domain.plain import from_plain, to_plain
from chalicelib.domain.segments.profiles import Profile
from chalicelib.ports.segments import Placed, Segment
from chalicelib.storage.models import TextAttribute, ThreadsRow
from chalicelib.storage.reading import get
from chalicelib.storage.touches import TouchedItem, touched_key

EDITION = "edition#"
# Each placing looks at one of so many rows: two transactions that look at the same would refuse each other.
# All of them move in one.
EDITIONS = 32
SEGMENTS = "s#"
LEAVING = "x#"


class SegmentItem(ThreadsRow):
    """A stored filter; or that one is no more and has members left; or, several times, the edition of all."""

    name = TextAttribute(null=True)
    filter = JSONAttribute(null=True)
    created_at = UTCDateTimeAttribute(null=True)
    built_at = UTCDateTimeAttribute(null=True)
    build_after = UnicodeAttribute(null=True)
    version = NumberAttribute(default=0)


class ProfileItem(ThreadsRow):
    """What is known of a shopper, with the segments they are in."""

    document = TextAttribute()
    segments = UnicodeSetAttribute(null=True)
    turns_at = UTCDateTimeAttribute(null=True)
    version = NumberAttribute()


class MemberItem(ThreadsRow):
    """A shopper, in a segment."""


class TurnItem(ThreadsRow):
    """When a shopper's segments may change by time alone."""


def segments_key(merchant_id: str) -> str:
    return f"{merchant_id}#segments"


def profiles_key(merchant_id: str) -> str:
    return f"{merchant_id}#profiles"


def members_key(merchant_id: str, segment_id: str) -> str:
    return f"{merchant_id}#segment#{segment_id}"


def turns_key(merchant_id: str) -> str:
    return f"{merchant_id}#turns"


def turn_at(at: datetime, shopper_id: str = "") -> str:
    return f"{to_ms(at):013d}#{shopper_id}"


def edition_items(merchant_id: str) -> list[SegmentItem]:
    return [SegmentItem(segments_key(merchant_id), f"{EDITION}{number:02d}") for number in range(EDITIONS)]


def edition_item(merchant_id: str, shopper_id: str) -> SegmentItem:
    """The one that is looked at for this shopper."""
    return edition_items(merchant_id)[int(digest(shopper_id)[:4], 16) % EDITIONS]


def row_of_segment(segment: Segment) -> SegmentItem:
    """The whole row, one version on."""
    item = SegmentItem(segments_key(segment.merchant_id), f"{SEGMENTS}{segment.segment_id}")
    item.name, item.filter, item.created_at = segment.name, segment.filter, segment.created_at
    item.built_at, item.build_after = segment.built_at, segment.build_after or None
    item.version = segment.version + 1
    return item


def segment_of_row(merchant_id: str, item: SegmentItem) -> Segment:
    return Segment(
        merchant_id=merchant_id,
        segment_id=item.sk.removeprefix(SEGMENTS),
        name=item.name or "",
        filter=item.filter,
        created_at=item.created_at,
        built_at=item.built_at,
        build_after=item.build_after or "",
        version=int(item.version),
    )


def row_of_placed(placed: Placed, version: int) -> ProfileItem:
    profile = placed.profile
    item = ProfileItem(profiles_key(profile.merchant_id), profile.shopper_id)
    item.document = json.dumps(to_plain(profile), ensure_ascii=False, separators=(",", ":"))
    item.segments, item.turns_at = set(placed.segments) or None, placed.turns_at
    item.version = version
    return item


def placed_of_row(item: ProfileItem) -> Placed:
    return Placed(
        profile=from_plain(Profile, json.loads(item.document)),
        segments=tuple(sorted(item.segments or ())),
        turns_at=item.turns_at,
        version=int(item.version),
    )


def as_read(was: Placed | None) -> Condition:
    is_same: Condition = (
        ProfileItem.version == was.version if was is not None else ProfileItem.pk.does_not_exist()
    )
    return is_same


def turn_rows(merchant_id: str, shopper_id: str, placed: Placed | None) -> dict[str, TurnItem]:
    """By its range key; none where time changes nothing."""
    if placed is None or placed.turns_at is None:
        return {}
    sk = turn_at(placed.turns_at, shopper_id)
    return {sk: TurnItem(turns_key(merchant_id), sk)}


def rows_beside(merchant_id: str, shopper_id: str) -> tuple[list[ThreadsRow], list[ThreadsRow]]:
    """What hangs on a shopper's profile, and the profile that leads to it: to erase them, in this order."""
    profile = get(ProfileItem, profiles_key(merchant_id), shopper_id)
    found: list[ThreadsRow] = [TouchedItem(touched_key(merchant_id), shopper_id)]
    return [*found, *_hanging(merchant_id, profile)], [profile] if profile is not None else []


def _hanging(merchant_id: str, profile: Any) -> Iterator[ThreadsRow]:
    if profile is None:
        return
    placed = placed_of_row(profile)
    for segment_id in placed.segments:
        yield MemberItem(members_key(merchant_id, segment_id), profile.sk)
    yield from turn_rows(merchant_id, profile.sk, placed).values()
