"""Checkouts and orders as the Admin API shows them, made from what webhooks tell.

Source: shopify.dev/docs/api/admin-graphql/latest/objects/Order
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from .state import Json


def page(found: Sequence[Any]) -> Callable[[Json], Json]:
    """A list by pages: a cursor is the place of the last one told."""

    def answer(arguments: Json) -> Json:
        first, begin = int(arguments.get("first", 0)), int(arguments.get("after") or 0)
        told = found[begin : begin + first]
        end = begin + len(told)
        about = {"hasNextPage": end < len(found), "endCursor": str(end) if told else None}
        return {"nodes": list(told), "pageInfo": about}

    return answer


def head(found: Sequence[Any]) -> Callable[[Json], list[Any]]:
    """A plain list, of which the first so many are told."""
    return lambda arguments: list(found[: int(arguments.get("first", len(found)))])


def order_node(order: Json, sees_buyers: bool = True) -> Json:
    currency = order["currency"]
    number = order["id"]
    return {
        "id": f"gid://shopify/Order/{number}",
        "name": order["name"],
        "createdAt": utc(order["created_at"]),
        "processedAt": utc(order["processed_at"]),
        "updatedAt": utc(order["updated_at"]),
        "cancelledAt": utc(order["cancelled_at"]),
        "displayFinancialStatus": order["financial_status"].upper(),
        "displayFulfillmentStatus": _fulfilled(order),
        "email": order["email"] if sees_buyers else None,
        "phone": order["phone"] if sees_buyers else None,
        "customerLocale": order["customer_locale"],
        "statusPageUrl": order["order_status_url"],
        "sourceName": order["source_name"],
        "currencyCode": currency,
        "currentTotalPriceSet": money(order["current_total_price"], currency),
        **_buyer(order, sees_buyers),
        "lineItems": page([_line(line, currency, "LineItem") for line in order["line_items"]]),
        "fulfillments": head([_parcel(parcel) for parcel in order["fulfillments"]]),
        "refunds": head([_refund(one, currency) for one in order["refunds"]]),
    }


def checkout_node(checkout: Json, sees_buyers: bool = True) -> Json:
    currency = checkout["currency"]
    lines = [_line(line, currency, "AbandonedCheckoutLineItem") for line in checkout["line_items"]]
    return {
        "id": f"gid://shopify/AbandonedCheckout/{checkout['id']}",
        "createdAt": utc(checkout["created_at"]),
        "updatedAt": utc(checkout["updated_at"]),
        "completedAt": utc(checkout["completed_at"]),
        "abandonedCheckoutUrl": checkout["abandoned_checkout_url"],
        "totalPriceSet": money(checkout["total_price"], currency),
        **_buyer(checkout, sees_buyers),
        "lineItems": page(lines),
    }


def money(amount: str, currency: str) -> Json:
    """Amounts without the zeros that webhooks have at the end."""
    return {"shopMoney": {"amount": str(float(amount)), "currencyCode": currency}}


def utc(written: str | None) -> str | None:
    return written and datetime.fromisoformat(written).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _buyer(kept: Json, sees_buyers: bool) -> Json:
    customer = kept["customer"]
    email, phone = (customer["email"], customer["_phone"]) if sees_buyers else (None, None)
    return {
        "customer": {
            "id": f"gid://shopify/Customer/{customer['id']}",
            "firstName": customer["first_name"],
            "lastName": customer["last_name"],
            "locale": customer["_locale"],
            "defaultEmailAddress": email and {"emailAddress": email},
            "defaultPhoneNumber": phone and {"phoneNumber": phone},
        },
        "shippingAddress": _address(kept["shipping_address"]) if sees_buyers else None,
        "billingAddress": _address(kept["billing_address"]) if sees_buyers else None,
        "customAttributes": [{"key": one["name"], "value": one["value"]} for one in kept["note_attributes"]],
    }


def _address(address: Json) -> Json:
    told = {name: address[name] for name in ("name", "phone", "zip")}
    return told | {"countryCodeV2": address["country_code"]}


def _line(line: Json, currency: str, kind: str) -> Json:
    return {
        "id": f"gid://shopify/{kind}/{line.get('id', line['variant_id'])}",
        "title": line["title"],
        "variantTitle": line["variant_title"] or None,
        "quantity": line["quantity"],
        "sku": line["sku"],
        "originalUnitPriceSet": money(line["price"], currency),
        "image": line["_picture"] and {"url": line["_picture"]},
        "product": {
            "id": f"gid://shopify/Product/{line['product_id']}",
            "onlineStoreUrl": line["_url"],
        },
    }


def _parcel(parcel: Json) -> Json:
    shown = parcel["shipment_status"] or "fulfilled"
    shown = "canceled" if parcel["status"] == "cancelled" else shown
    tracking = {
        "company": parcel["tracking_company"],
        "number": parcel["tracking_number"],
        "url": parcel["tracking_url"],
    }
    lines = [{"lineItem": {"id": f"gid://shopify/LineItem/{line['id']}"}} for line in parcel["line_items"]]
    return {
        "id": f"gid://shopify/Fulfillment/{parcel['id']}",
        "status": parcel["status"].upper(),
        "displayStatus": shown.upper(),
        "createdAt": utc(parcel["created_at"]),
        "updatedAt": utc(parcel["updated_at"]),
        "estimatedDeliveryAt": parcel["_estimated"],
        "trackingInfo": head([tracking]),
        "fulfillmentLineItems": page(lines),
    }


def _refund(refund: Json, currency: str) -> Json:
    lines = [
        {"lineItem": {"id": f"gid://shopify/LineItem/{one['line_item_id']}"}}
        for one in refund["refund_line_items"]
    ]
    return {
        "id": f"gid://shopify/Refund/{refund['id']}",
        "createdAt": utc(refund["created_at"]),
        "totalRefundedSet": money(refund["transactions"][0]["amount"], currency),
        "refundLineItems": page(lines),
    }


def _fulfilled(order: Json) -> str:
    names = {"fulfilled": "FULFILLED", "partial": "PARTIALLY_FULFILLED"}
    return names.get(order["fulfillment_status"], "UNFULFILLED")
