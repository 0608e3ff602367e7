"""A return from the API to the phone: opened, approved, paid back by the shop, counted, beside the thread."""

from base64 import b64encode
from typing import Any

import pytest
from shop import Merchant, Shopper, eventually, open_shop
from test_any_shop_tells import connected, put
from test_changes import PNG
from test_stop_and_start import midday

ORDER = {
    "number": "#1001",
    "paid": "paid",
    "buyer": {"email": "ana@example.org"},
    "lines": [{"line_id": "1", "title": "Ceai verde", "quantity": 2, "price": "12.50", "product_id": "tea"}],
    "total": "25.00",
    "currency": "EUR",
    "parcels": [{"parcel_id": "p-1", "state": "delivered"}],
}
NOTED = "We have noted it. As soon as it is decided, we will write here."
TAKES_BACK = {"on": True, "days": 14, "instructions": {"en": "Post it to 1 Mill Lane."}}


def asked(shop: Merchant, method: str, path: str, expect: int = 200, **body: Any) -> Any:
    answer = shop.call(method, path, json=body) if body else shop.call(method, path)
    assert answer.status_code == expect, answer.text
    return answer.json()


def hears(shopper: Shopper, text: str) -> None:
    eventually(lambda: text in shopper.heard(), f"{shopper.name} did not hear {text!r}: {shopper.heard()}")


def test_what_is_sent_back_is_told_on_the_phone_and_counted(stack: Any) -> None:
    midday(stack)
    shop = open_shop(stack)
    connection = connected(shop)
    ana = shop.connect("telegram").shopper("Ana")
    ana.writes("Hello, the tea is not what I ordered")
    ana.thread()
    put(shop, f"/shops/{connection}/orders/7", ORDER)
    wish = {
        "thread_id": ana.thread_id,
        "connection_id": connection,
        "order_id": "7",
        "lines": [{"line_id": "1"}],
        "reason": "wrong_item",
    }
    assert asked(shop, "POST", "/returns", 409, **wish)["error"]["code"] == "off"
    shop.set(returns=TAKES_BACK)
    opened = asked(shop, "POST", "/returns", 201, **wish)
    hears(
        ana,
        "↩️ Return for order #1001\n1 × Ceai verde\n"
        "We have noted it. As soon as it is decided, we will write here.",
    )
    path = f"/returns/{opened['return_id']}"
    for _ in range(2):
        asked(shop, "PATCH", path, state="approved", label_url="https://shop.example/l/1")
    hears(
        ana,
        "👍 Return for order #1001\n1 × Ceai verde\nIt is approved and can be sent back now.\n\n"
        "Post it to 1 Mill Lane.\n\nReturn label: https://shop.example/l/1",
    )
    assert asked(shop, "PATCH", path, 400, state="received", amount=3)["error"]["field"] == "amount"
    paid = {"refund_id": "r-1", "amount": "12.50", "lines": ["1"]}
    put(shop, f"/shops/{connection}/orders/7", ORDER | {"refunds": [paid]})
    hears(ana, "💶 Return for order #1001\n1 × Ceai verde\nWe have refunded: €12.50")
    told = [one for one in ana.heard() if "Return for order" in one]
    assert len(told) == 3

    one = asked(shop, "GET", path)
    assert (one["state"], one["amount"], one["currency"]) == ("refunded", "12.50", "EUR")
    assert [step["state"] for step in one["history"]] == ["requested", "approved", "refunded"]
    assert asked(shop, "PATCH", path, 409, state="approved")["error"]["code"] == "not_possible"
    assert asked(shop, "GET", "/returns?state=refunded")["items"] == [one]
    assert asked(shop, "GET", "/returns?state=approved")["items"] == []
    thread = shop.thread(ana.thread_id)
    assert (thread["returns"], "return" in thread["tags"]) == ([one], True)
    report = asked(shop, "GET", "/insights/returns")
    assert (report["states"]["refunded"], report["reasons"]["wrong_item"]) == (1, 1)
    assert report["products"] == [{"product_id": "tea", "title": "Ceai verde", "quantity": 1}]
    assert report["refunded"] == [{"currency": "EUR", "minor": 1250}]
    exported = asked(shop, "GET", f"/shoppers/{thread['shopper_id']}/export")
    assert [each["return_id"] for each in exported["returns"]] == [one["return_id"]]


@pytest.mark.soak
def test_a_return_is_asked_for_in_the_chat(stack: Any) -> None:
    midday(stack)
    shop = open_shop(stack)
    connection = connected(shop)
    shop.set(returns=TAKES_BACK)
    bea = shop.connect("telegram").shopper("Bea")
    put(shop, f"/shops/{connection}/orders/8", ORDER | {"number": "#1008"})
    bea.writes("I want to return order #1008")
    hears_of(bea, "e-mail")
    bea.writes("ana@example.org")
    hears_of(bea, "What is the reason?")
    bea.does("button", title="Damaged")
    hears_of(bea, "Send one, or tap")
    bea.does("image", base64=b64encode(PNG).decode(), mime_type="image/png")
    hears(bea, "↩️ Return for order #1008\n2 × Ceai verde\n" + NOTED)
    (one,) = asked(shop, "GET", "/returns?state=requested")["items"]
    (photo,) = [row for row in bea.rows("shopper") if row.get("media")]
    assert (one["reason"], one["photos"]) == ("damaged", [photo["message_id"]])
    thread = bea.thread()
    assert (thread["returns"], "return" in thread["tags"]) == ([one], True)


def hears_of(shopper: Shopper, part: str) -> None:
    eventually(
        lambda: any(part in text for text in shopper.heard()),
        f"{shopper.name} did not hear of {part!r}: {shopper.heard()}",
    )
