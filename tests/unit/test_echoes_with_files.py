"""What the shop's own people send from their phones: its files are had like those of shoppers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain import facts
from chalicelib.domain.events import Address, Deletion, Echo, Media
from chalicelib.domain.files import shown_state
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.work import FetchFiles, SettleEcho, Work
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.threads import Change
from chalicelib.services.receiving.settle_echoes import SettleEchoes
from integrations.registry import CHANNELS, BaseUrls

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ANN = Address("phone", "447700900123")
DIES_AT = NOW + timedelta(hours=24)
BY_ID = Media(mime_type="image/jpeg", channel_media_id="17")
BY_LINK = Media(url="https://a.b/c.jpg", expires_at=DIES_AT)


@dataclass
class World:
    """Rows and queue around one echo that waits."""

    parked: tuple[Any, ...]
    changes: list[Change] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)

    def pointer(self, *names: str) -> Pointer:
        return Pointer("cn_1", "", "m.1", None, self.parked)

    def find(self, *names: Any) -> None:
        return None

    def erased_at(self, *names: Any) -> None:
        return None

    def commit(self, change: Change) -> None:
        self.changes.append(change)

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        self.works += works

    def measure(self, *what: Any) -> None:
        return None


def settled(channel: str, media: Media, *told: facts.Fact) -> tuple[Message, Change, World]:
    """The echo of a picture as it is stored; told: what else is known of it."""
    echo = Echo(wire=ANN, chat="", channel_message_id="m.1", sent_at=NOW, kind="image", media=(media,))
    world = World(tuple(json.loads(json.dumps(one)) for one in (facts.echo_fact(echo), *told)))
    ports: Any = (world, world, world, world, lambda name: CHANNELS[name](BaseUrls()), world)
    SettleEchoes(*ports)(SettleEcho("mt_1", "cn_1", channel, "", "m.1"), NOW + timedelta(minutes=1))
    (change,) = world.changes
    (message,) = change.new
    return message, change, world


@pytest.mark.parametrize(("channel", "media"), [("whatsapp", BY_ID), ("messenger", BY_LINK)])
def test_a_picture_that_the_shops_people_send_is_fetched(channel: str, media: Media) -> None:
    message, change, world = settled(channel, media)
    assert [shown_state(one, NOW) for one in message.media] == ["waiting"]
    work = FetchFiles(MessageRef("mt_1", change.thread.thread_id, message.sort), "cn_1")
    assert world.works == [due.work for due in change.due] == [work]


def test_a_picture_that_may_not_be_kept_is_shown_while_its_link_lives() -> None:
    message, change, world = settled("instagram", BY_LINK)
    assert [shown_state(one, NOW) for one in message.media] == ["link"]
    assert [shown_state(one, DIES_AT + timedelta(seconds=1)) for one in message.media] != ["link"]
    assert (change.due, world.works) == ((), [])


def test_a_picture_that_was_taken_back_before_is_not_fetched() -> None:
    taken_back = facts.deletion_fact(Deletion(wire=ANN, chat="", target_id="m.1", at=NOW))
    message, change, world = settled("whatsapp", BY_ID, taken_back)
    assert (message.media, change.due, world.works) == ((), (), [])
