"""Profiles are made from the tables' own rows, several at once; segments and what is due come out the same."""

import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

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

MANY = 60


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


def several_at_once(work: Callable[[str], None], whom: Collection[str]) -> Iterable[None]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(work, whom))


def test_many_are_placed_from_their_rows_as_if_one_after_the_other(
    threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str, raw: Any
) -> None:
    for number in range(MANY):
        writes(threads, merchant, number)
    store, reports, queues = DynamoSegments(), DynamoReports(), Queues(MovableClock(NOW))
    make = MakeProfile(people, reports.threads_named, DynamoConsents(), DynamoCommerce())
    refresh = Refresh(store, make, time.monotonic, several_at_once)
    work = RefreshSegments(merchant)
    store.save(
        Segment(merchant_id=merchant, segment_id="sg_one", name="", filter={"tag": "vip"}, created_at=NOW)
    )
    every = RefreshAll(
        store, refresh, BuildSegments(store, time.monotonic), dues, queues, lambda: time.monotonic() / 100
    )
    every(work, NOW)
    assert store.members(merchant, "sg_one") == [f"sh_{number:03d}" for number in range(0, MANY, 3)]
    assert (store.touched(merchant), len(store.everybody(merchant))) == ([], MANY)
    (segment,) = store.segments(merchant)
    assert segment.built_at == NOW
    assert [one.at for one in dues.due(NOW + EVERY, 9)] == [NOW + EVERY]
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
