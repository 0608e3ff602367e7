"""What a shop system can tell us, in one vocabulary for all of them.

What has no time of its own (`is_now`) happened when the webhook came.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.orders import Order


@dataclass(frozen=True, slots=True)
class CartTold:
    """A cart as it is, or was when this was sent."""

    cart: Cart
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class OrderTold:
    """An order as it is, or was when this was sent; or no more than a parcel or a refund of it. is_now: it
    has no time of its own: `order.at` (and of its parcels and refunds) is to be the webhook's, where it is
    NEVER and `order.state` is not open."""

    order: Order
    is_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerWish:
    """A buyer wants to see what is held of them (`export`), or to have it taken away (`erase`); order_ids:
    of which orders, all where none is named."""

    wish: Literal["export", "erase"]
    customer_id: str = ""
    email: str = ""
    phone: str = ""
    order_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopLeft:
    """The merchant has taken our app out of the shop: its token is dead. is_erased: and all of the shop's
    data must go, as the shop system wants it some days later."""

    is_erased: bool = False


ShopEvent = CartTold | OrderTold | BuyerWish | ShopLeft
