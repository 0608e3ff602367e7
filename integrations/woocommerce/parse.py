"""What a webhook says, by its topic.

Source: woocommerce.github.io/woocommerce-rest-api-docs (webhooks, topics)
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import NEVER, Order
from chalicelib.domain.events import SelfTest, Unreadable
from integrations.reading import mapping, required_id, text_of
from integrations.woocommerce.addresses import site_of
from integrations.woocommerce.order import cart_id_of, is_a_cart, read_cart, read_order
from integrations.woocommerce.webhook import SELF_TEST

Said = list[ShopEvent | SelfTest | Unreadable]

TOLD: Final = frozenset({"order.created", "order.updated", "order.restored"})
# Of no use here: whoever has set up such a webhook gets it taken, and nothing is done.
_IGNORED: Final = re.compile(
    r"(product|customer|coupon)\.(created|updated|deleted|restored)|product\.published|action\.\w{1,100}"
)
_WORD: Final = re.compile(r"[a-z][a-z_]{0,23}\.[a-z][a-z_]{0,23}")


def parse(body: Mapping[str, Any], own: str) -> Said:
    """Never raises: what can't be read comes back whole."""
    if not isinstance(body, dict):
        return [Unreadable("malformed")]
    try:
        return _read(body, own)
    except Exception:  # not even a fault of ours may cost the order: it is kept, and can be replayed
        return [Unreadable("malformed", body)]


def told(raw: Mapping[str, Any], site: str, own: str, connection_id: str = "") -> list[ShopEvent]:
    """An order as it is: and as the cart that it was, or still is. Raises Malformed."""
    order = OrderTold(read_order(raw, site, own, connection_id))
    return [CartTold(read_cart(raw, site, own, connection_id)), order] if is_a_cart(raw) else [order]


def _read(body: Mapping[str, Any], own: str) -> Said:
    topic, resource = text_of(body.get("topic")), mapping(body.get("resource"))
    if topic in TOLD:
        return [*told(resource, site_of(text_of(body.get("source")), own), own)]
    if topic == "order.deleted":
        return _gone(required_id(resource.get("id")))
    if topic == SELF_TEST:
        return [SelfTest(required_id(resource.get("nonce")))]
    if _IGNORED.fullmatch(topic):
        return []
    word = topic.replace(".", "_") if _WORD.fullmatch(topic) else "other"
    return [Unreadable(f"unknown_kind:{word}", body)]


def _gone(order_id: str) -> Said:
    """Nothing but its id is told of what was deleted, and no time."""
    cart = Cart(connection_id="", cart_id=cart_id_of(order_id), at=NEVER, created_at=NEVER, gone_at=NEVER)
    order = Order(connection_id="", order_id=order_id, state="gone")
    return [CartTold(cart, is_now=True), OrderTold(order, is_now=True)]
