"""What every channel does with a call: it lets in what is signed, reads all of it, and loses nothing."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kits import CHALLENGE, SECRET, Kit

from chalicelib.domain.events import MESSAGE_KINDS, ShopperMessage, Unreadable, Unsplittable
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import InvalidSignature
from chalicelib.services.receiving.receive_webhook import owner_of

NOWHERE = "http://127.0.0.1:9"


def encoded(body: Any) -> bytes:
    return json.dumps(body).encode()


def said(kit: Kit, count: int) -> list[Any]:
    return [kit.event(str(101 + number), f"Letter {number}") for number in range(count)]


def test_a_signed_body_is_let_in_with_any_of_the_secrets(kit: Kit) -> None:
    body = encoded(kit.frame(said(kit, 1)))
    kit.at(NOWHERE).verify(kit.sign(body, SECRET), body, ["another", SECRET])


SPOILED: dict[str, Callable[[Mapping[str, str]], Mapping[str, str]]] = {
    "unsigned": lambda headers: {},
    "empty": lambda headers: dict.fromkeys(headers, ""),
    "cut off": lambda headers: {name: value[:-1] for name, value in headers.items()},
    "half a character": lambda headers: dict.fromkeys(headers, "\ud800"),
    "under another name": lambda headers: {f"x-{name}": value for name, value in headers.items()},
}


@pytest.mark.parametrize("how", SPOILED)
def test_what_is_not_signed_as_it_must_be_is_refused(kit: Kit, how: str) -> None:
    body = encoded(kit.frame(said(kit, 1)))
    with pytest.raises(InvalidSignature):
        kit.at(NOWHERE).verify(SPOILED[how](kit.sign(body, SECRET)), body, [SECRET])


@pytest.mark.parametrize("secrets", [[], [""], ["another"], [SECRET.upper()]], ids=str)
def test_no_other_secret_opens(kit: Kit, secrets: list[str]) -> None:
    body = encoded(kit.frame(said(kit, 1)))
    with pytest.raises(InvalidSignature):
        kit.at(NOWHERE).verify(kit.sign(body, SECRET), body, secrets)
    with pytest.raises(InvalidSignature):
        kit.at(NOWHERE).verify(kit.sign(body, ""), body, [""])


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff\xfe", b'{"a": 1, "a": 2}'])
def test_what_is_no_call_of_the_platform_is_kept_whole(kit: Kit, body: bytes) -> None:
    with pytest.raises(Unsplittable):
        kit.at(NOWHERE).split(body)


# What could be read here, and not be written down again by who takes it on.
UNWRITABLE = {
    "no number": b"NaN",
    "a number without end": b"1e999",
    "a name that comes twice": b'{"a": 1, "a": 2}',
    "half a character in raw bytes": b'"\xed\xa0\x80"',
    "too deep": b"[" * 200 + b"]" * 200,
    "far too deep": b"[" * 100_000 + b"]" * 100_000,
}


@pytest.mark.parametrize("what", UNWRITABLE)
def test_what_nobody_could_write_down_again_is_kept_whole(kit: Kit, what: str) -> None:
    body = encoded(kit.frame([kit.event("101", "here")])).replace(b'"here"', UNWRITABLE[what])
    assert UNWRITABLE[what] in body
    with pytest.raises(Unsplittable):
        kit.at(NOWHERE).split(body)


def test_a_plain_message_says_who_where_and_what(kit: Kit) -> None:
    channel, body = kit.at(NOWHERE), kit.frame(said(kit, 1))
    (piece,) = channel.split(encoded(body))
    assert piece.body == body
    assert piece.address
    assert owner_of(kit.connection)(piece).reason == ""
    (message,) = channel.parse(body)
    assert isinstance(message, ShopperMessage)
    assert (message.kind, message.text) == ("text", "Letter 0")
    assert message.kind in MESSAGE_KINDS
    assert message.channel_message_id.endswith("101")
    assert message.addresses
    assert message.sent_at.tzinfo is not None


def test_a_batch_is_read_whole_and_in_order(kit: Kit) -> None:
    channel = kit.at(NOWHERE)
    count = 5 if kit.is_batching else 1
    body = kit.frame(said(kit, count))
    pieces = channel.split(encoded(body))
    assert len(pieces) == count
    whole = channel.parse(body)
    assert [one.text for one in whole if isinstance(one, ShopperMessage)] == [
        f"Letter {number}" for number in range(count)
    ]
    assert [event for piece in pieces for event in channel.parse(piece.body)] == whole
    for piece in pieces:
        assert channel.split(encoded(piece.body)) == [piece]


def test_what_can_not_be_read_is_kept_and_its_neighbours_are_read(kit: Kit) -> None:
    channel = kit.at(NOWHERE)
    for odd in kit.odd:
        first, last = said(kit, 2)
        body = kit.frame([first, odd, last] if kit.is_batching else [odd])
        pieces = channel.split(encoded(body))
        found = [event for piece in pieces for event in channel.parse(piece.body)]
        assert found == channel.parse(body)
        (kept,) = (one for one in found if isinstance(one, Unreadable))
        assert kept.reason.startswith(("malformed", "unknown_kind:"))
        texts = [one.text for one in found if isinstance(one, ShopperMessage)]
        assert texts == (["Letter 0", "Letter 1"] if kit.is_batching else [])


def test_a_kind_of_tomorrow_is_kept_whole_under_its_own_name(kit: Kit) -> None:
    channel = kit.at(NOWHERE)
    (piece,) = channel.split(encoded(kit.tomorrow))
    (kept,) = channel.parse(piece.body)
    assert isinstance(kept, Unreadable)
    assert kept.reason.startswith("unknown_kind:")
    assert kept.reason != "unknown_kind:other"
    assert kept.body == kit.tomorrow


def test_the_same_call_twice_says_the_same(kit: Kit) -> None:
    for body in (kit.frame(said(kit, 1)), kit.tomorrow):
        first, second = kit.at(NOWHERE), kit.at(NOWHERE)
        assert first.split(encoded(body)) == second.split(encoded(body))
        assert first.parse(body) == second.parse(json.loads(encoded(body)))


_odd = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just("\ud800")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def _spoil(body: Any, draw: Callable[[Any], Any]) -> Any:
    """The same with something else in one place, however deep."""
    if not isinstance(body, dict | list) or not body or draw(st.integers(0, 9)) == 0:
        return draw(_odd)
    keys = sorted(body) if isinstance(body, dict) else range(len(body))
    key = draw(st.sampled_from(list(keys)))
    changed = dict(body) if isinstance(body, dict) else list(body)
    changed[key] = _spoil(body[key], draw)
    return changed


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_comes_is_read_or_kept_and_nothing_is_raised(kit: Kit, data: st.DataObject) -> None:
    channel = kit.at(NOWHERE)
    body = _spoil(data.draw(st.sampled_from([kit.frame(said(kit, 1)), kit.tomorrow])), data.draw)
    whole = channel.parse(body)
    assert whole
    try:
        pieces = channel.split(encoded(body))
    except Unsplittable:
        return
    assert [event for piece in pieces for event in channel.parse(json.loads(encoded(piece.body)))] == whole


def test_only_who_knows_the_verify_token_is_answered(kit: Kit) -> None:
    channel: Channel = kit.at(NOWHERE)
    answer = CHALLENGE if channel.capabilities.handshake else None
    assert channel.handshake(kit.asked("known"), "known") == answer
    for query, token in (({}, "known"), (kit.asked("other"), "known"), (kit.asked(""), "")):
        assert channel.handshake(query, token) is None
