"""An order, its parcels and its refunds.

Source: shopify.dev/docs/api/webhooks (orders/create, fulfillments/update, refunds/create),
shopify.dev/docs/api/admin-graphql/latest/enums/FulfillmentDisplayStatus
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from chalicelib.domain.commerce.orders import Order, OrderState, PaidState, Parcel, ParcelState, Refund
from integrations.reading import first, identifier, listed, mapping, required_id, text_of
from integrations.shopify import goods
from integrations.shopify.values import amount, day, earliest_of, link, moment, readable

# Authorised money is not the shop's yet. A voided payment never becomes it.
_PAID: Final[dict[str, PaidState]] = {
    "pending": "pending",
    "authorized": "pending",
    "partially_paid": "pending",
    "paid": "paid",
    "partially_refunded": "part_refunded",
    "refunded": "refunded",
    "voided": "failed",
    "expired": "failed",
}
_TAKEN_ON: Final = frozenset({"authorized", "partially_paid", "paid", "partially_refunded", "refunded"})
# What the courier says of a parcel, by webhook and by the Admin API. A delay is seen by the day that was
# promised.
_ON_ITS_WAY: Final[dict[str, ParcelState]] = {
    "label_printed": "packed",
    "label_purchased": "packed",
    "submitted": "packed",
    "confirmed": "shipped",
    "fulfilled": "shipped",
    "marked_as_fulfilled": "shipped",
    "carrier_picked_up": "in_transit",
    "in_transit": "in_transit",
    "delayed": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "ready_for_pickup": "ready_for_pickup",
    "attempted_delivery": "attempted",
    "delivered": "delivered",
    "picked_up": "delivered",
    "failure": "failed",
    "not_delivered": "failed",
    "canceled": "cancelled",
    "label_voided": "cancelled",
}
# What the shop says of it.
_HANDED_OVER: Final[dict[str, ParcelState]] = {
    "pending": "packed",
    "open": "packed",
    "success": "shipped",
    "error": "failed",
    "failure": "failed",
    "cancelled": "cancelled",
}


def order_of(raw: Mapping[str, Any], connection_id: str = "", told_at: Any = None) -> Order:
    """told_at: when Shopify noticed, where the order itself has no time. Raises Malformed."""
    money = _word(raw.get("financial_status"))
    is_in_work = _word(raw.get("fulfillment_status")) in ("partial", "fulfilled")
    tokens = (identifier(raw.get("checkout_token")), identifier(raw.get("cart_token")))
    cancelled = moment(raw.get("cancelled_at"))
    state: OrderState = "open" if cancelled is None else "cancelled"
    return Order(
        connection_id=connection_id,
        order_id=required_id(raw.get("id")),
        at=earliest_of(raw.get("updated_at"), told_at, raw.get("created_at")),
        number=_number(raw),
        placed_at=moment(raw.get("processed_at")) or moment(raw.get("created_at")),
        state=state,
        paid=_PAID.get(money, "pending"),
        is_confirmed=money in _TAKEN_ON or is_in_work,
        buyer=goods.buyer(raw),
        lines=readable(listed(raw.get("line_items")), goods.line),
        total=amount(raw.get("current_total_price") or raw.get("total_price")),
        currency=text_of(raw.get("currency"), 3).upper(),
        parcels=readable(listed(raw.get("fulfillments")), parcel),
        refunds=tuple(one for one in readable(listed(raw.get("refunds")), refund) if one.amount),
        carts=tuple(sorted({token for token in tokens if token})),
        url=goods.web(raw.get("order_status_url")),
        ref=goods.ref_of(raw),
        created_by=text_of(raw.get("source_name"), 64),
    )


def gone(raw: Mapping[str, Any], told_at: Any) -> Order:
    """One that was deleted, of which nothing but its id is told. Raises Malformed."""
    at = earliest_of(told_at, raw.get("updated_at"))
    return Order(connection_id="", order_id=required_id(raw.get("id")), at=at, state="gone")


def with_parcel(raw: Mapping[str, Any], told_at: Any) -> Order:
    """No more of an order than a parcel. Raises Malformed."""
    told = parcel({"updated_at": told_at} | {name: value for name, value in raw.items() if value is not None})
    return Order(connection_id="", order_id=required_id(raw.get("order_id")), parcels=(told,))


def with_refund(raw: Mapping[str, Any], told_at: Any) -> Order | None:
    """No more of an order than a refund; None where no money went back: what is only put back into the stock
    comes as one too, or what has still to go. Raises Malformed."""
    told = refund({"created_at": told_at} | {name: value for name, value in raw.items() if value is not None})
    order = Order(connection_id="", order_id=required_id(raw.get("order_id")), refunds=(told,))
    return order if told.amount else None


def parcel(value: Any) -> Parcel:
    """A fulfilment, as Shopify calls it. Raises Malformed."""
    raw = mapping(value)
    courier_says = _ON_ITS_WAY.get(_word(raw.get("shipment_status")))
    shop_says = _HANDED_OVER.get(_word(raw.get("status")), "shipped")
    # One that was called off is on nobody's way, whatever the courier said before.
    state = shop_says if shop_says == "cancelled" else courier_says or shop_says
    url = raw.get("tracking_url") or first(raw.get("tracking_urls"))
    return Parcel(
        parcel_id=required_id(raw.get("id")),
        state=state,
        at=earliest_of(raw.get("updated_at"), raw.get("created_at")),
        courier=text_of(raw.get("tracking_company"), 100),
        number=identifier(raw.get("tracking_number") or first(raw.get("tracking_numbers"))),
        url=link(url),
        promised_on=day(raw.get("estimated_delivery_at")),
        lines=_line_ids(raw.get("line_items"), "id"),
    )


def refund(value: Any) -> Refund:
    """What has really gone back: a transaction that failed is none. Raises Malformed."""
    raw = mapping(value)
    moved = [mapping(one) for one in listed(raw.get("transactions"))]
    amounts = [
        amount(one.get("amount"))
        for one in moved
        if _word(one.get("kind")) == "refund" and _word(one.get("status")) == "success"
    ]
    return Refund(
        refund_id=required_id(raw.get("id")),
        at=earliest_of(raw.get("processed_at"), raw.get("created_at")),
        amount=sum(amounts, Decimal(0)),
        lines=_line_ids(raw.get("refund_line_items"), "line_item_id"),
    )


def _number(raw: Mapping[str, Any]) -> str:
    """What the buyer knows it by, with whatever the shop has put before and after."""
    name = text_of(raw.get("name"), 64).strip()
    number = identifier(raw.get("order_number"))
    return name or (f"#{number}" if number else "")


def _line_ids(value: Any, field: str) -> tuple[str, ...]:
    found = (identifier(mapping(one).get(field)) for one in listed(value)[:100])
    return tuple(sorted({one for one in found if one}))


def _word(value: Any) -> str:
    return text_of(value, 40).lower()
