"""Who is who: rules of merging, of following a shopper to another address, and of phone numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.people import (
    Merge,
    Person,
    Place,
    Proof,
    is_told_apart,
    may_be_one,
    merge_id_for,
    new_addresses,
    new_merge_id,
    own_ids,
    place_from,
    place_key,
    to_move,
)
from chalicelib.domain.threads import Thread, follow, gives_up, hear, mark, was_still_theirs
from chalicelib.services.people.phones import normal_phone

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OLD, NEW = Address("phone", "447700900123"), Address("phone", "447700900999")
HIDDEN = Address("bsuid", "GB.1")
MERGE = Merge(
    merchant_id="mt_one",
    merge_id="mg_1",
    stayed="sh_ann",
    merged="sh_ben",
    proof=Proof("order", "no. 7"),
    by="Ann",
    at=NOW,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.builds(Place, st.just("cn_one"), st.builds(Address, st.sampled_from(["phone", "chat"]), texts)))
def test_a_place_is_read_back_from_its_key(place: Place) -> None:
    assert place_from(place_key(place)) == place


def test_a_merge_moves_all_and_its_undoing_only_what_is_still_there() -> None:
    assert (MERGE.giver, MERGE.taker) == ("sh_ben", "sh_ann")
    assert to_move(MERGE, {"th_2", "th_1"}, set()) == ["th_1", "th_2"]
    undoing = replace(MERGE, state="undoing", threads=("th_1", "th_2"))
    assert (undoing.giver, undoing.taker) == ("sh_ann", "sh_ben")
    assert to_move(undoing, {"th_0", "th_2", "th_3"}, undoing.threads) == ["th_2"]


def test_one_event_makes_one_merge_and_a_person_may_decide_again() -> None:
    assert merge_id_for("mt_one", "link", "ln_1") == merge_id_for("mt_one", "link", "ln_1")
    assert merge_id_for("mt_one", "link", "ln_1") != merge_id_for("mt_two", "link", "ln_1")
    first = new_merge_id("mt_one", "sh_ann", "sh_ben", NOW)
    assert first != new_merge_id("mt_one", "sh_ann", "sh_ben", NOW + timedelta(milliseconds=1))


def test_only_addresses_that_nobody_has_are_new() -> None:
    assert new_addresses((OLD,), (HIDDEN, OLD, NEW, HIDDEN)) == (HIDDEN, NEW)
    assert new_addresses((HIDDEN, OLD), (HIDDEN, OLD)) == ()


def person(*addresses: Address, connection_id: str = "cn_one") -> Person:
    places = tuple(Place(connection_id, address) for address in addresses)
    return Person(merchant_id="mt_one", shopper_id="sh", places=places)


MAY_BE_ONE = {
    "one is known by a number alone": (person(HIDDEN), person(OLD), True),
    "both by numbers alone": (person(NEW), person(OLD), True),
    "the channel tells them apart": (person(HIDDEN), person(OLD, Address("bsuid", "GB.2")), False),
    "their own id is of another connection": (person(HIDDEN), person(OLD, connection_id="cn_two"), True),
}


@pytest.mark.parametrize("name", MAY_BE_ONE)
def test_a_number_in_common_proves_nothing_against_two_ids_of_the_channel(name: str) -> None:
    one, other, may_be = MAY_BE_ONE[name]
    assert may_be_one(one, other, "cn_one") is may_be
    assert may_be_one(other, one, "cn_one") is may_be


# who has the number, what is named with it now: may it have been given to somebody else?
TOLD_APART = {
    "another id": (person(HIDDEN, OLD), (Address("bsuid", "GB.2"), OLD), True),
    "the same id": (person(HIDDEN, OLD), (HIDDEN, OLD), False),
    "one of several ids": (person(HIDDEN, Address("bsuid", "GB.2"), OLD), (HIDDEN, OLD), False),
    "known by the number alone": (person(OLD), (HIDDEN, OLD), False),
    "their own id is of another connection": (person(HIDDEN, connection_id="cn_two"), (OLD,), False),
    "the number alone is named": (person(HIDDEN, OLD), (OLD,), True),
}


@pytest.mark.parametrize("name", TOLD_APART)
def test_a_number_may_be_anothers_where_an_id_of_the_channel_tells_them_apart(name: str) -> None:
    holder, named, is_apart = TOLD_APART[name]
    assert is_told_apart(holder, named, "cn_one") is is_apart
    assert own_ids((HIDDEN, OLD)) == (HIDDEN,)


SECOND = timedelta(seconds=1)
# where answers go, when they last wrote, when another bore the number OLD: do they give it up?
GIVES_UP = {
    "wrote before": (OLD, NOW - SECOND, True),
    "wrote at the same moment": (OLD, NOW, False),
    "wrote since": (OLD, NOW + SECOND, False),
    "wrote since without a number": (HIDDEN, NOW + SECOND, False),
    "wrote since from another number": (NEW, NOW + SECOND, True),
    "has never written": (OLD, None, True),
}


@pytest.mark.parametrize("name", GIVES_UP)
def test_a_number_goes_with_whoever_bore_it_last(name: str) -> None:
    wire, shopper_at, gives = GIVES_UP[name]
    thread = replace(a_thread(), wire=wire, shopper_at=shopper_at)
    assert gives_up(thread, OLD, NOW) is gives


def test_what_was_said_before_they_moved_away_from_a_number_is_theirs() -> None:
    moved = follow(a_thread(), NEW, NOW)
    assert was_still_theirs(moved, OLD, NOW - SECOND)
    assert was_still_theirs(moved, OLD, NOW)
    assert not was_still_theirs(moved, OLD, NOW + SECOND)
    assert not was_still_theirs(moved, NEW, NOW - SECOND)
    assert not was_still_theirs(a_thread(), OLD, NOW)


def a_thread() -> Thread:
    return Thread(
        merchant_id="mt_one",
        thread_id="th_ann",
        connection_id="cn_one",
        channel="whatsapp",
        shopper_id="sh_ann",
        wire=OLD,
    )


def words(wire: Address, at: datetime) -> ShopperMessage:
    return ShopperMessage(
        addresses=(wire,), wire=wire, chat="", channel_message_id=str(at), sent_at=at, kind="text"
    )


STEPS = st.tuples(
    st.sampled_from(["says", "goes"]),
    st.sampled_from([OLD, NEW, HIDDEN, Address("phone", "15551234567")]),
    st.integers(0, 6),
)


@given(st.lists(STEPS, unique_by=lambda step: (step[0], step[2]), max_size=8), st.randoms())
def test_where_answers_go_does_not_depend_on_the_order_of_arrival(
    steps: list[tuple[str, Address, int]], random: Random
) -> None:
    def after(order: list[tuple[str, Address, int]]) -> Thread:
        thread = a_thread()
        for kind, wire, second in order:
            at = NOW + timedelta(seconds=second)
            if kind == "goes":
                thread = follow(thread, wire, at)
            else:
                thread, _ = hear(thread, words(wire, at), f"{second}", NOW)
        return thread

    shuffled = [*steps, *steps]
    random.shuffle(shuffled)
    one, other = after(steps), after(shuffled)
    assert (one.wire, one.marks.get("wire")) == (other.wire, other.marks.get("wire"))


def test_newer_words_from_elsewhere_stay_where_answers_go() -> None:
    heard, _ = hear(a_thread(), words(HIDDEN, NOW + timedelta(seconds=1)), "1", NOW)
    assert follow(heard, NEW, NOW).wire == HIDDEN
    assert follow(heard, NEW, NOW + timedelta(seconds=2)).wire == NEW


def test_who_goes_by_a_new_address_can_be_reached_again() -> None:
    lost = replace(a_thread(), marks={"unreachable": mark("address_dead", NOW)})
    assert lost.unreachable == "address_dead"
    assert follow(lost, NEW, NOW + timedelta(seconds=1)).unreachable == ""
    assert follow(lost, NEW, NOW - timedelta(seconds=1)).unreachable == "address_dead"


PHONES = {  # what is written, read in which country: E.164 digits
    ("+44 7700 900123", ""): "447700900123",
    ("07700 900123", "gb"): "447700900123",
    ("0044 7700 900123", "GB"): "447700900123",
    ("+1 (555) 123-4567", ""): "15551234567",
    ("8 (916) 123-45-67", "RU"): "79161234567",
    ("+7 916 123 45 67", "KZ"): "79161234567",
    ("0532 123 45 67", "TR"): "905321234567",
    ("06 1234 5678", "IT"): "390612345678",
    ("+49 (0) 151 23456789", ""): "4915123456789",
    ("090-1234-5678", "JP"): "819012345678",
    ("٠١٠١٢٣٤٥٦٧٨", "EG"): "201012345678",
    # Brazil put a nine before its mobile numbers; many chats still name them without
    ("+55 11 98765-4321", ""): "5511987654321",
    ("+55 11 8765-4321", ""): "5511987654321",
    ("(11) 98765-4321", "BR"): "5511987654321",
    ("(11) 8765-4321", "BR"): "5511987654321",
    ("+55 11 3123-4567", ""): "551131234567",
    # Mexico took a one away
    ("+52 55 1234 5678", ""): "525512345678",
    ("+52 1 55 1234 5678", ""): "525512345678",
    ("55 1234 5678", "MX"): "525512345678",
    # Argentina: a nine abroad, a fifteen at home
    ("+54 9 11 2345-6789", ""): "5491123456789",
    ("011 15-2345-6789", "AR"): "5491123456789",
    ("+54 11 4345-6789", ""): "541143456789",
    # no phone numbers
    ("07700 900123", ""): None,
    ("07700 900123", "XX"): None,
    ("", "GB"): None,
    ("call me", "GB"): None,
    ("+", ""): None,
    ("+999 123 456 789", ""): None,
    ("+44 12", ""): None,
    ("+44 7700 900123 900123 900123", ""): None,
    ("1" * 500, "GB"): None,
    ("\ud83d+447700900123\x00", ""): "447700900123",
}


@pytest.mark.parametrize(("text", "country"), PHONES)
def test_a_phone_number_has_one_spelling(text: str, country: str) -> None:
    found = normal_phone(text, country)
    assert found == PHONES[text, country]
    assert found is None or normal_phone(f"+{found}") == found


@given(st.text(), st.sampled_from(["", "GB", "BR", "MX", "AR"]))
def test_whatever_is_written_is_a_number_or_none(text: str, country: str) -> None:
    found = normal_phone(text, country)
    assert found is None or (found.isascii() and found.isdigit() and len(found) <= 17)
