"""Merchants, their accounts and the people who write to them, as anybody outside the stack meets them."""

import hashlib
import hmac
import threading
import time
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

import requests

T = TypeVar("T")
Json = dict[str, Any]

# Every way to be on a channel, and what the sandbox is asked for to have such an account.
KINDS: Final[dict[str, Json]] = {
    "whatsapp": {"channel": "whatsapp"},
    "messenger": {"channel": "messenger"},
    "instagram by its own login": {"channel": "instagram", "login": "instagram"},
    "instagram by a page": {"channel": "instagram", "login": "facebook"},
    "telegram": {"channel": "telegram"},
}
ALWAYS_OPEN: Final = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
META_OBJECTS: Final = {"whatsapp": "whatsapp_business_account", "messenger": "page", "instagram": "instagram"}
META_FIELDS: Final = (
    "messages,message_echoes,message_deliveries,message_reads,message_reactions,messaging_postbacks,"
    "messaging_seen"
)
PATIENCE_S: Final = 45.0
# Connecting makes the platform call the stack back while it waits: several at once on a machine that has
# just started can wait longer for a process than the platform's ten seconds.
ONE_AT_A_TIME: Final = threading.Lock()


def eventually(look: Callable[[], T], complaint: str, patience_s: float = PATIENCE_S) -> T:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + patience_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{complaint} (waited {patience_s:.0f} s, last seen: {found!r})")
        time.sleep(0.15)


def together(work: Callable[[str], None], names: Iterable[str] = KINDS) -> None:
    """The same work under each name at once; every failure is told with its name."""
    with ThreadPoolExecutor(16) as pool:
        running = {name: pool.submit(work, name) for name in names}
    failed = {name: error for name, one in running.items() if (error := one.exception()) is not None}
    if failed:
        told = [f"{name}:\n{''.join(traceback.format_exception(error))}" for name, error in failed.items()]
        raise AssertionError(f"{len(failed)} of {len(running)} failed\n" + "\n".join(told))


@dataclass
class Merchant:
    """Who sells, with an owner's key."""

    stack: Any
    merchant_id: str
    key: str

    def call(self, method: str, path: str, **given: Any) -> requests.Response:
        """The API, as this merchant."""
        answer: requests.Response = self.stack.call(method, path, key=self.key, **given)
        return answer

    def get(self, path: str, **query: Any) -> Json:
        return _json(self.call("GET", path, params=query), 200)

    def set(self, **changes: Any) -> None:
        """Change settings."""
        _json(self.call("PUT", "/settings", json=changes), 200)

    def account(self, kind: str, **options: Any) -> "Account":
        """A new account on a platform, not connected yet. kind: one of KINDS."""
        asked = KINDS[kind] | options
        return Account(self, asked["channel"], self.stack.control("POST", "accounts", json=asked))

    def connect(self, kind: str, **options: Any) -> "Account":
        """A new account, connected to this shop."""
        account = self.account(kind, **options)
        with ONE_AT_A_TIME:
            account.connect()
        return account

    def thread(self, thread_id: str, **query: Any) -> Json:
        return self.get(f"/threads/{thread_id}", **query)

    def reply(self, thread_id: str, text: str, key: str = "", expect: int = 201) -> Json:
        """A person of the shop answers."""
        headers = {"Idempotency-Key": key} if key else {}
        path = f"/threads/{thread_id}/messages"
        return _json(self.call("POST", path, json={"text": text}, headers=headers), expect)

    def send(self, thread_id: str, expect: int = 201, **body: Any) -> Json:
        """A person of the shop sends anything else than words."""
        return _json(self.call("POST", f"/threads/{thread_id}/messages", json=body), expect)

    def signal(self, thread_id: str, signal: str, expect: int = 200) -> Json:
        return _json(self.call("POST", f"/threads/{thread_id}/signals", json={"signal": signal}), expect)

    def change(self, thread_id: str, **changes: Any) -> Json:
        return _json(self.call("PATCH", f"/threads/{thread_id}", json=changes), 200)


@dataclass
class Account:
    """A merchant's account on a platform. setup: what `POST /setup/{channel}` wants."""

    merchant: Merchant
    channel: str
    setup: Json
    connection: Json = field(default_factory=dict)

    @property
    def stack(self) -> Any:
        return self.merchant.stack

    @property
    def id(self) -> str:
        return str(self.setup["account"])

    @property
    def name(self) -> Json:
        """As the control API calls it."""
        return {"channel": self.channel, "account": self.id}

    def try_to_connect(self, **changes: Any) -> requests.Response:
        """`POST /setup/{channel}`; a change of None leaves a field out."""
        body = {name: value for name, value in (self.setup | changes).items() if value is not None}
        return self.merchant.call("POST", f"/setup/{self.channel}", json=body)

    def connect(self, **changes: Any) -> Json:
        answer = self.try_to_connect(**changes)
        if answer.status_code == 502:  # the platform waited too long for this machine: as it says, try again
            answer = self.try_to_connect(**changes)
        self.connection = _json(answer, 201)
        return self.connection

    def paste_webhook(self, url: str, verify_token: str) -> None:
        """Set the webhook of the account's Meta app by hand, as its dashboard does."""
        app, token = self.setup["app_id"], f"{self.setup['app_id']}|{self.setup['app_secret']}"
        subscription = {
            "object": META_OBJECTS[self.channel],
            "callback_url": url,
            "verify_token": verify_token,
            "fields": META_FIELDS,
        }
        path = f"{self.stack.sandbox_url}/graph/v25.0/{app}/subscriptions"
        headers = {"Authorization": f"Bearer {token}"}
        _json(requests.post(path, json=subscription, headers=headers, timeout=60), 200)

    def disconnect(self) -> None:
        _json(self.merchant.call("DELETE", f"/setup/{self.connection['connection_id']}"), 200)

    def shopper(self, name: str, **about: Any) -> "Shopper":
        """about: language, phone, reads, hides_phone."""
        return Shopper(self, name, about)

    def newcomer(self, name: str, **about: Any) -> "Shopper":
        """Somebody who wrote a moment ago, and has a thread. name: nobody else's on this account.

        Two channels count whole seconds: what is written next shall not be of the same one.
        """
        shopper = self.shopper(name, **about)
        shopper.does("text", text=f"Hello, this is {name}.", at=5)
        shopper.thread()
        return shopper

    def token_is(self, state: str) -> None:
        """valid, expired, revoked or no_permission."""
        self.stack.control("POST", "token", json=self.name | {"state": state})

    def now(self) -> Json:
        """The connection, as the API shows it."""
        return self.merchant.get(f"/setup/{self.connection['connection_id']}")

    def link(self, **to: Any) -> Json:
        """A deep link. to: cart_id, or shopper_id."""
        body = {"connection_id": self.connection["connection_id"], **to}
        return _json(self.merchant.call("POST", "/links", json=body), 201)

    def fault(self, call: str, fault: str, times: int = 1, **more: Any) -> None:
        """The next `times` calls that concern this account go wrong."""
        ordered = {"call": call, "fault": fault, "times": times, **more}
        self.stack.control("POST", "faults", json=self.name | ordered)

    def deliver(self, body: Any, sign: bool | str = True) -> int:
        """The platform signs and delivers this body, bytes or JSON; the status it is answered with."""
        is_raw = isinstance(body, bytes)
        content = {"body_base64": b64encode(body).decode()} if is_raw else {"body": body}
        answer = self.stack.control("POST", "deliver", json=self.name | content | {"sign": sign})
        return int(answer["status"])

    def knock(self, body: bytes, signed: bytes | None = None) -> int:
        """Whoever knows the Meta app's secret posts a body, with the signature of `signed`; the answer's
        status."""
        secret = self.setup.get("instagram_app_secret") or self.setup["app_secret"]
        digest = hmac.new(secret.encode(), body if signed is None else signed, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
        url = self.connection["webhook_url"]
        return requests.post(url, data=body, headers=headers, timeout=60).status_code

    def deliveries(self) -> list[Json]:
        """All webhooks that the platform made for this account, in order."""
        found: list[Json] = self.stack.control("GET", "deliveries", params=self.name)["deliveries"]
        return found

    def calls(self, call: str) -> list[Json]:
        """What the shop has asked of the platform."""
        asked = self.name | {"call": call}
        found: list[Json] = self.stack.control("GET", "calls", params=asked)["calls"]
        return found

    def threads(self) -> list[Json]:
        """The threads of this connection, newest first."""
        found = self.merchant.get("/threads", channel=self.channel, limit=100)["items"]
        return [one for one in found if one["connection_id"] == self.connection["connection_id"]]


@dataclass
class Shopper:
    """A person with a phone, who writes to one account."""

    account: Account
    name: str
    about: Json = field(default_factory=dict)
    thread_id: str = ""

    def writes(self, text: str) -> str:
        """Sends a text; the event's id on the platform."""
        return self.does("text", text=text)

    def does(self, kind: str, **event: Any) -> str:
        """Anything else that a shopper can do."""
        act = {"shopper": self.name, "event": {"kind": kind, **event}, **self.about}
        answer = self.account.stack.control("POST", "say", json=self.account.name | act)
        return str(answer["event_id"])

    def phone(self) -> list[Json]:
        """What their phone shows of this account."""
        asked = self.account.name | {"shopper": self.name}
        shown: list[Json] = self.account.stack.control("GET", "phone", params=asked)["messages"]
        return shown

    def told(self) -> list[Json]:
        """What their phone shows of the shop's, so far."""
        return [row for row in self.phone() if row["from"] == "shop"]

    def is_told(self, count: int) -> list[Json]:
        """The same, once it is `count` messages."""

        def enough() -> list[Json]:
            told = self.told()
            return told if len(told) >= count else []

        return eventually(enough, f"{self.name} was not told {count} messages: {self.told()}")

    def said(self, text: str) -> Json:
        """The row of the thread that has these words of theirs, once it is there."""

        def found() -> Json:
            return next((row for row in self.rows("shopper") if row["text"] == text), {})

        return eventually(found, f"the thread has no {text!r} of {self.name}")

    def last(self, kind: str) -> Json:
        """Their last message of this kind in the thread, once there is one."""

        def found() -> Json:
            return next((row for row in reversed(self.rows("shopper")) if row["kind"] == kind), {})

        return eventually(found, f"the thread has no {kind} of {self.name}")

    def window_is(self, state: str) -> None:
        """open, human_agent or closed, on the platform's side."""
        asked = self.account.name | {"shopper": self.name, "state": state}
        self.account.stack.control("POST", "window", json=asked)

    def heard(self) -> list[str]:
        """What the shop said to them, so far."""
        return [row["text"] for row in self.phone() if row["from"] == "shop"]

    def hears(self, count: int = 1, patience_s: float = PATIENCE_S) -> list[str]:
        """What the shop said, once that is `count` messages at least."""

        def enough() -> list[str]:
            heard = self.heard()
            return heard if len(heard) >= count else []

        return eventually(enough, f"{self.name} did not hear {count} messages: {self.heard()}", patience_s)

    def thread(self) -> Json:
        """The shop's thread with them, once there is one. The first time their last words must be its own."""
        if not self.thread_id:
            said = [row["text"] for row in self.phone() if row["from"] == "shopper"]
            complaint = f"no thread holds {said[-1:]!r}"
            self.thread_id = eventually(partial(self._thread_with, said[-1]), complaint)
        return self.account.merchant.thread(self.thread_id)

    def _thread_with(self, text: str) -> str:
        """Where other words came after those, they came lately: it is one of the first."""
        found = self.account.threads()
        named = [one["thread_id"] for one in found if one["last_text"] == text]
        within = (one["thread_id"] for one in found[:12] if text in self._texts(one["thread_id"]))
        return str(named[0] if named else next(within, ""))

    def _texts(self, thread_id: str) -> list[str]:
        return [each["text"] for each in self.account.merchant.thread(thread_id)["messages"]]

    def every(self, *authors: str) -> list[Json]:
        """The thread's messages of these authors, page by page."""
        merchant, found, following = self.account.merchant, [], ""
        while following is not None:
            asked = {"limit": 100, "next": following} if following else {"limit": 100}
            page = merchant.thread(self.thread()["thread_id"], **asked)
            found += [row for row in page["messages"] if row["from"] in authors]
            following = page["next"]
        return found

    def rows(self, *authors: str) -> list[Json]:
        """The thread's messages, of these authors or of all."""
        return [row for row in self.thread()["messages"] if not authors or row["from"] in authors]


def open_shop(stack: Any, **settings: Any) -> Merchant:
    """A new merchant, who nobody else has to do with."""
    created = _json(stack.call("POST", "/merchants", key=stack.admin_key, json={"name": "A shop"}), 201)
    merchant = Merchant(stack, created["merchant_id"], created["api_key"])
    if settings:
        merchant.set(**settings)
    return merchant


def pass_time(stack: Any, **span: float) -> None:
    """Move the one clock of platforms and stack; what is due by then is done."""
    stack.control("POST", "clock", json={"advance_s": timedelta(**span).total_seconds()})


def clock(stack: Any) -> datetime:
    return datetime.fromisoformat(stack.control("GET", "clock")["now"])


def settle(stack: Any, patience_s: float = 90) -> None:
    """Return when nothing is on its way any more: no webhook, and no work in a queue but what is delayed.

    Delayed work has a due row too, so that the minute call does it when time passes.
    """
    eventually(lambda: not _on_its_way(stack), "something was still on its way", patience_s)


def _on_its_way(stack: Any) -> dict[str, int]:
    """Looked at twice: between two queues a message is in neither."""
    for _ in range(2):
        deliveries = stack.control("GET", "deliveries")["deliveries"]
        waiting = sum(each["state"] == "waiting" for each in deliveries)
        found = {"webhooks": waiting, **_json(stack.call("GET", "/health"), 200)["queues"]}
        if any(found.values()):
            return found
    return {}


def _json(answer: requests.Response, expect: int) -> Json:
    if answer.status_code != expect:
        asked = f"{answer.request.method} {answer.request.path_url}"
        raise AssertionError(f"{asked}: {answer.status_code} instead of {expect}: {answer.text}")
    found: Json = answer.json()
    return found
