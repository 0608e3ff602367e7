"""A closed conversation is followed by one question where that is right, its answer by a second, then by
thanks."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import Consent
from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.surveys import Said, Survey, choice_of
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Send
from chalicelib.ports.consents import Marketed
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.threads import Change
from chalicelib.services.receiving.hear_survey import HearSurvey
from chalicelib.services.sending.ask_survey import AskSurvey
from chalicelib.services.sending.confirm import confirmation
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.know_prospect import KnowProspect
from chalicelib.services.threads.write_thread import NotFound
from integrations.registry import CHANNELS, BaseUrls

NOON: Final = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TAKES: Final = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
WIRES: Final = {
    "whatsapp": Address("phone", "447700900123"),
    "messenger": Address("psid", "900"),
    "instagram": Address("igsid", "901"),
    "telegram": Address("chat", "902"),
}
SHOP: Final = Shop(name="Mugs", zone="Europe/London", country="GB", languages=("en",), survey={"ask": True})


class Threads:
    """One thread in memory, with its surveys beside."""

    def __init__(self, thread: Thread, *rows: Message) -> None:
        self.kept, self.rows = thread, {one.sort: one for one in rows}
        self.claims: set[str] = set()
        self.surveys: dict[str, Survey] = {}

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self.kept if thread_id == self.kept.thread_id else None

    def message(self, ref: MessageRef) -> Message | None:
        return self.rows.get(ref.sort)

    def messages(self, merchant_id: str, thread_id: str, *, limit: int) -> list[Message]:
        return [self.rows[sort] for sort in sorted(self.rows, reverse=True)][:limit]

    def commit(self, change: Change) -> None:
        if any(one.name in self.claims for one in change.claims):
            raise AlreadyThere
        self.claims |= {one.name for one in change.claims}
        self.kept = change.thread
        self.rows |= {one.sort: one for one in change.new}
        if change.survey is not None:
            self.surveys[change.survey.sort] = change.survey

    def survey(self, merchant_id: str, thread_id: str, sort: str) -> Survey | None:
        return self.surveys.get(sort)


@dataclass
class Around:
    """Shops, people, consents, queues and channels, as far as anybody asks."""

    shop: Shop = SHOP
    said: Collection[Consent] = ()
    sent: list[Any] = field(default_factory=list)
    capabilities: Any = None

    def connection_and_shop(self, connection_id: str, merchant_id: str) -> tuple[Connection, Shop]:
        return a_connection(connection_id), self.shop

    def person(self, merchant_id: str, shopper_id: str) -> None:
        return None

    def merges(self, merchant_id: str, merges: Collection[str]) -> list[Any]:
        return []

    def marketed(self, merchant_id: str, shoppers: Collection[str]) -> list[Marketed]:
        return [Marketed() for _ in shoppers]

    def of_addresses(self, merchant_id: str, addresses: Collection[str]) -> list[Consent]:
        return [one for one in self.said if one.address in addresses]

    def dispatch(self, work: Any, *, delay_s: int = 0, attempt: str = "") -> None:
        self.sent.append(work)


def a_connection(connection_id: str) -> Connection:
    return Connection(
        merchant_id="mt_1",
        connection_id=connection_id,
        channel=connection_id.removeprefix("cn_"),
        account="7",
        name="Mugs",
        status="active",
    )


def row(number: int, author: Any, at: datetime) -> Message:
    status: Any = "received" if author == "shopper" else "sent"
    purpose: Any = "reply" if author == "human" else ""
    return Message(
        message_id=f"ms_{number}",
        author=author,
        kind="text",
        text="…",
        sent_at=at,
        status=status,
        purpose=purpose,
    )


def solved(channel: str = "whatsapp", at: datetime = NOON, **changes: Any) -> Threads:
    """Ann asked ten minutes ago, Kim has answered, and the thread is closed."""
    plain = Thread(
        merchant_id="mt_1",
        thread_id="th_1",
        connection_id=f"cn_{channel}",
        channel=channel,
        shopper_id="sh_1",
        wire=WIRES[channel],
        shopper_name="Ann",
        state="closed",
        last_at=at - MINUTE,
        shopper_at=at - 10 * MINUTE,
        opened_at=at - 10 * MINUTE,
        human_at=at - MINUTE,
        version=3,
    )
    asked, answer = row(1, "shopper", at - 10 * MINUTE), row(2, "human", at - MINUTE)
    return Threads(replace(plain, **changes), asked, answer)


def judge_of(around: Any) -> Judge:
    return Judge(KnowProspect(around, around), around)


def asks(threads: Any, around: Any, now: datetime = NOON) -> bool:
    around.capabilities = TAKES[threads.kept.channel]
    return AskSurvey(threads, around, around, judge_of(around), lambda _: around)(threads.kept, now)


def questions(threads: Threads) -> list[Message]:
    return [one for one in threads.rows.values() if one.purpose == "survey"]


@pytest.mark.parametrize("channel", TAKES)
def test_a_solved_conversation_is_asked_about_once_by_buttons_of_the_channel(channel: str) -> None:
    threads, around = solved(channel), Around()
    assert asks(threads, around) and asks(threads, around, NOON + MINUTE)
    (question,) = questions(threads)
    assert question.content is not None
    wanted = [choice_of(word, question.sort) for word in ("good", "fair", "poor")]
    assert [one.id for one in question.content.buttons or question.content.options] == wanted
    assert (question.author, question.status, len(around.sent)) == ("auto", "queued", 1)
    assert list(threads.surveys) == [question.sort]


def a_no() -> Consent:
    return Consent(
        merchant_id="mt_1",
        address="phone#447700900123",
        purpose="updates",
        state="withdrawn",
        at=NOON - DAY,
        how="word",
        noted_at=NOON - DAY,
    )


NEVER: dict[str, tuple[Threads, Around, datetime]] = {
    "the shop did not choose it": (solved(), Around(replace(SHOP, survey={})), NOON),
    "the shop is paused": (solved(), Around(replace(SHOP, paused="automatic")), NOON),
    "the shopper has said stop": (solved(), Around(said=(a_no(),)), NOON),
    "the shopper is there again": (solved(waiting_since=NOON), Around(), NOON),
    "it was opened again": (solved(state="open"), Around(), NOON),
    "the window is closed": (solved(opened_at=NOON - DAY), Around(), NOON),
    "the channel does not reach them": (
        solved(marks={"unreachable": f"{int(NOON.timestamp()) * 1000:013d} blocked"}),
        Around(),
        NOON,
    ),
    "it was solved long ago": (solved("telegram"), Around(), NOON + 7 * DAY + HOUR),
}


@pytest.mark.parametrize(("threads", "around", "now"), NEVER.values(), ids=NEVER)
def test_nothing_is_written_where_nothing_may_be_asked(
    threads: Threads, around: Around, now: datetime
) -> None:
    assert not asks(threads, around, now)
    assert (questions(threads), around.sent, threads.surveys) == ([], [], {})


def test_who_got_no_answer_of_a_person_is_not_asked() -> None:
    threads, around = solved(), Around()
    threads.rows = {sort: one for sort, one in threads.rows.items() if one.author == "shopper"}
    assert not asks(threads, around)
    assert questions(threads) == []


def test_another_merchants_thread_is_not_found() -> None:
    threads: Any = solved()
    around: Any = Around(capabilities=TAKES["whatsapp"])
    ask = AskSurvey(threads, around, around, judge_of(around), lambda _: around)
    with pytest.raises(NotFound):
        ask(replace(threads.kept, thread_id="th_2"), NOON)


LATE: Final = NOON + 11 * HOUR


def test_by_night_it_waits_for_the_morning_where_the_window_is_open_then() -> None:
    threads = solved(at=LATE)
    assert asks(threads, Around(), LATE)
    (question,) = questions(threads)
    assert question.status == "queued"
    shut = solved(at=LATE, opened_at=LATE - 16 * HOUR)
    assert not asks(shut, Around(), LATE)
    assert questions(shut) == []


@dataclass
class Phone:
    """The shopper, who presses buttons; each press is committed as it comes."""

    threads: Threads
    around: Around
    number: int = 10
    queued: list[Send | None] = field(default_factory=list)

    def presses(self, word: Any, at: datetime, **more: Any) -> list[Message]:
        """What is said to it."""
        around: Any = self.around
        threads: Any = self.threads
        around.capabilities = TAKES[threads.kept.channel]
        self.number += 1
        said = replace(row(self.number, "shopper", at), kind="button")
        thread = replace(self.threads.kept, shopper_at=at, opened_at=at, last_at=at, **more)
        (sort,) = self.threads.surveys
        hear = HearSurvey(threads, around, judge_of(around), lambda _: around)
        change, work = hear(Change(thread=thread, new=(said,)), Said(word, sort), at, at)
        self.queued.append(work)
        threads.commit(change)
        return list(change.new[1:])

    @property
    def survey(self) -> Survey:
        (survey,) = self.threads.surveys.values()
        return survey


def a_phone(channel: str = "whatsapp", at: datetime = NOON) -> Phone:
    threads, around = solved(channel, at), Around()
    assert asks(threads, around, at)
    return Phone(threads, around)


@pytest.mark.parametrize("channel", TAKES)
def test_an_answer_brings_the_second_question_and_its_answer_brings_thanks(channel: str) -> None:
    phone = a_phone(channel)
    (second,) = phone.presses("good", NOON + MINUTE)
    assert second.content is not None
    wanted = [choice_of(word, phone.survey.sort) for word in ("solved", "unsolved")]
    assert [one.id for one in second.content.buttons or second.content.options] == wanted
    assert phone.presses("poor", NOON + 2 * MINUTE) == []
    (thanks,) = phone.presses("solved", NOON + 3 * MINUTE)
    assert (thanks.purpose, thanks.text) == ("confirm", "")
    assert confirmation(SHOP, phone.threads.kept, thanks, NOON).text
    assert phone.presses("unsolved", NOON + 4 * MINUTE) == []
    assert phone.presses("fair", NOON + 5 * MINUTE) == []
    assert (phone.survey.score, phone.survey.is_solved) == ("fair", False)
    assert [work is None for work in phone.queued] == [False, True, False, True, True]


def test_by_night_there_is_no_second_question_and_thanks_come_at_once() -> None:
    evening = NOON + 9 * HOUR + 55 * MINUTE
    phone = a_phone(at=evening)
    (thanks,) = phone.presses("good", evening + 10 * MINUTE)
    assert thanks.details == {"survey": "thanks"}
    assert phone.presses("fair", evening + 11 * MINUTE) == []
    assert phone.survey.score == "fair"


def test_a_day_later_an_answer_is_taken_with_thanks() -> None:
    phone = a_phone("telegram")
    (thanks,) = phone.presses("poor", NOON + 2 * DAY)
    assert (thanks.purpose, phone.survey.score) == ("confirm", "poor")


def test_who_waits_for_a_person_is_told_nothing_of_surveys() -> None:
    phone = a_phone()
    assert phone.presses("good", NOON + MINUTE, waiting_since=NOON) == []
    assert phone.survey.score == "good"


def test_an_answer_that_comes_late_to_us_is_written_down_in_silence() -> None:
    phone = a_phone()
    around: Any = phone.around
    threads: Any = phone.threads
    hear = HearSurvey(threads, around, judge_of(around), lambda _: around)
    said, (sort,) = row(11, "shopper", NOON + MINUTE), phone.threads.surveys
    plain = Change(thread=phone.threads.kept, new=(said,))
    change, work = hear(plain, Said("good", sort), NOON + MINUTE, NOON + HOUR)
    assert (work, change.new) == (None, (said,))
    assert change.survey is not None and change.survey.score == "good"


def test_an_answer_to_what_is_gone_changes_nothing() -> None:
    phone = a_phone()
    around: Any = phone.around
    threads: Any = phone.threads
    hear = HearSurvey(threads, around, judge_of(around), lambda _: around)
    plain = Change(thread=phone.threads.kept, new=(row(11, "shopper", NOON),))
    gone: Any = Said("good", "1793800000000#ms_x")
    assert hear(plain, gone, NOON, NOON) == (plain, None)
