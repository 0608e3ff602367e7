"""WhatsApp Business Cloud API behind the Channel port. What calls it is imported when it is first needed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Address, Event, Media, Piece, ShopperMessage, Unreadable
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.channel import Download, OutboundMessage, Profile, Signal
from integrations.meta import signature
from integrations.reading import load
from integrations.whatsapp import webhook
from integrations.whatsapp.capabilities import CAPABILITIES

if TYPE_CHECKING:
    from integrations.meta.graph import Graph


class WhatsApp:
    """Any number's messages; `account` is its phone number id."""

    def __init__(self, graph_url: str) -> None:
        self._graph_url = graph_url

    @cached_property
    def _graph(self) -> "Graph":
        from integrations.meta.graph import Graph

        return Graph(self._graph_url)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        return signature.handshake(query, verify_token)

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        signature.verify(headers, body, secrets)

    def split(self, body: bytes) -> list[Piece]:
        """`account` is the phone number id, or `waba:<id>` where only the business account is named."""
        return webhook.cut(load(body))

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        from integrations.whatsapp.parse import parse

        return parse(body)

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        from integrations.whatsapp.send import send

        return send(self._graph, message, connection)

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        return

    def signal(self, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
        from integrations.whatsapp import send

        send.signal(self._graph, signal, message_id, connection)

    def download(self, media: Media, connection: Connection) -> Download:
        from integrations.whatsapp.send import download

        return download(self._graph, media, connection)

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        """Names come with the messages; there is nothing to ask."""
        return Profile()

    def check(self, credentials: Mapping[str, str]) -> Account:
        from integrations.whatsapp.connect import check

        return check(self._graph, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from integrations.whatsapp.connect import register

        return register(self._graph, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from integrations.whatsapp.connect import unregister

        unregister(self._graph, connection, last_of_group)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from integrations.whatsapp.examine import examine

        return examine(self._graph, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        from integrations.meta.examine import exchanged

        return exchanged(self._graph, connection)

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        from integrations.whatsapp.examine import self_test

        return self_test(connection, nonce)

    def deep_link(self, token: str, connection: Connection) -> str:
        from integrations.whatsapp.links import deep_link

        return deep_link(token, connection)

    def templates(self, connection: Connection) -> list[TemplateDefinition]:
        from integrations.whatsapp.template_list import templates

        return templates(self._graph, connection)
