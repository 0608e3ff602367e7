"""What has to be known of a cart before somebody is reminded of it, read in that very moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.commerce.buyers import BuyerKey, keys_of
from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.recovery import rules_from
from chalicelib.domain.commerce.reminding import ordered_since
from chalicelib.domain.events import Address
from chalicelib.domain.gate.left_carts import LeftCart
from chalicelib.domain.ids import from_ms, to_ms
from chalicelib.domain.merchants import Shop
from chalicelib.domain.people import Person
from chalicelib.domain.phones import same_numbers
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import CartAsRead, CommerceStore, KeptCart
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import NoSuchShopper, People

# Nobody has as many threads: of the latest it is looked whether they write.
_MOST_THREADS: Final = 20


@dataclass(frozen=True, slots=True)
class KnownCart:
    """What the gate asks about it, and on which read it is answered; None where there is no such cart any
    more."""

    left: LeftCart
    as_read: CartAsRead | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with all by which their carts and orders are found, and what they write on."""

    person: Person
    keys: tuple[BuyerKey, ...]
    threads: tuple[Thread, ...]


def naming(cart: Cart) -> dict[str, str]:
    """What a reminder's row holds, so that its cart is found when it is sent."""
    return {"cart": cart.cart_id, "shop": cart.connection_id, "touched": str(to_ms(cart.at))}


class KnowCart:
    """Reads the cart, whatever its buyer has ordered, and whether they are writing just now."""

    def __init__(
        self, store: CommerceStore, people: PeopleStore, threads: ThreadStore, shops: ShopStore
    ) -> None:
        self._store, self._people, self._threads = store, People(people), threads
        self._shops = shops

    def __call__(self, thread: Thread, details: Mapping[str, Any], shop: Shop) -> KnownCart | None:
        """None for what reminds of no cart. Raises StoreBusy."""
        if "cart" not in details:
            return None
        seen_at = from_ms(int(details["touched"]))
        kept = self._store.cart(thread.merchant_id, details["shop"], details["cart"])
        if kept is None:
            return KnownCart(LeftCart(touched_at=seen_at, seen_at=seen_at, is_open=False), None)
        reader = self.reader(thread.merchant_id, thread.shopper_id, kept)
        orders = self.orders(thread.merchant_id, reader)
        cart, wrote = kept.cart, [at for one in reader.threads if (at := wrote_at(one)) is not None]
        left = LeftCart(
            touched_at=from_ms(to_ms(cart.at)),
            seen_at=seen_at,
            is_open=is_open(cart) and self._is_connected(thread.merchant_id, cart.connection_id),
            is_bought=cart.bought_at is not None or ordered_since(cart, orders) is not None,
            is_held_out=kept.flow.is_held_out,
            is_switched_on=rules_from(shop.carts).on_since is not None,
            wrote_at=max(wrote, default=None),
            waits=any(is_waiting(one) for one in reader.threads),
        )
        return KnownCart(left, CartAsRead(thread.merchant_id, cart.connection_id, cart.cart_id, kept.version))

    def reader(self, merchant_id: str, shopper_id: str, kept: KeptCart) -> Reader:
        """shopper_id: whose cart it is, or who is written to."""
        person, merged = self._person(merchant_id, shopper_id)
        found = [self._threads.thread(merchant_id, one) for one in person.threads[-_MOST_THREADS:]]
        shoppers = dict.fromkeys((person.shopper_id, shopper_id, kept.flow.shopper_id, *merged))
        keys = [
            *keys_of(kept.cart.connection_id, kept.cart.buyer),
            *(BuyerKey("shopper", one) for one in shoppers if one),
            *(
                BuyerKey("phone", number)
                for one in person.places
                if _is_phone(one.address)
                for number in same_numbers(one.address.value)
            ),
        ]
        return Reader(person, tuple(dict.fromkeys(keys)), tuple(one for one in found if one is not None))

    def orders(self, merchant_id: str, reader: Reader) -> Sequence[Order]:
        """The latest that they have placed, from any of their addresses."""
        return [one.order for one in self._store.of_buyers(merchant_id, reader.keys).orders]

    def _is_connected(self, merchant_id: str, connection_id: str) -> bool:
        """Whether the shop still tells of its carts and what becomes of them. Without its secrets."""
        mine = {one.connection_id: one.status for one in self._shops.connections(merchant_id)}
        return mine.get(connection_id, "disconnected") != "disconnected"

    def _person(self, merchant_id: str, shopper_id: str) -> tuple[Person, list[str]]:
        """With the ids of those who turned out to be them."""
        try:
            person = self._people.person(merchant_id, shopper_id)
        except NoSuchShopper:
            return Person(merchant_id=merchant_id, shopper_id=shopper_id), []
        merges = self._people.merges(person) if person.merges else []
        return person, [one.merged for one in merges if one.state in ("begun", "done")]


def wrote_at(thread: Thread) -> datetime | None:
    """When they last wrote words that ask for the shop: that by which they come to their cart are none."""
    came_at = _came_at(thread)
    if thread.shopper_at is None or (came_at is not None and thread.shopper_at <= came_at):
        return None
    return thread.shopper_at


def is_waiting(thread: Thread) -> bool:
    """Whether they wait for a person of the shop there."""
    return thread.waiting_since is not None and wrote_at(thread) is not None


def _came_at(thread: Thread) -> datetime | None:
    """When they last came by a link of ours that ties them to a cart."""
    if "cart_id" not in thread.link:
        return None
    return from_ms(int(thread.marks["link"].partition(" ")[0]))


def _is_phone(address: Address) -> bool:
    return address.kind == "phone"
