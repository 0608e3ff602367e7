"""A message: one row of a thread, whoever wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from chalicelib.domain.content import Content
from chalicelib.domain.events import Media, Status
from chalicelib.domain.ids import sort_key, stable_id
from chalicelib.domain.meanings import meaning_of

Author = Literal["shopper", "human", "auto", "campaign"]
# Why something is sent: a person's answer, the automatic answer, that a STOP, a START or an order from
# the catalogue was heard, the question for consent, news of an order, a survey, a cart's step, a campaign; a
# notice to the shop's own people; or nothing at all (a note stays inside).
Purpose = Literal[
    "", "reply", "answer", "note", "confirm", "ask", "update", "survey", "cart", "campaign", "notice"
]

# A status only ever climbs: `delivered` after `read` changes nothing, `failed` is only possible before
# delivery.
_RANK: Final[dict[Status, int]] = {
    "queued": 0,
    "uncertain": 1,
    "sent": 2,
    "failed": 3,
    "delivered": 4,
    "read": 5,
    "skipped": 6,
    "received": 6,
    "note": 6,
}


def rank(status: Status) -> int:
    """How far a message has come; a status moves only to a higher rank."""
    return _RANK[status]


# What a shopper says of consent and waits for nobody: as in `consent.heard.SETTLED`.
_SETTLED: Final = ("stop", "start", "yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Inbound, or an intent to send and what became of it.

    sent_at: the channel's time for what a shopper wrote; for ours the moment fixed when it was intended.
    attempt: how often sending was begun. claim: who is sending now, until `lease_until`; '' when nobody is.
    started_at: when the last attempt began: a read receipt up to a later moment covers it.
    reactions: who put what, as `facts.put` writes it.
    content: what we send, where it is more than its text. payload, ref, details: what else the shopper's
    message holds, as in `ShopperMessage`.
    edited: when it was last changed, as `facts.edition` writes it. deleted_at: it was taken back, and is
    empty since.
    given_up: the channel's ids of attempts that failed later and were made again: what they tell is past.
    again: the sort key of the message as which a person has sent this one again, or ''.
    """

    message_id: str
    author: Author
    kind: str
    text: str
    sent_at: datetime
    status: Status
    purpose: Purpose = ""
    reason: str = ""
    by: str = ""
    chat: str = ""
    channel_message_id: str = ""
    reply_to: str = ""
    media: tuple[Media, ...] = ()
    reactions: Mapping[str, str] = field(default_factory=dict)
    content: Content | None = None
    payload: str = ""
    ref: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    edited: str = ""
    deleted_at: datetime | None = None
    given_up: tuple[str, ...] = ()
    received_at: datetime | None = None
    attempt: int = 0
    claim: str = ""
    lease_until: datetime | None = None
    started_at: datetime | None = None
    again: str = ""

    @property
    def sort(self) -> str:
        """Its place in the thread."""
        return sort_key(self.sent_at, self.message_id)


def waits_for_answer(message: Message, channel: str) -> bool:
    """Whether whoever wrote it waits for a person of the shop."""
    if message.details.get("consent") in _SETTLED or is_thanks(message):
        return False
    is_standby = bool(message.details.get("standby"))
    return message.author == "shopper" and meaning_of(message.kind, channel, is_standby=is_standby).counts


def is_thanks(message: Message) -> bool:
    """Whether a shopper's words only round a conversation off."""
    return bool(message.details.get("asks", {}).get("kind") == "nothing")


def inbound_id(connection_id: str, chat: str, channel_message_id: str) -> str:
    """The id of what a channel delivered: the same each time it is delivered.

    Telegram's times are whole seconds and its ids count up, so a number leads the id: it is also what orders
    messages of the same moment.
    """
    counted = channel_message_id.zfill(16) if channel_message_id.isdecimal() else ""
    return f"ms_{counted}{stable_id('', connection_id, chat, channel_message_id)[1:]}"


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Names one message: what queues carry, and what comes back from channels as `reference`."""

    merchant_id: str
    thread_id: str
    sort: str

    @property
    def reference(self) -> str:
        """The part that goes to a channel: no merchant, who is known from the connection it comes back on."""
        return f"{self.thread_id}/{self.sort}"


def ref_from(merchant_id: str, reference: str) -> MessageRef | None:
    """Read a reference back; None when it is not of our making."""
    thread_id, slash, sort = reference.partition("/")
    if not slash or not thread_id.startswith("th_") or "#" not in sort:
        return None
    return MessageRef(merchant_id, thread_id, sort)
