"""Shops connect, fail to, leave and come back; and the Meta app that many shops share."""

import json
from dataclasses import dataclass
from typing import Any, Final

import pytest
from shop import KINDS, Account, Merchant, Shopper, eventually, open_shop, pass_time, together

TOKEN: Final = {
    "whatsapp": "access_token",
    "messenger": "page_token",
    "instagram": "access_token",
    "telegram": "bot_token",
}
META: Final = [kind for kind in KINDS if kind != "telegram"]
# The call that sets the webhook, after everything has been proven and stored.
REGISTERS: Final = dict.fromkeys(META, "subscribed_apps") | {"telegram": "setWebhook"}
UNKNOWN_TOKEN: Final = dict.fromkeys(META, "EAAGnobodyhasthistoken0") | {
    "instagram by its own login": "IGAAnobodyhasthistoken0",
    "telegram": "7000000001:AAnobody-has-this-token-at-all-000000",
}


@dataclass(frozen=True)
class Left:
    """A shopper whose shop has left its account. unsent: an answer that was still to be sent."""

    ana: Shopper
    unsent: str


@pytest.fixture(scope="module")
def left(stack: Any) -> dict[str, Left]:
    """One shop on each channel that leaves before all other tests here: for a minute it may still be known.

    The platform refuses to be told of it, so that it goes on delivering.
    """
    gone: dict[str, Left] = {}

    def leave(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        ana = account.shopper("Ana Popescu")
        ana.writes("Do you have the blue one?")
        ana.hears()
        gone[kind] = Left(ana, leaves_something_unsent(account, ana))
        stack.control("POST", "token", json=account.name | {"state": "expired"})
        account.disconnect()
        stack.control("POST", "token", json=account.name | {"state": "valid"})

    together(leave)
    return gone


def test_who_leaves_is_disconnected_and_the_account_is_free(left: dict[str, Left]) -> None:
    for gone in left.values():
        account = gone.ana.account
        assert account.merchant.get("/setup")["items"][0]["status"] == "disconnected"
        assert claims_on(account) == []
        assert account.merchant.thread(gone.ana.thread_id)["messages"]
        refused = account.merchant.reply(gone.ana.thread_id, "Hello?", expect=409)
        assert refused["error"]["code"] == "disconnected"


def test_a_connection_says_what_is_left_to_do(stack: Any) -> None:
    def connect(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        made, channel = account.connection, account.channel
        assert (made["channel"], made["status"], made["name"]) == (channel, "active", "Sandbox Shop")
        assert made["webhook_url"] == f"{stack.api_url}/webhooks/{channel}/{made['connection_id']}"
        assert ("verify_token" in made) == (channel != "telegram")
        steps = " ".join(made["next_steps"])
        assert ("coexistence" in steps) == (channel == "whatsapp")
        assert ("away message" in steps) == (channel != "telegram")
        assert account.merchant.get("/setup")["items"][0]["connection_id"] == made["connection_id"]
        assert account.merchant.get(f"/setup/{made['connection_id']}") == made
        assert account.setup[TOKEN[channel]] not in str(account.merchant.get("/setup"))

    together(connect)


def test_a_wrong_token_connects_nothing(stack: Any) -> None:
    def connect(kind: str) -> None:
        account = open_shop(stack).account(kind)
        field = TOKEN[account.channel]
        is_refused(account, 400, "token_rejected", field, **{field: UNKNOWN_TOKEN[kind]})

    together(connect)


def test_a_token_without_permission_connects_nothing(stack: Any) -> None:
    def connect(kind: str) -> None:
        account = open_shop(stack).account(kind)
        stack.control("POST", "token", json=account.name | {"state": "no_permission"})
        is_refused(account, 400, "permission_missing", TOKEN[account.channel])

    together(connect, META)


def test_a_wrong_app_secret_connects_nothing(stack: Any) -> None:
    def connect(kind: str) -> None:
        account = open_shop(stack).account(kind)
        is_refused(account, 400, "secret_rejected", "app_secret", app_secret="0123456789abcdef")

    together(connect, META)


def test_credentials_of_another_account_connect_nothing(stack: Any) -> None:
    def connect(kind: str) -> None:
        account = open_shop(stack).account(kind)
        is_refused(account, 400, "account_mismatch", "account", account="1234567890")

    together(connect)


def test_an_account_belongs_to_one_shop_at_a_time(stack: Any) -> None:
    def connect(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        other = Account(open_shop(stack), account.channel, account.setup)
        is_refused(other, 409, "account_taken", "account")
        ana = account.shopper("Ana Popescu")
        ana.writes("Are you still there?")
        assert len(ana.hears()) == 1

    together(connect)


@pytest.mark.parametrize("when", ["it is asked who we are", "the webhook is set"])
def test_a_platform_that_is_down_connects_nothing_and_breaks_nothing(stack: Any, when: str) -> None:
    def connect(kind: str) -> None:
        call = "*" if when == "it is asked who we are" else REGISTERS[kind]
        account = open_shop(stack).account(kind)
        account.fault(call, "status", status=503)
        is_refused(account, 502, "channel_down", None)
        before = account.connect()
        account.fault(call, "status", status=503)
        assert account.try_to_connect().status_code == 502
        assert account.merchant.get(f"/setup/{before['connection_id']}") == before
        ana = account.shopper("Ana Popescu")
        ana.writes("Are you still there?")
        assert len(ana.hears()) == 1

    together(connect)


def test_what_does_not_fit_is_told_by_field(stack: Any) -> None:
    shop = open_shop(stack)
    wrong = {
        "/setup/whatsapp": ({"phone_number_id": "1"}, 400, "access_token"),
        "/setup/messenger": ({"page_token": "EAAG12345678", "page_id": "not a number"}, 400, "page_id"),
        "/setup/instagram": ({"access_token": "IGAA12345678", "account_id": "1", "login": "x"}, 400, "login"),
        "/setup/telegram": ({"bot_token": "1:" + "A" * 35, "colour": "blue"}, 400, "colour"),
        "/setup/fax": ({}, 404, None),
    }
    for path, (body, status, field) in wrong.items():
        answer = shop.call("POST", path, json=body)
        assert (answer.status_code, answer.json()["error"].get("field")) == (status, field), path


def is_refused(mine: Account, status: int, code: str, field: str | None, **changes: Any) -> None:
    """A clear error, and nothing stored, neither a connection nor a claim on the mine."""
    answer = mine.try_to_connect(**changes)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error.get("field")) == (status, code, field), error
    assert len(error["message"]) > 20
    assert mine.setup[TOKEN[mine.channel]] not in answer.text
    assert mine.merchant.get("/setup")["items"] == []
    if code != "account_taken":
        assert claims_on(mine) == []


def claims_on(account: Account) -> list[Any]:
    table = account.stack.about["shops_table"]
    key = {"pk": {"S": f"claim#{account.channel}#{account.id}"}, "sk": {"S": "claim"}}
    found = account.stack.client("dynamodb").get_item(TableName=table, Key=key)
    return [found["Item"]] if "Item" in found else []


def test_one_meta_app_for_many_shops(stack: Any) -> None:
    """An account without a secret of its own is heard on the shared URL, and only such an account."""
    operator = open_shop(stack)
    first = operator.account("instagram by its own login")
    app = {name: first.setup[name] for name in ("app_id", "app_secret", "instagram_app_secret")}
    secrets = {"app_secret": app["app_secret"], "instagram_app_secret": app["instagram_app_secret"]}
    save = {"path": f"/apps/{app['app_id']}", "json": secrets | {"verify_token": "shared-verify-token"}}
    assert operator.call("PUT", **save).status_code == 401
    assert stack.call("PUT", key=stack.admin_key, **save).status_code == 200
    shared = [first] + [open_shop(stack).account(kind, app_id=app["app_id"]) for kind in META[:2]]
    for account in shared:
        url = f"{stack.api_url}/webhooks/{account.channel}"
        account.paste_webhook(url, "shared-verify-token")
        account.connect(app_id=None, app_secret=None, instagram_app_secret=None)
        assert account.connection["webhook_url"] == url
    together(lambda channel: is_heard(next(one for one in shared if one.channel == channel)), [
        account.channel for account in shared
    ])  # fmt: skip
    own = open_shop(stack).connect("messenger", app_id=app["app_id"])
    unclaimed = operator.account("messenger", app_id=app["app_id"])
    messenger = next(account for account in shared if account.channel == "messenger")
    for entry in (own.id, unclaimed.id):
        assert messenger.deliver(text_to(entry, "By the wrong door")) == 200
    messenger.shopper("Ben").writes("By the right door")
    messenger.shopper("Ben").hears()
    assert everybody_wrote(messenger.merchant) == {"Do you have the blue one?", "By the right door"}
    assert everybody_wrote(own.merchant) == set()


def is_heard(account: Account) -> None:
    ana = account.shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    assert len(ana.hears()) == 1
    assert [row["text"] for row in ana.rows("shopper")] == ["Do you have the blue one?"]


def text_to(page: str, text: str) -> Any:
    now_ms = 1_795_000_000_000
    message = {"mid": f"m_{page}", "text": text}
    event = {"sender": {"id": "24000000000000001"}, "recipient": {"id": page}, "timestamp": now_ms}
    entry = {"id": page, "time": now_ms, "messaging": [event | {"message": message}]}
    return {"object": "page", "entry": [entry]}


def everybody_wrote(shop: Merchant) -> set[str]:
    threads = [shop.thread(one["thread_id"]) for one in shop.get("/threads")["items"]]
    return {row["text"] for one in threads for row in one["messages"] if row["from"] == "shopper"}


@pytest.mark.soak
def test_nothing_more_comes_in_or_goes_out_for_who_has_left(stack: Any, left: dict[str, Left]) -> None:
    pass_time(stack, minutes=3)

    def is_left_alone(kind: str) -> None:
        account, ana = left[kind].ana.account, left[kind].ana
        eventually(lambda: knock_again(account) == 403, "webhooks are still taken", 75)
        eventually(lambda: unsent(left[kind])["status"] == "skipped", "what was to be sent still waits")
        assert unsent(left[kind])["reason"] == "disconnected"
        assert len(ana.heard()) == 1

    together(is_left_alone)


def test_who_comes_back_finds_the_same_connection_and_threads(left: dict[str, Left]) -> None:
    def come_back(kind: str) -> None:
        ana, before = left[kind].ana, left[kind].ana.account.connection
        assert ana.account.connect()["connection_id"] == before["connection_id"]
        ana.writes("Are you back?")
        eventually(lambda: ana.thread()["last_text"] == "Are you back?", "the same thread does not go on")
        assert len(ana.account.threads()) == 1

    together(come_back)


def knock_again(account: Account) -> int:
    """As a platform that was not told; Telegram's secret is Parley's own, so the platform itself must."""
    body = account.deliveries()[0]["body"]
    return (
        account.deliver(body) if account.channel == "telegram" else account.knock(json.dumps(body).encode())
    )


def unsent(gone: Left) -> Any:
    (row,) = (row for row in gone.ana.rows("human") if row["message_id"] == gone.unsent)
    return row


def leaves_something_unsent(account: Account, ana: Shopper) -> str:
    """An answer that the platform does not take now, to be tried again."""
    account.fault("send", "status", status=429)
    message = account.merchant.reply(ana.thread()["thread_id"], "Yes, in three sizes.")
    eventually(lambda: any(call["fault"] for call in sends_of(account)), "it was not tried")
    return str(message["message_id"])


def sends_of(account: Account) -> list[Any]:
    return account.calls("sendMessage" if account.channel == "telegram" else "messages")
