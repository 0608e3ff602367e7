"""What a Telegram update says. Times are whole seconds, ids are numbers of up to 52 bits.

Source: core.telegram.org/bots/api#update, core.telegram.org/bots/api#message
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.events import (
    Address,
    Event,
    Media,
    Piece,
    Reaction,
    ShopperMessage,
    Unreadable,
    scope_of,
)
from integrations.reading import (
    Malformed,
    first,
    identifier,
    listed,
    mapping,
    read_each,
    required_id,
    seconds,
    text_of,
    unknown,
)
from integrations.telegram.webhook import cut

# Field of a message -> our kind; the first that is there counts, since an animation is a document as well.
_FILES: Final[dict[str, str]] = {
    "animation": "video",
    "video": "video",
    "video_note": "video",
    "audio": "audio",
    "voice": "audio",
    "sticker": "sticker",
    "document": "document",
}
# What Telegram puts into a private chat on its own account: nobody wrote.
_NOTICES: Final = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "connected_website",
        "chat_background_set",
        "proximity_alert_triggered",
        "refunded_payment",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "new_chat_members",
        "left_chat_member",
    }
)


def parse(body: Mapping[str, Any]) -> list[Event | Unreadable]:
    """Translate an update into what it says. Never raises."""
    return read_each(body, cut, _read)


def _read(piece: Piece) -> list[Event | Unreadable]:
    required_id(piece.body.get("update_id"))
    name = next((known for known in ("message", "message_reaction") if known in piece.body), "")
    if not name:
        return unknown(next((name for name in piece.body if name != "update_id"), "empty"), piece)
    content = piece.body[name]
    if not isinstance(content, dict):
        raise Malformed("an update without content")
    chat = mapping(content.get("chat"))
    if chat.get("type") != "private":  # groups and channels are left alone
        return unknown(f"{chat.get('type')}_{name}", piece)
    wire = Address("chat", required_id(chat.get("id")))
    if name == "message_reaction":
        return [_reaction(content, wire)]
    notice = next((field for field in content if field in _NOTICES), None)
    return unknown(notice, piece) if notice else [_message(content, wire)]


def _message(message: Mapping[str, Any], wire: Address) -> ShopperMessage:
    sender = mapping(message.get("from"))
    names = (text_of(sender.get("first_name")), text_of(sender.get("last_name")))
    kind, text, media = _content(message)
    return ShopperMessage(
        addresses=(wire,),
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(message.get("message_id")),
        sent_at=seconds(message.get("date")),
        kind=kind,
        text=text,
        name=" ".join(name for name in names if name)[:200],
        language=text_of(sender.get("language_code"), 35),
        media=media,
        reply_to=identifier(mapping(message.get("reply_to_message")).get("message_id")),
    )


def _reaction(content: Mapping[str, Any], wire: Address) -> Reaction:
    """The new reactions replace the old ones: none when it was taken back. A custom one has no emoji."""
    new = first(content.get("new_reaction"))
    emoji = text_of(mapping(new).get("emoji"), 64)
    return Reaction(
        addresses=(wire,),
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(content.get("message_id")),
        emoji="" if new is None else emoji or "❔",
        at=seconds(content.get("date")),
    )


def _content(message: Mapping[str, Any]) -> tuple[str, str, tuple[Media, ...]]:
    """Kind, text and files. A field that we do not know is `unsupported`, not an error: somebody wrote."""
    if "text" in message:
        if not isinstance(message["text"], str):
            raise Malformed("a text without text")
        return "text", text_of(message["text"]), ()
    caption = text_of(message.get("caption"))
    if "photo" in message:
        return "image", caption, _file(_largest(message["photo"]), "image/jpeg")
    for field, kind in _FILES.items():
        if field in message:
            file = mapping(message[field])
            return kind, caption or text_of(file.get("emoji")), _file(file, "")
    if "venue" in message:
        return "location", text_of(mapping(message["venue"]).get("title")), ()
    if "location" in message:
        return "location", "", ()
    if "contact" in message:
        return "contacts", text_of(mapping(message["contact"]).get("first_name")), ()
    return "share" if "story" in message else "unsupported", caption, ()


def _largest(sizes: Any) -> Mapping[str, Any]:
    """A photo comes in several sizes, the largest last."""
    return mapping(listed(sizes)[-1]) if listed(sizes) else {}


def _file(file: Mapping[str, Any], mime_type: str) -> tuple[Media, ...]:
    file_id = identifier(file.get("file_id"))
    if not file_id:
        return ()
    return (
        Media(
            mime_type=text_of(file.get("mime_type"), 255) or mime_type,
            channel_media_id=file_id,
            filename=text_of(file.get("file_name"), 255),
        ),
    )
