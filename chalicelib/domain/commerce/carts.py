"""A cart, and how two tellings of it become one, in whatever order they come."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from chalicelib.domain.commerce.goods import NOBODY, Buyer, Line
from chalicelib.domain.commerce.orders import NEVER
from chalicelib.domain.plain import to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart:
    """cart_id: the shop's own, unique on its connection: orders name it. at: when the shop last changed it.
    url: the secret link that brings the cart back. ref: a token of ours that the shopper came to the shop
    with, '' for none.

    bought_at: when it became an order, `order_id` where it is known which: of several the first, by
    `ordered_at`. gone_at: when it was emptied or taken away. created_at: the earliest that was ever told.
    """

    connection_id: str
    cart_id: str
    at: datetime
    created_at: datetime
    buyer: Buyer = NOBODY
    lines: tuple[Line, ...] = ()
    total: Decimal = Decimal(0)
    currency: str = ""
    url: str = ""
    ref: str = ""
    bought_at: datetime | None = None
    order_id: str = ""
    ordered_at: datetime | None = None
    gone_at: datetime | None = None


def joined(one: Cart, other: Cart) -> Cart:
    """Both tellings of one cart as one: the newer holds, and what was bought stays bought.

    Whichever comes first, and however often: the order of the two makes no difference.
    """
    newer = max(one, other, key=_newness)
    bought = min((cart.bought_at for cart in (one, other) if cart.bought_at), default=None)
    ordered = min((cart for cart in (one, other) if cart.order_id), key=_ordered, default=newer)
    return replace(
        newer,
        created_at=min(one.created_at, other.created_at),
        ref=max(one.ref, other.ref),
        bought_at=bought,
        order_id=ordered.order_id,
        ordered_at=ordered.ordered_at,
    )


def _ordered(cart: Cart) -> tuple[bool, datetime, str]:
    """Which of several orders it became."""
    return cart.ordered_at is None, cart.ordered_at or NEVER, cart.order_id


def _newness(cart: Cart) -> tuple[datetime, str]:
    """Of two at the same moment the words decide: which one is of no matter, as long as it is always the
    same. What is put together from both has no say."""
    own = replace(cart, created_at=cart.at, ref="", bought_at=None, order_id="", ordered_at=None)
    return cart.at, json.dumps(to_plain(own), sort_keys=True)


def is_open(cart: Cart) -> bool:
    """Whether it still waits for its buyer."""
    return cart.bought_at is None and cart.gone_at is None and bool(cart.lines)
