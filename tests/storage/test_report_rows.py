"""What reports are made from: counted with what it counts, never twice, read by the month."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from access_patterns import Requests
from samples import NOW, a_message, a_thread, pointer_to

from chalicelib.domain.contacts import SHARDS
from chalicelib.domain.messages import MessageRef
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.threads import Change, Noted
from chalicelib.storage.reports import DynamoReports
from chalicelib.storage.threads import DynamoThreads

NOVEMBER, DECEMBER = NOW, datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def reports(bound: str) -> DynamoReports:
    return DynamoReports()


def note(threads: DynamoThreads, merchant: str, number: int, *noted: Noted) -> None:
    thread = a_thread(merchant, thread_id=f"th_{number}", heard_at=NOW)
    threads.commit(Change(thread=thread, noted=noted))


def test_what_many_threads_count_adds_up_by_month(
    threads: DynamoThreads, reports: DynamoReports, merchant: str
) -> None:
    for number in range(2 * SHARDS):
        note(threads, merchant, number, Noted("spell", "02T12", NOVEMBER), Noted("complaint", "late"))
    note(threads, merchant, 99, Noted("spell", "01T00", DECEMBER), Noted("spell", "01T00", DECEMBER))
    note(threads, f"{merchant}x", 1, Noted("spell", "02T12", NOVEMBER))
    assert reports.contacts(merchant, "2026-11") == {
        ("cn_one", "spell", "02T12"): 2 * SHARDS,
        ("cn_one", "complaint", "late"): 2 * SHARDS,
    }
    assert reports.contacts(merchant, "2026-12") == {("cn_one", "spell", "01T00"): 2}


def test_a_message_that_comes_again_is_not_counted_again(
    threads: DynamoThreads, reports: DynamoReports, merchant: str
) -> None:
    said = a_message()
    change = Change(
        thread=a_thread(merchant, heard_at=NOW),
        new=(said,),
        pointers=(pointer_to(merchant, said),),
        noted=(Noted("spell", "02T12"),),
    )
    threads.commit(change)
    with pytest.raises(AlreadyThere):
        threads.commit(replace(change, thread=replace(change.thread, version=1)))
    assert reports.contacts(merchant, "2026-11") == {("cn_one", "spell", "02T12"): 1}


def test_counting_costs_no_call_of_its_own(threads: DynamoThreads, requests: Requests, merchant: str) -> None:
    note(threads, merchant, 1, Noted("spell", "02T12"))
    assert requests.names == ["TransactWriteItems"]


def test_how_much_a_shopper_wrote_stands_with_their_thread(threads: DynamoThreads, merchant: str) -> None:
    threads.commit(Change(thread=a_thread(merchant, wrote={"2026-11": 3})))
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None and thread.wrote == {"2026-11": 3}


def test_threads_are_read_by_their_names_many_in_one_call(
    threads: DynamoThreads, reports: DynamoReports, requests: Requests, merchant: str
) -> None:
    for number in range(3):
        threads.commit(
            Change(thread=a_thread(merchant, thread_id=f"th_{number}", spoken_at=NOW + timedelta(hours=1)))
        )
    requests.clear()
    wanted = [*(f"th_{number}" for number in range(120)), "th_0"]
    found = reports.threads_named(merchant, wanted)
    assert sorted(one.thread_id for one in found) == ["th_0", "th_1", "th_2"]
    assert requests.names == ["BatchGetItem", "BatchGetItem"]
    assert reports.threads_named(f"{merchant}x", ["th_0"]) == []


def test_many_who_begin_to_wait_at_once_are_all_counted(
    threads: DynamoThreads, reports: DynamoReports, merchant: str
) -> None:
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(note, threads, merchant, n, Noted("spell", "02T12")) for n in range(24)]:
            done.result()
    assert reports.contacts(merchant, "2026-11") == {("cn_one", "spell", "02T12"): 24}


def test_messages_that_are_named_are_read_in_as_few_calls_as_there_can_be(
    threads: DynamoThreads, reports: DynamoReports, requests: Requests, merchant: str
) -> None:
    refs = []
    for number in range(3):
        said = a_message(number)
        threads.commit(Change(thread=a_thread(merchant, thread_id=f"th_{number}"), new=(said,)))
        refs.append(MessageRef(merchant, f"th_{number}", said.sort))
    missing = MessageRef(merchant, "th_0", "0#ms_gone")
    requests.clear()
    found = reports.messages_named([*refs, missing])
    assert {ref: one.text for ref, one in found.items()} == {
        ref: f"Message {number}" for number, ref in enumerate(refs)
    }
    assert requests.names == ["BatchGetItem"]
