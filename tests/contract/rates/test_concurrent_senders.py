"""Eight senders at once, each a process of its own, on one real table and over real HTTP: the platform's door
never sees more than the limit, and nearly all of it is used. One of them is killed on the way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from infra.local.aws import ROOT_CREDENTIALS
from tests.contract.sandbox.harness import Running, start, until
from tests.dynamo import TABLES, create_tables, ministack

ROOT: Final = Path(__file__).parents[3]
SENDERS: Final = 8
LIMIT: Final = 10
SHOPPERS: Final = {
    # The sandbox gives the first of its shoppers this number with every bot.
    "telegram": ["id", "5000000007"],
    "whatsapp": ["phone", "447700900123"],
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ministack(tmp_path_factory.mktemp("rates")) as url:
        create_tables(url)
        yield url


@pytest.fixture
def sandbox() -> Iterator[Running]:
    running = start()
    yield running
    assert running.stop() == 0


def _plan(sandbox: Running, channel: str, lasts_s: float, is_urgent: bool, setup: Any) -> dict[str, Any]:
    token = setup.get("access_token") or setup["bot_token"]
    connection = {
        "merchant_id": "mt_shop",
        "connection_id": f"cn_{channel}_{setup['account']}",
        "channel": channel,
        "account": setup["account"],
        "name": "The shop",
        "status": "active",
        "token": token,
        "details": {"per_second": str(LIMIT)},
    }
    return {
        "tables": TABLES,
        "sandbox_url": sandbox.url,
        "channel": channel,
        "connection": connection,
        "to": SHOPPERS[channel],
        "lasts_s": lasts_s,
        "is_urgent": is_urgent,
    }


@contextmanager
def _begun(table: str, plans: list[dict[str, Any]]) -> Iterator[list[subprocess.Popen[str]]]:
    """A process for each plan, ready to send."""
    environment = os.environ | ROOT_CREDENTIALS | {"AWS_ENDPOINT_URL": table, "PYTHONPATH": str(ROOT)}
    script, pipe = str(Path(__file__).with_name("sender.py")), subprocess.PIPE
    senders = [
        subprocess.Popen(
            [sys.executable, script, json.dumps(plan)],
            cwd=ROOT,
            env=environment,
            stdin=pipe,
            stdout=pipe,
            text=True,
        )
        for plan in plans
    ]
    try:
        for sender in senders:
            assert sender.stdout
            assert sender.stdout.readline() == "ready\n"
        yield senders
    finally:
        for sender in senders:
            sender.kill()
            sender.communicate()


def _told(sender: subprocess.Popen[str]) -> dict[str, Any]:
    sender.wait(60)
    assert sender.stdout
    told: dict[str, Any] = json.loads(sender.stdout.readline())
    return told


def _send_together(
    table: str, sandbox: Running, channel: str, lasts_s: float, people: int = SENDERS
) -> tuple[Any, list[Any]]:
    """What the platform has counted, and what each of the senders has told but the one that was killed."""
    setup = sandbox.control("accounts", channel=channel)
    about = {"channel": channel, "account": str(setup["account"])}
    sandbox.control("say", **about, shopper="Mary Okoro", text="Hello", phone="+447700900123")
    plans = [_plan(sandbox, channel, lasts_s, number < people, setup) for number in range(SENDERS)]
    with _begun(table, plans) as senders:
        sandbox.control("rates", **about, per_second=LIMIT)
        for sender in senders:
            assert sender.stdin
            sender.stdin.write("go\n")
            sender.stdin.flush()
        half, is_over = LIMIT * lasts_s / 2, time.monotonic() + lasts_s
        until(
            lambda: sandbox.ask("rates", **about)["calls"] >= half or time.monotonic() > is_over,
            within_s=lasts_s + 10,
        )
        senders[-1].kill()
        told = [_told(sender) for sender in senders[:-1]]
    return sandbox.ask("rates", **about), told


def _is_kept(counted: Any, told: list[Any]) -> bool:
    print(counted, told)
    return (
        counted["most_in_a_second"] <= LIMIT
        and counted["refused"] == 0
        and counted["per_second"] >= 0.9 * LIMIT
        and all(one["sent"] > 0 for one in told)
    )


@pytest.mark.soak
def test_eight_senders_keep_one_limit_and_use_it(table: str, sandbox: Running) -> None:
    """Who stands still for a tenth of a second is not punctual, whatever the pace: one of three will do."""
    assert any(_is_kept(*_send_together(table, sandbox, "whatsapp", lasts_s=8.0)) for _ in range(3))


@pytest.mark.soak
@pytest.mark.parametrize("channel", SHOPPERS)
def test_eight_senders_keep_one_limit_for_a_minute(table: str, sandbox: Running, channel: str) -> None:
    assert any(_is_kept(*_send_together(table, sandbox, channel, lasts_s=60.0)) for _ in range(3))


@pytest.mark.soak
def test_people_are_answered_while_a_campaign_takes_all_there_is(table: str, sandbox: Running) -> None:
    people = 2
    counted, told = _send_together(table, sandbox, "whatsapp", lasts_s=20.0, people=people)
    assert counted["per_second"] >= 0.9 * LIMIT
    assert max(one["longest_wait_s"] for one in told[:people]) < 2.0
    assert min(one["sent"] for one in told[:people]) > max(one["sent"] for one in told[people:])
