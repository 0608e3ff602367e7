"""Functions that die at any moment, floods, and a stack that is switched off in the middle of a talk."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final

import pytest
import requests
from killing import Killer
from shop import KINDS, Account, Shopper, eventually, open_shop, pass_time, settle
from test_replay import ops

from chalicelib.domain.work import SettleEcho, work_to_json

SHOPPERS: Final = 30
TEXTS: Final = 10
MOST_TEXTS: Final = 40
KILLS: Final = 40
# A thousand messages: so many to each of so many.
ANSWERED: Final = 40
ANSWERS: Final = 25
MOST_WAITS: Final = 60
FEWEST_KILLS: Final = 15
KILL_EVERY_S: Final = 0.3
# Queues hand a message out again so soon, so that a test does not wait for minutes.
SOON_S: Final = 10
CHANNELS: Final = ("whatsapp", "messenger", "instagram by its own login", "telegram")
# These tell us our own reference with what became of a message.
RECONCILED: Final = ("whatsapp", "messenger")
SETTLED: Final = frozenset({"sent", "delivered", "read", "skipped", "uncertain"})


@pytest.fixture
def impatient(stack: Any) -> Iterator[None]:
    """Whatever a killed function had taken from a queue comes again soon."""
    sqs, urls = stack.client("sqs"), stack.about["queues"].values()
    usual = [sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"]) for url in urls]
    for url in urls:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(SOON_S)})
    yield
    for url, before in zip(urls, usual, strict=True):
        sqs.set_queue_attributes(QueueUrl=url, Attributes=before["Attributes"])


@pytest.mark.soak
def test_functions_that_are_killed_lose_and_double_nothing(stack: Any, impatient: None) -> None:
    shop = open_shop(stack)
    accounts = [shop.connect(kind) for kind in CHANNELS]
    shoppers = [accounts[n % len(accounts)].shopper(f"Ana Nr{n}") for n in range(SHOPPERS)]
    said: dict[str, list[str]] = {ana.name: [] for ana in shoppers}
    for account in accounts:
        account.fault("send", "slow", times=50, seconds=0.3)

    with ThreadPoolExecutor(4) as writing, ThreadPoolExecutor(4) as answering:
        with Killer(stack, KILL_EVERY_S, KILLS) as killer:
            talks = [writing.submit(talk, ana, said[ana.name], killer) for ana in shoppers]
            replies = [answering.submit(answered_by_a_human, ana) for ana in shoppers]
            for one in (*talks, *replies):
                one.result()
            eventually(lambda: not undelivered(stack), "not every webhook was taken", 240)
    assert len(killer.killed) >= FEWEST_KILLS
    stack.control("DELETE", "faults")
    bring_all_home(stack)

    assert undelivered(stack) == []
    complaints = [line for ana in shoppers for line in judged(ana, said[ana.name])]
    assert not complaints
    uncertain = sum(row["status"] == "uncertain" for ana in shoppers for row in ana.rows())
    assert uncertain <= sum(name.startswith("Send") for name in killer.killed)


@pytest.mark.soak
def test_of_a_thousand_answers_none_arrives_twice_whatever_dies(stack: Any, impatient: None) -> None:
    """The ledger: what was intended, what was shown, and what nobody can know, add up."""
    shop = open_shop(stack, paused="automatic")
    accounts = [shop.connect(kind) for kind in CHANNELS]
    shoppers = [accounts[n % len(accounts)].newcomer(f"Ana Nr{n}") for n in range(ANSWERED)]
    with Killer(stack, KILL_EVERY_S, KILLS, turns=("SendOutbound", "SendLater")) as killer:
        with ThreadPoolExecutor(4) as answering:
            for one in [answering.submit(answered_often, ana) for ana in shoppers]:
                one.result()
        eventually(lambda: not undelivered(stack), "not every webhook was taken", 240)
    assert len(killer.killed) >= FEWEST_KILLS
    bring_all_home(stack)
    for _ in range(MOST_WAITS):  # people's words go one after the other: who is behind looks again later
        rows = {ana.name: ana.every("human") for ana in shoppers}
        if not any(row["status"] == "queued" for theirs in rows.values() for row in theirs):
            break
        pass_time(stack, minutes=5)
        settle(stack, patience_s=120)
    assert {name: len(theirs) for name, theirs in rows.items()} == {ana.name: ANSWERS for ana in shoppers}
    for ana in shoppers:
        shown = Counter(ana.heard())
        assert max(shown.values()) == 1
        known = {row["text"] for row in rows[ana.name] if row["status"] in ("sent", "delivered", "read")}
        unsure = {row["text"] for row in rows[ana.name] if row["status"] == "uncertain"}
        assert known <= set(shown) <= known | unsure
        assert {row["status"] for row in rows[ana.name]} <= SETTLED - {"skipped"}
    uncertain = sum(row["status"] == "uncertain" for theirs in rows.values() for row in theirs)
    assert uncertain <= sum(name.startswith("Send") for name in killer.killed)
    assert leased(stack) == []


def answered_often(ana: Shopper) -> None:
    """A person of the shop is talkative."""
    path = f"/threads/{ana.thread_id}/messages"
    for number in range(ANSWERS):
        headers = {"Idempotency-Key": f"{ana.name} {number}"}
        body = {"text": f"{answer_to(ana)} {number}"}
        assert insistent(ana, "POST", path, json=body, headers=headers).status_code == 201


def leased(stack: Any) -> list[Any]:
    """Messages that somebody still holds."""
    table = stack.about["threads_table"]
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    return [row["sk"] for page in pages for row in page["Items"] if "lease_until" in row]


def talk(ana: Shopper, said: list[str], killer: Killer) -> None:
    """Ten texts; more where everything is over before anything was killed."""
    while len(said) < TEXTS or (len(killer.killed) < FEWEST_KILLS and len(said) < MOST_TEXTS):
        said.append(f"{ana.name} says {len(said)}")
        ana.writes(said[-1])


def answered_by_a_human(ana: Shopper) -> None:
    """As a careful client does: the same key again until there is an answer."""

    def thread_id() -> str:
        asked = {"channel": ana.account.channel, "limit": 100}
        found = insistent(ana, "GET", "/threads", params=asked).json()["items"]
        theirs = [one["thread_id"] for one in found if one["last_text"].startswith(f"{ana.name} ")]
        return theirs[0] if theirs else ""

    path = f"/threads/{eventually(thread_id, 'there is no thread', 120)}/messages"
    headers = {"Idempotency-Key": f"answer {ana.name}"}
    answer = insistent(ana, "POST", path, json={"text": answer_to(ana)}, headers=headers)
    assert answer.status_code == 201, answer.text


def insistent(ana: Shopper, method: str, path: str, **given: Any) -> requests.Response:
    """The API's answer, asked for until there is one."""

    def answer() -> requests.Response | None:
        with suppress(requests.RequestException):
            found = ana.account.merchant.call(method, path, **given)
            return found if found.status_code < 500 else None
        return None

    return eventually(lambda: [found] if (found := answer()) is not None else [], "no answer", 240)[0]


def answer_to(ana: Shopper) -> str:
    return f"Hello {ana.name}, yes."


def bring_all_home(stack: Any) -> None:
    """What queues and the minute call do in time, and what an operator does with dead letters."""
    settle(stack, patience_s=300)
    while ops(stack, "redrive")["in all"]:
        settle(stack, patience_s=300)
    for _ in range(3):
        pass_time(stack, minutes=3)
        settle(stack, patience_s=120)
    assert ops(stack, "redrive")["in all"] == 0


def undelivered(stack: Any) -> list[Any]:
    deliveries = stack.control("GET", "deliveries")["deliveries"]
    return [one for one in deliveries if one["state"] not in ("delivered", "dropped", "nowhere")]


def judged(ana: Shopper, said: list[str]) -> Iterator[str]:
    """What is wrong with a shopper's thread and phone."""
    rows, heard = ana.rows(), Counter(ana.heard())
    stored = Counter(row["text"] for row in rows if row["from"] == "shopper")
    if stored != Counter(said):
        yield f"{ana.name}: {stored - Counter(said)} too often, {Counter(said) - stored} not"
    ours = [row for row in rows if row["from"] in ("auto", "human") and row["status"] != "note"]
    if Counter(row["from"] for row in ours) != {"auto": 1, "human": 1}:
        yield f"{ana.name}: {[(row['from'], row['text']) for row in ours]}"
    for row in ours:
        shown, status = heard.pop(row["text"], 0), row["status"]
        fits = {"skipped": (0,), "uncertain": (0, 1)}.get(status, (1,))
        if status not in SETTLED or shown not in fits:
            yield f"{ana.name}: {row['from']} is {status}, shown {shown} times"
        if status == "uncertain" and shown and ana.account.channel in RECONCILED:
            yield f"{ana.name}: {row['from']} is uncertain, though the channel told of it"
    if heard:
        yield f"{ana.name} heard what no row says: {dict(heard)}"


FLOOD: Final = 2000
COPIES: Final = 3
# The platforms wait for ten seconds and more; on two processors many share one.
ANSWER_WITHIN_S: Final = 10.0
BULK: Final = 12_000


@pytest.mark.soak
def test_a_flood_is_stored_once_and_answered_once(stack: Any) -> None:
    """Everything comes three times, shuffled, as fast as the stack takes it, and the bulk queue is full."""
    shop = open_shop(stack)
    accounts = [shop.connect(kind) for kind in KINDS]
    shoppers = [accounts[n % len(accounts)].shopper(f"Ana Nr{n}") for n in range(40)]
    for account in accounts:
        account.fault("webhook", "duplicate", times=FLOOD)
        account.fault("webhook", "shuffle", times=FLOOD)
    said: dict[str, list[str]] = {ana.name: [] for ana in shoppers}
    for n in range(FLOOD // COPIES):
        said[shoppers[n % len(shoppers)].name].append(f"This is {n}")
    fill_bulk(stack)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda ana: [ana.writes(text) for text in said[ana.name]], shoppers))
        waits = list(pool.map(seconds_to_answer, accounts * 4))
    assert max(waits) < ANSWER_WITHIN_S
    assert stack.call("GET", "/health").json()["queues"]["bulk"], "the bulk queue was not full all along"
    stack.control("DELETE", "faults")
    settle(stack, patience_s=420)
    pass_time(stack, minutes=2)
    settle(stack)

    assert undelivered(stack) == []
    for ana in shoppers:
        assert Counter(row["text"] for row in ana.rows("shopper")) == Counter(said[ana.name])
        assert len(ana.rows("auto")) == 1
        assert len(ana.heard()) == 1
    assert ops(stack, "redrive")["in all"] == 0


def fill_bulk(stack: Any) -> None:
    """Work that comes to nothing, but has to be looked at."""
    sqs, url = stack.client("sqs"), stack.about["queues"]["BulkQueueUrl"]
    works = [SettleEcho("mt_no", "cn_no", "telegram", "1", str(n)) for n in range(BULK)]
    for n in range(0, BULK, 10):
        entries = [
            {"Id": str(place), "MessageBody": json.dumps(work_to_json(work))}
            for place, work in enumerate(works[n : n + 10])
        ]
        assert not sqs.send_message_batch(QueueUrl=url, Entries=entries).get("Failed")


def seconds_to_answer(account: Account) -> float:
    """How long a webhook waits for its 200."""
    body = eventually(account.deliveries, "nothing was delivered")[0]["body"]
    began = time.monotonic()
    assert account.deliver(body) == 200
    return time.monotonic() - began


@pytest.mark.soak
def test_a_talk_goes_on_after_a_restart(stack: Any) -> None:
    """Switched off between the shopper's message and its answer."""
    shoppers = [open_shop(stack).connect(kind).shopper("Ana Popescu") for kind in CHANNELS]
    for ana in shoppers:
        ana.writes("Hello?")
    for ana in shoppers:
        ana.thread()
    stack.command("down")
    stack.command("up")
    for ana in shoppers:
        ana.hears(patience_s=150)
    settle(stack)
    assert [len(ana.heard()) for ana in shoppers] == [1] * len(shoppers)
    assert [row["text"] for ana in shoppers for row in ana.rows("shopper")] == ["Hello?"] * len(shoppers)
