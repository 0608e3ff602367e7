"""May this be sent now? One rule after another, and both sides of each edge."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.connections import ConnectionStatus
from chalicelib.domain.gate import Question, Verdict, may_send
from chalicelib.domain.messages import Author, Purpose
from integrations.registry import CHANNELS as REGISTRY
from integrations.registry import BaseUrls

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINUTE, HOUR = 60, 3600
DAY, SPELL = 24 * HOUR, 12 * HOUR
CHANNELS = ("whatsapp", "messenger", "instagram", "telegram")
TAKES = {name: REGISTRY[name](BaseUrls()).capabilities for name in CHANNELS}
TAKES["tomorrow"] = Capabilities(text=TextLimit(1_000_000))


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def an_answer(**changes: Any) -> Question:
    plain = Question(
        takes=TAKES["whatsapp"],
        connection_status="active",
        author="auto",
        purpose="answer",
        text="Hi!",
        now=NOW,
        intended_at=NOW,
        shopper_at=NOW,
    )
    return replace(plain, **changes)


def a_reply(**changes: Any) -> Question:
    return an_answer(author="human", purpose="reply", **changes)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("question", [an_answer(), a_reply()], ids=["answer", "reply"])
def test_a_shopper_who_has_just_written_may_be_answered(channel: str, question: Question) -> None:
    assert may_send(replace(question, takes=TAKES[channel])) == Verdict("send")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("active", "ok"),
        ("needs_reauth", "token_rejected"),
        ("connecting", "ok"),
        ("disconnected", "disconnected"),
    ],
)
def test_nothing_goes_through_a_connection_that_was_left(status: ConnectionStatus, code: str) -> None:
    assert may_send(an_answer(connection_status=status)).code == code
    assert may_send(a_reply(connection_status=status)).code == code


@pytest.mark.parametrize(
    ("paused", "answer", "reply"),
    [(None, "ok", "ok"), ("marketing", "ok", "ok"), ("automatic", "paused", "ok")],
)
def test_the_pause_switch_holds_what_no_person_wrote(paused: str | None, answer: str, reply: str) -> None:
    assert may_send(an_answer(paused=paused)).code == answer
    assert may_send(a_reply(paused=paused)).code == reply


@pytest.mark.parametrize(("late_s", "code"), [(10 * MINUTE, "ok"), (10 * MINUTE + 0.001, "too_late")])
def test_an_answer_that_could_not_go_for_ten_minutes_lapses(late_s: float, code: str) -> None:
    assert may_send(an_answer(intended_at=ago(late_s))).code == code


@pytest.mark.parametrize(("late_s", "code"), [(DAY, "ok"), (DAY + 0.001, "too_late")])
def test_a_reply_that_could_not_go_for_a_day_lapses(late_s: float, code: str) -> None:
    assert may_send(a_reply(takes=TAKES["telegram"], intended_at=ago(late_s))).code == code


def test_a_closed_thread_is_answered_by_people_only() -> None:
    assert may_send(an_answer(is_closed=True)).code == "closed"
    assert may_send(a_reply(is_closed=True)).code == "ok"


@pytest.mark.parametrize(
    ("human_s", "code"),
    [(SPELL + 1, "ok"), (SPELL, "ok"), (SPELL - 1, "human_answered"), (0, "human_answered")],
)
def test_no_automatic_answer_while_a_human_is_at_work(human_s: float, code: str) -> None:
    assert may_send(an_answer(human_at=ago(human_s))).code == code
    assert may_send(a_reply(human_at=ago(human_s))).code == "ok"


def test_a_human_who_came_after_the_answer_was_intended_has_answered() -> None:
    assert may_send(an_answer(intended_at=ago(9), human_at=ago(1))).code == "human_answered"


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_text_must_fit_into_the_channel(channel: str) -> None:
    longest = "x" * TAKES[channel].text.most
    assert may_send(an_answer(takes=TAKES[channel], text=longest)).code == "ok"
    assert may_send(an_answer(takes=TAKES[channel], text=longest + "x")).code == "too_long"


@pytest.mark.parametrize("channel", ["whatsapp", "messenger", "instagram"])
@pytest.mark.parametrize(
    ("silent_s", "code"), [(DAY - 0.001, "ok"), (DAY, "window_closed"), (DAY + 1, "window_closed")]
)
def test_the_window_closes_24_hours_after_the_shopper_last_wrote(
    channel: str, silent_s: float, code: str
) -> None:
    assert may_send(an_answer(takes=TAKES[channel], shopper_at=ago(silent_s))).code == code


def test_a_broken_token_holds_what_would_be_sent_and_nothing_else() -> None:
    assert may_send(a_reply(connection_status="needs_reauth")).decision == "hold"
    late = a_reply(connection_status="needs_reauth", intended_at=ago(DAY + 1))
    assert may_send(late).decision == "skip"


@pytest.mark.parametrize(
    ("marks", "code"),
    [({"unreachable": "blocked"}, "unreachable"), ({"held_by": "other"}, "owned_elsewhere")],
)
def test_a_machine_leaves_alone_whom_it_can_not_reach_and_people_may_try(
    marks: dict[str, str], code: str
) -> None:
    assert may_send(an_answer(**marks)).code == code
    assert may_send(a_reply(**marks)).code == "ok"


WEEK = 7 * DAY


@pytest.mark.parametrize("channel", ["messenger", "instagram"])
@pytest.mark.parametrize(
    ("silent_s", "verdict"),
    [
        (DAY - 0.001, ("send", "ok", "")),
        (DAY, ("send", "human_window", "HUMAN_AGENT")),
        (WEEK - 0.001, ("send", "human_window", "HUMAN_AGENT")),
        (WEEK, ("skip", "window_closed", "")),
    ],
)
def test_people_may_answer_for_seven_days_where_the_channel_lets_them(
    channel: str, silent_s: float, verdict: tuple[str, str, str]
) -> None:
    found = may_send(a_reply(channel=channel, takes=TAKES[channel], shopper_at=ago(silent_s)))
    assert (found.decision, found.code, found.tag) == verdict


def test_on_whatsapp_people_have_no_longer_than_anyone() -> None:
    assert may_send(a_reply(shopper_at=ago(DAY - 1))).code == "ok"
    assert may_send(a_reply(shopper_at=ago(DAY))).code == "window_closed"


def test_telegram_has_no_window() -> None:
    assert may_send(an_answer(takes=TAKES["telegram"], shopper_at=ago(400 * DAY))).code == "ok"
    assert may_send(a_reply(takes=TAKES["telegram"], shopper_at=None)).code == "ok"


@pytest.mark.parametrize("channel", ["whatsapp", "messenger", "instagram"])
def test_who_has_never_written_has_opened_no_window(channel: str) -> None:
    assert may_send(a_reply(takes=TAKES[channel], shopper_at=None)).code == "window_closed"


moments = st.timedeltas(timedelta(days=-30), timedelta(days=1)).map(lambda since: NOW + since)
questions = st.builds(
    Question,
    takes=st.sampled_from(sorted(TAKES)).map(TAKES.__getitem__),
    connection_status=st.sampled_from(get_args(ConnectionStatus)),
    author=st.sampled_from(get_args(Author)),
    purpose=st.sampled_from(get_args(Purpose)),
    text=st.text(st.characters(), max_size=20),
    now=st.just(NOW),
    intended_at=moments,
    shopper_at=st.none() | moments,
    human_at=st.none() | moments,
    paused=st.sampled_from((None, "marketing", "automatic")),
    is_closed=st.booleans(),
    unreachable=st.sampled_from(("", "blocked")),
    held_by=st.sampled_from(("", "other")),
)


@given(questions)
def test_every_question_has_one_answer_and_every_refusal_a_sentence(question: Question) -> None:
    verdict = may_send(question)
    assert verdict == may_send(question)
    assert verdict.reason.endswith(".") and len(verdict.reason) > 10
    if verdict.decision == "skip":
        assert verdict.code not in ("", "ok") and verdict.tag == ""


@given(questions)
def test_a_tag_is_only_for_people_and_only_beyond_the_window(question: Question) -> None:
    verdict = may_send(question)
    if verdict.tag:
        assert question.author == "human" and question.shopper_at is not None
        assert timedelta(seconds=DAY) <= NOW - question.shopper_at < timedelta(seconds=WEEK)
