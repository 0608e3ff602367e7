"""Shopify behind the ShopSystem port. What calls it is imported when it is first needed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.commerce.events import ShopEvent
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Piece, SelfTest, Unreadable
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.commerce import Changed
from integrations.reading import load
from integrations.shopify import webhook

if TYPE_CHECKING:
    from integrations.shopify.admin import Admin


class Shopify:
    """Any shop; `account` is its domain, such as `x.myshopify.com`. base_url: of a shop, with `{shop}` where
    that domain stands."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    @cached_property
    def _admin(self) -> "Admin":
        from integrations.shopify.admin import Admin

        return Admin(self._base_url)

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """Shopify never asks."""
        return None

    def is_ping(self, headers: Mapping[str, str], body: bytes) -> bool:
        """All that Shopify sends is signed."""
        return False

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        webhook.verify(headers, body, secrets)

    def framed(self, headers: Mapping[str, str], body: bytes) -> bytes:
        return webhook.framed(headers, body)

    def split(self, body: bytes) -> list[Piece]:
        return webhook.cut(load(body))

    def parse(self, body: Mapping[str, Any]) -> list[ShopEvent | SelfTest | Unreadable]:
        from integrations.shopify.parse import parse

        return parse(body)

    def check(self, credentials: Mapping[str, str]) -> Account:
        from integrations.shopify.connect import check

        return check(self._admin, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from integrations.shopify.connect import register

        return register(self._admin, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from integrations.shopify.connect import unregister

        unregister(self._admin, connection)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from integrations.shopify.examine import examine

        return examine(self._admin, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        """The token of an app that a merchant has made holds until the app is taken out."""
        return None

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        return webhook.self_test(connection.account, connection.signing_secrets, nonce)

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        from integrations.shopify.changes import changed

        return changed(self._admin, connection, since, after)

    def order(self, connection: Connection, order_id: str) -> Order | None:
        from integrations.shopify.changes import order

        return order(self._admin, connection, order_id)

    def checkout_link(self, connection: Connection, lines: Sequence[Line]) -> str:
        from integrations.shopify.permalink import checkout_link

        return checkout_link(connection.account, lines)
