"""Who is calling, and what one call holds: exactly one update.

Source: core.telegram.org/bots/api#setwebhook, core.telegram.org/bots/api#update
"""

import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.domain.events import Piece
from chalicelib.ports import InvalidSignature
from integrations.reading import identifier, mapping


def verify(headers: Mapping[str, str], secrets: Sequence[str]) -> None:
    """Raise InvalidSignature unless the header is one of the secrets that were given to setWebhook.

    Telegram signs nothing: the header is all that tells it from anybody else.
    """
    given = headers.get("x-telegram-bot-api-secret-token", "").encode("utf-8", "surrogatepass")
    is_known = False
    for secret in secrets:
        is_known |= hmac.compare_digest(given, secret.encode("utf-8", "surrogatepass")) and secret != ""
    if not is_known:
        raise InvalidSignature


def cut(body: Mapping[str, Any]) -> list[Piece]:
    """The one update, as it came."""
    content = mapping(next((body[name] for name in body if name != "update_id"), None))
    return [Piece("", _chat_of(content), body)]


def _chat_of(content: Mapping[str, Any]) -> str:
    """The chat that an update is about, else the person."""
    chat = content.get("chat") or mapping(content.get("message")).get("chat")
    person = content.get("from") or content.get("user")
    return identifier(mapping(chat).get("id")) or identifier(mapping(person).get("id"))
