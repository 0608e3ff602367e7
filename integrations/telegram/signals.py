"""What is shown around a message: that somebody writes, has read, or that a tap has arrived.

Source: core.telegram.org/bots/api#sendchataction, core.telegram.org/bots/api#readbusinessmessage,
core.telegram.org/bots/api#answercallbackquery
"""

from contextlib import suppress
from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.ports.channel import Signal
from chalicelib.ports.errors import SendError
from integrations.telegram.bot import Bot
from integrations.telegram.send import chat_of, number, refused

# A message waits behind this to be stored: two seconds in all, then the button spins on.
AT_ONCE: Final = (1.0, 1.0)


def signal(bot: Bot, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
    """Typing shows for five seconds. Only in a person's own chat is there anything to mark as read."""
    body = chat_of(to)
    if signal == "typing":
        bot.result(connection.token, "sendChatAction", body | {"action": "typing"})
        return
    read = number(message_id)
    if to.kind != "business_chat" or not isinstance(read, int):
        raise refused()
    bot.result(connection.token, "readBusinessMessage", body | {"message_id": read})


def acknowledge(bot: Bot, said: ShopperMessage, connection: Connection) -> None:
    """End the waiting of a tapped button. Too late, or not at all, is no harm: it ends by itself."""
    if not said.acknowledge:
        return
    with suppress(SendError):
        body = {"callback_query_id": said.acknowledge}
        bot.result(connection.token, "answerCallbackQuery", body, AT_ONCE)
