"""What a WooCommerce shop sends, heard: in whatever order and how often, the same carts and orders are
kept."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from commerce_in_memory import MERCHANT, MemoryCommerce
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.events import CartTold, OrderTold
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import MindCart
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.shops.hear_shop import HearShop
from chalicelib.services.shops.who_buys import WhoBuys
from integrations.registry import SHOPS, BaseUrls

WOO = SHOPS["woocommerce"](BaseUrls())
FIXTURES = Path(__file__).parents[2] / "fixtures" / "woocommerce"
SHOP = Source(MERCHANT, "cn_shop", "woocommerce")
SWITCHED_ON_AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
HEARD_AT = datetime(2026, 11, 3, 10, 30, tzinfo=UTC)


@dataclass
class World:
    """A shop of whose buyers nobody is known."""

    store: MemoryCommerce = field(default_factory=MemoryCommerce)

    def __post_init__(self) -> None:
        self.hear = HearShop(
            self.store,
            WhoBuys(self, self, self, self.store, self),
            self,
            self,
            lambda source, wish, now: None,
            lambda source, left, received_at, now: None,
            lambda channel: channel == "woocommerce",
        )

    # The AddressStore, PeopleStore, LinkStore, ShopStore and Outbox, as far as they are asked.
    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> None:
        return None

    def erased_at(self, merchant_id: str, connection_id: str, values: Collection[str]) -> None:
        return None

    def person(self, merchant_id: str, shopper_id: str) -> None:
        return None

    def link_key(self, merchant_id: str) -> None:
        return None

    def shop(self, merchant_id: str) -> Shop:
        return Shop(country="GB", carts={"on": True, "on_since": SWITCHED_ON_AT.isoformat()})

    def connections(self, merchant_id: str) -> list[Connection]:
        return []

    def dispatch(self, work: Any, *, delay_s: int = 0, attempt: str = "") -> None:
        return None

    def hears(self, *names: str) -> "World":
        for name in names:
            told = json.loads((FIXTURES / f"{name}.json").read_text())
            framed = WOO.framed(told["headers"], json.dumps(told["body"]).encode())
            for event in WOO.parse(WOO.split(framed)[0].body):
                if isinstance(event, CartTold | OrderTold):
                    self.hear(SHOP, event, HEARD_AT, HEARD_AT)
        return self

    @property
    def cart(self) -> Cart:
        kept = self.store.cart(MERCHANT, "cn_shop", "order-727")
        assert kept is not None
        return kept.cart

    @property
    def order(self) -> Order:
        kept = self.store.order(MERCHANT, "cn_shop", "727")
        assert kept is not None
        return kept.order

    @property
    def minded_at(self) -> list[datetime]:
        """When the cart is looked at."""
        return [due.at for due in self.store.due.values() if isinstance(due.work, MindCart)]

    @property
    def state(self) -> Any:
        """All that is kept, but for how often it was written."""
        carts = {key: replace(one, version=0) for key, one in self.store.carts.items()}
        orders = {key: replace(one, version=0) for key, one in self.store.orders.items()}
        return carts, orders, self.minded_at


ORDERS = sorted(path.stem for path in FIXTURES.glob("order_*.json"))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_history_comes_to_the_same_in_any_order(data: st.DataObject) -> None:
    history = data.draw(st.lists(st.sampled_from(ORDERS), min_size=2, max_size=6, unique=True))
    again = data.draw(st.permutations(history + data.draw(st.lists(st.sampled_from(history), max_size=4))))
    assert World().hears(*again).state == World().hears(*history).state


@pytest.mark.parametrize("name", ["order_created_pending", "order_updated_failed", "order_created_draft"])
def test_an_unpaid_order_is_a_cart_that_is_looked_at_when_it_lies_idle(name: str) -> None:
    world = World().hears(name)
    assert is_open(world.cart)
    (at,) = world.minded_at
    assert at == max(HEARD_AT, world.cart.at + timedelta(minutes=45))
    assert world.order.bought_at is None


@pytest.mark.parametrize(
    "name",
    [
        "order_created_paid",
        "order_created_cash_on_delivery",
        "order_created_bank_transfer",
        "order_updated_status_of_a_plugin",
        "order_updated_refunded",
        "order_updated_cancelled",
        "order_updated_in_the_bin",
        "order_deleted",
    ],
)
def test_nobody_is_reminded_of_what_was_bought_or_is_gone(name: str) -> None:
    for names in ((name,), ("order_created_pending", name), (name, "order_created_pending")):
        world = World().hears(*names)
        assert (is_open(world.cart), world.minded_at) == (False, [])


def test_nobody_is_reminded_of_an_order_that_the_merchant_made_for_them() -> None:
    assert World().hears("order_created_by_the_merchant").store.carts == {}


def test_a_late_webhook_takes_nothing_back() -> None:
    world = World().hears("order_updated_completed", "order_created_pending", "order_created_paid")
    assert [one.state for one in world.order.parcels] == ["shipped"]
    assert (world.order.paid, world.order.is_confirmed) == ("paid", True)
