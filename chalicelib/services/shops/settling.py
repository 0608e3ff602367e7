"""What one cart or order means for the others of its buyer, once it is stored."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce

from chalicelib.domain.commerce import carts
from chalicelib.domain.commerce.buyers import BuyerKey, keys_of
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.orders import NEVER, Order
from chalicelib.domain.commerce.recovery import CartRules, next_look
from chalicelib.domain.connections import Connection
from chalicelib.domain.work import Due, ForgetShop, MindCart, Work
from chalicelib.ports.commerce import Bought, KeptCart, KeptOrder
from chalicelib.services.connections.connect import SHOP_KEPT_FOR
from chalicelib.services.shops.who_buys import shoppers_of

Kept = KeptCart | KeptOrder


def keys_of_kept(kept: Kept) -> tuple[BuyerKey, ...]:
    """All by which its buyer's other things are found."""
    if isinstance(kept, KeptCart):
        return keys_of(kept.cart.connection_id, kept.cart.buyer, kept.flow.shopper_id)
    return keys_of(kept.order.connection_id, kept.order.buyer, kept.shopper_id)


def is_news(after: KeptOrder, before: KeptOrder | None) -> bool:
    """Whether it is new that it was bought, or by whom."""
    return before is None or before.order.bought_at is None or before.shopper_id != after.shopper_id


def work_of(
    merchant_id: str, kept: KeptCart, rules: CartRules, now: datetime
) -> tuple[tuple[Due, ...], tuple[Work, ...]]:
    """What waits for it from now on, and what does no longer."""
    work = MindCart(merchant_id, kept.cart.connection_id, kept.cart.cart_id)
    look = next_look(kept.cart, kept.flow, rules, now)
    return ((Due(work, look),), ()) if look else ((), (work,))


def going_with_shop(
    connections: Iterable[Connection], merchant_id: str, connection_id: str, now: datetime
) -> tuple[Due, ...]:
    """Of what is new. What a shop told before it was disconnected, and comes only now, may come when all
    that it told has gone already: then it goes as that did."""
    if all(one.connection_id != connection_id or one.status != "disconnected" for one in connections):
        return ()
    return (Due(ForgetShop(merchant_id, connection_id), now + SHOP_KEPT_FOR),)


def carts_to_settle(one: Kept, bought: Bought) -> list[Cart]:
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


def orders_to_settle(bought: Bought) -> list[Order]:
    """Those whose buyer may be known by now."""
    return [one.order for one in bought.orders if not one.shopper_id] if shoppers_of(bought) else []


def _is_same(one: Cart, other: Cart) -> bool:
    return (one.connection_id, one.cart_id) == (other.connection_id, other.cart_id)


def _bought_by(order: Order, cart: Cart) -> Cart | None:
    """A cart as an order of the same buyer tells of it: bought, where it was begun before."""
    if order.bought_at is None or cart.created_at > order.bought_at:
        return None
    is_of_shop = order.connection_id == cart.connection_id
    return sold_by(order, cart.connection_id, cart.cart_id, order.bought_at, is_of_shop)


def sold_by(order: Order, connection_id: str, cart_id: str, at: datetime, is_of_shop: bool = True) -> Cart:
    return Cart(
        connection_id=connection_id,
        cart_id=cart_id,
        at=NEVER,
        created_at=at,
        bought_at=at,
        order_id=order.order_id if is_of_shop else "",
        ordered_at=at if is_of_shop else None,
    )
