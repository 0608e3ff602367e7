"""What a WhatsApp webhook body says.

Times are whole seconds, as text. Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components,
developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

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
from integrations.whatsapp.webhook import EVENT_LISTS, addresses_of, cut, wire_of

_STATUSES: Final[dict[str, Literal["sent", "delivered", "read", "failed"]]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # a voice message that was played first
    "failed": "failed",
}
_MEDIA: Final = frozenset({"image", "video", "audio", "document", "sticker"})
# What comes in `messages` and is not a message: kept until there is a meaning for it.
_NOTICES: Final = frozenset({"system", "edit", "revoke", "request_welcome"})


def parse(body: Mapping[str, Any]) -> list[Event | Unreadable]:
    """Translate a body, usually a piece, into what it says. Never raises."""
    return read_each(body, cut, _read)


def _read(piece: Piece) -> list[Event | Unreadable]:
    change = mapping(first(first(piece.body["entry"]).get("changes")))
    value = mapping(change.get("value"))
    name = next((name for name in EVENT_LISTS if value.get(name)), "")
    if not name:
        has_only_errors = change.get("field") == "messages" and "errors" in value
        return unknown("errors" if has_only_errors else change.get("field"), piece)
    event = first(value[name])
    if not isinstance(event, dict) or not mapping(value.get("metadata")).get("phone_number_id"):
        raise Malformed("no event, or nobody could say whose number it is")
    if "group_id" in event or event.get("recipient_type") == "group":
        return unknown("group", piece)
    if name == "messages":
        return _message(event, value, piece)
    if name == "statuses":
        return _status(event, piece)
    return _echo(event, piece) if name == "message_echoes" else unknown(name, piece)


def _message(event: Mapping[str, Any], value: Mapping[str, Any], piece: Piece) -> list[Event | Unreadable]:
    what = required_id(event.get("type"))
    if what in _NOTICES:
        return unknown(what, piece)
    addresses = addresses_of(event, "messages")
    wire = _required(wire_of(addresses))
    context = mapping(event.get("context"))
    if what == "reaction":
        return [_reaction(event, addresses, wire)]
    kind, text, media = content_of(event)
    message = ShopperMessage(
        addresses=addresses,
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(event.get("id")),
        sent_at=seconds(event.get("timestamp")),
        kind=kind,
        text=text,
        name=_name_of(addresses, value),
        media=media,
        reply_to=identifier(context.get("id")),
    )
    return [message]


def _reaction(event: Mapping[str, Any], addresses: tuple[Address, ...], wire: Address) -> Reaction:
    """Taking it back is an empty `emoji`, or none."""
    reaction = mapping(event.get("reaction"))
    return Reaction(
        addresses=addresses,
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(reaction.get("message_id")),
        emoji=text_of(reaction.get("emoji"), 64),
        at=seconds(event.get("timestamp")),
    )


def _status(event: Mapping[str, Any], piece: Piece) -> list[Event | Unreadable]:
    """Both names of the recipient may be absent: the message's id and our reference still name it."""
    status = _STATUSES.get(required_id(event.get("status")))
    if status is None:
        return unknown("status", piece)
    wire = wire_of(addresses_of(event, "statuses"))
    error = mapping(first(event.get("errors")))
    change = StatusChange(
        status=status,
        at=seconds(event.get("timestamp")),
        wire=wire,
        chat=scope_of(wire) if wire else "",
        channel_message_id=required_id(event.get("id")),
        reference=identifier(event.get("biz_opaque_callback_data")),
        code=identifier(error.get("code")) if status == "failed" else "",
    )
    return [change]


def _echo(event: Mapping[str, Any], piece: Piece) -> list[Event | Unreadable]:
    """The merchant wrote in the WhatsApp Business app on their phone (a number onboarded by coexistence)."""
    what = required_id(event.get("type"))
    if what in _NOTICES or what == "reaction":
        return unknown(f"echo_{what}", piece)
    wire = _required(wire_of(addresses_of(event, "message_echoes")))
    kind, text, _ = content_of(event)
    echo = Echo(
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(event.get("id")),
        sent_at=seconds(event.get("timestamp")),
        kind=kind,
        text=text,
    )
    return [echo]


def content_of(event: Mapping[str, Any]) -> tuple[str, str, tuple[Media, ...]]:
    """Kind, text and files of a message. A type that we do not know is `unsupported`: somebody wrote."""
    what = event["type"]
    content = mapping(event.get(what))
    if what == "text":
        if not isinstance(content.get("body"), str):
            raise Malformed("a text without text")
        return "text", text_of(content["body"]), ()
    if what in _MEDIA:
        return what, text_of(content.get("caption")), _media(content)
    if what == "location":
        return "location", text_of(content.get("name")) or text_of(content.get("address")), ()
    if what == "contacts":
        return "contacts", _names(event.get("contacts")), ()
    if what == "button":
        return "button", text_of(content.get("text")), ()
    if what == "order":
        return "order", text_of(content.get("text")), ()
    if what == "interactive":
        return _interactive(content)
    return "unsupported", "", ()


def _interactive(content: Mapping[str, Any]) -> tuple[str, str, tuple[Media, ...]]:
    """A tapped button or list row, or a filled-in form. The object itself may be missing."""
    for name, label in (("button_reply", "title"), ("list_reply", "title"), ("nfm_reply", "body")):
        if name in content:
            return "button", text_of(mapping(content[name]).get(label)), ()
    return "unsupported", "", ()


def _media(content: Mapping[str, Any]) -> tuple[Media, ...]:
    """The file is fetched by its id; an id is good for 7 days, the link beside it for 5 minutes."""
    media_id = identifier(content.get("id"))
    if not media_id:
        return ()
    mime_type, filename = text_of(content.get("mime_type"), 255), text_of(content.get("filename"), 255)
    return (Media(mime_type=mime_type, channel_media_id=media_id, filename=filename),)


def _names(contacts: Any) -> str:
    names = [text_of(mapping(mapping(card).get("name")).get("formatted_name")) for card in listed(contacts)]
    return ", ".join(name for name in names if name)


def _name_of(addresses: tuple[Address, ...], value: Mapping[str, Any]) -> str:
    """The profile name of the contact that shares an id with the message."""
    ids = {address.value for address in addresses}
    for contact in map(mapping, listed(value.get("contacts"))):
        if ids & {identifier(contact.get("wa_id")), identifier(contact.get("user_id"))}:
            return text_of(mapping(contact.get("profile")).get("name"), 200)
    return ""


def _required(wire: Address | None) -> Address:
    if wire is None:
        raise Malformed("nobody could be answered")
    return wire
