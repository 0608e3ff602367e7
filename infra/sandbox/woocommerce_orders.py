"""Orders as WooCommerce's REST API shows them: amounts as text, times twice, without a zone.

Source: woocommerce.github.io/woocommerce-rest-api-docs (v3, orders)
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from . import ids
from .base import Act, Refused
from .shops import amount, lines_of, total_of
from .state import Account, Json, Shopper

# The shop's clock stands in a zone of its own, so that whoever reads the wrong field is two hours late.
ZONE_S: Final = 7200
STATUSES: Final = (
    "pending",
    "processing",
    "on-hold",
    "completed",
    "cancelled",
    "refunded",
    "failed",
    "trash",
    "checkout-draft",
)
UNPAID: Final = ("pending", "failed", "checkout-draft")
_PAID: Final = ("processing", "completed")
_NOT_SHIPPED: Final = ("local_pickup", "pickup_location")


def moment(at: float) -> str:
    """A time as WordPress writes it: whole seconds, no zone."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def dated(name: str, at: float | None) -> Json:
    """A time in the shop's zone, and in UTC."""
    if at is None:
        return {name: None, f"{name}_gmt": None}
    return {name: moment(at + ZONE_S), f"{name}_gmt": moment(at)}


def new_order(account: Account, shopper: Shopper, act: Act, status: str) -> Json:
    """An order of what the event says, in this state from the start."""
    number = next_id(account)
    lines = lines_of(act)
    key = f"wc_order_{ids.letters(13)}"
    order: Json = {
        "id": number,
        "parent_id": 0,
        "number": str(act.more.get("number", number)),
        "order_key": key,
        "created_via": act.more.get("created_via", "checkout"),
        "version": "10.3.5",
        "status": status,
        "currency": act.more.get("currency", account.shop["currency"]),
        "prices_include_tax": False,
        "discount_total": "0.00",
        "shipping_total": "0.00",
        "total_tax": "0.00",
        "total": total_of(act, lines),
        "customer_id": int(act.more.get("customer_id", 0)),
        "customer_note": act.text,
        **_addresses(shopper, act),
        "payment_method": "" if status in UNPAID else "stripe",
        "payment_method_title": "" if status in UNPAID else "Card",
        "transaction_id": "",
        **dated("date_created", act.at),
        **dated("date_modified", act.at),
        **dated("date_paid", None),
        **dated("date_completed", None),
        "cart_hash": ids.hex_id(32),
        "meta_data": _meta(account, shopper, act),
        "line_items": [_line(account, line) for line in lines],
        "tax_lines": [],
        "shipping_lines": _shipping(act),
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [],
        "payment_url": f"{account.id}/checkout/order-pay/{number}/?pay_for_order=true&key={key}",
    }
    account.shop["orders"][str(number)] = order
    set_status(order, status, act.at)
    return order


def set_status(order: Json, status: str, at: float) -> None:
    if order["status"] != "trash":
        order["status_before_trash"] = order["status"]
    order["status"] = status
    if status in _PAID and order["date_paid"] is None:
        order |= dated("date_paid", at) | {"payment_method": "stripe", "payment_method_title": "Card"}
    if status == "completed" and order["date_completed"] is None:
        order |= dated("date_completed", at)
    order |= dated("date_modified", at)


def track(order: Json, act: Act) -> None:
    """One more parcel, as the plugin Shipment Tracking keeps it: its times are text."""
    item = {
        "tracking_provider": act.more.get("provider", ""),
        "custom_tracking_provider": act.more.get("courier", "" if "provider" in act.more else "Nova Post"),
        "custom_tracking_link": act.more.get("url", "https://courier.example/track/20450000000001"),
        "tracking_number": str(act.more.get("number", "20450000000001")),
        "date_shipped": str(int(act.at)),
        "tracking_id": ids.hex_id(32),
    }
    for meta in order["meta_data"]:
        if meta["key"] == "_wc_shipment_tracking_items":
            meta["value"].append(item)
            return
    order["meta_data"].append({"id": 900, "key": "_wc_shipment_tracking_items", "value": [item]})


def refund(account: Account, order: Json, act: Act) -> None:
    """Some money goes back, or all that is left: then the order is `refunded`."""
    back = sum((-Decimal(each["total"]) for each in order["refunds"]), Decimal(0))
    left = Decimal(order["total"]) - back
    given = Decimal(amount(act.more.get("amount", left)))
    if not 0 < given <= left:
        raise Refused(f"there are {left} left to refund", 409, "event.amount")
    number = next_id(account)
    order["refunds"].append({"id": number, "reason": act.text, "total": f"-{given}"})
    set_status(order, "refunded" if given == left else order["status"], act.at)


def shown(order: Json) -> Json:
    """What the API tells of it."""
    return {name: value for name, value in order.items() if name != "status_before_trash"}


def next_id(account: Account) -> int:
    account.shop["last_id"] += 1
    return int(account.shop["last_id"])


def _addresses(shopper: Shopper, act: Act) -> Json:
    first, _, last = shopper.name.partition(" ")
    place = {
        "first_name": first,
        "last_name": last,
        "company": "",
        "address_1": "1 Quay Street",
        "address_2": "",
        "city": "Sample Town",
        "state": "",
        "postcode": str(act.more.get("postcode", "AB1 2CD")),
        "country": str(act.more.get("country", "GB")),
    }
    email = act.more.get("email", f"{quote(shopper.name.lower().replace(' ', '.'))}@example.com")
    phone = act.more.get("phone", shopper.phone)
    return {"billing": place | {"email": email, "phone": phone}, "shipping": place | {"phone": ""}}


def _meta(account: Account, shopper: Shopper, act: Act) -> list[Json]:
    """How they came to the shop, and in which language they read it, as plugins note it."""
    ref = act.more.get("ref")
    entry = f"{account.id}/" + (f"?parley={quote(str(ref))}" if ref else "")
    told: dict[str, Any] = {
        "_wc_order_attribution_source_type": "typein",
        "_wc_order_attribution_session_entry": entry,
        "wpml_language": act.more.get("language", shopper.language),
    }
    return [{"id": 100 + n, "key": key, "value": value} for n, (key, value) in enumerate(told.items())]


def _line(account: Account, line: Json) -> Json:
    total = amount(Decimal(line["price"]) * int(line["quantity"]))
    variant = line.get("variant", "")
    product = int(line.get("product_id", 7000 + sum(map(ord, line["title"])) % 1000))
    name = f"{line['title']} - {variant}" if variant else line["title"]
    chosen = {"key": "pa_variant", "value": variant, "display_key": "Variant", "display_value": variant}
    return {
        "id": next_id(account),
        "name": name,
        "product_id": product,
        "variation_id": product + 1 if variant else 0,
        "quantity": int(line["quantity"]),
        "tax_class": "",
        "subtotal": total,
        "subtotal_tax": "0.00",
        "total": total,
        "total_tax": "0.00",
        "taxes": [],
        "meta_data": [{"id": 1} | chosen] if variant else [],
        "sku": line.get("sku", ""),
        "price": float(line["price"]),
        "image": {"id": product, "src": line.get("picture", f"{account.id}/picture/{product}.png")},
        "parent_name": line["title"] if variant else None,
    }


def _shipping(act: Act) -> list[Json]:
    method = act.more.get("shipping", "flat_rate")
    title = "Collection" if method in _NOT_SHIPPED else "Courier"
    line = {"id": 1, "method_title": title, "method_id": method, "instance_id": "1", "total": "0.00"}
    return [line] if method else []
