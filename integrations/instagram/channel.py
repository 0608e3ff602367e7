"""Instagram messaging behind the Channel port, through a Facebook Page or by Instagram's own login.
What calls the platform is imported when it is first needed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Address, Event, Media, Piece, ShopperMessage, Unreadable
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.channel import Download, OutboundMessage, Profile, Signal
from chalicelib.ports.errors import SendRejected
from integrations.instagram.capabilities import CAPABILITIES
from integrations.meta import signature
from integrations.meta.webhook import cut_messaging
from integrations.reading import load

if TYPE_CHECKING:
    from integrations.meta.graph import Graph


class Instagram:
    """Any professional account's messages; `account` is the id that its webhooks name.

    Its secrets are two where both are known: which one signs is not documented, either is accepted.
    """

    def __init__(self, graph_url: str, instagram_url: str) -> None:
        self._graph_url = graph_url
        self._instagram_url = instagram_url

    @cached_property
    def _facebook(self) -> "Graph":
        from integrations.meta.graph import Graph

        return Graph(self._graph_url)

    @cached_property
    def _instagram(self) -> "Graph":
        from integrations.meta.graph import Graph

        return Graph(self._instagram_url)

    def _host_of(self, details: Mapping[str, str]) -> "Graph":
        return self._facebook if details.get("login") == "facebook" else self._instagram

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        return signature.handshake(query, verify_token)

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        signature.verify(headers, body, secrets)

    def split(self, body: bytes) -> list[Piece]:
        return cut_messaging(load(body), "instagram")

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        from integrations.meta.messaging import parse

        return parse(body, "instagram", "igsid")

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        from integrations.instagram.send import send

        return send(self._host_of(connection.details), message, connection)

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        return

    def signal(self, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
        from integrations.instagram import send

        send.signal(self._host_of(connection.details), signal, to, connection)

    def download(self, media: Media, connection: Connection) -> Download:
        """What shoppers send is shown by Instagram's own link, and never fetched."""
        raise SendRejected("local", "invalid")

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        from integrations.instagram.send import profile

        return profile(self._host_of(connection.details), shopper, connection)

    def check(self, credentials: Mapping[str, str]) -> Account:
        from integrations.instagram.connect import check

        return check(self._host_of(credentials), self._facebook, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from integrations.instagram.connect import register

        return register(self._host_of(connection.details), self._facebook, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from integrations.instagram.connect import unregister

        unregister(self._host_of(connection.details), self._facebook, connection, last_of_group)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from integrations.instagram.examine import examine

        return examine(self._host_of(connection.details), self._facebook, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        from integrations.instagram.examine import renew

        return renew(self._host_of(connection.details), self._facebook, connection)

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        from integrations.meta.examine import self_test

        return self_test("instagram", connection, nonce)

    def deep_link(self, token: str, connection: Connection) -> str:
        from integrations.instagram.links import deep_link

        return deep_link(token, connection)

    def templates(self, connection: Connection) -> list[TemplateDefinition]:
        return []
