"""Merges on real tables: what they move, and how it is given back."""

from typing import Any

import pytest
from persons import ADDRESSES, BEN, LATER, SAID, found_by, person_of, picture, whose, wrote
from samples import ANN, NOW, a_thread

from chalicelib.domain.events import Address
from chalicelib.domain.people import Merge, Person, Place, Proof
from chalicelib.ports.errors import Conflict
from chalicelib.ports.threads import Change
from chalicelib.services.people.people import (
    MergedOn,
    MergePeople,
    NoSuchShopper,
    People,
    SameShopper,
    UnmergePeople,
)
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads


def test_a_shopper_knows_their_addresses_and_threads(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann", Address("bsuid", "GB.1"), ANN)
    assert person_of(people, merchant, "sh_ann") == Person(
        merchant_id=merchant,
        shopper_id="sh_ann",
        name="Ann",
        places=(Place("cn_one", Address("bsuid", "GB.1")), Place("cn_one", ANN)),
        threads=("th_ann",),
    )
    assert people.person(merchant, "sh_nobody") is None
    assert people.person(f"{merchant}x", "sh_ann") is None


def test_an_address_that_is_learnt_later_belongs_to_the_same_shopper(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    hidden = Address("bsuid", "GB.1")
    wrote(threads, merchant, "ann", hidden)
    found = threads.find(merchant, "cn_one", [hidden, ANN])
    assert found is not None and (found.known, found.others) == ((hidden,), ())
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    threads.commit(Change(thread=thread, addresses=(ANN,)))
    assert [place.address for place in person_of(people, merchant, "sh_ann").places] == [hidden, ANN]
    found = threads.find(merchant, "cn_one", [hidden, ANN])
    assert found is not None and found.known == (hidden, ANN)


def test_a_merge_brings_threads_and_addresses_to_who_stays(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    people.add_cart(merchant, "sh_ben", "cart 7")
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW, by="Eve")
    assert merge is not None
    assert (merge.stayed, merge.merged, merge.proof, merge.by, merge.at) == (
        "sh_ann",
        "sh_ben",
        SAID,
        "Eve",
        NOW,
    )
    assert (merge.state, merge.threads, merge.carts) == ("done", ("th_ben",), ("cart 7",))
    ann, ben = person_of(people, merchant, "sh_ann"), person_of(people, merchant, "sh_ben")
    assert ann.threads == ("th_ann", "th_ben") and ann.carts == ("cart 7",)
    assert [place.address for place in ann.places] == [ANN, BEN]
    assert (ann.merges, ann.merged_into, ann.merging) == ((merge.merge_id,), "", "")
    assert (ben.merged_into, ben.merged_by, ben.merging) == ("sh_ann", merge.merge_id, "")
    assert (ben.threads, ben.places, ben.carts) == ((), (), ())
    assert whose(threads, merchant, "th_ben") == found_by(threads, merchant, "ben") == "sh_ann"
    assert People(people).person(merchant, "sh_ben") == ann
    assert People(people).merges(ann) == [merge]


def test_words_that_were_read_before_the_merge_are_decided_anew(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    before = threads.thread(merchant, "th_ben")
    assert before is not None
    MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    with pytest.raises(Conflict):
        threads.commit(Change(thread=before, addresses=(Address("chat", "5502"),)))
    assert len(person_of(people, merchant, "sh_ann").places) == 2
    assert person_of(people, merchant, "sh_ben").places == ()


def test_undoing_gives_back_what_the_merge_brought_and_leaves_what_came_since(
    threads: DynamoThreads, people: DynamoPeople, raw: Any, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    people.add_cart(merchant, "sh_ben", "cart 7")
    before = picture(raw, merchant)
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    assert merge is not None
    people.add_cart(merchant, "sh_ann", "cart 8")
    undone = UnmergePeople(people)(merchant, "sh_ann", merge.merge_id, LATER)
    assert (undone.state, undone.undone_at) == ("undone", LATER)
    after = picture(raw, merchant)
    ann = after.pop((f"{merchant}#sh_ann", "shopper"))
    assert ann.pop("carts") == {"SS": ["cart 8"]} and ann.pop("merges")
    assert ann == before.pop((f"{merchant}#sh_ann", "shopper"))
    del after[f"{merchant}#merge#{merge.merge_id}", "merge"]
    assert after == before
    assert UnmergePeople(people)(merchant, "sh_ben", merge.merge_id, LATER) == undone


def test_an_address_goes_where_its_thread_goes(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    thread = threads.thread(merchant, "th_ben")
    assert merge is not None and thread is not None
    learnt = Address("chat", "5502")
    threads.commit(Change(thread=thread, addresses=(learnt,)))
    UnmergePeople(people)(merchant, "sh_ann", merge.merge_id, LATER)
    found = threads.find(merchant, "cn_two", [learnt])
    assert found is not None and (found.shopper_id, found.thread_id) == ("sh_ben", "th_ben")
    ben = person_of(people, merchant, "sh_ben")
    assert [place.address for place in ben.places] == [BEN, learnt]


def test_merging_again_changes_nothing_and_after_undoing_is_a_new_merge(
    threads: DynamoThreads, people: DynamoPeople, raw: Any, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    merge = MergePeople(people)
    first = merge(merchant, "sh_ann", "sh_ben", SAID, NOW)
    assert first is not None
    rows = picture(raw, merchant)
    assert merge(merchant, "sh_ann", "sh_ben", SAID, LATER) == first
    assert merge(merchant, "sh_ben", "sh_ann", SAID, LATER) == first
    assert picture(raw, merchant) == rows
    UnmergePeople(people)(merchant, "sh_ann", first.merge_id, LATER)
    second = merge(merchant, "sh_ann", "sh_ben", SAID, LATER)
    assert second is not None and second.merge_id != first.merge_id
    ann = person_of(people, merchant, "sh_ann")
    assert [one.state for one in People(people).merges(ann)] == ["undone", "done"]


def test_what_one_event_proved_is_not_merged_again_once_a_person_has_undone_it(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    merge = MergePeople(people)
    first = merge(merchant, "sh_ann", "sh_ben", Proof("link"), NOW, once="mg_event")
    assert merge(merchant, "sh_ann", "sh_ben", Proof("link"), LATER, once="mg_event") == first
    UnmergePeople(people)(merchant, "sh_ann", "mg_event", LATER)
    again = merge(merchant, "sh_ann", "sh_ben", Proof("link"), LATER, once="mg_event")
    assert again is not None and again.state == "undone"
    assert whose(threads, merchant, "th_ben") == "sh_ben"


def test_a_chain_of_merges_is_one_person_and_is_taken_apart_from_its_end(
    threads: DynamoThreads, people: DynamoPeople, raw: Any, merchant: str
) -> None:
    for name in ADDRESSES:
        wrote(threads, merchant, name)
    before = {key: row for key, row in picture(raw, merchant).items() if key[1] != "shopper"}
    merge, unmerge = MergePeople(people), UnmergePeople(people)
    first = merge(merchant, "sh_ann", "sh_ben", SAID, NOW)
    second = merge(merchant, "sh_eve", "sh_ben", SAID, LATER)
    assert first is not None and second is not None
    assert (second.stayed, second.merged) == ("sh_eve", "sh_ann")
    assert second.threads == ("th_ann", "th_ben")
    assert {People(people).person(merchant, f"sh_{name}").shopper_id for name in ADDRESSES} == {"sh_eve"}
    with pytest.raises(MergedOn) as refused:
        unmerge(merchant, "sh_ann", first.merge_id, LATER)
    assert refused.value.merge_id == second.merge_id
    unmerge(merchant, "sh_eve", second.merge_id, LATER)
    assert found_by(threads, merchant, "ben") == "sh_ann"
    unmerge(merchant, "sh_ann", first.merge_id, LATER)
    after = {key: row for key, row in picture(raw, merchant).items() if key[1] not in ("shopper", "merge")}
    assert after == before


@pytest.mark.parametrize(("stays", "other"), [("sh_ann", "sh_nobody"), ("sh_nobody", "sh_ann")])
def test_only_shoppers_of_the_merchant_are_merged(
    threads: DynamoThreads, people: DynamoPeople, raw: Any, merchant: str, stays: str, other: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, f"{merchant}x", "ben")
    rows = picture(raw, merchant)
    for one in (other, other.replace("nobody", "ben")):
        with pytest.raises(NoSuchShopper):
            MergePeople(people)(merchant, stays, one, SAID, NOW)
    with pytest.raises(SameShopper):
        MergePeople(people)(merchant, "sh_ann", "sh_ann", SAID, NOW)
    with pytest.raises(NoSuchShopper):
        UnmergePeople(people)(merchant, "sh_ann", "mg_none", NOW)
    assert picture(raw, merchant) == rows


def test_a_merge_is_undone_by_those_whom_it_concerns(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    for name in ADDRESSES:
        wrote(threads, merchant, name)
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    assert merge is not None
    with pytest.raises(NoSuchShopper):
        UnmergePeople(people)(merchant, "sh_eve", merge.merge_id, NOW)
    with pytest.raises(NoSuchShopper):
        UnmergePeople(people)(f"{merchant}x", "sh_ann", merge.merge_id, NOW)


def test_more_than_a_transaction_takes_is_moved_and_given_back(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    for number in range(1, 61):
        wrote(threads, merchant, "ben", Address("chat", f"{number:03d}"), number=number)
    for number in range(60):
        people.add_cart(merchant, "sh_ben", f"cart {number}")
    before = person_of(people, merchant, "sh_ben")
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    ann = person_of(people, merchant, "sh_ann")
    assert merge is not None
    assert (len(ann.threads), len(ann.places), len(ann.carts)) == (61, 61, 60)
    UnmergePeople(people)(merchant, "sh_ann", merge.merge_id, LATER)
    assert person_of(people, merchant, "sh_ben") == before
    assert person_of(people, merchant, "sh_ann").threads == ("th_ann",)


def test_a_shopper_without_a_name_gets_that_of_the_other(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ben")
    wrote(threads, merchant, "eve")
    nameless = a_thread(merchant)
    threads.commit(Change(thread=nameless, addresses=(ANN,)))
    MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    MergePeople(people)(merchant, "sh_ann", "sh_eve", SAID, NOW)
    assert person_of(people, merchant, "sh_ann").name == "Ben"


def test_a_cart_is_tied_to_who_is_there(threads: DynamoThreads, people: DynamoPeople, merchant: str) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    people.add_cart(merchant, "sh_ann", "cart 7")
    people.add_cart(merchant, "sh_ann", "cart 7")
    assert person_of(people, merchant, "sh_ann").carts == ("cart 7",)
    MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    for nobody in ("sh_ben", "sh_nobody"):
        with pytest.raises(Conflict):
            people.add_cart(merchant, nobody, "cart 8")


def test_merges_are_read_as_they_were_written(people: DynamoPeople, merchant: str) -> None:
    assert people.merge(merchant, "mg_none") is None
    assert people.merges(merchant, ["mg_none"]) == []
    nobody = Merge(
        merchant_id=merchant, merge_id="mg_1", stayed="sh_1", merged="sh_2", proof=SAID, by="", at=NOW
    )
    with pytest.raises(Conflict):
        people.begin(nobody)
    assert people.person(merchant, "sh_1") is None
