"""What is the same on all four channels."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
import requests

from .harness import Connect, Connected, Running, until


def test_a_shopper_writes_and_the_shop_hears_it(account: Connected) -> None:
    account.says("Is the blue one in stock?")
    assert "Is the blue one in stock?" in json.dumps(account.hears(1)[0])


def test_a_shop_answers_and_the_phone_shows_both_sides_in_order(account: Connected) -> None:
    to = account.address()
    account.send(to, "Yes, two are left.")
    shown = [(each["from"], each["kind"], each["text"]) for each in account.phone()]
    assert shown == [("shopper", "text", "Hello"), ("shop", "text", "Yes, two are left.")]
    assert account.phone()[0]["status"] == "received"


def test_a_phone_of_somebody_who_never_wrote_is_empty(account: Connected) -> None:
    assert account.phone("Nobody") == []


def test_every_event_of_a_burst_arrives_once_and_in_order(account: Connected) -> None:
    for number in range(20):
        account.says(f"number {number}.")
    texts = [json.dumps(event) for event in account.hears(20)]
    assert len(texts) == 20
    assert all(f"number {number}." in text for number, text in enumerate(texts))


def test_a_message_may_be_older_than_its_arrival(account: Connected) -> None:
    account.says("now")
    account.says("an hour ago", at=3600)
    assert [each["text"] for each in account.phone()] == ["an hour ago", "now"]


def test_a_refused_webhook_is_tried_again_until_it_is_taken(account: Connected) -> None:
    account.shop.answers += [500, 302]
    account.says("Hello")
    until(lambda: len(account.shop.on(account.path)) == 3)
    assert len({heard.raw for heard in account.shop.on(account.path)}) == 1
    until(lambda: account.deliveries() == [("delivered", 3, 200)])


def test_deliver_signs_exactly_the_bytes_it_was_given(account: Connected) -> None:
    body = b'{"odd": "\xff\xfe", "slash": "/" }'
    encoded = base64.b64encode(body).decode()
    account.shop.answer_text = "thanks"
    query = {"channel": account.channel, "account": account.id}
    answer = account.sandbox.control("deliver", **query, body_base64=encoded)
    assert answer == {"status": 200, "answer": "thanks"}
    [heard] = account.shop.on(account.path)
    assert heard.raw == body
    assert is_genuine(account, heard.headers, body)


def test_deliver_passes_on_what_the_shop_answered(account: Connected) -> None:
    account.shop.answers.append(503)
    query = {"channel": account.channel, "account": account.id, "body": "{}"}
    assert account.sandbox.control("deliver", **query)["status"] == 503
    assert len(account.shop.on(account.path)) == 1


@pytest.mark.parametrize("sign", [False, "wrong"])
def test_deliver_can_leave_the_signature_out_or_get_it_wrong(account: Connected, sign: Any) -> None:
    query = {"channel": account.channel, "account": account.id, "body": "{}", "sign": sign}
    account.sandbox.control("deliver", **query)
    [heard] = account.shop.on(account.path)
    assert not is_genuine(account, heard.headers, heard.raw)


def is_genuine(account: Connected, headers: dict[str, str], body: bytes) -> bool:
    if account.channel == "telegram":
        return headers.get("X-Telegram-Bot-Api-Secret-Token") == "s3cret"
    secret = account.setup.get("instagram_app_secret") or account.setup["app_secret"]
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return headers.get("X-Hub-Signature-256") == expected


def test_webhooks_are_signed(account: Connected) -> None:
    account.says("Größe 38/39? ✓")
    account.hears(1)
    [heard] = account.shop.on(account.path)
    assert is_genuine(account, heard.headers, heard.raw)
    assert heard.headers["Content-Type"] == "application/json"


def test_webhooks_of_meta_escape_what_is_not_ascii_and_slashes(account: Connected) -> None:
    account.says("Größe 38/39?")
    account.hears(1)
    raw = account.shop.on(account.path)[0].raw
    assert raw.isascii()
    assert rb"Gr\u00f6\u00dfe 38\/39?" in raw


def test_an_account_without_a_webhook_delivers_nothing_and_says_why(sandbox: Running) -> None:
    for channel in ("whatsapp", "messenger", "instagram", "telegram"):
        account = sandbox.control("accounts", channel=channel)["account"]
        query = {"channel": channel, "account": account}
        assert sandbox.control("say", **query, shopper="Mary Okoro", text="Hello")["event_id"]
        [delivery] = sandbox.ask("deliveries", **query)["deliveries"]
        assert (delivery["state"], delivery["tries"]) == ("nowhere", 0)
        assert delivery["reason"]
        assert sandbox.control("deliver", 409, **query, body="{}")["error"]["message"]


def test_a_second_account_hears_nothing_of_the_first(connect: Connect) -> None:
    for channel in ("whatsapp", "messenger", "instagram", "telegram"):
        first, second = connect(channel), connect(channel)
        first.says("only for the first")
        first.hears(1)
        assert second.events() == []
        assert second.phone() == []


def test_blocking_makes_sends_fail_until_the_shopper_writes_again(account: Connected) -> None:
    to = account.address()
    account.says(kind="block")
    status = {"telegram": 403}.get(account.channel, 400)
    account.send(to, expect=status)
    account.says("I am back")
    account.send(to)


def test_the_log_of_calls_counts_sends_and_holds_no_token(account: Connected) -> None:
    to = account.address()
    account.send(to, "one")
    account.send(to, "two")
    name = "sendMessage" if account.channel == "telegram" else "messages"
    log = account.sandbox.ask("calls", channel=account.channel, account=account.id)["calls"]
    assert [each["status"] for each in log if each["call"] == name] == [200, 200]
    assert account.token not in json.dumps(log)


def test_an_unknown_event_kind_is_refused_with_the_kinds_there_are(account: Connected) -> None:
    event = {"kind": "telepathy"}
    body = {"channel": account.channel, "account": account.id, "shopper": "Mary Okoro", "event": event}
    message = account.sandbox.control("say", 400, **body)["error"]["message"]
    assert "text" in message
    assert "reaction" in message


@pytest.mark.parametrize("kind", ["image", "video", "audio", "document", "sticker"])
def test_a_shopper_sends_a_file_that_can_be_fetched(account: Connected, kind: str) -> None:
    content = base64.b64encode(b"the very bytes").decode()
    account.says("look" if kind == "image" else "", kind=kind, base64=content)
    [event] = account.hears(1)
    assert download(account, event, kind) == b"the very bytes"
    assert account.phone()[0]["kind"] == kind


def download(account: Connected, event: dict[str, Any], kind: str) -> bytes:
    if account.channel == "whatsapp":
        node = account.call("GET", event["messages"][0][kind]["id"])
        assert requests.get(node["url"], timeout=10).status_code == 404
        headers = {"Authorization": f"Bearer {account.token}"}
        return requests.get(node["url"], headers=headers, timeout=10).content
    if account.channel == "telegram":
        message = event["message"]
        part = message.get("voice") or message.get(kind) or message["photo"][-1]
        path = account.call("GET", "getFile", params={"file_id": part["file_id"]})["result"]["file_path"]
        url = f"{account.sandbox.url}/telegram/file/bot{account.token}/{path}"
        return requests.get(url, timeout=10).content
    url = event["message"]["attachments"][0]["payload"]["url"]
    return requests.get(url, timeout=10).content
