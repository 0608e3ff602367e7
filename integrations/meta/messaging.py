"""What the messaging events of Messenger and Instagram say: one shape; where they differ, both are read.

Times are milliseconds. Source: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/messenger-platform/instagram/features/webhook
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.events import (
    Address,
    Echo,
    Event,
    Media,
    Piece,
    Reaction,
    ShopperMessage,
    StatusChange,
    Unreadable,
    scope_of,
)
from integrations.meta.webhook import EVENT_LISTS, cut_messaging, shopper_of
from integrations.reading import (
    Malformed,
    first,
    identifier,
    listed,
    mapping,
    milliseconds,
    read_each,
    required_id,
    text_of,
    unknown,
)

# Attachment type -> our kind. A share is only a link to something on the platform.
_KINDS: Final[dict[str, str]] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "document",
    "sticker": "sticker",
    "location": "location",
    "story_mention": "story_mention",
    **dict.fromkeys(("fallback", "template", "share", "media", "post", "ig_post"), "share"),
    **dict.fromkeys(("reel", "ig_reel", "story", "ig_story"), "share"),
}
_FILES: Final = frozenset({"image", "video", "audio", "file", "sticker", "story_mention"})
# Some reactions come as a word only.
_EMOJI: Final[dict[str, str]] = {
    "love": "❤️",
    "smile": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😠",
    "like": "👍",
    "dislike": "👎",
}
_KNOWN: Final = ("message", "postback", "reaction", "delivery", "read")
_FRAME: Final = frozenset({"sender", "recipient", "timestamp"})


def parse(body: Mapping[str, Any], kind: str, address_kind: str) -> list[Event | Unreadable]:
    """Translate a body of this `object`, usually a piece, into what it says. Never raises."""
    return read_each(
        body, lambda body: cut_messaging(body, kind), lambda piece: _read_piece(piece, address_kind)
    )


def _read_piece(piece: Piece, address_kind: str) -> list[Event | Unreadable]:
    entry = first(piece.body["entry"])
    name = next((name for name in EVENT_LISTS if entry.get(name)), None)
    if name is None:
        return unknown(entry.get("field", "empty"), piece)
    event = first(entry[name])
    if not isinstance(event, dict):
        raise Malformed("an event is no object")
    if name == "standby":  # another app answers this thread
        return unknown("standby", piece)
    if name == "changes":
        return unknown(event.get("field"), piece)
    return _messaging(event, piece, address_kind)


def _messaging(event: Mapping[str, Any], piece: Piece, address_kind: str) -> list[Event | Unreadable]:
    name = next((known for known in _KNOWN if known in event), "")
    if not name:
        return unknown(next((other for other in event if other not in _FRAME), "empty"), piece)
    content = event[name]
    if not isinstance(content, dict):
        raise Malformed("an event without content")
    if content.get("is_self"):
        return unknown("self_message", piece)
    shopper = shopper_of(event, piece.account)
    if not shopper or not piece.account:
        raise Malformed("nobody could say who it is")
    wire = Address(address_kind, shopper)
    by_shop = identifier(mapping(event.get("sender")).get("id")) == piece.account
    if name == "message":
        return _message(event, content, wire, by_shop, piece)
    if name == "delivery":
        return _delivered(event, content, wire)
    if name == "read":
        return [_seen(event, content, wire)]
    if by_shop:
        return unknown(f"own_{name}", piece)
    return [_reaction(event, content, wire) if name == "reaction" else _postback(event, content, wire)]


def _message(
    event: Mapping[str, Any], message: Mapping[str, Any], wire: Address, by_shop: bool, piece: Piece
) -> list[Event | Unreadable]:
    if message.get("is_deleted"):
        return unknown("deletion", piece)
    is_echo = by_shop or bool(message.get("is_echo"))
    return [_echo(event, message, wire) if is_echo else _written(event, message, wire)]


def _echo(event: Mapping[str, Any], message: Mapping[str, Any], wire: Address) -> Echo:
    """What any app or person wrote for the shop; Messenger gives back the `metadata` of our own."""
    kind, text, _ = _content(message)
    return Echo(
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(message.get("mid")),
        sent_at=milliseconds(event.get("timestamp")),
        kind=kind,
        text=text,
        reference=identifier(message.get("metadata")),
    )


def _written(event: Mapping[str, Any], message: Mapping[str, Any], wire: Address) -> ShopperMessage:
    kind, text, media = _content(message)
    return ShopperMessage(
        addresses=(wire,),
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(message.get("mid")),
        sent_at=milliseconds(event.get("timestamp")),
        kind=kind,
        text=text,
        media=media,
        reply_to=identifier(mapping(message.get("reply_to")).get("mid")),
    )


def _postback(event: Mapping[str, Any], postback: Mapping[str, Any], wire: Address) -> ShopperMessage:
    """A tapped button, menu entry or ice breaker. Older ones have no `mid`: the moment names them."""
    at = milliseconds(event.get("timestamp"))
    return ShopperMessage(
        addresses=(wire,),
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=identifier(postback.get("mid")) or f"postback:{event['timestamp']}",
        sent_at=at,
        kind="button",
        text=text_of(postback.get("title")),
    )


def _reaction(event: Mapping[str, Any], reaction: Mapping[str, Any], wire: Address) -> Reaction:
    """`emoji` and `reaction` may both be missing, always when it was taken back."""
    taken_back = reaction.get("action") == "unreact"
    word = identifier(reaction.get("reaction"))
    emoji = text_of(reaction.get("emoji"), 64) or _EMOJI.get(word, "❔")
    return Reaction(
        addresses=(wire,),
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(reaction.get("mid")),
        emoji="" if taken_back else emoji,
        at=milliseconds(event.get("timestamp")),
    )


def _delivered(
    event: Mapping[str, Any], delivery: Mapping[str, Any], wire: Address
) -> list[Event | Unreadable]:
    """Ids come sometimes, the watermark always: it covers every message sent no later."""
    up_to = milliseconds(delivery.get("watermark"))
    at = milliseconds(event.get("timestamp", delivery.get("watermark")))
    changes: list[Event | Unreadable] = [
        StatusChange(status="delivered", at=at, wire=wire, chat=scope_of(wire), channel_message_id=mid)
        for raw in listed(delivery.get("mids"))
        if (mid := identifier(raw))
    ]
    return [*changes, StatusChange(status="delivered", at=at, wire=wire, up_to=up_to)]


def _seen(event: Mapping[str, Any], read: Mapping[str, Any], wire: Address) -> StatusChange:
    """Messenger tells a watermark, Instagram the id of the last message that was seen."""
    if "mid" in read:
        mid = required_id(read["mid"])
        at = milliseconds(event.get("timestamp"))
        return StatusChange(status="read", at=at, wire=wire, chat=scope_of(wire), channel_message_id=mid)
    up_to = milliseconds(read.get("watermark"))
    at = milliseconds(event.get("timestamp", read.get("watermark")))
    return StatusChange(status="read", at=at, wire=wire, up_to=up_to)


def _content(message: Mapping[str, Any]) -> tuple[str, str, tuple[Media, ...]]:
    """Kind, text and files. What has neither text nor a known attachment is `unsupported`: somebody wrote."""
    attachments = [mapping(attachment) for attachment in listed(message.get("attachments"))]
    stickers = _stickers_in(attachments)
    attachments = stickers or attachments
    text = text_of(message.get("text"))
    media = tuple(found for attachment in attachments if (found := _file(attachment)))
    if stickers:
        return "sticker", text, media
    if attachments:
        kind = _KINDS.get(identifier(attachments[0].get("type")), "unsupported")
        return kind, text or _title(attachments[0]), media
    if not text:
        return "unsupported", "", ()
    if "quick_reply" in message:
        return "button", text, ()
    is_about_story = "story" in mapping(message.get("reply_to"))
    return "story_reply" if is_about_story else "text", text, ()


def _stickers_in(attachments: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A sticker was an image with a sticker id once, came as both until 2026-08-30, and has its own type
    now."""
    stickers = [each for each in attachments if each.get("type") == "sticker"]
    return stickers or [each for each in attachments if "sticker_id" in mapping(each.get("payload"))]


def _title(attachment: Mapping[str, Any]) -> str:
    """What a share or a place is called: on its payload, or beside it."""
    return text_of(mapping(attachment.get("payload")).get("title")) or text_of(attachment.get("title"))


def _file(attachment: Mapping[str, Any]) -> Media | None:
    """A file is a link that expires; a view-once one has none."""
    url = text_of(mapping(attachment.get("payload")).get("url"))
    if not url or attachment.get("type") not in _FILES:
        return None
    return Media(url=url)
