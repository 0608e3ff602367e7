"""What a shop tells of carts and orders is joined with what is kept, in whatever order and how often it
comes: the same tellings end in the same state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import Final

from chalicelib.domain.commerce import carts, orders
from chalicelib.domain.commerce.buyers import BuyerKey, keys_of
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import BuyerWish, CartTold, OrderTold, ShopEvent, ShopLeft
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import NEVER, Order
from chalicelib.domain.commerce.recovery import next_look, rules_from
from chalicelib.domain.erasing import is_past
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import OVERDUE, Due, MindCart, MindOrder
from chalicelib.ports import (
    Bought,
    CommerceStore,
    Conflict,
    KeptCart,
    KeptOrder,
    Outbox,
    ShopChange,
    ShopStore,
    StoreBusy,
)
from chalicelib.services.receiving.pointers import TRIES, Source
from chalicelib.services.shops.recording import bounded, cart_told, order_told
from chalicelib.services.shops.who_buys import WhoBuys, shoppers_of

# One person has no more than so many that are looked at for what one telling of theirs means.
_MOST_FOLLOWED: Final = 60
Kept = KeptCart | KeptOrder
# A buyer with a yes in them; what they are in; when that was, and now.
NoteOptIn = Callable[[str, Buyer, str, datetime, datetime], None]


class HearShop:
    """Every write is one cart or one order with the work that waits for it, guarded by its version; what
    follows from it for others is looked at after it, so that of two that come at once one sees the other."""

    def __init__(
        self,
        store: CommerceStore,
        who_buys: WhoBuys,
        shops: ShopStore,
        outbox: Outbox,
        wishes: Callable[[Source, BuyerWish, datetime], None],
        left: Callable[[Source, ShopLeft, datetime, datetime], None],
        is_shop: Callable[[str], bool],
        note_opt_in: NoteOptIn = lambda merchant_id, buyer, ref, at, now: None,
    ) -> None:
        """wishes: as `BuyerWishes`; left: as `LeaveShop`; is_shop: of a kind of connection, whether it is a
        shop system's; note_opt_in: as `NoteOptIns`."""
        self._store, self._who_buys, self._shops, self._outbox = store, who_buys, shops, outbox
        self._wishes, self._left, self._is_shop = wishes, left, is_shop
        self._note_opt_in = note_opt_in

    def __call__(self, source: Source, event: ShopEvent, received_at: datetime, now: datetime) -> None:
        """received_at: when its webhook came. Done again it changes nothing; what is older than its buyer's
        erasing is dropped. Raises StoreBusy when it may pass later."""
        match event:
            case CartTold():
                self._hear_cart(source, event, received_at, now)
            case OrderTold():
                self._hear_order(source, event, received_at, now)
            case BuyerWish():
                self._wishes(source, event, now)
            case ShopLeft():
                self._left(source, event, received_at, now)

    def tied(self, merchant_id: str, cart_id: str, shopper_id: str, now: datetime) -> None:
        """Somebody came by a link that ties them to a cart: it is theirs, also when it is told only later,
        in whichever of the merchant's shops that is. Raises StoreBusy."""
        shop = self._shops.shop(merchant_id)
        for connection in self._shops.connections(merchant_id):
            if self._is_shop(connection.channel) and connection.status != "disconnected":
                cart = Cart(connection_id=connection.connection_id, cart_id=cart_id, at=NEVER, created_at=now)
                self._follow(
                    merchant_id, self._keep_cart(merchant_id, cart, shop, now, shopper_id), shop, now
                )

    def _hear_cart(self, source: Source, told: CartTold, received_at: datetime, now: datetime) -> None:
        merchant_id, shop = source.merchant_id, self._shops.shop(source.merchant_id)
        at = received_at if told.is_now else None
        cart = cart_told(told.cart, source.connection_id, shop.at(source.connection_id).country, at=at)
        if is_past(cart.at, self._who_buys.erased_at(merchant_id, source.connection_id, cart.buyer)):
            return
        if cart.buyer.opt_in_text:
            self._note_opt_in(merchant_id, cart.buyer, cart.cart_id, cart.created_at, now)
        self._follow(merchant_id, self._keep_cart(merchant_id, cart, shop, now), shop, now)

    def _hear_order(self, source: Source, told: OrderTold, received_at: datetime, now: datetime) -> None:
        merchant_id, shop = source.merchant_id, self._shops.shop(source.merchant_id)
        at = received_at if told.is_now else None
        order = order_told(told.order, source.connection_id, shop.at(source.connection_id).country, at=at)
        if is_past(order.at, self._who_buys.erased_at(merchant_id, source.connection_id, order.buyer)):
            return
        if order.buyer.opt_in_text:
            placed_at = order.placed_at or order.at
            self._note_opt_in(merchant_id, order.buyer, order.order_id, placed_at, now)
        kept = self._keep_order(merchant_id, order, now)
        if kept.order.bought_at is not None:
            for cart_id in kept.order.carts:  # also those that are told only later
                sold = _sold(kept.order, source.connection_id, cart_id, kept.order.bought_at)
                self._follow(merchant_id, self._keep_cart(merchant_id, sold, shop, now), shop, now)
        self._follow(merchant_id, kept, shop, now)

    def _keep_cart(
        self, merchant_id: str, told: Cart, shop: Shop, now: datetime, tied_to: str = ""
    ) -> KeptCart:
        """As it is kept now; written only where something is new."""
        rules = rules_from(shop.carts)
        for _ in range(TRIES):
            kept = self._store.cart(merchant_id, told.connection_id, told.cart_id)
            before = kept or KeptCart(cart=told)
            cart, shopper_id = carts.joined(before.cart, told), tied_to or before.flow.shopper_id
            after = replace(before, cart=cart, flow=replace(before.flow, shopper_id=shopper_id))
            if after == kept and shopper_id:
                return kept
            whose = self._who_buys.of_cart(merchant_id, after)
            after = replace(after, flow=replace(after.flow, shopper_id=whose))
            if after == kept:
                return kept
            work = MindCart(merchant_id, cart.connection_id, cart.cart_id)
            look = next_look(cart, after.flow, rules, now)
            due, done = ((Due(work, look),), ()) if look else ((), (work,) if kept else ())
            try:
                self._store.commit(merchant_id, ShopChange(carts=(after,), due=due, done=done))
            except Conflict:
                continue
            return replace(after, version=after.version + 1)
        raise StoreBusy("others change this cart just now")

    def _keep_order(self, merchant_id: str, told: Order, now: datetime) -> KeptOrder:
        """The same of an order. Whoever has something to tell its buyer looks at it at once."""
        for _ in range(TRIES):
            kept = self._store.order(merchant_id, told.connection_id, told.order_id)
            before = kept or KeptOrder(order=told)
            after = replace(before, order=bounded(orders.joined(before.order, told)))
            if after == kept and kept.shopper_id:
                return kept
            after = replace(after, shopper_id=self._who_buys.of_order(merchant_id, after))
            if after == kept:
                return kept
            work = MindOrder(merchant_id, told.connection_id, told.order_id)
            due, buyers = (Due(work, now + OVERDUE),), _have_bought(after, kept)
            try:
                self._store.commit(merchant_id, ShopChange(orders=(after,), due=due, bought_by=buyers))
            except Conflict:
                continue
            after = replace(after, version=after.version + 1)
            self._outbox.dispatch(work, attempt=str(after.version))
            return after
        raise StoreBusy("others change this order just now")

    def _follow(self, merchant_id: str, first: Kept, shop: Shop, now: datetime) -> None:
        """What it means for whatever else its buyer has: carts that are bought by it, and whose they are."""
        waiting, looked_at = [first], 0
        while waiting and looked_at < _MOST_FOLLOWED:
            one, looked_at = waiting.pop(), looked_at + 1
            keys = keys_of_kept(one)
            bought = self._store.of_buyers(merchant_id, keys) if keys else Bought()
            for other in _carts_to_settle(one, bought):
                cart = self._keep_cart(merchant_id, other, shop, now)
                if all(cart != before for before in bought.carts):
                    waiting.append(cart)
            for told in _orders_to_settle(bought):
                order = self._keep_order(merchant_id, told, now)
                if all(order != before for before in bought.orders):
                    waiting.append(order)


def keys_of_kept(kept: Kept) -> tuple[BuyerKey, ...]:
    """All by which its buyer's other things are found."""
    if isinstance(kept, KeptCart):
        return keys_of(kept.cart.connection_id, kept.cart.buyer, kept.flow.shopper_id)
    return keys_of(kept.order.connection_id, kept.order.buyer, kept.shopper_id)


def _have_bought(after: KeptOrder, before: KeptOrder | None) -> tuple[str, ...]:
    """Who is shown to have bought by what is new."""
    if after.order.bought_at is None or not after.shopper_id:
        return ()
    is_news = before is None or before.order.bought_at is None or before.shopper_id != after.shopper_id
    return (after.shopper_id,) if is_news else ()


def _carts_to_settle(one: Kept, bought: Bought) -> list[Cart]:
    """Those that something is new of, as they are told now."""
    found: dict[tuple[str, str], Cart] = {}
    for kept in bought.carts:
        cart = kept.cart
        sales = bought.orders if isinstance(one, KeptCart) and _is_same(cart, one.cart) else (one,)
        tellings = [_bought_by(sale.order, cart) for sale in sales if isinstance(sale, KeptOrder)]
        settled = reduce(carts.joined, (told for told in tellings if told), cart)
        if settled != cart or (not kept.flow.shopper_id and shoppers_of(bought)):
            found[cart.connection_id, cart.cart_id] = settled
    return list(found.values())


def _orders_to_settle(bought: Bought) -> list[Order]:
    """Those whose buyer may be known by now."""
    return [one.order for one in bought.orders if not one.shopper_id] if shoppers_of(bought) else []


def _is_same(one: Cart, other: Cart) -> bool:
    return (one.connection_id, one.cart_id) == (other.connection_id, other.cart_id)


def _bought_by(order: Order, cart: Cart) -> Cart | None:
    """A cart as an order of the same buyer tells of it: bought, where it was begun before."""
    if order.bought_at is None or cart.created_at > order.bought_at:
        return None
    is_of_shop = order.connection_id == cart.connection_id
    return _sold(order, cart.connection_id, cart.cart_id, order.bought_at, is_of_shop)


def _sold(order: Order, connection_id: str, cart_id: str, at: datetime, is_of_shop: bool = True) -> Cart:
    return Cart(
        connection_id=connection_id,
        cart_id=cart_id,
        at=NEVER,
        created_at=at,
        bought_at=at,
        order_id=order.order_id if is_of_shop else "",
        ordered_at=at if is_of_shop else None,
    )
