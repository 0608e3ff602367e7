"""Sending as a Telegram bot.

Plain text everywhere: without `parse_mode` nothing in a text can be taken for markup.
Source: core.telegram.org/bots/api#available-methods, core.telegram.org/bots/api#sending-files
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Button, Content, File, Place
from chalicelib.domain.events import Address
from chalicelib.ports.channel import OutboundMessage
from chalicelib.ports.errors import OutcomeUnknown, SendRejected
from integrations.reading import identifier, mapping
from integrations.telegram.bot import Bot
from integrations.telegram.errors import MarkupRejected

Call = tuple[str, dict[str, Any]]

# Kind -> method and its parameter.
_FILES: Final[dict[str, tuple[str, str]]] = {
    "image": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "audio": ("sendAudio", "audio"),
    "document": ("sendDocument", "document"),
}
# Types that their kind's own method does not take by a link.
_BY_TYPE: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("image", "image/gif"): ("sendAnimation", "animation"),
    ("audio", "audio/ogg"): ("sendVoice", "voice"),
}
_MARKUP: Final = frozenset({"parse_mode", "entities", "caption_entities", "quote_parse_mode"})


def send(bot: Bot, message: OutboundMessage, connection: Connection) -> str:
    """Send; return its id, which is unique within the chat. Telegram tells nothing about it later."""
    if message.content.kind == "reaction":
        return _react(bot, message, connection)
    method, body = call_of(message)
    result = _without_markup_at_last(bot, connection.token, method, body)
    message_id = identifier(mapping(result).get("message_id"))
    if not message_id:
        raise OutcomeUnknown("the answer can't be read")
    return message_id


def call_of(message: OutboundMessage) -> Call:
    """Method and parameters. Raises SendRejected for what a bot can't send."""
    content = message.content
    method, body = _content(content)
    body = chat_of(message.to) | body
    if content.buttons:
        body["reply_markup"] = {"inline_keyboard": [[_button(button)] for button in content.buttons]}
    reply_to = number(message.reply_to)
    # A tap or a reaction has a name that we made: it can't be replied to.
    if isinstance(reply_to, int):
        body["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    return method, body


def chat_of(to: Address) -> dict[str, Any]:
    """The parameters that name a chat: within a business connection, the connection as well."""
    business, _, chat_id = to.value.rpartition("/")
    chat: dict[str, Any] = {"chat_id": number(chat_id)}
    return {"business_connection_id": business} | chat if to.kind == "business_chat" else chat


def number(id: str) -> int | str:
    """Telegram's ids are numbers on the wire."""
    return int(id) if id.isascii() and id.removeprefix("-").isdigit() else id


def refused() -> SendRejected:
    """What no call could say: nothing was sent."""
    return SendRejected("local", "invalid")


def _without_markup_at_last(bot: Bot, token: str, method: str, body: Mapping[str, Any]) -> Any:
    """Should Telegram find broken markup after all, the words go out once more as plain text."""
    try:
        return bot.result(token, method, body)
    except MarkupRejected:
        plain = {name: value for name, value in body.items() if name not in _MARKUP}
    return bot.result(token, method, plain)


def _content(content: Content) -> Call:
    if content.kind in ("text", "buttons"):
        return "sendMessage", {"text": content.text}
    if content.kind in _FILES and content.file is not None and content.file.url:
        return _file(content.kind, content.file, content.text)
    if content.kind == "location" and content.place is not None:
        return _place(content.place)
    raise refused()


def _file(kind: str, file: File, caption: str) -> Call:
    method, part = _BY_TYPE.get((kind, file.mime_type.partition(";")[0]), _FILES[kind])
    return method, {part: file.url} | ({"caption": caption} if caption else {})


def _place(place: Place) -> Call:
    """A venue wants both a name and an address."""
    point = {"latitude": place.latitude, "longitude": place.longitude}
    if not place.name and not place.address:
        return "sendLocation", point
    named = {"title": place.name or place.address, "address": place.address or place.name}
    return "sendVenue", point | named


def _button(button: Button) -> dict[str, str]:
    return {"text": button.title} | ({"url": button.url} if button.url else {"callback_data": button.id})


def _react(bot: Bot, message: OutboundMessage, connection: Connection) -> str:
    """An empty text takes the reaction back. The answer names nothing; in a person's own chat bots can't.

    Telegram takes each emoji without the mark that asks for its coloured form.
    """
    target, emoji = number(message.content.target), message.content.text.replace("\ufe0f", "")
    if message.to.kind != "chat" or not isinstance(target, int):
        raise refused()
    reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
    body = chat_of(message.to) | {"message_id": target, "reaction": reaction}
    if bot.result(connection.token, "setMessageReaction", body) is not True:
        raise OutcomeUnknown("the answer can't be read")
    return f"reaction:{target}"
