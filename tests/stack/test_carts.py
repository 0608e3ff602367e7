"""Carts that are left in a shop: on the phone at the right minute, and silence after the purchase."""

from typing import Any, Final

import pytest
from shop import Json, Merchant, Shopper, clock, eventually, open_shop, pass_time, settle
from test_links_to_carts import comes_by
from test_stop_and_start import agrees, midday

from chalicelib.domain.commerce.reminding import is_held_out

# A coin that falls on one side so often is none.
ENOUGH: Final = 40


def a_shop(stack: Any, **carts: Any) -> Merchant:
    return open_shop(
        stack,
        name="Tea House",
        zone="UTC",
        country="GB",
        carts={"on": True, **carts},
    )


def sells(shop: Merchant) -> str:
    """The connection of the shop that carts and orders are brought from."""
    answer = shop.call("POST", "/setup/shop", json={"name": "Tea House"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["connection_id"])


def leaves(shop: Merchant, place: str, cart_id: str, **buyer: Any) -> Json:
    """They put something into a cart, now; what is known of it."""
    now = clock(shop.stack).isoformat()
    cart = {
        "updated_at": now,
        "created_at": now,
        "buyer": buyer,
        "lines": [{"title": "Green tea", "quantity": 2, "price": "12.25", "product_id": "p1"}],
        "total": "24.50",
        "currency": "GBP",
        "url": f"https://shop.example/cart/{cart_id}",
    }
    return brings(shop, f"/shops/{place}/carts/{cart_id}", cart)


def buys(shop: Merchant, place: str, order_id: str, cart_id: str, **buyer: Any) -> None:
    now = clock(shop.stack).isoformat()
    order = {
        "updated_at": now,
        "placed_at": now,
        "number": f"#{order_id}",
        "paid": "paid",
        "buyer": buyer,
        "lines": [{"line_id": "1", "title": "Green tea", "quantity": 2, "price": "12.25"}],
        "total": "24.50",
        "currency": "GBP",
        "carts": [cart_id],
    }
    brings(shop, f"/shops/{place}/orders/{order_id}", order)


def brings(shop: Merchant, path: str, body: Json) -> Json:
    answer = shop.call("PUT", path, json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def is_quiet(stack: Any, shopper: Shopper, told: int, **span: float) -> None:
    """Nothing more is said to them in so long."""
    pass_time(stack, **span)
    settle(stack)
    assert len(shopper.heard()) == told, shopper.heard()


def test_a_buyer_who_is_known_by_their_number_is_reminded_once_and_left_alone_after_the_purchase(
    stack: Any,
) -> None:
    midday(stack)
    shop = a_shop(stack)
    place, account = sells(shop), shop.connect("whatsapp")
    ana = account.newcomer("Ana", phone="+447400123456")
    bo = account.newcomer("Bo", phone="+447400123457")
    for shopper in (ana, bo):
        shop.reply(shopper.thread()["thread_id"], "Hello!")
    agrees(ana)
    settle(stack)
    pass_time(stack, hours=1)
    ana_told, bo_told = len(ana.heard()), len(bo.heard())
    known = leaves(shop, place, "c-1", phone="07400 123456")
    assert (known["state"], known["shopper_id"]) == ("open", ana.thread()["shopper_id"])
    leaves(shop, place, "c-2", phone="+44 7400 123457")
    is_quiet(stack, ana, ana_told, minutes=40)
    pass_time(stack, minutes=5, seconds=5)
    text = ana.hears(ana_told + 1)[-1]
    assert "Green tea (£24.50)" in text and "STOP" in text
    settle(stack)
    assert len(bo.heard()) == bo_told, "who has not said yes is not reminded"
    buys(shop, place, "7001", "c-1", phone="+447400123456")
    is_quiet(stack, ana, ana_told + 1, days=2)
    told = eventually(lambda: report_if(shop, recovered=1), "the purchase was not counted")
    assert told["skipped"] == {"no_opt_in": 1} and told["revenue"] == [{"currency": "GBP", "minor": 2450}]
    assert (told["carts"], told["reachable"], told["reached"]) == (2, 1, 1)
    assert told["uplift"]["told"] is False and told["uplift"]["message"] == "too few to tell"


def report_if(shop: Merchant, **wanted: int) -> Json:
    """The report of carts, once it says this."""
    told = shop.get("/insights/carts")
    return told if all(told[name] == value for name, value in wanted.items()) else {}


@pytest.mark.soak
def test_who_came_by_a_link_to_their_cart_is_reminded_twice_unless_they_are_held_out(stack: Any) -> None:
    midday(stack)
    shop = a_shop(stack, holdout=50)
    place, account = sells(shop), shop.connect("telegram")
    groups: dict[bool, tuple[Shopper, str]] = {}
    for number in range(ENOUGH):
        shopper, cart_id = account.shopper(f"Cy {number}"), f"c-{number}"
        leaves(shop, place, cart_id)
        comes_by(shopper, account.link(cart_id=cart_id))
        eventually(lambda one=shopper: one.thread().get("link"), "they are not tied to their cart")
        agrees(shopper)
        held_out = is_held_out(shop.merchant_id, shopper.thread()["shopper_id"], 50)
        groups[held_out] = (shopper, cart_id)
        if len(groups) == len((True, False)):
            break
    (reminded, cart_id), (left_alone, other) = groups[False], groups[True]
    settle(stack)
    first, silence = len(reminded.heard()), len(left_alone.heard())
    pass_time(stack, minutes=46)
    assert "Green tea" in reminded.hears(first + 1)[-1]
    is_quiet(stack, reminded, first + 1, hours=23)
    pass_time(stack, hours=1, minutes=2)
    assert "Green tea" in reminded.hears(first + 2)[-1]
    is_quiet(stack, reminded, first + 2, days=3)
    assert len(left_alone.heard()) == silence, "whoever is held out is never written to"
    for order_id, bought in (("8001", cart_id), ("8002", other)):
        buys(shop, place, order_id, bought)
    pass_time(stack, minutes=2)
    told = eventually(lambda: bought_in_both(shop), "not both purchases were counted")
    assert (told["recovered"], told["uplift"]["told"]) == (1, False)


def bought_in_both(shop: Merchant) -> Json:
    """The report of carts, once one of each group has bought."""
    told = shop.get("/insights/carts")
    groups = (told["uplift"]["reminded"], told["uplift"]["left_alone"])
    return told if all(one["bought"] == 1 for one in groups) else {}


@pytest.mark.soak
def test_switched_on_with_old_carts_nobody_hears_of_them(stack: Any) -> None:
    midday(stack)
    shop = a_shop(stack, on=False)
    place, account = sells(shop), shop.connect("whatsapp")
    ana = account.newcomer("Ana", phone="+447400123456")
    shop.reply(ana.thread()["thread_id"], "Hello!")
    agrees(ana)
    settle(stack)
    told = len(ana.heard())
    for number in range(20):
        leaves(shop, place, f"old-{number}", phone="+447400123456")
    pass_time(stack, hours=1)
    shop.set(carts={"on": True})
    is_quiet(stack, ana, told, hours=2)
    assert report_if(shop, carts=0)["reached"] == 0
