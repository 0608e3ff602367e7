"""What every webhook body of the fixtures means. The table is the specification: one line for each body."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import meanings_instagram
import meanings_messenger
import meanings_telegram
import meanings_whatsapp
import pytest

from chalicelib.domain.events import (
    Deletion,
    Echo,
    Edit,
    Event,
    IdentityChange,
    Membership,
    Notice,
    Preference,
    Reaction,
    Referral,
    SelfTest,
    ShopperMessage,
    StatusChange,
    Takeover,
    Unreadable,
)
from integrations.registry import CHANNELS, BaseUrls
from tests.every import holds_for_every

FIXTURES = Path(__file__).parents[2] / "fixtures"


MEANINGS = {
    "whatsapp": meanings_whatsapp.MEANINGS,
    "messenger": meanings_messenger.MEANINGS,
    "instagram": meanings_instagram.MEANINGS,
    "telegram": meanings_telegram.MEANINGS,
}
CASES = [(channel, name) for channel, bodies in MEANINGS.items() for name in bodies]


def told(event: Event | Unreadable) -> tuple[str, ...]:
    match event:
        case ShopperMessage():
            return ("message", event.kind, event.text)
        case Echo():
            return ("echo", event.kind, event.text)
        case StatusChange():
            return ("status", event.status, event.channel_message_id or "up to")
        case Reaction():
            return ("reaction", event.emoji, event.target_id)
        case Edit():
            return ("edit", event.text, event.target_id)
        case Deletion():
            return ("deletion", event.target_id)
        case Referral():
            return ("referral", event.ref)
        case Preference():
            return ("preference", event.purpose, event.value)
        case Takeover():
            return ("takeover", event.holder)
        case IdentityChange():
            return ("identity", *(address.value for address in (*event.old, *event.new)))
        case Membership():
            return ("membership", "reachable" if event.is_reachable else "blocked")
        case Notice():
            return ("notice", event.kind, event.subject, event.problem)
        case SelfTest():
            return ("self_test", event.nonce)
        case Unreadable():
            return ("kept", event.reason)


def body_of(channel: str, name: str) -> bytes:
    return (FIXTURES / channel / f"{name}.json").read_bytes()


def a_whole_body_means_this(channel: str, name: str) -> None:
    events = CHANNELS[channel](BaseUrls()).parse(json.loads(body_of(channel, name)))
    assert [told(event) for event in events] == MEANINGS[channel][name]


def its_pieces_mean_the_same_one_by_one(channel: str, name: str) -> None:
    speaker = CHANNELS[channel](BaseUrls())
    body = body_of(channel, name)
    pieces = speaker.split(body)
    assert pieces
    in_pieces: list[Any] = [event for piece in pieces for event in speaker.parse(piece.body)]
    assert in_pieces == speaker.parse(json.loads(body))


def a_piece_is_a_body_that_is_cut_into_itself(channel: str, name: str) -> None:
    speaker = CHANNELS[channel](BaseUrls())
    for piece in speaker.split(body_of(channel, name)):
        assert speaker.split(json.dumps(piece.body).encode()) == [piece]


def test_every_fixture_is_in_the_table_and_the_reverse() -> None:
    found = {
        (path.parent.name, path.stem) for path in FIXTURES.glob("*/*.json") if path.parent.name in CHANNELS
    }
    assert found == set(CASES)


def cutting_drops_nothing_around_an_event(channel: str, name: str) -> None:
    body = json.loads(body_of(channel, name))
    pieces = CHANNELS[channel](BaseUrls()).split(body_of(channel, name))
    if len(pieces) == 1:
        assert pieces[0].body == body
    for piece in pieces if channel != "telegram" else []:
        (entry,) = piece.body["entry"]
        assert piece.body.keys() == body.keys()
        assert any(entry.get("time") == whole.get("time") for whole in body["entry"])


CLAIMS = (
    a_whole_body_means_this,
    its_pieces_mean_the_same_one_by_one,
    a_piece_is_a_body_that_is_cut_into_itself,
    cutting_drops_nothing_around_an_event,
)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.__name__)
def test_of_every_body(claim: Callable[[str, str], None]) -> None:
    holds_for_every(CASES, claim)
