"""What a shop tells of carts and orders is joined with what is kept, in whatever order and how often it
comes: the same tellings end in the same state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce import carts, orders
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import BuyerWish, CartTold, OrderTold, ShopEvent, ShopLeft
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import NEVER, Order
from chalicelib.domain.commerce.recovery import rules_from
from chalicelib.domain.consent.records import How
from chalicelib.domain.erasing import is_past
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import OVERDUE, Due, MindOrder
from chalicelib.ports.commerce import Bought, CommerceStore, KeptCart, KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict, Erased, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.services.receiving.pointers import TRIES, Source
from chalicelib.services.shops.recording import MOST_CARTS, bounded, cart_told, order_told
from chalicelib.services.shops.settling import (
    Kept,
    carts_to_settle,
    going_with_shop,
    is_news,
    keys_of_kept,
    orders_to_settle,
    sold_by,
    work_of,
)
from chalicelib.services.shops.who_buys import WhoBuys

# One person has no more than so many that are looked at for what one telling of theirs means.
_MOST_FOLLOWED: Final = 60
# DynamoDB writes a hundred rows at once; of a cart and what leads to it there may be fifteen.
MOST_WITH_ORDER: Final = 3
MOST_BUYERS: Final = 10
_BOX: Final[How] = "box"
_UNDATED: Final[How] = "import"
# A buyer with a yes in them; what they are in; when that was, and now; how it came.
NoteOptIn = Callable[[str, Buyer, str, datetime, datetime, How], None]


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
        note_opt_in: NoteOptIn = lambda *told: None,
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
        """Somebody came by a link that ties them to a cart: it is theirs, also when it is told only later.
        Of several shops it is the one that has told of this cart, if one alone has: two may number their
        carts alike. Raises StoreBusy."""
        ids = [
            one.connection_id
            for one in self._shops.connections(merchant_id)
            if self._is_shop(one.channel) and one.status != "disconnected"
        ]
        if len(ids) > 1:
            known = [one for each in ids if (one := self._store.cart(merchant_id, each, cart_id))]
            is_clear = len(known) == 1 and not self._who_buys.is_others(merchant_id, known[0], shopper_id)
            ids = [known[0].cart.connection_id] if is_clear else []
        shop = self._shops.shop(merchant_id)
        for connection_id in ids:
            cart = Cart(connection_id=connection_id, cart_id=cart_id, at=NEVER, created_at=now)
            self._follow(merchant_id, self._keep_cart(merchant_id, cart, shop, now, shopper_id), shop, now)

    def _hear_cart(self, source: Source, told: CartTold, received_at: datetime, now: datetime) -> None:
        merchant_id, shop = source.merchant_id, self._shops.shop(source.merchant_id)
        at = received_at if told.is_now else None
        cart = cart_told(told.cart, source.connection_id, shop.at(source.connection_id).country, at=at)
        if is_past(cart.at, self._who_buys.erased_at(merchant_id, source.connection_id, cart.buyer)):
            return
        kept = self._keep_cart(merchant_id, cart, shop, now)
        if cart.buyer.opt_in_text and kept.version and kept.cart.buyer == cart.buyer:  # the last word of it
            begun_at = kept.cart.created_at
            self._note_opt_in(merchant_id, cart.buyer, cart.cart_id, begun_at, now, _BOX)
        self._follow(merchant_id, kept, shop, now)

    def _hear_order(self, source: Source, told: OrderTold, received_at: datetime, now: datetime) -> None:
        merchant_id, shop = source.merchant_id, self._shops.shop(source.merchant_id)
        at = received_at if told.is_now else None
        order = order_told(told.order, source.connection_id, shop.at(source.connection_id).country, at=at)
        if is_past(order.at, self._who_buys.erased_at(merchant_id, source.connection_id, order.buyer)):
            return
        kept = self._keep_order(merchant_id, order, shop, now)
        if order.buyer.opt_in_text and kept.version and kept.order.buyer == order.buyer:
            self._note_box(merchant_id, kept.order, order.buyer, now)
        if kept.order.bought_at is not None:
            for cart_id in kept.order.carts:  # also those that are told only later
                sold = sold_by(kept.order, source.connection_id, cart_id, kept.order.bought_at)
                self._follow(merchant_id, self._keep_cart(merchant_id, sold, shop, now), shop, now)
        self._follow(merchant_id, kept, shop, now)

    def _note_box(self, merchant_id: str, order: Order, buyer: Buyer, now: datetime) -> None:
        """An order hands on what was ticked in its cart: a stop that came since holds."""
        told = [one.cart for one in self._carts_of(merchant_id, order) if one.cart.at > NEVER]
        begun_at = min((one.created_at for one in told), default=None)
        at, how = begun_at or order.placed_at or order.at, _BOX if begun_at else _UNDATED
        self._note_opt_in(merchant_id, buyer, order.order_id, at, now, how)

    def _keep_cart(
        self, merchant_id: str, told: Cart, shop: Shop, now: datetime, tied_to: str = ""
    ) -> KeptCart:
        """As it is kept now; written only where something is new."""
        rules = rules_from(shop.carts)
        for _ in range(TRIES):
            kept = self._store.cart(merchant_id, told.connection_id, told.cart_id)
            before = kept or KeptCart(cart=told)
            after = self._told(merchant_id, before, told, tied_to)
            if after == kept:
                return kept
            due, done = work_of(merchant_id, after, rules, now)
            due += () if kept else self._going(merchant_id, told.connection_id, now)
            try:
                self._store.commit(
                    merchant_id, ShopChange(carts=(after,), due=due, done=done if kept else ())
                )
            except Erased:  # since it was told: what it means for others is so all the same
                return before
            except Conflict:
                continue
            return replace(after, version=after.version + 1)
        raise StoreBusy("others change this cart just now")

    def _told(self, merchant_id: str, before: KeptCart, told: Cart, tied_to: str = "") -> KeptCart:
        """A cart as it is after this telling."""
        cart, shopper_id = carts.joined(before.cart, told), tied_to or before.flow.shopper_id
        after = replace(before, cart=cart, flow=replace(before.flow, shopper_id=shopper_id))
        if after == before and shopper_id and before.version:
            return after
        whose = self._who_buys.of_cart(merchant_id, after)
        return replace(after, flow=replace(after.flow, shopper_id=whose))

    def _keep_order(self, merchant_id: str, told: Order, shop: Shop, now: datetime) -> KeptOrder:
        """The same of an order, with the carts that it came from: once it is stored, nobody is reminded of
        them. Whoever has something to tell its buyer looks at it at once."""
        for _ in range(TRIES):
            kept = self._store.order(merchant_id, told.connection_id, told.order_id)
            before = kept or KeptOrder(order=told)
            after = replace(before, order=bounded(orders.joined(before.order, told)))
            if after == kept and kept.shopper_id:
                return kept
            if after.order.buyer.phones != before.order.buyer.phones:  # whose it was by another number
                after = replace(after, shopper_id="", claims=())
            known = self._carts_of(merchant_id, after.order)
            after = self._who_buys.of_order(merchant_id, after, known)
            if after == kept:
                return kept
            work = MindOrder(merchant_id, told.connection_id, told.order_id)
            change = self._sale(merchant_id, after.order, known, shop, now)
            bought_by = self._have_bought(merchant_id, after, kept, known)
            due = (*change.due, Due(work, now + OVERDUE))
            due += () if kept else self._going(merchant_id, told.connection_id, now)
            try:
                self._store.commit(
                    merchant_id, replace(change, orders=(after,), due=due, bought_by=bought_by)
                )
            except Erased:  # since it was told: what it means for others is so all the same
                return before
            except Conflict:
                continue
            after = replace(after, version=after.version + 1)
            self._outbox.dispatch(work, attempt=str(after.version))
            return after
        raise StoreBusy("others change this order just now")

    def _going(self, merchant_id: str, connection_id: str, now: datetime) -> tuple[Due, ...]:
        return going_with_shop(self._shops.connections(merchant_id), merchant_id, connection_id, now)

    def _carts_of(self, merchant_id: str, order: Order) -> list[KeptCart]:
        """Those that it came from, as far as they are told."""
        read = [self._store.cart(merchant_id, order.connection_id, one) for one in order.carts[:MOST_CARTS]]
        return [one for one in read if one is not None]

    def _sale(
        self, merchant_id: str, order: Order, known: Sequence[KeptCart], shop: Shop, now: datetime
    ) -> ShopChange:
        """Its carts, bought, with what waits for them. known: those that are told; of others nobody is
        reminded."""
        rules, change = rules_from(shop.carts), ShopChange()
        for kept in known[:MOST_WITH_ORDER] if order.bought_at is not None else ():
            sold = sold_by(order, order.connection_id, kept.cart.cart_id, order.bought_at or now)
            after = self._told(merchant_id, kept, sold)
            if after != kept:
                due, done = work_of(merchant_id, after, rules, now)
                told, due, done = (*change.carts, after), (*change.due, *due), (*change.done, *done)
                change = replace(change, carts=told, due=due, done=done)
        return change

    def _have_bought(
        self, merchant_id: str, after: KeptOrder, before: KeptOrder | None, known: Sequence[KeptCart]
    ) -> tuple[str, ...]:
        """Who may have bought by what is new: nothing that is being sent to them of a cart holds any more.
        Whoever has a cart under the same e-mail is among them."""
        if after.order.bought_at is None or not is_news(after, before):
            return ()
        keys = keys_of_kept(after)
        same = self._store.of_buyers(merchant_id, keys).carts if keys else ()
        shoppers = (after.shopper_id, *(one.flow.shopper_id for one in (*known, *same)))
        return tuple(sorted(self._who_buys.known_as(merchant_id, shoppers)))[:MOST_BUYERS]

    def _follow(self, merchant_id: str, first: Kept, shop: Shop, now: datetime) -> None:
        """What it means for whatever else its buyer has: carts that are bought by it, and whose they are."""
        waiting, looked_at = [first], 0
        while waiting and looked_at < _MOST_FOLLOWED:
            one, looked_at = waiting.pop(), looked_at + 1
            keys = keys_of_kept(one)
            bought = self._store.of_buyers(merchant_id, keys) if keys else Bought()
            for other in carts_to_settle(one, bought):
                cart = self._keep_cart(merchant_id, other, shop, now)
                if all(cart != before for before in bought.carts):
                    waiting.append(cart)
            sold = (*bought.orders, *self._became(merchant_id, one, bought))
            for told in orders_to_settle(replace(bought, orders=sold)):
                order = self._keep_order(merchant_id, told, shop, now)
                if order not in sold:
                    waiting.append(order)

    def _became(self, merchant_id: str, one: Kept, bought: Bought) -> tuple[KeptOrder, ...]:
        """The order that somebody's cart has become, where nothing but the cart leads to it."""
        if isinstance(one, KeptOrder) or not (one.cart.order_id and one.flow.shopper_id):
            return ()
        name = one.cart.connection_id, one.cart.order_id
        if any((kept.order.connection_id, kept.order.order_id) == name for kept in bought.orders):
            return ()
        kept = self._store.order(merchant_id, *name)
        return (kept,) if kept else ()
