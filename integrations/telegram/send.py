"""Sending as a Telegram bot, and what the Bot API's errors mean.

Source: core.telegram.org/bots/api#sendmessage, core.telegram.org/bots/api#making-requests
"""

from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports import OutboundMessage, OutcomeUnknown, RetryLater, SendError, SendRejected
from integrations.http import CUT_OFF, Answer
from integrations.reading import identifier, mapping
from integrations.telegram.bot import Bot

_LONGEST_HINT_S: Final = 86_400
# What the description of a 400 or 403 says -> why it is refused for good. There are no finer codes.
# Source: github.com/tdlib/telegram-bot-api, Client.cpp
_REFUSALS: Final[tuple[tuple[str, str], ...]] = (
    ("blocked by the user", "unreachable"),
    ("user is deactivated", "unreachable"),
    ("bot was kicked", "unreachable"),
    ("not a member", "unreachable"),
    ("can't initiate conversation", "unreachable"),
    ("chat not found", "unreachable"),
    ("user not found", "unreachable"),
    ("peer_id_invalid", "unreachable"),
    ("message is too long", "too_long"),
)


def send(bot: Bot, message: OutboundMessage, connection: Connection) -> str:
    """Send a text; return its id, which is unique within the chat. Telegram tells nothing about it later."""
    answer = bot.call(connection.token, "sendMessage", body_of(message))
    body = mapping(answer.body)
    if not answer.is_ok or body.get("ok") is False:
        raise send_error(answer)
    message_id = identifier(mapping(body.get("result")).get("message_id"))
    if not message_id:
        raise OutcomeUnknown("the answer can't be read")
    return message_id


def body_of(message: OutboundMessage) -> dict[str, Any]:
    """Plain text: without `parse_mode` nothing in it can be taken for markup."""
    body: dict[str, Any] = {"chat_id": _number(message.to.value), "text": message.content.text}
    if message.reply_to:
        body["reply_parameters"] = {
            "message_id": _number(message.reply_to),
            "allow_sending_without_reply": True,
        }
    return body


def send_error(answer: Answer) -> SendError:
    """Name what happens next. Unknown errors are permanent: no retry storm."""
    body = mapping(answer.body)
    code = body.get("error_code", answer.status)
    if code == 429:
        return RetryLater(_hint_s(answer), "429")
    if answer.status in CUT_OFF and "ok" not in body:
        return OutcomeUnknown(f"a gateway answered {answer.status} in the platform's place")
    if code == 421 or answer.status >= 500 or (isinstance(code, int) and code >= 500):
        return RetryLater(10.0, identifier(code))
    if code in (401, 404, 409):  # 404 is an unknown token: the method exists
        return SendRejected(identifier(code), "token_rejected")
    description = str(body.get("description", "")).lower()
    refusal = next((reason for words, reason in _REFUSALS if words in description), None)
    return SendRejected(identifier(code), refusal or ("not_permitted" if code == 403 else "invalid"))


def _hint_s(answer: Answer) -> float:
    """`retry_after` in the body, else in the header; whole seconds."""
    given = mapping(mapping(answer.body).get("parameters")).get("retry_after")
    digits = identifier(given) or answer.headers.get("retry-after", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 8):
        return 5.0
    return float(min(max(int(digits), 1), _LONGEST_HINT_S))


def _number(id: str) -> int | str:
    """Telegram's ids are numbers on the wire."""
    return int(id) if id.isascii() and id.removeprefix("-").isdigit() else id
