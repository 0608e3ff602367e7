"""What a channel can tell us, in one vocabulary for all channels.

A webhook body is cut into pieces (`Piece`), one event each; a piece is parsed into the events below. What
each of them means for window, answer and metrics stands in `meanings`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from chalicelib.domain.templates.definitions import TemplateNews

Status = Literal["received", "queued", "sent", "delivered", "read", "failed", "uncertain", "skipped", "note"]

# What a message is, in words that all channels share. `unsupported`: the shopper sent something, the
# channel can't say what. `comment`: under a post of the shop, where everybody reads it.
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
    "form",
    "order",
    "story_mention",
    "story_reply",
    "share",
    "view_once",
    "poll",
    "appointment",
    "call",
    "comment",
    "unsupported",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a shopper is reached on one channel.

    `kind` names the channel's own id: `bsuid` or `phone` (WhatsApp, digits without +), `psid` (Messenger),
    `igsid` (Instagram), `chat` (Telegram), `business_chat` (a person's own Telegram account that a bot helps
    with: `<business connection>/<chat>` on the wire, the chat alone as who they are).
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
    """A file that came with a message: by the channel's id, or by a link that expires.

    part, caption: the channel's id of the message that brought it and its words, where an album is shown as
    one message.
    expires_at: when the link dies, or the file that we keep; None when it is not known.
    state, reason, key: what became of it, as `domain/files` says; '' of one that is never fetched.
    """

    mime_type: str = ""
    channel_media_id: str = ""
    url: str = ""
    filename: str = ""
    size: int = 0
    expires_at: datetime | None = None
    part: str = ""
    caption: str = ""
    state: str = ""
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopperMessage:
    """A shopper wrote. The first of `addresses` is who they are; `wire` is where an answer goes.

    chat: the scope within which the channel keeps `channel_message_id` unique (`scope_of` the wire).
    text: what can be shown: the text, a caption, a button's title, a place's name; '' where there is none.
    language: the channel's hint as it came (`pt-br`), '' where it gives none.
    payload: what stands behind a tapped button or list row. ref: what a deep link or an ad carried.
    details: what else there is, by kind, as JSON: see `schemas/details.json`.
    album: messages of one album share it and are shown as one. acknowledge: what the channel wants answered
    (Telegram's callback), '' for most. is_standby: another app holds the thread and answers.
    is_now: the channel names no time; `sent_at` is not later than it happened.
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
    payload: str = ""
    ref: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    album: str = ""
    acknowledge: str = ""
    is_standby: bool = False
    is_now: bool = False


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
    media: tuple[Media, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A message of ours went on: `sent`, `delivered`, `read` or `failed`.

    It names its message by the channel's id (with `chat`), or by the `reference` that we had put on it,
    or, with `up_to`, means every message to `wire` sent no later than that. code: the channel's error, for
    `failed`; reason: what it means, as `SendRejected` names it; retry_after_s: it did not arrive, and the
    same message may pass after so long (None: refused for good). limits: `marketing` where the channel takes
    no more of the account's.
    """

    status: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    wire: Address | None = None
    chat: str = ""
    channel_message_id: str = ""
    reference: str = ""
    up_to: datetime | None = None
    code: str = ""
    reason: str = ""
    retry_after_s: float | None = None
    limits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """Somebody put an emoji on a message, or took it back (`emoji` is ''). by_shop: from the shop's own
    phone or inbox."""

    addresses: tuple[Address, ...]
    wire: Address
    chat: str
    target_id: str
    emoji: str
    at: datetime
    by_shop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A message says something else now. The latest edit wins: by `at`, then by `number` where it is
    counted."""

    wire: Address
    chat: str
    target_id: str
    at: datetime
    text: str
    number: int = 0
    by_shop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A message was taken back: what we stored of it goes. wire: None where the channel does not say.

    is_now: the channel names no time; `at` is not later than it happened.
    """

    wire: Address | None
    chat: str
    target_id: str
    at: datetime
    by_shop: bool = False
    is_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A shopper came to the thread by a link or an ad, and has written nothing. details: `source`, `ad_id`,
    and so on, as JSON."""

    addresses: tuple[Address, ...]
    wire: Address
    at: datetime
    ref: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A shopper told the channel what they want to get: `value` is `stop`, `resume` or `opt_in`.

    details: the channel's own words for it, as JSON (a token to write with, a topic, until when).
    """

    addresses: tuple[Address, ...]
    wire: Address
    at: datetime
    value: Literal["stop", "resume", "opt_in"]
    purpose: str = "marketing"
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """Another app took the thread, gave it to us, or asks for it (`holder`: `other`, `us`, `asked`)."""

    wire: Address
    at: datetime
    holder: Literal["other", "us", "asked"]
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChange:
    """The same person under another id: their thread goes on. old: who they were; new: who they are."""

    old: tuple[Address, ...]
    new: tuple[Address, ...]
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A shopper blocked the shop's account, or lets it write again."""

    addresses: tuple[Address, ...]
    wire: Address
    at: datetime
    is_reachable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The channel tells the shop something about its account, a template, or what is said elsewhere.

    kind: our stable word (`template_status`, `number_quality`, `account_restricted`, `mention`, …); subject:
    what it is about (a template's name, a media id); problem: '' or what the shop must see to, as a stable
    word (`account_blocked`, `template_broken`, `quality_low`, …). details: the rest, as JSON.
    at: None where the channel gives no time. template: what it says of a template's state, to be remembered.
    """

    kind: str
    at: datetime | None = None
    subject: str = ""
    problem: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    template: TemplateNews | None = None


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Our own test call, made by the check of a connection, has come all the way."""

    nonce: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A piece that we do not know, or could not read; it is kept whole and can be replayed.

    reason: a short stable word for counting, such as `unknown_kind:poll` or `malformed`.
    """

    reason: str
    body: Mapping[str, Any] = field(default_factory=dict)


Event = (
    ShopperMessage
    | Echo
    | StatusChange
    | Reaction
    | Edit
    | Deletion
    | Referral
    | Preference
    | Takeover
    | IdentityChange
    | Membership
    | Notice
    | SelfTest
)

# A row holds 400 KB: no channel lets a shopper write a tenth of this, but a body may hold anything.
_LONGEST_TEXT: Final = 60_000
_MOST_MEDIA: Final = 30
_MOST_DETAILS: Final = 60_000


def shortened(event: Event) -> Event:
    """The event, cut to what a row takes."""
    if isinstance(event, ShopperMessage):
        media = tuple(one for one in event.media[:_MOST_MEDIA] if len(one.url) <= 4096)
        details = event.details if len(str(event.details)) <= _MOST_DETAILS else {}
        return replace(
            event, text=event.text[:_LONGEST_TEXT], name=event.name[:200], media=media, details=details
        )
    if isinstance(event, Echo | Edit):
        return replace(event, text=event.text[:_LONGEST_TEXT])
    return event


class Unsplittable(ValueError):
    """The body is no webhook of this channel at all: it is kept whole, as it came."""
