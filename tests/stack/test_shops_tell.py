"""Shopify and WooCommerce, whole: a cart that is left, the reminder on the phone, the purchase, silence."""

from typing import Any, Final

import pytest
from shop import Json, Merchant, Shopper, eventually, open_shop, pass_time, settle
from test_stop_and_start import agrees, midday

SHOPS: Final = ("shopify", "woocommerce")
PHONE: Final = "+447400123456"


class Counter:
    """A shop on one of the shop systems of the sandbox, connected."""

    def __init__(self, shop: Merchant, kind: str) -> None:
        self.shop, self.kind = shop, kind
        self.setup = shop.stack.control("POST", "accounts", json={"channel": kind})
        answer = shop.call("POST", f"/setup/{kind}", json=self.setup)
        assert answer.status_code == 201, answer.text
        self.connection: Json = answer.json()

    def happens(self, kind: str, shopper: str = "Ana", **options: Any) -> str:
        """Something in the shop, and the webhooks that tell of it."""
        body = {
            "channel": self.kind,
            "account": self.setup["account"],
            "shopper": shopper,
            "event": {"kind": kind, **options},
        }
        return str(self.shop.stack.control("POST", "say", json=body)["event_id"])

    def fault(self, fault: str, times: int) -> None:
        body = {"channel": self.kind, "account": self.setup["account"], "call": "webhook"}
        self.shop.stack.control("POST", "faults", json=body | {"fault": fault, "times": times})


def a_buyer(stack: Any, kind: str) -> tuple[Counter, Shopper]:
    """Ana is known by her number, has agreed to offers, and waits for nobody."""
    midday(stack)
    shop = open_shop(stack, name="Tea House", zone="UTC", country="GB", carts={"on": True})
    counter = Counter(shop, kind)
    ana = shop.connect("whatsapp").newcomer("Ana", phone=PHONE)
    shop.reply(ana.thread()["thread_id"], "Hello!")
    agrees(ana)
    pass_time(stack, hours=1)
    settle(stack)
    return counter, ana


def leaves_a_cart(counter: Counter) -> None:
    lines = [{"title": "Green tea", "quantity": 2, "price": "12.25"}]
    counter.happens(
        "checkout", phone="07400 123456", country="GB", lines=lines, total="24.50", currency="GBP"
    )


@pytest.mark.parametrize("kind", SHOPS)
def test_a_cart_is_reminded_of_at_the_right_minute_and_never_after_the_purchase(
    stack: Any, kind: str
) -> None:
    counter, ana = a_buyer(stack, kind)
    told = len(ana.heard())
    counter.fault("duplicate", 6)
    leaves_a_cart(counter)
    settle(stack)
    pass_time(stack, minutes=43)
    settle(stack)
    assert len(ana.heard()) == told
    pass_time(stack, minutes=3)
    reminder = ana.hears(told + 1)[-1]
    assert "Green tea" in reminder and "24.50" in reminder
    pass_time(stack, minutes=5)  # shops tell whole seconds
    counter.happens("order")
    settle(stack)
    pass_time(stack, days=2)
    settle(stack)
    assert len(ana.heard()) == told + 1
    eventually(lambda: counter.shop.get("/insights/carts")["recovered"] == 1, "the purchase was not counted")


@pytest.mark.soak
@pytest.mark.parametrize("kind", SHOPS)
def test_what_no_webhook_tells_is_found_by_asking_the_shop(stack: Any, kind: str) -> None:
    counter, ana = a_buyer(stack, kind)
    told = len(ana.heard())
    leaves_a_cart(counter)
    settle(stack)
    counter.fault("drop", 20)
    counter.happens("order")
    settle(stack)
    pass_time(stack, minutes=20)  # the shop is asked every quarter of an hour
    settle(stack)
    pass_time(stack, minutes=30)
    settle(stack)
    assert len(ana.heard()) == told, "the order was heard of before anybody was reminded"
    stack.control("DELETE", "faults")


@pytest.mark.parametrize("kind", SHOPS)
def test_nobody_else_tells_of_a_shops_orders(stack: Any, kind: str) -> None:
    counter = Counter(open_shop(stack), kind)
    body = {"channel": kind, "account": counter.setup["account"], "body": {"id": 1, "status": "processing"}}
    for sign in (False, "wrong"):
        told = stack.control("POST", "deliver", json=body | {"sign": sign})
        assert told["status"] == 401, told
    checked = counter.shop.call("POST", f"/setup/{counter.connection['connection_id']}/check").json()
    assert "self_test_ok" in [one["code"] for one in checked["findings"]], checked
