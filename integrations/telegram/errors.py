"""What the Bot API's errors mean for what comes next. Standard library only.

Few codes say much (401, 404, 429), and two say little: what a 400 or 403 is about stands in its description
alone.
Source: core.telegram.org/bots/api#making-requests, core.telegram.org/bots/api#responseparameters,
github.com/tdlib/telegram-bot-api (Client.cpp, the descriptions)
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.events import Address
from chalicelib.domain.outcomes import Verdict
from chalicelib.ports.errors import ChatMigrated, RetryLater, SendError, SendRejected
from integrations.reading import identifier, mapping

_LONGEST_HINT_S: Final = 86_400
_DEFAULT_WAIT_S: Final = 5.0
NOT_MODIFIED: Final = "message is not modified"
_BAD_MARKUP: Final = "can't parse entities"

# By code, where the code says enough. 404 is an unknown token, for the method exists; 409 is somebody who
# asks for updates or sets another webhook at this moment; 421 is a server that is about to end.
CODES: Final[dict[int, Verdict]] = {
    401: "token_rejected",
    404: "token_rejected",
    409: 10.0,
    421: 10.0,
}
# By the words of a 400 or 403, in lower case: the first that the description holds.
WORDS: Final[tuple[tuple[str, Verdict], ...]] = (
    ("blocked by the user", "unreachable"),
    ("user is deactivated", "unreachable"),
    ("bot was kicked", "unreachable"),
    ("not a member", "unreachable"),
    ("can't initiate conversation", "unreachable"),
    ("can't send messages to bots", "unreachable"),
    ("chat not found", "unreachable"),
    ("user not found", "unreachable"),
    ("peer_id_invalid", "unreachable"),
    ("input_user_deactivated", "unreachable"),
    ("user_is_blocked", "unreachable"),
    # A person's own chat takes the bot's words for a day after the shopper's.
    ("business_peer_usage_missing", "window_closed"),
    ("business_peer_invalid", "unreachable"),
    ("business connection", "not_permitted"),
    ("business_connection", "not_permitted"),
    ("voice_messages_forbidden", "not_permitted"),
    ("not enough rights", "not_permitted"),
    ("message is too long", "too_long"),
    ("caption is too long", "too_long"),
    ("message_too_long", "too_long"),
    ("media_caption_too_long", "too_long"),
    ("file is too big", "too_long"),
    ("too large", "too_long"),
    ("query is too old", "invalid"),
    (_BAD_MARKUP, "invalid"),
)


class MarkupRejected(SendRejected):
    """The text's markup is broken: the same words may go without it."""


def error_from(status: int, body: Mapping[str, Any], headers: Mapping[str, str]) -> SendError:
    """Name what happens next. Unknown errors are permanent: no retry storm."""
    given = body.get("error_code", status)
    code = given if type(given) is int else status
    parameters = mapping(body.get("parameters"))
    if code == 429:
        # Telegram does not say whether the bot or one chat was too fast: the bot, which costs less to heed.
        return RetryLater(_hint_s(parameters.get("retry_after"), headers), "429", limits="connection")
    if status >= 500 or code >= 500:
        return RetryLater(10.0, str(code))
    migrated_to = identifier(parameters.get("migrate_to_chat_id"))
    if migrated_to:
        return ChatMigrated(Address("chat", migrated_to))
    description = description_of(body)
    verdict = verdict_for(code, description)
    if not isinstance(verdict, str):
        return RetryLater(verdict, str(code))
    kind = MarkupRejected if _BAD_MARKUP in description else SendRejected
    return kind(str(code), verdict)


def verdict_for(code: int, description: str) -> Verdict:
    """What an error means: seconds until the same call may pass, or a reason."""
    if code in CODES:
        return CODES[code]
    found = next((verdict for words, verdict in WORDS if words in description), None)
    return found or ("not_permitted" if code == 403 else "invalid")


def description_of(body: Mapping[str, Any]) -> str:
    """In lower case; never shown or logged: it may quote what it was given."""
    return str(body.get("description", "")).lower()


def _hint_s(given: Any, headers: Mapping[str, str]) -> float:
    """`retry_after` in the body, else in the header; whole seconds."""
    digits = identifier(given) or headers.get("retry-after", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 8):
        return _DEFAULT_WAIT_S
    return float(min(max(int(digits), 1), _LONGEST_HINT_S))
