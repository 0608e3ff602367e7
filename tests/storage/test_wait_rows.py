"""How long shoppers waited, in counters, and who waits now: written with what changes it, read at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from persons import wrote
from samples import NOW, a_thread, queued, stored
from test_erased_rows import Desk

from chalicelib.domain.promise.waits import Cell, Measured, Waited, Waiting
from chalicelib.ports.errors import Conflict
from chalicelib.ports.threads import Change, Told
from chalicelib.storage.models import WaitsItem
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads

BEGAN = datetime(2026, 10, 30, 15, 30, tzinfo=UTC)
LATER = BEGAN + timedelta(minutes=20)
CONNECTION = "cn_1"


def a_wait(*counters: str, month: str = "2026-10", hour: int = 113, began: datetime = BEGAN) -> Waited:
    return Waited(CONNECTION, month, hour, counters, began)


def ended(threads: DynamoThreads, merchant: str, *waits: Waited) -> None:
    for one in waits:
        thread = threads.thread(merchant, "th_ann") or a_thread(merchant)
        threads.commit(Change(thread=thread, waited=one))


def test_waits_are_counted_by_hour_of_the_week_and_month(threads: DynamoThreads, merchant: str) -> None:
    ended(
        threads,
        merchant,
        a_wait("c0001200", "b0000600", "kept", began=LATER),
        a_wait("c0001200", "b0000060", "broken"),
        a_wait("c0000060", month="2026-11", hour=0),
        a_wait("c0000060", month="2026-09", hour=0),
    )
    cells = [
        Cell("2026-11", 0, {"c0000060": 1}, BEGAN),
        Cell("2026-10", 113, {"c0001200": 2, "b0000600": 1, "b0000060": 1, "kept": 1, "broken": 1}, LATER),
    ]
    assert list(threads.waits(merchant, CONNECTION, "2026-10").cells) == cells
    assert list(threads.waits(merchant, CONNECTION, "2026-11").cells) == cells[:1]
    assert len(threads.waits(merchant, CONNECTION, "2026-09").cells) == 3
    assert threads.waits(merchant, "cn_2", "2026-09") == Measured()
    assert threads.waits(f"{merchant}x", CONNECTION, "2026-09") == Measured()


def test_a_wait_is_not_counted_for_a_decision_that_failed(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant)
    with pytest.raises(Conflict):
        threads.commit(Change(thread=a_thread(merchant), waited=a_wait("c0001200")))
    assert threads.waits(merchant, CONNECTION, "2026-10") == Measured()


def test_who_waits_is_seen_until_the_wait_ends(threads: DynamoThreads, merchant: str) -> None:
    def now() -> Any:
        thread = threads.thread(merchant, "th_ann")
        assert thread is not None
        return thread

    def waiting() -> list[Waiting]:
        return list(threads.waits(merchant, now().connection_id, "2026-10").waiting)

    stored(threads, merchant)
    assert waiting() == []
    threads.commit(Change(thread=replace(now(), waiting_since=NOW)))
    assert waiting() == [Waiting("th_ann", NOW.replace(microsecond=0))]
    threads.commit(Change(thread=replace(now(), last_text="More")))
    threads.commit(Change(thread=replace(now(), waiting_since=NOW - timedelta(hours=1))))
    assert waiting() == [Waiting("th_ann", NOW.replace(microsecond=0) - timedelta(hours=1))]
    threads.commit(Change(thread=replace(now(), waiting_since=None)))
    assert waiting() == []


def test_who_is_settled_by_the_shops_own_articles_waits_no_more(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = queued(threads, merchant)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    threads.commit(Change(thread=replace(thread, waiting_since=NOW)))
    told = Told(
        text="Until six.",
        language="en",
        shopper_name="",
        promised_at=None,
        version=2,
        settles=True,
        connection_id="cn_one",
    )
    threads.claim(ref, claim="me", now=NOW, lease_until=NOW + timedelta(minutes=1), told=told)
    assert threads.waits(merchant, "cn_one", "2026-10") == Measured()


def test_who_is_erased_waits_no_more(threads: DynamoThreads, people: DynamoPeople, merchant: str) -> None:
    for name in ("ann", "ben"):
        wrote(threads, merchant, name)
        thread = threads.thread(merchant, f"th_{name}")
        assert thread is not None
        threads.commit(Change(thread=replace(thread, waiting_since=NOW)))
    Desk(threads, people, merchant).erase()
    assert threads.waits(merchant, "cn_one", "2026-10") == Measured()
    assert [one.thread_id for one in threads.waits(merchant, "cn_two", "2026-10").waiting] == ["th_ben"]


def test_a_read_is_one_request_and_leaves_alone_what_it_does_not_know(
    threads: DynamoThreads, merchant: str, requests: Any
) -> None:
    key = f"{merchant}#waits#{CONNECTION}"
    WaitsItem(key, "now#th_1", since=1_790_000_000).save()
    WaitsItem(key, "now#th_2").save()
    WaitsItem(key, "mystery").save()
    WaitsItem(key, "2026-11-02#b03").save()
    requests.clear()
    measured = threads.waits(merchant, CONNECTION, "2026-10")
    assert requests.names == ["Query"]
    assert measured == Measured((), (Waiting("th_1", datetime.fromtimestamp(1_790_000_000, UTC)),))
