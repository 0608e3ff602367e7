"""Who is calling, and what one call holds: exactly one update.

Source: core.telegram.org/bots/api#setwebhook, core.telegram.org/bots/api#update
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalicelib.domain.events import Piece
from chalicelib.ports.errors import InvalidSignature
from integrations.reading import identifier, mapping

SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"
# An update of our own, which no bot can get from Telegram.
SELF_TEST: Final = "parley_test"


def verify(headers: Mapping[str, str], secrets: Sequence[str]) -> None:
    """Raise InvalidSignature unless the header is one of the secrets that were given to setWebhook.

    Telegram signs nothing: the header is all that tells it from anybody else.
    """
    given = headers.get(SECRET_HEADER, "").encode("utf-8", "surrogatepass")
    is_known = False
    for secret in secrets:
        is_known |= hmac.compare_digest(given, secret.encode("utf-8", "surrogatepass")) and secret != ""
    if not is_known:
        raise InvalidSignature


def cut(body: Mapping[str, Any]) -> list[Piece]:
    """The one update, as it came."""
    content = mapping(next((body[name] for name in body if name != "update_id"), None))
    return [Piece("", _chat_of(content), body)]


def self_test(secrets: Sequence[str], nonce: str) -> tuple[Mapping[str, str], bytes]:
    """A call that only who knows the secret can make. Telegram's own updates never have this number."""
    body = {"update_id": 0, SELF_TEST: {"nonce": nonce}}
    headers = {"content-type": "application/json", SECRET_HEADER: next(iter(secrets), "")}
    return headers, json.dumps(body).encode()


def _chat_of(content: Mapping[str, Any]) -> str:
    """The chat that an update is about, else the person; within a business connection, with its id."""
    message = mapping(content.get("message"))
    chat = mapping(content.get("chat") or message.get("chat"))
    business = identifier(content.get("business_connection_id") or message.get("business_connection_id"))
    chat_id = identifier(chat.get("id"))
    if business and chat_id:
        return identifier(f"{business}/{chat_id}")
    person = mapping(content.get("from") or content.get("user"))
    return chat_id or identifier(person.get("id"))
