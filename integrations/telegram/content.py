"""What a message holds: its kind, its words, its files, and what else there is.

Source: core.telegram.org/bots/api#message
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Final

from chalicelib.domain.events import Media
from integrations.reading import Malformed, identifier, listed, mapping, text_of


@dataclass(frozen=True, slots=True)
class Said:
    """A message's content in our words; details as in `ShopperMessage`."""

    kind: str
    text: str = ""
    media: tuple[Media, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


Reader = Callable[[Mapping[str, Any], Any], Said]

_MOST_FILES: Final = 30
_MOST_LINES: Final = 200
# Where a rich message's blocks have their words: runs of text, and further blocks.
_RUNS: Final = ("title", "text", "caption", "summary")
_WORDS: Final = (*_RUNS, "blocks", "items", "cells")
# Stand in every message, or beside what it holds: none of them says what it is.
# fmt: off
_FRAME: Final = frozenset({
    "message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count",
    "sender_business_bot", "sender_tag", "date", "guest_query_id", "business_connection_id", "chat",
    "forward_origin", "is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply",
    "quote", "reply_to_story", "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot",
    "guest_bot_caller_user", "guest_bot_caller_chat", "edit_date", "has_protected_content", "is_from_offline",
    "is_paid_post", "media_group_id", "author_signature", "paid_star_count", "entities",
    "link_preview_options", "suggested_post_info", "effect_id", "caption", "caption_entities",
    "show_caption_above_media", "has_media_spoiler", "reply_markup",
})
# fmt: on


def content_of(message: Mapping[str, Any]) -> Said:
    """What a message says. A field that we do not know is `unsupported`, not an error: somebody wrote."""
    for name, read in READERS.items():
        if name in message:
            return read(message, message[name])
    return Said("unsupported", _caption(message), details={"what": _unknown_field(message)})


def file_of(raw: Any, mime_type: str = "") -> tuple[Media, ...]:
    """A file by its id: one, or none where the id is missing."""
    file = mapping(raw)
    file_id = identifier(file.get("file_id"))
    if not file_id:
        return ()
    size = file.get("file_size")
    return (
        Media(
            mime_type=text_of(file.get("mime_type"), 255) or mime_type,
            channel_media_id=file_id,
            filename=text_of(file.get("file_name"), 255),
            size=size if isinstance(size, int) and not isinstance(size, bool) and 0 < size < 2**53 else 0,
        ),
    )


def number(value: Any) -> float | int | None:
    """A number that rows can hold."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < 2**53 else None


def _text(message: Mapping[str, Any], text: Any) -> Said:
    if not isinstance(text, str):
        raise Malformed("a text without text")
    return Said("text", text_of(text))


def _photo(message: Mapping[str, Any], sizes: Any) -> Said:
    return Said("image", _caption(message), file_of(_largest(sizes), "image/jpeg"))


def _live_photo(message: Mapping[str, Any], raw: Any) -> Said:
    """A still picture and the moment around it: a photo that moves a little."""
    moving, still = mapping(raw), file_of(_largest(mapping(raw).get("photo")), "image/jpeg")
    return Said("image", _caption(message), still + file_of(moving, "video/mp4"))


def _file(kind: str, mime_type: str = "", **details: Any) -> Reader:
    def read(message: Mapping[str, Any], raw: Any) -> Said:
        return Said(kind, _caption(message), file_of(raw, mime_type), details)

    return read


def _sticker(message: Mapping[str, Any], raw: Any) -> Said:
    sticker = mapping(raw)
    mime_type = "video/webm" if sticker.get("is_video") is True else "image/webp"
    mime_type = "application/x-tgsticker" if sticker.get("is_animated") is True else mime_type
    return Said("sticker", text_of(sticker.get("emoji"), 64), file_of(sticker, mime_type))


def _paid_media(message: Mapping[str, Any], raw: Any) -> Said:
    """Photos and videos that cost stars. What is still locked has a preview without a file."""
    parts = [mapping(one) for one in listed(mapping(raw).get("paid_media"))[:_MOST_FILES]]
    media = tuple(chain.from_iterable(_files_in(part) for part in parts))
    kind = "video" if any(part.get("type") == "video" for part in parts) else "image"
    details = {"what": "paid_media", "stars": number(mapping(raw).get("star_count")) or 0}
    return Said(kind if media else "unsupported", _caption(message), media, details)


def _contact(message: Mapping[str, Any], raw: Any) -> Said:
    contact = mapping(raw)
    names = (text_of(contact.get("first_name"), 200), text_of(contact.get("last_name"), 200))
    name = " ".join(name for name in names if name)
    phone, sender = (
        text_of(contact.get("phone_number"), 32),
        identifier(mapping(message.get("from")).get("id")),
    )
    # Telegram itself says whose number it is: the shopper's own is proven to be theirs.
    is_own = sender != "" and identifier(contact.get("user_id")) == sender
    card = {"name": name, "phones": [phone] if phone else [], "is_own": is_own}
    return Said("contacts", name, details={"cards": [card]})


def _location(message: Mapping[str, Any], raw: Any) -> Said:
    return Said("location", details=_place(raw))


def _venue(message: Mapping[str, Any], raw: Any) -> Said:
    venue = mapping(raw)
    title, address = text_of(venue.get("title"), 200), text_of(venue.get("address"), 400)
    named = {name: value for name, value in (("name", title), ("address", address)) if value}
    return Said("location", title, details=_place(venue.get("location")) | named)


def _place(raw: Any) -> dict[str, Any]:
    names = ("latitude", "longitude", "live_period")
    found = {name: number(mapping(raw).get(name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _poll(message: Mapping[str, Any], raw: Any) -> Said:
    poll = mapping(raw)
    options = [text_of(mapping(one).get("text"), 200) for one in listed(poll.get("options"))[:_MOST_FILES]]
    return Said("poll", text_of(poll.get("question"), 1000), details={"options": options})


def _dice(message: Mapping[str, Any], raw: Any) -> Said:
    value = number(mapping(raw).get("value"))
    return Said("text", text_of(mapping(raw).get("emoji"), 64), details={"dice": value})


def _story(message: Mapping[str, Any], raw: Any) -> Said:
    """A story that is passed on: bots get its number only."""
    return Said("share", _caption(message), details={"story": {"id": identifier(mapping(raw).get("id"))}})


def _rich(message: Mapping[str, Any], raw: Any) -> Said:
    """Headings, paragraphs, tables, pictures: the words of each block on a line of its own, and the files."""
    blocks = listed(mapping(raw).get("blocks"))[:_MOST_LINES]
    lines = (words_in(block).strip() for block in blocks)
    media = chain.from_iterable(_files_in(mapping(block)) for block in blocks)
    return Said("text", "\n".join(line for line in lines if line), tuple(islice(media, _MOST_FILES)))


def words_in(node: Any, between: str = "\n") -> str:
    """All words of a block, in order, whatever it is built of: runs of text side by side, parts below each
    other, the cells of a row with a space between."""
    if isinstance(node, str):
        return text_of(node)
    if isinstance(node, list):
        return between.join(word for word in (words_in(one, " ") for one in node) if word)
    parts = mapping(node)
    inner = (words_in(parts[name], "" if name in _RUNS else "\n") for name in _WORDS if name in parts)
    return "\n".join(word for word in inner if word)


def _what(name: str, words: str = "") -> Reader:
    """Something that a shop can't show as it is: said what it is, with the words under `words` in it."""

    def read(message: Mapping[str, Any], raw: Any) -> Said:
        text = text_of(mapping(raw).get(words), 1000) if words else ""
        return Said("unsupported", text or _caption(message), details={"what": name})

    return read


def _files_in(part: Mapping[str, Any]) -> Iterator[Media]:
    """The files of a block, or of a part of paid media: under the name of its type."""
    name = part.get("type")
    if name in ("photo", "live_photo", *_FILES):
        yield from READERS[name]({}, part.get(name)).media
    for inner in listed(part.get("blocks"))[:_MOST_FILES]:
        yield from _files_in(mapping(inner))


def _largest(sizes: Any) -> Mapping[str, Any]:
    """A photo comes in several sizes, the largest last."""
    return mapping(listed(sizes)[-1]) if listed(sizes) else {}


def _caption(message: Mapping[str, Any]) -> str:
    return text_of(message.get("caption"))


def _unknown_field(message: Mapping[str, Any]) -> str:
    return next((name[:64] for name in message if name not in _FRAME and name.isidentifier()), "empty")


_FILES: Final[dict[str, Reader]] = {
    "animation": _file("video"),
    "video": _file("video"),
    "video_note": _file("video", "video/mp4"),
    "audio": _file("audio"),
    "voice": _file("audio", "audio/ogg", voice=True),
    "document": _file("document"),
}
# By field, and the first that is there counts: an animation is a document as well, a venue is a location, a
# live photo may be a photo.
READERS: Final[dict[str, Reader]] = {
    "text": _text,
    "live_photo": _live_photo,
    "photo": _photo,
    **_FILES,
    "sticker": _sticker,
    "paid_media": _paid_media,
    "contact": _contact,
    "venue": _venue,
    "location": _location,
    "poll": _poll,
    "dice": _dice,
    "story": _story,
    "rich_message": _rich,
    "checklist": _what("checklist", "title"),
    "game": _what("game", "title"),
    "invoice": _what("invoice", "title"),
    "successful_payment": _what("successful_payment"),
    "web_app_data": _what("web_app_data", "button_text"),
    "users_shared": _what("users_shared"),
    "chat_shared": _what("chat_shared"),
}
