"""Parley on real tables between doubles of everything else: it can die at any call and starts anew."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
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
from faults import Journal, Killed, Watched
from real_tables import Tables

from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import work_from_json
from chalicelib.ports.errors import ChannelDown, StoreBusy
from chalicelib.services.connections.known_connections import KnownConnections
from chalicelib.services.receiving.fetch_files import FetchMessageFiles
from chalicelib.services.receiving.receive_webhook import Owner, owner_of
from chalicelib.services.sending.pace import Pace
from chalicelib.settings import Settings
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.links import DynamoLinks
from chalicelib.storage.pacing import DynamoPace
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.shops import DynamoShops
from chalicelib.storage.staff import DynamoStaff
from chalicelib.storage.surveys import DynamoSurveys
from chalicelib.storage.threads import DynamoThreads
from functions.wiring import Wiring
from integrations.registry import CHANNELS, BaseUrls

T = TypeVar("T")

MERCHANT: Final = "mt_one"
CONNECTION: Final = "cn_one"
# Between two whole seconds, so that no moment of ours is one of the shopper's.
BEGIN: Final = moment(1793620801.25)
# Longer than a failed check waits, shorter than a day.
CHECKED_FOR: Final = timedelta(hours=12)
MOST_STEPS: Final = 5000
MOST_CALLS: Final = 6


class _Anything(dict[str, str]):
    """An environment in which all is set, and nothing means anything."""

    def __missing__(self, name: str) -> str:
        return name


class Process(Wiring):
    """What one Lambda process holds; the next one begins with nothing but the tables and queues."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.settings = replace(Settings.read(_Anything()), public_url="https://shop.example")

    def _watched(self, port: str, real: Any) -> Any:
        return Watched(self._world.journal, port, real)

    def send_refused(self, channel: str, reason: str, code: str) -> None:
        """Nobody counts here."""

    def promise(self, thread: Any, what: str) -> None:
        """Nor here."""

    @cached_property
    def clock(self) -> Any:
        return self._world.clock

    @cached_property
    def shops(self) -> Any:
        return self._watched("shops", DynamoShops(self._watched("vault", PlainVault())))

    @cached_property
    def threads(self) -> Any:
        return self._watched("threads", DynamoThreads())

    @cached_property
    def people(self) -> Any:
        return self._watched("people", DynamoPeople())

    @cached_property
    def consents(self) -> Any:
        return self._watched("consents", DynamoConsents())

    @cached_property
    def staff(self) -> Any:
        return self._watched("staff", DynamoStaff())

    @cached_property
    def surveys(self) -> Any:
        return self._watched("surveys", DynamoSurveys())

    @cached_property
    def links(self) -> Any:
        return self._watched("links", DynamoLinks(self._watched("vault", PlainVault())))

    @cached_property
    def erasing(self) -> Any:
        return self._watched("erasing", DynamoErasing())

    @cached_property
    def dues(self) -> Any:
        return self._watched("dues", DynamoDue())

    @cached_property
    def outbox(self) -> Any:
        return self._watched("outbox", self._world.queues)

    @cached_property
    def bodies(self) -> Any:
        return self._watched("bodies", self._world.bodies)

    @cached_property
    def files(self) -> Any:
        return self._watched("files", self._world.files)

    @cached_property
    def fetch_files(self) -> FetchMessageFiles:
        fetcher = self._watched("fetcher", self._world.files)
        return FetchMessageFiles(
            self.threads, self.shops, self.dues, self.channel, fetcher, self.files, 1000, lambda: 0.0
        )

    @cached_property
    def pace(self) -> Pace:
        """In a world whose time stands still while it works, nobody waits for a slot."""
        return Pace(self._watched("pace", DynamoPace()), self._world.clock, lambda seconds: None)

    @cached_property
    def connections(self) -> KnownConnections:
        return KnownConnections(self.shops, self._world.clock.seconds)

    def channel(self, name: str) -> Any:
        assert name == self._world.platform.phone.name
        return self._watched("channel", self._world.platform)


class World:
    """One shop, one platform, time that moves when nothing is left to do.

    shuffled: everything comes more than once, and of what is there to be done any may be next.
    """

    def __init__(self, tables: Tables, phone: Any, journal: Journal, shuffled: Random | None = None) -> None:
        self.journal, self._tables, self._shuffled = journal, tables, shuffled
        self.clock = MovableClock(BEGIN)
        self.files = Files()
        self.queues, self.bodies = Queues(self.clock, is_careless=shuffled is not None), Bodies()
        times = 1 if shuffled is None else 3
        self.platform = Platform(CHANNELS[phone.name](BaseUrls()), phone, self.clock, times=times)
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

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self._tables.rows(table)

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

    def until_kept(self) -> None:
        """Webhooks alone, while time stands still: what they told waits in the queues."""
        while calls := [one for one in self.platform.calls if one.at <= self.clock.now()]:
            self._hear(calls[0])

    def until_told(self) -> None:
        """Webhooks and what they queued, while time stands still: what happens during a call of ours."""
        self.until_kept()
        while told := [one for one in self.queues.ready() if one.queue == "inbound"]:
            self._work(told[0])

    def _step(self) -> bool:
        """The next thing in time; False when nothing is left."""
        ready: list[Callable[[], None]] = [
            *(lambda one=one: self._hear(one) for one in self.platform.calls if one.at <= self.clock.now()),
            *(lambda one=one: self._work(one) for one in self.queues.ready()),
        ]
        if ready:
            (self._shuffled.choice(ready) if self._shuffled else ready[0])()
            return True
        moments = [one.at for one in self.platform.calls] + [one.visible_at for one in self.queues.waiting]
        due_at = self._next_due()
        tick_at = None if due_at is None else max(_next_minute(due_at), _next_minute(self.clock.now()))
        if tick_at is not None and all(tick_at <= at for at in moments):
            self.clock.move_to(tick_at)
            self._survive(self.process.work.run_due)
            return True
        if moments:
            self.clock.move_to(min(at for at in moments if at > self.clock.now()))
        return bool(moments)

    def _next_due(self) -> datetime | None:
        return self._tables.next_due(BEGIN + CHECKED_FOR)

    def _hear(self, call: Call) -> None:
        """POST /webhooks/…: the platform calls again when it does not hear 200."""
        if self._survive(lambda: self._receive(call.body)):
            self.platform.calls.remove(call)
        else:
            call.at = self.clock.now() + TRIED_AGAIN_AFTER

    def _receive(self, body: bytes) -> None:
        process, name = self.process, self.platform.phone.name
        connection = process.connections.connection(CONNECTION)
        assert connection is not None
        whole = Owner(connection.merchant_id, connection.connection_id)
        process.receive_webhook(
            name, process.channel(name), body, owner_of(connection), whole, self.clock.now()
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
