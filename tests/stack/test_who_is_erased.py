"""Who is erased is gone from tables and bucket, whatever comes late; and whoever connected an account
can take that back."""

import json
import time
from base64 import b64encode
from functools import partial
from typing import Any, Final

import pytest
import requests
from shop import KINDS, Account, Json, eventually, open_shop, settle, together
from test_replay import replay

from tests.dynamo import rows_of
from tests.redaction import everything_logged, files_of

NAME: Final = "Philippa Quillfeather"
WORDS: Final = "Quetzalcoatl-in-ultramarine"
CONTENT: Final = "Chrysanthemum-in-vermilion"
PNG: Final = b"\x89PNG\r\n\x1a\n" + CONTENT.encode()
META: Final = tuple(kind for kind in KINDS if kind != "telegram")
# Channels whose files stay where they are.
BY_LINK: Final = ("instagram by its own login", "instagram by a page")


@pytest.mark.soak
def test_who_is_erased_is_gone_and_nothing_that_comes_late_brings_them_back(stack: Any) -> None:
    since_ms = int(time.time() * 1000)
    planted: list[str] = [NAME, WORDS, CONTENT]
    together(partial(_erased, stack, planted))
    settle(stack)
    logged = {"CloudWatch": everything_logged(stack, since_ms)} | files_of(stack)
    for place, text in logged.items():
        assert [word for word in planted if word in text] == [], place


def _erased(stack: Any, planted: list[str], kind: str) -> None:
    account = open_shop(stack).connect(kind)
    pippa, ben = account.newcomer(f"{NAME} {kind}"), account.newcomer(f"Ben of {kind}")
    pippa.writes(WORDS)
    pippa.does("image", base64=b64encode(PNG).decode(), mime_type="image/png", filename=f"{CONTENT}.png")
    pippa.hears()
    eventually(lambda: len(pippa.rows("shopper")) >= 3, "not all is stored")
    if kind not in BY_LINK:
        eventually(lambda: CONTENT in stored(account), "the file was not fetched")
    riddle = _riddle(account)
    assert account.deliver(riddle) == 200
    settle(stack)
    shopper_id = pippa.thread()["shopper_id"]
    ids = [one["value"] for one in account.merchant.get(f"/shoppers/{shopper_id}")["addresses"]]
    words = [NAME, WORDS, CONTENT, *(one for one in ids if len(one) > 6)]
    planted.extend(one for one in ids if len(one) > 9)
    held = stored(account)
    assert all(word in held for word in words if kind not in BY_LINK or word != CONTENT), words
    _is_exported(account, shopper_id)

    _erase(account, shopper_id)
    assert found(account, words) == []
    assert account.merchant.call("GET", f"/shoppers/{shopper_id}").status_code == 404

    _tell_all_again(account, riddle)
    replay(account)
    settle(stack)
    assert found(account, words) == []
    assert [one["thread_id"] for one in account.threads()] == [ben.thread_id]

    pippa.thread_id = ""
    pippa.writes("May I ask something?")
    assert pippa.thread()["shopper_id"] != shopper_id
    assert pippa.said("May I ask something?") and WORDS not in stored(account)


def _erase(account: Account, shopper_id: str) -> None:
    path = f"/shoppers/{shopper_id}/erase"
    begun = account.merchant.call("POST", path)
    assert begun.status_code in (200, 202), begun.text
    done = eventually(partial(_done, account, path), "the erasing does not end")
    assert done["erasure_id"] == begun.json()["erasure_id"] and done["rows"] > 5
    again = account.merchant.call("POST", path)
    assert (again.status_code, again.json()) == (200, done)


def _done(account: Account, path: str) -> Json:
    shown = account.merchant.get(path)
    return shown if shown["state"] == "done" else {}


def _is_exported(account: Account, shopper_id: str) -> None:
    path = f"/shoppers/{shopper_id}/export"
    first = account.merchant.get(path, limit=2)
    assert first["shopper"]["shopper_id"] == shopper_id and first["threads"] and "consents" in first
    items, following = first["items"], first["next"]
    while following:
        page = account.merchant.get(path, limit=2, next=following)
        assert "shopper" not in page and len(page["items"]) <= 2
        items, following = items + page["items"], page["next"]
    assert len({one["message_id"] for one in items}) == len(items) >= 4
    assert WORDS in [one["text"] for one in items]
    (file,) = [file for one in items for file in one.get("media", ())]
    if file["state"] == "ready":
        assert CONTENT.encode() in requests.get(file["url"], timeout=30).content


def _riddle(account: Account) -> Json:
    """An event of theirs that nobody can read."""
    said = next(one["body"] for one in account.deliveries() if WORDS in json.dumps(one["body"]))
    if account.channel == "telegram":
        return {"update_id": 99, "hologram": said["message"]}
    riddle: Json = json.loads(json.dumps(said))
    entry = riddle["entry"][0]
    if account.channel == "whatsapp":
        message = entry["changes"][0]["value"]["messages"][0]
        message |= {"id": "wamid.RIDDLE", "type": "hologram", "hologram": message.pop("text")}
    else:
        event = entry["messaging"][0]
        event["hologram"] = event.pop("message")
    return riddle


def _tell_all_again(account: Account, riddle: Json) -> None:
    """The platform delivers all that it has ever told of this account once more."""
    for body in [riddle, *(one["body"] for one in account.deliveries())]:
        assert account.deliver(body) == 200
    settle(account.stack)


def stored(account: Account) -> str:
    """All that tables and bucket hold of this merchant."""
    stack, about = account.stack, account.stack.about
    dynamodb, s3 = stack.client("dynamodb"), stack.client("s3")
    tables = [about[name] for name in ("shops_table", "threads_table", "due_table")]
    rows = [
        json.dumps(row, default=str, ensure_ascii=False) for one in tables for row in rows_of(dynamodb, one)
    ]
    own = [row for row in rows if account.merchant.merchant_id in row]
    bucket = about["media_bucket"]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
    names = (account.merchant.merchant_id, account.connection["connection_id"])
    files = [
        key + s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode(errors="replace")
        for key in keys
        if any(name in key for name in names)
    ]
    return "\n".join([*own, *files])


def found(account: Account, words: list[str]) -> list[str]:
    held = stored(account)
    return [word for word in words if word in held]


def test_only_an_owner_exports_and_erases_and_only_their_own(stack: Any) -> None:
    account, other = open_shop(stack).connect("telegram"), open_shop(stack)
    shopper_id = account.newcomer("Ana Popescu").thread()["shopper_id"]
    agent = account.merchant.call("POST", "/keys", json={"name": "Eve", "role": "agent"}).json()["api_key"]
    for method, what in (("POST", "erase"), ("GET", "erase"), ("GET", "export")):
        path = f"/shoppers/{shopper_id}/{what}"
        assert stack.call(method, path, key=agent).status_code == 403
        assert other.call(method, path).status_code == 404
        assert other.call(method, f"/shoppers/sh_nobody/{what}").status_code == 404
    assert account.merchant.call("GET", f"/shoppers/{shopper_id}").status_code == 200


def tell(account: Account, wish: str, **more: Any) -> Json:
    """Meta calls as it was told in the app's settings: status, answer, signed_request."""
    connection_id = account.connection["connection_id"]
    url = f"{account.stack.api_url}/privacy/{wish}?connection={connection_id}"
    answer: Json = account.stack.control("POST", "privacy", json=account.name | {"url": url} | more)
    return answer


def test_who_connected_an_account_takes_that_back(stack: Any) -> None:
    def taken_back(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        assert tell(account, "deauthorize")["status"] == 200
        shown = account.now()
        assert shown["status"] == "needs_reauth"
        assert "permission_taken_back" in [one["code"] for one in shown["findings"]]
        ana = account.shopper(f"Ana of {kind}")
        ana.writes("Is anybody there?")
        assert ana.said("Is anybody there?")  # what comes in is stored as before
        again = account.merchant.call("POST", f"/setup/{account.connection['connection_id']}/check")
        assert (again.status_code, again.json()["status"]) == (200, "needs_reauth")
        account.connect()
        assert account.now()["status"] == "active"
        ana.hears()  # what waited goes out

    together(taken_back, META)


def test_a_deletion_has_a_page_and_the_same_wish_has_the_same(stack: Any) -> None:
    def deleted(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        owner = json.loads(shop_rows(account))["owner"]
        told = tell(account, "data-deletion")
        answer = json.loads(told["answer"])
        assert answer["url"].endswith(f"/privacy/{answer['confirmation_code']}")
        page = stack.call("GET", f"/privacy/{answer['confirmation_code']}", key="")
        assert page.status_code == 200 and "one account" in page.text
        assert owner and owner not in shop_rows(account)
        assert account.now()["status"] == "needs_reauth"
        again = tell(account, "data-deletion", signed_request=told["signed_request"])
        assert json.loads(again["answer"]) == answer
        assert stack.call("GET", f"/privacy/{answer['confirmation_code']}", key="").text == page.text

    together(deleted, META)


def shop_rows(account: Account) -> str:
    """The merchant's rows of the shops' table, and who connected the account."""
    table = account.stack.about["shops_table"]
    rows = rows_of(account.stack.client("dynamodb"), table)
    own = [row for row in rows if account.connection["connection_id"] in json.dumps(row, default=str)]
    details = [json.loads(row["details"]["S"]) for row in own if "details" in row]
    owners = {one.get("owner_id", "") for one in details}
    return json.dumps({"rows": own, "owner": max(owners)}, default=str)


def test_nobody_takes_back_what_is_not_theirs(stack: Any) -> None:
    account, mallory = open_shop(stack).connect("messenger"), open_shop(stack).connect("messenger")
    theirs = account.stack.control(
        "POST", "privacy", json=account.name | {"url": f"{stack.api_url}/privacy/nothing"}
    )
    assert theirs["status"] == 404
    signed = theirs["signed_request"]
    for forged, status in (
        ("", 400),
        ("x", 400),
        (f"{'A' * 43}.{signed.partition('.')[2]}", 403),
        (f"{signed.partition('.')[0]}.e30", 400),
    ):
        answered = requests.post(
            f"{stack.api_url}/privacy/deauthorize?connection={account.connection['connection_id']}",
            data={"signed_request": forged},
            timeout=30,
        )
        assert answered.status_code == status, (forged, answered.text)
    # By another's connection, whose app has another secret, it is not signed at all.
    assert tell(mallory, "deauthorize", signed_request=signed)["status"] == 403
    assert stack.call("GET", "/privacy/dl_nobody", key="").status_code == 404
    assert account.now()["status"] == mallory.now()["status"] == "active"
