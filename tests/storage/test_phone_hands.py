"""A phone number changes hands: the new owner never meets the old owner's words, nor theirs the new one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations
from secrets import token_hex
from typing import Any, Final

import pytest
from access_patterns import Requests
from persons import assert_whole, person_of, picture
from samples import NOW

from chalicelib.domain.answering.asks import WORDS
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.events import Address, IdentityChange, Preference, ShopperMessage
from chalicelib.domain.people import Proof
from chalicelib.domain.threads import Thread
from chalicelib.services.people.identity import FollowIdentity
from chalicelib.services.people.people import MergePeople
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.receiving.receive_message import ReceiveMessage
from chalicelib.services.receiving.record_changes import RecordChanges
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads
from integrations.whatsapp.capabilities import CAPABILITIES

ANN, ANN_MOVED, CAT = (Address("bsuid", f"DE.{name}") for name in ("A", "A2", "C"))
NUMBER, ELSEWHERE = Address("phone", "4915100000001"), Address("phone", "4915100000002")
AT: Final = NOW - timedelta(days=200)


class NoQueues:
    """Nothing is sent here."""

    def dispatch(self, work: Any, *, delay_s: int = 0, attempt: str = "") -> None:
        """Forgotten."""

    def dispatch_all(self, works: Any, attempt: str) -> None:
        """Forgotten."""


@dataclass(frozen=True)
class Named:
    capabilities: Capabilities = CAPABILITIES


@dataclass
class Shop:
    """A merchant's number on WhatsApp, and what happens there on which day."""

    threads: DynamoThreads
    people: DynamoPeople
    merchant: str

    @property
    def source(self) -> Source:
        return Source(self.merchant, "cn_one", "whatsapp")

    def said(self, day: int, *addresses: Address) -> str:
        merge = MergePeople(self.people)
        receive: Any = ReceiveMessage
        message = ShopperMessage(
            addresses=addresses,
            wire=addresses[-1],
            chat="",
            channel_message_id=f"wamid.{addresses[0].value}.{day}",
            sent_at=AT + timedelta(days=day),
            kind="text",
            text=f"{addresses[0].value} on day {day}",
        )
        ports = (self.threads, NoQueues(), lambda name: Named(), merge)
        heard: Thread = receive(*ports, lambda *said: WORDS, None)(self.source, message, NOW)
        return heard.thread_id

    def moved(self, day: int, old: Sequence[Address], new: Sequence[Address]) -> None:
        change = IdentityChange(old=tuple(old), new=tuple(new), at=AT + timedelta(days=day))
        assert FollowIdentity(self.threads, MergePeople(self.people))(self.source, change, NOW)

    def stopped(self, day: int, *addresses: Address) -> None:
        told = Preference(addresses=addresses, wire=addresses[-1], at=AT + timedelta(days=day), value="stop")
        changes = RecordChanges(self.threads, DynamoConsents(), lambda ref, media: None)
        changes.preference(self.source, told, NOW)

    def thread_of(self, *addresses: Address) -> Thread:
        found = self.threads.find(self.merchant, "cn_one", addresses)
        assert found is not None
        thread = self.threads.thread(self.merchant, found.thread_id)
        assert thread is not None
        return thread

    def told(self) -> dict[str, Any]:
        """By each address that is known: what was said in its thread, where its answers go, and by what
        their shopper is known."""
        every = {}
        for address in (ANN, ANN_MOVED, CAT, NUMBER, ELSEWHERE):
            if self.threads.find(self.merchant, "cn_one", [address]) is None:
                continue
            thread = self.thread_of(address)
            words = self.threads.messages(self.merchant, thread.thread_id)
            person = person_of(self.people, self.merchant, thread.shopper_id)
            every[address.value] = (
                [one.text for one in words if one.author == "shopper"],
                thread.wire.value,
                thread.marks.get("wire", "").partition(" ")[2],
                [place.address.value for place in person.places],
                person.merges,
            )
        return every


@pytest.fixture
def shop(threads: DynamoThreads, people: DynamoPeople, merchant: str) -> Shop:
    return Shop(threads, people, merchant)


def test_the_new_owner_of_a_number_gets_a_thread_of_their_own(shop: Shop, raw: Any) -> None:
    first = shop.said(0, ANN, NUMBER)
    shop.moved(1, [NUMBER, ANN], [ANN_MOVED, ELSEWHERE])
    second = shop.said(90, CAT, NUMBER)
    assert second != first
    assert (shop.thread_of(ANN).wire, shop.thread_of(CAT).wire) == (ELSEWHERE, NUMBER)
    assert shop.thread_of(NUMBER).thread_id == second
    assert shop.said(91, ANN_MOVED, ELSEWHERE) == first
    assert shop.said(92, CAT, NUMBER) == second
    assert_whole(raw, shop.threads, shop.people, shop.merchant)


def test_the_old_owner_is_not_answered_at_a_number_that_is_anothers_now(shop: Shop, raw: Any) -> None:
    first = shop.said(0, ANN, NUMBER)
    second = shop.said(90, CAT, NUMBER)
    assert second != first
    assert (shop.thread_of(ANN).wire, shop.thread_of(CAT).wire) == (ANN, NUMBER)
    assert shop.said(5, ANN, NUMBER) == first  # comes late
    assert shop.thread_of(ANN).wire == ANN
    assert shop.thread_of(NUMBER).thread_id == second
    assert_whole(raw, shop.threads, shop.people, shop.merchant)


def test_a_number_that_comes_back_is_its_owners_again(shop: Shop, raw: Any) -> None:
    first, second = shop.said(0, ANN, NUMBER), shop.said(90, CAT, NUMBER)
    assert shop.said(180, ANN, NUMBER) == first
    assert (shop.thread_of(ANN).wire, shop.thread_of(CAT).wire) == (NUMBER, CAT)
    assert shop.said(90, CAT, NUMBER) == second  # once more
    assert shop.thread_of(NUMBER).thread_id == first
    assert_whole(raw, shop.threads, shop.people, shop.merchant)


def test_who_was_known_without_a_number_takes_it_from_who_had_it(shop: Shop) -> None:
    first, second = shop.said(0, ANN, NUMBER), shop.said(1, CAT)
    assert shop.said(90, CAT, NUMBER) == second != first
    assert (shop.thread_of(ANN).wire, shop.thread_of(NUMBER).wire) == (ANN, NUMBER)
    assert shop.thread_of(NUMBER).thread_id == second


def test_who_is_known_by_a_number_alone_gets_an_id_and_keeps_their_thread(shop: Shop) -> None:
    first = shop.said(0, NUMBER)
    assert shop.said(90, CAT, NUMBER) == first
    assert shop.thread_of(CAT).wire == NUMBER


def test_no_thread_of_the_old_owner_answers_to_the_number(shop: Shop) -> None:
    """A person of several threads: an id was given anew before the channel told."""
    first = shop.said(0, ANN, NUMBER)
    second = shop.said(1, ANN_MOVED, NUMBER)
    shop.moved(1, [ANN, NUMBER], [ANN_MOVED, NUMBER])
    assert shop.thread_of(ANN).shopper_id == shop.thread_of(ANN_MOVED).shopper_id
    third = shop.said(90, CAT, NUMBER)
    assert len({first, second, third}) == 3
    wires = [thread.wire for thread in map(shop.thread_of, (ANN, ANN_MOVED, CAT))]
    assert wires == [ANN, ANN_MOVED, NUMBER]


def test_an_id_given_anew_with_the_number_kept_is_one_person_once_it_is_told(shop: Shop) -> None:
    shop.said(0, ANN, NUMBER)
    shop.moved(1, [ANN, NUMBER], [ANN_MOVED, NUMBER])
    assert shop.said(2, ANN_MOVED, NUMBER) == shop.thread_of(ANN).thread_id
    assert shop.thread_of(ANN).wire == NUMBER


def test_an_old_id_that_a_move_names_is_known_from_then_on(shop: Shop) -> None:
    first = shop.said(0, NUMBER)
    shop.moved(1, [ANN, NUMBER], [ANN_MOVED])
    assert shop.said(2, ANN) == shop.said(3, ANN_MOVED) == first


@pytest.mark.parametrize("new", [[CAT, NUMBER], [NUMBER]], ids=["named by both", "by the number alone"])
def test_who_moves_to_a_number_takes_it_from_who_had_it_and_is_not_them(
    shop: Shop, raw: Any, new: list[Address]
) -> None:
    shop.said(0, ANN, NUMBER)
    shop.said(1, CAT, ELSEWHERE)
    shop.moved(90, [CAT, ELSEWHERE], new)
    ann, cat = shop.thread_of(ANN), shop.thread_of(NUMBER)
    assert (ann.wire, cat.wire) == (ANN, NUMBER)
    assert ann.shopper_id != cat.shopper_id == shop.thread_of(CAT).shopper_id
    assert not person_of(shop.people, shop.merchant, cat.shopper_id).merges
    assert_whole(raw, shop.threads, shop.people, shop.merchant)


def test_a_move_that_is_told_late_leaves_the_number_with_who_has_it_since(shop: Shop) -> None:
    shop.said(0, ANN, ELSEWHERE)
    shop.said(90, CAT, NUMBER)
    shop.moved(10, [ANN, ELSEWHERE], [ANN_MOVED, NUMBER])
    assert (shop.thread_of(ANN_MOVED).wire, shop.thread_of(NUMBER).wire) == (ANN_MOVED, NUMBER)
    assert shop.thread_of(ANN).shopper_id != shop.thread_of(CAT).shopper_id


def test_what_is_told_of_the_new_owner_is_not_told_of_the_old_one(shop: Shop) -> None:
    shop.said(0, ANN, NUMBER)
    shop.stopped(89, CAT, NUMBER)
    assert (shop.thread_of(ANN).preference, shop.thread_of(CAT).preference) == ("", "stop")
    assert shop.said(90, CAT, NUMBER) == shop.thread_of(CAT).thread_id
    assert (shop.thread_of(ANN).wire, shop.thread_of(CAT).wire) == (ANN, NUMBER)


def test_a_merge_that_somebody_decided_keeps_both_ids_with_one_person(shop: Shop, raw: Any) -> None:
    shop.said(0, ANN, NUMBER)
    shop.said(1, CAT, ELSEWHERE)
    one, other = shop.thread_of(ANN).shopper_id, shop.thread_of(CAT).shopper_id
    MergePeople(shop.people)(shop.merchant, one, other, Proof("said"), NOW)
    shop.said(2, CAT, NUMBER)
    assert shop.thread_of(NUMBER).shopper_id == shop.thread_of(CAT).shopper_id == one
    shop.said(90, ANN_MOVED, NUMBER)
    assert shop.thread_of(ANN).wire == ANN and shop.thread_of(CAT).wire == CAT
    assert_whole(raw, shop.threads, shop.people, shop.merchant)


Event = Callable[[Shop], object]
STORIES: Final[dict[str, list[Event]]] = {
    "two owners": [
        lambda shop: shop.said(0, ANN, NUMBER),
        lambda shop: shop.said(5, ANN, NUMBER),
        lambda shop: shop.said(90, CAT, NUMBER),
        lambda shop: shop.said(95, CAT, NUMBER),
    ],
    "the first has moved": [
        lambda shop: shop.said(0, ANN, NUMBER),
        lambda shop: shop.moved(1, [ANN, NUMBER], [ANN_MOVED, ELSEWHERE]),
        lambda shop: shop.said(90, CAT, NUMBER),
    ],
    "the first was told of and has moved": [
        lambda shop: shop.stopped(0, ANN, NUMBER),
        lambda shop: shop.moved(6, [NUMBER, ANN], [ANN_MOVED, ELSEWHERE]),
        lambda shop: shop.said(90, CAT, NUMBER),
    ],
    "only moved": [
        lambda shop: shop.said(0, ANN, NUMBER),
        lambda shop: shop.moved(1, [ANN, NUMBER], [ANN_MOVED, ELSEWHERE]),
    ],
    "moved by the number alone": [
        lambda shop: shop.said(0, ANN, NUMBER),
        lambda shop: shop.moved(1, [NUMBER], [ANN_MOVED, ELSEWHERE]),
    ],
}


@pytest.mark.soak
@pytest.mark.parametrize("name", STORIES)
def test_in_whatever_order_it_comes_the_same_is_known(
    threads: DynamoThreads, people: DynamoPeople, raw: Any, name: str
) -> None:
    seen = []
    for order in permutations(STORIES[name]):
        shop = Shop(threads, people, f"mt_{token_hex(6)}")
        for event in order:
            event(shop)
        seen.append(shop.told())
        rows = picture(raw, shop.merchant)
        for event in order:
            event(shop)
        assert picture(raw, shop.merchant) == rows
        assert_whole(raw, threads, people, shop.merchant)
    assert all(one == seen[0] for one in seen), "\n".join(map(str, seen))


def test_a_message_of_somebody_known_asks_for_nobody_else(shop: Shop, requests: Requests) -> None:
    shop.said(0, ANN, NUMBER)
    requests.clear()
    shop.said(1, ANN, NUMBER)
    read = [name for name, _ in requests.made if name in ("BatchGetItem", "GetItem")]
    assert read == ["BatchGetItem", "GetItem"]
    shop.said(2, CAT, ELSEWHERE)
    requests.clear()
    shop.said(3, CAT, NUMBER)
    assert len(requests.made) <= 16
