"""Parley on real tables between doubles of everything else: it can die at any call and starts anew."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, TypeVar

from doubles import (
    TRIED_AGAIN_AFTER,
    Bodies,
    Call,
    Files,
    MovableClock,
    PlainVault,
    Platform,
    Queued,
    Queues,
    moment,
)
from faults import Journal, Killed
from process import Process
from real_tables import Tables
from shop_doubles import shop_system

from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import work_from_json
from chalicelib.ports.errors import ChannelDown, StoreBusy
from chalicelib.services.receiving.receive_webhook import Owner, owner_of
from chalicelib.storage.links import DynamoLinks
from chalicelib.storage.shops import DynamoShops
from integrations.registry import CHANNELS, BaseUrls

T = TypeVar("T")

MERCHANT: Final = "mt_one"
CONNECTION: Final = "cn_one"
SHOP: Final = "cn_shop"
# Between two whole seconds, so that no moment of ours is one of the shopper's.
BEGIN: Final = moment(1793620801.25)
# Longer than a failed check waits, shorter than a day.
CHECKED_FOR: Final = timedelta(hours=12)
# A shop is asked for its changes every 15 minutes for ever: once more is as good as any.
ASKED_FOR: Final = timedelta(minutes=25)
MOST_STEPS: Final = 5000
MOST_CALLS: Final = 6


class World:
    """One shop, one platform, time that moves when nothing is left to do.

    shuffled: everything comes more than once, and of what is there to be done any may be next.
    """

    def __init__(self, tables: Tables, phone: Any, journal: Journal, shuffled: Random | None = None) -> None:
        self.journal, self.tables, self._shuffled = journal, tables, shuffled
        self.is_new = shuffled is None  # nothing has happened yet that differs from one try to the next
        self.clock = MovableClock(BEGIN)
        self.files = Files()
        self.queues, self.bodies = Queues(self.clock, is_careless=shuffled is not None), Bodies()
        times = 1 if shuffled is None else 3
        self.platform = Platform(CHANNELS[phone.name](BaseUrls()), phone, self.clock, times=times)
        self.sells_with("shop")
        self.process = Process(self)
        tables.empty()
        self._open_shop()
        journal.is_recording = True

    def _open_shop(self) -> None:
        """It has not set its hours: where no time is promised, none has to be minded."""
        shops = DynamoShops(PlainVault())
        shops.save_shop(MERCHANT, Shop(name="Little Shop", languages=("en",)))
        phone = self.platform.phone
        shops.save_connection(
            Connection(
                merchant_id=MERCHANT,
                connection_id=CONNECTION,
                channel=phone.name,
                account=phone.account,
                name="Little Shop",
                status="active",
                token="token",
                signing_secrets=("secret",),
                connected_at=BEGIN - timedelta(days=1),
            )
        )

    def sells_with(self, kind: str) -> None:
        self.shop_system = shop_system(kind)

    def open_shop(self, kind: str, settings: Mapping[str, Any]) -> None:
        """The merchant has connected what they sell with, and set how carts and orders are minded."""
        self.sells_with(kind)
        shops = DynamoShops(PlainVault())
        shops.save_shop(MERCHANT, replace(shops.shop(MERCHANT), **settings))
        shops.save_connection(
            Connection(
                merchant_id=MERCHANT,
                connection_id=SHOP,
                channel=kind,
                account="little-shop.myshopify.com",
                name="Little Shop",
                status="active",
                token="" if kind == "shop" else "token",
                signing_secrets=("secret",),
                connected_at=BEGIN - timedelta(days=30),
            )
        )
        DynamoLinks(PlainVault()).make_link_key(MERCHANT, bytes(32))  # an order's page has the same address

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.tables.rows(table)

    def ask(self, call: Callable[[], T]) -> T:
        """Somebody of the shop calls our API, and again until it answers."""
        for _ in range(MOST_CALLS):
            try:
                return call()
            except (StoreBusy, ChannelDown):
                pass
            except Killed:
                self.process = Process(self)
        raise AssertionError("the API never answered")

    def until_quiet(self) -> None:
        """All that the platform, the queues and the tick have to do, in the order of time."""
        for _ in range(MOST_STEPS):
            if not self._step():
                return
        raise AssertionError(f"never quiet: {self.queues.waiting}, {self._next_due()}")

    def until(self, is_so: Callable[[], bool]) -> None:
        """The same, but no further than it takes."""
        for _ in range(MOST_STEPS):
            if is_so():
                return
            assert self._step(), "quiet, and it never came"
        raise AssertionError("it never came")

    def until_at(self, at: datetime) -> None:
        """The same, up to this moment: what comes later waits."""
        for _ in range(MOST_STEPS):
            if not self._step(at):
                self.clock.move_to(at)
                return
        raise AssertionError("it never becomes that late")

    def until_kept(self) -> None:
        """Webhooks alone, while time stands still: what they told waits in the queues."""
        while calls := [one for one in self.platform.calls if one.at <= self.clock.now()]:
            self._hear(calls[0])

    def until_told(self) -> None:
        """Webhooks and what they queued, while time stands still: what happens during a call of ours."""
        self.until_kept()
        while told := [one for one in self.queues.ready() if one.queue == "inbound"]:
            self._work(told[0])

    def _step(self, until: datetime | None = None) -> bool:
        """The next thing in time; False when nothing is left, or nothing by then."""
        ready: list[Callable[[], None]] = [
            *(lambda one=one: self._hear(one) for one in self.platform.calls if one.at <= self.clock.now()),
            *(lambda one=one: self._work(one) for one in self.queues.ready()),
        ]
        if ready:
            (self._shuffled.choice(ready) if self._shuffled else ready[0])()
            return True
        moments = [one.at for one in self.platform.calls] + [one.visible_at for one in self.queues.waiting]
        moments = [at for at in moments if at > self.clock.now()]
        due_at = self._next_due()
        tick_at = None if due_at is None else max(_next_minute(due_at), _next_minute(self.clock.now()))
        next_at = min([*moments, *([tick_at] if tick_at else [])], default=None)
        if next_at is None or (until is not None and next_at > until):
            return False
        self.clock.move_to(next_at)
        if next_at == tick_at:
            self._survive(self.process.work.run_due)
        return True

    def _next_due(self) -> datetime | None:
        until = {"check_connection": BEGIN + CHECKED_FOR, "catch_up": BEGIN + ASKED_FOR}
        return self.tables.next_due(until)

    def _hear(self, call: Call) -> None:
        """POST /webhooks/…: the platform calls again when it does not hear 200."""
        if self._survive(lambda: self._receive(call)):
            self.platform.calls.remove(call)
        else:
            call.at = self.clock.now() + TRIED_AGAIN_AFTER

    def _receive(self, call: Call) -> None:
        process = self.process
        connection = process.connections.connection(call.connection_id or CONNECTION)
        assert connection is not None
        whole, name = Owner(connection.merchant_id, connection.connection_id), connection.channel
        process.receive_webhook(
            name, process.platform(name), call.body, owner_of(connection), whole, self.clock.now()
        )

    def _work(self, one: Queued) -> None:
        """A queue calls a function with one message, which is deleted unless the function failed."""
        self.queues.take(one)
        if self._survive(lambda: self._do(one.queue, json.loads(one.body))):
            self.queues.delete(one)

    def _do(self, queue: str, body: Any) -> None:
        work = self.process.work
        if queue == "inbound":
            work.receive_event(body)
            return
        work.do(work_from_json(body))

    def _survive(self, act: Callable[[], Any]) -> bool:
        """Whether it got through. Only what may pass later is allowed to leave a function."""
        try:
            act()
        except StoreBusy:
            return False
        except Killed:
            self.process = Process(self)
            return False
        return True


def _next_minute(at: datetime) -> datetime:
    """The schedule calls at whole minutes."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
