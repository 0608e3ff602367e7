"""Whether somebody may be reminded of a cart at all, whatever the gate says then."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.orders import NEVER, Order
from chalicelib.domain.commerce.recovery import SENT, CartRules, is_message, is_minded
from chalicelib.domain.ids import digest

# Below so many a month, a group that is left alone would cost more than it tells.
ENOUGH_TO_MEASURE: Final = 1000
USUAL_HOLDOUT: Final = 10.0
_BUCKETS: Final = 10_000


def not_worth(cart: Cart, rules: CartRules) -> str:
    """Why nobody is reminded of what is in it, as a stable code; '' where they may be."""
    if all({line.product_id, line.sku} & rules.excluded for line in cart.lines):
        return "excluded"
    return "too_small" if cart.total < rules.min_value else ""


def holdout_share(rules: CartRules, reachable: int) -> float:
    """In percent. reachable: how many carts the shop could remind of in a month."""
    if rules.holdout is not None:
        return rules.holdout
    return USUAL_HOLDOUT if reachable >= ENOUGH_TO_MEASURE else 0.0


def is_held_out(merchant_id: str, shopper_id: str, share: float) -> bool:
    """Always the same for the same person; whoever is held out for a smaller share is for a larger one."""
    bucket = int(digest("holdout", merchant_id, shopper_id)[:12], 16) % _BUCKETS
    return bucket < share * _BUCKETS / 100


def ordered_since(cart: Cart, orders: Iterable[Order]) -> Order | None:
    """The first order that its buyer has placed since it was begun, whatever became of that."""
    found = [order for order in orders if _is_of(order, cart)]
    return min(found, key=_bought, default=None)


def reminded_at(flows: Iterable[Flow]) -> datetime | None:
    """When one of these carts' buyers was last reminded, or is about to be."""
    return max((step.at for flow in flows for step in flow.steps if is_message(step)), default=None)


def first_sent_at(flow: Flow) -> datetime | None:
    """When the first reminder went out; None while none did."""
    return min((step.at for step in flow.steps if step.code == SENT), default=None)


def has_newer(cart: Cart, others: Iterable[Cart], rules: CartRules) -> bool:
    """Whether they have left another cart since: one person is reminded of one cart, the latest."""
    own = _place(cart)
    return any(
        _place(other) > own and is_open(other) and is_minded(other, rules) and not not_worth(other, rules)
        for other in others
    )


def is_sold_by_another(cart: Cart, others: Iterable[Cart]) -> bool:
    """Whether what was bought is counted with a later cart of theirs, which ended in the same moment."""
    own = _place(cart)
    return any(_place(other) > own and other.bought_at == cart.bought_at and other.lines for other in others)


def _place(cart: Cart) -> tuple[datetime, str, str]:
    return cart.at, cart.connection_id, cart.cart_id


def _is_of(order: Order, cart: Cart) -> bool:
    """What never was more than cancelled, or whose payment failed, was not bought."""
    if order.bought_at is None:
        return False
    came_from_it = order.connection_id == cart.connection_id and cart.cart_id in order.carts
    return came_from_it or order.bought_at >= cart.created_at


def _bought(order: Order) -> datetime:
    return order.bought_at or NEVER
