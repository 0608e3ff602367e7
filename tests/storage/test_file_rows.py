"""What became of a message's files stands on its row, together with when the rest is tried again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from samples import NOW, a_message, a_thread, ref_of, stored

from chalicelib.domain.events import Media
from chalicelib.domain.work import Due, FetchFiles
from chalicelib.ports.threads import Change, Joined
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.threads import DynamoThreads

ONE: Final = Media(mime_type="image/jpeg", channel_media_id="1", part="11", caption="a", state="waiting")
TWO: Final = replace(ONE, channel_media_id="2", part="12", caption="b")
READY: Final = replace(ONE, state="ready", key="media/mt/th/ms/1", size=7)
GONE: Final = replace(TWO, state="gone", reason="expired")
LATER: Final = NOW + timedelta(hours=1)


def _waiting(threads: DynamoThreads, merchant: str, *files: Media) -> FetchFiles:
    message = a_message(kind="image", media=files)
    work = FetchFiles(ref_of(merchant, message), "cn_one")
    stored(threads, merchant, message, due=(Due(work, NOW),))
    return work


def _dues(dues: DynamoDue) -> list[tuple[Any, Any]]:
    return [(due.work, due.at) for due in dues.due(NOW + timedelta(days=30), 10)]


def test_what_became_of_the_files_is_read_back_and_nothing_waits(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    work = _waiting(threads, merchant, ONE, TWO)
    written = threads.note_files(work, [READY, GONE], None)
    assert written is not None
    assert written.media == (READY, GONE)
    assert threads.message(work.ref) == written
    assert _dues(dues) == []


def test_a_file_that_did_not_come_is_due_again_late_and_from_then_on(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    work = _waiting(threads, merchant, ONE, TWO)
    written = threads.note_files(work, [READY, TWO], LATER)
    assert written is not None
    assert written.media == (READY, TWO)
    assert _dues(dues) == [(work, LATER)]
    assert dues.oldest_overdue_s(LATER + timedelta(seconds=5)) == pytest.approx(5)


def test_the_same_again_changes_nothing(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    work = _waiting(threads, merchant, ONE)
    once = threads.note_files(work, [READY], None)
    assert threads.note_files(work, [READY], None) == once
    assert threads.note_files(work, [replace(ONE, state="gone")], LATER) == once
    assert _dues(dues) == []


def test_a_part_of_an_album_that_came_meanwhile_waits_on(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    work = _waiting(threads, merchant, ONE)
    message, thread = threads.message_and_thread(work.ref)
    assert message is not None and thread is not None
    joined = Joined(sort=message.sort, channel_message_id="11", was=(ONE,), media=(ONE, TWO), text="a\nb")
    threads.commit(Change(thread=thread, joined=(joined,), due=(Due(work, LATER),)))
    written = threads.note_files(work, [READY], None)
    assert written is not None
    assert written.media == (READY, TWO)
    assert _dues(dues) == [(work, LATER)]


def test_words_that_were_edited_meanwhile_stay(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    work = _waiting(threads, merchant, ONE, TWO)
    threads.edit(work.ref, "11", "edited", "0000000000001#000001")
    written = threads.note_files(work, [READY, GONE], None)
    assert written is not None
    assert [one.caption for one in written.media] == ["edited", "b"]


def test_a_row_that_changes_between_reading_and_writing_is_read_again(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    work = _waiting(threads, merchant, ONE, TWO)
    events = ThreadsRow._get_connection().connection.client.meta.events
    crossed: list[str] = []

    def cross(model: Any, **_: Any) -> None:
        if not crossed:
            crossed.append(model.name)
            threads.note_files(work, [GONE], LATER)

    events.register("before-call.dynamodb.TransactWriteItems", cross)
    try:
        written = threads.note_files(work, [READY], None)
    finally:
        events.unregister("before-call.dynamodb.TransactWriteItems", cross)
    assert crossed and written is not None
    assert written.media == (READY, GONE)
    assert _dues(dues) == []


@pytest.mark.parametrize("how", ["taken back", "never there"])
def test_nothing_is_written_on_a_message_that_is_no_more(
    threads: DynamoThreads, dues: DynamoDue, merchant: str, how: str
) -> None:
    work = _waiting(threads, merchant, ONE)
    if how == "taken back":
        threads.blank(work.ref, "11", NOW)
    else:
        work = replace(work, ref=replace(work.ref, sort=work.ref.sort + "x"))
    before = threads.message(work.ref)
    assert threads.note_files(work, [READY], LATER) is None
    assert threads.message(work.ref) == before
    assert all(at == NOW for _, at in _dues(dues))


def test_another_merchants_message_is_not_touched(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    work = _waiting(threads, merchant, ONE)
    threads.commit(Change(thread=a_thread(merchant + "x")))
    other = replace(work, ref=replace(work.ref, merchant_id=merchant + "x"))
    assert threads.note_files(other, [READY], None) is None
    found = threads.message(work.ref)
    assert found is not None
    assert found.media == (ONE,)
