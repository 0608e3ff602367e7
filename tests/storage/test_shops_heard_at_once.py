"""A shop's calls are heard by several at once, each by a process of its own: nothing is lost between them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from persons import wrote
from samples import NOW

from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.goods import NOBODY, Buyer, Line
from chalicelib.domain.commerce.orders import Order, Parcel
from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import MindCart, MindOrder
from chalicelib.ports.commerce import Bought
from chalicelib.ports.errors import StoreBusy
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.shops.hear_shop import HearShop
from chalicelib.services.shops.who_buys import WhoBuys
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.links import DynamoLinks
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads
from tests.crash.doubles import MovableClock, Queues

ANN = Buyer(email="ann@example.com", phones=("+447700900123",))
LATER = NOW + timedelta(hours=3)


class Shops:
    """A shop system and a chat, both connected."""

    def shop(self, merchant_id: str) -> Shop:
        since = (NOW - timedelta(days=1)).isoformat()
        return Shop(country="GB", carts={"on": True, "on_since": since})

    def connections(self, merchant_id: str) -> list[Connection]:
        plain = Connection(
            merchant_id=merchant_id,
            connection_id="cn_one",
            channel="whatsapp",
            account="1",
            name="Mugs",
            status="active",
        )
        return [plain, replace(plain, connection_id="cn_shop", channel="shopify")]


class NoVault:
    def seal(self, owner: str, secrets: Any) -> str:
        return ""

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]:
        return {}


def ignored(*told: Any) -> None:
    """Wishes, and a shop that is left: of no matter here."""


def after(minutes: float) -> Any:
    return NOW + timedelta(minutes=minutes)


def history() -> list[ShopEvent]:
    cart = Cart(connection_id="", cart_id="c1", at=NOW, created_at=NOW, lines=(Line(title="Mug"),))
    known = replace(cart, at=after(1), buyer=ANN)
    other = replace(known, cart_id="c2", buyer=Buyer(email=ANN.email))
    late = replace(known, cart_id="c3", at=after(90), created_at=after(90))
    order = Order(connection_id="", order_id="o1", number="#1", at=after(5), placed_at=after(5), buyer=ANN)
    order = replace(order, carts=("c1",))
    parcel = Parcel(parcel_id="p1", state="shipped", at=after(60))
    shipped = Order(connection_id="", order_id="o1", parcels=(parcel,))
    carts = [replace(cart, buyer=NOBODY), known, other, late]
    return [*map(CartTold, carts), *map(OrderTold, (order, shipped, replace(order, at=after(9))))]


@pytest.fixture
def hear(threads: DynamoThreads, people: DynamoPeople, merchant: str, dues: DynamoDue) -> HearShop:
    wrote(threads, merchant, "ann")
    store, shops = DynamoCommerce(), Shops()
    who_buys = WhoBuys(threads, people, DynamoLinks(NoVault()), store, shops)
    queues = Queues(MovableClock(NOW))
    return HearShop(store, who_buys, shops, queues, ignored, ignored, lambda name: name == "shopify")


def heard(hear: HearShop, merchant: str, events: list[ShopEvent]) -> None:
    """What finds the store busy comes again, as from the queue."""

    def tell(event: ShopEvent) -> None:
        for _ in range(20):
            try:
                hear(Source(merchant, "cn_shop", "shopify"), event, LATER, LATER)
            except StoreBusy:
                continue
            return
        raise AssertionError("the store is busy for ever")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tell, events))


def plain(bought: Bought) -> Any:
    carts = {one.cart.cart_id: replace(one, version=0) for one in bought.carts}
    return carts, {one.order.order_id: replace(one, version=0) for one in bought.orders}


@pytest.mark.parametrize("events", [history() * 2, history()[::-1] * 2], ids=["forwards", "backwards"])
def test_what_is_heard_at_once_is_as_if_it_was_heard_in_turn(
    hear: HearShop, merchant: str, dues: DynamoDue, events: list[ShopEvent]
) -> None:
    store = DynamoCommerce()
    heard(hear, merchant, events)
    at_once = plain(store.of_shop(merchant, "cn_shop"))
    carts, orders = at_once
    assert {name: is_open(one.cart) for name, one in carts.items()} == {"c1": False, "c2": False, "c3": True}
    assert {one.flow.shopper_id for one in carts.values()} == {orders["o1"].shopper_id} == {"sh_ann"}
    assert [one.parcel_id for one in orders["o1"].order.parcels] == ["p1"]
    waiting = {MindCart(merchant, "cn_shop", "c3"), MindOrder(merchant, "cn_shop", "o1")}
    assert {due.work for due in dues.due(LATER + timedelta(days=8), 10)} == waiting
    for event in history():
        hear(Source(merchant, "cn_shop", "shopify"), event, LATER, LATER)
    assert plain(store.of_shop(merchant, "cn_shop")) == at_once
