"""Who is in which segment: placed by the filters as they are, by the profile as it was read, and by nothing
else; the store in memory says the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from persons import SAID, wrote
from samples import NOW

from chalicelib.domain.erasing import Erasure
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.work import Due, RefreshSegments
from chalicelib.ports.errors import Conflict
from chalicelib.ports.segments import MOST_SEGMENTS, Placed, Segment, SegmentStore, Touched
from chalicelib.ports.threads import Change
from chalicelib.services.people.people import MergePeople
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.segment_rows import turn_at
from chalicelib.storage.segments import DynamoSegments
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import rows_of
from tests.segments_in_memory import MemorySegments

WHOLE = Profile(
    merchant_id="",
    shopper_id="sh_ann",
    name="Ann 💙",
    channels=("whatsapp", "telegram"),
    connections=("cn_one",),
    threads=("th_ann",),
    language="en",
    country="GB",
    tags=("vip",),
    marketing="given",
    updates="withdrawn",
    first_seen=NOW - timedelta(days=9),
    last_seen=NOW,
    last_answered=NOW - timedelta(days=1),
    orders=2,
    spent={"EUR": Decimal("12.50"), "RON": Decimal(4)},
    last_order=NOW - timedelta(days=3),
    products=("tea", "SKU-1"),
    cart="open",
    cart_at=NOW - timedelta(hours=3),
    satisfaction="good",
    referrals=("ad-7",),
)


@pytest.fixture(params=["tables", "memory"])
def store(request: pytest.FixtureRequest, threads: DynamoThreads, merchant: str) -> SegmentStore:
    """Ann, Ben and Eve have written."""
    store: SegmentStore = DynamoSegments() if request.param == "tables" else MemorySegments()
    touching = touch_in(store, threads)
    for name in ("ann", "ben", "eve"):
        touching(merchant, f"sh_{name}")
    return store


def touch_in(store: SegmentStore, threads: DynamoThreads) -> Callable[[str, str], None]:
    """Something happens to one of them."""
    if isinstance(store, MemorySegments):
        return lambda merchant_id, shopper_id: store.touch(merchant_id, [shopper_id])

    def touch(merchant_id: str, shopper_id: str) -> None:
        name = shopper_id.removeprefix("sh_")
        known = threads.thread(merchant_id, f"th_{name}")
        if known is None:
            wrote(threads, merchant_id, name)
        else:
            threads.commit(Change(thread=known, touches=True))

    return touch


def a_segment(merchant: str, name: str = "one", **changes: Any) -> Segment:
    plain = Segment(
        merchant_id=merchant,
        segment_id=f"sg_{name}",
        name=name,
        filter={"all": [{"tag": ["vip"]}, {"orders": {"at_least": 2}}]},
        created_at=NOW,
    )
    return replace(plain, **changes)


def ann_in(merchant: str, *segments: str, **changes: Any) -> Placed:
    return replace(Placed(profile=replace(WHOLE, merchant_id=merchant), segments=segments), **changes)


def mark_of(store: SegmentStore, merchant: str, shopper_id: str = "sh_ann") -> Touched | None:
    return next((one for one in store.touched(merchant) if one.shopper_id == shopper_id), None)


def the_placed(store: SegmentStore, merchant: str) -> Placed:
    (one,) = store.placed(merchant, ["sh_ann", "sh_ann", "sh_nobody"])
    return one


def test_a_segment_is_read_back_as_it_was_kept(store: SegmentStore, merchant: str) -> None:
    assert store.segment(merchant, "sg_one") is None
    kept = store.save(a_segment(merchant))
    assert kept == replace(a_segment(merchant), version=1) == store.segment(merchant, "sg_one")
    built = store.save(replace(kept, build_after="sh_x"))
    built = store.save(replace(built, built_at=NOW))
    other = store.save(a_segment(merchant, "two"))
    assert store.segments(merchant) == [built, other]
    for stale in (a_segment(merchant), kept):
        with pytest.raises(Conflict):
            store.save(stale)
    assert store.segments(f"{merchant}x") == []


def test_the_edition_moves_with_each_filter_and_not_with_how_far_it_is_built(
    store: SegmentStore, merchant: str
) -> None:
    assert store.book(merchant).edition == 0
    kept = store.save(a_segment(merchant))
    first = store.book(merchant).edition
    kept = store.save(replace(kept, build_after="sh_a"))
    kept = store.save(replace(kept, built_at=NOW))
    kept = store.save(replace(kept, name="renamed"))
    assert store.book(merchant).edition == first > 0
    store.save(replace(kept, filter={"all": []}, built_at=None, build_after=""))
    second = store.book(merchant).edition
    store.remove(merchant, "sg_one")
    assert first < second < store.book(merchant).edition


def test_a_profile_is_read_back_as_it_was_placed_and_its_touch_is_gone(
    store: SegmentStore, merchant: str
) -> None:
    ann = ann_in(merchant, "sg_one", "sg_two", turns_at=NOW + timedelta(days=2))
    store.place(ann, None, mark_of(store, merchant), 0)
    assert the_placed(store, merchant) == replace(ann, version=1)
    assert [one.shopper_id for one in store.touched(merchant)] == ["sh_ben", "sh_eve"]
    bare = Placed(profile=Profile(merchant_id=merchant, shopper_id="sh_ben"))
    store.place(bare, None, mark_of(store, merchant, "sh_ben"), 0)
    assert store.everybody(merchant) == [replace(ann, version=1), replace(bare, version=1)]
    assert store.everybody(merchant, after="sh_ann", limit=1) == [replace(bare, version=1)]
    assert store.everybody(merchant, limit=1) == [replace(ann, version=1)]
    assert [one.shopper_id for one in store.touched(merchant, 1, "sh_ben")] == ["sh_eve"]


def test_whom_something_happens_to_while_they_are_placed_stays_touched(
    store: SegmentStore, merchant: str, threads: DynamoThreads
) -> None:
    before = mark_of(store, merchant)
    touch_in(store, threads)(merchant, "sh_ann")
    store.place(ann_in(merchant, "sg_one"), None, before, 0)
    assert mark_of(store, merchant) not in (None, before)
    assert store.members(merchant, "sg_one") == ["sh_ann"]


def test_members_move_with_their_profile(store: SegmentStore, merchant: str) -> None:
    store.place(ann_in(merchant, "sg_one", "sg_two"), None, None, 0)
    store.place(ann_in(merchant, "sg_two", "sg_six"), the_placed(store, merchant), None, 0)
    ben = Placed(profile=Profile(merchant_id=merchant, shopper_id="sh_ben"), segments=("sg_two",))
    store.place(ben, None, None, 0)
    assert [store.count(merchant, one) for one in ("sg_one", "sg_two", "sg_six")] == [0, 2, 1]
    assert store.members(merchant, "sg_two") == ["sh_ann", "sh_ben"]
    assert store.members(merchant, "sg_two", after="sh_ann") == ["sh_ben"]
    assert store.members(merchant, "sg_two", limit=1) == ["sh_ann"]
    assert store.members(f"{merchant}x", "sg_two") == []


def test_who_is_placed_by_an_old_profile_or_an_old_filter_is_refused(
    store: SegmentStore, merchant: str
) -> None:
    store.place(ann_in(merchant), None, None, 0)
    with pytest.raises(Conflict):
        store.place(ann_in(merchant, "sg_one"), None, mark_of(store, merchant), 0)
    was = the_placed(store, merchant)
    store.save(a_segment(merchant))
    with pytest.raises(Conflict):
        store.place(ann_in(merchant, "sg_one"), was, None, 0)
    assert (the_placed(store, merchant), store.count(merchant, "sg_one")) == (was, 0)
    assert mark_of(store, merchant) is not None
    store.place(ann_in(merchant, "sg_one"), was, None, store.book(merchant).edition)
    assert store.count(merchant, "sg_one") == 1


def test_who_turns_is_found_when_it_is_time(store: SegmentStore, merchant: str) -> None:
    at = NOW + timedelta(days=2)
    store.place(ann_in(merchant, turns_at=at), None, None, 0)
    assert store.turning(merchant, at - timedelta(milliseconds=1)) == []
    assert store.turning(merchant, at) == ["sh_ann"] == store.turning(merchant, at, limit=1)
    store.place(ann_in(merchant, turns_at=at + timedelta(days=1)), the_placed(store, merchant), None, 0)
    assert store.turning(merchant, at) == []
    store.place(ann_in(merchant), the_placed(store, merchant), None, 0)
    assert store.turning(merchant, at + timedelta(days=9)) == []


def test_of_whom_there_is_no_more_nothing_stays(store: SegmentStore, merchant: str) -> None:
    store.place(ann_in(merchant, "sg_one", turns_at=NOW), None, None, 0)
    with pytest.raises(Conflict):
        store.displace(merchant, "sh_ann", None, mark_of(store, merchant))
    store.displace(merchant, "sh_ann", the_placed(store, merchant), mark_of(store, merchant))
    assert (store.placed(merchant, ["sh_ann"]), store.turning(merchant, NOW)) == ([], [])
    assert (store.count(merchant, "sg_one"), mark_of(store, merchant)) == (0, None)
    store.displace(merchant, "sh_ann", None, None)
    store.displace(merchant, "sh_ben", None, mark_of(store, merchant, "sh_ben"))
    assert [one.shopper_id for one in store.touched(merchant)] == ["sh_eve"]


def test_a_removed_segment_loses_its_members_page_by_page(store: SegmentStore, merchant: str) -> None:
    store.save(a_segment(merchant))
    edition = store.book(merchant).edition
    for name in ("ann", "ben", "eve"):
        profile = Profile(merchant_id=merchant, shopper_id=f"sh_{name}")
        store.place(Placed(profile=profile, segments=("sg_one",)), None, None, edition)
    for _ in range(2):
        store.remove(merchant, "sg_one")
    assert (store.segments(merchant), store.book(merchant).leaving) == ([], ("sg_one",))
    while store.drop_members(merchant, "sg_one"):
        assert store.book(merchant).leaving == ("sg_one",)
    assert (store.count(merchant, "sg_one"), store.book(merchant).leaving) == (0, ())
    # Whoever is placed anew leaves it for good.
    was = the_placed(store, merchant)
    assert was.segments == ("sg_one",)
    store.place(ann_in(merchant), was, None, store.book(merchant).edition)
    assert the_placed(store, merchant).segments == ()


def test_what_is_written_elsewhere_touches_each_once(store: SegmentStore, merchant: str) -> None:
    before = mark_of(store, merchant)
    store.touch(merchant, ["sh_ann", "sh_new"])
    store.touch(merchant, [])
    assert mark_of(store, merchant) not in (None, before)
    assert [one.shopper_id for one in store.touched(merchant)] == ["sh_ann", "sh_ben", "sh_eve", "sh_new"]


def test_the_work_is_due_with_what_needs_it(merchant: str, dues: DynamoDue, bound: str) -> None:
    store, due = DynamoSegments(), Due(RefreshSegments(merchant), NOW)
    store.save(a_segment(merchant), due)
    assert [one.work for one in dues.due(NOW, 9)] == [due.work]
    dues.forget(due.work)
    store.remove(merchant, "sg_one", due)
    assert [one.work for one in dues.due(NOW, 9)] == [due.work]


def test_who_was_merged_away_is_placed_nowhere(
    merchant: str, threads: DynamoThreads, people: DynamoPeople
) -> None:
    store = DynamoSegments()
    for name in ("ann", "ben"):
        wrote(threads, merchant, name)
    marks = {one.shopper_id: one.mark for one in store.touched(merchant)}
    MergePeople(people)(merchant, "sh_ben", "sh_ann", SAID, NOW)
    touched = {one.shopper_id: one.mark for one in store.touched(merchant)}
    assert touched.keys() == marks.keys() and all(touched[one] != marks[one] for one in marks)
    with pytest.raises(Conflict):
        store.place(ann_in(merchant), None, None, 0)


def test_forty_segments_left_for_forty_others_are_one_transaction(
    merchant: str, threads: DynamoThreads
) -> None:
    store = DynamoSegments()
    wrote(threads, merchant, "ann")
    before = tuple(f"sg_a{number:02d}" for number in range(MOST_SEGMENTS))
    after = tuple(f"sg_b{number:02d}" for number in range(MOST_SEGMENTS))
    store.place(ann_in(merchant, *before, turns_at=NOW), None, None, 0)
    was = the_placed(store, merchant)
    store.place(ann_in(merchant, *after, turns_at=NOW + timedelta(1)), was, mark_of(store, merchant), 0)
    counts = [sum(store.count(merchant, one) for one in some) for some in (before, after)]
    assert counts == [0, MOST_SEGMENTS]


def test_who_is_erased_leaves_no_profile_no_place_no_turn_and_no_touch(
    merchant: str, threads: DynamoThreads, raw: Any
) -> None:
    store = DynamoSegments()
    for name in ("ann", "ben", "eve"):
        wrote(threads, merchant, name)
        profile = Profile(merchant_id=merchant, shopper_id=f"sh_{name}", name=name)
        store.place(Placed(profile=profile, segments=("sg_one",), turns_at=NOW), None, None, 0)
    erasure = Erasure(
        merchant_id=merchant,
        shopper_id="sh_ann",
        erasure_id="er_1",
        by="Ben",
        at=NOW,
        shoppers=("sh_ann", "sh_ben"),
    )
    for _ in range(2):
        DynamoErasing().forget_person(erasure)
    own = [(row["pk"]["S"].removeprefix(merchant), row["sk"]["S"]) for row in rows_of(raw, "ThreadsTable")]
    rooms = ("#touched", "#turns", "#profiles", "#segment#sg_one")
    eve = {("#touched", "sh_eve"), ("#turns", turn_at(NOW, "sh_eve"))}
    eve |= {(room, "sh_eve") for room in ("#profiles", "#segment#sg_one")}
    assert {one for one in own if one[0] in rooms} == eve
