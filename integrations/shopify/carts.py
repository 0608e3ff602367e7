"""A checkout, which is what Shopify calls a cart whose buyer has begun to pay.

Nothing tells that it was left alone: whoever waits for that has a clock of their own.
Source: shopify.dev/docs/api/webhooks (checkouts/create, checkouts/update, checkouts/delete)
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.commerce.carts import Cart
from integrations.reading import listed, required_id, text_of
from integrations.shopify import goods
from integrations.shopify.values import amount, earliest_of, moment, readable


def cart_of(raw: Mapping[str, Any], connection_id: str = "", told_at: Any = None) -> Cart:
    """told_at: when Shopify noticed, where the checkout itself has no time. Raises Malformed."""
    at = earliest_of(raw.get("updated_at"), told_at, raw.get("created_at"))
    return Cart(
        connection_id=connection_id,
        cart_id=required_id(raw.get("token")),
        at=at,
        created_at=moment(raw.get("created_at")) or at,
        buyer=goods.buyer(raw),
        lines=readable(listed(raw.get("line_items")), goods.line),
        total=amount(raw.get("total_price")),
        currency=text_of(raw.get("currency"), 3).upper(),
        url=goods.web(raw.get("abandoned_checkout_url")),
        ref=goods.ref_of(raw),
        bought_at=moment(raw.get("completed_at")),
        gone_at=moment(raw.get("closed_at")),
    )


def gone(raw: Mapping[str, Any], told_at: Any) -> Cart | None:
    """One that was taken away. None where it is named by a number that nothing else tells."""
    if not raw.get("token"):
        return None
    at = earliest_of(told_at, raw.get("updated_at"))
    return Cart(connection_id="", cart_id=required_id(raw.get("token")), at=at, created_at=at, gone_at=at)
