"""Where is my order? Answered in the chat, to whoever it belongs to, and to nobody else."""

from typing import Any, Final

from shop import ALWAYS_OPEN, Account, Merchant, Shopper, eventually, open_shop, together

PHONE: Final = "40712345678"
ORDER: Final = {
    "updated_at": "2026-11-01T13:00:00Z",
    "placed_at": "2026-11-01T12:59:00Z",
    "number": "#1001",
    "paid": "paid",
    "buyer": {"email": "ana@example.org", "phone": "0712 345 678", "country": "ro", "postcode": "400001"},
    "lines": [{"line_id": "1", "title": "Green tea", "quantity": 2, "price": "12.50"}],
    "total": "25.00",
    "currency": "RON",
    "parcels": [{"parcel_id": "p-1", "state": "in_transit", "courier": "Fan Courier", "number": "AWB77"}],
}
FACTS: Final = ("AWB77", "Fan Courier", "travelling", "RON")


def tell_order(shop: Merchant) -> None:
    connected = shop.call("POST", "/setup/shop", json={"name": "Tea House"})
    assert connected.status_code == 201, connected.text
    path = f"/shops/{connected.json()['connection_id']}/orders/7"
    told = shop.call("PUT", path, json=ORDER)
    assert told.status_code == 200, told.text


def asks(shopper: Shopper, *texts: str) -> str:
    """Each once the one before was answered; the last answer."""
    for text in texts:
        count = len(shopper.heard()) + 1
        shopper.writes(text)
        shopper.hears(count)
    return shopper.heard()[-1]


def tells_nothing(heard: list[str]) -> bool:
    return not any(fact in text for fact in FACTS for text in heard)


def own_number_proves(account: Account) -> None:
    ana = account.shopper("Ana", phone=PHONE)
    text = asks(ana, "hi, where is my order?")
    assert "AWB77" in text and "Fan Courier" in text, text
    thread = ana.thread()
    assert [one["number"] for one in thread["orders"]] == ["#1001"]
    assert (thread["orders"][0]["parcels"][0]["courier"], thread["orders"][0]["total"]) == (
        "Fan Courier",
        "25.00",
    )
    assert (thread["late_deliveries"], thread["returns"], thread["past_threads"]) == (0, [], [])
    eventually(lambda: "waiting_since" not in ana.thread(), "she waits though she was answered")


def number_and_email_prove(account: Account) -> None:
    bob = account.shopper("Bob")
    asked = asks(bob, "where is my order?", "1001")
    assert tells_nothing(bob.heard()) and "e-mail" in asked, bob.heard()
    text = asks(bob, "it is Ana@Example.org")
    assert "AWB77" in text, text
    assert bob.thread()["orders"] == [], "it was proven in the chat, not to be another person's"


def five_wrong_attempts(account: Account) -> None:
    eve = account.shopper("Eve")
    guesses = [
        f"where is order #{number}? my postcode is 40000{number % 7 + 2}" for number in range(1001, 1006)
    ]
    last = asks(eve, *guesses)
    heard = eve.heard()
    assert len(set(heard[:4])) == 1, "the same words whether there is such an order or not"
    assert last != heard[0] and "team" in last, last
    eve.writes("order 1001 ana@example.org")
    eve.said("order 1001 ana@example.org")
    assert tells_nothing(eve.heard())
    thread = eve.thread()
    assert thread["waiting_since"] and thread["promised_at"], "a person takes over"


def test_an_order_is_told_to_whoever_proves_it_and_to_nobody_else(stack: Any) -> None:
    shop = open_shop(stack, name="Tea House", languages=["en"], opening_hours=ALWAYS_OPEN)
    tell_order(shop)
    accounts = {kind: shop.connect(kind) for kind in ("whatsapp", "telegram", "messenger")}
    work = {
        "whatsapp": own_number_proves,
        "telegram": number_and_email_prove,
        "messenger": five_wrong_attempts,
    }
    together(lambda kind: work[kind](accounts[kind]), work)
