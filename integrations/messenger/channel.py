"""Messenger behind the Channel port. What calls the platform is imported when it is first needed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Address, Event, Media, Piece, ShopperMessage, Unreadable
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.channel import Download, OutboundMessage, Profile, Signal
from integrations.messenger.capabilities import CAPABILITIES
from integrations.meta import signature
from integrations.meta.webhook import cut_messaging
from integrations.reading import load

if TYPE_CHECKING:
    from integrations.meta.graph import Graph


class Messenger:
    """Any Page's messages; `account` is the Page id."""

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
        return cut_messaging(load(body), "page")

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        from integrations.meta.messaging import parse

        return parse(body, "page", "psid")

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        from integrations.messenger.send import send

        return send(self._graph, message, connection)

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        return

    def signal(self, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
        from integrations.messenger import send

        send.signal(self._graph, signal, to, connection)

    def download(self, media: Media, connection: Connection) -> Download:
        from integrations.messenger.send import download

        return download(media)

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        from integrations.messenger.send import profile

        return profile(self._graph, shopper, connection)

    def check(self, credentials: Mapping[str, str]) -> Account:
        from integrations.messenger.connect import check

        return check(self._graph, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from integrations.messenger.connect import register

        return register(self._graph, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from integrations.messenger.connect import unregister

        unregister(self._graph, connection, last_of_group)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from integrations.messenger.examine import examine

        return examine(self._graph, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        from integrations.meta.examine import exchanged

        return exchanged(self._graph, connection)

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        from integrations.meta.examine import self_test

        return self_test("page", connection, nonce)

    def deep_link(self, token: str, connection: Connection) -> str:
        from integrations.messenger.links import deep_link

        return deep_link(token, connection)

    def templates(self, connection: Connection) -> list[TemplateDefinition]:
        from integrations.messenger.templates import templates

        return templates(self._graph, connection)
