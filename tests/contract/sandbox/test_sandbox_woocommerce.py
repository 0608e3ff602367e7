"""The sandbox's WooCommerce shops behave as WooCommerce does, also where that is odd."""

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from .harness import Running, Shop, until

TOPIC = "X-WC-Webhook-Topic"


@dataclass
class WooShop:
    """A shop, and the callback that hears its webhooks."""

    sandbox: Running
    callback: Shop
    setup: dict[str, str]

    def api(self, method: str, path: str, expect: int = 200, **given: Any) -> Any:
        keys = given.pop("auth", (self.setup["consumer_key"], self.setup["consumer_secret"]))
        url = f"{self.setup['url']}/wp-json/wc/v3/{path}"
        answer = requests.request(method, url, auth=keys, timeout=30, **given)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def hook(self, topic: str) -> dict[str, Any]:
        about = {"topic": topic, "delivery_url": f"{self.callback.url}/hook", "secret": "R&amp;D"}
        hook = self.api("POST", "webhooks", 201, json=about)
        assert isinstance(hook, dict)
        return hook

    def says(self, kind: str, shopper: str = "Ann Example", expect: int = 200, **event: Any) -> Any:
        given = {"channel": "woocommerce", "account": self.setup["account"], "shopper": shopper}
        answer = self.sandbox.control("say", expect, **given, event={"kind": kind} | event)
        return answer.get("event_id", answer.get("error"))

    def signed(self) -> list[Any]:
        """What was heard and is no ping."""
        return [one for one in self.callback.heard if TOPIC in one.headers]

    def deliveries(self) -> list[Any]:
        found = self.sandbox.ask("deliveries", channel="woocommerce", account=self.setup["account"])
        return list(found["deliveries"])


@pytest.fixture
def woo(sandbox: Running, shop: Shop) -> WooShop:
    return WooShop(sandbox, shop, sandbox.control("accounts", channel="woocommerce"))


def test_the_setup_body_holds_the_address_and_both_keys(woo: WooShop) -> None:
    assert (
        woo.setup["url"] == woo.setup["account"] == f"{woo.sandbox.url}/woocommerce/{woo.setup['url'][-8:]}"
    )
    index = requests.get(f"{woo.setup['url']}/wp-json/", timeout=30).json()
    assert index["home"] == woo.setup["url"]
    assert woo.api("GET", "system_status")["settings"]["currency"] == "EUR"


def test_a_new_webhook_is_pinged_with_an_unsigned_form(woo: WooShop) -> None:
    hook = woo.hook("order.created")
    (ping,) = woo.callback.on("/hook")
    assert ping.raw == f"webhook_id={hook['id']}".encode()
    assert ping.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert not [name for name in ping.headers if name.startswith("X-WC-")]
    assert "secret" not in hook


def test_a_delivery_is_signed_with_the_decoded_secret(woo: WooShop) -> None:
    hook = woo.hook("order.created")
    order_id = woo.says("order")
    (heard,) = until(woo.signed)
    assert (
        heard.headers["X-WC-Webhook-Signature"]
        == b64encode(hmac.new(b"R&D", heard.raw, hashlib.sha256).digest()).decode()
    )
    assert heard.headers[TOPIC] == "order.created"
    assert heard.headers["X-WC-Webhook-Source"] == f"{woo.setup['url']}/"
    assert (heard.headers["X-WC-Webhook-Resource"], heard.headers["X-WC-Webhook-ID"]) == (
        "order",
        str(hook["id"]),
    )
    assert heard.body == woo.api("GET", f"orders/{order_id}")
    assert heard.body["date_created"] != heard.body["date_created_gmt"]


def test_nothing_is_sent_again_and_the_seventh_failure_in_a_row_switches_it_off(woo: WooShop) -> None:
    hook = woo.hook("order.created")
    woo.callback.answers += [500] * 5 + [302] + [500] * 7
    for count in range(1, 14):
        woo.says("order", new=True)
        until(
            lambda count=count: len([one for one in woo.deliveries() if one["state"] != "waiting"]) == count
        )
        is_off = woo.api("GET", f"webhooks/{hook['id']}")["status"] == "disabled"
        assert is_off is (count == 13), count
    assert [one["tries"] for one in woo.deliveries()] == [1] * 13
    woo.says("order", new=True)
    assert len(woo.signed()) == 13
    assert woo.api("PUT", f"webhooks/{hook['id']}", json={"status": "active"})["status"] == "active"


def test_a_late_delivery_tells_the_order_as_it_is_by_then(woo: WooShop) -> None:
    woo.hook("order.created")
    woo.says("checkout", later_s=0.3)
    woo.says("order")
    (heard,) = until(woo.signed)
    assert heard.body["status"] == "processing"


def test_deliveries_of_one_second_share_their_id(woo: WooShop) -> None:
    from infra.sandbox.woocommerce_webhooks import delivery_id

    assert delivery_id(7, 100.1) == delivery_id(7, 100.9) != delivery_id(7, 101.0)
    assert delivery_id(7, 100.1) != delivery_id(8, 100.1)


def test_what_is_deleted_leaves_its_id_alone_and_comes_back(woo: WooShop) -> None:
    for topic in ("order.deleted", "order.restored"):
        woo.hook(topic)
    order_id = woo.says("order")
    woo.says("delete")
    (deleted,) = until(woo.signed)
    assert deleted.body == {"id": int(order_id)}
    assert woo.api("GET", "orders") == []
    assert [one["id"] for one in woo.api("GET", "orders", params={"status": "trash"})] == [int(order_id)]
    woo.says("restore")
    restored = until(lambda: woo.signed()[1:])[0]
    assert (restored.body["status"], restored.headers[TOPIC]) == ("processing", "order.restored")
    woo.says("delete", force=True)
    assert woo.api("GET", f"orders/{order_id}", 404)["code"] == "woocommerce_rest_shop_order_invalid_id"


def test_an_order_says_what_the_event_said(woo: WooShop) -> None:
    lines = [{"title": "Mug", "variant": "Blue", "quantity": 2, "price": 9.9, "sku": "M-1"}]
    order_id = woo.says(
        "checkout",
        lines=lines,
        phone="+37369123456",
        email="a@b.example",
        country="MD",
        currency="MDL",
        at=90,
    )
    order = woo.api("GET", f"orders/{order_id}")
    assert (order["status"], order["total"], order["currency"]) == ("pending", "19.80", "MDL")
    assert (order["billing"]["phone"], order["billing"]["email"]) == ("+37369123456", "a@b.example")
    assert (order["billing"]["country"], order["date_paid"]) == ("MD", None)
    assert woo.says("order") == order_id
    woo.says("ship", courier="Nova Post", number="77", status="processing")
    woo.says("refund", amount="9.90")
    order = woo.api("GET", f"orders/{order_id}")
    assert (order["status"], order["refunds"][0]["total"]) == ("processing", "-9.90")
    (tracked,) = [one for one in order["meta_data"] if one["key"] == "_wc_shipment_tracking_items"]
    assert (tracked["value"][0]["tracking_number"], tracked["value"][0]["custom_tracking_provider"]) == (
        "77",
        "Nova Post",
    )
    woo.says("refund")
    assert woo.api("GET", f"orders/{order_id}")["status"] == "refunded"
    assert woo.says("refund", expect=409)["field"] == "event.amount"


def test_orders_are_listed_by_their_last_change(woo: WooShop) -> None:
    old, new = woo.says("order", new=True, at=7200), woo.says("order", new=True, at=60)
    asked = {"orderby": "modified", "order": "asc", "dates_are_gmt": "true"}
    listed = woo.api("GET", "orders", params=asked)
    assert [one["id"] for one in listed] == [int(old), int(new)]
    after = listed[0]["date_modified_gmt"]
    later = woo.api("GET", "orders", params=asked | {"modified_after": after})
    assert [one["id"] for one in later] == [int(new)]
    page = woo.api("GET", "orders", params=asked | {"per_page": 1, "page": 2})
    assert [one["id"] for one in page] == [int(new)]


@pytest.mark.parametrize(
    ("state", "method", "path", "status", "code"),
    [
        ("valid", "POST", "webhooks", 400, "rest_missing_callback_param"),
        ("no_permission", "POST", "webhooks", 401, "woocommerce_rest_authentication_error"),
        ("no_permission", "GET", "webhooks", 200, ""),
        ("revoked", "GET", "webhooks", 401, "woocommerce_rest_authentication_error"),
        ("valid", "GET", "nowhere", 404, "rest_no_route"),
        ("valid", "DELETE", "webhooks/5", 404, "woocommerce_rest_shop_webhook_invalid_id"),
    ],
)
def test_keys_open_what_they_may(
    state: str, method: str, path: str, status: int, code: str, woo: WooShop
) -> None:
    woo.sandbox.control("token", channel="woocommerce", account=woo.setup["account"], state=state)
    given = {"json": {}} if method == "POST" else {}
    answer = woo.api(method, path, status, **given)
    assert (answer["code"] if code else "") == code


def test_the_link_of_an_unpaid_order_pays_it(woo: WooShop) -> None:
    order_id = woo.says("checkout")
    link = woo.api("GET", f"orders/{order_id}")["payment_url"]
    assert "<button>Pay" in requests.get(link, timeout=30).text
    assert requests.get(link.replace("key=", "key=x"), timeout=30).status_code == 404
    assert "<button>" not in requests.post(link, timeout=30).text
    assert woo.api("GET", f"orders/{order_id}")["status"] == "processing"


def test_anything_can_be_delivered_signed_or_not(woo: WooShop) -> None:
    woo.hook("order.updated")
    given = {"channel": "woocommerce", "account": woo.setup["account"], "topic": "order.updated"}
    assert woo.sandbox.control("deliver", **given, body={"id": None})["status"] == 200
    (heard,) = woo.signed()
    assert (heard.body, heard.headers[TOPIC]) == ({"id": None}, "order.updated")
    woo.sandbox.control("deliver", **given, body="no JSON", sign="wrong")
    assert woo.signed()[1].raw == b"no JSON"
    woo.sandbox.control("deliver", **given, body="x", sign=False)
    assert "X-WC-Webhook-Signature" not in woo.callback.heard[-1].headers
    woo.says("raw", topic="order.updated", body={"id": 5})
    assert json.loads(until(lambda: woo.signed()[2:])[0].raw) == {"id": 5}


@pytest.mark.parametrize(
    ("event", "status", "field"),
    [
        ({"kind": "text"}, 400, "event.kind"),
        ({"kind": "order_status", "order_id": 1, "status": "completed"}, 404, "event.order_id"),
        ({"kind": "ship"}, 404, "event.order_id"),
        ({"kind": "order", "status": "lost"}, 400, "event.status"),
        ({"kind": "checkout", "status": "processing"}, 400, "event.status"),
        ({"kind": "checkout", "lines": "mugs"}, 400, "event.lines"),
        ({"kind": "raw", "topic": "order.updated"}, 409, "event.topic"),
    ],
)
def test_what_can_not_happen_is_refused_with_its_field(
    event: dict[str, Any], status: int, field: str, woo: WooShop
) -> None:
    kind = event.pop("kind")
    assert woo.says(kind, expect=status, **event)["field"] == field


def test_a_shop_has_no_phone(woo: WooShop) -> None:
    woo.says("order")
    query = {"channel": "woocommerce", "account": woo.setup["account"], "shopper": "Ann Example"}
    answer = requests.get(f"{woo.sandbox.url}/control/phone", params=query, timeout=30)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "channel")
