"""Threads and messages: read as they were written, in the order of time, each merchant's their own."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from access_patterns import Requests
from samples import ANN, NOW, a_message, a_thread, ref_of, stored

from chalicelib.domain.events import Address, Media
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.threads import Thread, inbox_key
from chalicelib.ports.errors import Conflict
from chalicelib.ports.threads import Change
from chalicelib.storage.threads import DynamoThreads


def test_a_thread_comes_back_as_it_was_saved(threads: DynamoThreads, merchant: str) -> None:
    thread = a_thread(
        merchant,
        shopper_name="Ann 💙",
        language="pt",
        language_hint="pt-br",
        state="closed",
        assignee="Ben",
        tags=("vip", "гость"),
        last_sort="1793620800000#ms_1",
        last_text="Есть синий? 💙",
        last_at=NOW + timedelta(microseconds=1),
        shopper_at=NOW,
        human_at=NOW - timedelta(hours=1),
        heard_at=NOW,
        waiting_since=NOW - timedelta(minutes=1),
        promised_at=NOW + timedelta(hours=1),
        answer="1793620800001#ms_2",
        delivered_up_to=NOW,
        read_up_to=NOW,
    )
    threads.commit(Change(thread=thread))
    assert threads.thread(merchant, "th_ann") == replace(thread, version=1)


def test_a_message_comes_back_as_it_was_saved(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(
        kind="image",
        text="Is it this one? 💙",
        chat="55500",
        reply_to="wamid.0",
        media=(Media("image/jpeg", "media-1", "", "mug.jpg"), Media(url="https://example.com/a.jpg")),
        reactions={"447700900123": "1793620800000 ❤️"},
        purpose="reply",
        reason="too_long",
        by="Ben",
        attempt=2,
    )
    stored(threads, merchant, message)
    assert threads.message(ref_of(merchant, message)) == message


def test_what_is_not_there_is_none(threads: DynamoThreads, merchant: str) -> None:
    assert threads.thread(merchant, "th_nobody") is None
    assert threads.message(MessageRef(merchant, "th_nobody", "0#x")) is None
    assert threads.pointer(merchant, "cn_one", "", "wamid.0") is None
    assert threads.keyed(merchant, "key") is None
    assert threads.messages(merchant, "th_nobody") == []
    assert threads.inbox(merchant, "whatsapp", "open") == []


def test_another_merchant_sees_nothing(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    stored(threads, merchant, message, addresses=(ANN,))
    other = f"{merchant}x"
    assert threads.thread(other, "th_ann") is None
    assert threads.messages(other, "th_ann") == []
    assert threads.find(other, "cn_one", [ANN]) is None
    assert threads.inbox(other, "whatsapp", "open") == []


def test_a_shopper_is_found_by_the_first_address_that_is_known(threads: DynamoThreads, merchant: str) -> None:
    hidden, phone = Address("bsuid", "GB.1"), ANN
    stored(threads, merchant, addresses=(phone,))
    found = threads.find(merchant, "cn_one", [hidden, phone])
    assert found is not None
    assert (found.shopper_id, found.thread_id, found.by) == ("sh_ann", "th_ann", phone)


def test_the_order_of_addresses_decides_who_it_is(threads: DynamoThreads, merchant: str) -> None:
    first, second = Address("bsuid", "GB.1"), ANN
    stored(threads, merchant, addresses=(second,))
    other = a_thread(merchant, thread_id="th_ben", shopper_id="sh_ben")
    threads.commit(Change(thread=other, addresses=(first,)))
    found = threads.find(merchant, "cn_one", [first, second])
    assert found is not None and found.thread_id == "th_ben"


def test_an_address_is_known_on_its_own_connection_only(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, addresses=(ANN,))
    assert threads.find(merchant, "cn_two", [ANN]) is None
    assert threads.find(merchant, "cn_one", [Address("bsuid", ANN.value)]) is None
    assert threads.find(merchant, "cn_one", []) is None


def test_an_address_of_another_thread_is_not_taken(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, addresses=(ANN,))
    other = a_thread(merchant, thread_id="th_ben", shopper_id="sh_ben")
    with pytest.raises(Conflict):
        threads.commit(Change(thread=other, addresses=(ANN,)))
    assert threads.thread(merchant, "th_ben") is None


def test_a_shopper_keeps_a_name_that_a_later_event_does_not_tell(
    threads: DynamoThreads, merchant: str, raw: Any
) -> None:
    who = Shopper(merchant_id=merchant, shopper_id="sh_ann", name="Ann", language="en")
    thread = stored(threads, merchant, shopper=who, addresses=(ANN,))
    more = Address("bsuid", "GB.1")
    nameless = Shopper(merchant_id=merchant, shopper_id="sh_ann")
    threads.commit(Change(thread=thread, shopper=nameless, addresses=(more,)))
    key = {"pk": {"S": f"{merchant}#sh_ann"}, "sk": {"S": "shopper"}}
    row = raw.get_item(TableName="ThreadsTable", Key=key)["Item"]
    assert row["name"] == {"S": "Ann"}
    assert set(row["addresses"]["SS"]) == {"cn_one#phone#447700900123", "cn_one#bsuid#GB.1"}


def test_messages_come_newest_first(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, *(a_message(n) for n in (3, 1, 2)))
    assert [one.text for one in threads.messages(merchant, "th_ann")] == [
        "Message 3",
        "Message 2",
        "Message 1",
    ]


def test_a_page_of_messages_ends_where_the_next_begins(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, *(a_message(n) for n in range(1, 8)))
    seen, before = [], ""
    while page := threads.messages(merchant, "th_ann", before=before, limit=3):
        seen += [one.text for one in page]
        before = page[-1].sort
    assert seen == [f"Message {n}" for n in range(7, 0, -1)]


def test_messages_since_a_moment_hold_the_one_of_that_moment(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, *(a_message(n) for n in (1, 2, 3)))
    since = threads.messages(merchant, "th_ann", since=a_message(2).sort)
    assert [one.text for one in since] == ["Message 3", "Message 2"]
    both = threads.messages(merchant, "th_ann", since=a_message(2).sort, before=a_message(3).sort)
    assert [one.text for one in both] == ["Message 2"]


def test_long_messages_are_all_listed(threads: DynamoThreads, merchant: str, requests: Requests) -> None:
    """A query answers 1 MB at most: what lies beyond is asked for."""
    texts = [f"{n} " + "я" * 59_998 for n in range(20)]
    thread = stored(threads, merchant)
    for number, text in enumerate(texts):
        threads.commit(Change(thread=thread, new=(a_message(number, text=text),)))
        thread = replace(thread, version=thread.version + 1)
    requests.clear()
    assert [one.text for one in threads.messages(merchant, "th_ann")] == texts[::-1]
    assert 2 <= len(requests.made) <= 5


def _spoken(merchant: str, name: str, after_s: int, **changes: Any) -> Thread:
    return a_thread(merchant, thread_id=name, spoken_at=NOW + timedelta(seconds=after_s), **changes)


def test_the_inbox_shows_the_latest_words_first(threads: DynamoThreads, merchant: str) -> None:
    for name, after_s in (("th_b", 2), ("th_c", 3), ("th_a", 1)):
        threads.commit(Change(thread=_spoken(merchant, name, after_s)))
    assert [one.thread_id for one in threads.inbox(merchant, "whatsapp", "open")] == ["th_c", "th_b", "th_a"]


def test_the_inbox_goes_on_after_its_cursor(threads: DynamoThreads, merchant: str) -> None:
    names = [f"th_{n:02}" for n in range(7)]
    for place, name in enumerate(names):  # pairs of the same moment: the id decides
        threads.commit(Change(thread=_spoken(merchant, name, place // 2)))
    seen, before = [], ""
    while page := threads.inbox(merchant, "whatsapp", "open", before=before, limit=2):
        assert len(page) <= 2
        seen += [one.thread_id for one in page]
        before = inbox_key(page[-1])
    assert seen == names[::-1]


def test_the_inbox_is_of_one_channel_and_state(threads: DynamoThreads, merchant: str) -> None:
    threads.commit(Change(thread=_spoken(merchant, "th_open", 1)))
    threads.commit(Change(thread=_spoken(merchant, "th_closed", 2, state="closed")))
    threads.commit(Change(thread=_spoken(merchant, "th_telegram", 3, channel="telegram")))
    assert [one.thread_id for one in threads.inbox(merchant, "whatsapp", "closed")] == ["th_closed"]
    assert [one.thread_id for one in threads.inbox(merchant, "telegram", "open")] == ["th_telegram"]


def test_a_thread_that_is_closed_leaves_the_open_inbox(threads: DynamoThreads, merchant: str) -> None:
    thread = stored(threads, merchant)
    threads.commit(Change(thread=replace(thread, state="closed")))
    assert threads.inbox(merchant, "whatsapp", "open") == []
    assert [one.thread_id for one in threads.inbox(merchant, "whatsapp", "closed")] == ["th_ann"]
