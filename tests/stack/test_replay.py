"""What could not be understood is listed and tried again by one command; another brings dead letters back.

Each may be killed at any point and run again: the rows are those of one whole run.
"""

import json
import os
import subprocess
import sys
from secrets import token_hex
from typing import Any, Final, cast

import pytest
from in_process import parley_on
from shop import Account, Shopper, clock, eventually, open_shop, settle
from test_once import rows_of

from chalicelib.ports.threads import Kept, ThreadStore
from chalicelib.services.receiving.replay import Replay
from functions.wiring import wired
from infra.package import PROJECT

SECRET: Final = "Quetzalcoatl-in-lavender"
OF_TOMORROW: Final = {"update_id": 77, "hologram": {"chat": {"id": 5550001, "type": "private"}}}


def run(stack: Any, *arguments: str) -> str:
    """`python -m infra.ops …`: what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.ops", *arguments],
        cwd=PROJECT,
        env=os.environ | stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ops(stack: Any, *arguments: str) -> dict[str, int]:
    """The same: the counts that its lines begin with, by what they count; of an event, by its reason."""
    counts: dict[str, int] = {}
    for line in run(stack, *arguments).splitlines():
        count, *words = line.split()
        owners = [place for place, word in enumerate(words) if word == "nobody" or word.startswith("mt_")]
        name = words[owners[0] + 2] if owners else " ".join(words)
        counts[name] = counts.get(name, 0) + int(count)
    return counts


def quarantine(account: Account, *arguments: str) -> dict[str, int]:
    return ops(account.stack, "quarantine", "--merchant", account.merchant.merchant_id, *arguments)


def replay(account: Account, *arguments: str) -> dict[str, int]:
    return ops(account.stack, "replay", "--merchant", account.merchant.merchant_id, *arguments)


def test_what_is_still_not_understood_stays_listed(stack: Any) -> None:
    account = open_shop(stack).connect("telegram")
    assert account.deliver(OF_TOMORROW) == 200
    assert account.deliver("no JSON") == 200
    listed = {"unknown_kind:hologram": 1, "malformed": 1, "in all": 2}
    eventually(lambda: quarantine(account) == listed, "the two bodies are not listed")
    assert replay(account, "--reason", "malformed") == {"malformed": 1, "in all": 1}
    eventually(lambda: quarantine(account) == listed, "what was tried in vain is not listed again")
    settle(stack)
    assert quarantine(account) == listed


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
    assert quarantine(account) == {"unsupported": 1, "unknown_kind:text": 1, "in all": 2}

    assert replay(account, "--dry-run")["in all"] == quarantine(account)["in all"] == 2
    assert replay(account)["in all"] == 2
    assert replay(account)["in all"] == 0

    eventually(lambda: texts(ana) == ["Do you have the blue one?", "Or the red one?"], "they are not there")
    assert quarantine(account) == {"in all": 0}


def test_one_event_is_shown_tried_again_and_forgotten_by_its_id(stack: Any) -> None:
    account = open_shop(stack).connect("telegram")
    mine = ("--merchant", account.merchant.merchant_id)
    for number in (1, 2):
        keep_aside(account, "unknown_kind:hologram", OF_TOMORROW | {"update_id": number, "words": SECRET})
    *_, first, second = run(stack, "quarantine", *mine).splitlines()[0].split()
    assert SECRET not in run(stack, "quarantine", *mine, "--show", first)
    assert SECRET in run(stack, "quarantine", *mine, "--show", first, "--reveal")
    assert ops(stack, "quarantine", *mine, "--forget", first, "--dry-run")["unknown_kind:hologram"] == 1
    assert quarantine(account)["in all"] == 2
    for times in (1, 0):
        assert sum(ops(stack, "quarantine", *mine, "--forget", first).values()) == times
        assert ops(stack, "replay", *mine, "--id", first) == {
            "queued again: nothing is kept under this id": 0
        }
    assert ops(stack, "replay", *mine, "--id", second)["in all"] == 1
    eventually(lambda: quarantine(account)["in all"] == 1, "what was tried in vain is not listed again")


@pytest.mark.parametrize("is_read_before", [False, True], ids=["killed at once", "received meanwhile"])
def test_a_replay_that_is_killed_changes_no_row_when_it_is_run_again(
    stack: Any, is_read_before: bool
) -> None:
    """After it has queued what is kept, and before it has forgotten it."""
    account = open_shop(stack, paused="automatic").connect("telegram")
    ana = account.shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    ana.thread()
    settle(stack)
    body = account.deliveries()[0]["body"]
    more = {"message_id": body["message"]["message_id"] + 100, "text": "Or the red one?"}
    keep_aside(account, "unknown_kind:text", body | {"update_id": 77, "message": body["message"] | more})
    keep_aside(account, "unknown_kind:hologram", OF_TOMORROW)
    with parley_on(stack) as parley:
        owner = (account.merchant.merchant_id, account.connection["connection_id"], lambda kept: True)
        threads = wired().threads
        with pytest.raises(Killed):
            Replay(cast(ThreadStore, Forgetless(threads)), wired().outbox)(*owner)
        assert (parley.work() if is_read_before else []) == []
        assert sum(Replay(threads, wired().outbox)(*owner).values()) == 2
        assert parley.work() == []
        once = rows_of(account)
        assert [row["text"] for row in ana.rows("shopper")][-1] == "Or the red one?"
        assert sum(Replay(threads, wired().outbox)(*owner).values()) == 1
        assert parley.work() == []
    assert rows_of(account) == once
    assert quarantine(account) == {"unknown_kind:hologram": 1, "in all": 1}


class Killed(BaseException):
    """As by SIGKILL: nothing catches it."""


class Forgetless:
    """The process ends when it would forget."""

    def __init__(self, threads: ThreadStore) -> None:
        self._threads = threads

    def __getattr__(self, name: str) -> Any:
        return getattr(self._threads, name)

    def forget_unreadable(self, kept: Kept) -> None:
        raise Killed


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
    eventually(lambda: quarantine(ours) == listed, "the body is not listed")
    assert replay(ours)["foreign_account"] == 1
    eventually(lambda: quarantine(ours) == listed, "the body is not listed again")
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
    eventually(lambda: ops(stack, "quarantine").get("unclaimed_account"), "the message is not listed")

    late.connect(app_id=None, app_secret=None)
    ops(stack, "replay", "--reason", "unclaimed_account")

    assert [row["text"] for row in ana.rows("shopper")] == ["Is anybody there?"]
    assert quarantine(late) == {"in all": 0}


@pytest.mark.soak
def test_dead_letters_come_back(stack: Any) -> None:
    """Also twice, as of a run that was killed after it had put a letter back and before it took it away."""
    account = open_shop(stack).connect("telegram")
    ana = account.shopper("Ana Popescu")
    account.fault("webhook", "drop")
    ana.writes("Do you have the blue one?")
    letter = {
        "channel": account.channel,
        "merchant_id": account.merchant.merchant_id,
        "connection_id": account.connection["connection_id"],
        "received_at": clock(stack).isoformat(),
        "body": account.deliveries()[0]["body"],
    }
    dies(stack, letter)
    assert ops(stack, "redrive", "--queue", "inbound", "--dry-run")["would be put back into inbound"] >= 1
    assert "put back into inbound" not in ops(stack, "redrive", "--queue", "outbound")
    assert ops(stack, "redrive")["put back into inbound"] >= 1
    ana.hears()
    settle(stack)
    once = rows_of(account)
    dies(stack, letter)
    assert ops(stack, "redrive", "--queue", "inbound")["in all"] == 1
    assert ops(stack, "redrive")["in all"] == 0
    settle(stack)
    assert (rows_of(account), len(ana.heard())) == (once, 1)


def dies(stack: Any, letter: Any) -> None:
    """A queue has given it up."""
    stack.client("sqs").send_message(
        QueueUrl=stack.about["dead_letters"]["InboundDeadLettersUrl"],
        MessageBody=json.dumps(letter),
        MessageGroupId="ana",
        MessageDeduplicationId=token_hex(8),
    )
