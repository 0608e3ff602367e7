"""What one burst of messages is told, and what a spell was told already."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.answering.asks import (
    KINDS,
    NO_ASK,
    WORDS,
    Ask,
    Matches,
    ask_from_json,
    ask_of,
    ask_to_json,
    together,
)
from chalicelib.domain.answering.decisions import decide
from chalicelib.domain.answering.spells import (
    MOST_AN_HOUR,
    NO_SPELL,
    Spell,
    asked,
    begun,
    flag_of,
    has_more_to_say,
    is_looping,
    owes_answer,
    spell_from_json,
    spell_to_json,
    told,
)
from chalicelib.domain.answering.understood import Understood
from chalicelib.domain.autoresponders import is_at_once, is_unasked, is_worth_counting

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LATE = Ask("complaint", (), "late", needs_person=True)
PERSON = Ask("person", needs_person=True)
SHIPPING, SIZES = Ask("faq", ("shipping",)), Ask("faq", ("sizes",))
MAYBE = Ask("suggestion", ("sizes", "shipping"))

asks = st.builds(
    Ask,
    kind=st.sampled_from(KINDS),
    articles=st.lists(st.sampled_from(["a", "b", "c"]), max_size=1).map(tuple),
    is_urgent=st.booleans(),
    needs_person=st.booleans(),
)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("understood", "matches", "ask"),
    [
        (Understood("thanks"), Matches("shipping"), NO_ASK),
        (Understood("greeting"), Matches(), Ask("greeting")),
        (Understood("greeting"), Matches("", ("sizes",)), Ask("greeting")),
        (Understood("words"), Matches(), WORDS),
        (Understood("words"), Matches("shipping"), SHIPPING),
        (Understood("order"), Matches("shipping"), SHIPPING),
        (Understood("order"), Matches("", ("shipping",)), Ask("order", needs_person=True)),
        (Understood("words"), Matches("", ("a", "b", "c", "d")), Ask("suggestion", ("a", "b", "c"))),
        (Understood("complaint", "late"), Matches("shipping"), LATE),
        (Understood("person"), Matches("shipping"), PERSON),
        (Understood("words", "", True), Matches(), Ask("words", is_urgent=True, needs_person=True)),
    ],
)
def test_a_message_asks_for_what_its_words_say(understood: Understood, matches: Matches, ask: Ask) -> None:
    assert ask_of(understood, matches) == ask


@pytest.mark.parametrize(
    ("burst", "whole"),
    [
        ([Ask("greeting"), WORDS], WORDS),
        ([NO_ASK, Ask("greeting")], Ask("greeting")),
        ([Ask("greeting"), SHIPPING], SHIPPING),
        ([WORDS, SHIPPING], Ask("faq", ("shipping",), needs_person=True)),
        ([SHIPPING, PERSON, LATE], LATE),
        ([SHIPPING, SIZES], Ask("suggestion", ("shipping", "sizes"))),
        ([Ask("words", (), "", True), SHIPPING], Ask("faq", ("shipping",), "", True)),
    ],
)
def test_a_burst_asks_for_its_strongest_message_in_whatever_order(burst: list[Ask], whole: Ask) -> None:
    for order in permutations(burst):
        merged = order[0]
        for one in order[1:]:
            merged = together(merged, one)
        assert merged == whole


@given(one=asks, other=asks)
def test_the_order_of_two_messages_does_not_matter(one: Ask, other: Ask) -> None:
    assert together(one, other) == together(other, one)
    assert ask_from_json(ask_to_json(one)) == one


@pytest.mark.parametrize(
    ("ask", "before", "is_closed", "kind"),
    [
        (WORDS, (), False, "greeting"),
        (Ask("greeting"), (), False, "greeting"),
        (Ask("order"), (), False, "greeting"),
        (WORDS, (), True, "out_of_hours"),
        (WORDS, ("promise",), False, "silence"),
        (WORDS, ("faq:sizes",), False, "greeting"),
        (SHIPPING, (), True, "faq"),
        (SHIPPING, ("promise",), False, "faq"),
        (SHIPPING, ("faq:shipping",), False, "greeting"),
        (SHIPPING, ("faq:shipping", "promise"), False, "silence"),
        (MAYBE, (), False, "suggestion"),
        (MAYBE, ("suggestion", "promise"), False, "silence"),
        (PERSON, ("promise",), True, "person"),
        (LATE, ("promise",), True, "complaint"),
        (NO_ASK, (), False, "silence"),
    ],
)
def test_one_thing_is_said(ask: Ask, before: tuple[str, ...], is_closed: bool, kind: str) -> None:
    assert decide(ask, Spell(told=before), is_out_of_hours=is_closed, is_owed=False).kind == kind


def test_an_article_ends_no_wait_in_which_a_person_has_something_to_answer() -> None:
    spell = asked(NO_SPELL, Ask("greeting"), ago(9), begins=True)
    assert not owes_answer(spell, ago(9))
    assert decide(SHIPPING, spell, is_out_of_hours=False, is_owed=owes_answer(spell, ago(9))).settles
    spell = asked(spell, WORDS, ago(8), begins=False)  # who was told when to expect an answer asks on
    assert owes_answer(spell, ago(9))
    decision = decide(SHIPPING, spell, is_out_of_hours=False, is_owed=True)
    assert (decision.kind, decision.settles) == ("faq", False)
    assert not owes_answer(spell, ago(1))  # a person has answered since


def test_a_question_beside_an_articles_is_promised_an_answer() -> None:
    burst = together(WORDS, SHIPPING)
    decision = decide(burst, NO_SPELL, is_out_of_hours=False, is_owed=True)
    assert (decision.kind, decision.tells, decision.settles) == ("faq", ("faq:shipping", "promise"), False)


def test_a_promise_that_was_broken_stays_so_when_it_is_given_again() -> None:
    spell = told(told(NO_SPELL, ("promise",), ago(60 * 14)), ("slipped",), ago(60 * 13))
    assert begun(spell, ago(60 * 14), is_new=True).told == ("slipped",)
    assert begun(spell, ago(60), is_new=False).told == ()


@given(ask=asks, before=st.lists(asks, max_size=6))
def test_nothing_is_said_twice_in_a_spell(ask: Ask, before: list[Ask]) -> None:
    """And what is worth an intent is worth a word, so that no intent is made in vain."""
    spell, kinds = NO_SPELL, []
    for one in [*before, ask]:
        if not has_more_to_say(spell, one) or (one.kind in ("order", "return") and "promise" in spell.told):
            continue  # where an order is, only a shop can tell that may be connected
        decision = decide(one, spell, is_out_of_hours=False, is_owed=True)
        assert decision.kind != "silence"
        kinds.append((decision.kind, decision.articles))
        spell = told(spell, decision.tells, NOW)
    said = [kind for kind, _ in kinds if kind != "faq"]
    assert len(said) == len(set(said))
    assert len([one for one in kinds if one[0] == "faq"]) == len({one for one in kinds if one[0] == "faq"})


def test_a_person_who_answered_begins_a_new_spell_and_articles_are_remembered() -> None:
    spell = told(told(NO_SPELL, ("faq:sizes",), ago(30)), ("promise",), ago(20))
    assert begun(spell, ago(25), is_new=False) == spell
    assert begun(spell, None, is_new=False) == spell
    after = begun(spell, ago(10), is_new=False)
    assert after.told == ("faq:sizes",)
    assert begun(spell, ago(10), is_new=True).told == ()


def test_two_machines_do_not_answer_each_other_for_ever() -> None:
    spell = NO_SPELL
    for minute in range(MOST_AN_HOUR):
        assert not is_looping(spell, NOW)
        spell = told(spell, (f"faq:{minute}",), ago(50 - minute))
    assert is_looping(spell, NOW)
    assert not is_looping(spell, NOW + timedelta(hours=1))


def test_what_complains_stands_above_until_a_person_answers() -> None:
    spell = asked(NO_SPELL, Ask("words", (), "", True), ago(5), begins=True)
    assert flag_of(spell, ago(5)) == "urgent"
    spell = asked(spell, LATE, ago(4), begins=False, is_pending=True)
    assert flag_of(spell, ago(5)) == "complaint"
    assert flag_of(spell, ago(1)) == ""
    assert flag_of(spell, None) == ""
    assert spell_from_json(spell_to_json(spell)) == spell


@pytest.mark.parametrize(
    ("after_s", "human_ago_h", "is_machine"),
    [
        (0, None, True),
        (10, None, True),
        (11, None, False),
        (-1, None, False),
        (5, 1, False),  # who is at work answers fast
        (5, 13, True),
    ],
)
def test_nobody_answers_within_ten_seconds_who_was_not_there(
    after_s: float, human_ago_h: float | None, is_machine: bool
) -> None:
    human_at = None if human_ago_h is None else NOW - timedelta(hours=human_ago_h)
    assert is_at_once(NOW + timedelta(seconds=after_s), NOW, human_at) is is_machine


@pytest.mark.parametrize(
    ("heard_ago_s", "human_ago_h", "may_be"),
    [
        (None, None, True),
        (None, 12, True),
        (None, 11.9, False),  # who is at work needs no words to speak
        (5, None, False),
        (60, None, False),  # who waits already is answered by a person, whatever comes yet
    ],
)
def test_what_answers_nothing_may_have_overtaken_what_it_answers(
    heard_ago_s: float | None, human_ago_h: float | None, may_be: bool
) -> None:
    heard_at = None if heard_ago_s is None else NOW - timedelta(seconds=heard_ago_s)
    human_at = None if human_ago_h is None else NOW - timedelta(hours=human_ago_h)
    assert is_unasked(NOW, heard_at, human_at) is may_be


def test_short_words_are_said_by_people_again_and_again() -> None:
    assert not is_worth_counting("Yes, we do!")
    assert is_worth_counting("Thanks for writing! We'll be with you shortly.")
