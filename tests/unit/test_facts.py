"""Facts that come before their message, and statuses that only climb: any order ends at the same."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import facts
from chalicelib.domain.events import Address, Echo, Reaction, Status, StatusChange
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
