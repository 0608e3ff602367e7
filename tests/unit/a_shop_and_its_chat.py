"""A shop that is heard, and the chat beside it: the stores in memory, as far as they are asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from commerce_in_memory import MERCHANT, MemoryCommerce

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import ShopEvent
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.links import KEY_BYTES, Link
from chalicelib.domain.merchants import Shop
from chalicelib.domain.people import Person, Place
from chalicelib.domain.work import MindCart, Work
from chalicelib.ports.addresses import Found, Owned
from chalicelib.ports.commerce import KeptCart, KeptOrder
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.shops.hear_shop import HearShop
from chalicelib.services.shops.who_buys import WhoBuys

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SHOP = Source(MERCHANT, "cn_shop", "shopify")
ANN = Buyer(customer_id="77", email="Ann@Example.com ", phones=("07700 900123",), country="GB")
ANNS_PHONE = "447700900123"
MUG = (Line(title="Mug"),)
KEY = bytes(KEY_BYTES)
RAW_ID = bytes(10)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@dataclass
class World:
    """One shop with a chat beside it, whose people are who they are said to be."""

    store: MemoryCommerce = field(default_factory=MemoryCommerce)
    persons: dict[str, Person] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    erased: dict[str, datetime] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    works: list[tuple[Work, str]] = field(default_factory=list)
    yes: list[tuple[str, datetime, str]] = field(default_factory=list)
    other_shops: tuple[str, ...] = ()
    disconnected: tuple[str, ...] = ()
    settings: Shop = field(default_factory=lambda: Shop(country="GB", carts=SWITCHED_ON))

    def __post_init__(self) -> None:
        self.who_buys = WhoBuys(self, self, self, self.store, self)
        self.hear = HearShop(
            self.store,
            self.who_buys,
            self,
            self,
            lambda source, wish, now: None,
            lambda source, left, received_at, now: None,
            lambda channel: channel == "shopify",
            lambda merchant_id, buyer, ref, at, now, how: self.yes.append((ref, at, how)),
        )

    def knows(self, shopper_id: str, *phones: str, carts: tuple[str, ...] = ()) -> None:
        places = tuple(Place("cn_chat", Address("phone", one)) for one in phones)
        self.persons[shopper_id] = Person(
            merchant_id=MERCHANT, shopper_id=shopper_id, places=places, carts=carts
        )
        self.owners |= dict.fromkeys(phones, shopper_id)

    # The AddressStore, PeopleStore, LinkStore, ShopStore and Outbox, as far as they are asked.
    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> Found | None:
        held = [one for one in addresses if one.value in self.owners and connection_id == "cn_chat"]
        owned = tuple(Owned(one, self.owners[one.value], "th_1") for one in held)
        return Found(owned[0].shopper_id, "th_1", owned[0].address, owned) if owned else None

    def erased_at(self, merchant_id: str, connection_id: str, values: Collection[str]) -> datetime | None:
        erased = [at for value, at in self.erased.items() if value in values and connection_id == "cn_chat"]
        return max(erased, default=None)

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        return self.persons.get(shopper_id)

    def link_key(self, merchant_id: str) -> bytes | None:
        return KEY if self.links else None

    def link(self, merchant_id: str, link_id: str) -> Link | None:
        return self.links.get(link_id)

    def shop(self, merchant_id: str) -> Shop:
        return self.settings

    def connections(self, merchant_id: str) -> list[Connection]:
        kinds = {"cn_shop": "shopify", "cn_chat": "whatsapp"} | dict.fromkeys(self.other_shops, "shopify")
        return [
            Connection(
                merchant_id=merchant_id,
                connection_id=one,
                channel=kind,
                account=one,
                name=one,
                status="disconnected" if one in self.disconnected else "active",
            )
            for one, kind in kinds.items()
        ]

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.works.append((work, attempt))

    def tell(self, *events: ShopEvent, at: datetime = NOON) -> None:
        for event in events:
            self.hear(SHOP, event, at, at)

    def cart(self, cart_id: str) -> KeptCart:
        kept = self.store.cart(MERCHANT, "cn_shop", cart_id)
        assert kept is not None
        return kept

    def order(self, order_id: str) -> KeptOrder:
        kept = self.store.order(MERCHANT, "cn_shop", order_id)
        assert kept is not None
        return kept

    @property
    def state(self) -> Any:
        """All that is kept, but for how often it was written."""
        carts = {key: replace(one, version=0) for key, one in self.store.carts.items()}
        orders = {key: replace(one, version=0) for key, one in self.store.orders.items()}
        minded = {key: due for key, due in self.store.due.items() if isinstance(due.work, MindCart)}
        return carts, orders, minded


SWITCHED_ON = {"on": True, "on_since": after(-60).isoformat()}


def a_cart(cart_id: str = "c1", at: float = 0, **changes: Any) -> Cart:
    plain = Cart(
        connection_id="",
        cart_id=cart_id,
        at=after(at),
        created_at=after(0),
        buyer=ANN,
        lines=MUG,
    )
    return replace(plain, **changes)


def an_order(order_id: str = "o1", at: float = 30, **changes: Any) -> Order:
    plain = Order(
        connection_id="",
        order_id=order_id,
        at=after(at),
        placed_at=after(30),
        number="#1001",
        buyer=ANN,
        lines=MUG,
    )
    return replace(plain, **changes)
