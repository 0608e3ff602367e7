"""What shoppers and platforms may write, at the limits of a row: stored as it is, or refused for good.

A refusal must never look like something that may pass later.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from samples import ANN, NOW, a_message, a_thread, park, pointer_to, ref_of, stored, unknown_pointer

from chalicelib.domain.events import Address, Media, ShopperMessage, shortened
from chalicelib.domain.messages import MessageRef
from chalicelib.ports.errors import StoreRefused
from chalicelib.ports.threads import Change
from chalicelib.storage.threads import DynamoThreads

HEART = "💙"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 60_000,
        HEART * 60_000,
        "👨‍👩‍👧‍👦" * 5000,
        "a\x00b\x1f\x7f",
        "\u202eright to left\u202c",
        "e\u0301 is not \u00e9",
        " ",
        "\U0010ffff\ufffe\uffff",
    ],
    ids=["60 000", "60 000 hearts", "families", "control", "bidi", "combining", "space", "no characters"],
)
def test_any_text_comes_back_as_it_was_written(threads: DynamoThreads, merchant: str, text: str) -> None:
    message = a_message(text=text)
    stored(threads, merchant, message)
    found = threads.message(ref_of(merchant, message))
    assert found is not None and found.text == text


def test_half_characters_do_not_stop_a_message(threads: DynamoThreads, merchant: str) -> None:
    """UTF-8 has no form for them: a replacement character is stored, so that nothing waits for ever."""
    message = a_message(text="half \ud83d and \udc99 other")
    thread = a_thread(merchant, shopper_name="Ann \ud83d", last_text="half \ud83d", tags=("\ud83d", "vip"))
    threads.commit(Change(thread=thread, new=(message,)))
    found, read = threads.message(ref_of(merchant, message)), threads.thread(merchant, "th_ann")
    assert found is not None and found.text == "half \ufffd and \ufffd other"
    assert read is not None
    assert (read.shopper_name, read.last_text, read.tags) == ("Ann \ufffd", "half \ufffd", ("\ufffd", "vip"))


def test_half_characters_are_kept_with_what_could_not_be_read(
    threads: DynamoThreads, merchant: str, raw: Any
) -> None:
    envelope = {"body": {"text": "half \ud83d"}, "received_at": NOW.isoformat()}
    threads.keep_unreadable(merchant, "cn_one", "malformed", envelope, NOW)
    assert _kept(raw, merchant) == [envelope]


def test_half_characters_in_a_parked_fact_do_not_stop_it(threads: DynamoThreads, merchant: str) -> None:
    fact = {"fact": "echo", "text": "half \ud83d"}
    park(threads, merchant, unknown_pointer("wamid.1"), fact)
    read = threads.pointer(merchant, "cn_one", "", "wamid.1")
    assert read is not None and read.parked == (fact,)
    message = a_message()
    stored(threads, merchant, message, pointers=(pointer_to(merchant, message, parked=read.parked),))


@pytest.mark.parametrize("value", ["1" * 512, HEART * 128, "a#b#c", "#", "m#0", " ", "'\"\\"])
def test_any_id_of_a_platform_is_its_own(threads: DynamoThreads, merchant: str, value: str) -> None:
    address = Address("chat", value)
    message = a_message(chat=value, channel_message_id=value)
    pointer = pointer_to(merchant, message)
    stored(threads, merchant, message, addresses=(address,), pointers=(pointer,))
    found = threads.find(merchant, "cn_one", [address])
    assert found is not None and found.thread_id == "th_ann"
    assert threads.pointer(merchant, "cn_one", value, value) == pointer
    assert threads.pointer(merchant, "cn_one", value, f"{value}x") is None


def test_ids_that_look_alike_when_joined_are_not_mixed_up(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(chat="5", channel_message_id="51")
    stored(threads, merchant, message, pointers=(pointer_to(merchant, message),))
    assert threads.pointer(merchant, "cn_one", "55", "1") is None
    assert threads.pointer(merchant, "cn_one", "", "551") is None


@pytest.mark.parametrize("key", ["k" * 200, HEART * 50, " ", "#", "ключ"])
def test_any_idempotency_key_is_its_own(threads: DynamoThreads, merchant: str, key: str) -> None:
    stored(threads, merchant, a_message(), key=key)
    assert threads.keyed(merchant, key) == ref_of(merchant, a_message())
    assert threads.keyed(merchant, f"{key}x") is None


def _a_row_too_large(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, a_message(text="x" * 410_000))


def _an_envelope_too_large(threads: DynamoThreads, merchant: str) -> None:
    threads.keep_unreadable(merchant, "cn_one", "malformed", {"body": "x" * 410_000}, NOW)


@pytest.mark.parametrize("write", [_a_row_too_large, _an_envelope_too_large])
def test_a_row_that_is_too_large_is_refused_for_good(
    threads: DynamoThreads, merchant: str, write: Callable[[DynamoThreads, str], None]
) -> None:
    with pytest.raises(StoreRefused):
        write(threads, merchant)
    assert threads.thread(merchant, "th_ann") is None


def test_a_status_for_a_name_that_no_row_can_have_is_refused_for_good(
    threads: DynamoThreads, merchant: str, dynamo: str, request: pytest.FixtureRequest
) -> None:
    if "ministack" in request.node.name:
        pytest.skip("ministack takes keys of any length")
    with pytest.raises(StoreRefused):
        threads.raise_status(MessageRef(merchant, "th_ann", "0#" + "x" * 1100), "read")


def test_an_event_as_large_as_it_may_be_fits_into_a_row(threads: DynamoThreads, merchant: str) -> None:
    link = "https://example.com/" + "x" * 4000
    event = shortened(
        ShopperMessage(
            addresses=(ANN,),
            wire=ANN,
            chat="",
            channel_message_id="1" * 512,
            sent_at=datetime(2026, 11, 2, tzinfo=UTC),
            kind="text",
            text=HEART * 500_000,
            name=HEART * 5000,
            media=(Media("image/jpeg", "1" * 512, link, "x" * 255),) * 500,
        )
    )
    message = a_message(text=event.text, media=event.media, channel_message_id=event.channel_message_id)
    stored(threads, merchant, message, pointers=(pointer_to(merchant, message),))
    assert threads.message(ref_of(merchant, message)) == message


def test_many_reactions_fit_beside_the_longest_text(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(text=HEART * 60_000)
    ref = ref_of(merchant, message)
    stored(threads, merchant, message)
    for number in range(20):
        threads.react(ref, f"shopper {number}", "1793620800000 " + HEART * 16)
    found = threads.message(ref)
    assert found is not None and len(found.reactions) == 20


def test_what_could_not_be_read_is_kept_once_however_often_it_comes(
    threads: DynamoThreads, merchant: str, raw: Any
) -> None:
    for second in (1, 2):
        envelope = {
            "channel": "telegram",
            "body": {"b": 1, "a": 2},
            "received_at": f"2026-11-02T12:00:0{second}",
        }
        threads.keep_unreadable(merchant, "cn_one", "malformed", envelope, NOW)
    threads.keep_unreadable(merchant, "cn_one", "malformed", {"channel": "telegram", "body": {"a": 3}}, NOW)
    kept = _kept(raw, merchant)
    assert sorted(str(one["body"]) for one in kept) == ["{'a': 2, 'b': 1}", "{'a': 3}"]


def _kept(raw: Any, merchant: str) -> list[Any]:
    found = raw.query(
        TableName="ThreadsTable",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"{merchant}#unreadable#cn_one"}},
    )
    return [json.loads(row["envelope"]["S"]) for row in found["Items"]]
