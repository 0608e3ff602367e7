"""Accounts on the sandbox platforms, connected by their channels, and the webhook that hears for them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content, text_content
from chalicelib.domain.events import Event, ShopperMessage, Unreadable
from chalicelib.ports.channel import Channel, OutboundMessage
from chalicelib.ports.errors import SendRejected
from integrations.registry import CHANNELS, BaseUrls

KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "whatsapp": ("whatsapp", {}),
    "messenger": ("messenger", {}),
    "instagram": ("instagram", {"login": "instagram"}),
    "instagram by page": ("instagram", {"login": "facebook"}),
    "telegram": ("telegram", {}),
}
META = {name: kind for name, kind in KINDS.items() if name != "telegram"}


def until(condition: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")


@dataclass
class Shop:
    """A connected account, and the webhook that hears it."""

    sandbox: str
    channel: Channel
    name: str
    credentials: dict[str, str]
    url: str = ""
    connection: Connection = field(init=False)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def control(self, control: str, /, **body: Any) -> Any:
        given = {"channel": self.name, "account": self.credentials["account"]} | body
        answer = requests.post(f"{self.sandbox}/control/{control}", json=given, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def connect(self) -> list[str]:
        account = self.channel.check(self.credentials)
        self.connection = Connection(
            merchant_id="me_1",
            connection_id="cn_1",
            channel=self.name,
            account=account.account,
            name=account.name,
            status="active",
            token=account.token,
            signing_secrets=account.signing_secrets or ("s3cret",),
            verify_token="verify-me",
            details=account.details,
        )
        return self.channel.register(self.connection, self.url)

    def events(self) -> list[Event | Unreadable]:
        """What came in, verified, cut and read."""
        found = []
        for headers, body in list(self.heard):
            self.channel.verify(headers, body, self.connection.signing_secrets)
            for piece in self.channel.split(body):
                assert piece.account in ("", self.connection.account)
                found += self.channel.parse(piece.body)
        return found

    def hears(self, kind: type[Any], /, **more: Any) -> Any:
        def found() -> Any:
            events = [event for event in self.events() if isinstance(event, kind)]
            return [event for event in events if all(getattr(event, name) == more[name] for name in more)]

        return until(found)[-1]

    def message(self, text: str = "Have you got mugs?", **more: Any) -> ShopperMessage:
        self.control("say", shopper="Ann Example", text=text, **more)
        return self.hears(ShopperMessage, text=text)

    def send(self, message: ShopperMessage, text: str = "Yes, twelve. 💙", **more: str) -> str:
        return self.send_content(message, text_content(text), **more)

    def send_content(self, message: ShopperMessage, content: Content, **more: str) -> str:
        outgoing = OutboundMessage(to=message.wire, content=content, reference="th_1/2#3", **more)
        return self.channel.send(outgoing, self.connection)

    def phone(self, shopper: str = "Ann Example") -> dict[str, Any]:
        """What stands on a shopper's phone: `messages`, and whether somebody is `typing`."""
        query = {"channel": self.name, "account": self.connection.account, "shopper": shopper}
        shown = requests.get(f"{self.sandbox}/control/phone", params=query, timeout=30).json()
        assert isinstance(shown, dict)
        return shown


@contextmanager
def opened(sandbox: str, name: str, options: dict[str, str]) -> Iterator[Shop]:
    """A new account on the sandbox, and a webhook that waits for it."""
    answer = requests.post(f"{sandbox}/control/accounts", json={"channel": name} | options, timeout=30)
    urls = BaseUrls(f"{sandbox}/graph", f"{sandbox}/instagram", f"{sandbox}/telegram")
    shop = Shop(sandbox, CHANNELS[name](urls), name, answer.json())
    handler = type("Callback", (_Callback,), {"shop": shop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    shop.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Callback(BaseHTTPRequestHandler):
    shop: Shop

    def do_GET(self) -> None:
        answer = self.shop.channel.handshake(dict(parse_qsl(urlsplit(self.path).query)), "verify-me")
        self._answer(403 if answer is None else 200, (answer or "").encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.shop.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self._answer(200, b"{}")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


def on_the_phone(shop: Shop, sent_id: str) -> dict[str, Any]:
    return next(row for row in shop.phone()["messages"] if row["id"] == sent_id)


def shown(shop: Shop, content: Content, **more: str) -> dict[str, Any]:
    """Send it to a shopper who has just written; what their phone shows of it."""
    return on_the_phone(shop, shop.send_content(shop.message(), content, **more))


def refusal(shop: Shop, content: Content, to: ShopperMessage | None = None, **more: str) -> tuple[str, str]:
    with pytest.raises(SendRejected) as caught:
        shop.send_content(to or shop.message(), content, **more)
    return caught.value.code, caught.value.reason


def titles(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(button["title"], button["payload"]) for button in row.get("buttons", [])]
