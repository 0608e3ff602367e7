"""Whatever a platform sends, nothing raises but Unsplittable, and all of it is read or kept."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.events import MESSAGE_KINDS, Piece, ShopperMessage, Unreadable, Unsplittable
from chalicelib.ports.channel import Channel
from integrations.registry import CHANNELS, BaseUrls

FIXTURES = Path(__file__).parents[2] / "fixtures"
SPEAKERS: dict[str, Channel] = {name: make(BaseUrls()) for name, make in CHANNELS.items()}
BODIES = {
    name: [json.loads(path.read_text()) for path in sorted((FIXTURES / name).glob("*.json"))]
    for name in CHANNELS
}
OBJECTS = {"whatsapp": "whatsapp_business_account", "messenger": "page", "instagram": "instagram"}

_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**62, max_value=2**80),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.just("x" * 600),
    st.just("\ud800"),
    st.just([]),
    st.just({}),
    st.recursive(
        st.one_of(st.none(), st.text(max_size=5), st.integers()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
        ),
        max_leaves=8,
    ),
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += _paths(inner, (*path, index))
    return found


@st.composite
def _damaged(draw: st.DrawFn, name: str) -> Any:
    """A body of the fixtures with one to four places changed, removed or added."""
    body = copy.deepcopy(draw(st.sampled_from(BODIES[name])))
    for _ in range(draw(st.integers(1, 4))):
        paths = _paths(body)
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        parent = body
        for key in path[:-1]:
            parent = parent[key]
        match draw(st.sampled_from(("change", "remove", "add"))):
            case "change":
                parent[path[-1]] = draw(_ODD)
            case "remove":
                del parent[path[-1]]
            case _ if isinstance(parent, dict):
                parent[draw(st.text(max_size=10))] = draw(_ODD)
            case _:
                parent.append(draw(_ODD))
    return body


def split(name: str, body: bytes) -> list[Piece] | None:
    try:
        return SPEAKERS[name].split(body)
    except Unsplittable:
        return None


def _check(name: str, body: Any) -> None:
    raw = json.dumps(body).encode()
    pieces = split(name, raw)
    whole = SPEAKERS[name].parse(body)
    if pieces is None:
        return
    assert pieces
    events = []
    for piece in pieces:
        assert len(piece.account) <= 517
        assert len(piece.address) <= 512
        (piece.account + piece.address).encode()
        again = json.loads(json.dumps(piece.body))
        events += SPEAKERS[name].parse(again)
    assert events == whole
    for event in events:
        if isinstance(event, ShopperMessage):
            assert event.kind in MESSAGE_KINDS
            assert 0 < len(event.channel_message_id) <= 512
            (event.text + event.name + event.channel_message_id + event.wire.value).encode()
        if isinstance(event, Unreadable):
            assert event.reason == "malformed" or event.reason.startswith("unknown_kind:")
            assert len(event.reason) < 80


@pytest.mark.parametrize("name", CHANNELS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_damaged_bodies_are_read_or_kept(name: str, data: st.DataObject) -> None:
    _check(name, data.draw(_damaged(name)))


@pytest.mark.parametrize("name", CHANNELS)
@settings(max_examples=150, deadline=None)
@given(body=_ODD)
def test_any_json_is_read_or_kept(name: str, body: Any) -> None:
    _check(name, body)


@pytest.mark.parametrize("name", CHANNELS)
@settings(max_examples=150, deadline=None)
@given(body=st.binary(max_size=300))
def test_any_bytes_are_cut_or_kept_whole(name: str, body: bytes) -> None:
    split(name, body)


@pytest.mark.parametrize("name", CHANNELS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_truncated_body_is_kept_whole(name: str, data: st.DataObject) -> None:
    raw = json.dumps(data.draw(st.sampled_from(BODIES[name]))).encode()
    with pytest.raises(Unsplittable):
        SPEAKERS[name].split(raw[: data.draw(st.integers(0, len(raw) - 1))])


def _inside(name: str, value: str) -> bytes:
    """A body whose frame is sound, with this JSON text somewhere inside."""
    if name == "telegram":
        return f'{{"update_id": 1, "message": {{"text": {value}}}}}'.encode("utf-8", "surrogatepass")
    inner = f'"messaging": [{{"message": {value}}}]'
    if name == "whatsapp":
        inner = f'"changes": [{{"field": "messages", "value": {{"messages": [{value}]}}}}]'
    body = f'{{"object": "{OBJECTS[name]}", "entry": [{{"id": "1", {inner}}}]}}'
    return body.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "-Infinity",
        "1e999",
        "9" * 5000,
        "[" * 200 + "]" * 200,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        '"\ud800"',
        '{"a": 1, "a": 2}',
    ],
    ids=[
        "nan",
        "infinity",
        "too large a float",
        "too long an int",
        "deep",
        "very deep",
        "deep objects",
        "no utf-8",
        "a name that comes twice",
    ],
)
def test_what_no_one_could_write_down_again_is_kept_whole(name: str, value: str) -> None:
    with pytest.raises(Unsplittable):
        SPEAKERS[name].split(_inside(name, value))


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("value", ["1" * 4000, "1e300", '"\\ud800"', "[" * 50 + "]" * 50, "null", '""'])
def test_odd_values_within_reason_are_cut(name: str, value: str) -> None:
    (piece,) = SPEAKERS[name].split(_inside(name, value))
    assert json.dumps(piece.body)
    (event,) = SPEAKERS[name].parse(piece.body)
    assert isinstance(event, Unreadable)


@pytest.mark.parametrize("name", CHANNELS)
def test_a_huge_body_is_cut(name: str) -> None:
    (piece,) = SPEAKERS[name].split(_inside(name, json.dumps("ä" * 500_000)))
    assert len(json.dumps(piece.body)) > 3_000_000


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_more_events_than_a_platform_ever_sends_are_kept_whole(name: str) -> None:
    with pytest.raises(Unsplittable):
        SPEAKERS[name].split(_inside(name, "{}").replace(b"[{", b"[" + b"{}," * 10_001 + b"{"))


@pytest.mark.parametrize("name", sorted(OBJECTS))
@pytest.mark.parametrize(
    "body", [{}, {"entry": []}, {"object": "user", "entry": [{}]}, {"entry": {"id": "1"}}]
)
def test_a_body_of_another_kind_is_kept_whole(name: str, body: Mapping[str, Any]) -> None:
    with pytest.raises(Unsplittable):
        SPEAKERS[name].split(json.dumps({"object": OBJECTS[name]} | dict(body)).encode())


@pytest.mark.parametrize("name", sorted(OBJECTS))
@pytest.mark.parametrize("entry", [None, 1, "x", [], {}, {"id": "1"}, {"id": ["1"], "changes": None}])
def test_an_entry_without_events_is_a_piece_as_it_stands(name: str, entry: Any) -> None:
    body = {"object": OBJECTS[name], "entry": [entry]}
    (piece,) = SPEAKERS[name].split(json.dumps(body).encode())
    assert piece.body == body


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("body", [None, [], "x", 1, {}])
def test_parse_takes_anything(name: str, body: Any) -> None:
    (event,) = SPEAKERS[name].parse(body)
    assert event == Unreadable("malformed", body if isinstance(body, dict) else {})
