"""The CommerceStore in memory: versions, conflicts and all, as the real one has them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

from chalicelib.domain.commerce.buyers import BuyerKey, keys_of
from chalicelib.domain.commerce.orders import NEVER, last_told, plain_number
from chalicelib.domain.work import Due, due_id
from chalicelib.ports.commerce import Bought, KeptCart, KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict, Erased

Key = tuple[str, str, str]
MERCHANT: Final = "mt_1"
_One = TypeVar("_One", KeptCart, KeptOrder)


@dataclass
class MemoryCommerce:
    """carts, orders: by merchant, connection and the shop's own id. due: what waits, by its due_id. commits:
    how many were written. before_commit: called before each, so that somebody else can come first. erased:
    up to when nothing is heard of them any more, by merchant, connection and `cart <id>` or `order <id>`."""

    carts: dict[Key, KeptCart] = field(default_factory=dict)
    orders: dict[Key, KeptOrder] = field(default_factory=dict)
    due: dict[str, Due] = field(default_factory=dict)
    counted: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    asked: dict[tuple[str, str], datetime] = field(default_factory=dict)
    erased: dict[Key, datetime] = field(default_factory=dict)
    commits: int = 0
    before_commit: Callable[[], None] = lambda: None

    def cart(self, merchant_id: str, connection_id: str, cart_id: str) -> KeptCart | None:
        return self.carts.get((merchant_id, connection_id, cart_id))

    def order(self, merchant_id: str, connection_id: str, order_id: str) -> KeptOrder | None:
        return self.orders.get((merchant_id, connection_id, order_id))

    def numbered(self, merchant_id: str, number: str) -> list[KeptOrder]:
        mine = _of(merchant_id, self.orders)
        found = [kept for kept in mine if number and plain_number(kept.order.number) == number]
        return sorted(found, key=_placed, reverse=True)[:20]

    def of_buyers(self, merchant_id: str, keys: Sequence[BuyerKey], limit: int = 20) -> Bought:
        carts = sorted(_of(merchant_id, self.carts), key=_begun, reverse=True)
        orders = sorted(_of(merchant_id, self.orders), key=_placed, reverse=True)
        return Bought(
            tuple(_met(carts, keys, limit, keys_of_cart)), tuple(_met(orders, keys, limit, keys_of_order))
        )

    def of_shop(self, merchant_id: str, connection_id: str, limit: int = 20) -> Bought:
        carts = sorted(_of(merchant_id, self.carts), key=_begun, reverse=True)
        orders = sorted(_of(merchant_id, self.orders), key=_placed, reverse=True)
        carts = [one for one in carts if one.cart.connection_id == connection_id]
        orders = [one for one in orders if one.order.connection_id == connection_id]
        return Bought(tuple(carts[:limit]), tuple(orders[:limit]))

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        self.before_commit()
        carts = {(merchant_id, one.cart.connection_id, one.cart.cart_id): one for one in change.carts}
        orders = {(merchant_id, one.order.connection_id, one.order.order_id): one for one in change.orders}
        assert len(carts) == len(change.carts) and len(orders) == len(change.orders), "one row twice"
        stale = [key for key, one in carts.items() if _version(self.carts.get(key)) != one.version]
        stale += [key for key, one in orders.items() if _version(self.orders.get(key)) != one.version]
        read = [(one, (one.merchant_id, one.connection_id, one.cart_id)) for one in change.as_read]
        stale += [key for one, key in read if _version(self.carts.get(key)) != one.version]
        if stale:
            raise Conflict("changed since it was read")
        self._forgets_no_erasing(merchant_id, change)
        self.carts |= {key: replace(one, version=one.version + 1) for key, one in carts.items()}
        self.orders |= {key: replace(one, version=one.version + 1) for key, one in orders.items()}
        for work in change.done:
            self.due.pop(due_id(work), None)
        self.due |= {due.due_id: due for due in change.due}
        for one in change.counted:
            month = self.counted.setdefault((merchant_id, one.month), {})
            month[one.name] = month.get(one.name, 0) + one.value
        self.commits += 1

    def counts(self, merchant_id: str, months: Sequence[str]) -> dict[str, dict[str, int]]:
        return {month: dict(self.counted.get((merchant_id, month), {})) for month in months}

    def caught_up(self, merchant_id: str, connection_id: str) -> datetime | None:
        return self.asked.get((merchant_id, connection_id))

    def note_caught_up(self, merchant_id: str, connection_id: str, until: datetime) -> None:
        self.asked[merchant_id, connection_id] = max(
            until, self.asked.get((merchant_id, connection_id), until)
        )

    def forget_caught_up(self, merchant_id: str, connection_id: str) -> None:
        self.asked.pop((merchant_id, connection_id), None)

    def forget(
        self,
        merchant_id: str,
        carts: Sequence[KeptCart],
        orders: Sequence[KeptOrder],
        erased_at: datetime | None = None,
    ) -> None:
        for cart in carts:
            gone = self.carts.pop((merchant_id, cart.cart.connection_id, cart.cart.cart_id), None)
            if gone and erased_at:
                self.erased[_trace(merchant_id, gone)] = max(erased_at, gone.cart.at)
        for order in orders:
            lost = self.orders.pop((merchant_id, order.order.connection_id, order.order.order_id), None)
            if lost and erased_at:
                self.erased[_trace(merchant_id, lost)] = max(erased_at, last_told(lost.order))

    def _forgets_no_erasing(self, merchant_id: str, change: ShopChange) -> None:
        told = {_trace(merchant_id, one): one.cart.at for one in change.carts if not one.version}
        told |= {_trace(merchant_id, one): last_told(one.order) for one in change.orders if not one.version}
        if any(key in self.erased and self.erased[key] >= at for key, at in told.items()):
            raise Erased("erased since it was told")
        for key in told:
            self.erased.pop(key, None)


def keys_of_cart(kept: KeptCart) -> tuple[BuyerKey, ...]:
    return keys_of(kept.cart.connection_id, kept.cart.buyer, kept.flow.shopper_id)


def keys_of_order(kept: KeptOrder) -> tuple[BuyerKey, ...]:
    claims = tuple(BuyerKey("shopper", one) for one in kept.claims)
    return (*keys_of(kept.order.connection_id, kept.order.buyer, kept.shopper_id), *claims)


def _of(merchant_id: str, kept: dict[Key, _One]) -> list[_One]:
    return [one for (whose, _, _), one in kept.items() if whose == merchant_id]


def _trace(merchant_id: str, kept: KeptCart | KeptOrder) -> Key:
    if isinstance(kept, KeptCart):
        return merchant_id, kept.cart.connection_id, f"cart {kept.cart.cart_id}"
    return merchant_id, kept.order.connection_id, f"order {kept.order.order_id}"


def _version(kept: KeptCart | KeptOrder | None) -> int:
    return kept.version if kept else 0


def _begun(kept: KeptCart) -> datetime:
    return kept.cart.created_at


def _placed(kept: KeptOrder) -> datetime:
    return kept.order.placed_at or NEVER


def _met(
    latest: list[_One], keys: Sequence[BuyerKey], limit: int, by: Callable[[_One], Iterable[BuyerKey]]
) -> list[_One]:
    """At most so many of each key, each once, the latest first."""
    found = {id(one) for key in keys for one in [one for one in latest if key in by(one)][:limit]}
    return [one for one in latest if id(one) in found]
