"""What the Admin API tells, written as webhooks write it: one reading does for both."""

import re
from collections.abc import Mapping
from typing import Any, Final

from integrations.reading import first, identifier, listed, mapping, text_of

# The checkout's token stands in the link that brings it back, and nowhere else here.
_TOKEN: Final = re.compile(r"/checkouts/(?:[a-z]{2}/)?([A-Za-z0-9_-]{8,128})(?=[/?]|$)")


def tail(gid: Any) -> str:
    """`gid://shopify/Order/123` is 123 to webhooks."""
    return identifier(text_of(gid, 200).partition("?")[0].rpartition("/")[2])


def nodes_of(value: Any) -> list[Mapping[str, Any]]:
    """What a page of a list holds."""
    return [mapping(one) for one in listed(mapping(value).get("nodes"))]


def is_cut_off(value: Any) -> bool:
    """Whether a list goes on after what was told of it."""
    return mapping(mapping(value).get("pageInfo")).get("hasNextPage") is True


def order(node: Mapping[str, Any]) -> dict[str, Any]:
    """An order as `orders/updated` tells it; without the tokens of its checkout, which are not told here."""
    total = _money(node.get("currentTotalPriceSet"))
    return {
        **_buyer(node),
        "id": tail(node.get("id")),
        "name": node.get("name"),
        "created_at": node.get("createdAt"),
        "processed_at": node.get("processedAt"),
        "updated_at": node.get("updatedAt"),
        "cancelled_at": node.get("cancelledAt"),
        "financial_status": node.get("displayFinancialStatus"),
        "fulfillment_status": _fulfilled(node.get("displayFulfillmentStatus")),
        "email": node.get("email"),
        "phone": node.get("phone"),
        "customer_locale": node.get("customerLocale") or mapping(node.get("customer")).get("locale"),
        "order_status_url": node.get("statusPageUrl"),
        "source_name": node.get("sourceName"),
        "currency": total.get("currencyCode") or node.get("currencyCode"),
        "total_price": total.get("amount"),
        "line_items": [_line(one) for one in nodes_of(node.get("lineItems"))],
        "fulfillments": [_parcel(mapping(one)) for one in listed(node.get("fulfillments"))],
        "refunds": [_refund(mapping(one)) for one in listed(node.get("refunds"))],
    }


def cart(node: Mapping[str, Any]) -> dict[str, Any]:
    """An abandoned checkout as `checkouts/update` tells it; its lines have no ids there."""
    total = _money(node.get("totalPriceSet"))
    url = text_of(node.get("abandonedCheckoutUrl"), 2_000)
    token = _TOKEN.search(url)
    return {
        **_buyer(node),
        "token": token[1] if token else None,
        "created_at": node.get("createdAt"),
        "updated_at": node.get("updatedAt"),
        "completed_at": node.get("completedAt"),
        "abandoned_checkout_url": url,
        "currency": total.get("currencyCode"),
        "total_price": total.get("amount"),
        "line_items": [_line(one) | {"id": None} for one in nodes_of(node.get("lineItems"))],
    }


def _buyer(node: Mapping[str, Any]) -> dict[str, Any]:
    customer = mapping(node.get("customer"))
    return {
        "customer": {
            "id": tail(customer.get("id")),
            "first_name": customer.get("firstName"),
            "last_name": customer.get("lastName"),
            "email": mapping(customer.get("defaultEmailAddress")).get("emailAddress"),
            "phone": mapping(customer.get("defaultPhoneNumber")).get("phoneNumber"),
        },
        "shipping_address": _address(node.get("shippingAddress")),
        "billing_address": _address(node.get("billingAddress")),
        "customer_locale": customer.get("locale"),
        "note_attributes": [
            {"name": mapping(one).get("key"), "value": mapping(one).get("value")}
            for one in listed(node.get("customAttributes"))
        ],
    }


def _address(value: Any) -> dict[str, Any]:
    address = mapping(value)
    told = {name: address.get(name) for name in ("name", "phone", "zip")}
    return told | {"country_code": address.get("countryCodeV2")}


def _line(node: Mapping[str, Any]) -> dict[str, Any]:
    product = mapping(node.get("product"))
    return {
        "id": tail(node.get("id")),
        "title": node.get("title"),
        "variant_title": node.get("variantTitle"),
        "quantity": node.get("quantity"),
        "sku": node.get("sku"),
        "price": _money(node.get("originalUnitPriceSet")).get("amount"),
        "image_url": mapping(node.get("image")).get("url"),
        "product_id": tail(product.get("id")),
        "url": product.get("onlineStoreUrl"),
    }


def _parcel(node: Mapping[str, Any]) -> dict[str, Any]:
    tracking = mapping(first(node.get("trackingInfo")))
    lines = (mapping(one.get("lineItem")) for one in nodes_of(node.get("fulfillmentLineItems")))
    return {
        "id": tail(node.get("id")),
        "status": node.get("status"),
        "shipment_status": node.get("displayStatus"),
        "created_at": node.get("createdAt"),
        "updated_at": node.get("updatedAt"),
        "estimated_delivery_at": node.get("estimatedDeliveryAt"),
        "tracking_company": tracking.get("company"),
        "tracking_number": tracking.get("number"),
        "tracking_url": tracking.get("url"),
        "line_items": [{"id": tail(line.get("id"))} for line in lines],
    }


def _refund(node: Mapping[str, Any]) -> dict[str, Any]:
    lines = (mapping(one.get("lineItem")) for one in nodes_of(node.get("refundLineItems")))
    back = {
        "kind": "refund",
        "status": "success",
        "amount": _money(node.get("totalRefundedSet")).get("amount"),
    }
    return {
        "id": tail(node.get("id")),
        "created_at": node.get("createdAt"),
        "transactions": [back],
        "refund_line_items": [{"line_item_id": tail(line.get("id"))} for line in lines],
    }


def _fulfilled(value: Any) -> str | None:
    names = {"FULFILLED": "fulfilled", "PARTIALLY_FULFILLED": "partial"}
    return names.get(text_of(value, 40))


def _money(value: Any) -> Mapping[str, Any]:
    """In the shop's own currency, as webhooks tell it."""
    return mapping(mapping(value).get("shopMoney"))
