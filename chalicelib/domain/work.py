"""What waits to be done: queue messages and due rows carry one of these."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import MessageRef


@dataclass(frozen=True, slots=True)
class Send:
    """Send this message, if the gate lets it. `group`: what keeps one shopper's messages in order."""

    ref: MessageRef
    group: str


@dataclass(frozen=True, slots=True)
class SettleEcho:
    """Decide whether a message of the shop's side, which we did not send, was a human."""

    merchant_id: str
    connection_id: str
    channel: str
    chat: str
    channel_message_id: str


Work = Send | SettleEcho


@dataclass(frozen=True, slots=True)
class Due:
    """Work that the tick takes up at `at` unless somebody finishes it before.

    since: when it was first due, however often it was taken up since; None: at `at`.
    """

    work: Work
    at: datetime
    since: datetime | None = None

    @property
    def due_id(self) -> str:
        return due_id(self.work)


def overdue_s(due: Due, now: datetime) -> float:
    """How late it is."""
    return (now - (due.since or due.at)).total_seconds()


def due_id(work: Work) -> str:
    """The same work has one due row, whenever it is due."""
    if isinstance(work, Send):
        return stable_id("due", "send", work.ref.merchant_id, work.ref.thread_id, work.ref.sort)
    return stable_id("due", "echo", work.merchant_id, work.connection_id, work.chat, work.channel_message_id)


def work_to_json(work: Work) -> dict[str, str]:
    """What queue messages and due rows carry; schemas/work.json says the same."""
    if isinstance(work, Send):
        return {
            "kind": "send",
            "merchant_id": work.ref.merchant_id,
            "thread_id": work.ref.thread_id,
            "sort": work.ref.sort,
            "group": work.group,
        }
    return {"kind": "settle_echo", **asdict(work)}


def work_from_json(raw: Mapping[str, Any]) -> Work:
    """Raises KeyError, TypeError or ValueError on anything but our own."""
    kind = raw["kind"]
    if kind == "send":
        return Send(MessageRef(raw["merchant_id"], raw["thread_id"], raw["sort"]), raw["group"])
    if kind == "settle_echo":
        return SettleEcho(
            merchant_id=raw["merchant_id"],
            connection_id=raw["connection_id"],
            channel=raw["channel"],
            chat=raw["chat"],
            channel_message_id=raw["channel_message_id"],
        )
    raise ValueError(f"unknown work {kind!r}")
