"""Rows that go by themselves: each has a whole number of seconds since 1970, after its own time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from samples import ANN, NOW, a_message, a_thread, an_intent, park, pointer_to, queued, unknown_pointer

from chalicelib.domain.retention import Retention
from chalicelib.domain.taking_back import Deletion
from chalicelib.ports.threads import Change, Claim, Kept
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import rows_of

MONTH = timedelta(days=30)
SHORT = Retention(messages=2 * MONTH, raw=timedelta(days=20), media=MONTH)


def ends(raw: Any, merchant: str) -> dict[str, datetime]:
    """When rows go, by what they are. Anything but a number would never go."""
    found = {}
    for row in rows_of(raw, "ThreadsTable"):
        if row["pk"]["S"].startswith((f"{merchant}#", f"deletion#dl_{merchant}")) and "expires_at" in row:
            (kind, value), *more = row["expires_at"].items()
            assert kind == "N" and not more and value.isdigit() and len(value) == 10, row
            parts = row["pk"]["S"].split("#")
            name = row["sk"]["S"].partition("#")[0] if parts[1].startswith("th_") else parts[1]
            found[name] = datetime.fromtimestamp(int(value), UTC)
    return found


def _all_kinds(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(1)
    threads.commit(
        Change(
            thread=a_thread(merchant, last_at=message.sent_at),
            addresses=(ANN,),
            new=(message,),
            pointers=(pointer_to(merchant, message),),
            key="a key",
            claims=(Claim("private:17"),),
        )
    )
    park(threads, merchant, unknown_pointer("wamid.2"), {"fact": "status"})
    threads.park(merchant, unknown_pointer("wamid.3"), [{"fact": "edit"}], NOW + MONTH, of=ANN.value)
    for body in ({"body": {}}, {"body_at": "bodies/x"}):
        envelope = {"channel": "telegram", "received_at": NOW.isoformat(), **body}
        threads.keep_unreadable(merchant, "cn_one", "malformed", envelope, NOW)


@pytest.mark.parametrize("kept", [Retention(), SHORT])
def test_each_kind_of_row_goes_when_its_time_is_over(
    bound: str, raw: Any, merchant: str, kept: Retention
) -> None:
    _all_kinds(DynamoThreads(kept), merchant)
    found = ends(raw, merchant)
    whole = NOW.replace(microsecond=0)
    sent_at = whole + timedelta(seconds=1)
    assert found["m"] == found["thread"] == sent_at + kept.messages
    assert whole + kept.raw - timedelta(days=1) <= found["unreadable"] <= whole + kept.raw
    assert found.keys() == {"m", "thread", "pointer", "parked", "key", "claim", "unreadable"}
    assert all(at > NOW for at in found.values())


def test_a_pointer_stays_as_long_as_its_message(threads: DynamoThreads, raw: Any, merchant: str) -> None:
    ref = queued(threads, merchant)
    threads.claim(ref, claim="me", now=NOW, lease_until=NOW, told=None)
    threads.settle(ref, "sent", claim="me", pointer=pointer_to(merchant, an_intent()))
    found = ends(raw, merchant)
    assert found["pointer"] == found["m"]


def test_words_renew_the_time_of_their_thread(threads: DynamoThreads, raw: Any, merchant: str) -> None:
    later = NOW + MONTH
    threads.commit(Change(thread=a_thread(merchant), new=(a_message(1),)))
    first = ends(raw, merchant)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    renewed = a_thread(merchant, spoken_at=later, version=thread.version)
    threads.commit(Change(thread=renewed))
    second = ends(raw, merchant)
    assert second["thread"] - first["thread"] == MONTH and second["m"] == first["m"]


def test_what_is_replayed_in_vain_is_kept_no_longer(threads: DynamoThreads, raw: Any, merchant: str) -> None:
    """Its time runs from when it came, however often it is tried."""
    envelope = {"channel": "telegram", "received_at": NOW.isoformat(), "body": {}}
    threads.keep_unreadable(merchant, "cn_one", "malformed", envelope, NOW)
    first = ends(raw, merchant)
    (kept,) = _unreadable(threads, merchant)
    threads.keep_unreadable(merchant, "cn_one", "malformed", kept.envelope, NOW + MONTH)
    assert ends(raw, merchant) == first


def _unreadable(threads: DynamoThreads, merchant: str) -> Iterator[Kept]:
    yield from threads.unreadable(merchant, "cn_one")


def test_the_account_of_a_deletion_is_the_first_one(bound: str, raw: Any, merchant: str) -> None:
    store, code = DynamoErasing(), f"dl_{merchant}"
    assert store.deletion(code) is None
    for count in (2, 0):
        store.note_deletion(Deletion(code, count, NOW))
    assert store.deletion(code) == Deletion(code, 2, NOW)
    assert ends(raw, merchant)[code] > NOW + MONTH
