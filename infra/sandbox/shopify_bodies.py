"""What a Shopify shop keeps of checkouts and orders, as its webhooks tell them: amounts as text, times in the
shop's zone. What begins with `_` is known to the Admin API alone.

Source: shopify.dev/docs/api/webhooks
"""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from . import ids
from .base import Act, Refused
from .shops import amount, lines_of, total_of
from .state import Account, Json, Shopper

# The shop stands in a zone of its own, so that whoever drops it is hours late.
_ZONE: Final = timezone(timedelta(hours=-5))
PLACES: Final = ("phone", "sms_marketing_phone", "shipping_address", "billing_address", "customer")
_TAKEN_OVER: Final = (
    *("email", "phone", "customer", "customer_locale", "shipping_address", "billing_address"),
    *("note_attributes", "landing_site", "line_items", "currency", "total_price", "subtotal_price"),
)


def stamp(at: float) -> str:
    return datetime.fromtimestamp(at, _ZONE).isoformat(timespec="seconds")


def touched(kept: Json, at: float) -> None:
    """Later than whatever changed it before: Shopify has no two states at one moment."""
    kept["updated_at"] = stamp(max(at, changed_at(kept) + 1) if "updated_at" in kept else at)


def changed_at(kept: Json) -> float:
    return datetime.fromisoformat(kept["updated_at"]).timestamp()


def public(kept: Any) -> Any:
    """As a webhook tells it."""
    if isinstance(kept, list):
        return [public(one) for one in kept]
    if not isinstance(kept, dict):
        return kept
    return {name: public(value) for name, value in kept.items() if not name.startswith("_")}


def next_id(account: Account) -> int:
    account.shop["last_id"] += 1
    return int(account.shop["last_id"])


def new_checkout(account: Account, shopper: Shopper, act: Act, base_url: str) -> Json:
    token = str(act.more.get("token") or ids.hex_id(32))
    number = next_id(account)
    checkout: Json = {
        "id": number,
        "token": token,
        "cart_token": ids.hex_id(32),
        "name": f"#{number}",
        "created_at": stamp(act.at),
        "completed_at": None,
        "closed_at": None,
        "abandoned_checkout_url": f"{base_url}/shopify/{account.id}/checkouts/{token}/recover"
        f"?key={ids.hex_id(32)}",
        "source_name": "web",
        "discount_codes": [],
        "_options": act.more,
        **person(account, shopper, act),
        **bought(account, act),
    }
    touched(checkout, act.at)
    return checkout


def change_checkout(account: Account, checkout: Json, shopper: Shopper, act: Act) -> None:
    """What the event names is as it says; all else stays."""
    kept = dict(checkout["_options"])
    if "lines" in act.more:
        kept.pop("total", None)
    whole = replace(act, more={**kept, **act.more})
    checkout |= person(account, shopper, whole) | bought(account, whole) | {"_options": whole.more}
    touched(checkout, act.at)


def new_order(account: Account, shopper: Shopper, act: Act, base_url: str, checkout: Json | None) -> Json:
    number = next_id(account)
    account.shop["last_number"] += 1
    name = str(act.more.get("number") or f"#{account.shop['last_number']}")
    is_paid = act.more.get("paid", True)
    about = {**person(account, shopper, act), **bought(account, act)} if checkout is None else {}
    if checkout is not None:
        about = {part: checkout[part] for part in _TAKEN_OVER}
    order: Json = {
        "id": number,
        "admin_graphql_api_id": f"gid://shopify/Order/{number}",
        "name": name,
        "order_number": account.shop["last_number"],
        "checkout_id": checkout["id"] if checkout else None,
        "checkout_token": checkout["token"] if checkout else None,
        "cart_token": checkout["cart_token"] if checkout else None,
        "confirmed": True,
        "created_at": stamp(act.at),
        "processed_at": stamp(act.at),
        "cancelled_at": None,
        "cancel_reason": None,
        "financial_status": "paid" if is_paid else "pending",
        "fulfillment_status": None,
        "order_status_url": f"{base_url}/shopify/{account.id}/orders/{number}",
        "source_name": act.more.get("source", "web"),
        "fulfillments": [],
        "refunds": [],
        **about,
    }
    order["line_items"] = [line | {"id": next_id(account)} for line in order["line_items"]]
    order["current_total_price"] = order["total_price"]
    touched(order, act.at)
    return order


def person(account: Account, shopper: Shopper, act: Act) -> Json:
    """phone, email: null for none. phone_in: where the number stands, among the five places that may have
    it. consent: what stands beside the box that they ticked for messages. ref: a token of ours in the address
    by which they came."""
    more, first, _, last = act.more, *shopper.name.partition(" ")
    slug = "".join(letter for letter in shopper.name.casefold() if letter.isascii() and letter.isalnum())
    email = more.get("email", f"{slug or 'shopper'}@example.com")
    place = more.get("phone_in", "shipping_address")
    if place not in PLACES:
        raise Refused(f"phone_in is one of: {', '.join(PLACES)}", field="event.phone_in")
    phone = {place: more.get("phone", shopper.phone)}
    known = account.shop["customers"].setdefault(shopper.name, next_id(account))
    address = {
        "name": shopper.name,
        "first_name": first,
        "last_name": last,
        "address1": "1 Sample Street",
        "city": "Sampleton",
        "zip": more.get("postcode", "AB1 2CD"),
        "country_code": more.get("country", "GB"),
    }
    ref = more.get("ref")
    attributes = [dict(one) for one in more.get("note_attributes", [])]
    if more.get("consent"):
        attributes.append({"name": "parley_opt_in", "value": str(more["consent"])})
    return {
        "email": email,
        "phone": phone.get("phone"),
        "sms_marketing_phone": phone.get("sms_marketing_phone"),
        "customer_locale": more.get("language", shopper.language),
        "buyer_accepts_marketing": bool(more.get("accepts_marketing")),
        "customer": {
            "id": known,
            "email": email,
            "phone": phone.get("customer"),
            "_phone": more.get("phone", shopper.phone) if "address" not in place else None,
            "_locale": more.get("language", shopper.language),
            "first_name": first,
            "last_name": last,
        },
        "shipping_address": address | {"phone": phone.get("shipping_address")},
        "billing_address": address | {"phone": phone.get("billing_address")},
        "note_attributes": attributes,
        "landing_site": more.get("landing_site", f"/?parley={quote(str(ref))}" if ref else "/"),
        "referring_site": "",
    }


def bought(account: Account, act: Act) -> Json:
    lines = lines_of(act)
    total = total_of(act, lines)
    return {
        "currency": act.more.get("currency", account.shop["currency"]),
        "presentment_currency": act.more.get("currency", account.shop["currency"]),
        "line_items": [_line(account, line) for line in lines],
        "subtotal_price": total,
        "total_price": total,
        "total_discounts": "0.00",
    }


def _line(account: Account, line: Json) -> Json:
    quantity = int(line["quantity"])
    return {
        "product_id": line.get("product_id", 632910392),
        "variant_id": line.get("variant_id", 808950810),
        "title": str(line["title"]),
        "variant_title": line.get("variant", ""),
        "quantity": quantity,
        "price": line["price"],
        "line_price": str(Decimal(line["price"]) * quantity),
        "sku": line.get("sku", ""),
        "vendor": account.name,
        "_picture": line.get("picture", "https://cdn.shopify.com/s/files/1/0001/mug.png"),
        "_url": line.get("url", f"https://{account.id}/products/mug"),
    }


def fulfilment(account: Account, order: Json, act: Act) -> Json:
    """A parcel with all that was not packed before, or with the `lines` named by their place from 0."""
    packed = {line["id"] for parcel in order["fulfillments"] for line in parcel["line_items"]}
    left = [line for line in order["line_items"] if line["id"] not in packed]
    if "lines" in act.more:
        left = [line for place, line in enumerate(order["line_items"]) if place in act.more["lines"]]
    if not left:
        raise Refused("nothing of this order is left to be packed", 409, "event.lines")
    number = next_id(account)
    tracking = str(act.more.get("number", f"TRK{number}"))
    url = act.more.get("url", f"https://courier.example/track/{tracking}")
    parcel: Json = {
        "id": number,
        "order_id": order["id"],
        "name": f"{order['name']}.{len(order['fulfillments']) + 1}",
        "status": "success",
        "shipment_status": None,
        "created_at": stamp(act.at),
        "tracking_company": act.more.get("courier", "Sample Post"),
        "tracking_number": tracking,
        "tracking_numbers": [tracking],
        "tracking_url": url,
        "tracking_urls": [url],
        "line_items": left,
        "_estimated": act.more.get("promised"),
    }
    touched(parcel, act.at)
    order["fulfillments"].append(parcel)
    is_all = len(packed) + len(left) >= len(order["line_items"])
    order["fulfillment_status"] = "fulfilled" if is_all else "partial"
    touched(order, act.at)
    return parcel


def refund(account: Account, order: Json, act: Act) -> Json:
    """All of the order, or `amount`, or the `lines` named by their place from 0."""
    places = act.more.get("lines", range(len(order["line_items"])))
    lines = [line for place, line in enumerate(order["line_items"]) if place in places]
    summed = sum((Decimal(line["line_price"]) for line in lines), Decimal(0))
    worth = summed if "lines" in act.more else order["total_price"]
    back = amount(act.more.get("amount", worth))
    made: Json = {
        "id": next_id(account),
        "order_id": order["id"],
        "created_at": stamp(act.at),
        "processed_at": stamp(act.at),
        "note": act.more.get("note"),
        "refund_line_items": [{"line_item_id": line["id"], "quantity": line["quantity"]} for line in lines],
        "transactions": [{"kind": "refund", "status": "success", "amount": back}],
    }
    order["refunds"].append(made)
    left = Decimal(order["current_total_price"]) - Decimal(back)
    order["current_total_price"] = amount(max(left, Decimal(0)))
    order["financial_status"] = "refunded" if left <= 0 else "partially_refunded"
    touched(order, act.at)
    return made
