"""Telegram's Bot API behind the Channel port. What calls the platform is imported when it is first needed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Address, Event, Media, Piece, ShopperMessage, Unreadable
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.channel import Download, OutboundMessage, Profile, Signal
from integrations.reading import load
from integrations.telegram import webhook
from integrations.telegram.capabilities import CAPABILITIES

if TYPE_CHECKING:
    from integrations.telegram.bot import Bot


class Telegram:
    """Any bot's private chats; `account` is the bot's id."""

    def __init__(self, telegram_url: str) -> None:
        self._telegram_url = telegram_url

    @cached_property
    def _bot(self) -> "Bot":
        from integrations.telegram.bot import Bot

        return Bot(self._telegram_url)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """Telegram never asks."""
        return None

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        webhook.verify(headers, secrets)

    def split(self, body: bytes) -> list[Piece]:
        return webhook.cut(load(body))

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        from integrations.telegram.parse import parse

        return parse(body)

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        from integrations.telegram.send import send

        return send(self._bot, message, connection)

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        from integrations.telegram.signals import acknowledge

        acknowledge(self._bot, said, connection)

    def signal(self, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
        from integrations.telegram import signals

        signals.signal(self._bot, signal, to, message_id, connection)

    def download(self, media: Media, connection: Connection) -> Download:
        from integrations.telegram.files import download

        return download(self._bot, media, connection)

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        """Name and language come with the messages; there is nothing to ask."""
        return Profile()

    def check(self, credentials: Mapping[str, str]) -> Account:
        from integrations.telegram.connect import check

        return check(self._bot, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from integrations.telegram.connect import register

        return register(self._bot, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from integrations.telegram.connect import unregister

        unregister(self._bot, connection)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from integrations.telegram.examine import examine

        return examine(self._bot, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        """A bot's token holds until BotFather makes another."""
        return None

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        return webhook.self_test(connection.signing_secrets, nonce)

    def deep_link(self, token: str, connection: Connection) -> str:
        from integrations.telegram.links import deep_link

        return deep_link(token, connection)

    def templates(self, connection: Connection) -> list[TemplateDefinition]:
        return []
