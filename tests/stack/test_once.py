"""However often, late and shuffled the same events come: the same rows, and one answer."""

import json
import random
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from shop import KINDS, Account, Shopper, eventually, open_shop, pass_time, settle, together

BURST: Final = ("Hi!", "Do you have the blue one?", "In M", "And do you ship to Cluj?", "Thanks")
FAULTS: Final = ("duplicate", "shuffle", "batch")
# What tells of the moment in which something came, or of how often it was written.
OF_THE_MOMENT: Final = ("received_at", "noted_at", "version", "heard_at")
OF_A_LINK: Final = ("url", "expires_at")
WITH_ECHOES: Final = [kind for kind in KINDS if kind != "telegram"]


def test_a_burst_is_answered_once(stack: Any) -> None:
    def is_answered_once(kind: str) -> None:
        ana = open_shop(stack).connect(kind).shopper("Ana Popescu")
        for text in BURST:
            ana.writes(text)
        ana.hears()
        everybody_wrote(ana)
        burst[kind] = ana

    burst: dict[str, Shopper] = {}
    together(is_answered_once)
    nothing_more_comes(stack)
    assert {kind: len(ana.heard()) for kind, ana in burst.items()} == dict.fromkeys(KINDS, 1)
    assert all(len(ana.rows("auto")) == 1 for ana in burst.values())


def everybody_wrote(ana: Shopper) -> None:
    written = eventually(lambda: all_of(ana, len(BURST)), "not all of the burst is in the thread")
    assert sorted(written) == sorted(BURST)


def all_of(ana: Shopper, count: int) -> list[str]:
    texts = [row["text"] for row in ana.rows("shopper")]
    return texts if len(texts) == count else []


@pytest.mark.soak
def test_a_platform_that_delivers_badly_is_still_answered_once(stack: Any) -> None:
    """All that it tells goes wrong in one way, messages, echoes and statuses: thrice, shuffled, batched."""
    written: dict[str, Shopper] = {}
    trials = {f"{fault} on {kind}": (fault, kind) for kind in KINDS for fault in FAULTS}

    def writes(trial: str) -> None:
        fault, kind = trials[trial]
        account = open_shop(stack).connect(kind)
        account.fault("webhook", fault, times=1000)
        ana = account.shopper("Ana Popescu")
        for text in BURST:
            ana.writes(text)
        ana.hears()
        everybody_wrote(ana)
        furthest = "sent" if kind == "telegram" else "read"
        eventually(lambda: ana.rows("auto")[0]["status"] == furthest, f"the answer is not {furthest}")
        written[trial] = ana

    together(writes, trials)
    nothing_more_comes(stack)
    stack.control("DELETE", "faults")
    assert {trial: len(ana.heard()) for trial, ana in written.items()} == dict.fromkeys(trials, 1)
    assert {trial: len(ana.rows()) for trial, ana in written.items()} == dict.fromkeys(trials, 6)


def test_the_same_events_again_change_no_row(stack: Any) -> None:
    """Three times, shuffled, each alone and all in one body, on top of what was stored in order."""
    before: dict[str, Any] = {}
    accounts: dict[str, Account] = {}

    def happens(kind: str) -> None:
        accounts[kind] = open_shop(stack).connect(kind)
        a_lively_conversation(accounts[kind])

    together(happens)
    nothing_more_comes(stack)
    for kind, account in accounts.items():
        before[kind] = rows_of(account)
    together(lambda kind: come_again(accounts[kind]))
    nothing_more_comes(stack)
    for kind, account in accounts.items():
        assert rows_of(account) == before[kind], kind
        assert len(account.shopper("Ana Popescu").heard()) == 2


@pytest.mark.soak
def test_shuffled_events_make_the_rows_that_ordered_ones_make(stack: Any) -> None:
    """One shop hears the events in order, one shop the same three times, shuffled and in few bodies."""
    orderly: dict[str, Any] = {}
    shuffled: dict[str, Any] = {}

    def happens(kind: str) -> None:
        first = open_shop(stack).connect(kind)
        first.fault("webhook", "drop", times=1000)
        ana = first.shopper("Ana Popescu")
        ana.does("image", at=len(BURST) + 1)
        for seconds_ago, text in zip(range(len(BURST), 0, -1), BURST, strict=True):
            ana.does("text", text=text, at=seconds_ago)
        bodies = bodies_of(first, "dropped")
        assert len(bodies) == len(BURST) + 1
        orderly[kind] = what_is_kept(first, bodies, come_in_order)
        first.disconnect()
        second = Account(open_shop(stack), first.channel, first.setup)
        second.connect()
        shuffled[kind] = what_is_kept(second, bodies, come_thrice)

    together(happens)
    assert shuffled == orderly


def what_is_kept(account: Account, bodies: list[Any], come: Callable[[Account, list[Any]], bool]) -> Any:
    """The thread as the shop sees it, without what belongs to the shop: ids, links to its copies of files,
    and its own words' times."""
    ana = account.shopper("Ana Popescu")
    heard = len(ana.heard())
    assert come(account, bodies)
    ana.hears(heard + 1)
    eventually(lambda: len(ana.rows("shopper")) == len(bodies), "not all events are in the thread")
    eventually(lambda: "waiting" not in str(files_of(ana)), "the file was not fetched")
    thread = ana.thread()
    assert len(ana.rows("auto")) == 1
    own = ("thread_id", "shopper_id", "connection_id", "messages")
    kept = {name: value for name, value in thread.items() if name not in own}
    rows = [
        {name: value for name, value in row.items() if name not in ("message_id", "media")}
        for row in ana.rows("shopper")
    ]
    return kept, rows, files_of(ana)


def files_of(ana: Shopper) -> list[dict[str, Any]]:
    files = [file for row in ana.rows("shopper") for file in row.get("media", [])]
    return [{name: value for name, value in file.items() if name not in OF_A_LINK} for file in files]


def a_lively_conversation(account: Account) -> None:
    """Several messages, a human's answer with its statuses, a reaction, and something unknown."""
    ana = account.shopper("Ana Popescu")
    ana.writes("Do you have the blue one?")
    ana.hears()
    account.merchant.reply(ana.thread()["thread_id"], "Yes, in three sizes.")
    ana.hears(2)
    ana.does("reaction", emoji="👍")
    ana.does("image")
    ana.writes("Great")
    ana.does("edit", text="Great!")
    eventually(lambda: len(ana.rows("shopper")) >= 3, "not all messages are in the thread")


def bodies_of(account: Account, state: str = "delivered") -> list[Any]:
    return [delivery["body"] for delivery in account.deliveries() if delivery["state"] == state]


def come_in_order(account: Account, bodies: list[Any]) -> bool:
    return all(account.deliver(body) == 200 for body in bodies)


def come_again(account: Account) -> None:
    come_thrice(account, bodies_of(account))


def come_thrice(account: Account, bodies: list[Any]) -> bool:
    """Each event in a body of its own, then all in one body, then shuffled in bodies of three."""
    alone = bodies.copy()
    random.Random(7).shuffle(alone)
    if account.channel == "telegram":
        deliveries = alone * 3
    else:
        by_three = [in_one_body(alone[n : n + 3]) for n in range(0, len(alone), 3)]
        deliveries = [in_one_body(alone[::-1]), *by_three, *alone]
    with ThreadPoolExecutor(4) as pool:
        return all(status == 200 for status in pool.map(account.deliver, deliveries))


def in_one_body(bodies: list[Any]) -> Any:
    return bodies[0] | {"entry": [entry for body in bodies for entry in body["entry"]]}


def rows_of(account: Account) -> dict[str, Any]:
    """Every row of the merchant in the table of conversations, by its key."""
    table = account.stack.about["threads_table"]
    pages = account.stack.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    items = [item for page in pages for item in page["Items"]]
    mine = [item for item in items if account.merchant.merchant_id in item["pk"]["S"]]
    return {f"{item['pk']['S']} {item['sk']['S']}": plain(item) for item in mine}


def plain(item: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in item.items() if name not in OF_THE_MOMENT}
    return json.dumps(kept, sort_keys=True)


def nothing_more_comes(stack: Any) -> None:
    """All queues are empty, and the minute call finds nothing that was left behind."""
    settle(stack)
    pass_time(stack, minutes=2)
    settle(stack)


def test_a_new_spell_is_answered_again(stack: Any) -> None:
    shoppers: dict[str, Shopper] = {}

    def writes(kind: str) -> None:
        shoppers[kind] = open_shop(stack).connect(kind).shopper("Ana Popescu")
        shoppers[kind].writes("Do you have the blue one?")
        shoppers[kind].hears()

    def writes_in_the_same_spell(kind: str) -> None:
        shoppers[kind].writes("Are you there?")
        eventually(lambda: len(shoppers[kind].rows("shopper")) == 2, "the second message is not there")

    def writes_after_the_spell(kind: str) -> None:
        shoppers[kind].writes("Hello again")
        shoppers[kind].hears(2)

    together(writes)
    pass_time(stack, hours=11, minutes=50)
    together(writes_in_the_same_spell)
    nothing_more_comes(stack)
    assert {kind: len(ana.heard()) for kind, ana in shoppers.items()} == dict.fromkeys(KINDS, 1)
    pass_time(stack, hours=12)
    together(writes_after_the_spell)
    nothing_more_comes(stack)
    assert {kind: len(ana.heard()) for kind, ana in shoppers.items()} == dict.fromkeys(KINDS, 2)


def test_an_old_message_is_stored_and_not_answered(stack: Any) -> None:
    shoppers: dict[str, Shopper] = {}

    def wrote_long_ago(kind: str) -> None:
        ana = shoppers[kind] = open_shop(stack).connect(kind).shopper("Ana Popescu")
        ana.does("text", text="Do you have the blue one?", at=11 * 60)
        assert [row["text"] for row in ana.rows()] == ["Do you have the blue one?"]

    def writes_now(kind: str) -> None:
        shoppers[kind].writes("Hello?")
        shoppers[kind].hears()

    together(wrote_long_ago)
    nothing_more_comes(stack)
    assert {kind: ana.heard() for kind, ana in shoppers.items()} == {kind: [] for kind in KINDS}
    together(writes_now)  # the old one has not used up the answer of its spell


def test_reactions_statuses_and_echoes_answer_nothing(stack: Any) -> None:
    """A day later, so that any word of the shopper's would be answered."""
    shoppers: dict[str, Shopper] = {}

    def was_answered(kind: str) -> None:
        ana = shoppers[kind] = open_shop(stack).connect(kind).shopper("Ana Popescu")
        ana.writes("Do you have the blue one?")
        ana.hears()

    def reacts(kind: str) -> None:
        ana = shoppers[kind]
        for body in bodies_of(ana.account)[1:]:  # all that the platform told about the shop's answer
            assert ana.account.deliver(body) == 200
        ana.does("reaction", emoji="👍")
        eventually(lambda: ana.rows("auto")[0].get("reactions") == ["👍"], "the reaction is not there")
        if kind in WITH_ECHOES:
            ana.does("echo", text="We wrote from our own phone.")

    together(was_answered)
    pass_time(stack, days=1)
    together(reacts)
    nothing_more_comes(stack)
    told = {kind: len(ana.heard()) for kind, ana in shoppers.items()}
    assert told == {kind: 2 if kind in WITH_ECHOES else 1 for kind in KINDS}
    assert all(len(ana.rows("auto")) == 1 for ana in shoppers.values())


def test_a_human_on_the_shops_own_phone_takes_over(stack: Any) -> None:
    """Their words are a human's in the thread, and while they are at work no answer is automatic."""
    shoppers: dict[str, Shopper] = {}

    def takes_over(kind: str) -> None:
        shoppers[kind].does("echo", text="I am looking for it.")

    def waits(kind: str) -> None:
        ana = shoppers[kind] = open_shop(stack).connect(kind).shopper("Ana Popescu")
        ana.writes("Do you have the blue one?")
        ana.hears()
        ana.thread()

    def is_a_humans(kind: str) -> None:
        ana = shoppers[kind]
        eventually(lambda: ana.rows("human"), "what the human wrote is not in the thread")
        assert [(row["text"], row["kind"]) for row in ana.rows("human")] == [("I am looking for it.", "text")]
        assert ana.thread()["last_text"] == "I am looking for it."
        ana.writes("Thank you!")
        eventually(lambda: len(ana.rows("shopper")) == 2, "the shopper's answer is not there")

    together(waits, WITH_ECHOES)
    pass_time(stack, seconds=20)  # who answers within ten is the platform's own autoresponder
    together(takes_over, WITH_ECHOES)
    settle(stack)
    pass_time(stack, minutes=2)
    together(is_a_humans, WITH_ECHOES)
    nothing_more_comes(stack)
    assert all(len(ana.rows("auto")) == 1 and len(ana.heard()) == 2 for ana in shoppers.values())
