"""Whatever happens to a shopper is noted for their profile in the transaction that writes it; nothing that
only we do is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from access_patterns import Requests
from persons import wrote
from samples import NOW, a_message, an_intent

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.consent.records import Consent
from chalicelib.domain.events import Address
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread, mark
from chalicelib.ports.commerce import KeptCart, KeptOrder, ShopChange
from chalicelib.ports.threads import Change
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.segments import DynamoSegments
from chalicelib.storage.threads import DynamoThreads
from chalicelib.storage.touches import touched_key


@pytest.fixture
def store(bound: str) -> DynamoSegments:
    return DynamoSegments()


@pytest.fixture
def ann(threads: DynamoThreads, store: DynamoSegments, merchant: str) -> Thread:
    """Somebody with a thread, to whom nothing has happened since they were looked at."""
    wrote(threads, merchant, "ann")
    ThreadsRow(touched_key(merchant), "sh_ann").delete()
    found = threads.thread(merchant, "th_ann")
    assert found is not None
    return found


def whom(store: DynamoSegments, merchant: str) -> list[str]:
    return [one.shopper_id for one in store.touched(merchant)]


def a_consent(merchant: str, number: int = 0) -> Consent:
    return Consent(
        merchant_id=merchant,
        address=f"phone#4477009001{number:02d}",
        purpose="marketing",
        state="given",
        at=NOW,
        how="word",
        noted_at=NOW,
    )


def a_survey(thread: Thread) -> Survey:
    return Survey(
        merchant_id=thread.merchant_id,
        thread_id=thread.thread_id,
        sort=f"{1793620800000}#ms_1",
        connection_id=thread.connection_id,
        channel=thread.channel,
    )


TOUCHING: dict[str, Callable[[Thread], Change]] = {
    "the shopper's words": lambda one: Change(thread=one, new=(a_message(),)),
    "a person's words": lambda one: Change(thread=one, new=(an_intent(author="human"),)),
    "a new address": lambda one: Change(thread=one, addresses=(Address("bsuid", "GB.1"),)),
    "a consent": lambda one: Change(thread=one, consents=(a_consent(one.merchant_id),)),
    "an answer to a survey": lambda one: Change(thread=one, survey=a_survey(one)),
    "a tag": lambda one: Change(thread=replace(one, tags=("vip",)), touches=True),
    "that they work for the shop": lambda one: Change(
        thread=replace(one, marks={"staff": mark("st_1", NOW)}), touches=True
    ),
}
QUIET: dict[str, Callable[[Thread], Change]] = {
    "an answer of ours": lambda one: Change(thread=one, new=(an_intent(),)),
    "a campaign": lambda one: Change(thread=one, new=(an_intent(author="campaign"),)),
    "a note": lambda one: Change(thread=one, new=(a_message(author="human", kind="note", status="note"),)),
    "an assignment": lambda one: Change(thread=replace(one, assignee="Ben")),
    "words of who works for the shop": lambda one: Change(
        thread=replace(one, marks={"staff": mark("st_1", NOW)}), new=(a_message(),)
    ),
}


@pytest.mark.parametrize("what", TOUCHING)
def test_what_happens_to_a_shopper_is_noted(
    what: str, ann: Thread, threads: DynamoThreads, store: DynamoSegments, requests: Requests
) -> None:
    requests.clear()
    threads.commit(TOUCHING[what](ann))
    assert requests.names == ["TransactWriteItems"]
    assert whom(store, ann.merchant_id) == ["sh_ann"]


@pytest.mark.parametrize("what", QUIET)
def test_what_only_the_shop_does_is_not(
    what: str, ann: Thread, threads: DynamoThreads, store: DynamoSegments
) -> None:
    threads.commit(QUIET[what](ann))
    assert whom(store, ann.merchant_id) == []


def test_each_time_has_a_mark_of_its_own(ann: Thread, threads: DynamoThreads, store: DynamoSegments) -> None:
    marks = set()
    for number in range(3):
        found = threads.thread(ann.merchant_id, "th_ann")
        assert found is not None
        threads.commit(Change(thread=found, new=(a_message(number),)))
        (touched,) = store.touched(ann.merchant_id)
        marks.add(touched.mark)
    assert len(marks) == 3


def test_what_is_noted_of_a_shoppers_consent_touches_them_however_much_it_is(
    ann: Thread, store: DynamoSegments
) -> None:
    consents = DynamoConsents()
    consents.add([a_consent(ann.merchant_id)])
    assert whom(store, ann.merchant_id) == []
    consents.add([a_consent(ann.merchant_id, number) for number in range(60)], "sh_ann")
    assert whom(store, ann.merchant_id) == ["sh_ann"]


def an_order(shopper_id: str = "", order_id: str = "o1") -> KeptOrder:
    at = NOW + timedelta(hours=1)
    order = Order(connection_id="cn_shop", order_id=order_id, at=at, placed_at=at, number="#1001")
    return KeptOrder(order=order, shopper_id=shopper_id)


def a_cart(shopper_id: str = "") -> KeptCart:
    cart = Cart(connection_id="cn_shop", cart_id="c1", at=NOW, created_at=NOW)
    return KeptCart(cart=cart, flow=Flow(shopper_id=shopper_id))


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (ShopChange(orders=(an_order(),), carts=(a_cart(),)), []),
        (ShopChange(orders=(an_order("sh_ann"),)), ["sh_ann"]),
        (ShopChange(carts=(a_cart("sh_ann"),)), ["sh_ann"]),
        (ShopChange(orders=(an_order("sh_ann"),), carts=(a_cart("sh_ben"),)), ["sh_ann", "sh_ben"]),
        (ShopChange(orders=(an_order("sh_ann"),), bought_by=("sh_ann", "sh_eve")), ["sh_ann", "sh_eve"]),
    ],
)
def test_what_is_proven_to_be_bought_touches_its_buyer(
    change: ShopChange, touched: list[str], store: DynamoSegments, merchant: str
) -> None:
    DynamoCommerce().commit(merchant, change)
    assert whom(store, merchant) == touched


def test_twenty_orders_of_twenty_buyers_are_one_transaction(store: DynamoSegments, merchant: str) -> None:
    orders = tuple(an_order(f"sh_{number:02d}", f"o{number}") for number in range(20))
    commerce: Any = DynamoCommerce()
    for one in orders:
        commerce.commit(merchant, ShopChange(orders=(one,)))
    for one in store.touched(merchant):
        ThreadsRow(touched_key(merchant), one.shopper_id).delete()
    commerce.commit(merchant, ShopChange(orders=tuple(replace(one, version=1) for one in orders)))
    assert len(whom(store, merchant)) == 20


def test_whoever_an_order_was_held_to_be_is_looked_at_too(store: DynamoSegments, merchant: str) -> None:
    commerce = DynamoCommerce()
    commerce.commit(merchant, ShopChange(orders=(an_order("sh_ann"),), carts=(a_cart("sh_ann"),)))
    ThreadsRow(touched_key(merchant), "sh_ann").delete()
    now = ShopChange(orders=(replace(an_order("sh_ben"), version=1),))
    commerce.commit(merchant, now)
    assert whom(store, merchant) == ["sh_ann", "sh_ben"]
    ThreadsRow(touched_key(merchant), "sh_ann").delete()
    commerce.commit(merchant, ShopChange(carts=(replace(a_cart(), version=1),)))
    assert whom(store, merchant) == ["sh_ann", "sh_ben"]


def test_what_is_taken_away_touches_whose_it_was(store: DynamoSegments, merchant: str) -> None:
    commerce = DynamoCommerce()
    commerce.commit(merchant, ShopChange(orders=(an_order("sh_ann"),), carts=(a_cart(),)))
    ThreadsRow(touched_key(merchant), "sh_ann").delete()
    commerce.forget(merchant, [a_cart()], [an_order()])
    assert whom(store, merchant) == ["sh_ann"]
