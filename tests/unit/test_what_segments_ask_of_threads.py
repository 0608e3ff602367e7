"""What a segment asks of a thread stands on its row: when its shopper first wrote, by what they came, how it
was for them; in whatever order that comes."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, Final

import pytest

from chalicelib.domain.answering.asks import WORDS
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.surveys import Said, Survey
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import Change
from chalicelib.services.receiving.hear_survey import HearSurvey
from chalicelib.services.receiving.message_rows import rows_of
from chalicelib.services.sending.reopen_wait import ReopenWait
from integrations.telegram.capabilities import CAPABILITIES

NOW: Final = datetime(2026, 11, 2, 12, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
ANA: Final = Address("chat", "5501")
SORT: Final = "1793620800000#ms_1"


def a_thread(**changes: Any) -> Thread:
    plain: dict[str, Any] = {
        "merchant_id": "mt_1",
        "thread_id": "th_1",
        "connection_id": "cn_1",
        "channel": "telegram",
        "shopper_id": "sh_1",
        "wire": ANA,
    }
    return Thread(**(plain | changes))


def words(minutes: int, **more: Any) -> ShopperMessage:
    return ShopperMessage(
        addresses=(ANA,),
        wire=ANA,
        chat="5501",
        channel_message_id=f"7.{minutes}",
        sent_at=NOW + minutes * MINUTE,
        kind="text",
        text="Hello",
        **more,
    )


def heard(*messages: ShopperMessage) -> Thread:
    thread = a_thread()
    for one in messages:
        change, _ = rows_of(thread, one, "", WORDS, None, None, (), CAPABILITIES, NOW + 9 * MINUTE)
        thread = change.thread
    return thread


def test_when_they_first_wrote_is_the_same_in_whatever_order_it_comes() -> None:
    for some in permutations([words(1), words(3), words(5)]):
        assert heard(*some).first_at == NOW + MINUTE


@pytest.mark.parametrize(
    ("message", "referral"),
    [
        (words(1), {}),
        (words(1, ref="spring"), {"ref": "spring"}),
        (words(1, details={"referral": {"source_id": "7"}}), {"source_id": "7"}),
        (words(1, ref="c1", details={"referral": {"source_id": "7"}}), {"ref": "c1", "source_id": "7"}),
    ],
)
def test_what_rides_on_their_words_is_how_they_came(message: ShopperMessage, referral: Any) -> None:
    assert heard(message).referral == referral


def test_the_last_link_counts_in_whatever_order_they_come() -> None:
    for some in permutations([words(1, ref="one"), words(3, ref="two"), words(3, ref="three"), words(5)]):
        assert heard(*some).referral == {"ref": "two"}


class Asked:
    """The survey that was asked, and nothing else."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    def survey(self, merchant_id: str, thread_id: str, sort: str) -> Survey:
        return self._survey


def answers(thread: Thread, word: Any, minutes: int) -> Thread:
    survey = Survey(merchant_id="mt_1", thread_id="th_1", sort=SORT, connection_id="cn_1", channel="telegram")
    stores: Any = Asked(survey)
    hear = HearSurvey(stores, stores, stores, stores)
    change, _ = hear(Change(thread=thread), Said(word, SORT), NOW + minutes * MINUTE, NOW)
    return change.thread


def test_their_last_score_stays_with_the_thread_in_whatever_order_it_comes() -> None:
    assert a_thread().score == ""
    for first, second in permutations([("good", 1), ("poor", 3)]):
        thread = answers(answers(a_thread(), *first), *second)
        assert thread.score == "poor"
    assert answers(thread, "solved", 5).score == "poor"


class OneThread:
    """A thread with what stands in it; what is written to it."""

    def __init__(self, thread: Thread, failed: Message) -> None:
        self._thread, self._failed = thread, failed
        self.written: list[Change] = []

    def thread(self, merchant_id: str, thread_id: str) -> Thread:
        return self._thread

    def message(self, ref: MessageRef) -> Message:
        return self._failed

    def messages(self, *asked: Any, **more: Any) -> list[Message]:
        return []

    def commit(self, change: Change) -> None:
        self.written.append(change)


def test_whom_a_persons_words_did_not_reach_was_not_answered() -> None:
    failed = Message(message_id="ms_1", author="human", kind="text", text="Hi!", sent_at=NOW, status="failed")
    threads: Any = OneThread(a_thread(shopper_at=NOW - MINUTE, human_at=NOW), failed)
    ReopenWait(threads)(MessageRef("mt_1", "th_1", SORT))
    assert [(one.thread.human_at, one.touches) for one in threads.written] == [(None, True)]
