"""A Shopify shop on the sandbox, connected by its adapter, and the webhook that hears for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from chalicelib.domain.commerce import carts, orders
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import SelfTest, Unreadable
from integrations.registry import SHOPS, BaseUrls

LONG_AGO = timedelta(days=30)


def until(condition: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")


@dataclass
class ShopifyShop:
    """answers: the statuses of the next answers of its webhook; after them it answers 200."""

    sandbox: str
    credentials: dict[str, str]
    url: str = ""
    connection: Connection = field(init=False)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.system = SHOPS["shopify"](BaseUrls(shopify=f"{self.sandbox}/shopify/{{shop}}"))

    @property
    def account(self) -> str:
        return self.credentials["account"]

    def control(self, control: str, /, expect: int = 200, **body: Any) -> Any:
        given = {"channel": "shopify", "account": self.account} | body
        answer = requests.post(f"{self.sandbox}/control/{control}", json=given, timeout=30)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def ask(self, what: str, **query: str) -> Any:
        given = {"channel": "shopify", "account": self.account} | query
        found = requests.get(f"{self.sandbox}/control/{what}", params=given, timeout=30).json()[what]
        return [one for one in found if one["account"] == self.account]

    def connect(self) -> list[str]:
        account = self.system.check(self.credentials)
        self.connection = Connection(
            merchant_id="me_1",
            connection_id="cn_1",
            channel="shopify",
            account=account.account,
            name=account.name,
            status="active",
            token=account.token,
            signing_secrets=account.signing_secrets,
            details=account.details,
        )
        return self.system.register(self.connection, self.url)

    def does(self, kind: str, shopper: str = "Ann Example", /, **more: Any) -> str:
        """Something happens in the shop; answers the id of what it is about."""
        event = {"kind": kind} | more
        return str(self.control("say", shopper=shopper, event=event)["event_id"])

    def events(self) -> list[ShopEvent | SelfTest | Unreadable]:
        """What came in, verified, framed, cut and read."""
        found = []
        for headers, body in list(self.heard):
            self.system.verify(headers, body, self.connection.signing_secrets)
            for piece in self.system.split(self.system.framed(headers, body)):
                assert piece.account == self.connection.account
                found += self.system.parse(piece.body)
        return found

    def topics(self) -> list[str]:
        return sorted(headers["x-shopify-topic"] for headers, _ in list(self.heard))

    def hears(self, count: int) -> list[ShopEvent | SelfTest | Unreadable]:
        until(lambda: len(self.heard) >= count)
        return self.events()

    def order(self, order_id: str) -> Order:
        """All that webhooks have told of it, put together."""
        told = [one.order for one in self.events() if isinstance(one, OrderTold)]
        return reduce(orders.joined, (one for one in told if one.order_id == order_id))

    def cart(self, cart_id: str) -> Cart:
        told = [one.cart for one in self.events() if isinstance(one, CartTold)]
        return reduce(carts.joined, (one for one in told if one.cart_id == cart_id))

    def changed(self, ago: timedelta = LONG_AGO) -> list[CartTold | OrderTold]:
        """Every page of what was changed since."""
        found: list[Any] = []
        since, after = datetime.now(UTC) - ago, ""
        while True:
            page = self.system.changed(self.connection, since, after)
            found += page.events
            after = page.after
            if not after:
                return found

    def findings(self) -> dict[str, str]:
        return {one.code: one.message for one in self.system.examine(self.connection, self.url).findings}

    def subscribed(self) -> set[str]:
        """Looked up past our adapter, as the app's own pages would show it."""
        document = "query L { webhookSubscriptions(first: 100) { nodes { topic uri } } }"
        nodes = self.graphql(document)["data"]["webhookSubscriptions"]["nodes"]
        return {node["topic"] for node in nodes if node["uri"] == self.url}

    def graphql(self, document: str) -> Any:
        """A question past our adapter."""
        url = f"{self.sandbox}/shopify/{self.account}/admin/api/2026-10/graphql.json"
        headers = {"X-Shopify-Access-Token": self.credentials["token"]}
        return requests.post(url, json={"query": document}, headers=headers, timeout=30).json()


@contextmanager
def opened(sandbox: str, **options: Any) -> Iterator[ShopifyShop]:
    """A new shop on the sandbox, and a webhook that waits for it."""
    body = {"channel": "shopify"} | options
    answer = requests.post(f"{sandbox}/control/accounts", json=body, timeout=30)
    shop = ShopifyShop(sandbox, answer.json())
    handler = type("Callback", (_Callback,), {"shop": shop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    shop.url = f"http://127.0.0.1:{server.server_port}/webhooks/shopify/cn_1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def own(order: Order) -> Order:
    """Without what only the Admin API knows, or only webhooks."""
    lines = tuple(replace(line, picture="", url="") for line in order.lines)
    parcels = tuple(replace(one, at=orders.NEVER) for one in order.parcels)
    return replace(order, at=orders.NEVER, connection_id="", lines=lines, carts=(), parcels=parcels)


class _Callback(BaseHTTPRequestHandler):
    shop: ShopifyShop

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.shop.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.shop.answers.pop(0) if self.shop.answers else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""
