"""The channels against the sandbox platforms: connect, hear, answer, and be refused, over real HTTP."""

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
from chalicelib.domain.events import Echo, Event, Reaction, ShopperMessage, StatusChange, Unreadable
from chalicelib.ports import Channel, InvalidSignature, OutboundMessage, RetryLater, SendRejected, SetupError
from infra.sandbox.server import Server
from integrations.registry import CHANNELS, BaseUrls

KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "whatsapp": ("whatsapp", {}),
    "messenger": ("messenger", {}),
    "instagram": ("instagram", {"login": "instagram"}),
    "instagram by page": ("instagram", {"login": "facebook"}),
    "telegram": ("telegram", {}),
}


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

    def hears(self, kind: type[Any], **more: Any) -> Any:
        def found() -> Any:
            events = [event for event in self.events() if isinstance(event, kind)]
            return [event for event in events if all(getattr(event, name) == more[name] for name in more)]

        return until(found)[-1]

    def message(self, text: str = "Have you got mugs?", **more: Any) -> ShopperMessage:
        self.control("say", shopper="Ann Example", text=text, **more)
        return self.hears(ShopperMessage, text=text)

    def send(self, message: ShopperMessage, text: str = "Yes, twelve. 💙", **more: str) -> str:
        return self.channel.send(
            OutboundMessage(to=message.wire, text=text, reference="th_1/2#3", **more), self.connection
        )


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


@pytest.fixture(params=KINDS)
def shop(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    name, options = KINDS[request.param]
    with opened(sandbox, name, options) as shop:
        yield shop


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
    yield shop
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


def test_connecting_leaves_nothing_to_click_and_a_message_arrives(shop: Shop) -> None:
    assert shop.connect() == []
    message = shop.message("Ai căni? 💙", language="ro")
    assert message.kind == "text"
    assert message.name == ("Ann Example" if shop.name in ("whatsapp", "telegram") else "")
    assert message.addresses[-1] == message.wire


def test_what_is_sent_is_on_the_phone_and_its_statuses_come_back(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    sent_id = shop.send(message)
    phone = requests.get(
        f"{shop.sandbox}/control/phone",
        params={"channel": shop.name, "account": shop.connection.account, "shopper": "Ann Example"},
        timeout=30,
    ).json()["messages"]
    assert [(row["from"], row["text"]) for row in phone] == [
        ("shopper", "Have you got mugs?"),
        ("shop", "Yes, twelve. 💙"),
    ]
    if shop.name == "whatsapp":
        change = shop.hears(StatusChange, status="delivered")
        assert (change.channel_message_id, change.reference) == (sent_id, "th_1/2#3")
    elif shop.name != "telegram":
        echo = shop.hears(Echo, channel_message_id=sent_id)
        assert (echo.text, echo.wire) == ("Yes, twelve. 💙", message.wire)
        assert echo.reference in ("th_1/2#3", "")


def test_an_answer_can_be_a_reply(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    assert shop.send(message, reply_to=message.channel_message_id)


def test_a_reaction_to_our_message_names_it(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    sent_id = shop.send(message)
    shop.control("say", shopper="Ann Example", event={"kind": "reaction", "target": sent_id, "emoji": "👍"})
    reaction = shop.hears(Reaction)
    assert (reaction.target_id, reaction.chat) == (sent_id, message.chat)


def test_a_webhook_signed_by_somebody_else_is_refused(shop: Shop) -> None:
    shop.connect()
    shop.message()
    shop.control("deliver", body={"object": "page"}, sign="wrong")
    with pytest.raises(InvalidSignature):
        shop.events()


def test_names_are_asked_for_where_the_messages_hold_none(shop: Shop) -> None:
    shop.connect()
    message = shop.message(language="pt")
    profile = shop.channel.profile(message.wire, shop.connection)
    expected = {"messenger": ("Ann", "pt_BR"), "instagram": ("Ann Example", "")}
    assert (profile.name, profile.language) == expected.get(shop.name, ("", ""))


@pytest.mark.parametrize(
    ("state", "code"),
    [("revoked", "token_rejected"), ("expired", "token_rejected"), ("no_permission", "permission_missing")],
)
def test_a_token_that_does_not_hold_is_refused_at_setup(shop: Shop, state: str, code: str) -> None:
    shop.control("token", state=state)
    if state == "no_permission" and shop.name in ("telegram", "instagram"):
        pytest.skip(
            "a bot's token has no permissions, and Instagram's own login shows none before it is used"
        )
    with pytest.raises(SetupError) as caught:
        shop.channel.check(shop.credentials)
    assert caught.value.code == ("token_rejected" if shop.name == "telegram" else code)


def test_a_wrong_app_secret_is_found_at_setup(shop: Shop) -> None:
    if shop.name == "telegram":
        pytest.skip("a bot has no app")
    with pytest.raises(SetupError) as caught:
        shop.channel.check(shop.credentials | {"app_secret": "0" * 32})
    assert (caught.value.code, caught.value.field) == ("secret_rejected", "app_secret")


def test_a_token_that_died_is_told_apart_from_a_closed_window(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    shop.control("token", state="revoked")
    with pytest.raises(SendRejected) as caught:
        shop.send(message)
    assert caught.value.reason == "token_rejected"
    if shop.name == "telegram":
        return
    shop.control("token", state="valid")
    shop.control("window", shopper="Ann Example", state="closed")
    with pytest.raises(SendRejected) as caught:
        shop.send(message)
    assert caught.value.reason == "window_closed"


def test_throttling_is_waited_out(shop: Shop) -> None:
    shop.connect()
    message = shop.message()
    call = "sendMessage" if shop.name == "telegram" else "messages"
    shop.control("faults", call=call, fault="status", status=429, times=1)
    with pytest.raises(RetryLater) as caught:
        shop.send(message)
    assert caught.value.after_s >= 1
    assert shop.send(message)


def test_after_leaving_nothing_arrives(shop: Shop) -> None:
    shop.connect()
    shop.message()
    shop.channel.unregister(shop.connection, last_of_group=True)
    accounts = requests.get(f"{shop.sandbox}/control/accounts", timeout=30).json()["accounts"]
    (mine,) = [each for each in accounts if each["account"] == shop.connection.account]
    assert mine["webhook"] is None


def test_two_numbers_of_one_business_account_keep_their_own_webhooks(sandbox: str) -> None:
    with opened(sandbox, "whatsapp", {}) as first:
        with opened(sandbox, "whatsapp", {"waba_id": first.credentials["waba_id"]}) as second:
            first.connect()
            second.connect()
            first.message("to the first")
            second.message("to the second")
            assert len(first.heard) == len(second.heard) == 1
            second.channel.unregister(second.connection, last_of_group=False)
            first.message("still there")
            assert len(second.heard) == 1
