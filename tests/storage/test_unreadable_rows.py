"""What could not be understood: found again page by page, and gone once it was understood."""

from dataclasses import replace
from datetime import timedelta

from samples import NOW, a_message, ref_of, stored

from chalicelib.domain.events import Media
from chalicelib.domain.messages import MessageRef
from chalicelib.ports.threads import Kept
from chalicelib.storage.threads import DynamoThreads


def _keep(threads: DynamoThreads, merchant: str, number: int, connection: str = "cn_one") -> None:
    envelope = {"channel": "telegram", "body": {"update_id": number}, "received_at": NOW.isoformat()}
    threads.keep_unreadable(merchant, connection, "unknown_kind:poll", envelope, NOW)


def _listed(threads: DynamoThreads, merchant: str, limit: int) -> list[Kept]:
    seen, after = [], ""
    while page := threads.unreadable(merchant, "cn_one", after=after, limit=limit):
        assert len(page) <= limit
        seen += page
        after = page[-1].row
    return seen


def test_all_that_was_kept_is_listed_page_by_page(threads: DynamoThreads, merchant: str) -> None:
    for number in range(7):
        _keep(threads, merchant, number)
    _keep(threads, merchant, 9, "cn_two")
    found = _listed(threads, merchant, 3)
    assert sorted(one.envelope["body"]["update_id"] for one in found) == list(range(7))
    assert {(one.merchant_id, one.connection_id, one.reason, one.at) for one in found} == {
        (merchant, "cn_one", "unknown_kind:poll", NOW)
    }
    assert threads.unreadable(f"{merchant}x", "cn_one") == []


def test_what_was_understood_is_forgotten(threads: DynamoThreads, merchant: str) -> None:
    for number in range(2):
        _keep(threads, merchant, number)
    one, other = threads.unreadable(merchant, "cn_one")
    threads.forget_unreadable(one)
    threads.forget_unreadable(one)
    assert threads.unreadable(merchant, "cn_one") == [other]


def test_what_came_anew_is_not_forgotten(threads: DynamoThreads, merchant: str) -> None:
    _keep(threads, merchant, 1)
    (read,) = threads.unreadable(merchant, "cn_one")
    later = NOW + timedelta(seconds=1)
    threads.keep_unreadable(merchant, "cn_one", "malformed", read.envelope, later)
    threads.forget_unreadable(read)
    assert threads.unreadable(merchant, "cn_one") == [replace(read, reason="malformed", at=later)]


def test_what_belongs_to_nobody_is_kept_too(threads: DynamoThreads) -> None:
    envelope = {"channel": "whatsapp", "body": {"object": "whatsapp_business_account"}}
    threads.keep_unreadable("", "", "unclaimed_account", envelope, NOW)
    assert [one.envelope for one in threads.unreadable("", "")] == [envelope]


def test_an_unsupported_message_is_explained_once(threads: DynamoThreads, merchant: str) -> None:
    riddle, plain = a_message(1, kind="unsupported", text=""), a_message(2)
    files = (Media("image/jpeg", "media-1"),)
    stored(threads, merchant, riddle, plain)
    for one in (riddle, plain):
        threads.explain(ref_of(merchant, one), "image", "Is it this one?", files)
        threads.explain(ref_of(merchant, one), "text", "Something else", ())
    found = threads.message(ref_of(merchant, riddle))
    assert found == replace(riddle, kind="image", text="Is it this one?", media=files)
    assert threads.message(ref_of(merchant, plain)) == plain


def test_an_explanation_makes_no_message(threads: DynamoThreads, merchant: str) -> None:
    ref = MessageRef(merchant, "th_nobody", "0#x")
    threads.explain(ref, "text", "x", ())
    assert threads.message(ref) is None


def test_a_message_and_its_thread_are_read_together(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(media=(Media("image/jpeg", "media-1"),), reactions={"who": "1 x"})
    thread = stored(threads, merchant, message)
    ref = ref_of(merchant, message)
    assert threads.message_and_thread(ref) == (message, thread)
    assert threads.message_and_thread(replace(ref, sort="0#x")) == (None, thread)
    assert threads.message_and_thread(replace(ref, thread_id="th_nobody")) == (None, None)
