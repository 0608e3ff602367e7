"""What buyers may ask of whoever holds their data, and what goes when a merchant leaves their shop.

Source: shopify.dev/docs/apps/build/compliance/privacy-law-compliance
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.commerce.buyers import keys_of
from chalicelib.domain.commerce.events import BuyerWish, ShopLeft
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Notice
from chalicelib.domain.work import OVERDUE, Due, ForgetShop
from chalicelib.ports.afterwards import NoticeStore
from chalicelib.ports.commerce import Bought, CommerceStore
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.shops.catch_up import noted_as
from chalicelib.services.shops.recording import buyer_told
from chalicelib.services.shops.who_buys import WhoBuys, shoppers_of

# A shop's data is to go 48 hours after the merchant has left: who came back by then has connected it since.
_CAME_BACK: Final = timedelta(days=3)
# Then the rest is queued anew: a function has 30 s.
WORKS_FOR_S: Final = 12.0
_PAGE: Final = 50
_MOST_AT_ONCE: Final = 1_000


class BuyerWishes:
    """Carts and orders of a buyer go at once; of their chats, which the shop system knows nothing of, the
    merchant decides, and is told."""

    def __init__(
        self, store: CommerceStore, who_buys: WhoBuys, shops: ShopStore, notices: NoticeStore
    ) -> None:
        self._store, self._who_buys, self._shops, self._notices = store, who_buys, shops, notices

    def __call__(self, source: Source, wish: BuyerWish, now: datetime) -> None:
        """Again is harmless: the same notice on the same day is one. Raises StoreBusy."""
        shop = self._shops.shop(source.merchant_id).at(source.connection_id)
        phones = (wish.phone,) if wish.phone else ()
        named = Buyer(customer_id=wish.customer_id, email=wish.email, phones=phones)
        buyer = buyer_told(named, shop.country)
        known = {self._who_buys(source.merchant_id, source.connection_id, buyer)} - {""}
        while True:
            found = self._held(source, buyer, wish)
            known |= shoppers_of(found)
            # First: once they are gone, nobody knows any more who they were.
            if wish.wish == "export" or known:
                self._tell(source, wish, known, now)
            if wish.wish == "export" or not (found.carts or found.orders):
                return
            self._store.forget(source.merchant_id, found.carts, found.orders, now)

    def _held(self, source: Source, buyer: Buyer, wish: BuyerWish) -> Bought:
        """What is kept of them, of this shop: all carts, and the orders that are named, or all. Whoever is
        another customer there shares no more than a number or an e-mail with them."""
        merchant_id, connection_id = source.merchant_id, source.connection_id
        keys = keys_of(connection_id, buyer)
        read = self._store.of_buyers(merchant_id, keys, _MOST_AT_ONCE) if keys else Bought()
        named = [self._store.order(merchant_id, connection_id, one) for one in wish.order_ids]
        orders = [one for one in named if one is not None]
        theirs = ("", buyer.customer_id) if buyer.customer_id else None
        if not wish.order_ids:
            orders = [one for one in read.orders if one.order.connection_id == connection_id]
            orders = [one for one in orders if theirs is None or one.order.buyer.customer_id in theirs]
        carts = [one for one in read.carts if one.cart.connection_id == connection_id]
        carts = [one for one in carts if theirs is None or one.cart.buyer.customer_id in theirs]
        return Bought(tuple(carts), tuple(orders))

    def _tell(self, source: Source, wish: BuyerWish, known: set[str], now: datetime) -> None:
        """One for each chat that may be theirs. It names nobody but by ids."""
        details = {"customer_id": wish.customer_id, "orders": list(wish.order_ids)}
        for shopper_id in sorted(known) or [""]:
            notice = Notice(
                kind=f"buyer_{wish.wish}",
                at=now,
                subject=shopper_id or wish.customer_id,
                problem=f"buyer_{wish.wish}",
                details={name: value for name, value in details.items() if value},
            )
            self._notices.keep_notice(source.merchant_id, source.connection_id, notice, now)


class LeaveShop:
    """The merchant has taken our app out of the shop."""

    def __init__(self, shops: ShopStore, dues: DueStore, outbox: Outbox) -> None:
        self._shops, self._dues, self._outbox = shops, dues, outbox

    def __call__(self, source: Source, left: ShopLeft, received_at: datetime, now: datetime) -> None:
        """Again is harmless. What was told before the shop was connected anew does nothing. Raises
        StoreBusy."""
        connection = self._shops.connection(source.connection_id)
        if connection is not None and _came_back(connection, left, received_at):
            return
        if connection is not None and connection.status == "active":
            self._shops.needs_reauth(connection)
        if left.is_erased:
            work = ForgetShop(source.merchant_id, source.connection_id)
            self._dues.set(Due(work, now + OVERDUE))
            self._outbox.dispatch(work, attempt=received_at.isoformat())


class ForgetShops:
    """All carts and orders of a shop go, and what it told that nobody understood, some at a time."""

    def __init__(
        self,
        store: CommerceStore,
        threads: ThreadStore,
        shops: ShopStore,
        dues: DueStore,
        outbox: Outbox,
        seconds: Callable[[], float],
    ) -> None:
        """seconds: a clock that only runs forward."""
        self._store, self._threads, self._shops = store, threads, shops
        self._dues, self._outbox, self._seconds = dues, outbox, seconds

    def __call__(self, work: ForgetShop, now: datetime) -> None:
        """Goes on wherever it stands, and stops where the shop is connected again. Raises StoreBusy."""
        began_s = self._seconds()
        while self._seconds() - began_s < WORKS_FOR_S:
            connection = self._shops.connection(work.connection_id)
            if connection is not None and connection.status == "connecting":
                return  # the tick asks again once that is decided
            is_back = connection is not None and connection.status == "active"
            if connection is not None and not is_back:  # first: whoever comes back is asked for all of it
                self._store.forget_caught_up(work.merchant_id, noted_as(connection))
            if is_back or not self._forget_some(work):
                self._dues.forget(work)
                return
        self._outbox.dispatch(work, attempt=now.isoformat())

    def _forget_some(self, work: ForgetShop) -> bool:
        """False when nothing was left."""
        found = self._store.of_shop(work.merchant_id, work.connection_id, _PAGE)
        self._store.forget(work.merchant_id, found.carts, found.orders)
        unread = self._threads.unreadable(work.merchant_id, work.connection_id, limit=_PAGE)
        for kept in unread:
            self._threads.forget_unreadable(kept)
        return bool(found.carts or found.orders or unread)


def _came_back(connection: Connection, left: ShopLeft, received_at: datetime) -> bool:
    """Whether it was connected after the merchant had left."""
    since = connection.connected_at
    left_at = received_at - _CAME_BACK if left.is_erased else received_at
    return connection.status == "active" and since is not None and since > left_at
