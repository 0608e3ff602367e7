"""A channel that Parley has never heard of works once it is registered: no shared code knows its name."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from kit_pigeon_post import FOLDER, PIGEON_POST
from kits import SECRET
from pigeon_post.channel import PigeonPost
from shop_on_tables import ShopOnTables

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Button, Content
from chalicelib.domain.threads import Thread
from chalicelib.services.sending.reply_to import Asked
from infra.package import PROJECT
from integrations.registry import CHANNELS
from tests.contract.channels.scripted_platform import Script

NAME = PIGEON_POST.name
SIZES = tuple(Button(id=f"size:{one}", title=f"Size {one}") for one in (41, 42))


@pytest.fixture
def shop(tables: str, platform: Script, monkeypatch: pytest.MonkeyPatch) -> ShopOnTables:
    """A shop, and the one line in the registry."""
    monkeypatch.setitem(CHANNELS, NAME, lambda urls: PigeonPost(platform.url))
    return ShopOnTables(PIGEON_POST, tables, platform.url)


def connected(shop: ShopOnTables, platform: Script) -> Connection:
    for answer in ({"loft": "78", "name": "Little Loft"}, {}):
        platform.will(200, answer)
    channel, credentials = shop.channel(NAME), dict(PIGEON_POST.credentials) | {"loft": "78"}
    now = shop.clock.now()
    return shop.work.connect("mt_one", NAME, channel, credentials, "https://parley.example", now)


def letter(number: int, words: str, connection: Connection) -> Any:
    return PIGEON_POST.frame([PIGEON_POST.event(str(number), words)]) | {"loft": connection.account}


def threads_of(shop: ShopOnTables) -> list[Thread]:
    """What the inbox shows of all channels."""
    return shop.work.work_threads.inbox("mt_one", list(shop.channel_names), ["open"], None, "", 9).threads


def only_thread(shop: ShopOnTables) -> Thread:
    (thread,) = threads_of(shop)
    return thread


def flown(platform: Script) -> list[str]:
    """The words of the letters that the post was given, in their order."""
    return [call.body["words"] for call in platform.calls if call.path.endswith("/letters")]


def test_a_shop_connects_it_and_talks_with_a_shopper(shop: ShopOnTables, platform: Script) -> None:
    connection = connected(shop, platform)
    assert connection.status == "active"
    webhook_url = f"https://parley.example/webhooks/{NAME}/{connection.connection_id}"
    assert platform.calls[-1].body == {"url": webhook_url}
    for number in range(9):
        platform.will(200, {"id": f"o{number}"})

    shop.hear(letter(1, "Do you have the blue one?", connection), connection)
    shop.work_off()
    assert len(flown(platform)) == 1  # the automatic answer
    thread = only_thread(shop)
    assert (thread.channel, thread.shopper_name) == (NAME, "Ann")

    words = "In which size? " + "We have two. " * 14
    asked = Asked(content=Content(kind="buttons", text=words, buttons=SIZES))
    shop.work.reply("mt_one", thread.thread_id, asked, "Bea", "", shop.clock.now())
    shop.work_off()
    assert max(len(one.encode()) for one in flown(platform)) <= 160
    assert flown(platform)[1].startswith("In which size?")
    assert flown(platform)[-1].endswith("1. Size 41\n2. Size 42")

    shop.hear(letter(900, "2", connection), connection)
    (newest,) = shop.work.work_threads.messages(thread, "", 1)
    assert (newest.text, newest.details["choice"]["id"]) == ("2", "size:42")


def test_who_puts_up_a_net_can_not_be_reached_until_it_is_down(shop: ShopOnTables, platform: Script) -> None:
    connection = connected(shop, platform)
    shop.hear(letter(1, "Hello", connection), connection)
    for at, is_up in ((1793621000, True), (1793621001, False)):
        net = {"kind": "net", "who": "ring-9", "at": at, "up": is_up}
        shop.hear({"loft": connection.account, "events": [net]}, connection)
        assert bool(only_thread(shop).unreachable) is is_up


def test_a_call_of_another_loft_is_kept_aside(shop: ShopOnTables) -> None:
    shop.hear(letter(1, "Hello", replace(PIGEON_POST.connection, account="79")))
    assert threads_of(shop) == []
    assert any("foreign_account" in row for row in shop.rows()["ThreadsTable"])


TAKE_IN = """
import sys
from pigeon_post.channel import PigeonPost

channel = PigeonPost("")
for call in (lambda: channel.verify({}, b"", ["secret"]), lambda: channel.split(b"")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, end=" ")
print(sorted({"requests", "urllib3", "boto3", "chalice", "pigeon_post.send"} & set(sys.modules)))
"""


def test_taking_in_a_call_loads_nothing_that_only_sending_needs() -> None:
    path = {"PYTHONPATH": f"{PROJECT}:{FOLDER.parent}"}
    command = [sys.executable, "-c", TAKE_IN]
    run = subprocess.run(command, env=os.environ | path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "InvalidSignature Unsplittable []"


FIXTURES = {
    "letter": ["ShopperMessage"],
    "batch": ["ShopperMessage", "ShopperMessage", "ShopperMessage", "StatusChange", "Membership"],
    "batch_with_an_odd_one": ["ShopperMessage", "Unreadable", "Unreadable", "ShopperMessage"],
    "kind_of_tomorrow": ["Unreadable"],
}


@pytest.mark.parametrize("name", FIXTURES)
def test_a_body_of_the_post_means_this(name: str) -> None:
    body = (FOLDER / "fixtures" / f"{name}.json").read_bytes()
    events = PigeonPost("").parse(json.loads(body))
    assert [type(one).__name__ for one in events] == FIXTURES[name]
    assert SECRET not in repr(events)


def test_every_body_of_the_post_is_in_the_table() -> None:
    assert {path.stem for path in (FOLDER / "fixtures").glob("*.json")} == FIXTURES.keys()
