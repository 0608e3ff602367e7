"""What comes twice, as it does on every channel, is stored once."""

from collections.abc import Callable
from typing import Any

import pytest
from kits import SECRET, Kit
from shop_on_tables import BEGIN, ShopOnTables

from chalicelib.domain.connections import Connection
from chalicelib.ports.channel import Channel
from tests.contract.channels.scripted_platform import Script


@pytest.fixture
def shop(kit: Kit, tables: str) -> ShopOnTables:
    return ShopOnTables(kit, tables)


def said(kit: Kit, count: int) -> list[Any]:
    return [kit.event(str(101 + number), f"Letter {number}") for number in range(count)]


BODIES: dict[str, Callable[[Kit], Any]] = {
    "one message": lambda kit: kit.frame(said(kit, 1)),
    "a batch": lambda kit: kit.frame(said(kit, 5 if kit.is_batching else 1)),
    "more than a queue takes": lambda kit: kit.frame(said(kit, 12 if kit.is_batching else 1)),
    "an odd one between": lambda kit: kit.frame(
        [*said(kit, 1), kit.odd[0], kit.event("201", "after")] if kit.is_batching else [kit.odd[0]]
    ),
    "a kind of tomorrow": lambda kit: kit.tomorrow,
}


@pytest.mark.parametrize("what", BODIES)
def test_what_comes_twice_is_stored_once(kit: Kit, shop: ShopOnTables, what: str) -> None:
    body = BODIES[what](kit)
    shop.hear(body)
    once, queued = shop.rows(), shop.queued()
    assert once["ThreadsTable"]
    shop.hear(body)
    assert (shop.rows(), shop.queued()) == (once, queued)
    shop.later()
    shop.hear(body)
    assert (shop.rows(), shop.queued()) == (once, queued)


class Registered:
    """The channel, whose platform takes any webhook address."""

    def __init__(self, real: Channel) -> None:
        self._real, self.connections = real, list[Connection]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        self.connections.append(connection)
        return []


def test_a_secret_of_our_making_outlives_connecting_again(kit: Kit, tables: str, platform: Script) -> None:
    """Webhooks that are on their way still verify. A secret of theirs is stored as it was given."""
    shop = ShopOnTables(kit, tables, platform.url)
    shop.shops.close_connection(kit.connection)
    channel = Registered(shop.channel(kit.name))
    for _ in range(2):
        platform.answers[:] = [("answer", 200, answer, {}) for answer in kit.proven]
        account = channel.check(kit.credentials)
        platform.answers[:] = [("answer", 200, answer, {}) for answer in kit.proven]
        shop.work.connect("mt_one", kit.name, channel, kit.credentials, "https://parley.example", BEGIN)
    first, second = channel.connections
    assert first.connection_id == second.connection_id
    assert first.signing_secrets == second.signing_secrets
    (secret,) = first.signing_secrets
    assert len(secret) >= 32
    assert (secret == SECRET) is not account.takes_our_secret
    assert first.verify_token == second.verify_token != ""


def test_nothing_that_a_shopper_wrote_is_missing(kit: Kit, shop: ShopOnTables) -> None:
    count = 5 if kit.is_batching else 1
    shop.hear(kit.frame(said(kit, count)))
    (found,) = shop.work.work_threads.inbox("mt_one", [kit.name], ["open"], None, "", 10).threads
    assert found.channel == kit.name
    messages = shop.work.work_threads.messages(found, "", 50)
    texts = [one.text for one in reversed(messages) if one.author == "shopper"]
    assert texts == [f"Letter {number}" for number in range(count)]


def test_what_can_not_be_read_is_kept_beside_and_not_shown(kit: Kit, shop: ShopOnTables) -> None:
    shop.hear(kit.tomorrow)
    assert shop.work.work_threads.inbox("mt_one", [kit.name], ["open"], None, "", 10).threads == []
    assert any("unknown_kind:" in row for row in shop.rows()["ThreadsTable"])
