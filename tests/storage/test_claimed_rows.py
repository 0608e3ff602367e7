"""What becomes of an intent: claimed by one, given back or settled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from samples import (
    NOW,
    a_message,
    a_thread,
    due_of,
    park,
    pointer_to,
    queued,
    ref_of,
    stored,
    unknown_pointer,
)

from chalicelib.domain.events import Status
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.work import Due, Send, Work
from chalicelib.ports.errors import AlreadyThere, Conflict
from chalicelib.ports.threads import Change, Told
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.segments import DynamoSegments
from chalicelib.storage.threads import DynamoThreads
from chalicelib.storage.touches import touched_key

UNTIL = NOW + timedelta(seconds=90)
MUCH_LATER = NOW + timedelta(days=1)
DELIVERED = {"fact": "status", "status": "delivered", "code": ""}


def _claim(threads: DynamoThreads, ref: MessageRef, claim: str = "me", told: Told | None = None) -> None:
    threads.claim(ref, claim=claim, now=NOW, lease_until=UNTIL, told=told)


def _told(version: int) -> Told:
    """Without a name and a promise."""
    return Told(text="Hi!", language="en", shopper_name="", promised_at=None, version=version)


def _row(threads: DynamoThreads, ref: MessageRef) -> Message:
    message = threads.message(ref)
    assert message is not None
    return message


def _due(dues: DynamoDue) -> Sequence[tuple[Work, datetime]]:
    return [(one.work, one.at) for one in dues.due(MUCH_LATER, 10)]


def test_one_claims_a_queued_message(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    row = _row(threads, ref)
    assert (row.claim, row.lease_until, row.started_at, row.attempt) == ("me", UNTIL, NOW, 1)
    assert _due(dues) == [(Send(ref, "group"), UNTIL)]


def test_nobody_else_claims_it_then(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    with pytest.raises(Conflict):
        _claim(threads, ref, "another")
    assert (_row(threads, ref).claim, _row(threads, ref).attempt) == ("me", 1)


@pytest.mark.parametrize("status", ["sent", "failed", "skipped", "uncertain"])
def test_what_is_decided_is_not_claimed(
    threads: DynamoThreads, dues: DynamoDue, merchant: str, status: Status
) -> None:
    ref = queued(threads, merchant)
    threads.settle(ref, status, claim="")
    with pytest.raises(Conflict):
        _claim(threads, ref)


def test_what_was_never_there_is_not_claimed(threads: DynamoThreads, merchant: str) -> None:
    ref = MessageRef(merchant, "th_nobody", "0#x")
    with pytest.raises(Conflict):
        _claim(threads, ref)
    assert threads.message(ref) is None


def test_a_claimed_answer_fixes_what_the_shopper_is_told(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)
    told = Told(text="Hi Ann!", language="pt", shopper_name="Ann", promised_at=UNTIL, version=1)
    _claim(threads, ref, told=told)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    assert (thread.language, thread.shopper_name, thread.promised_at) == ("pt", "Ann", UNTIL)
    assert _row(threads, ref).text == "Hi Ann!"


@pytest.mark.parametrize("news", ["", "sh_ann"])
def test_a_language_that_an_answer_finds_out_touches_the_shopper(
    threads: DynamoThreads, merchant: str, bound: str, news: str
) -> None:
    ref, segments = queued(threads, merchant), DynamoSegments()
    for one in segments.touched(merchant):
        ThreadsRow(touched_key(merchant), one.shopper_id).delete()
    _claim(threads, ref, told=replace(_told(1), touches=news))
    assert [one.shopper_id for one in segments.touched(merchant)] == ([news] if news else [])


def test_what_was_told_makes_a_decision_on_the_thread_before_it_fail(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = queued(threads, merchant)
    before = threads.thread(merchant, "th_ann")
    assert before is not None
    _claim(threads, ref, told=_told(1))
    with pytest.raises(Conflict):
        threads.commit(Change(thread=before))


def test_an_answer_that_was_decided_before_somebody_spoke_is_not_claimed(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    ref = queued(threads, merchant)
    threads.commit(Change(thread=a_thread(merchant, human_at=NOW, version=1)))
    with pytest.raises(Conflict):
        _claim(threads, ref, told=_told(1))
    assert (_row(threads, ref).claim, _row(threads, ref).text) == ("", "")
    assert [at for _, at in _due(dues)] == [NOW + timedelta(seconds=30)]


def test_nothing_told_takes_nothing_away(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    threads.commit(Change(thread=a_thread(merchant, shopper_name="Ann", promised_at=UNTIL, version=1)))
    _claim(threads, ref, told=_told(2))
    after = threads.thread(merchant, "th_ann")
    assert after is not None and (after.shopper_name, after.promised_at) == ("Ann", UNTIL)


def test_a_message_that_did_not_leave_is_given_back(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    again = Due(Send(ref, "group"), NOW + timedelta(seconds=5))
    threads.release(ref, claim="me", due=again)
    row = _row(threads, ref)
    assert (row.status, row.claim, row.lease_until) == ("queued", "", None)
    assert _due(dues) == [(again.work, again.at)]
    _claim(threads, ref, "another")
    assert _row(threads, ref).attempt == 2


def test_only_who_claimed_it_gives_it_back(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    threads.release(ref, claim="another", due=Due(Send(ref, "group"), NOW))
    assert _row(threads, ref).claim == "me"
    assert _due(dues) == [(Send(ref, "group"), UNTIL)]


def test_giving_back_what_was_settled_brings_nothing_back(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    threads.settle(ref, "failed", claim="me")
    threads.release(ref, claim="me", due=Due(Send(ref, "group"), NOW))
    assert _row(threads, ref).status == "failed"
    assert _due(dues) == []


def test_a_sent_message_is_found_by_its_channels_id(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    pointer = unknown_pointer("wamid.OURS", chat="55500", ref=ref)
    liked = {"447700900123": "1793620800000 ❤️"}
    threads.settle(ref, "sent", claim="me", pointer=pointer, reactions=liked)
    row = _row(threads, ref)
    assert (row.status, row.claim, row.lease_until) == ("sent", "", None)
    assert (row.channel_message_id, row.chat, row.reactions) == ("wamid.OURS", "55500", liked)
    assert threads.pointer(merchant, "cn_one", "55500", "wamid.OURS") == pointer
    assert _due(dues) == []


def test_settling_under_anothers_claim_is_refused(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    for claim in ("another", ""):
        with pytest.raises(Conflict) as refused:
            threads.settle(ref, "skipped", claim=claim, pointer=unknown_pointer("wamid.OURS", ref=ref))
        assert not isinstance(refused.value, AlreadyThere)
    assert _row(threads, ref).claim == "me"
    assert len(_due(dues)) == 1
    assert threads.pointer(merchant, "cn_one", "", "wamid.OURS") is None


def test_settling_twice_says_that_the_claim_is_gone(threads: DynamoThreads, merchant: str) -> None:
    """An answer that was lost makes us write again: that is no fact which waits to be read."""
    ref = queued(threads, merchant)
    _claim(threads, ref)
    pointer = unknown_pointer("wamid.OURS", ref=ref)
    threads.settle(ref, "sent", claim="me", pointer=pointer)
    with pytest.raises(Conflict) as refused:
        threads.settle(ref, "sent", claim="me", pointer=pointer)
    assert not isinstance(refused.value, AlreadyThere)


def test_what_never_was_is_not_settled_into_being(threads: DynamoThreads, merchant: str) -> None:
    ref = MessageRef(merchant, "th_nobody", "0#x")
    with pytest.raises(Conflict):
        threads.settle(ref, "skipped", claim="")
    assert threads.message(ref) is None


@pytest.mark.parametrize("status", ["queued", "delivered"])
def test_a_message_is_not_settled_past_facts_that_were_not_read(
    threads: DynamoThreads, merchant: str, status: Status
) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    threads.raise_status(ref, status)
    park(threads, merchant, unknown_pointer("wamid.OURS"), DELIVERED)
    pointer = unknown_pointer("wamid.OURS", ref=ref)
    with pytest.raises(AlreadyThere):
        threads.settle(ref, "sent", claim="me", pointer=pointer)
    assert _row(threads, ref).claim == "me"
    read = unknown_pointer("wamid.OURS", ref=ref, parked=(DELIVERED,))
    threads.settle(ref, "delivered", claim="me", pointer=read)
    assert _row(threads, ref).status == "delivered"


def test_a_status_that_came_meanwhile_and_is_further_on_stays(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    threads.raise_status(ref, "read")
    threads.settle(ref, "sent", claim="me", pointer=unknown_pointer("wamid.OURS", ref=ref))
    row = _row(threads, ref)
    assert (row.status, row.claim, row.channel_message_id) == ("read", "", "wamid.OURS")


def test_an_uncertain_message_turns_out_to_have_been_sent(threads: DynamoThreads, merchant: str) -> None:
    ref = queued(threads, merchant)
    _claim(threads, ref)
    threads.settle(ref, "uncertain", claim="me", reason="outcome_unknown")
    assert _row(threads, ref).reason == "outcome_unknown"
    threads.settle(ref, "sent", claim="", pointer=unknown_pointer("wamid.OURS", ref=ref))
    row = _row(threads, ref)
    assert (row.status, row.reason, row.channel_message_id) == ("sent", "", "wamid.OURS")


def test_a_pointer_that_means_another_row_is_not_moved(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    stored(threads, merchant, message, pointers=(pointer_to(merchant, message),))
    other = a_message(2, status="queued", author="human", channel_message_id="")
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    threads.commit(Change(thread=thread, new=(other,), due=(due_of(merchant, other),)))
    _claim(threads, ref_of(merchant, other))
    with pytest.raises(AlreadyThere):
        taken = unknown_pointer("wamid.1", ref=ref_of(merchant, other))
        threads.settle(ref_of(merchant, other), "sent", claim="me", pointer=taken)
    assert threads.pointer(merchant, "cn_one", "", "wamid.1") == pointer_to(merchant, message)
