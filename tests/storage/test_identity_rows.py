"""A shopper by another address: their thread goes on, and nobody is two."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from persons import LATER, person_of, picture, whose, wrote
from samples import ANN, NOW, a_thread

from chalicelib.domain.events import Address, IdentityChange
from chalicelib.domain.people import Proof
from chalicelib.ports.threads import Change
from chalicelib.services.people.identity import FollowIdentity
from chalicelib.services.people.people import MergePeople, People, UnmergePeople
from chalicelib.services.people.phones import phone_in_use
from chalicelib.services.receiving.pointers import Source
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads

CHANGED: Final = IdentityChange(
    old=(ANN,), new=(Address("bsuid", "GB.2"), Address("phone", "447700900999")), at=LATER
)


@pytest.fixture
def follow(threads: DynamoThreads, people: DynamoPeople) -> FollowIdentity:
    return FollowIdentity(threads, MergePeople(people))


@pytest.fixture
def source(merchant: str) -> Source:
    return Source(merchant, "cn_one", "whatsapp")


def test_who_goes_by_a_new_number_goes_on_in_their_thread(
    threads: DynamoThreads,
    people: DynamoPeople,
    follow: FollowIdentity,
    source: Source,
    raw: Any,
    merchant: str,
) -> None:
    wrote(threads, merchant, "ann")
    assert follow(source, CHANGED, LATER)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None and thread.wire == CHANGED.new[1]
    for address in (*CHANGED.old, *CHANGED.new):
        found = threads.find(merchant, "cn_one", [address])
        assert found is not None and (found.shopper_id, found.thread_id) == ("sh_ann", "th_ann")
    ann = person_of(people, merchant, "sh_ann")
    assert {place.address for place in ann.places} == {*CHANGED.old, *CHANGED.new}
    assert phone_in_use(ann, threads) == "447700900999"
    rows = picture(raw, merchant)
    assert follow(source, CHANGED, LATER + timedelta(hours=1))
    assert picture(raw, merchant) == rows


def test_an_earlier_change_that_comes_late_moves_nothing_back(
    threads: DynamoThreads, follow: FollowIdentity, source: Source, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    follow(source, CHANGED, LATER)
    last = IdentityChange(
        old=CHANGED.new, new=(Address("phone", "447700900111"),), at=LATER + timedelta(days=1)
    )
    follow(source, last, LATER)
    follow(source, CHANGED, LATER)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None and thread.wire == last.new[0]


def test_a_change_that_names_no_old_or_no_new_address_is_not_followed(
    threads: DynamoThreads, follow: FollowIdentity, source: Source, raw: Any, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    rows = picture(raw, merchant)
    assert not follow(source, replace(CHANGED, old=()), LATER)
    assert not follow(source, replace(CHANGED, new=()), LATER)
    assert picture(raw, merchant) == rows


def test_a_change_of_somebody_who_has_not_written_yet_is_not_lost(
    threads: DynamoThreads, follow: FollowIdentity, source: Source, raw: Any, merchant: str
) -> None:
    assert follow(source, CHANGED, LATER)
    found = [threads.find(merchant, "cn_one", [one]) for one in (*CHANGED.old, *CHANGED.new)]
    assert len({one.thread_id for one in found if one}) == 1 and None not in found
    assert found[0] is not None
    thread = threads.thread(merchant, found[0].thread_id)
    assert thread is not None and thread.wire == CHANGED.new[-1] and thread.spoken_at is None
    rows = picture(raw, merchant)
    assert follow(source, CHANGED, LATER)
    assert picture(raw, merchant) == rows


def test_a_change_of_one_merchants_shopper_changes_nothing_for_another(
    threads: DynamoThreads, follow: FollowIdentity, source: Source, raw: Any, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    rows = picture(raw, merchant)
    assert follow(replace(source, merchant_id=f"{merchant}x"), CHANGED, LATER)
    assert picture(raw, merchant) == rows


def test_who_wrote_from_the_new_number_first_is_the_same_person_in_both_threads(
    threads: DynamoThreads,
    people: DynamoPeople,
    follow: FollowIdentity,
    source: Source,
    raw: Any,
    merchant: str,
) -> None:
    wrote(threads, merchant, "ann")
    newer = a_thread(merchant, thread_id="th_new", shopper_id="sh_new", wire=CHANGED.new[1])
    threads.commit(Change(thread=newer, addresses=(CHANGED.new[1],)))
    assert follow(source, CHANGED, LATER)
    ann = person_of(people, merchant, "sh_ann")
    assert ann.threads == ("th_ann", "th_new")
    (merge,) = People(people).merges(ann)
    assert (merge.merged, merge.proof, merge.by) == ("sh_new", Proof("channel"), "")
    found = threads.find(merchant, "cn_one", [CHANGED.new[1]])
    assert found is not None and (found.shopper_id, found.thread_id) == ("sh_ann", "th_new")
    rows = picture(raw, merchant)
    assert follow(source, CHANGED, LATER)
    assert picture(raw, merchant) == rows
    UnmergePeople(people)(merchant, "sh_ann", merge.merge_id, LATER)
    follow(source, CHANGED, LATER)
    assert whose(threads, merchant, "th_new") == "sh_new"


def test_a_chat_that_has_moved_keeps_its_thread(
    threads: DynamoThreads, follow: FollowIdentity, merchant: str
) -> None:
    wrote(threads, merchant, "ben")
    thread = threads.thread(merchant, "th_ben")
    assert thread is not None
    to = Address("chat", "-1005501")
    follow.migrated(thread, to, LATER)
    moved = threads.thread(merchant, "th_ben")
    assert moved is not None and moved.wire == to
    found = threads.find(merchant, "cn_two", [to])
    assert found is not None and found.thread_id == "th_ben"


@pytest.mark.parametrize("second_id", ["", "GB.9"])
def test_two_whom_one_message_names_are_one_unless_the_channel_tells_them_apart(
    threads: DynamoThreads, people: DynamoPeople, merchant: str, second_id: str
) -> None:
    hidden = Address("bsuid", "GB.1")
    wrote(threads, merchant, "ann", hidden)
    other = a_thread(merchant, thread_id="th_old", shopper_id="sh_old", wire=ANN)
    known = (ANN, Address("bsuid", second_id)) if second_id else (ANN,)
    threads.commit(Change(thread=other, addresses=known))
    found = threads.find(merchant, "cn_one", [hidden, ANN])
    assert found is not None and (found.shopper_id, found.others) == ("sh_ann", ("sh_old",))
    for _ in range(2):
        MergePeople(people).named_together(merchant, "cn_one", found.shopper_id, found.others, NOW)
    assert whose(threads, merchant, "th_old") == ("sh_old" if second_id else "sh_ann")
    assert len(person_of(people, merchant, "sh_ann").merges) == (0 if second_id else 1)
