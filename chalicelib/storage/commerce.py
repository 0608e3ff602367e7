"""Carts and orders in DynamoDB, found by their buyers, their shops and their numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from pynamodb.expressions.condition import Condition

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.work import MindCart, MindOrder, Work, due_id
from chalicelib.ports.commerce import Bought, CartAsRead, KeptCart, KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict, Erased, StoreBusy
from chalicelib.storage import commerce_rows, rows
from chalicelib.storage.commerce_reading import found_under, latest_under, read_rows, stored
from chalicelib.storage.commerce_rows import (
    ORDERS,
    CaughtUpItem,
    CountedItem,
    FoundItem,
    Keep,
    KeptItem,
    cart_of,
    changed_rows,
    found_rows,
    is_new,
    is_trace_of,
    item_of,
    key_of,
    latest,
    order_of,
    trace_of,
)
from chalicelib.storage.consents import decide_anew
from chalicelib.storage.errors import answers
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import DueItem
from chalicelib.storage.reading import get
from chalicelib.storage.returns import forget_returns, returns_of_order
from chalicelib.storage.touches import put_touches
from chalicelib.storage.transaction import Transaction

_TRIES: Final = 5
# A wrong answer about them is noted on all of them in one transaction, which takes a hundred writes.
_MOST_NUMBERED: Final = 20


class DynamoCommerce(Keeping):
    """The CommerceStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def cart(self, merchant_id: str, connection_id: str, cart_id: str) -> KeptCart | None:
        """One cart, as it is now."""
        item = get(KeptItem, *commerce_rows.cart_key(merchant_id, connection_id, cart_id))
        return None if item is None or item.erased_at else cart_of(item)

    def order(self, merchant_id: str, connection_id: str, order_id: str) -> KeptOrder | None:
        """One order, as it is now."""
        item = get(KeptItem, *commerce_rows.order_key(merchant_id, connection_id, order_id))
        return None if item is None or item.erased_at else order_of(item)

    def numbered(self, merchant_id: str, number: str) -> list[KeptOrder]:
        """The latest orders with this number, the latest first."""
        if not number:
            return []
        key = commerce_rows.number_key(merchant_id, number)
        with answers():
            span = FoundItem.sk.startswith(ORDERS)
            found = FoundItem.query(
                key, span, scan_index_forward=False, limit=_MOST_NUMBERED, consistent_read=True
            )
            read = read_rows((item.row, "order") for item in found)
        return [order_of(item) for item in latest(read, "order") if item.number == key]

    def of_buyers(self, merchant_id: str, keys: Sequence[BuyerKey], limit: int = 20) -> Bought:
        """The latest carts and orders of whoever has one of these keys, at most so many of each key."""
        return found_under([commerce_rows.buyer_key(merchant_id, key) for key in dict.fromkeys(keys)], limit)

    def of_shop(self, merchant_id: str, connection_id: str, limit: int = 20) -> Bought:
        """The latest carts and orders of one of the merchant's shops, at most so many of each."""
        return latest_under(commerce_rows.shop_key(merchant_id, connection_id), limit)

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        """Raises Conflict when a cart or an order was changed since it was read, Erased when one that is new
        was erased since it was told: nothing is written then.

        Done twice, the second finds another version. A change of what is counted alone counts twice.
        """
        try:
            self._commit(merchant_id, change)
        except Conflict:
            kept: tuple[Keep, ...] = (*change.carts, *change.orders)
            new = {key_of(merchant_id, one): one for one in kept if not one.version}
            if any(is_trace_of(item, new[item.pk, item.sk]) for item in stored(new)):
                raise Erased("erased since it was told") from None
            raise

    def _commit(self, merchant_id: str, change: ShopChange) -> None:
        kept: tuple[Keep, ...] = (*change.carts, *change.orders)
        known = (key_of(merchant_id, one) for one in kept if one.version)
        before = {item.pk: item for item in read_rows(known)}
        with Transaction() as write:
            for one in kept:
                self._put(write, merchant_id, one, before.get(key_of(merchant_id, one)[0]))
            for cart in change.as_read:
                cart_as_read(write, cart)
            for due in change.due:
                write.put("due", rows.row_of_due(due))
            for work in change.done:
                write.delete("done", DueItem(due_id(work)))
            counted: Counter[tuple[str, str]] = Counter()
            for count in change.counted:
                counted[commerce_rows.month_key(merchant_id, count.month), count.name] += count.value
            for (key, name), value in counted.items():
                row = CountedItem(key, commerce_rows.count_place(name, kept))
                write.update("counted", row, [CountedItem.n.add(value)])
            for shopper_id in dict.fromkeys(change.bought_by):
                decide_anew(write, merchant_id, shopper_id)
            # It may be proven to be another's by now: then whose it was is looked at anew as well.
            had = (_whose(_kept_of(item)) for item in before.values() if item.document)
            put_touches(write, merchant_id, (*map(_whose, kept), *had, *change.bought_by))

    def _put(self, write: Transaction, merchant_id: str, one: Keep, before: KeptItem | None) -> None:
        if one.version and (before is None or before.version != one.version):
            raise Conflict("changed since it was read")
        item = item_of(merchant_id, one, self._kept, before)
        is_as_read = KeptItem.version == one.version if one.version else is_new(one)
        new, gone = changed_rows(item, before)
        write.put("kept", item, is_as_read)
        for row in new:
            write.put("found", row)
        for row in gone:
            write.delete("lost", row)

    def counts(self, merchant_id: str, months: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """What was counted, by month and name."""
        found: dict[str, Counter[str]] = {month: Counter() for month in months}
        with answers():
            for month, names in found.items():
                key = commerce_rows.month_key(merchant_id, month)
                for item in CountedItem.query(key, consistent_read=True):
                    names[commerce_rows.name_counted(item)] += int(item.n)
        return found

    def caught_up(self, merchant_id: str, connection_id: str) -> datetime | None:
        """Until when a shop was asked for its changes; None while it never was."""
        key = commerce_rows.caught_up_item(merchant_id, connection_id)
        item = get(CaughtUpItem, key.pk, key.sk)
        return None if item is None else item.until

    def note_caught_up(self, merchant_id: str, connection_id: str, until: datetime) -> None:
        """It was asked until then; never backwards."""
        item = commerce_rows.caught_up_item(merchant_id, connection_id)
        item.until = until
        is_later: Condition = CaughtUpItem.pk.does_not_exist() | (CaughtUpItem.until < until)
        with suppress(Conflict), answers():
            item.save(is_later)

    def forget_caught_up(self, merchant_id: str, connection_id: str) -> None:
        """As if it never was asked. Again is harmless."""
        with answers():
            commerce_rows.caught_up_item(merchant_id, connection_id).delete()

    def forget(
        self,
        merchant_id: str,
        carts: Sequence[KeptCart],
        orders: Sequence[KeptOrder],
        erased_at: datetime | None = None,
    ) -> None:
        """Each with all that leads to it and the work that waits for it, in one transaction; an order's
        returns before it."""
        for cart in carts:
            work = MindCart(merchant_id, cart.cart.connection_id, cart.cart.cart_id)
            self._forget(*key_of(merchant_id, cart), work, erased_at)
        for order in orders:
            connection_id, order_id = order.order.connection_id, order.order.order_id
            forget_returns(merchant_id, returns_of_order(merchant_id, connection_id, order_id))
            mind = MindOrder(merchant_id, connection_id, order_id)
            self._forget(*key_of(merchant_id, order), mind, erased_at)

    def _forget(self, pk: str, sk: str, work: Work, erased_at: datetime | None) -> None:
        for _ in range(_TRIES):
            item = get(KeptItem, pk, sk)
            if item is None or item.erased_at:
                return
            with suppress(Conflict):
                with Transaction() as write:
                    is_as_read = KeptItem.version == item.version
                    if erased_at is None:
                        write.delete("kept", KeptItem(pk, sk), is_as_read)
                    else:
                        write.put("kept", trace_of(item, erased_at, self._kept), is_as_read)
                    for row in found_rows(item):
                        write.delete("lost", row)
                    write.delete("done", DueItem(due_id(work)))
                    put_touches(write, item.pk.partition("#")[0], [_whose(_kept_of(item))])
                return
        raise StoreBusy("others change it just now")


def _kept_of(item: KeptItem) -> Keep:
    return cart_of(item) if item.sk == "cart" else order_of(item)


def _whose(one: Keep) -> str:
    """The shopper whose it is proven to be."""
    return one.flow.shopper_id if isinstance(one, KeptCart) else one.shopper_id


def cart_as_read(write: Transaction, cart: CartAsRead) -> None:
    """Only if the cart is as it was read: an order that came meanwhile has moved it."""
    pk, sk = commerce_rows.cart_key(cart.merchant_id, cart.connection_id, cart.cart_id)
    write.check("cart", KeptItem(pk, sk), KeptItem.version == cart.version)
