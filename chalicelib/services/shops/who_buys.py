"""Whose cart, whose order: told only where it is proven, never guessed."""

from collections.abc import Collection, Iterator
from datetime import datetime

from chalicelib.domain.commerce.buyers import keys_of
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.links import read_token
from chalicelib.ports import (
    AddressStore,
    Bought,
    CommerceStore,
    KeptCart,
    KeptOrder,
    LinkStore,
    PeopleStore,
    ShopStore,
)
from chalicelib.services.people.people import NoSuchShopper, People


class WhoBuys:
    """By a number that is somebody's in a chat, by a link of ours that they came with, by what else they
    bought under the same e-mail or as the same customer of the shop."""

    def __init__(
        self,
        threads: AddressStore,
        people: PeopleStore,
        links: LinkStore,
        store: CommerceStore,
        shops: ShopStore,
    ) -> None:
        self._threads, self._people, self._links = threads, People(people), links
        self._store, self._shops = store, shops

    def __call__(
        self,
        merchant_id: str,
        connection_id: str,
        buyer: Buyer,
        ref: str = "",
        at: datetime | None = None,
        known: Collection[str] = (),
    ) -> str:
        """The shopper as whom they are known today; '' where nobody is proven, or two different people are.

        buyer: as it is recorded. ref: a token of ours; at: when they came with it at the latest, None: it may
        have ended since. known: shoppers that are proven by other means.
        """
        found: set[str] = set()
        for one in self._proven(merchant_id, connection_id, buyer, ref, at, known):
            who = self._person(merchant_id, one)
            if who:
                found.add(who)
        return found.pop() if len(found) == 1 else ""

    def erased_at(self, merchant_id: str, connection_id: str, buyer: Buyer) -> datetime | None:
        """When whoever had one of the buyer's numbers in a chat was last erased; None when nobody was."""
        found = [
            self._threads.erased_at(merchant_id, one.connection_id, buyer.phones)
            for one in self._chats(merchant_id, connection_id, buyer.phones)
        ]
        return max((at for at in found if at is not None), default=None)

    def of_cart(self, merchant_id: str, kept: KeptCart) -> str:
        """The same of a kept cart. Who had it brought to their chat by a link has said whose it is."""
        cart, known = kept.cart, [kept.flow.shopper_id] if kept.flow.shopper_id else []
        if known and (tied := self._tied(merchant_id, known[0], cart.cart_id)):
            return tied
        return self(merchant_id, cart.connection_id, cart.buyer, cart.ref, cart.created_at, known)

    def of_order(self, merchant_id: str, kept: KeptOrder) -> str:
        """The same of a kept order."""
        order, known = kept.order, [kept.shopper_id] if kept.shopper_id else []
        placed_at = order.placed_at or order.at
        return self(merchant_id, order.connection_id, order.buyer, order.ref, placed_at, known)

    def _proven(
        self,
        merchant_id: str,
        connection_id: str,
        buyer: Buyer,
        ref: str,
        at: datetime | None,
        known: Collection[str],
    ) -> Iterator[str]:
        yield from known
        yield from self._by_ref(merchant_id, ref, at)
        yield from self._by_phones(merchant_id, connection_id, buyer.phones)
        bought_before = [one for one in keys_of(connection_id, buyer) if one.kind in ("email", "customer")]
        if bought_before:
            yield from shoppers_of(self._store.of_buyers(merchant_id, bought_before))

    def _by_ref(self, merchant_id: str, ref: str, at: datetime | None) -> Iterator[str]:
        """Whom the link names, else who first came by it."""
        key = self._links.link_key(merchant_id) if ref else None
        ticket = read_token(key, ref) if key else None
        if ticket is None or (at is not None and at > ticket.ends_at):
            return
        link = self._links.link(merchant_id, ticket.link_id)
        # What is printed for whoever comes by it names nobody, nor do links for the shop's own people.
        if link is not None and not link.opt_in_text and not link.staff_id:
            yield from (one for one in (link.shopper_id or link.used_by,) if one)

    def _by_phones(self, merchant_id: str, connection_id: str, phones: Collection[str]) -> Iterator[str]:
        addresses = [Address("phone", phone) for phone in phones]
        for connection in self._chats(merchant_id, connection_id, phones):
            found = self._threads.find(merchant_id, connection.connection_id, addresses)
            yield from (one.shopper_id for one in (found.held if found else ()))

    def _chats(self, merchant_id: str, connection_id: str, phones: Collection[str]) -> Iterator[Connection]:
        """Where somebody could write from these numbers: not the shop itself."""
        for connection in self._shops.connections(merchant_id) if phones else ():
            if connection.connection_id != connection_id:
                yield connection

    def _tied(self, merchant_id: str, shopper_id: str, cart_id: str) -> str:
        try:
            person = self._people.person(merchant_id, shopper_id)
        except NoSuchShopper:
            return ""
        return person.shopper_id if cart_id in person.carts else ""

    def _person(self, merchant_id: str, shopper_id: str) -> str:
        try:
            return self._people.person(merchant_id, shopper_id).shopper_id
        except NoSuchShopper:  # they are being erased
            return ""


def shoppers_of(bought: Bought) -> set[str]:
    """All who are proven to have bought something of it."""
    carts = {one.flow.shopper_id for one in bought.carts}
    return (carts | {one.shopper_id for one in bought.orders}) - {""}
