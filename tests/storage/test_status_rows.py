"""Statuses, reactions and receipts: they only ever climb, and make nothing that was not there."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from samples import NOW, a_message, queued, ref_of, stored

from chalicelib.domain.events import Status
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.ports.errors import Conflict
from chalicelib.ports.threads import Change
from chalicelib.storage.threads import DynamoThreads


def _row(threads: DynamoThreads, ref: MessageRef) -> Message:
    message = threads.message(ref)
    assert message is not None
    return message


CLIMB: Sequence[Status] = ("queued", "uncertain", "sent", "failed", "delivered", "read")


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(CLIMB)))
def test_a_status_never_goes_back(
    threads: DynamoThreads, merchant: str, lower: Status, higher: Status
) -> None:
    ref = queued(threads, merchant)
    raised = threads.raise_status(ref, higher, reason="131026" if higher == "failed" else "")
    assert raised is not None and raised.status == higher
    assert raised.reason == ("131026" if higher == "failed" else "")
    again = threads.raise_status(ref, lower)
    assert again == raised == _row(threads, ref)


def test_a_reason_goes_with_its_status(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)
    threads.raise_status(ref, "failed", reason="131026")
    arrived = threads.raise_status(ref, "delivered")
    assert arrived is not None and arrived.reason == ""


def test_the_first_reason_of_a_failure_stays(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)
    threads.raise_status(ref, "failed", reason="131026")
    again = threads.raise_status(ref, "failed", reason="131000")
    assert again is not None and again.reason == "131026"


def test_what_a_shopper_wrote_has_no_status_to_climb(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    stored(threads, merchant, message)
    for status in CLIMB:
        threads.raise_status(ref_of(merchant, message), status)
    assert _row(threads, ref_of(merchant, message)) == message


def test_a_status_makes_no_message(threads: DynamoThreads, merchant: str) -> None:
    ref = MessageRef(merchant, "th_nobody", "0#x")
    assert threads.raise_status(ref, "read") is None
    assert threads.message(ref) is None


@pytest.mark.parametrize("who", ["447700900123", "GB.1349", "a#b", "имя", "with space", "reactions", "0"])
def test_the_latest_reaction_of_each_stays(threads: DynamoThreads, merchant: str, who: str) -> None:
    message = a_message()
    ref = ref_of(merchant, message)
    stored(threads, merchant, message)
    for put in ("1793620800005 👍", "1793620800009 ❤️", "1793620800007 😂"):
        threads.react(ref, who, put)
    threads.react(ref, "another", "1793620800001 😮")
    assert _row(threads, ref).reactions == {who: "1793620800009 ❤️", "another": "1793620800001 😮"}


def test_a_reaction_makes_no_message(threads: DynamoThreads, merchant: str) -> None:
    ref = MessageRef(merchant, "th_nobody", "0#x")
    threads.react(ref, "447700900123", "1793620800005 👍")
    assert threads.message(ref) is None


def test_a_receipt_never_goes_back(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant)
    for after_s in (5, 9, 7):
        threads.receipt(merchant, "th_ann", "delivered", NOW + timedelta(seconds=after_s))
    threads.receipt(merchant, "th_ann", "read", NOW + timedelta(seconds=1))
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    assert thread.delivered_up_to == NOW + timedelta(seconds=9)
    assert thread.read_up_to == NOW + timedelta(seconds=1)


def test_a_receipt_makes_a_decision_on_the_thread_before_it_fail(
    threads: DynamoThreads, merchant: str
) -> None:
    before = stored(threads, merchant)
    threads.receipt(merchant, "th_ann", "read", NOW)
    with pytest.raises(Conflict):
        threads.commit(Change(thread=before))


def test_a_receipt_makes_no_thread(threads: DynamoThreads, merchant: str) -> None:
    threads.receipt(merchant, "th_nobody", "read", NOW)
    assert threads.thread(merchant, "th_nobody") is None
