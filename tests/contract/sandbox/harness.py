"""A sandbox in a process of its own, a shop's callback that remembers what it was told, and accounts."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

ROOT = Path(__file__).parents[3]
FIELDS = "messages,message_echoes,message_deliveries,message_reads,message_reactions,message_edits"
FIELDS += ",messaging_postbacks,messaging_referrals,messaging_seen,messaging_optins,messaging_handovers"
FIELDS += ",standby,messaging_policy_enforcement,messenger_template_status_update"
FIELDS += ",feed,comments,live_comments,mentions"


def until(condition: Callable[[], Any], within_s: float = 10.0) -> Any:
    """Wait for a condition to hold and return what it returned."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        if result := condition():
            return result
        time.sleep(0.02)
    raise AssertionError("waited in vain")


@dataclass
class Running:
    """A sandbox in a process of its own."""

    process: subprocess.Popen[str]
    url: str

    def control(self, name: str, /, expect: int = 200, **body: Any) -> Any:
        answer = requests.post(f"{self.url}/control/{name}", json=body, timeout=30)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def ask(self, name: str, /, **query: str) -> Any:
        answer = requests.get(f"{self.url}/control/{name}", params=query, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(10)
        assert self.process.stdout
        self.process.stdout.close()
        return code


def start(*arguments: str, port: int = 0) -> Running:
    command = [sys.executable, "-m", "infra.sandbox", "--port", str(port), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return Running(process, process.stdout.readline().split()[-1])


@dataclass
class Heard:
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Shop:
    """A callback. `answers` are the statuses of the next answers; after them it answers 200."""

    url: str = ""
    verify_token: str = "let-me-in"
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    answer_text: str = ""

    def on(self, path: str) -> list[Heard]:
        return [each for each in self.heard if each.path == path]


class Callback(BaseHTTPRequestHandler):
    shop: Shop

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        matches = query.get("hub.verify_token") == [self.shop.verify_token]
        self._answer(200 if matches else 403, query["hub.challenge"][0] if matches else "no")

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.shop.heard.append(Heard(self.path, dict(self.headers), raw))
        self._answer(self.shop.answers.pop(0) if self.shop.answers else 200, self.shop.answer_text)

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Connected:
    """An account whose webhooks go to a shop, and the ways to use it."""

    sandbox: Running
    shop: Shop
    channel: str
    setup: dict[str, Any]
    path: str

    @property
    def id(self) -> str:
        return str(self.setup["account"])

    @property
    def token(self) -> str:
        names = ("access_token", "page_token", "bot_token")
        return next(str(self.setup[name]) for name in names if name in self.setup)

    @property
    def base(self) -> str:
        """The URL that calls of this account begin with."""
        if self.channel == "telegram":
            return f"{self.sandbox.url}/telegram/bot{self.token}"
        host = "instagram" if self.setup.get("login") == "instagram" else "graph"
        return f"{self.sandbox.url}/{host}/v25.0"

    @property
    def node(self) -> str:
        """The object that messages are sent through."""
        return str(self.setup.get("page_id") or self.id)

    def call(self, method: str, path: str, expect: int = 200, token: str = "", **options: Any) -> Any:
        headers = {}
        if self.channel != "telegram":
            headers = {"Authorization": f"Bearer {token or self.token}"}
        answer = requests.request(method, f"{self.base}/{path}", headers=headers, timeout=30, **options)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def says(self, text: str = "", shopper: str = "Mary Okoro", **more: Any) -> str:
        """A shopper writes, or with `kind` does something else; other keys go into the event."""
        about = ("language", "phone", "reads", "hides_phone", "username")
        outer = {name: more.pop(name) for name in about if name in more}
        event = {"kind": "text", "text": text} | more
        body = {"channel": self.channel, "account": self.id, "shopper": shopper, "event": event} | outer
        return str(self.sandbox.control("say", **body)["event_id"])

    def phone(self, shopper: str = "Mary Okoro") -> list[dict[str, Any]]:
        query = {"channel": self.channel, "account": self.id, "shopper": shopper}
        return list(self.sandbox.ask("phone", **query)["messages"])

    def fault(self, call: str, fault: str, times: int = 1, **more: Any) -> None:
        """Order a fault for this account only, unless `more` names another."""
        about = {"channel": self.channel, "account": self.id, "call": call, "fault": fault, "times": times}
        self.sandbox.control("faults", **about | more)

    def events(self) -> list[dict[str, Any]]:
        """What the shop heard, split into single events, whatever way they were packed."""
        return [event for heard in self.shop.on(self.path) for event in events_of(heard.body)]

    def hears(self, count: int) -> list[dict[str, Any]]:
        until(lambda: len(self.events()) >= count)
        return self.events()

    def deliveries(self) -> list[tuple[str, int, int | None]]:
        """State, tries and last status of each."""
        found = self.sandbox.ask("deliveries", channel=self.channel, account=self.id)["deliveries"]
        return [(each["state"], each["tries"], each["status"]) for each in found]

    def address(self, shopper: str = "Mary Okoro") -> str:
        """The shopper's id on the wire, learned from their first message."""
        known = {
            "whatsapp": lambda event: event["messages"][0]["from"],
            "telegram": lambda event: str(event["message"]["chat"]["id"]),
        }.get(self.channel, lambda event: event["sender"]["id"])
        before = len(self.events())
        self.says("Hello", shopper)
        return str(known(self.hears(before + 1)[-1]))

    def send(self, to: str, text: str = "Hello from the shop", /, expect: int = 200, **more: Any) -> Any:
        """Send a text as the channel wants it; `more` is laid over the body."""
        if self.channel == "telegram":
            return self.call("POST", "sendMessage", expect, json={"chat_id": to, "text": text} | more)
        body: dict[str, Any] = {"recipient": {"id": to}, "message": {"text": text}}
        if self.channel == "whatsapp":
            body = {"messaging_product": "whatsapp", "to": f"+{to}", "type": "text", "text": {"body": text}}
        return self.call("POST", f"{self.node}/messages", expect, json=body | more)


def events_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    if "entry" not in body:
        return [body]
    found: list[dict[str, Any]] = []
    for entry in body["entry"]:
        found += entry.get("messaging", [])
        for change in entry.get("changes", []):
            value = change["value"]
            for name in ("messages", "statuses", "message_echoes"):
                found += [value | {name: [each]} for each in value.get(name, [])]
    return found


def connected(sandbox: Running, shop: Shop, channel: str, **options: Any) -> Connected:
    """A new account, with its webhooks registered in the channel's own way."""
    setup = sandbox.control("accounts", channel=channel, **options)
    account = Connected(sandbox, shop, channel, setup, f"/{channel}/{setup['account']}")
    callback = shop.url + account.path
    if channel == "telegram":
        updates = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
        account.call(
            "POST", "setWebhook", json={"url": callback, "secret_token": "s3cret", "allowed_updates": updates}
        )
    elif channel == "whatsapp":
        override = {"override_callback_uri": callback, "verify_token": shop.verify_token}
        account.call("POST", f"{setup['waba_id']}/subscribed_apps", json=override)
    else:
        account.call("POST", f"{account.node}/subscribed_apps", params={"subscribed_fields": FIELDS})
        subscribe(account, callback)
    return account


def subscribe(account: Connected, callback: str, expect: int = 200, **more: str) -> Any:
    """Register the app's callback for the channel's object."""
    objects = {"whatsapp": "whatsapp_business_account", "messenger": "page", "instagram": "instagram"}
    form = {
        "object": objects[account.channel],
        "callback_url": callback,
        "verify_token": account.shop.verify_token,
        "fields": FIELDS,
        "access_token": f"{account.setup['app_id']}|{account.setup['app_secret']}",
    } | more
    url = f"{account.sandbox.url}/graph/v25.0/{account.setup['app_id']}/subscriptions"
    answer = requests.post(url, data=form, timeout=30)
    assert answer.status_code == expect, answer.text
    return answer.json()


Connect = Callable[..., Connected]
