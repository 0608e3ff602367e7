"""A message that is sent again says as which, and nobody else sends it then: no person and no machine."""

import pytest
from samples import (
    a_message,
    a_thread,
    an_intent,
    due_of,
    pointer_to,
    queued,
    ref_of,
    stored,
    unknown_pointer,
)

from chalicelib.domain.events import Status
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.ports.errors import Conflict
from chalicelib.ports.threads import Change, SentAgain
from chalicelib.storage.threads import DynamoThreads


def _row(threads: DynamoThreads, ref: MessageRef) -> Message:
    message = threads.message(ref)
    assert message is not None
    return message


def _uncertain(threads: DynamoThreads, merchant: str, status: Status = "uncertain") -> MessageRef:
    ref = queued(threads, merchant, author="human", purpose="reply", text="Yes.")
    threads.settle(ref, status, claim="", reason="outcome_unknown")
    return ref


def _copy(threads: DynamoThreads, ref: MessageRef, number: int, was: str = "") -> Message:
    """Of the message, so many seconds later; the thread as it is now."""
    thread = threads.thread(ref.merchant_id, ref.thread_id)
    assert thread is not None
    copy = an_intent(number, author="human", purpose="reply", text="Yes.", details={"again": "ms_1"})
    due = due_of(ref.merchant_id, copy)
    threads.commit(Change(thread=thread, new=(copy,), due=(due,), again=SentAgain(ref.sort, was)))
    return copy


@pytest.mark.parametrize("status", ["uncertain", "failed"])
def test_both_rows_know_of_each_other(threads: DynamoThreads, merchant: str, status: Status) -> None:
    ref = _uncertain(threads, merchant, status)
    copy = _copy(threads, ref, 2)
    assert (_row(threads, ref).again, _row(threads, ref).status) == (copy.sort, status)
    assert _row(threads, ref_of(merchant, copy)) == copy


def test_only_one_sends_it_again(threads: DynamoThreads, merchant: str) -> None:
    ref = _uncertain(threads, merchant)
    first = _copy(threads, ref, 2)
    with pytest.raises(Conflict):
        _copy(threads, ref, 3)
    with pytest.raises(Conflict):
        _copy(threads, ref, 3, was="another")
    assert _row(threads, ref).again == first.sort
    assert threads.message(ref_of(merchant, an_intent(3))) is None


def test_whoever_has_read_that_the_copy_was_kept_in_sends_another(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = _uncertain(threads, merchant)
    first = _copy(threads, ref, 2)
    second = _copy(threads, ref, 3, was=first.sort)
    assert _row(threads, ref).again == second.sort


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
def test_what_has_arrived_meanwhile_is_not_sent_again(
    threads: DynamoThreads, merchant: str, status: Status
) -> None:
    ref = _uncertain(threads, merchant)
    threads.raise_status(ref, status)
    with pytest.raises(Conflict):
        _copy(threads, ref, 2)
    assert (_row(threads, ref).status, _row(threads, ref).again) == (status, "")


def test_what_is_not_there_is_not_sent_again(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, a_message())
    with pytest.raises(Conflict):
        _copy(threads, MessageRef(merchant, a_thread(merchant).thread_id, "0#x"), 2)


def test_a_machine_does_not_try_once_more_what_a_person_has_sent_again(
    threads: DynamoThreads, merchant: str
) -> None:
    """A late status says that it failed and may pass now: that it has failed is all that it tells."""
    ref = _uncertain(threads, merchant)
    _copy(threads, ref, 2)
    threads.settle(ref, "sent", claim="", pointer=unknown_pointer("wamid.LATE", ref=ref))
    assert not threads.requeue(ref, "wamid.LATE", due_of(merchant, _row(threads, ref)))
    assert _row(threads, ref).status == "sent"


def test_what_arrived_after_all_is_found_by_its_id_beside_its_copy(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = _uncertain(threads, merchant)
    copy = _copy(threads, ref, 2)
    for one, channel_id in ((ref, "wamid.FIRST"), (ref_of(merchant, copy), "wamid.AGAIN")):
        threads.settle(one, "sent", claim="", pointer=unknown_pointer(channel_id, ref=one))
    for one, channel_id in ((ref, "wamid.FIRST"), (ref_of(merchant, copy), "wamid.AGAIN")):
        assert (_row(threads, one).status, _row(threads, one).channel_message_id) == ("sent", channel_id)
        found = threads.pointer(merchant, "cn_one", "", channel_id)
        assert found == pointer_to(merchant, _row(threads, one))
