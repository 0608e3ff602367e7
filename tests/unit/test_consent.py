"""What all that a shopper has said comes to: whoever says no is heard, and only they take it back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.consent.heard import (
    NO,
    YES,
    heard_of,
    record_of_block,
    record_of_preference,
    records_of,
)
from chalicelib.domain.consent.records import (
    EXPLICIT,
    Consent,
    Standing,
    after_business_days,
    is_filed,
    is_refused,
    standing,
)
from chalicelib.domain.events import Address, Membership, Preference, ShopperMessage

MONDAY = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ANN = Address("phone", "447700900123")
HERE, THERE = "phone#447700900123", "cn_2#psid#900"
HOWS = ("word", "platform", "block", "plugin", "question", "link", "box", "import", "staff")


def record(state: Any, how: Any, minutes: float = 0, **more: Any) -> Consent:
    plain: dict[str, Any] = {
        "merchant_id": "mt_1",
        "address": HERE,
        "purpose": "marketing",
        "state": state,
        "at": MONDAY + timedelta(minutes=minutes),
        "how": how,
        "noted_at": MONDAY,
    }
    return Consent(**plain | more)


def said(*told: tuple[Any, Any], **more: Any) -> list[Consent]:
    return [record(state, how, minutes, **more) for minutes, (state, how) in enumerate(told)]


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([], "none"),
        (said(("given", "box")), "given"),
        (said(("asked", "question")), "none"),
        (said(("given", "word"), ("withdrawn", "word")), "withdrawn"),
        (said(("withdrawn", "word"), ("given", "word")), "given"),
        (said(("withdrawn", "word"), ("given", "question")), "given"),
        (said(("withdrawn", "word"), ("given", "import")), "withdrawn"),
        (said(("withdrawn", "word"), ("given", "staff")), "withdrawn"),
        (said(("withdrawn", "word"), ("given", "plugin")), "withdrawn"),
        (said(("withdrawn", "block"), ("given", "word")), "given"),
        (said(("withdrawn", "staff"), ("given", "import")), "withdrawn"),
        (said(("given", "box"), channels=("email",)), "none"),
        (said(("given", "box"), channels=("email", "whatsapp")), "given"),
        (said(("given", "box"), channels=("telegram",)), "none"),
        (said(("given", "box"), purpose="updates"), "none"),
        ([record("given", "registry", registry="iys")], "none"),
        ([record("given", "word"), record("withdrawn", "word")], "withdrawn"),
        ([record("given", "word"), record("withdrawn", "word", 5, address=THERE)], "withdrawn"),
    ],
)
def test_what_was_said_comes_to(records: Sequence[Consent], state: str) -> None:
    for order in permutations(records):
        assert standing(order, "marketing", "whatsapp", [HERE]).state == state


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["given", "withdrawn", "asked"]),
            st.sampled_from(HOWS),
            st.integers(0, 5),
            st.sampled_from([(), ("whatsapp",), ("email",)]),
        ),
        max_size=6,
    )
)
def test_whoever_has_a_yes_said_it_themselves_after_every_no(told: list[Any]) -> None:
    records = [record(state, how, minutes, channels=channels) for state, how, minutes, channels in told]
    found = standing(records, "marketing", "whatsapp", [HERE])
    noes = [one.at for one in records if one.state == "withdrawn"]
    if found.state == "given":
        assert found.yes is not None and found.yes.state == "given"
        assert not noes or (found.yes.at > max(noes))
        later = [one for one in records if one.state == "given" and noes and one.at > max(noes)]
        assert not noes or any(one.how in EXPLICIT and one.channels != ("email",) for one in later)
    assert (found.state == "withdrawn") <= bool(noes)


def test_a_stop_on_the_channel_holds_there_until_it_is_resumed_there() -> None:
    stopped = said(("withdrawn", "platform"), ("given", "word"))
    assert standing(stopped, "marketing", "whatsapp", [HERE]).stopped_there
    assert not standing(stopped, "marketing", "telegram", ["cn_2#chat#900"]).stopped_there
    resumed = [*stopped, record("given", "platform", 9)]
    assert not standing(resumed, "marketing", "whatsapp", [HERE]).stopped_there


def test_when_they_were_last_asked_is_known() -> None:
    asked = [record("asked", "question", minutes) for minutes in (3, 9, 1)]
    assert standing(asked, "marketing", "whatsapp").asked_at == MONDAY + timedelta(minutes=9)


@pytest.mark.parametrize(
    ("days", "ends"),
    [(0, (2026, 11, 2)), (1, (2026, 11, 3)), (3, (2026, 11, 5)), (4, (2026, 11, 6)), (5, (2026, 11, 9))],
)
def test_business_days_go_from_monday_to_friday(days: int, ends: tuple[int, int, int]) -> None:
    assert after_business_days(MONDAY, days) == datetime(*ends, 12, 0, tzinfo=UTC)


def listed(state: Any, minutes: float) -> Standing:
    yes = record("given", "box", 0)
    return standing(
        [yes, record(state, "registry", minutes, registry="iys")], "marketing", "whatsapp", [HERE]
    )


def test_a_yes_may_wait_three_business_days_for_the_registry() -> None:
    yes = standing([record("given", "box")], "marketing", "whatsapp", [HERE])
    ends = MONDAY + timedelta(days=3)
    assert is_filed(yes, "iys", ends)
    assert not is_filed(yes, "iys", ends + timedelta(seconds=1))
    assert is_filed(listed("given", 60), "iys", ends + timedelta(days=300))


def test_the_later_refusal_wins() -> None:
    assert is_refused(listed("withdrawn", 1), "iys")
    assert is_refused(listed("withdrawn", 0), "iys")
    assert not is_refused(listed("withdrawn", -1), "iys")
    assert not is_refused(listed("given", 1), "iys")


def message(text: str, kind: str = "text") -> ShopperMessage:
    return ShopperMessage(
        addresses=(ANN,),
        wire=ANN,
        chat="",
        channel_message_id="wamid.1",
        sent_at=MONDAY,
        kind=kind,
        text=text,
    )


@pytest.mark.parametrize(
    ("text", "kind", "choice", "heard"),
    [
        ("STOP", "text", "", "stop"),
        ("Stop", "button", "", "stop"),
        ("STOP", "image", "", ""),
        ("START", "text", "", "start"),
        ("/start", "text", "", ""),
        ("stop sending me this", "text", "", "unclear"),
        ("Is the blue one in stock?", "text", "", ""),
        ("Yes, please", "button", f"{YES}1#ms_1", "yes"),
        ("2", "text", f"{NO}1#ms_1", "no"),
        ("STOP", "text", "size-2", "stop"),
    ],
)
def test_what_a_message_says_about_consent(text: str, kind: str, choice: str, heard: str) -> None:
    assert heard_of(message(text, kind), choice) == heard


def test_a_no_holds_for_every_address_and_channel_a_yes_on_its_own_channel() -> None:
    def told(heard: Any) -> set[tuple[Any, ...]]:
        records = records_of(
            heard,
            merchant_id="mt_1",
            connection_id="cn_1",
            channel="whatsapp",
            addresses=(ANN, Address("bsuid", "GB.1")),
            at=MONDAY,
            now=MONDAY,
            ref="th_1/1#ms_1",
            text="STOP",
        )
        return {(one.address, one.purpose, one.state, one.channels) for one in records}

    places = ("phone#447700900123", "cn_1#bsuid#GB.1")
    assert told("stop") == {
        (one, what, "withdrawn", ()) for one in places for what in ("marketing", "updates")
    }
    assert told("yes") == {(one, "marketing", "given", ("whatsapp",)) for one in places}
    assert told("no") == {(one, "marketing", "withdrawn", ()) for one in places}
    assert told("unclear") == told("") == set()


@pytest.mark.parametrize(
    ("value", "how", "state"),
    [("stop", "platform", "withdrawn"), ("resume", "platform", "given"), ("opt_in", "plugin", "given")],
)
def test_what_the_channel_tells_is_consent_too(value: Any, how: str, state: str) -> None:
    told = Preference(addresses=(ANN,), wire=ANN, at=MONDAY, value=value)
    (one,) = record_of_preference("mt_1", "cn_1", "whatsapp", told, MONDAY)
    assert (one.how, one.state, one.purpose) == (how, state, "marketing")


def test_who_blocks_the_shop_wants_nothing_and_who_is_back_has_said_nothing() -> None:
    def told(is_reachable: bool) -> list[tuple[str, str]]:
        event = Membership(addresses=(ANN,), wire=ANN, at=MONDAY, is_reachable=is_reachable)
        return [(one.purpose, one.state) for one in record_of_block("mt_1", "cn_1", event, MONDAY)]

    assert told(False) == [("marketing", "withdrawn"), ("updates", "withdrawn")]
    assert told(True) == []


def test_the_same_said_twice_is_one_record() -> None:
    assert (
        record("given", "box").record_id == record("given", "box", noted_at=MONDAY + timedelta(1)).record_id
    )
    assert record("given", "box").record_id != record("given", "box", 1).record_id
