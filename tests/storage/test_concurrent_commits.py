"""Many at once: one decision after another comes through, and none is lost or made twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from samples import ANN, NOW, a_message, a_thread, park, pointer_to, queued, unknown_pointer

from chalicelib.domain.events import Address
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.shoppers import shopper_id_for, thread_id_for
from chalicelib.ports.errors import AlreadyThere, Conflict, StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.storage.threads import DynamoThreads

AT_ONCE: Final = 8
TRIES: Final = 60


def _at_once(act: Callable[[int], str]) -> list[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(act, range(AT_ONCE)))


def _insisting(act: Callable[[], None]) -> str:
    """What became of it; who is too busy or too slow decides again, as the use cases do."""
    for _ in range(TRIES):
        try:
            act()
        except AlreadyThere:
            return "there"
        except (Conflict, StoreBusy):
            continue
        return "written"
    return "never"


def test_first_messages_at_once_make_one_shopper(threads: DynamoThreads, merchant: str) -> None:
    hidden = Address("bsuid", "GB.1")

    def hear(number: int) -> str:
        message = a_message(number)
        addresses = (hidden, ANN) if number % 2 else (ANN,)

        def write() -> None:
            found = threads.find(merchant, "cn_one", addresses)
            shopper = shopper_id_for(merchant, "cn_one", addresses[0])
            name = found.thread_id if found else thread_id_for(merchant, "cn_one", shopper)
            read = threads.thread(merchant, name)
            thread = read or a_thread(merchant, thread_id=name, shopper_id=shopper)
            ref = MessageRef(merchant, name, message.sort)
            pointer = pointer_to(merchant, message, ref=ref)
            change = Change(thread=thread, new=(message,), pointers=(pointer,), addresses=addresses)
            threads.commit(change)

        return _insisting(write)

    assert _at_once(hear) == ["written"] * AT_ONCE
    found = [threads.find(merchant, "cn_one", [one]) for one in (ANN, hidden)]
    assert found[0] is not None and found[1] is not None
    assert found[0].thread_id == found[1].thread_id
    assert len(threads.messages(merchant, found[0].thread_id)) == AT_ONCE
    thread = threads.thread(merchant, found[0].thread_id)
    assert thread is not None and thread.version == AT_ONCE


def test_the_same_message_at_once_is_stored_once(threads: DynamoThreads, merchant: str) -> None:
    def hear(number: int) -> str:
        message = a_message(1, sent_at=NOW + timedelta(seconds=number))

        def write() -> None:
            thread = threads.thread(merchant, "th_ann") or a_thread(merchant)
            threads.commit(Change(thread=thread, new=(message,), pointers=(pointer_to(merchant, message),)))

        return _insisting(write)

    assert sorted(_at_once(hear)) == ["there"] * (AT_ONCE - 1) + ["written"]
    assert len(threads.messages(merchant, "th_ann")) == 1


def test_one_of_many_claims_a_message(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)

    def claim(number: int) -> str:
        for _ in range(TRIES):
            try:
                threads.claim(
                    ref, claim=f"c{number}", now=NOW, lease_until=NOW + timedelta(seconds=90), told=None
                )
            except Conflict:
                return "refused"
            except StoreBusy:
                continue
            return "claimed"
        return "never"

    assert sorted(_at_once(claim)) == ["claimed"] + ["refused"] * (AT_ONCE - 1)
    message = threads.message(ref)
    assert message is not None and message.attempt == 1


def test_one_idempotency_key_at_once_makes_one_message(threads: DynamoThreads, merchant: str) -> None:
    threads.commit(Change(thread=a_thread(merchant)))

    def reply(number: int) -> str:
        message = a_message(number, author="human", status="queued", purpose="reply")

        def write() -> None:
            thread = threads.thread(merchant, "th_ann")
            assert thread is not None
            threads.commit(Change(thread=thread, new=(message,), key="order 7"))

        return _insisting(write)

    assert sorted(_at_once(reply)) == ["there"] * (AT_ONCE - 1) + ["written"]
    assert len(threads.messages(merchant, "th_ann")) == 1


def test_facts_at_once_are_all_parked(threads: DynamoThreads, merchant: str) -> None:
    def tell(number: int) -> str:
        for _ in range(TRIES):
            read = threads.pointer(merchant, "cn_one", "", "wamid.1") or unknown_pointer("wamid.1")
            try:
                park(threads, merchant, read, {"fact": "reaction", "who": str(number), "put": "1 x"})
            except (AlreadyThere, StoreBusy):
                continue
            return "parked"
        return "never"

    assert _at_once(tell) == ["parked"] * AT_ONCE
    read = threads.pointer(merchant, "cn_one", "", "wamid.1")
    assert read is not None
    assert sorted(fact["who"] for fact in read.parked) == [str(number) for number in range(AT_ONCE)]


@pytest.mark.parametrize("seed", range(3))
def test_statuses_at_once_end_at_the_highest(threads: DynamoThreads, merchant: str, seed: int) -> None:
    ref = queued(threads, merchant)
    order = ("sent", "read", "delivered", "failed")

    def raise_one(number: int) -> str:
        return _insisting(lambda: _none(threads.raise_status(ref, order[(number + seed) % len(order)])))

    _at_once(raise_one)
    message = threads.message(ref)
    assert message is not None and message.status == "read"


def _none(value: object) -> None:
    assert value is not None


def test_a_decision_and_a_receipt_at_once_lose_nothing(threads: DynamoThreads, merchant: str) -> None:
    threads.commit(Change(thread=a_thread(merchant)))

    def act(number: int) -> str:
        def tag() -> None:
            thread = threads.thread(merchant, "th_ann")
            assert thread is not None
            threads.commit(Change(thread=replace(thread, tags=(*thread.tags, str(number)))))

        def receive() -> None:
            threads.receipt(merchant, "th_ann", "read", NOW + timedelta(seconds=number))

        return _insisting(tag if number % 2 else receive)

    assert _at_once(act) == ["written"] * AT_ONCE
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    assert sorted(thread.tags) == [str(number) for number in range(AT_ONCE) if number % 2]
    assert thread.read_up_to == NOW + timedelta(seconds=AT_ONCE - 2)
