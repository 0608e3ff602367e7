"""What a channel can tell us, in one vocabulary for all channels.

A webhook body is cut into pieces (`Piece`), one event each; a piece is parsed into the events below.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

Status = Literal["received", "queued", "sent", "delivered", "read", "failed", "uncertain", "skipped", "note"]

# What a message is, in words that all channels share. `unsupported`: the shopper sent something, the
# channel can't say what.
MESSAGE_KINDS: Final = (
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "button",
    "order",
    "story_mention",
    "story_reply",
    "share",
    "unsupported",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a shopper is reached on one channel.

    `kind` names the channel's own id: `bsuid` or `phone` (WhatsApp, digits without +), `psid` (Messenger),
    `igsid` (Instagram), `chat` (Telegram).
    """

    kind: str
    value: str


def scope_of(wire: Address) -> str:
    """Within what the channel keeps the ids of messages to and from this address unique: `chat` of the
    events.

    Telegram counts per chat; for Messenger and Instagram it is the shopper. WhatsApp's ids are unique
    everywhere, and are looked for even after a phone number has given way to a business-scoped id: ''.
    """
    return "" if wire.kind in ("phone", "bsuid") else wire.value


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of a webhook body, itself a whole webhook body that holds nothing else.

    account: the external account that its entry names, '' where the channel names none (Telegram).
    address: the shopper's address on the wire, '' where the event has none; events of one address stay in
    order.
    """

    account: str
    address: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a message: by the channel's id, or by a link that expires."""

    mime_type: str = ""
    channel_media_id: str = ""
    url: str = ""
    filename: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopperMessage:
    """A shopper wrote. The first of `addresses` is who they are; `wire` is where an answer goes.

    chat: the scope within which the channel keeps `channel_message_id` unique (`scope_of` the wire).
    text: what can be shown: the text, a caption, a button's title, a place's name; '' where there is none.
    language: the channel's hint as it came (`pt-br`), '' where it gives none.
    """

    addresses: tuple[Address, ...]
    wire: Address
    chat: str
    channel_message_id: str
    sent_at: datetime
    kind: str
    text: str = ""
    name: str = ""
    language: str = ""
    media: tuple[Media, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """The shop's side wrote: by us, by a person on the shop's own phone or inbox, or by another tool.

    reference: what we had put on our own message (Messenger's `metadata`); '' when it is not ours or can't
    be known.
    """

    wire: Address
    chat: str
    channel_message_id: str
    sent_at: datetime
    kind: str
    text: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A message of ours went on: `sent`, `delivered`, `read` or `failed`.

    It names its message by the channel's id (with `chat`), or by the `reference` that we had put on it,
    or, with `up_to`, means every message to `wire` sent no later than that. code: the channel's error, for
    `failed`.
    """

    status: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    wire: Address | None = None
    chat: str = ""
    channel_message_id: str = ""
    reference: str = ""
    up_to: datetime | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A shopper put an emoji on a message, or took it back (`emoji` is '')."""

    addresses: tuple[Address, ...]
    wire: Address
    chat: str
    target_id: str
    emoji: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A piece that we do not know, or could not read; it is kept whole and can be replayed.

    reason: a short stable word for counting, such as `unknown_kind:poll` or `malformed`.
    """

    reason: str
    body: Mapping[str, Any] = field(default_factory=dict)


Event = ShopperMessage | Echo | StatusChange | Reaction

# A row holds 400 KB: no channel lets a shopper write a tenth of this, but a body may hold anything.
_LONGEST_TEXT: Final = 60_000
_MOST_MEDIA: Final = 30


def shortened(event: Event) -> Event:
    """The event, cut to what a row takes."""
    if isinstance(event, ShopperMessage):
        media = tuple(one for one in event.media[:_MOST_MEDIA] if len(one.url) <= 4096)
        return replace(event, text=event.text[:_LONGEST_TEXT], name=event.name[:200], media=media)
    if isinstance(event, Echo):
        return replace(event, text=event.text[:_LONGEST_TEXT])
    return event


class Unsplittable(ValueError):
    """The body is no webhook of this channel at all: it is kept whole, as it came."""
