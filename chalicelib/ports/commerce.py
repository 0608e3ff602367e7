"""What the shop sells with, and what is kept of its carts and orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import ShopEvent
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import SelfTest, Unreadable
from chalicelib.domain.work import Due, Work
from chalicelib.ports.account import Connectable, Webhooks
from chalicelib.ports.returns import KeptReturn


@dataclass(frozen=True, slots=True)
class Changed:
    """A page of what a shop has changed. after: where the next page begins, '' where this was the last.
    until: all that was changed before it is told by this page and those before; None: nobody can say yet."""

    events: tuple[ShopEvent, ...]
    after: str = ""
    until: datetime | None = None


class ShopSystem(Webhooks, Connectable, Protocol):
    """What the shop sells with, seen from the chat. Implement it to add one."""

    def is_ping(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether an unsigned call only asks if somebody is there: it is answered 200, and changes nothing.
        headers: names in lower case."""

    def framed(self, headers: Mapping[str, str], body: bytes) -> bytes:
        """A verified body together with what its headers tell (topic, delivery, moment), as JSON: what
        `split` cuts and `parse` reads, also when it comes out of the store months later. Pure and cheap."""

    def parse(self, body: Mapping[str, Any]) -> list[ShopEvent | SelfTest | Unreadable]:
        """Say what a framed body means. Never raises: what it can't read comes back. Pure."""

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        """Carts and orders that were changed since, the oldest first: what webhooks have missed. Raises
        ChannelDown; CredentialsRejected when the shop refuses our token."""

    def order(self, connection: Connection, order_id: str) -> Order | None:
        """One order as it is in this moment; None where the shop does not have it, or can't be asked. Raises
        ChannelDown, CredentialsRejected."""

    def checkout_link(self, connection: Connection, lines: Sequence[Line]) -> str:
        """Where whoever opens it finds these products in their cart, ready to be paid; '' where that can't be
        said. product_id: as the shop's catalogue in a chat names them. Pure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCart:
    """A cart, and what its reminders have come to. version: 0 while it is not stored."""

    cart: Cart
    flow: Flow = field(default_factory=Flow)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOrder:
    """An order. shopper_id: whose it was proven to be, '' while nobody knows. claims: whose it was, where
    different people were proven to be its buyer: then it is nobody's, for as long as its numbers stay.
    told: the keys of the updates that went out, or never shall. wrong: the attempts to prove it that failed,
    each `<ms>#<name>`. version: 0 while it is not stored."""

    order: Order
    shopper_id: str = ""
    claims: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    version: int = 0

    @property
    def owners(self) -> tuple[str, ...]:
        """Whoever is proven to have bought it: to all others it is somebody else's."""
        return self.claims or ((self.shopper_id,) if self.shopper_id else ())


@dataclass(frozen=True, slots=True)
class Counter:
    """One more (or so many) of something, for a shop's reports. name: of what; month: such as 2026-11."""

    month: str
    name: str
    value: int = 1


@dataclass(frozen=True, slots=True)
class CartAsRead:
    """A cart on which something was decided: in another version, it is decided anew."""

    merchant_id: str
    connection_id: str
    cart_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopChange:
    """All that one decision about carts and orders writes, in one transaction: all of it or nothing.

    carts, orders: saved if their stored versions are still theirs, and found by their buyers from then on.
    as_read: other carts that stay as they are, and on which it was decided.
    due / done: rows of waiting work to set and to take away. counted: added to. bought_by: shoppers who have
    just bought: what was decided about them on an earlier read can't be claimed any more.
    """

    carts: tuple[KeptCart, ...] = ()
    orders: tuple[KeptOrder, ...] = ()
    as_read: tuple[CartAsRead, ...] = ()
    due: tuple[Due, ...] = ()
    done: tuple[Work, ...] = ()
    counted: tuple[Counter, ...] = ()
    bought_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bought:
    """What some people have in their carts and have ordered, the latest first. returns: what they send back,
    where that was asked for as well."""

    carts: tuple[KeptCart, ...] = ()
    orders: tuple[KeptOrder, ...] = ()
    returns: tuple[KeptReturn, ...] = ()


class CommerceStore(Protocol):
    """Carts and orders. Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def cart(self, merchant_id: str, connection_id: str, cart_id: str) -> KeptCart | None:
        """One cart, as it is now."""

    def order(self, merchant_id: str, connection_id: str, order_id: str) -> KeptOrder | None:
        """One order, as it is now."""

    def numbered(self, merchant_id: str, number: str) -> list[KeptOrder]:
        """The latest orders with this number, as `orders.plain_number` spells it, in any of the merchant's
        shops; no more than can be written together."""

    def of_buyers(self, merchant_id: str, keys: Sequence[BuyerKey], limit: int = 20) -> Bought:
        """The latest carts and orders of whoever has one of these keys, at most so many of each key."""

    def of_shop(self, merchant_id: str, connection_id: str, limit: int = 20) -> Bought:
        """The latest carts and orders of one of the merchant's shops, at most so many of each."""

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        """Raises Conflict when a cart or an order was changed since it was read, Erased when one that is new
        was erased since it was told: nothing is written then."""

    def counts(self, merchant_id: str, months: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """What was counted, by month and name."""

    def caught_up(self, merchant_id: str, connection_id: str) -> datetime | None:
        """Until when a shop was asked for its changes; None while it never was."""

    def note_caught_up(self, merchant_id: str, connection_id: str, until: datetime) -> None:
        """It was asked until then."""

    def forget_caught_up(self, merchant_id: str, connection_id: str) -> None:
        """As if it never was asked. Again is harmless."""

    def forget(
        self,
        merchant_id: str,
        carts: Sequence[KeptCart],
        orders: Sequence[KeptOrder],
        erased_at: datetime | None = None,
    ) -> None:
        """Take them away with all that leads to them, and the orders' returns; what is counted stays. Again
        is harmless. erased_at: when they were asked to go: what is told of them up to then, or was known of
        them already, does not come back. None: they may come again."""
