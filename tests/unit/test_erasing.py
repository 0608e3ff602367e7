"""Whose what an event names is, and when it happened."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.erasing import (
    again_as,
    is_past,
    mark_of,
    moment_of,
    named_in,
    names,
    rooms_of,
    without,
)

PHONE = "447700900123"
AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def a_whatsapp_body(*phones: str) -> dict[str, Any]:
    value = {
        "metadata": {"phone_number_id": "1050"},
        "contacts": [{"wa_id": phone, "profile": {"name": f"Name of {phone}"}} for phone in phones],
        "messages": [
            {"from": phone, "timestamp": "1793620800", "text": {"body": f"Words of {phone}"}}
            for phone in phones
        ],
    }
    return {"entry": [{"id": "77", "changes": [{"field": "messages", "value": value}]}]}


@pytest.mark.parametrize("spelled", [PHONE, f"+{PHONE}", "+44 7700 900123", "44 (7700) 900-123"])
def test_a_phone_is_known_however_it_is_written(spelled: str) -> None:
    assert names({"messages": [{"from": spelled}]}, {PHONE})


@pytest.mark.parametrize("other", ["447700900124", "4477009001234", "call 447700900123 please", "", "44"])
def test_other_words_and_numbers_are_not_theirs(other: str) -> None:
    assert not names({"messages": [{"from": other, "flag": True}]}, {PHONE})


def test_a_number_is_known_as_a_number_too() -> None:
    assert names({"message": {"chat": {"id": 5550001}}}, {"5550001"})


def test_unreadable_bytes_are_searched_by_whole_words() -> None:
    assert names(b'\xff{"from": "447700900123"', {PHONE})
    assert not names(b'\xff{"from": "9447700900123"', {PHONE})
    assert PHONE in named_in(b'\xff{"from": "447700900123"')


def test_of_a_body_of_many_only_what_names_the_person_goes() -> None:
    body = json.dumps(a_whatsapp_body(PHONE, "447700900999")).encode()
    left = without(body, {PHONE})
    assert left is not None and json.loads(left) == a_whatsapp_body("447700900999")


def test_a_body_that_names_nobody_stays_to_the_byte() -> None:
    body = json.dumps(a_whatsapp_body("447700900999"), indent=3).encode()
    assert without(body, {PHONE}) is body


def test_what_can_not_be_cut_goes_as_a_whole() -> None:
    update = json.dumps({"update_id": 1, "hologram": {"chat": {"id": 5550001}}}).encode()
    assert without(update, {"5550001"}) is None
    assert without(b"\xff 5550001", {"5550001"}) is None
    assert without(b"\xff 5550002", {"5550001"}) == b"\xff 5550002"


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (a_whatsapp_body(PHONE), datetime.fromtimestamp(1793620800, UTC)),
        ({"entry": [{"time": 1793620800123}]}, datetime.fromtimestamp(1793620800, UTC)),
        ({"message": {"date": 1793620800, "edit_date": 1793620900}}, datetime.fromtimestamp(1793620900, UTC)),
        ({"time": "soon", "date": 12, "timestamp": True}, None),
        ({}, None),
    ],
)
def test_the_latest_moment_that_an_event_tells_is_when_it_happened(
    body: dict[str, Any], at: datetime | None
) -> None:
    assert moment_of(body) == at


def test_what_happened_in_the_moment_of_erasing_is_past() -> None:
    assert is_past(AT, AT) and not is_past(AT, None) and not is_past(None, AT)
    assert not is_past(AT.replace(microsecond=1), AT)


def test_a_mark_tells_merchants_connections_and_addresses_apart() -> None:
    marks = {
        mark_of(*parts) for parts in (("a", "b", "c"), ("a", "bc", ""), ("ab", "", "c"), ("x", "b", "c"))
    }
    assert len(marks) == 4
    assert all(len(mark) == 64 and PHONE not in mark for mark in (*marks, mark_of("m", "c", PHONE)))


def test_who_comes_back_is_somebody_else_each_time() -> None:
    ids = {again_as("mt_1", "sh_ann", AT.replace(hour=hour)) for hour in range(3)} | {"sh_ann"}
    assert len(ids) == 4 and all(one.startswith("sh_") for one in ids)
    assert again_as("mt_1", "sh_ann", AT) == again_as("mt_1", "sh_ann", AT)


def test_every_connection_is_looked_through_once() -> None:
    rooms = rooms_of({"cn_2", "cn_1"})
    assert len(rooms) == len(set(rooms)) and {one.partition(" ")[2] for one in rooms} == {
        *("cn_1", "cn_2", "shared")
    }


leaves = st.none() | st.booleans() | st.integers(0, 99) | st.text(max_size=4) | st.just(PHONE)
bodies = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(bodies)
def test_nothing_that_is_left_names_the_person(body: Any) -> None:
    raw = json.dumps(body).encode()
    left = without(raw, {PHONE})
    assert left is None or not names(json.loads(left), {PHONE})
    assert left == raw or names(body, {PHONE})


@given(bodies)
def test_whoever_is_named_can_be_looked_up(body: Any) -> None:
    if names(body, {PHONE}):
        assert PHONE in named_in(body)
