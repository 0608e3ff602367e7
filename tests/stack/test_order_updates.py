"""A shop tells of its orders, and their buyers read of it on their phones: each thing once."""

from datetime import timedelta
from typing import Any, Final

import pytest
import requests
from shop import (
    KINDS,
    Account,
    Json,
    Merchant,
    Shopper,
    clock,
    eventually,
    open_shop,
    pass_time,
    settle,
    together,
)
from test_links_to_carts import comes_by
from test_stop_and_start import midday

PHONES: Final = {"Ana Popescu": "40712300001", "Dan Ionescu": "40712300002", "Eva Luca": "40712300003"}
PARCEL: Final = {
    "parcel_id": "p1",
    "courier": "DHL",
    "number": "0034",
    "url": "https://dhl.example/0034",
}


def a_shop(stack: Any) -> tuple[Merchant, Account, str]:
    """One that tells of its orders on WhatsApp; the id of where its orders are."""
    shop = open_shop(
        stack, name="Casa Luna", zone="Europe/Bucharest", country="RO", orders={"on": True}, languages=["en"]
    )
    connected = shop.call("POST", "/setup/shop", json={"name": "Webshop"})
    assert connected.status_code == 201, connected.text
    return shop, shop.connect("whatsapp"), str(connected.json()["connection_id"])


def told(shopper: Shopper) -> list[str]:
    """What they read of their order; the automatic answer to their own words apart."""
    return [text for text in shopper.heard() if "Order #" in text]


def hears(shopper: Shopper, count: int) -> list[str]:
    def enough() -> list[str]:
        found = told(shopper)
        return found if len(found) >= count else []

    return eventually(enough, f"{shopper.name} was not told {count} things: {shopper.heard()}")


def test_a_buyer_reads_once_of_each_stage_however_the_shop_repeats_itself(stack: Any) -> None:
    midday(stack)
    shop, account, shop_id = a_shop(stack)
    ana = account.shopper("Ana Popescu", phone=PHONES["Ana Popescu"])
    ana.writes("Hello, this is Ana.")
    ana.thread()
    start = clock(stack)
    bodies: list[Json] = []

    def tell(**order: Any) -> None:
        at = (start + timedelta(seconds=len(bodies) + 1)).isoformat()
        told_now = {"number": "#1001", "buyer": {"phone": "+40 712 300 001"}, "placed_at": start.isoformat()}
        parcels = [{"updated_at": at, **one} for one in order.pop("parcels", [])]
        bodies.append(told_now | {"updated_at": at, "parcels": parcels} | order)
        put(bodies[-1])

    def put(body: Json) -> None:
        answer = shop.call("PUT", f"/shops/{shop_id}/orders/77", json=body)
        assert answer.status_code == 200, answer.text

    tell()
    assert hears(ana, 1)[0].startswith("🧾 Order #1001\nThank you! We have your order.")
    tell(paid="paid", parcels=[PARCEL | {"state": "shipped"}])
    shipped = hears(ana, 2)[1]
    assert "It is on its way to you." in shipped and "DHL: 0034" in shipped
    tell(paid="paid", parcels=[PARCEL | {"state": "delivered"}])
    assert "It has been delivered." in hears(ana, 3)[2]
    for body in (*reversed(bodies), *bodies, bodies[1]):
        put(body)
    settle(stack)
    assert len(told(ana)) == 3, "nothing is told twice, and nothing backwards"
    updates = [row for row in ana.rows("auto") if "Order #" in row["text"]]
    assert len(updates) == 3 and all(row["status"] in ("sent", "delivered", "read") for row in updates)
    url = next(line.partition(": ")[2] for line in shipped.splitlines() if "/t/" in line)
    page = requests.get(url, timeout=60)
    assert page.status_code == 200 and "It has been delivered." in page.text


@pytest.mark.soak
def test_who_comes_by_a_link_to_their_order_hears_of_it_on_every_channel(stack: Any) -> None:
    midday(stack)
    shop = open_shop(stack, name="Casa Luna", zone="Europe/Bucharest", orders={"on": True}, languages=["en"])
    connected = shop.call("POST", "/setup/shop", json={"name": "Webshop"})
    shop_id = connected.json()["connection_id"]
    buyers: list[Shopper] = []

    def hears_of_it(kind: str) -> None:
        account = shop.connect(kind)
        link = account.link(cart_id=f"cart of {kind}")
        ina = account.shopper("Ina")
        comes_by(ina, link)
        eventually(lambda: ina.thread().get("link"), "she did not come by the link")
        parcel = PARCEL | {"state": "out_for_delivery"}
        body = {"number": "#1004", "ref": link["token"], "parcels": [parcel]}
        path = f"/shops/{shop_id}/orders/{kind.replace(' ', '-')}"
        for _ in range(2):
            assert shop.call("PUT", path, json=body).status_code == 200
        assert "The courier is on the way to you with it." in hears(ina, 1)[0]
        buyers.append(ina)

    together(hears_of_it, KINDS)
    settle(stack)
    assert [len(told(one)) for one in buyers] == [1] * len(KINDS)


@pytest.mark.soak
def test_when_the_promised_day_is_over_the_buyer_hears_of_it_once(stack: Any) -> None:
    midday(stack)
    shop, account, shop_id = a_shop(stack)
    dan = account.shopper("Dan Ionescu", phone=PHONES["Dan Ionescu"])
    dan.writes("Hello, this is Dan.")
    dan.thread()
    today = clock(stack).date().isoformat()
    parcel = PARCEL | {"state": "shipped", "promised_on": today}
    body = {"number": "#1002", "buyer": {"phone": "0712 300 002", "country": "RO"}, "parcels": [parcel]}

    def put() -> None:
        answer = shop.call("PUT", f"/shops/{shop_id}/orders/78", json=body)
        assert answer.status_code == 200, answer.text

    put()
    assert "Expected: " in hears(dan, 1)[0]
    dan.writes("Thank you!")  # so that the window is open still when the day is over
    pass_time(stack, hours=21)
    assert "taking longer than we promised" in hears(dan, 2)[1]
    put()
    pass_time(stack, hours=1)
    settle(stack)
    assert len(told(dan)) == 2


@pytest.mark.soak
def test_after_the_window_an_approved_template_tells_of_it_if_they_have_agreed(stack: Any) -> None:
    midday(stack)
    shop, account, shop_id = a_shop(stack)
    eva = account.shopper("Eva Luca", phone=PHONES["Eva Luca"])
    eva.writes("Hello, this is Eva.")
    template = {
        "name": "order_update",
        "language": "en",
        "variables": {
            "body.1": {"field": "shopper.first_name", "fallback": "there"},
            "body.2": {"field": "order.number", "fallback": "of yours"},
            "body.3": "on its way",
        },
    }
    shop.set(orders={"templates": {account.connection["connection_id"]: [template]}})
    shopper_id = eva.thread()["shopper_id"]
    yes = {"purpose": "updates", "state": "given", "how": "box", "text": "News of my orders"}
    assert shop.call("POST", f"/shoppers/{shopper_id}/consent", json=yes).status_code == 201
    pass_time(stack, hours=25)
    parcel = PARCEL | {"state": "shipped"}
    body = {"number": "#1003", "buyer": {"phone": "+40712300003"}, "parcels": [parcel]}
    assert shop.call("PUT", f"/shops/{shop_id}/orders/79", json=body).status_code == 200

    def is_told() -> list[str]:
        return [text for text in eva.heard() if "#1003" in text]

    assert eventually(is_told, "no template came") == [
        "Hello Eva, your order #1003 is now on its way. Thank you!"
    ]


def test_who_sees_the_page_of_an_order_sees_no_more_than_that(stack: Any) -> None:
    home = f"{stack.api_url}/t"
    answers = [requests.get(f"{home}/{one}", timeout=60) for one in ("x", "AAAA" * 20, "%3Cb%3E")]
    assert {(one.status_code, one.text) for one in answers} == {(404, answers[0].text)}
    assert answers[0].headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answers[0].headers["Cache-Control"] == "no-store"
