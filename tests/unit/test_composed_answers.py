"""The automatic answer as it goes out: what was decided, in words and buttons that the channel takes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.events import Address
from chalicelib.domain.faq.articles import Article, ArticleText
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.promise.waits import Measured
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import Told
from chalicelib.services.sending.answer import ComposeAnswer
from integrations.registry import CHANNELS, BaseUrls

NOW: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
OPEN: Final = Shop(name="Little Mugs", languages=("en",), opening_hours="24/7")
PAGE: Final = "https://shop.example/faq/mt_1#"
SHORT: Final = {"shipping": "How long does delivery take?", "returns": "Can I return it?"}
# Three of them, with what is said above, are more than Instagram's thousand bytes.
LONG: Final = {
    f"a{number}": f"{number}: " + "Сколько стоит и как долго идёт доставка? " * 4 for number in range(3)
}


class Threads:
    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        return Measured()


def an_article(article_id: str, questions: Mapping[str, str], answer: str) -> Article | None:
    if article_id not in questions:
        return None
    return Article(article_id, {"en": ArticleText(questions[article_id], answer)})


def told(
    ask: Ask,
    channel: str = "telegram",
    questions: Mapping[str, str] = SHORT,
    answer: str = "In two days.",
    shop: Shop = OPEN,
    details: Mapping[str, Any] | None = None,
    **thread: Any,
) -> Told | None:
    """What is told to somebody who has waited a second."""
    since = NOW - timedelta(seconds=1)
    waiting = Thread(
        merchant_id="mt_1",
        thread_id="th_1",
        connection_id="cn_1",
        channel=channel,
        shopper_id="sh_1",
        wire=Address("chat", "1"),
        shopper_name="Ann",
        **{"language_hint": "en", "waiting_since": since, "spell": Spell(ask=ask), **thread},
    )
    message = Message(
        message_id="ms_1",
        author="auto",
        kind="text",
        text="",
        sent_at=NOW,
        status="queued",
        purpose="answer",
        details=details or {},
    )
    ports: Any = (
        Threads(),
        lambda merchant_id, one: an_article(one, questions, answer),
        lambda merchant_id, one, language: PAGE + one.article_id,
    )
    connection: Any = None
    return ComposeAnswer(*ports)(message, shop, waiting, CHANNELS[channel](BaseUrls()), connection, NOW)


def test_an_article_is_told_with_where_it_stands_and_ends_the_wait() -> None:
    said = told(Ask("faq", ("shipping",)))
    assert said is not None
    assert "In two days." in said.text and PAGE + "shipping" in said.text
    assert (said.settles, said.promised_at, said.minds) == (True, None, None)
    assert said.decision["decision"] == "faq"


def test_an_article_beside_another_question_tells_when_a_person_answers() -> None:
    said = told(Ask("faq", ("shipping",), needs_person=True), spell=spell_of_a_person("shipping"))
    assert said is not None
    assert "In two days." in said.text and "1 hour" in said.text
    assert not said.settles and said.promised_at is not None and said.minds is not None


@pytest.mark.parametrize(
    ("known", "touches"),
    [
        ({}, ""),
        ({"language": "en"}, ""),
        ({"language": "ro"}, "sh_1"),
        ({"language_hint": "", "last_text": "How long does delivery take, please?"}, "sh_1"),
    ],
)
def test_a_language_that_is_news_is_noted_for_segments(known: dict[str, str], touches: str) -> None:
    said = told(Ask("faq", ("shipping",)), **known)
    assert said is not None and (said.language, said.touches) == ("en", touches)


def spell_of_a_person(article: str) -> Spell:
    asked_ms = int(NOW.timestamp() * 1000)
    return Spell(ask=Ask("faq", (article,), needs_person=True), flagged_ms={"person": asked_ms})


def test_an_article_that_is_gone_is_no_answer() -> None:
    said = told(Ask("faq", ("gone",)))
    assert said is not None
    assert (said.settles, said.decision["decision"]) == (False, "greeting")
    assert said.promised_at is not None


@pytest.mark.parametrize("channel", list(CHANNELS))
@pytest.mark.parametrize("questions", [SHORT, LONG])
def test_what_may_be_meant_is_offered_in_one_message(channel: str, questions: Mapping[str, str]) -> None:
    said = told(Ask("suggestion", tuple(questions)), channel, questions)
    assert said is not None and said.content is not None
    takes = CHANNELS[channel](BaseUrls()).capabilities
    assert takes.text.fits(said.text)
    assert "1 hour" in said.text
    payloads = [one.id for one in (*said.content.buttons, *said.content.options)]
    assert payloads[0] == f"faq:{next(iter(questions))}" and payloads[-1] == "faq:"


@pytest.mark.parametrize("channel", list(CHANNELS))
def test_a_long_answer_is_cut_to_one_message_that_links_to_the_rest(channel: str) -> None:
    said = told(Ask("faq", ("shipping",)), channel, answer="It depends on where you live. " * 400)
    assert said is not None
    assert CHANNELS[channel](BaseUrls()).capabilities.text.fits(said.text)
    assert said.text.startswith("It depends") and PAGE + "shipping" in said.text


def test_another_attempt_says_the_same_and_ends_no_wait_that_began_since() -> None:
    first = told(Ask("faq", ("shipping",)))
    assert first is not None
    again = told(Ask("words"), details=first.decision, waiting_since=NOW)
    assert again is not None
    assert (again.text, again.settles, again.spell) == (first.text, False, None)


def test_who_waits_no_more_is_told_nothing_of_a_delay() -> None:
    assert told(Ask("words"), details={"decision": "still_on_it"}, waiting_since=None) is None
    said = told(Ask("words"), details={"decision": "still_on_it"})
    assert said is not None and "longer" in said.text


def test_a_promise_told_twice_is_kept_by_the_first() -> None:
    first = NOW + timedelta(minutes=20)
    at_ms = int(NOW.timestamp() * 1000)
    spell = Spell(ask=Ask("complaint", (), "late"), told=("promise",), told_ms=(at_ms,))
    said = told(Ask("complaint"), spell=spell, promised_at=first)
    assert said is not None
    assert (said.promised_at, said.minds) == (first, None)


def test_without_hours_no_time_is_told_and_none_is_minded() -> None:
    said = told(Ask("words"), shop=Shop(name="Little Mugs", languages=("en",)))
    assert said is not None
    assert (said.promised_at, said.minds) == (None, None)
