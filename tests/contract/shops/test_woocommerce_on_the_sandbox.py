"""A WooCommerce shop on the sandbox: connected, looked after, asked, and heard."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from woo_connection import connected

from chalicelib.domain.commerce.carts import is_open
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.ports.commerce import ShopSystem
from chalicelib.ports.errors import ChannelDown, CredentialsRejected
from infra.sandbox.server import Server
from integrations.registry import SHOPS, BaseUrls
from integrations.woocommerce.hooks import TOPICS
from tests.contract.channels.sandboxed import until

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


@dataclass
class Shop:
    """A shop on the sandbox, and the webhook that hears it. status: what it is answered."""

    sandbox: str
    system: ShopSystem
    setup: dict[str, str]
    url: str = ""
    status: int = 200
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        return connected(self.setup["url"], f"{self.setup['consumer_key']}:{self.setup['consumer_secret']}")

    def control(self, control: str, /, **body: Any) -> Any:
        given = {"channel": "woocommerce", "account": self.setup["account"]} | body
        answer = requests.post(f"{self.sandbox}/control/{control}", json=given, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def says(self, kind: str, shopper: str = "Ann Example", **event: Any) -> str:
        return str(self.control("say", shopper=shopper, event={"kind": kind} | event)["event_id"])

    def call(self, method: str, path: str, **given: Any) -> Any:
        """The REST API past our adapter, as the merchant's own clicks."""
        keys = (self.setup["consumer_key"], self.setup["consumer_secret"])
        url = f"{self.setup['url']}/wp-json/wc/v3/{path}"
        return requests.request(method, url, auth=keys, timeout=30, **given).json()

    def told(self) -> list[ShopEvent]:
        """What came in, verified, cut and read; pings apart."""
        found: list[Any] = []
        for headers, body in list(self.heard):
            if self.system.is_ping(headers, body):
                continue
            self.system.verify(headers, body, self.connection.signing_secrets)
            for piece in self.system.split(self.system.framed(headers, body)):
                assert piece.account == self.setup["url"]
                found += self.system.parse(piece.body)
        return found

    def order_told(self, **expected: Any) -> Order:
        """The order of the first telling that is so, waited for."""

        def found() -> list[Order]:
            orders = [event.order for event in self.told() if isinstance(event, OrderTold)]
            return [one for one in orders if all(getattr(one, name) == expected[name] for name in expected)]

        return until(found)[0]

    def codes(self) -> list[str]:
        return [one.code for one in self.system.examine(self.connection, self.url).findings]

    def live(self, order_id: str) -> Order:
        order = self.system.order(self.connection, order_id)
        assert order is not None
        return order

    def changed(self, since: datetime = LONG_AGO) -> list[ShopEvent]:
        """All pages."""
        events: list[ShopEvent] = []
        after = ""
        while True:
            page = self.system.changed(self.connection, since, after)
            events += page.events
            after = page.after
            if not after:
                return events


@pytest.fixture
def shop(sandbox: str) -> Iterator[Shop]:
    setup = requests.post(f"{sandbox}/control/accounts", json={"channel": "woocommerce"}, timeout=30).json()
    shop = Shop(sandbox, SHOPS["woocommerce"](BaseUrls(woocommerce=f"{sandbox}/woocommerce")), setup)

    class Callback(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            shop.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(shop.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Callback)
    server.daemon_threads = True
    shop.url = f"http://127.0.0.1:{server.server_port}/webhooks/woocommerce/cn_1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield shop
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ours(shop: Shop) -> Shop:
    """With its webhooks set."""
    assert shop.system.register(shop.connection, shop.url) == []
    return shop


# Connecting


def test_a_shop_is_proven_by_its_keys_and_known_by_its_address(shop: Shop) -> None:
    account = shop.system.check(shop.setup | {"url": f"{shop.setup['url']}/"})
    assert (account.account, account.takes_our_secret) == (shop.setup["url"], True)
    assert (account.token, account.details) == (shop.connection.token, {"currency": "EUR"})
    assert account.name.startswith("Sample shop")
    assert (account.warnings, shop.call("GET", "webhooks")) == ((), [])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"consumer_secret": "cs_0000"}, "token_rejected", "consumer_key"),
        ({"account": "https://other.example"}, "account_mismatch", "account"),
        ({"url": "ftp://shop.example"}, "address_refused", "url"),
        ({"url": "http://10.0.0.8/shop"}, "address_refused", "url"),
        ({"url": "https://[::1]/"}, "address_refused", "url"),
        ({"url": "https://127.0.0.1:8090/woocommerce"}, "address_refused", "url"),
        ({"url": "https://user@shop.example"}, "address_refused", "url"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(
    change: dict[str, str], code: str, field: str, shop: Shop
) -> None:
    given = {name: value for name, value in shop.setup.items() if name != "account"} | change
    with pytest.raises(CredentialsRejected) as caught:
        shop.system.check(given)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert shop.setup["consumer_key"] not in caught.value.message


def test_an_address_without_a_shop_is_told_as_such(shop: Shop) -> None:
    with pytest.raises(ChannelDown) as caught:
        shop.system.check({**shop.setup, "url": f"{shop.setup['url']}0"})
    assert "permalinks" in caught.value.message


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        ({"fault": "status", "status": 401}, CredentialsRejected, "token_rejected"),
        ({"fault": "status", "status": 403}, CredentialsRejected, "permission_missing"),
        ({"fault": "status", "status": 429}, ChannelDown, "channel_down"),
        ({"fault": "status", "status": 503}, ChannelDown, "channel_down"),
        ({"fault": "status", "status": 200, "body": "<br>Warning: a plugin {}"}, ChannelDown, "channel_down"),
        ({"fault": "drop_answer"}, ChannelDown, "channel_down"),
    ],
)
def test_a_shop_that_can_not_answer_is_told_by_what_to_do(
    fault: dict[str, Any], error: type[Exception], code: str, ours: Shop
) -> None:
    for call in ("orders", "order"):
        ours.control("faults", call=call, times=1, **fault)
    with pytest.raises(error) as changed:
        ours.system.changed(ours.connection, LONG_AGO)
    with pytest.raises(error) as order:
        ours.system.order(ours.connection, "1005")
    assert {getattr(caught.value, "code", "") for caught in (changed, order)} == {code}


def test_keys_that_may_only_read_connect_with_a_warning(shop: Shop) -> None:
    shop.control("token", state="no_permission")
    (warning,) = shop.system.check(shop.setup).warnings
    assert "Read/Write" in warning
    assert shop.system.register(shop.connection, shop.url) == [warning]
    shop.says("order")
    assert [type(event) for event in shop.changed()] == [CartTold, OrderTold]
    (finding,) = shop.system.examine(shop.connection, shop.url).findings
    assert (finding.code, finding.severity) == ("not_permitted", "warning")


# Webhooks


def test_each_topic_has_one_webhook_however_often_it_is_registered(ours: Shop) -> None:
    first = {one["id"]: one["topic"] for one in ours.call("GET", "webhooks")}
    assert sorted(first.values()) == sorted(TOPICS)
    pings = [ours.system.is_ping(*call) for call in ours.heard]
    assert pings == [True] * len(TOPICS)
    assert ours.system.register(ours.connection, ours.url) == []
    assert {one["id"]: one["topic"] for one in ours.call("GET", "webhooks")} == first


def test_a_secret_that_was_drawn_anew_replaces_the_one_before(ours: Shop) -> None:
    anew = replace(ours.connection, signing_secrets=("drawn-anew",))
    ours.system.register(anew, ours.url)
    ours.says("order")
    headers, body = until(lambda: [call for call in ours.heard if not ours.system.is_ping(*call)])[0]
    ours.system.verify(headers, body, anew.signing_secrets)


def test_webhooks_of_others_are_left_alone(ours: Shop) -> None:
    about = {"topic": "order.created", "delivery_url": "https://erp.example/hook/cn_2"}
    other = ours.call("POST", "webhooks", json=about)["id"]
    assert ours.codes() == ["ok"]
    ours.system.unregister(ours.connection, last_of_group=True)
    assert [one["id"] for one in ours.call("GET", "webhooks")] == [other]


@pytest.mark.parametrize("broken", ["disabled", "paused", "gone", "elsewhere", "twice"])
def test_webhooks_that_are_not_as_we_made_them_are_mended(broken: str, ours: Shop) -> None:
    first = ours.call("GET", "webhooks")[0]
    path = f"webhooks/{first['id']}"
    if broken in ("disabled", "paused"):
        ours.call("PUT", path, json={"status": broken})
    elif broken == "gone":
        ours.call("DELETE", path, params={"force": "true"})
    elif broken == "elsewhere":
        ours.call("PUT", path, json={"delivery_url": "https://old.example/webhooks/woocommerce/cn_1"})
    else:
        ours.call("POST", "webhooks", json={"topic": first["topic"], "delivery_url": ours.url})
    assert ours.codes() == (["ok"] if broken == "twice" else ["webhook_repaired"])
    assert ours.codes() == ["ok"]
    webhooks = ours.call("GET", "webhooks")
    assert sorted(one["topic"] for one in webhooks) == sorted(TOPICS)
    assert {(one["status"], one["delivery_url"]) for one in webhooks} == {("active", ours.url)}
    ours.says("order")
    assert ours.order_told().is_confirmed


def test_a_webhook_that_the_shop_switched_off_is_switched_on_and_what_was_missed_is_found(ours: Shop) -> None:
    ours.status = 503
    for _ in range(7):
        ours.says("order", new=True)
    until(lambda: [one for one in ours.call("GET", "webhooks") if one["status"] == "disabled"])
    ours.status = 200
    missed = ours.says("order", new=True)
    (finding,) = ours.system.examine(ours.connection, ours.url).findings
    assert (finding.code, finding.severity) == ("webhook_repaired", "warning")
    assert missed in {event.order.order_id for event in ours.changed() if isinstance(event, OrderTold)}
    heard = ours.says("order", new=True)
    assert ours.order_told(order_id=heard).is_confirmed


@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_keys_that_were_taken_back_are_found(state: str, ours: Shop) -> None:
    ours.control("token", state=state)
    assert ours.codes() == ["token_rejected"]
    ours.system.unregister(ours.connection, last_of_group=True)


def test_a_shop_that_does_not_answer_proves_nothing(ours: Shop) -> None:
    ours.control("faults", call="webhooks", fault="status", status=502, times=1)
    with pytest.raises(ChannelDown):
        ours.codes()


def test_leaving_takes_our_webhooks_away(ours: Shop) -> None:
    ours.system.unregister(ours.connection, last_of_group=False)
    assert ours.call("GET", "webhooks") == []


# What is told


def test_an_order_is_followed_from_cart_to_parcel(ours: Shop) -> None:
    bought = {"title": "Mug", "variant": "Blue", "quantity": 2, "price": "9.90"}
    left = ours.says("checkout", lines=[bought], phone="07700 900555", email="Ann@Example.com", ref="pl_x")
    assert not ours.order_told(order_id=left).is_bought
    (cart,) = {event.cart for event in ours.told() if isinstance(event, CartTold)}
    assert (is_open(cart), cart.total, cart.ref) == (True, Decimal("19.80"), "pl_x")
    assert requests.get(cart.url, timeout=30).ok
    assert ours.says("order") == left
    assert ours.order_told(is_confirmed=True).paid == "paid"
    ours.says("ship", courier="Nova Post", number="77")
    (parcel,) = ours.order_told(is_confirmed=True, paid="paid", parcels=ours.live(left).parcels).parcels
    assert (parcel.courier, parcel.number, parcel.state) == ("Nova Post", "77", "shipped")
    ours.says("refund", amount="9.90")
    assert ours.order_told(paid="part_refunded").refunds[0].amount == Decimal("9.90")
    ours.says("delete")
    assert ours.order_told(state="gone").order_id == left
    ours.says("restore")
    assert ours.live(left).state == "open"


def test_a_late_webhook_tells_the_order_as_it_is_by_then(ours: Shop) -> None:
    ours.says("checkout", later_s=0.3)
    ours.says("order", unheard=True)
    assert ours.order_told().is_confirmed


# Asking


def test_one_order_is_asked_for_as_it_is_now(ours: Shop) -> None:
    there = ours.says("order", unheard=True)
    order = ours.system.order(ours.connection, there)
    assert order is not None
    assert (order.order_id, order.connection_id, order.paid) == (there, "cn_1", "paid")
    assert [ours.system.order(ours.connection, other) for other in ("999999", "../webhooks", "")] == [
        None
    ] * 3


def test_all_that_changed_is_found_page_by_page_the_oldest_first(ours: Shop) -> None:
    made = [ours.says("order", new=True, unheard=True, at=3600 - 60 * (n // 40)) for n in range(90)]
    ours.says("delete", order_id=made[3], unheard=True, at=1000)
    ours.says("order_status", order_id=made[4], status="cancelled", unheard=True)
    orders = [event.order for event in ours.changed() if isinstance(event, OrderTold)]
    assert {one.order_id for one in orders} == set(made)
    assert [one.at for one in orders][-1] == max(one.at for one in orders)
    states = {one.order_id: one.state for one in orders}
    assert (states[made[3]], states[made[4]], states[made[5]]) == ("gone", "cancelled", "open")
    assert {one.connection_id for one in orders} == {"cn_1"}


def test_what_was_not_changed_since_is_not_told_again(ours: Shop) -> None:
    ours.says("order", new=True, unheard=True, at=7200)
    late = ours.says("order", new=True, unheard=True, at=60)
    since = datetime.now(UTC) - timedelta(hours=1)
    assert {event.order.order_id for event in ours.changed(since) if isinstance(event, OrderTold)} == {late}
