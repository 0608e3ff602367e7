"""The pigeon post behind the Channel port. What calls it is imported when it is first needed."""

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
from integrations.reading import load
from pigeon_post import webhook
from pigeon_post.capabilities import CAPABILITIES

if TYPE_CHECKING:
    from pigeon_post.post import Post


class PigeonPost:
    """Any loft's letters; `account` is the loft's number."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _post(self) -> "Post":
        from pigeon_post.post import Post

        return Post(self._url)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """The post never asks."""
        return None

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        webhook.verify(headers, body, secrets)

    def split(self, body: bytes) -> list[Piece]:
        return webhook.cut(load(body))

    def parse(self, body: Mapping[str, Any]) -> list[Event | Unreadable]:
        from pigeon_post.parse import parse

        return parse(body)

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        from pigeon_post.send import send

        return send(self._post, message, connection)

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        return

    def signal(self, signal: Signal, to: Address, message_id: str, connection: Connection) -> None:
        raise SendRejected("local", "invalid")

    def download(self, media: Media, connection: Connection) -> Download:
        from pigeon_post.send import download

        return download(self._post, media, connection)

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        """Names come with the letters; there is nothing to ask."""
        return Profile()

    def check(self, credentials: Mapping[str, str]) -> Account:
        from pigeon_post.connect import check

        return check(self._post, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from pigeon_post.connect import register

        return register(self._post, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from pigeon_post.connect import unregister

        unregister(self._post, connection)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from pigeon_post.connect import examine

        return examine(self._post, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        """A ring holds for ever."""
        return None

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        return webhook.self_test(connection, nonce)

    def deep_link(self, token: str, connection: Connection) -> str:
        return f"https://pigeon.example/{connection.account}?with={token}"

    def templates(self, connection: Connection) -> list[TemplateDefinition]:
        return []
