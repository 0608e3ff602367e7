"""Facts that come before their message, and statuses that only climb: any order ends at the same."""

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import facts
from chalicelib.domain.events import (
    Address,
    Deletion,
    Echo,
    Edit,
    Media,
    Reaction,
    Status,
    StatusChange,
)
from chalicelib.domain.messages import MessageRef, rank, ref_from

NOW = datetime(2026, 11, 2, 12, 0, 0, 123_000, tzinfo=UTC)
ANN = Address("phone", "447700900123")


def status(name: Status, code: str = "") -> facts.Fact:
    return facts.status_fact(StatusChange(status=name, at=NOW, code=code))


def reaction(emoji: str, after_s: int = 0, who: str = ANN.value) -> facts.Fact:
    at = NOW + timedelta(seconds=after_s)
    address = Address("phone", who)
    return facts.reaction_fact(
        Reaction(addresses=(address,), wire=address, chat="", target_id="wamid.1", emoji=emoji, at=at)
    )


@pytest.mark.parametrize(
    ("found", "highest"),
    [
        ((), "sent"),
        (("sent",), "sent"),
        (("delivered", "read"), "read"),
        (("read", "delivered", "sent"), "read"),
        (("failed",), "failed"),
        (("failed", "delivered"), "delivered"),
        (("delivered", "failed"), "delivered"),
    ],
)
def test_the_highest_status_counts(found: tuple[Status, ...], highest: Status) -> None:
    for order in permutations(found):
        assert facts.highest_status("sent", [status(name) for name in order])[0] == highest


def test_a_failure_keeps_its_code_and_what_arrived_has_none() -> None:
    assert facts.highest_status("sent", [status("failed", "131026")]) == ("failed", "131026")
    both = [status("failed", "131026"), status("read")]
    assert facts.highest_status("sent", both) == facts.highest_status("sent", both[::-1]) == ("read", "")


def test_other_facts_are_no_status() -> None:
    assert facts.highest_status("sent", [reaction("❤️")]) == ("sent", "")


@given(st.lists(st.sampled_from(("sent", "delivered", "read", "failed")), max_size=6))
def test_the_order_of_facts_does_not_matter(names: list[Status]) -> None:
    found = [status(name) for name in names]
    assert facts.highest_status("sent", found) == facts.highest_status("sent", found[::-1])
    assert rank(facts.highest_status("sent", found)[0]) == max(map(rank, ("sent", *names)))


def test_each_shoppers_latest_reaction_stays() -> None:
    found = [reaction("👍", 5), reaction("❤️", 9), reaction("😂", 7), reaction("😮", 1, "447700900456")]
    for order in permutations(found):
        latest = {who: facts.emoji_of(put) for who, put in facts.reactions(order).items()}
        assert latest == {ANN.value: "❤️", "447700900456": "😮"}


def test_a_reaction_that_was_taken_back_is_none() -> None:
    latest = facts.reactions([reaction("", 9), reaction("❤️", 5)])
    assert facts.emoji_of(latest[ANN.value]) == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_emoji_comes_back(emoji: str) -> None:
    assert facts.emoji_of(facts.put(emoji, NOW)) == emoji


def test_an_echo_waits_with_all_that_its_message_needs() -> None:
    echo = Echo(wire=ANN, chat="", channel_message_id="wamid.1", sent_at=NOW, kind="text", text="Salut 💙")
    parked = facts.parked_echo([status("sent"), facts.echo_fact(echo)])
    assert parked is not None
    assert Address(*parked["wire"]) == ANN
    assert (parked["kind"], parked["text"], facts.sent_at_of(parked)) == ("text", "Salut 💙", NOW)
    assert facts.parked_echo([status("sent")]) is None


CLIMB: tuple[Status, ...] = ("queued", "uncertain", "sent", "failed", "delivered", "read")


def test_statuses_climb_in_this_order() -> None:
    assert [rank(name) for name in CLIMB] == sorted({rank(name) for name in CLIMB})


@pytest.mark.parametrize("settled", ["received", "note", "skipped"])
def test_nothing_climbs_above_what_was_settled(settled: Status) -> None:
    assert rank(settled) > max(map(rank, CLIMB))


def test_a_reference_comes_back_as_the_message_it_names() -> None:
    ref = MessageRef("mt_1", "th_abc", "1793620800123#ms_1")
    assert ref_from("mt_1", ref.reference) == ref
    assert "mt_1" not in ref.reference


def test_a_reference_names_a_message_of_the_merchant_it_came_to() -> None:
    ref = MessageRef("mt_1", "th_abc", "1793620800123#ms_1")
    assert ref_from("mt_2", ref.reference) == MessageRef("mt_2", "th_abc", "1793620800123#ms_1")


@pytest.mark.parametrize(
    "foreign", ["", "hello", "th_abc", "th_abc/", "th_abc/1793", "x/1#y", "/1#y", "order#7"]
)
def test_what_others_put_on_messages_is_no_reference_of_ours(foreign: str) -> None:
    assert ref_from("mt_1", foreign) is None


@given(st.text(st.characters(), max_size=40))
def test_no_reference_breaks_anything(text: str) -> None:
    found = ref_from("mt_1", text)
    assert found is None or found.reference == text


def edit(text: str, after_s: int = 0, number: int = 0) -> facts.Fact:
    at = NOW + timedelta(seconds=after_s)
    return facts.edit_fact(Edit(wire=ANN, chat="", target_id="m.1", at=at, text=text, number=number))


def deletion(after_s: int = 0) -> facts.Fact:
    at = NOW + timedelta(seconds=after_s)
    return facts.deletion_fact(Deletion(wire=ANN, chat="", target_id="m.1", at=at))


def echo(text: str) -> facts.Fact:
    return facts.echo_fact(
        Echo(wire=ANN, chat="", channel_message_id="m.1", sent_at=NOW, kind="text", text=text)
    )


def failure(code: str, retry_after_s: float | None = None) -> facts.Fact:
    return facts.status_fact(StatusChange(status="failed", at=NOW, code=code, retry_after_s=retry_after_s))


ANY_FACT = st.one_of(
    st.builds(edit, st.sampled_from("abc"), st.integers(0, 3), st.integers(0, 2)),
    st.builds(deletion, st.integers(0, 3)),
    st.builds(reaction, st.sampled_from(("👍", "❤️", "")), st.integers(0, 3), st.sampled_from("12")),
    st.builds(status, st.sampled_from(("sent", "delivered", "read")), st.sampled_from(("", "1"))),
    st.builds(failure, st.sampled_from(("131026", "131049")), st.sampled_from((None, 30.0, 60.0))),
    st.builds(echo, st.sampled_from("ab")),
    st.builds(lambda what: {"fact": what}, st.sampled_from(("of tomorrow", "of the day after"))),
)


@given(st.lists(ANY_FACT, max_size=12), st.randoms(use_true_random=False))
def test_what_counts_is_the_same_in_any_order_and_one_by_one(found: list[facts.Fact], chance: Any) -> None:
    counting = facts.that_count(found)
    mixed = [*found, *found]
    chance.shuffle(mixed)
    assert facts.that_count(mixed) == counting
    kept: tuple[facts.Fact, ...] = ()
    for fact in mixed:
        kept = facts.that_count((*kept, fact))
    assert kept == counting
    assert len(counting) <= 10


@given(st.lists(ANY_FACT, max_size=12))
def test_a_message_becomes_the_same_of_what_counts(found: list[facts.Fact]) -> None:
    counting = facts.that_count(found)
    spelled = sorted(found, key=str)
    assert facts.highest_status("sent", counting)[0] == facts.highest_status("sent", spelled)[0]
    assert facts.reactions(counting) == facts.reactions(found)
    assert facts.latest_edit(counting) == facts.latest_edit(found)
    assert facts.deleted_at(counting) == facts.deleted_at(found)
    for find in (facts.parked_failure, facts.parked_echo):
        assert (find(counting) is None) == (find(found) is None)


def test_a_failure_stays_beside_what_came_further_and_with_its_retry() -> None:
    found = [status("read"), status("delivered"), failure("131049", 30.0), failure("131026")]
    for order in permutations(found):
        counting = facts.that_count(order)
        assert status("read") in counting and len(counting) == 3
        assert failure("131049", 30.0) in counting and failure("131026") in counting


def test_a_thousand_edits_take_the_room_of_one() -> None:
    found = [edit("x" * 4000, number) for number in range(1000)]
    assert facts.that_count(found) == (found[-1],)


def test_a_link_in_an_echo_keeps_its_end() -> None:
    files = (Media(url="https://a.b/c.jpg", expires_at=NOW), Media(channel_media_id="17", filename="a.pdf"))
    told = Echo(wire=ANN, chat="", channel_message_id="m.1", sent_at=NOW, kind="image", media=files)
    parked = json.loads(json.dumps(facts.echo_fact(told)))
    assert facts.media_of_echo(parked) == files
