"""Any shop brings its carts and orders by plain JSON: what does not fit is named, what is old is let be."""

from typing import Any

import pytest
from shop import Merchant, open_shop

CART = {
    "updated_at": "2026-11-01T12:00:00Z",
    "buyer": {"email": "Ana@Example.org", "phone": "0712 345 678", "country": "ro"},
    "lines": [{"title": "Ceai verde", "quantity": 2, "price": "12.50"}],
    "total": 25,
    "currency": "RON",
    "url": "https://shop.example/cart/1",
}
ORDER = {
    "updated_at": "2026-11-01T13:00:00Z",
    "placed_at": "2026-11-01T12:59:00Z",
    "number": "#1001",
    "paid": "paid",
    "buyer": CART["buyer"],
    "lines": [{"line_id": "1", "title": "Ceai verde", "quantity": 2, "price": "12.50"}],
    "total": "25.00",
    "currency": "RON",
    "carts": ["c-1"],
    "parcels": [{"parcel_id": "p-1", "state": "shipped", "courier": "Fan Courier", "number": "AWB 1"}],
}


def connected(shop: Merchant, name: str = "Tea House") -> str:
    answer = shop.call("POST", "/setup/shop", json={"name": name})
    assert answer.status_code == 201, answer.text
    assert answer.json()["status"] == "active"
    return str(answer.json()["connection_id"])


def put(shop: Merchant, path: str, body: Any, expect: int = 200) -> Any:
    answer = shop.call("PUT", path, json=body)
    assert answer.status_code == expect, answer.text
    return answer.json()


def test_a_cart_becomes_an_order_and_nothing_goes_back(stack: Any) -> None:
    shop = open_shop(stack)
    other = open_shop(stack)
    connection = connected(shop)
    assert connected(shop, " tea house ") == connection
    assert connected(other) != connection

    cart = put(shop, f"/shops/{connection}/carts/c-1", CART)
    assert (cart["state"], cart["shopper_id"]) == ("open", None)
    order = put(shop, f"/shops/{connection}/orders/7", ORDER)
    assert (order["number"], order["total"], order["parcels"][0]["state"]) == ("#1001", "25.00", "shipped")
    assert put(shop, f"/shops/{connection}/carts/c-1", CART)["state"] == "bought"
    older = ORDER | {"updated_at": "2026-10-31T13:00:00Z", "paid": "pending", "number": "#1001"}
    assert put(shop, f"/shops/{connection}/orders/7", older) == order

    put(other, f"/shops/{connection}/carts/c-1", CART, 404)
    shop.call("DELETE", f"/setup/{connection}")
    put(shop, f"/shops/{connection}/carts/c-1", CART, 409)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"updated_at": "2126-11-01T12:00:00Z"}, "updated_at"),
        ({"updated_at": "yesterday"}, "updated_at"),
        ({"total": "12,50"}, "total"),
        ({"lines": [{"quantity": 1}]}, "lines.0.title"),
        ({"buyer": {"emails": "a@example.org"}}, "buyer.emails"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_named(stack: Any, change: Any, field: str) -> None:
    shop = open_shop(stack)
    connection = connected(shop)
    told = put(shop, f"/shops/{connection}/carts/c-1", CART | change, 400)
    assert told["error"]["field"] == field, told


def test_a_messenger_is_no_shop(stack: Any) -> None:
    shop = open_shop(stack)
    account = shop.connect("telegram")
    told = put(shop, f"/shops/{account.connection['connection_id']}/carts/c-1", CART, 409)
    assert told["error"]["code"] == "no_shop"
    connection = connected(shop)
    asked = shop.call("POST", "/links", json={"connection_id": connection, "cart_id": "c-1"})
    assert (asked.status_code, asked.json()["error"]["field"]) == (409, "connection_id")
    checked = shop.call("POST", f"/setup/{connection}/check").json()
    assert [one["severity"] for one in checked["findings"]] == ["ok", "ok"]
