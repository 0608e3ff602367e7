"""How the shopper found it: what solved a spell, what an answer says, and that each counts once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.ids import sort_key
from chalicelib.domain.messages import Message
from chalicelib.domain.surveys import (
    SECOND_WITHIN,
    Said,
    Survey,
    Word,
    answered,
    choice_of,
    claim_of,
    is_first_question,
    month_of,
    rules_from,
    solved_by,
    survey_word,
    wants_second,
)

NOON = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SORT = sort_key(NOON, "ms_1")
ASKED = Survey(merchant_id="mt_1", thread_id="th_1", sort=SORT, connection_id="cn_1", channel="telegram")

# Who writes, in the order of time; a person's first word is in capitals where it is the one that solved it.
TALKS = {
    "a question and its answer": ("ask", "HUMAN"),
    "an answer in two messages": ("ask", "HUMAN", "human"),
    "several questions before the answer": ("ask", "ask", "HUMAN"),
    "a question that nobody answered": ("ask",),
    "one that only a machine answered": ("ask", "auto"),
    "a second question that nobody answered": ("ask", "human", "ask"),
    "a second question that was": ("ask", "human", "ask", "HUMAN"),
    "thanks after the answer": ("ask", "HUMAN", "thanks"),
    "a word about consent after the answer": ("ask", "HUMAN", "stop"),
    "an answer that failed": ("ask", "failed"),
    "an answer that failed, and another": ("ask", "failed", "HUMAN"),
    "a note that only the shop sees": ("ask", "note"),
    "a heart is no answer": ("ask", "heart"),
    "the shop writes of its own accord": ("human",),
    "a survey between": ("ask", "HUMAN", "survey", "good"),
    "nobody has written": (),
}


def message(number: int, who: str) -> Message:
    plain: dict[str, Any] = {
        "message_id": f"ms_{number}",
        "kind": "text",
        "text": who,
        "sent_at": NOON + number * MINUTE,
        "author": "human",
        "status": "sent",
        "purpose": "reply",
    }
    said = {"author": "shopper", "status": "received", "purpose": ""}
    more: dict[str, dict[str, Any]] = {
        "ask": said,
        "thanks": said | {"details": {"asks": {"kind": "nothing"}}},
        "good": said | {"details": {"asks": {"kind": "nothing"}}, "kind": "button"},
        "stop": said | {"details": {"consent": "stop"}},
        "auto": {"author": "auto", "purpose": "answer"},
        "survey": {"author": "auto", "purpose": "survey", "details": {"survey": "first"}},
        "failed": {"status": "failed"},
        "note": {"status": "note", "purpose": "note", "kind": "note"},
        "heart": {"kind": "reaction"},
    }
    return Message(**(plain | more.get(who, {})))


@pytest.mark.parametrize("talk", TALKS.values(), ids=TALKS)
def test_a_spell_is_solved_by_the_first_words_of_a_person_after_the_last_question(
    talk: tuple[str, ...],
) -> None:
    rows = [message(number, who) for number, who in enumerate(talk)]
    wanted = next((row for row in rows if row.text == "HUMAN"), None)
    found = solved_by(list(reversed(rows)), "telegram")
    assert found == wanted
    if found is not None:  # whatever the person adds, it is the same spell still
        later = [message(len(rows), "human"), *reversed(rows)]
        again = solved_by(later, "telegram")
        assert again is not None and claim_of("th_1", again) == claim_of("th_1", found)


@pytest.mark.parametrize("word", ["good", "fair", "poor", "solved", "unsolved"])
def test_what_stands_behind_a_button_is_read_back_and_short_enough_for_every_channel(word: Any) -> None:
    choice = choice_of(word, sort_key(NOON, "ms_abcdefghijklmnopqrst"))
    assert survey_word(choice) == Said(word, sort_key(NOON, "ms_abcdefghijklmnopqrst"))
    assert len(choice.encode()) <= 64


OTHERS = [
    "",
    "survey:",
    "survey:good",
    "survey:great:" + SORT,
    "survey:good:yesterday#ms_1",
    "survey:good:17938176#ms_1",
    "good:" + SORT,
    "consent:yes:" + SORT,
    "faq:good",
]


@pytest.mark.parametrize("choice", OTHERS)
def test_other_buttons_answer_no_survey(choice: str) -> None:
    assert survey_word(choice) is None


PRESSES: list[tuple[Word, int]] = [("good", 1), ("poor", 2), ("solved", 3), ("unsolved", 4), ("fair", 5)]


def test_the_last_word_counts_in_whatever_order_the_words_come() -> None:
    for order in permutations(PRESSES):
        survey = ASKED
        for word, minutes in order:
            survey = answered(survey, Said(word, SORT), NOON + minutes * MINUTE)
        assert (survey.score, survey.is_solved) == ("fair", False)
        assert (survey.scored_at, survey.solved_at) == (NOON + 5 * MINUTE, NOON + 4 * MINUTE)


@settings(max_examples=30)
@given(times=st.integers(1, 5), minutes=st.integers(0, 600))
def test_the_same_answer_again_changes_nothing(times: int, minutes: int) -> None:
    once = answered(ASKED, Said("good", SORT), NOON + minutes * MINUTE)
    again = once
    for _ in range(times):
        again = answered(again, Said("good", SORT), NOON + minutes * MINUTE)
    assert again == once


SOON = NOON + 5 * MINUTE
SECONDS = {
    "the first was answered": (replace(ASKED, score="good"), SOON, True),
    "it was not": (ASKED, SOON, False),
    "the second was asked": (replace(ASKED, score="good", second="1#m"), SOON, False),
    "the second was answered": (replace(ASKED, score="good", is_solved=True), SOON, False),
    "they were told thanks": (replace(ASKED, score="good", is_thanked=True), SOON, False),
    "just within a day": (replace(ASKED, score="poor"), NOON + SECOND_WITHIN - MINUTE, True),
    "a day later": (replace(ASKED, score="poor"), NOON + SECOND_WITHIN, False),
}


@pytest.mark.parametrize(("survey", "at", "wanted"), SECONDS.values(), ids=SECONDS)
def test_the_second_question_comes_once_and_only_after_the_first(
    survey: Survey, at: datetime, wanted: bool
) -> None:
    assert wants_second(survey, at) is wanted


def test_a_shop_that_never_chose_it_asks_nobody() -> None:
    assert rules_from({}) is False
    assert rules_from({"ask": True}) is True


def test_a_survey_stands_in_the_month_in_which_it_was_asked() -> None:
    end = datetime(2026, 11, 30, 23, 59, 59, 999_000, tzinfo=UTC)
    assert month_of(sort_key(end, "ms_1")) == "2026-11"
    assert month_of(sort_key(end + timedelta(milliseconds=1), "ms_1")) == "2026-12"


@pytest.mark.parametrize(
    ("details", "author", "wanted"),
    [
        ({"survey": "first"}, "auto", True),
        ({"survey": "second"}, "auto", False),
        ({"survey": "thanks"}, "auto", False),
        ({"survey": "first"}, "shopper", False),
        ({}, "auto", False),
    ],
)
def test_only_the_first_question_has_a_survey_under_it(details: Any, author: Any, wanted: bool) -> None:
    one = replace(message(1, "survey"), details=details, author=author)
    assert is_first_question(one) is wanted
