"""Bodies that no platform would send. Signed: 200, and whatever they hold can be found again. Not signed:
403,
and nothing of them is kept."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
import requests
from finding import Everything, Finder
from hostile import Hostile, Names, hostile_bodies, said_in
from in_process import Parley, parley_on, signed
from shop import Account, clock, open_shop, pass_time, settle

CHANNELS: Final = ("whatsapp", "messenger", "instagram by its own login", "telegram")
ALL: Final = 500
# On the stack: every kind of nastiness once, and some damaged fixtures.
SOME: Final = 30
AT_ONCE: Final = 6


@pytest.fixture(scope="module")
def accounts(stack: Any) -> dict[str, Account]:
    return {kind: open_shop(stack).connect(kind) for kind in CHANNELS}


@pytest.fixture(scope="module")
def here(stack: Any) -> Iterator[Parley]:
    with parley_on(stack) as parley:
        yield parley


def bodies_for(account: Account, count: int, seed: int) -> list[Hostile]:
    names = Names.of(account.channel, account.setup)
    return hostile_bodies(account.channel, names, count, clock(account.stack), seed)


@pytest.mark.parametrize("kind", CHANNELS)
def test_signed_bodies_of_every_kind_are_kept(kind: str, accounts: dict[str, Account], here: Parley) -> None:
    """All five hundred, with the app in this process."""
    account = accounts[kind]
    connection = here.connection(account.connection["connection_id"])
    path = f"/webhooks/{account.channel}/{connection.connection_id}"
    bodies = bodies_for(account, ALL, seed=1)
    wrong = []
    for one in bodies:
        headers = {"Content-Type": one.content_type, **signed(connection, one.body)}
        status = here.post(path, one.body, headers)
        failed = here.work()
        if status != 200 or failed:
            wrong.append(f"{one.name}: {status}, {len(failed)} failed")
    assert not wrong
    assert_all_found(account, here, bodies)


@pytest.mark.parametrize("kind", CHANNELS)
def test_bodies_that_are_not_signed_leave_nothing(
    kind: str, accounts: dict[str, Account], here: Parley
) -> None:
    account = accounts[kind]
    connection = here.connection(account.connection["connection_id"])
    path = f"/webhooks/{account.channel}/{connection.connection_id}"
    pass_time(account.stack, minutes=2)  # what waits for a moment from before is done
    settle(account.stack)
    before = Everything.read(account.stack)
    bodies = bodies_for(account, ALL, seed=2)
    for number, one in enumerate(bodies):
        headers = {"Content-Type": one.content_type, **forged(connection, one.body, number)}
        assert here.post(path, one.body, headers) == 403, one.name
    assert not here.work()
    assert Everything.read(account.stack) == before


def forged(connection: Any, body: bytes, number: int) -> dict[str, str]:
    """No signature, that of another body, or one of another form."""
    right = signed(connection, body)
    name, value = next(iter(right.items()))
    wrong = ({}, signed(connection, body + b" "), {name: ""}, {name: value[:-1]}, {name: value.upper()})
    if connection.channel == "telegram":
        wrong = ({}, {name: value + "x"}, {name: ""}, {name: value[:-1]}, {name: value.swapcase()})
    return wrong[number % len(wrong)]


@pytest.mark.parametrize("count", [SOME, pytest.param(ALL, marks=pytest.mark.soak)])
def test_the_stack_keeps_what_is_signed(
    count: int, stack: Any, accounts: dict[str, Account], here: Parley
) -> None:
    """Through the real door, many at once; what is forged comes in between."""
    began, dead = time.time(), dead_letters(stack)
    sent = {kind: bodies_for(account, count, seed=count) for kind, account in accounts.items()}
    letters = [(accounts[kind], one, number) for kind in sent for number, one in enumerate(sent[kind])]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda letter: deliver(here, *letter), letters))
    assert not [line for line in answers if line]
    settle(stack, patience_s=120 + count)
    for kind, account in accounts.items():
        assert_all_found(account, here, sent[kind])
    assert dead_letters(stack) == dead
    assert_nothing_went_wrong(stack, began)


def deliver(here: Parley, account: Account, one: Hostile, number: int) -> str:
    """Forged, then signed; what was answered if it was not as it should be."""
    connection = here.connection(account.connection["connection_id"])
    url = account.connection["webhook_url"]
    statuses = []
    for headers in (forged(connection, one.body, number), signed(connection, one.body)):
        headers["Content-Type"] = one.content_type
        statuses.append(requests.post(url, data=one.body, headers=headers, timeout=60).status_code)
    return "" if statuses == [403, 200] else f"{account.channel} {one.name}: {statuses}"


def assert_all_found(account: Account, here: Parley, bodies: list[Hostile]) -> None:
    everything = Everything.read(account.stack)
    connection = here.connection(account.connection["connection_id"])
    finder = Finder(everything, here.channel(account.channel), connection)
    lost = {one.name: missing for one in bodies if (missing := finder.missing(one.body))}
    assert not lost
    words = everything.words()
    unheard = {
        one.name: mark
        for one in bodies
        for mark in said_in(account.channel, one.body)
        if mark not in words and not finder.is_kept_whole(one.body)
    }
    assert not unheard
    faults = [row for row in everything.rows.values() if str(row.get("reason")).startswith("error:")]
    assert not [(row["reason"], row["envelope"][:500]) for row in faults]


def dead_letters(stack: Any) -> dict[str, str]:
    """How many there are, by queue."""
    sqs, counted = stack.client("sqs"), ["ApproximateNumberOfMessages"]
    return {
        name: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counted)["Attributes"][counted[0]]
        for name, url in stack.about["dead_letters"].items()
    }


def assert_nothing_went_wrong(stack: Any, since: float) -> None:
    """No function failed, ran out of time or complained."""
    logs = stack.client("logs")
    groups = [group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]]
    pages = logs.get_paginator("filter_log_events")
    lines = [
        event["message"]
        for group in groups
        for page in pages.paginate(logGroupName=group, startTime=int(since * 1000))
        for event in page["events"]
    ]
    assert lines
    bad = ('"level":"ERROR"', "Traceback", "Task timed out", "errorMessage")
    assert not [line[:300] for line in lines if any(word in line for word in bad)]
