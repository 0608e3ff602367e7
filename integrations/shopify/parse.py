"""What a framed webhook means, by its topic.

Source: shopify.dev/docs/api/webhooks, shopify.dev/docs/apps/build/compliance/privacy-law-compliance
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chalicelib.domain.commerce.events import BuyerWish, CartTold, OrderTold, ShopEvent, ShopLeft
from chalicelib.domain.events import Piece, SelfTest, Unreadable
from integrations.reading import identifier, listed, mapping, required_id, text_of, unknown
from integrations.shopify import carts, orders
from integrations.shopify.webhook import SELF_TEST, topic_of

Events = list[ShopEvent | SelfTest | Unreadable]
Reader = Callable[[Mapping[str, Any], Any], Events]


def parse(frame: Mapping[str, Any]) -> Events:
    """The one event of a call, or none where it says nothing that concerns the chat. What can't be read
    comes back whole, whatever is wrong with it."""
    if not isinstance(frame, dict):
        return [Unreadable("malformed")]
    topic = topic_of(frame)
    if topic in SAYS_NOTHING:
        return []
    read = TOPICS.get(topic)
    if read is None:
        of_tomorrow = unknown(topic.replace("/", "_"), Piece("", "", frame))
        return [one for one in of_tomorrow if isinstance(one, Unreadable)]
    try:
        return read(mapping(frame.get("body")), frame.get("triggered_at"))
    except Exception:  # not even a fault of ours may cost the event: it is kept, and can be replayed
        return [Unreadable("malformed", frame)]


def _cart(body: Mapping[str, Any], told_at: Any) -> Events:
    return [CartTold(carts.cart_of(body, told_at=told_at))]


def _cart_gone(body: Mapping[str, Any], told_at: Any) -> Events:
    cart = carts.gone(body, told_at)
    return [] if cart is None else [CartTold(cart)]


def _order(body: Mapping[str, Any], told_at: Any) -> Events:
    return [OrderTold(orders.order_of(body, told_at=told_at))]


def _order_gone(body: Mapping[str, Any], told_at: Any) -> Events:
    return [OrderTold(orders.gone(body, told_at))]


def _parcel(body: Mapping[str, Any], told_at: Any) -> Events:
    return [OrderTold(orders.with_parcel(body, told_at))]


def _refund(body: Mapping[str, Any], told_at: Any) -> Events:
    order = orders.with_refund(body, told_at)
    return [] if order is None else [OrderTold(order)]


def _left(body: Mapping[str, Any], told_at: Any) -> Events:
    return [ShopLeft()]


def _shop_erased(body: Mapping[str, Any], told_at: Any) -> Events:
    return [ShopLeft(is_erased=True)]


def _export(body: Mapping[str, Any], told_at: Any) -> Events:
    return [BuyerWish(wish="export", **_whose(body, "orders_requested"))]


def _erase(body: Mapping[str, Any], told_at: Any) -> Events:
    return [BuyerWish(wish="erase", **_whose(body, "orders_to_redact"))]


def _whose(body: Mapping[str, Any], orders_in: str) -> dict[str, Any]:
    """Raises Malformed where nobody is named: of nobody is not of everybody."""
    customer = mapping(body.get("customer"))
    named = {
        "customer_id": identifier(customer.get("id")),
        "email": text_of(customer.get("email"), 320).strip(),
        "phone": text_of(customer.get("phone"), 40).strip(),
    }
    ids = tuple(one for one in map(identifier, listed(body.get(orders_in))) if one)
    required_id(next(filter(None, (*named.values(), *ids)), ""))
    return {**named, "order_ids": ids}


def _self_test(body: Mapping[str, Any], told_at: Any) -> Events:
    return [SelfTest(required_id(body.get("nonce")))]


TOPICS: Final[dict[str, Reader]] = {
    "checkouts/create": _cart,
    "checkouts/update": _cart,
    "checkouts/delete": _cart_gone,
    "orders/create": _order,
    "orders/updated": _order,
    "orders/paid": _order,
    "orders/cancelled": _order,
    "orders/fulfilled": _order,
    "orders/partially_fulfilled": _order,
    "orders/delete": _order_gone,
    "fulfillments/create": _parcel,
    "fulfillments/update": _parcel,
    "refunds/create": _refund,
    "app/uninstalled": _left,
    "customers/data_request": _export,
    "customers/redact": _erase,
    "shop/redact": _shop_erased,
    SELF_TEST: _self_test,
}
# Carts of people who have told nothing of themselves, the shop's own list of customers, and consents: those
# are to e-mail and SMS, and a messenger wants one of its own. A parcel's events come with the parcel as well.
SAYS_NOTHING: Final = frozenset(
    {
        "carts/create",
        "carts/update",
        "customers/create",
        "customers/update",
        "customers/delete",
        "customers/enable",
        "customers/disable",
        "customers_marketing_consent/update",
        "customers_email_marketing_consent/update",
        "fulfillment_events/create",
        "fulfillment_events/delete",
    }
)
