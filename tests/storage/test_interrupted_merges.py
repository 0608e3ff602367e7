"""Merges that die, meet and cross: whole after any death, once at any concurrency."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from persons import ADDRESSES, BEN, LATER, SAID, assert_whole, found_by, person_of, whose, wrote
from samples import ANN, NOW, a_message

from chalicelib.domain.events import Address
from chalicelib.domain.people import Merge
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.threads import Change
from chalicelib.services.people.people import MergedOn, MergePeople, People, UnmergePeople
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads


class Deadly:
    """Dies before or after its nth write; the next process knows nothing of it."""

    def __init__(self, store: PeopleStore, at: int, *, is_after: bool) -> None:
        self._store, self._left, self._is_after = store, at, is_after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._store, name)
        if name not in ("begin", "begin_undoing", "move_some", "end"):
            return real
        return lambda *given: self._fatal(real, *given)

    def _fatal(self, real: Callable[..., Any], *given: Any) -> Any:
        self._left -= 1
        if self._left == 0 and not self._is_after:
            raise ConnectionResetError
        answer = real(*given)
        if self._left == 0:
            raise ConnectionResetError
        return answer


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("at", range(1, 7))
def test_a_merge_that_dies_anywhere_is_finished_by_whoever_comes_next(
    threads: DynamoThreads, people: DynamoPeople, merchant: str, at: int, is_after: bool
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    people.add_cart(merchant, "sh_ben", "cart 7")
    deadly: Any = Deadly(people, at, is_after=is_after)
    with pytest.raises(ConnectionResetError):
        MergePeople(deadly)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    # Whoever looks next is enough, if it was begun at all; else the same call is made again.
    person = People(people).person(merchant, "sh_ben")
    if at > 1 or is_after:
        assert person.shopper_id == "sh_ann"
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    assert merge is not None and (merge.state, merge.threads) == ("done", ("th_ben",))
    ann = person_of(people, merchant, "sh_ann")
    assert (ann.threads, ann.carts, ann.merging) == (("th_ann", "th_ben"), ("cart 7",), "")
    assert [place.address for place in ann.places] == [ANN, BEN]
    assert ann.merges == (merge.merge_id,)


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("at", range(1, 7))
def test_an_undoing_that_dies_anywhere_is_finished_by_whoever_comes_next(
    threads: DynamoThreads, people: DynamoPeople, merchant: str, at: int, is_after: bool
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    people.add_cart(merchant, "sh_ben", "cart 7")
    before = person_of(people, merchant, "sh_ben")
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    assert merge is not None
    deadly: Any = Deadly(people, at, is_after=is_after)
    with pytest.raises(ConnectionResetError):
        UnmergePeople(deadly)(merchant, "sh_ann", merge.merge_id, NOW)
    undone = UnmergePeople(people)(merchant, "sh_ann", merge.merge_id, NOW)
    assert undone.state == "undone"
    assert person_of(people, merchant, "sh_ben") == before
    ann = person_of(people, merchant, "sh_ann")
    assert (ann.threads, ann.carts, ann.merging) == (("th_ann",), (), "")


def test_a_merge_waits_for_one_that_was_cut_short(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    for name in ADDRESSES:
        wrote(threads, merchant, name)
    deadly: Any = Deadly(people, 1, is_after=True)
    with pytest.raises(ConnectionResetError):
        MergePeople(deadly)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    merge = MergePeople(people)(merchant, "sh_eve", "sh_ann", SAID, LATER)
    assert merge is not None and merge.threads == ("th_ann", "th_ben")
    assert found_by(threads, merchant, "ben") == "sh_eve"


def _insisting(act: Callable[[], object]) -> None:
    """As whoever is told that the shop is busy: again."""
    for _ in range(30):
        try:
            act()
        except StoreBusy:
            continue
        return
    raise AssertionError("never")


def test_two_merges_the_wrong_way_round_make_one_person(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    names = ("sh_ann", "sh_ben")

    def merge(number: int) -> None:
        stays, other = names if number % 2 else names[::-1]
        _insisting(lambda: MergePeople(people)(merchant, stays, other, SAID, NOW))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(merge, range(6)))
    stayed = {People(people).person(merchant, name).shopper_id for name in names}
    assert len(stayed) == 1
    person = person_of(people, merchant, stayed.pop())
    assert (len(person.threads), len(person.places), len(person.merges)) == (2, 2, 1)
    assert person.merging == ""


def test_merges_in_a_circle_make_one_person_while_they_write(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    for name in ADDRESSES:
        wrote(threads, merchant, name)
    pairs = [("sh_ann", "sh_ben"), ("sh_ben", "sh_eve"), ("sh_eve", "sh_ann")]

    def act(number: int) -> None:
        if number < 3:
            _insisting(lambda: MergePeople(people)(merchant, *pairs[number], SAID, NOW))
        else:
            _insisting(lambda: _speak(threads, merchant, ("ann", "ben", "eve")[number % 3], number))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(9)))
    (stayed,) = {People(people).person(merchant, f"sh_{name}").shopper_id for name in ADDRESSES}
    person = person_of(people, merchant, stayed)
    assert (len(person.threads), len(person.places)) == (3, 9)
    for name in ADDRESSES:
        assert whose(threads, merchant, f"th_{name}") == found_by(threads, merchant, name) == stayed
    for place in person.places:
        found = threads.find(merchant, place.connection_id, [place.address])
        assert found is not None and found.shopper_id == stayed


def _speak(threads: DynamoThreads, merchant: str, name: str, number: int) -> None:
    """A message that names a further address, as the use case writes it."""
    further = Address(ADDRESSES[name].kind, f"{number}")
    message = a_message(number)
    for _ in range(60):
        thread = threads.thread(merchant, f"th_{name}")
        assert thread is not None
        try:
            threads.commit(Change(thread=thread, new=(message,), addresses=(further,)))
        except Conflict:
            continue
        return
    raise StoreBusy("too many")


def test_a_merge_that_was_ended_is_not_moved_on_by_a_slow_helper(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    merge = MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW)
    assert merge is not None
    as_it_was = replace(merge, state="begun", threads=())
    UnmergePeople(people)(merchant, "sh_ann", merge.merge_id, NOW)
    with pytest.raises(Conflict):
        people.move_some(as_it_was)
    with pytest.raises(Conflict):
        people.end(as_it_was)
    with pytest.raises(Conflict):
        people.begin(as_it_was)
    assert whose(threads, merchant, "th_ben") == "sh_ben"


def test_a_merge_is_not_ended_while_there_is_something_to_move(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    merge = Merge(
        merchant_id=merchant, merge_id="mg_1", stayed="sh_ann", merged="sh_ben", proof=SAID, by="", at=NOW
    )
    people.begin(merge)
    moves = 0
    while True:
        try:
            people.end(merge)
        except Conflict:
            assert people.move_some(merge)
            moves += 1
            continue
        break
    assert moves == 2  # the thread, then its address
    assert not people.move_some(merge)
    assert whose(threads, merchant, "th_ben") == found_by(threads, merchant, "ben") == "sh_ann"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_merged_undone_and_cut_short_everybody_is_whole(
    threads: DynamoThreads, people: DynamoPeople, raw: Any, merchant: str, seed: int
) -> None:
    random = Random(seed)
    names = [f"sh_{name}" for name in ADDRESSES]
    for name in ADDRESSES:
        wrote(threads, merchant, name)
    for number in range(16):
        mortal: Any = Deadly(people, random.randint(1, 8), is_after=random.random() < 0.5)
        now = NOW + timedelta(seconds=number)
        one, other = random.sample(names, 2)
        with suppress(ConnectionResetError, MergedOn):
            match random.choice(["merge", "merge", "unmerge", "speak"]):
                case "merge":
                    MergePeople(mortal)(merchant, one, other, SAID, now)
                case "unmerge":
                    person = people.person(merchant, one)
                    for merge_id in person.merges[-1:] if person else ():
                        UnmergePeople(mortal)(merchant, one, merge_id, now)
                case "speak":
                    _speak(threads, merchant, one.removeprefix("sh_"), number)
    for name in names:
        People(people).person(merchant, name)
    assert_whole(raw, threads, people, merchant)
