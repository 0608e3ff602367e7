"""A shop is asked what its webhooks have missed: all of it is heard, however often something goes wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from chalicelib.domain.commerce.events import OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection, ConnectionStatus
from chalicelib.domain.work import CatchUp, Due
from chalicelib.ports import (
    Changed,
    ChannelDown,
    CommerceStore,
    CredentialsRejected,
    DueStore,
    Outbox,
    ShopStore,
    ShopSystem,
)
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.shops.catch_up import EVERY, FIRST_LOOK, OVERLAP, CatchUps

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORK = CatchUp("mt_1", "cn_1")


def told(number: int, minutes_ago: int) -> ShopEvent:
    return OrderTold(
        Order(connection_id="cn_1", order_id=str(number), at=NOW - timedelta(minutes=minutes_ago))
    )


@dataclass
class World:
    """A shop of so many pages. slow_s: how long each takes to be read."""

    pages: Sequence[Changed | Exception] = ()
    status: ConnectionStatus = "active"
    channel: str = "woocommerce"
    caught_up_at: datetime | None = None
    slow_s: float = 0.0
    asked: list[tuple[datetime, str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    dues: dict[CatchUp, datetime] = field(default_factory=dict)
    queued: list[CatchUp] = field(default_factory=list)
    is_refused: bool = False

    @property
    def catch_up(self) -> CatchUps:
        return CatchUps(
            cast(CommerceStore, self),
            cast(ShopStore, self),
            cast(DueStore, self),
            cast(Outbox, self),
            lambda name: cast(ShopSystem, self) if name == "woocommerce" else None,
            self.hear,
            lambda: len(self.asked) * self.slow_s,
        )

    def connection(self, connection_id: str = "cn_1") -> Connection:
        return Connection(
            merchant_id="mt_1",
            connection_id=connection_id,
            channel=self.channel,
            account="https://shop.example",
            name="Shop",
            status=self.status,
            token="ck",
            connected_at=NOW - timedelta(days=2),
        )

    def needs_reauth(self, connection: Connection) -> None:
        self.is_refused = True

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        self.asked.append((since, after))
        page = self.pages[int(after or 0)]
        if isinstance(page, Exception):
            raise page
        return page

    def hear(self, source: Source, event: ShopEvent, received_at: datetime, now: datetime) -> None:
        assert isinstance(event, OrderTold)
        self.heard.append(event.order.order_id)

    def caught_up(self, merchant_id: str, connection_id: str) -> datetime | None:
        return self.caught_up_at

    def note_caught_up(self, merchant_id: str, connection_id: str, until: datetime) -> None:
        self.caught_up_at = until

    def set(self, due: Due) -> None:
        assert isinstance(due.work, CatchUp)
        self.dues[due.work] = due.at

    def forget(self, work: CatchUp) -> None:
        self.dues.pop(work, None)

    def dispatch(self, work: CatchUp, delay_s: int = 0) -> None:
        self.queued.append(work)


def test_a_new_shop_tells_of_the_last_two_months_and_then_of_what_is_new() -> None:
    world = World([Changed((told(1, 90), told(2, 60)), "1"), Changed((told(3, 1),))])
    world.catch_up(WORK, NOW)
    since = world.connection().connected_at
    assert since is not None
    assert world.asked == [(since - FIRST_LOOK, ""), (since - FIRST_LOOK, "1")]
    assert world.heard == ["1", "2", "3"]
    assert (world.caught_up_at, world.dues) == (NOW - OVERLAP, {WORK: NOW + EVERY})

    world.pages = [Changed(())]
    world.catch_up(WORK, NOW + EVERY)
    assert world.asked[-1] == (NOW - OVERLAP, "")


def test_a_shop_that_falls_silent_is_asked_again_from_where_it_stopped() -> None:
    world = World([Changed((told(1, 90),), "1"), ChannelDown("down", "It did not answer.")])
    world.catch_up(WORK, NOW)
    assert (world.heard, world.caught_up_at) == (["1"], NOW - timedelta(minutes=90))
    assert world.dues == {WORK: NOW + EVERY}


def test_a_large_shop_is_read_in_several_goes() -> None:
    world = World([Changed((told(1, 90),), "1"), Changed((told(2, 60),))], slow_s=60.0)
    world.catch_up(WORK, NOW)
    (rest,) = world.queued
    assert (world.heard, rest.after, world.dues) == (["1"], "1", {WORK: NOW + EVERY})
    world.catch_up(rest, NOW)
    assert (world.heard, len({since for since, _ in world.asked})) == (["1", "2"], 1)
    assert world.dues == {WORK: NOW + EVERY}


def test_a_token_that_is_refused_is_shown() -> None:
    world = World([CredentialsRejected("token_rejected", "No.")])
    world.catch_up(WORK, NOW)
    assert world.is_refused


@pytest.mark.parametrize(
    ("status", "dues"),
    [("disconnected", {}), ("needs_reauth", {WORK: NOW + EVERY}), ("connecting", {WORK: NOW + EVERY})],
)
def test_who_can_not_be_asked_is_left_alone(status: ConnectionStatus, dues: dict[CatchUp, datetime]) -> None:
    world = World([Changed((told(1, 1),))], status=status)
    world.catch_up.begin(world.connection(), NOW)
    world.catch_up(WORK, NOW)
    assert (world.asked, world.dues) == ([], dues)


def test_of_a_channel_there_is_nothing_to_ask() -> None:
    world = World(channel="telegram")
    world.catch_up.begin(world.connection(), NOW)
    assert world.dues == {}
