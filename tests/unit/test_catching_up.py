"""A shop is asked what its webhooks have missed: all of it is heard, however often something goes wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from chalicelib.domain.commerce.events import OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection, ConnectionStatus
from chalicelib.domain.work import CatchUp, Due
from chalicelib.ports.commerce import Changed, CommerceStore, ShopSystem
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.shops.catch_up import (
    AGAIN_S,
    EVERY,
    FIRST_LOOK,
    MOST_TRIES,
    OVERLAP,
    WORKS_FOR_S,
    CatchUps,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORK = CatchUp("mt_1", "cn_1")
SILENT = ChannelDown("down", "It did not answer.")


def told(number: int, minutes_ago: int) -> ShopEvent:
    return OrderTold(
        Order(connection_id="cn_1", order_id=str(number), at=NOW - timedelta(minutes=minutes_ago))
    )


@dataclass
class World:
    """A shop of so many pages. slow_s: how long each takes to be read; faults: what hearing of an order comes
    to; kept: the orders that could not be heard, and why."""

    pages: Sequence[Changed | Exception] = ()
    status: ConnectionStatus = "active"
    channel: str = "woocommerce"
    caught_up_at: datetime | None = None
    began_at: datetime | None = None
    slow_s: float = 0.0
    asked: list[tuple[datetime, str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    dues: dict[CatchUp, datetime] = field(default_factory=dict)
    queued: list[CatchUp] = field(default_factory=list)
    delays_s: list[int] = field(default_factory=list)
    is_refused: bool = False
    marks: dict[str, datetime] = field(default_factory=dict)
    faults: dict[str, Exception] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def catch_up(self) -> CatchUps:
        return CatchUps(
            cast(CommerceStore, self),
            cast(ShopStore, self),
            cast(DueStore, self),
            cast(Outbox, self),
            lambda name: cast(ShopSystem, self) if name == "woocommerce" else None,
            self.hear,
            cast(ThreadStore, self),
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
            token="" if self.status == "disconnected" else "ck",
            connected_at=self.began_at or NOW - timedelta(days=2),
            began_at=self.began_at,
        )

    def needs_reauth(self, connection: Connection) -> None:
        self.is_refused, self.status = True, "needs_reauth"

    def works_again(self, connection: Connection) -> None:
        self.status = "active"

    def keep_unreadable(
        self, merchant_id: str, connection_id: str, reason: str, envelope: Mapping[str, Any], at: datetime
    ) -> None:
        self.kept.append((envelope["body"]["caught_up"], reason))

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        self.asked.append((since, after))
        page = self.pages[int(after or 0)]
        if isinstance(page, Exception):
            raise page
        return page

    def hear(self, source: Source, event: ShopEvent, received_at: datetime, now: datetime) -> None:
        assert isinstance(event, OrderTold)
        if event.order.order_id in self.faults:
            raise self.faults[event.order.order_id]
        self.heard.append(event.order.order_id)

    def caught_up(self, merchant_id: str, connection_id: str) -> datetime | None:
        return self.marks.get(connection_id, None if self.marks else self.caught_up_at)

    def note_caught_up(self, merchant_id: str, connection_id: str, until: datetime) -> None:
        self.caught_up_at = self.marks[connection_id] = until

    def set(self, due: Due) -> None:
        assert isinstance(due.work, CatchUp)
        self.dues[due.work] = due.at

    def forget(self, work: CatchUp) -> None:
        self.dues.pop(work, None)

    def dispatch(self, work: CatchUp, delay_s: int = 0) -> None:
        self.queued.append(work)
        self.delays_s.append(delay_s)


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


def test_a_shop_that_comes_back_tells_of_two_months_again_as_all_of_it_was_forgotten() -> None:
    world = World([Changed(())], began_at=NOW - timedelta(days=20))
    world.catch_up(WORK, NOW)
    world.catch_up(WORK, NOW + EVERY)
    assert world.asked[-1] == (NOW - OVERLAP, "")
    back = NOW + timedelta(days=9)
    world.began_at = back
    world.catch_up(WORK, back)
    assert world.asked[-1] == (back - FIRST_LOOK, "")
    world.catch_up(WORK, back + EVERY)
    assert world.asked[-1] == (back - OVERLAP, "")


def test_a_shop_that_falls_silent_is_asked_again_from_where_it_stopped() -> None:
    stopped_at = NOW - timedelta(minutes=90)
    world = World([Changed((told(1, 90),), "1", stopped_at), SILENT])
    world.catch_up(WORK, NOW)
    assert (world.heard, world.caught_up_at) == (["1"], stopped_at)
    assert world.dues == {WORK: NOW + EVERY}
    world.pages = [Changed(())]
    world.catch_up(WORK, NOW + EVERY)
    assert world.asked[-1] == (stopped_at, "")


def test_what_a_page_can_not_vouch_for_is_asked_for_again() -> None:
    known = NOW - timedelta(hours=2)
    world = World([Changed((told(1, 1),), "1"), SILENT], caught_up_at=known)
    world.catch_up(WORK, NOW)
    assert (world.heard, world.caught_up_at) == (["1"], known)


def test_no_page_vouches_for_what_is_happening_now() -> None:
    world = World([Changed((told(1, 1),), "1", NOW), SILENT])
    world.catch_up(WORK, NOW)
    assert world.caught_up_at == NOW - OVERLAP


def test_a_page_that_does_not_come_is_asked_for_a_few_times_more() -> None:
    world = World([Changed((told(1, 90),), "1"), SILENT])
    world.catch_up(WORK, NOW)
    while len(world.queued) < MOST_TRIES:
        world.catch_up(world.queued[-1], NOW)
    assert {(work.after, work.since, work.began) for work in world.queued} == {
        ("1", (NOW - timedelta(days=2) - FIRST_LOOK).isoformat(), NOW.isoformat())
    }
    last = world.queued[-1]
    world.catch_up(last, NOW)
    assert (len(world.queued), set(world.delays_s)) == (MOST_TRIES, {AGAIN_S})

    world.pages = [Changed(()), Changed((told(2, 60),), "2"), SILENT]
    world.catch_up(last, NOW)
    assert (world.heard, world.queued[-1]) == (["1", "2"], replace(last, after="2", tries="1"))


def test_what_changes_while_a_long_list_is_read_is_asked_for_after_it() -> None:
    """Page by page, each in a go of its own, for longer than the shop is left alone; the tick finds nothing
    to do meanwhile."""
    pages = [Changed((told(n, 90 - n),), str(n + 1)) for n in range(40)]
    world = World([*pages, Changed(())], slow_s=WORKS_FOR_S + 1)
    world.catch_up(WORK, NOW)
    now = NOW
    while world.queued:
        now += timedelta(minutes=1)
        world.catch_up(world.queued.pop(), now)
        assert world.dues == {WORK: now + EVERY}
    assert world.heard == [str(n) for n in range(40)]
    assert (world.caught_up_at, now > NOW + EVERY) == (NOW - OVERLAP, True)


def test_an_order_that_can_not_be_heard_holds_up_no_other() -> None:
    world = World(
        [Changed((told(1, 9), told(2, 8), told(3, 7)))], faults={"2": ValueError("a fault of ours")}
    )
    world.catch_up(WORK, NOW)
    assert (world.heard, world.kept) == (["1", "3"], [("order 2", "error:ValueError")])
    assert world.caught_up_at == NOW - OVERLAP


def test_while_the_store_is_busy_nothing_is_left_out() -> None:
    world = World([Changed((told(1, 9),))], faults={"1": StoreBusy("later")})
    with pytest.raises(StoreBusy):
        world.catch_up(WORK, NOW)
    assert (world.kept, world.caught_up_at) == ([], None)


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


def test_a_shop_that_refused_by_mistake_is_read_again_within_a_quarter_of_an_hour() -> None:
    world = World([CredentialsRejected("token_rejected", "No.")], status="needs_reauth")
    world.catch_up(WORK, NOW)
    assert (world.status, world.is_refused, world.dues) == ("needs_reauth", False, {WORK: NOW + EVERY})
    world.pages = [Changed((told(1, 9),))]
    world.catch_up(WORK, NOW + EVERY)
    assert (world.status, world.heard) == ("active", ["1"])


@pytest.mark.parametrize(
    ("status", "dues"),
    [("disconnected", {}), ("connecting", {WORK: NOW + EVERY})],
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
