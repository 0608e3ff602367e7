"""What ends a shopper's wait, what of it is measured, and what a promise is made from."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain import facts
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content, text_content
from chalicelib.domain.events import Address, Echo
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.promise.hours import open_seconds
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.promise.waits import Cell, Measured, Waiting
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import SettleEcho
from chalicelib.ports.addresses import Found, Owned
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.threads import Change
from chalicelib.services.receiving.settle_echoes import SettleEchoes
from chalicelib.services.sending.reply import Reply
from chalicelib.services.sending.reply_to import Asked
from chalicelib.services.threads.response_times import WaitMeter, hours_of, promise_now
from chalicelib.services.threads.work_threads import WorkThreads
from integrations.registry import CHANNELS, BaseUrls

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ASKED = NOW - timedelta(minutes=20)
ANN = Address("phone", "447700900123")
TWENTY_MINUTES = ("c0001200", "b0001200")


def a_thread(**told: Any) -> Thread:
    plain = Thread(
        merchant_id="mt_1",
        thread_id="th_1",
        connection_id="cn_1",
        channel="whatsapp",
        shopper_id="sh_1",
        wire=ANN,
        waiting_since=ASKED,
        shopper_at=ASKED,
        opened_at=ASKED,
        spoken_at=ASKED,
        version=1,
    )
    return replace(plain, **told)


@dataclass
class World:
    """One thread, as rows, queue and settings have it."""

    thread_now: Thread = field(default_factory=a_thread)
    echo: Echo | None = None
    said: list[Message] = field(default_factory=list)
    seen_before: int = 1
    changes: list[Change] = field(default_factory=list)
    put_off: list[int] = field(default_factory=list)

    def shop(self, merchant_id: str) -> Shop:
        return Shop(opening_hours="24/7")

    def connection(self, connection_id: str) -> Connection:
        return Connection(
            merchant_id="mt_1",
            connection_id="cn_1",
            channel="whatsapp",
            account="7",
            name="Little Shop",
            status="active",
        )

    def thread(self, merchant_id: str, thread_id: str) -> Thread:
        return self.thread_now

    def messages(self, *names: str, before: str = "", since: str = "", limit: int = 50) -> list[Message]:
        return [one for one in self.said if since <= one.sort < (before or "~")][:limit]

    def find(self, *names: Any) -> Found:
        return Found("sh_1", "th_1", ANN, (Owned(ANN, "sh_1", "th_1"),))

    def pointer(self, *names: str) -> Pointer:
        parked = [] if self.echo is None else [json.loads(json.dumps(facts.echo_fact(self.echo)))]
        return Pointer("cn_1", "", "m.1", None, tuple(parked))

    def repeated(self, thread: Thread, words: str) -> int:
        return self.seen_before

    def commit(self, change: Change) -> None:
        self.changes.append(change)

    def dispatch(self, work: Any, *, delay_s: int = 0) -> None:
        if delay_s:
            self.put_off.append(delay_s)

    def dispatch_all(self, works: Any, attempt: str) -> None:
        """A queue that takes everything."""


def replies(world: World, content: Content) -> None:
    ports: Any = (world, world, world, meter(world), channel_named)
    Reply(*ports)("mt_1", "th_1", Asked(content=content), "Ben", "", NOW)


def echoes(world: World, at: datetime, after_s: float = 30) -> None:
    world.echo = Echo(
        wire=ANN, chat="", channel_message_id="m.1", sent_at=at, kind="text", text="Yes, in blue and in red."
    )
    ports: Any = (world, world, world, meter(world), channel_named, world)
    SettleEchoes(*ports)(SettleEcho("mt_1", "cn_1", "whatsapp", "", "m.1"), at + timedelta(seconds=after_s))


def asks(at: datetime) -> Message:
    return Message(
        message_id="ms_1", author="shopper", kind="text", text="In blue?", sent_at=at, status="received"
    )


def meter(shops: Any) -> WaitMeter:
    return WaitMeter(shops)


def channel_named(name: str) -> Any:
    return CHANNELS[name](BaseUrls())


def test_a_persons_reply_is_measured() -> None:
    world = World()
    replies(world, text_content("We do."))
    (change,) = world.changes
    assert change.waited is not None
    assert (change.waited.connection_id, change.waited.counters) == ("cn_1", TWENTY_MINUTES)
    assert change.thread.waiting_since is None


def test_an_answer_from_the_shops_own_phone_is_measured() -> None:
    world = World(said=[asks(ASKED)])
    echoes(world, NOW)
    (change,) = world.changes
    assert change.waited is not None
    assert change.waited.counters == TWENTY_MINUTES
    assert change.new[0].author == "human"


@pytest.mark.parametrize(("after_s", "seen_before"), [(3, 1), (1200, 3)])
def test_what_the_platform_answers_by_itself_is_not(after_s: int, seen_before: int) -> None:
    world = World(said=[asks(ASKED)], seen_before=seen_before)
    echoes(world, ASKED + timedelta(seconds=after_s))
    (change,) = world.changes
    assert (change.waited, change.new[0].author) == (None, "auto")
    assert change.thread.waiting_since == ASKED


def test_last_weeks_words_do_not_make_a_person_of_the_platform() -> None:
    thanks = replace(asks(NOW - timedelta(days=7)), message_id="ms_0", text="Thanks!")
    world = World(said=[asks(NOW - timedelta(seconds=1)), thanks])
    echoes(world, NOW)
    assert world.changes[0].new[0].author == "auto"


WROTE_LAST: dict[str, tuple[Message, ...]] = {
    "nobody": (),
    "the shopper, a day ago": (asks(NOW - timedelta(days=1)),),
    "a person, a day ago": (replace(asks(NOW - timedelta(days=1)), author="human"),),
    "the platform, an hour ago": (
        replace(asks(NOW - timedelta(hours=1)), author="auto", details={"by": "platform"}),
    ),
}
BELONGS_TO: dict[str, tuple[Message, ...]] = {
    "the shopper, just now": (asks(NOW - timedelta(seconds=2)),),
    "the shopper, a minute ago": (asks(NOW - timedelta(minutes=1)),),
    "a person, an hour ago": (replace(asks(NOW - timedelta(hours=1)), author="human"),),
}


@pytest.mark.parametrize("last", WROTE_LAST)
def test_an_echo_that_answers_nothing_waits_for_the_words_that_it_may_answer(last: str) -> None:
    world = World(said=list(WROTE_LAST[last]))
    echoes(world, NOW, after_s=29.9)
    assert (world.changes, world.put_off) == ([], [30])
    echoes(world, NOW, after_s=30)
    assert (len(world.changes), world.put_off) == (1, [30])


@pytest.mark.parametrize("last", BELONGS_TO)
def test_an_echo_that_fits_what_is_known_is_decided_on_at_once(last: str) -> None:
    world = World(said=list(BELONGS_TO[last]))
    echoes(world, NOW, after_s=0.5)
    assert (len(world.changes), world.put_off) == (1, [])


def test_closing_ends_a_wait_that_nobody_answered_unmeasured() -> None:
    world: Any = World()
    WorkThreads(world).change("mt_1", "th_1", "closed", None, None)
    (change,) = world.changes
    assert (change.waited, change.thread.waiting_since) == (None, None)


def test_a_note_for_the_shops_own_people_answers_nobody() -> None:
    world: Any = World()
    WorkThreads(world).note("mt_1", "th_1", "Ask Ben", "Ann", NOW)
    (change,) = world.changes
    assert (change.waited, change.thread.waiting_since) == (None, ASKED)


def test_who_writes_on_is_measured_once_for_each_time_they_waited() -> None:
    world = World()
    replies(world, text_content("We do."))
    replied = world.changes[0].thread
    world.thread_now = replace(replied, version=2)
    replies(world, text_content("In red too."))
    world.thread_now = replace(replied, waiting_since=NOW + timedelta(minutes=5), version=3)
    echoes(world, NOW + timedelta(minutes=7))
    measured = [change.waited.counters if change.waited else None for change in world.changes]
    assert measured == [TWENTY_MINUTES, None, ("g0000120", "f0000120")]


@dataclass
class Waits:
    """What was measured of a connection, and who asked for it."""

    measured: Measured = field(default_factory=Measured)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        self.asked.append((merchant_id, connection_id, since))
        return self.measured


OPEN = Shop(opening_hours="24/7")


def promised(waits: Any, shop: Shop, **told: Any) -> Promise:
    return promise_now(waits, shop, a_thread(**told), NOW)


@pytest.mark.parametrize(
    ("shop", "kind", "within_s"),
    [
        (Shop(), "none", 0),
        (Shop(targets={"whatsapp": 600}), "none", 0),
        (replace(OPEN, targets={"whatsapp": 600, "telegram": 60}), "within", 600),
    ],
)
def test_where_nothing_is_to_be_estimated_nothing_is_read(shop: Shop, kind: str, within_s: int) -> None:
    waits = Waits()
    made = promised(waits, shop)
    assert (made.kind, made.within_s, waits.asked) == (kind, within_s, [])


def test_a_promise_is_one_read_of_the_connections_last_two_months() -> None:
    waits = Waits()
    assert promised(waits, OPEN).within_s == 3600
    assert waits.asked == [("mt_1", "cn_1", "2026-10")]


def test_a_connections_own_hours_and_zone_count() -> None:
    own = {"cn_1": {"opening_hours": {"mon": [["08:00", "09:00"]]}, "zone": "America/New_York"}}
    made = promised(Waits(), replace(OPEN, connections=own))
    assert (made.kind, made.opens) == ("back", NOW + timedelta(hours=1))


def test_one_does_not_queue_behind_oneself() -> None:
    cells = (Cell("2026-11", 12, {"b0000600": 40}, NOW - timedelta(hours=3)),)
    alone = promised(Waits(Measured(cells)), OPEN)
    crowd = tuple(Waiting(f"th_{n}", NOW - timedelta(minutes=n)) for n in range(1, 40))
    assert promised(Waits(Measured(cells, (Waiting("th_1", ASKED),))), OPEN) == alone
    assert promised(Waits(Measured(cells, crowd)), OPEN).within_s > alone.within_s


def test_after_a_promise_that_slipped_comes_one_for_who_has_waited_so_long() -> None:
    cells = (Cell("2026-11", 12, {"b0000600": 90, "b0007200": 10}, NOW - timedelta(days=300)),)
    first = promised(Waits(Measured(cells)), OPEN)
    second = promised(Waits(Measured(cells)), OPEN, promised_at=NOW - timedelta(minutes=5))
    assert first.within_s == 600
    assert second.within_s > 3600
    hours = hours_of(OPEN)
    assert hours is not None
    assert second.due is not None
    assert open_seconds(hours, ASKED, second.due) >= 7200
