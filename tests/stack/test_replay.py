"""What could not be understood is listed and tried again by one command; another brings dead letters back."""

import json
import os
import subprocess
import sys
from typing import Any, Final

from in_process import parley_on
from shop import Account, Shopper, clock, eventually, open_shop, settle

from functions.wiring import wired
from infra.package import PROJECT

OF_TOMORROW: Final = {"update_id": 77, "hologram": {"chat": {"id": 5550001, "type": "private"}}}


def ops(stack: Any, *arguments: str) -> dict[str, int]:
    """`python -m infra.ops …`: the counts that it printed, by name."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.ops", *arguments],
        cwd=PROJECT,
        env=os.environ | stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    return {name: int(count) for count, name in lines}


def unreadable(account: Account) -> dict[str, int]:
    return ops(account.stack, "unreadable", "--merchant", account.merchant.merchant_id)


def replay(account: Account, *arguments: str) -> dict[str, int]:
    return ops(account.stack, "replay", "--merchant", account.merchant.merchant_id, *arguments)


def test_what_is_still_not_understood_stays_listed(stack: Any) -> None:
    account = open_shop(stack).connect("telegram")
    assert account.deliver(OF_TOMORROW) == 200
    assert account.deliver("no JSON") == 200
    listed = {"unknown_kind:hologram": 1, "malformed": 1, "in all": 2}
    eventually(lambda: unreadable(account) == listed, "the two bodies are not listed")
    assert replay(account, "--reason", "malformed") == {"queued again": 1}
    eventually(lambda: unreadable(account) == listed, "what was tried in vain is not listed again")
    settle(stack)
    assert unreadable(account) == listed


def test_what_is_understood_by_now_leaves_the_list(stack: Any) -> None:
    """An earlier version did not know texts, say: it kept one aside, and noted another as unsupported."""
    account = open_shop(stack).connect("telegram")
    ana = account.shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    eventually(lambda: ana.rows("shopper"), "the first message is not there")
    first = account.deliveries()[0]["body"]
    keep_aside(account, "unsupported", first)
    forget_what_was_said(account)
    second = json.loads(json.dumps(first))
    second["update_id"] += 1
    second["message"] |= {"message_id": first["message"]["message_id"] + 100, "text": "Or the red one?"}
    keep_aside(account, "unknown_kind:text", second)
    assert unreadable(account) == {"unsupported": 1, "unknown_kind:text": 1, "in all": 2}

    assert replay(account) == {"queued again": 2}

    eventually(lambda: texts(ana) == ["Do you have the blue one?", "Or the red one?"], "they are not there")
    assert unreadable(account) == {"in all": 0}


def texts(ana: Shopper) -> list[str]:
    return [row["text"] for row in ana.rows("shopper") if row["kind"] == "text"]


def keep_aside(account: Account, reason: str, body: Any) -> None:
    connection_id, merchant_id = account.connection["connection_id"], account.merchant.merchant_id
    now = clock(account.stack)
    envelope = {
        "channel": account.channel,
        "merchant_id": merchant_id,
        "connection_id": connection_id,
        "received_at": now.isoformat(),
        "body": body,
    }
    with parley_on(account.stack):
        wired().work.threads.keep_unreadable(merchant_id, connection_id, reason, envelope, now)


def forget_what_was_said(account: Account) -> None:
    """Make the shopper's message what it would be had its content not been understood."""
    table = account.stack.about["threads_table"]
    dynamodb = account.stack.client("dynamodb")
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    rows = [row for page in pages for row in page["Items"] if account.merchant.merchant_id in row["pk"]["S"]]
    (said,) = [row for row in rows if row.get("author", {}).get("S") == "shopper"]
    said["kind"] = {"S": "unsupported"}
    del said["text"]
    dynamodb.put_item(TableName=table, Item=said)


def test_what_names_another_account_stays_aside(stack: Any) -> None:
    ours, theirs = open_shop(stack).connect("messenger"), open_shop(stack).connect("messenger")
    theirs.fault("webhook", "drop")
    theirs.shopper("Ana Popescu").writes("For their eyes only")
    assert ours.deliver(theirs.deliveries()[-1]["body"]) == 200
    listed = {"foreign_account": 1, "in all": 1}
    eventually(lambda: unreadable(ours) == listed, "the body is not listed")
    assert replay(ours) == {"queued again": 1}
    eventually(lambda: unreadable(ours) == listed, "the body is not listed again")
    settle(stack)
    assert ours.threads() == theirs.threads() == []


def test_what_came_before_an_account_was_connected_is_replayed_to_it(stack: Any) -> None:
    """On the URL that many shops share."""
    early = open_shop(stack).account("messenger")
    app_id, token = early.setup["app_id"], "shared-verify-token"
    app = {"app_secret": early.setup["app_secret"], "verify_token": token}
    assert stack.call("PUT", f"/apps/{app_id}", key=stack.admin_key, json=app).status_code == 200
    early.paste_webhook(f"{stack.api_url}/webhooks/messenger", token)
    early.connect(app_id=None, app_secret=None)
    late = open_shop(stack).account("messenger", app_id=app_id)
    ana = late.shopper("Ana Popescu")
    ana.writes("Is anybody there?")
    assert early.deliver(late.deliveries()[0]["body"]) == 200
    eventually(lambda: ops(stack, "unreadable").get("unclaimed_account"), "the message is not listed")

    late.connect(app_id=None, app_secret=None)
    ops(stack, "replay", "--reason", "unclaimed_account")

    assert [row["text"] for row in ana.rows("shopper")] == ["Is anybody there?"]
    assert unreadable(late) == {"in all": 0}


def test_dead_letters_come_back(stack: Any) -> None:
    account = open_shop(stack).connect("telegram")
    ana = account.shopper("Ana Popescu")
    account.fault("webhook", "drop")
    ana.writes("Do you have the blue one?")
    envelope = {
        "channel": account.channel,
        "merchant_id": account.merchant.merchant_id,
        "connection_id": account.connection["connection_id"],
        "received_at": clock(stack).isoformat(),
        "body": account.deliveries()[0]["body"],
    }
    stack.client("sqs").send_message(
        QueueUrl=stack.about["dead_letters"]["InboundDeadLettersUrl"],
        MessageBody=json.dumps(envelope),
        MessageGroupId="ana",
        MessageDeduplicationId="once",
    )
    assert ops(stack, "redrive")["Inbound"] >= 1
    ana.hears()
    assert ops(stack, "redrive")["in all"] == 0
