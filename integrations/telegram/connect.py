"""Connecting a bot. Source: core.telegram.org/bots/api#getme, core.telegram.org/bots/api#setwebhook"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SendError, SendRejected, SetupError
from integrations.http import Answer
from integrations.reading import identifier, mapping, text_of
from integrations.telegram.bot import Bot

# Named one by one: without a list the one that somebody set before would stay, and it lacks reactions.
ALLOWED_UPDATES: Final = (
    "message",
    "edited_message",
    "message_reaction",
    "callback_query",
    "my_chat_member",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
)


def check(bot: Bot, credentials: Mapping[str, str]) -> Account:
    """Prove the token, and which bot it is.

    signing_secrets is empty: this changes nothing and draws nothing at random. Who connects makes a secret of
    1 to 256 of A-Z a-z 0-9 _ - and puts it first in the connection's secrets; `register` sets it.
    """
    token = credentials["bot_token"]
    me = ask(bot, token, "getMe")
    account = identifier(me.get("id"))
    if not account:
        raise ChannelDown(
            "channel_down", "Telegram's answer could not be read. Nothing was changed: try again."
        )
    if credentials.get("account", account) != account:
        raise CredentialsRejected("account_mismatch", f"This token belongs to the bot {account}.", "account")
    username = text_of(me.get("username"), 64)
    there = text_of(ask(bot, token, "getWebhookInfo").get("url"), 200)
    return Account(
        account=account,
        name=text_of(me.get("first_name"), 200) or username or account,
        token=token,
        details={"username": username, "webhook_group": f"bot:{account}"},
        warnings=(f"The bot's messages went to {_host_of(there)} before; now they come here.",)
        if there
        else (),
        takes_our_secret=True,
    )


def register(bot: Bot, connection: Connection, callback_url: str) -> list[str]:
    """Set the webhook and look whether it stands. Nothing is left to click."""
    set_webhook(bot, connection, callback_url)
    if ask(bot, connection.token, "getWebhookInfo").get("url") != callback_url:
        raise SetupError("handshake_failed", "Telegram did not keep the webhook address: try again.")
    return []


def set_webhook(bot: Bot, connection: Connection, callback_url: str) -> None:
    """Have the bot's updates sent here, with the connection's own secret. Raises SetupError."""
    body = {
        "url": callback_url,
        "secret_token": connection.signing_secrets[0],
        "allowed_updates": list(ALLOWED_UPDATES),
    }
    ask(bot, connection.token, "setWebhook", body)


def unregister(bot: Bot, connection: Connection) -> None:
    """Take the webhook away."""
    with suppress(SendError):
        bot.call(connection.token, "deleteWebhook")


def ask(bot: Bot, token: str, method: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """The `result` of one call of the setup. Raises SetupError."""
    return asked(bot, token, method, body)[0]


def asked(
    bot: Bot, token: str, method: str, body: Mapping[str, Any] | None = None
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The same, with the answer's headers. Raises SetupError."""
    try:
        answer = bot.call(token, method, body)
    except SendRejected:
        text = "A bot token looks like 123456789:ABC…: copy the whole of what BotFather wrote."
        raise CredentialsRejected("token_rejected", text, "bot_token") from None
    except SendError:
        raise ChannelDown(
            "channel_down", "Telegram did not answer. Nothing was changed: try again."
        ) from None
    if answer.is_ok and mapping(answer.body).get("ok") is True:
        return mapping(mapping(answer.body).get("result")), answer.headers
    raise _setup_error(answer, method)


def _setup_error(answer: Answer, method: str) -> SetupError:
    """Telegram's own sentence is left out: it may quote what it was given."""
    code = mapping(answer.body).get("error_code", answer.status)
    if code in (401, 403, 404):  # 404 is an unknown token: the method exists
        text = "Telegram does not know this token: copy it again from BotFather, or make a new one there."
        return CredentialsRejected("token_rejected", text, "bot_token")
    if method == "setWebhook" and code == 400:
        text = "Telegram does not take our webhook address: it must be public, with a valid certificate."
        return SetupError("handshake_failed", text)
    return ChannelDown(
        "channel_down", f"Telegram could not answer now ({code}). Nothing was changed: try again."
    )


def _host_of(url: str) -> str:
    """The host alone: some put secrets into the path."""
    return url.split("//")[-1].split("/")[0]
