"""Looking after a connected bot: does its token hold, do its updates come here, all of them?

Source: core.telegram.org/bots/api#getme, core.telegram.org/bots/api#getwebhookinfo
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from chalicelib.domain.connections import Connection, Finding
from chalicelib.ports.account import Examination
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.reading import Malformed, seconds, text_of
from integrations.telegram.bot import Bot
from integrations.telegram.connect import ALLOWED_UPDATES, ask, asked, set_webhook

RECENT: Final = timedelta(hours=1)
MANY_WAITING: Final = 100


def examine(bot: Bot, connection: Connection, callback_url: str) -> Examination:
    """Ask, and set the webhook again where it is not as we set it. Raises ChannelDown."""
    try:
        me = ask(bot, connection.token, "getMe")
    except CredentialsRejected as error:
        return Examination(findings=(Finding(code=error.code, severity="error", message=error.message),))
    info, now = _webhook_info(bot, connection)
    findings = [
        *_webhook(bot, connection, callback_url, info),
        *_failures(info, now),
        *_waiting(info),
    ]
    fine = Finding(code="ok", severity="ok", message="The token holds, and the bot's updates come here.")
    username = text_of(me.get("username"), 64)
    return Examination(
        findings=tuple(findings) or (fine,), details={"username": username} if username else {}
    )


def _webhook_info(bot: Bot, connection: Connection) -> tuple[Mapping[str, Any], datetime | None]:
    """What Telegram says of the webhook, and what time it is there."""
    result, headers = asked(bot, connection.token, "getWebhookInfo")
    try:
        return result, parsedate_to_datetime(headers.get("date", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return result, None


def _webhook(bot: Bot, connection: Connection, callback_url: str, info: Mapping[str, Any]) -> list[Finding]:
    """Somebody else may have set it elsewhere, or it was set when fewer kinds of updates were known."""
    is_here = info.get("url") == callback_url
    allowed = info.get("allowed_updates")
    if is_here and isinstance(allowed, list) and set(map(str, allowed)) == set(ALLOWED_UPDATES):
        return []
    try:
        set_webhook(bot, connection, callback_url)
    except ChannelDown:
        raise
    except SetupError as error:
        return [Finding(code=error.code, severity="error", message=error.message)]
    text = (
        "The bot did not send all of its updates; now it does. Nothing is left to do."
        if is_here
        else "The bot sent its updates elsewhere, or nowhere; now they come here. If this happens again, "
        "another program uses the bot's token: end it, or connect with a new token from BotFather."
    )
    return [Finding(code="webhook_repaired", severity="warning", message=text)]


def _failures(info: Mapping[str, Any], now: datetime | None) -> list[Finding]:
    """The last update that did not arrive. An old one is over: what failed was sent again and again."""
    problem = text_of(info.get("last_error_message"), 120)
    if not problem:
        return []
    try:
        is_over = now is not None and now - seconds(info.get("last_error_date")) > RECENT
    except Malformed:
        is_over = False
    if is_over:
        return []
    text = (
        f"Telegram could not deliver an update: “{problem}”. It tries again for 24 hours. If this stays, see "
        "whether the webhook's address can be reached from outside, and what the function's log says."
    )
    return [Finding(code="deliveries_fail", severity="warning", message=text)]


def _waiting(info: Mapping[str, Any]) -> list[Finding]:
    count = info.get("pending_update_count")
    if not isinstance(count, int) or count < MANY_WAITING:
        return []
    text = (
        f"{count} updates wait at Telegram. They come by themselves once deliveries succeed; if the number "
        "grows, more calls must be taken at the same time: raise the function's concurrency."
    )
    return [Finding(code="deliveries_wait", severity="warning", message=text)]
