"""Profiles are made from the tables' own rows, several at once; segments come out as if one by one."""

import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from access_patterns import Requests
from samples import NOW, a_message, a_thread

from chalicelib.domain.events import Address
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.work import RefreshSegments
from chalicelib.ports.segments import Segment
from chalicelib.ports.threads import Change
from chalicelib.services.segments.build import BuildSegments
from chalicelib.services.segments.make_profile import MakeProfile
from chalicelib.services.segments.refresh import EVERY, Refresh, RefreshAll
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.reports import DynamoReports
from chalicelib.storage.segments import DynamoSegments
from chalicelib.storage.threads import DynamoThreads
from tests.crash.doubles import MovableClock, Queues

MANY = 55
FEW = 6


def writes(threads: DynamoThreads, merchant: str, number: int) -> None:
    name, wire = f"sh_{number:03d}", Address("phone", f"4477009{number:05d}")
    thread = a_thread(
        merchant,
        thread_id=f"th_{number:03d}",
        shopper_id=name,
        wire=wire,
        tags=("vip",) if number % 3 == 0 else (),
        first_at=NOW,
        shopper_at=NOW,
    )
    who = Shopper(merchant_id=merchant, shopper_id=name, name=f"No. {number}")
    message = a_message(number, channel_message_id=f"wamid.{number}")
    threads.commit(Change(thread=thread, shopper=who, addresses=(wire,), new=(message,)))


def slowly() -> float:
    """However busy the machine is, one call has time for all."""
    return time.monotonic() / 100


def several_at_once(work: Callable[[str], bool], whom: Collection[str]) -> Iterable[bool]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(work, whom))


@dataclass
class Shop:
    """All that keeps a merchant's segments up to date, on the tables."""

    people: DynamoPeople
    dues: DynamoDue
    merchant: str
    store: DynamoSegments = field(default_factory=DynamoSegments)

    def keeps(self, segment_id: str, wanted: Any) -> None:
        segment = Segment(
            merchant_id=self.merchant, segment_id=segment_id, name="", filter=wanted, created_at=NOW
        )
        self.store.save(segment)

    def tick(self) -> None:
        """A worker of its own each time."""
        make = MakeProfile(self.people, DynamoReports().threads_named, DynamoConsents(), DynamoCommerce())
        refresh = Refresh(self.store, make, slowly, several_at_once)
        build, queues = BuildSegments(self.store, slowly), Queues(MovableClock(NOW))
        RefreshAll(self.store, refresh, build, self.dues, queues, slowly)(RefreshSegments(self.merchant), NOW)


@pytest.fixture
def shop(people: DynamoPeople, dues: DynamoDue, merchant: str) -> Shop:
    return Shop(people, dues, merchant)


@pytest.mark.soak
def test_many_are_placed_from_their_rows_as_if_one_after_the_other(
    shop: Shop, threads: DynamoThreads, merchant: str
) -> None:
    for number in range(MANY):
        writes(threads, merchant, number)
    shop.keeps("sg_one", {"tag": "vip"})
    shop.tick()
    store = shop.store
    assert store.members(merchant, "sg_one") == [f"sh_{number:03d}" for number in range(0, MANY, 3)]
    assert (store.touched(merchant), len(store.everybody(merchant))) == ([], MANY)
    (segment,) = store.segments(merchant)
    assert segment.built_at == NOW
    assert [one.at for one in shop.dues.due(NOW + EVERY, 9)] == [NOW + EVERY]
    (known,) = store.placed(merchant, ["sh_003"])
    assert known.profile == Profile(
        merchant_id=merchant,
        shopper_id="sh_003",
        name="No. 3",
        channels=("whatsapp",),
        connections=("cn_one",),
        threads=("th_003",),
        country="GB",
        tags=("vip",),
        first_seen=NOW,
        last_seen=NOW,
    )
    assert known.turns_at == NOW + timedelta(days=90)


@pytest.mark.soak
def test_passes_at_once_in_a_busy_shop_whose_filters_change_come_out_exact(
    shop: Shop, threads: DynamoThreads, merchant: str
) -> None:
    for number in range(FEW):
        writes(threads, merchant, number)
    shop.keeps("sg_one", {"tag": "vip"})

    def tag() -> None:
        for step in range(30):
            thread = threads.thread(merchant, f"th_{step % FEW:03d}")
            assert thread is not None
            tags = () if thread.tags else ("vip",)
            threads.commit(Change(thread=replace(thread, tags=tags), touches=True))

    def change() -> None:
        for step in range(4):
            shop.keeps(f"sg_{step}", {"not": {"tag": "vip"}})

    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(work) for work in (tag, shop.tick, shop.tick, change)]:
            one.result()
    shop.tick()
    tagged = [
        f"sh_{number:03d}"
        for number in range(FEW)
        if (thread := threads.thread(merchant, f"th_{number:03d}")) and thread.tags
    ]
    assert shop.store.members(merchant, "sg_one") == tagged
    for step in range(4):
        others = [f"sh_{number:03d}" for number in range(FEW) if f"sh_{number:03d}" not in tagged]
        assert shop.store.members(merchant, f"sg_{step}") == others
    assert all(one.built_at == NOW for one in shop.store.segments(merchant))


def test_a_tick_costs_what_has_happened_and_not_who_is_there(
    shop: Shop, threads: DynamoThreads, merchant: str, requests: Requests
) -> None:
    for number in range(FEW):
        writes(threads, merchant, number)
    shop.keeps("sg_one", {"last_seen": {"within_days": 30}})
    shop.tick()
    requests.clear()
    shop.tick()
    idle = list(requests.names)
    assert len(idle) <= 5 and "TransactWriteItems" not in idle
    shop.store.touch(merchant, ["sh_001"])
    requests.clear()
    shop.tick()
    assert len(requests.names) <= len(idle) + 10
