"""How a send is written down that the channel has taken."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from samples import NOW, an_intent, due_of, ref_of, stored, unknown_pointer

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.ports.errors import Conflict, RetryLater
from chalicelib.ports.threads import Paced
from chalicelib.services.sending.record_failure import RecordFailure
from chalicelib.services.sending.record_sent import RecordSent
from chalicelib.services.sending.send_message import LONGEST_WAIT_S, growing
from chalicelib.storage.threads import DynamoThreads

LATER = NOW + timedelta(minutes=5)


def _record(threads: DynamoThreads) -> RecordSent:
    channel: Any = SimpleNamespace(capabilities=Capabilities(text=TextLimit(100)))
    unused: Any = None
    return RecordSent(threads, lambda name: channel, RecordFailure(threads, unused, unused, unused))


def test_a_second_reaction_on_the_same_message_is_sent_too(threads: DynamoThreads, merchant: str) -> None:
    intents = [an_intent(number, kind="reaction", author="human") for number in (1, 2, 3)]
    stored(threads, merchant, *intents, due=tuple(due_of(merchant, one) for one in intents))
    for number, intent in enumerate(intents):
        ref = ref_of(merchant, intent)
        threads.claim(ref, claim=f"c{number}", now=NOW, lease_until=LATER, told=None)
        _record(threads)(ref, f"c{number}", unknown_pointer("reaction:wamid.1"), "telegram", NOW)
        message = threads.message(ref)
        assert message is not None and (message.status, message.claim) == ("sent", "")


def test_two_who_decided_on_the_same_read_do_not_both_send_to_one_shopper(
    threads: DynamoThreads, merchant: str
) -> None:
    intents = [an_intent(number, author="human") for number in (1, 2)]
    stored(threads, merchant, *intents, due=tuple(due_of(merchant, one) for one in intents))
    paced = Paced(0, 1793620806000)
    first, second = (ref_of(merchant, one) for one in intents)
    threads.claim(first, claim="a", now=NOW, lease_until=LATER, told=None, paced=paced)
    with pytest.raises(Conflict):
        threads.claim(second, claim="b", now=NOW, lease_until=LATER, told=None, paced=paced)
    message = threads.message(second)
    assert message is not None and message.claim == ""


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (RetryLater(2.0, "429"), [2.0, 10.0, 20.0, 40.0]),
        (RetryLater(600.0, "134101"), [600.0, 600.0, 600.0, 600.0]),
        (RetryLater(4.0, "131056", limits="shopper"), [1.0, 4.0, 16.0, 64.0]),
    ],
)
def test_the_waits_between_tries_grow(error: RetryLater, waits: list[float]) -> None:
    assert [growing(error, attempt) for attempt in range(4)] == waits
    assert growing(error, 50) <= LONGEST_WAIT_S
