"""A message, whoever wrote it and wherever: in the bot's own chat, or in one that it helps a person with.

Times are whole seconds, ids are numbers of up to 52 bits, unique within a chat.
Source: core.telegram.org/bots/api#message
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain.events import Address, Echo, Edit, Event, Media, ShopperMessage, scope_of
from integrations.reading import identifier, mapping, required_id, seconds, text_of
from integrations.telegram.content import Said, content_of
from integrations.telegram.entities import links, start_payload


def wire_of(content: Mapping[str, Any]) -> Address:
    """Where an answer goes: the chat, within the business connection where there is one. Raises Malformed."""
    chat_id = required_id(mapping(content.get("chat")).get("id"))
    business = identifier(content.get("business_connection_id"))
    if business:
        return Address("business_chat", required_id(f"{business}/{chat_id}"))
    return Address("chat", chat_id)


def shopper_of(wire: Address) -> Address:
    """Who they are, whichever business connection they write through."""
    return Address(wire.kind, wire.value.rpartition("/")[2])


def name_of(person: Any) -> str:
    """A person's first and last name."""
    names = (text_of(mapping(person).get(field)) for field in ("first_name", "last_name"))
    return " ".join(name for name in names if name)[:200]


def is_by_shop(message: Mapping[str, Any], wire: Address) -> bool:
    """In a business chat the owner's own words come as well: everybody but the shopper is the shop."""
    if wire.kind != "business_chat":
        return False
    sender = required_id(mapping(message.get("from")).get("id"))
    return sender != shopper_of(wire).value or "sender_business_bot" in message


def new_message(message: Mapping[str, Any]) -> Event:
    """What a new message says: a shopper's, or an echo of what the shop's side wrote. Raises Malformed."""
    wire = wire_of(message)
    said = content_of(message)
    if is_by_shop(message, wire):
        return _echo(message, wire, said)
    message_id = required_id(message.get("message_id"))
    album = identifier(message.get("media_group_id"))
    return ShopperMessage(
        addresses=(shopper_of(wire),),
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=message_id,
        sent_at=seconds(message.get("date")),
        kind="story_reply" if said.kind == "text" and "reply_to_story" in message else said.kind,
        text=said.text,
        name=name_of(message.get("from")),
        language=text_of(mapping(message.get("from")).get("language_code"), 35),
        media=_parts(said, message_id) if album else said.media,
        reply_to=_reply_to(message),
        ref=start_payload(message),
        details={**said.details, **_around(message)},
        album=album,
    )


def edited_message(message: Mapping[str, Any]) -> Edit:
    """What a message says now. Raises Malformed."""
    wire = wire_of(message)
    return Edit(
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(message.get("message_id")),
        at=seconds(message.get("edit_date", message.get("date"))),
        text=content_of(message).text,
        by_shop=is_by_shop(message, wire),
    )


def _echo(message: Mapping[str, Any], wire: Address, said: Said) -> Echo:
    return Echo(
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(message.get("message_id")),
        sent_at=seconds(message.get("date")),
        kind=said.kind,
        text=said.text,
        media=said.media,
        reply_to=_reply_to(message),
    )


def _parts(said: Said, message_id: str) -> tuple[Media, ...]:
    """An album is several messages: each file says which one brought it, and with which words."""
    return tuple(replace(one, part=message_id, caption=said.text) for one in said.media)


def _reply_to(message: Mapping[str, Any]) -> str:
    """A reply to another chat's message answers nothing here."""
    return identifier(mapping(message.get("reply_to_message")).get("message_id"))


def _around(message: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the content: where it came from, what it answers, where its words lead."""
    origin = mapping(message.get("forward_origin"))
    elsewhere = mapping(message.get("external_reply"))
    story_id = identifier(mapping(message.get("reply_to_story")).get("id"))
    found = {
        "forwarded": "once" if origin else "",
        "forwarded_from": _source(origin),
        "replied_elsewhere": _source(mapping(elsewhere.get("origin"))),
        "quote": text_of(mapping(message.get("quote")).get("text"), 1024),
        "story": {"id": story_id} if story_id else {},
        "via_bot": text_of(mapping(message.get("via_bot")).get("username"), 64),
        "links": links(message),
    }
    return {name: value for name, value in found.items() if value}


def _source(origin: Mapping[str, Any]) -> str:
    """Who wrote what is passed on or answered: a person, somebody who hides it, a group or a channel."""
    chat = mapping(origin.get("sender_chat") or origin.get("chat"))
    hidden = text_of(origin.get("sender_user_name"), 200)
    return name_of(origin.get("sender_user")) or hidden or text_of(chat.get("title"), 200)
