"""What is told of messages and threads later: the latest word counts, in whatever order they come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from samples import NOW, a_message, a_thread, due_of, pointer_to, queued, ref_of, stored, unknown_pointer

from chalicelib.domain.content import Button, Content, Option
from chalicelib.domain.events import Media
from chalicelib.domain.facts import edition
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import mark
from chalicelib.ports.errors import AlreadyThere, Conflict
from chalicelib.ports.threads import Change, Joined
from chalicelib.storage.threads import DynamoThreads

LATER = NOW + timedelta(minutes=5)


def _row(threads: DynamoThreads, ref: MessageRef) -> Message:
    message = threads.message(ref)
    assert message is not None
    return message


def test_a_row_keeps_all_that_a_message_holds(threads: DynamoThreads, merchant: str) -> None:
    asked = Content(
        kind="buttons", text="Which?", buttons=(Button(id="1", title="Blue"), Button(id="2", title="Red"))
    )
    told = a_message(
        1,
        kind="order",
        payload="size-m",
        ref="cart_1",
        details={"lines": [{"product_id": "mug", "quantity": 2, "price": "12.50"}], "voice": True},
        media=(Media(mime_type="image/jpeg", channel_media_id="m1", size=7, expires_at=LATER),),
        edited=edition(NOW, 2),
    )
    ours = a_message(2, author="human", content=asked, deleted_at=NOW)
    stored(threads, merchant, told, ours)
    assert _row(threads, ref_of(merchant, told)) == told
    assert _row(threads, ref_of(merchant, ours)) == ours


def test_a_thread_keeps_what_was_offered_and_told(threads: DynamoThreads, merchant: str) -> None:
    thread = a_thread(
        merchant,
        opened_at=NOW,
        choices=(Option(number=1, id="a", title="Blue"),),
        marks={"referral": mark('{"ref": "x"}', NOW)},
        paced_ms=1793620800123,
    )
    threads.commit(Change(thread=thread))
    found = threads.thread(merchant, "th_ann")
    assert found == replace(thread, version=1)
    assert found is not None and found.referral == {"ref": "x"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_latest_edit_counts_in_any_order(
    threads: DynamoThreads, merchant: str, order: tuple[int, ...]
) -> None:
    message = a_message()
    stored(threads, merchant, message)
    ref = ref_of(merchant, message)
    edits = [("first", edition(NOW, 1)), ("second", edition(NOW, 2)), ("third", edition(LATER, 0))]
    for number in order:
        threads.edit(ref, "wamid.1", *edits[number])
    assert (_row(threads, ref).text, _row(threads, ref).edited) == edits[2]


def test_what_was_taken_back_is_gone_and_stays_gone(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(media=(Media(url="https://cdn.example/1"),), details={"voice": True}, payload="x")
    stored(threads, merchant, message)
    ref = ref_of(merchant, message)
    threads.blank(ref, "wamid.1", LATER)
    gone = replace(message, text="", media=(), details={}, payload="", deleted_at=LATER)
    assert _row(threads, ref) == gone
    threads.edit(ref, "wamid.1", "back again", edition(LATER + timedelta(hours=1), 0))
    threads.blank(ref, "wamid.1", LATER + timedelta(hours=2))
    assert _row(threads, ref) == gone


@pytest.mark.parametrize(
    "change",
    [
        lambda threads, ref: threads.edit(ref, "x", "words", edition(NOW, 0)),
        lambda threads, ref: threads.blank(ref, "x", NOW),
        lambda threads, ref: threads.show_last(ref, "words"),
        lambda threads, ref: threads.mark(ref.merchant_id, ref.thread_id, "held_by", mark("other", NOW)),
        lambda threads, ref: threads.opened(ref.merchant_id, ref.thread_id, NOW),
        lambda threads, ref: threads.requeue(ref, "x", due_of(ref.merchant_id, a_message())),
    ],
)
def test_a_change_makes_nothing_that_was_not_there(
    threads: DynamoThreads, merchant: str, change: Callable[[DynamoThreads, MessageRef], object]
) -> None:
    ref = MessageRef(merchant, "th_nobody", "1#ms_1")
    change(threads, ref)
    assert threads.message(ref) is None and threads.thread(merchant, "th_nobody") is None


def test_the_inbox_shows_the_last_message_as_it_is_now(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    ref = ref_of(merchant, message)
    thread = a_thread(merchant, last_sort=message.sort, last_text=message.text)
    threads.commit(Change(thread=thread, new=(message,)))
    threads.show_last(MessageRef(merchant, "th_ann", "0#other"), "not the last")
    threads.show_last(ref, "as edited")
    found = threads.thread(merchant, "th_ann")
    assert found is not None and found.last_text == "as edited" and found.version == 2
    threads.show_last(ref, "")
    threads.show_last(ref, "")
    found = threads.thread(merchant, "th_ann")
    assert found is not None and found.last_text == "" and found.version == 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_latest_mark_counts_in_any_order(
    threads: DynamoThreads, merchant: str, order: tuple[int, int]
) -> None:
    stored(threads, merchant, a_message())
    marks = [mark("other", NOW), mark("", LATER)]
    for number in order:
        threads.mark(merchant, "th_ann", "held_by", marks[number])
        threads.opened(merchant, "th_ann", (NOW, LATER)[number])
    found = threads.thread(merchant, "th_ann")
    assert found is not None and found.held_by == "" and found.opened_at == LATER


def test_a_mark_is_not_lost_to_a_save_that_had_not_seen_it(threads: DynamoThreads, merchant: str) -> None:
    before = stored(threads, merchant, a_message())
    threads.mark(merchant, "th_ann", "held_by", mark("other", NOW))
    with pytest.raises(Conflict):
        threads.commit(Change(thread=before))


def _sent(threads: DynamoThreads, merchant: str) -> MessageRef:
    ref = queued(threads, merchant)
    threads.claim(ref, claim="me", now=NOW, lease_until=LATER, told=None)
    threads.settle(ref, "sent", claim="me", pointer=unknown_pointer("wamid.A", ref=ref))
    return ref


def test_what_the_channel_could_not_deliver_is_queued_once_for_each_attempt(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = _sent(threads, merchant)
    due = due_of(merchant, _row(threads, ref))
    assert threads.requeue(ref, "wamid.A", due)
    again = _row(threads, ref)
    assert (again.status, again.channel_message_id, again.given_up) == ("queued", "", ("wamid.A",))
    assert not threads.requeue(ref, "wamid.A", due)
    threads.claim(ref, claim="you", now=NOW, lease_until=LATER, told=None)
    threads.settle(ref, "sent", claim="you", pointer=unknown_pointer("wamid.B", ref=ref))
    assert not threads.requeue(ref, "wamid.A", due)
    assert _row(threads, ref).channel_message_id == "wamid.B"


def test_what_is_told_of_an_attempt_that_was_given_up_changes_nothing(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = _sent(threads, merchant)
    assert threads.requeue(ref, "wamid.A", due_of(merchant, _row(threads, ref)))
    late = threads.raise_status(ref, "delivered", of="wamid.A")
    assert late is not None and late.status == "queued"
    ours = threads.raise_status(ref, "sent", of="wamid.B")
    assert ours is not None and ours.status == "sent"


def test_what_was_read_is_not_sent_again(threads: DynamoThreads, merchant: str) -> None:
    ref = _sent(threads, merchant)
    threads.raise_status(ref, "read")
    assert not threads.requeue(ref, "wamid.A", due_of(merchant, _row(threads, ref)))


def test_a_failure_that_is_known_before_the_send_was_recorded_takes_its_claim(
    threads: DynamoThreads, merchant: str
) -> None:
    ref = queued(threads, merchant)
    threads.claim(ref, claim="me", now=NOW, lease_until=LATER, told=None)
    due = due_of(merchant, _row(threads, ref))
    pointer = unknown_pointer("wamid.A", ref=ref)
    assert not threads.requeue(ref, "wamid.A", due, claim="somebody", pointer=pointer)
    assert threads.requeue(ref, "wamid.A", due, claim="me", pointer=pointer)
    row = _row(threads, ref)
    assert (row.status, row.claim, row.given_up) == ("queued", "", ("wamid.A",))
    found = threads.pointer(merchant, "cn_one", "", "wamid.A")
    assert found is not None and found.ref == ref
    with pytest.raises(AlreadyThere):
        threads.claim(ref, claim="me", now=NOW, lease_until=LATER, told=None)
        threads.requeue(ref, "wamid.A", due, claim="me", pointer=pointer)


def test_a_part_joins_its_album_as_it_was_read(threads: DynamoThreads, merchant: str) -> None:
    one, two = (Media(channel_media_id=f"f{n}", part=str(n), caption=f"{n}") for n in (1, 2))
    album = a_message(media=(one,), text="1")
    thread = stored(threads, merchant, album)
    part = a_message(2)
    joined = Joined(album.sort, (one,), (one, two), "1\n2", "2")
    pointer = pointer_to(merchant, part, ref=ref_of(merchant, album))
    threads.commit(Change(thread=thread, joined=(joined,), pointers=(pointer,)))
    row = _row(threads, ref_of(merchant, album))
    assert row.media == (one, two) and row.text == "1\n2"
    with pytest.raises(Conflict):
        threads.commit(Change(thread=replace(thread, version=thread.version + 1), joined=(joined,)))
    threads.edit(ref_of(merchant, album), "2", "two", edition(LATER, 0))
    assert _row(threads, ref_of(merchant, album)).text == "1\ntwo"


def test_of_an_album_only_what_was_taken_back_is_gone_and_a_later_part_still_joins(
    threads: DynamoThreads, merchant: str
) -> None:
    one, two, three = (Media(channel_media_id=f"f{n}", part=str(n), caption=f"{n}") for n in (1, 2, 3))
    album = a_message(media=(one, two), text="1\n2")
    thread = stored(threads, merchant, album)
    ref = ref_of(merchant, album)
    threads.blank(ref, "1", LATER)
    assert (_row(threads, ref).media, _row(threads, ref).text) == ((two,), "2")
    threads.blank(ref, "2", LATER)
    assert _row(threads, ref).deleted_at == LATER and _row(threads, ref).media == ()
    joined = Joined(album.sort, (), (three,), "3", "3")
    threads.commit(Change(thread=thread, joined=(joined,)))
    assert (_row(threads, ref).media, _row(threads, ref).deleted_at) == ((three,), None)
