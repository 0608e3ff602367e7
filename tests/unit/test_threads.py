"""What follows when somebody speaks in a thread: who waits since when, and whether an answer is due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.spells import MOST_AN_HOUR, Spell, told
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.ids import sort_key, to_ms
from chalicelib.domain.threads import Thread, hear, human_spoke, inbox_key, mark, next_moment

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ANN = Address("chat", "5550001234567")
SECOND, MINUTE, HOUR = 1, 60, 3600
SPELL = 12 * HOUR
FRESH = 10 * MINUTE


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def a_thread(**changes: Any) -> Thread:
    plain = Thread(
        merchant_id="mt_1",
        thread_id="th_1",
        connection_id="cn_1",
        channel="telegram",
        shopper_id="sh_1",
        wire=ANN,
    )
    return replace(plain, **changes)


def said(age_s: float = 0, text: str = "Hi", **changes: Any) -> ShopperMessage:
    plain = ShopperMessage(
        addresses=(ANN,),
        wire=ANN,
        chat=ANN.value,
        channel_message_id=f"{age_s}",
        sent_at=ago(age_s),
        kind="text",
        text=text,
    )
    return replace(plain, **changes)


def sort_of(message: ShopperMessage) -> str:
    return sort_key(message.sent_at, f"ms_{message.channel_message_id}")


def heard(thread: Thread, *messages: ShopperMessage) -> Thread:
    for message in messages:
        thread, _ = hear(thread, message, sort_of(message), NOW)
    return thread


def answers(thread: Thread, message: ShopperMessage) -> bool:
    _, is_due = hear(thread, message, sort_of(message), NOW)
    return is_due


def test_the_first_message_is_answered() -> None:
    assert answers(a_thread(), said())


@pytest.mark.parametrize(("age_s", "is_due"), [(FRESH - 1, True), (FRESH, True), (FRESH + 1, False)])
def test_a_message_older_than_ten_minutes_is_not_answered(age_s: float, is_due: bool) -> None:
    assert answers(a_thread(), said(age_s)) is is_due


def test_an_old_message_leaves_the_answer_to_the_next() -> None:
    assert answers(heard(a_thread(), said(FRESH + 1)), said())


@pytest.mark.parametrize(
    ("silent_s", "is_due"), [(SPELL - 1, False), (SPELL, True), (SPELL + 1, True), (SECOND, False)]
)
def test_an_answered_shopper_is_answered_again_after_a_quiet_spell(silent_s: float, is_due: bool) -> None:
    at = ago(silent_s)
    spell = Spell(told=("promise",), told_ms=(to_ms(at),))
    told = a_thread(spoken_at=at, shopper_at=at, waiting_since=at, spell=spell)
    assert answers(told, said()) is is_due


@pytest.mark.parametrize(("age_s", "is_due"), [(5, False), (FRESH, False), (FRESH + 1, True)])
def test_an_answer_that_was_never_sent_silences_nobody_for_long(age_s: float, is_due: bool) -> None:
    """The token was broken, or the shop had paused: whoever writes on is answered."""
    at = ago(age_s)
    pending = a_thread(spoken_at=at, shopper_at=at, waiting_since=at, answer=sort_key(at, "ms_answer"))
    assert answers(pending, said()) is is_due
    assert heard(pending, said()).answer == ("" if is_due else pending.answer)


@pytest.mark.parametrize(("silent_s", "is_due"), [(0, False), (SPELL - 1, False), (SPELL, True)])
def test_nobody_is_answered_automatically_while_a_human_is_at_work(silent_s: float, is_due: bool) -> None:
    thread = a_thread(spoken_at=ago(silent_s), human_at=ago(silent_s))
    assert answers(thread, said()) is is_due


def test_a_human_who_wrote_after_the_message_is_at_work_too() -> None:
    assert not answers(a_thread(spoken_at=NOW, human_at=NOW), said(5 * MINUTE))


def test_words_within_the_spell_put_off_its_end() -> None:
    at = ago(20 * HOUR)
    spell = Spell(told=("promise",), told_ms=(to_ms(at),))
    thread = heard(a_thread(spoken_at=at, waiting_since=at, spell=spell), said(10 * HOUR))
    assert not answers(thread, said())


@pytest.mark.parametrize(
    ("ask", "is_due"),
    [(Ask("words"), False), (Ask("greeting"), False), (Ask("complaint"), True), (Ask("person"), True)],
)
def test_who_was_told_when_to_expect_an_answer_hears_only_what_is_new(ask: Ask, is_due: bool) -> None:
    at = ago(MINUTE)
    spell = Spell(told=("promise",), told_ms=(to_ms(at),))
    told = a_thread(spoken_at=at, shopper_at=at, waiting_since=at, spell=spell)
    assert hear(told, said(), "1", NOW, None, ask)[1] is is_due


def test_who_waits_again_after_a_persons_answer_is_answered_when_nobody_is_at_work() -> None:
    """The wait is another one, though the thread never was quiet."""
    spell = Spell(told=("promise",), told_ms=(to_ms(ago(14 * HOUR)),))
    thread = a_thread(
        spoken_at=ago(6 * HOUR),
        shopper_at=ago(6 * HOUR),
        human_at=ago(13 * HOUR),
        waiting_since=None,
        spell=spell,
    )
    assert answers(thread, said())


def test_two_machines_that_answer_each_other_fall_silent_and_a_person_sees_it() -> None:
    """Each asks what the other can answer, for ever: a few times is enough."""
    thread, answered = a_thread(), 0
    for number in range(20):
        message = said(20 - number, f"How long is {number}?")
        thread, is_due = hear(thread, message, sort_of(message), NOW, None, Ask("faq", (f"a{number}",)))
        if is_due:
            answered += 1
            spell = told(thread.spell, (f"faq:a{number}",), NOW)
            thread = replace(thread, spell=spell, waiting_since=None)
    assert (answered, thread.tags) == (MOST_AN_HOUR, ("loop",))


def test_a_burst_makes_one_answer_and_asks_for_all_that_it_asked_for() -> None:
    thread, _ = hear(a_thread(), said(3), sort_of(said(3)), NOW, None, Ask("greeting"))
    thread = replace(thread, answer=sort_key(ago(2), "ms_answer"))
    thread, is_due = hear(thread, said(1), sort_of(said(1)), NOW, None, Ask("complaint", (), "late", True))
    assert not is_due
    assert thread.spell.ask == Ask("complaint", (), "late", True)
    assert (thread.flag, thread.tags) == ("complaint", ("complaint", "urgent"))
    assert inbox_key(thread) > inbox_key(a_thread(spoken_at=NOW))
    assert human_spoke(thread, NOW, sort_key(NOW, "ms_human"), "Sorry!")[0].flag == ""


def test_the_latest_words_stand_in_the_inbox() -> None:
    thread = heard(a_thread(), said(5, "second"), said(9, "first"))
    assert (thread.last_text, thread.spoken_at) == ("second", ago(5))
    assert thread.last_sort == sort_of(said(5))
    assert len(heard(a_thread(), said(text="x" * 1000)).last_text) == 200


def test_what_the_latest_message_says_of_the_shopper_wins() -> None:
    old, new = said(9, name="Anna", language="ro"), said(5, name="Ann", language="en")
    moved = said(1, wire=Address("chat", "7"))
    for order in permutations((old, new)):
        thread = heard(a_thread(), *order)
        assert (thread.shopper_name, thread.language_hint) == ("Ann", "en")
    assert heard(a_thread(), moved, old).wire == moved.wire
    assert heard(a_thread(), old, moved).wire == moved.wire


def test_a_message_without_a_name_takes_none_away() -> None:
    for order in permutations((said(9, name="Ann"), said(5))):
        assert heard(a_thread(), *order).shopper_name == "Ann"


def test_the_channels_hint_of_the_language_is_that_of_the_latest_message() -> None:
    for order in permutations((said(9, language="en"), said(7, language="ro"), said(5))):
        assert heard(a_thread(), *order).language_hint == ""


def test_a_new_message_opens_a_closed_thread() -> None:
    assert heard(a_thread(state="closed", shopper_at=ago(9), human_at=ago(8)), said()).state == "open"


def test_a_late_message_that_nobody_has_answered_opens_it_too() -> None:
    assert heard(a_thread(state="closed", shopper_at=ago(5), spoken_at=ago(5)), said(9)).state == "open"


def test_a_late_old_message_that_was_answered_opens_nothing() -> None:
    thread = a_thread(state="closed", shopper_at=ago(9), human_at=ago(8), spoken_at=ago(8))
    assert heard(thread, said(20)).state == "closed"


def test_the_shopper_waits_since_the_first_message_without_an_answer() -> None:
    for order in permutations((said(30), said(20), said(10))):
        assert heard(a_thread(), *order).waiting_since == ago(30)


@pytest.mark.parametrize(("age_s", "waits"), [(9, True), (10, False), (11, False)])
def test_only_what_came_after_the_human_waits(age_s: float, waits: bool) -> None:
    thread = heard(a_thread(spoken_at=ago(10), human_at=ago(10)), said(age_s))
    assert thread.waiting_since == (ago(age_s) if waits else None)


def spoke(thread: Thread, age_s: float, waits_on: datetime | None = None) -> tuple[Thread, float | None]:
    return human_spoke(thread, ago(age_s), sort_key(ago(age_s), "ms_human"), "We have it.", waits_on)


def test_a_human_ends_the_wait_and_the_promise() -> None:
    thread = replace(heard(a_thread(), said(60), said(30)), promised_at=NOW, answer="1#ms_answer")
    after, waited_s = spoke(thread, 0)
    assert waited_s == 60
    assert (after.waiting_since, after.promised_at, after.human_at) == (None, None, NOW)
    assert (after.last_text, after.spoken_at) == ("We have it.", NOW)


def test_a_human_who_begins_has_kept_nobody_waiting() -> None:
    after, waited_s = spoke(a_thread(), 0)
    assert waited_s is None
    assert (after.waiting_since, after.human_at) == (None, NOW)


def test_what_was_written_after_the_humans_words_waits_on() -> None:
    thread = replace(heard(a_thread(), said(60), said(10)), promised_at=NOW)
    after, waited_s = spoke(thread, 30, waits_on=ago(10))
    assert waited_s == 30
    assert (after.waiting_since, after.promised_at) == (ago(10), NOW)


def test_words_from_before_the_wait_end_nothing() -> None:
    thread = replace(heard(a_thread(), said(30)), promised_at=NOW)
    after, waited_s = spoke(thread, 60)
    assert waited_s is None
    assert (after.waiting_since, after.promised_at) == (ago(30), NOW)


def test_who_is_answered_in_the_same_moment_has_not_waited() -> None:
    after, waited_s = spoke(heard(a_thread(), said(30)), 30)
    assert (waited_s, after.waiting_since) == (0, None)


def test_words_of_one_moment_end_one_wait() -> None:
    waiting = a_thread(human_at=ago(30), waiting_since=ago(40))
    assert spoke(waiting, 30)[1] is None
    assert spoke(waiting, 29)[1] == 11


def test_a_wait_is_counted_once() -> None:
    thread = heard(a_thread(), said(60))
    thread, first = spoke(thread, 30)
    thread, second = spoke(thread, 20)
    assert (first, second) == (30, None)
    _, late = spoke(thread, 40)
    assert late is None


@given(st.permutations(range(6)))
def test_rows_do_not_depend_on_the_order_in_which_messages_come(order: list[int]) -> None:
    names = ("Ann", "Anna", "A", "Ann", "Anni", "Ann")
    ages = (5, 30, FRESH + 1, HOUR, SPELL, 30 * HOUR)
    messages = [
        said(age_s, f"said {age_s}", name=name, language=name.lower())
        for age_s, name in zip(ages, names, strict=True)
    ]
    in_time = heard(a_thread(), *sorted(messages, key=lambda one: one.sent_at))
    assert heard(a_thread(), *(messages[number] for number in order)) == in_time


moments = st.timedeltas(timedelta(), timedelta(days=3650)).map(lambda since: NOW + since)


@given(moments, moments)
def test_a_row_of_ours_comes_after_all_that_is_there(last_at: datetime, now: datetime) -> None:
    at = next_moment(a_thread(last_at=last_at), now)
    assert to_ms(at) > to_ms(last_at)
    assert to_ms(at) >= to_ms(now)
    assert to_ms(at) in (to_ms(now), to_ms(last_at) + 1)


def test_the_first_row_of_ours_is_of_now() -> None:
    assert next_moment(a_thread(), NOW) == NOW


@given(moments, moments)
def test_the_inbox_is_in_the_order_of_the_last_words(one: datetime, two: datetime) -> None:
    first, second = inbox_key(a_thread(spoken_at=one)), inbox_key(a_thread(spoken_at=two))
    assert (first < second) == (to_ms(one) < to_ms(two))


TOLD: dict[str, tuple[dict[str, tuple[str, float]], str]] = {  # mark -> value and age in seconds
    "nothing": ({}, ""),
    "an opt-in": ({"opt_in": ("opt_in", 5)}, "opt_in"),
    "a stop": ({"preference": ("stop", 5)}, "stop"),
    "a stop after an opt-in": ({"opt_in": ("opt_in", 9), "preference": ("stop", 5)}, "stop"),
    "an opt-in after a stop": ({"opt_in": ("opt_in", 1), "preference": ("stop", 5)}, "stop"),
    "both in one moment": ({"opt_in": ("opt_in", 5), "preference": ("stop", 5)}, "stop"),
    "taken back, then an opt-in": ({"opt_in": ("opt_in", 1), "preference": ("resume", 5)}, "opt_in"),
    "an opt-in, then taken back": ({"opt_in": ("opt_in", 9), "preference": ("resume", 5)}, "resume"),
}


@pytest.mark.parametrize("name", TOLD)
def test_no_opt_in_comes_over_a_stop(name: str) -> None:
    told, wanted = TOLD[name]
    thread = a_thread(marks={where: mark(value, ago(age_s)) for where, (value, age_s) in told.items()})
    assert thread.preference == wanted
