"""Whose cart, whose order: told only where it is proven, never guessed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.links import read_token
from chalicelib.domain.people import Place
from chalicelib.domain.phones import same_numbers
from chalicelib.ports.addresses import AddressStore
from chalicelib.ports.commerce import Bought, CommerceStore, KeptCart, KeptOrder
from chalicelib.ports.people import LinkStore, PeopleStore
from chalicelib.ports.shops import ShopStore
from chalicelib.services.people.people import NoSuchShopper, People

# More are found by no order that a shop tells.
_MOST_CLAIMS: Final = 4


class WhoBuys:
    """By a number that is somebody's in a chat, by a link of ours that they came with, or by the cart that a
    link brought to their chat. Anybody can type an e-mail, and a shop finds its customer by it: neither says
    whose an order is. A cart without a number may go by it to whoever has bought under it."""

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
        self, merchant_id: str, connection_id: str, buyer: Buyer, ref: str = "", at: datetime | None = None
    ) -> str:
        """The shopper as whom they are known today; '' where nobody is proven, or two different people are.

        buyer: as it is recorded. ref: a token of ours; at: when they came with it at the latest, None: it may
        have ended since.
        """
        return _alone(self.known_as(merchant_id, self._proven(merchant_id, connection_id, buyer, ref, at)))

    def known_as(self, merchant_id: str, shoppers: Iterable[str]) -> set[str]:
        """Who these are today: some have turned out to be one, some are gone."""
        return {self._person(merchant_id, one) for one in dict.fromkeys(shoppers) if one} - {""}

    def erased_at(self, merchant_id: str, connection_id: str, buyer: Buyer) -> datetime | None:
        """When whoever had one of the buyer's numbers in a chat was last erased; None when nobody was."""
        numbers = [one for phone in buyer.phones for one in same_numbers(phone)]
        found = [
            self._threads.erased_at(merchant_id, one.connection_id, numbers)
            for one in self._chats(merchant_id, connection_id, buyer.phones)
        ]
        return max((at for at in found if at is not None), default=None)

    def of_cart(self, merchant_id: str, kept: KeptCart) -> str:
        """The same of a kept cart. Who had it brought to their chat by a link has said whose it is."""
        proven = self._of_cart(merchant_id, kept)
        if proven or kept.cart.buyer.phones:
            return _alone(proven)
        by_email = self._by_email(merchant_id, kept.cart.buyer.email)
        return _alone(self.known_as(merchant_id, (kept.flow.shopper_id, *by_email)))

    def is_others(self, merchant_id: str, kept: KeptCart, shopper_id: str) -> bool:
        """Whether a cart is proven to be somebody else's, by more than an e-mail."""
        return bool(self._of_cart(merchant_id, kept) - self.known_as(merchant_id, [shopper_id]))

    def of_order(self, merchant_id: str, kept: KeptOrder, carts: Sequence[KeptCart]) -> KeptOrder:
        """A kept order with whose it is, once proven also when the proof has ended since. carts: those that
        it came from."""
        order, placed_at = kept.order, kept.order.placed_at or kept.order.at
        proven = self._proven(merchant_id, order.connection_id, order.buyer, order.ref, placed_at)
        found = self.known_as(merchant_id, (*kept.owners, *proven))
        found = found.union(*(self._of_cart(merchant_id, one) for one in carts))
        claims = tuple(sorted(found))[:_MOST_CLAIMS] if len(found) > 1 else ()
        return replace(kept, shopper_id=_alone(found), claims=claims)

    def _of_cart(self, merchant_id: str, kept: KeptCart) -> set[str]:
        """Whose it is by more than an e-mail."""
        cart, known = kept.cart, kept.flow.shopper_id
        if known and (tied := self._tied(merchant_id, known, cart.cart_id)):
            return {tied}
        proven = self._proven(merchant_id, cart.connection_id, cart.buyer, cart.ref, cart.created_at)
        return self.known_as(merchant_id, proven)

    def _proven(
        self, merchant_id: str, connection_id: str, buyer: Buyer, ref: str, at: datetime | None
    ) -> Iterator[str]:
        by_phone = list(self._by_phones(merchant_id, connection_id, buyer.phones))
        yield from by_phone
        for one in self._by_ref(merchant_id, ref, at):
            if by_phone or not self._has_other_number(merchant_id, one, buyer.phones):
                yield one

    def _has_other_number(self, merchant_id: str, shopper_id: str, phones: Collection[str]) -> bool:
        """Whether somebody else has bought, to whom they have passed on their link: the buyer's numbers are
        none of theirs, as far as these are known."""
        places = self._places(merchant_id, shopper_id) if phones else ()
        theirs = [one.address.value for one in places if one.address.kind == "phone"]
        same = {number for one in theirs for number in same_numbers(one)}
        return bool(theirs) and same.isdisjoint(phones)

    def _by_email(self, merchant_id: str, email: str) -> set[str]:
        """Who have bought under it. Nobody, where somebody has whose number is nobody's in a chat: they may
        be another."""
        read = self._store.of_buyers(merchant_id, [BuyerKey("email", email)]) if email else Bought()
        sold = [one for one in read.orders if one.order.bought_at is not None]
        is_doubtful = any(one.order.buyer.phones and not one.shopper_id for one in sold)
        return set() if is_doubtful else {one.shopper_id for one in sold}

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
        addresses = [Address("phone", one) for phone in phones for one in same_numbers(phone)]
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

    def _places(self, merchant_id: str, shopper_id: str) -> Sequence[Place]:
        try:
            return self._people.person(merchant_id, shopper_id).places
        except NoSuchShopper:
            return ()


def _alone(found: set[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def shoppers_of(bought: Bought) -> set[str]:
    """All who are proven to have bought something of it."""
    carts = {one.flow.shopper_id for one in bought.carts}
    return (carts | {one.shopper_id for one in bought.orders}) - {""}
