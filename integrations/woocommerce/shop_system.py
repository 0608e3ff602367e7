"""WooCommerce behind the ShopSystem port. What calls a shop is imported when it is first needed."""

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
from integrations.woocommerce import webhook

if TYPE_CHECKING:
    from integrations.woocommerce.site import Sites


class WooCommerce:
    """Any shop; `account` is its address. base_url: shops below it may be anywhere, and without TLS; '', as
    in production: each is where its merchant says, on the public internet."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    @cached_property
    def _sites(self) -> "Sites":
        from integrations.woocommerce.site import Sites

        return Sites(self._base_url)

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """WooCommerce never asks so: it pings."""
        return None

    def is_ping(self, headers: Mapping[str, str], body: bytes) -> bool:
        return webhook.is_ping(headers, body)

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        webhook.verify(headers, body, secrets)

    def framed(self, headers: Mapping[str, str], body: bytes) -> bytes:
        return webhook.framed(headers, body)

    def split(self, body: bytes) -> list[Piece]:
        return webhook.cut(load(body), self._base_url)

    def parse(self, body: Mapping[str, Any]) -> list[ShopEvent | SelfTest | Unreadable]:
        from integrations.woocommerce.parse import parse

        return parse(body, self._base_url)

    def check(self, credentials: Mapping[str, str]) -> Account:
        from integrations.woocommerce.connect import check

        return check(self._sites, credentials)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        from integrations.woocommerce.connect import register

        return register(self._sites, connection, callback_url)

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        from integrations.woocommerce.connect import unregister

        unregister(self._sites, connection)

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        from integrations.woocommerce.examine import examine

        return examine(self._sites, connection, callback_url)

    def renew(self, connection: Connection) -> Renewal | None:
        """Keys hold until the merchant takes them back."""
        return None

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        return webhook.self_test(connection.account, connection.signing_secrets, nonce)

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        from integrations.woocommerce.live import changed

        return changed(self._sites, connection, since, after)

    def order(self, connection: Connection, order_id: str) -> Order | None:
        from integrations.woocommerce.live import order

        return order(self._sites, connection, order_id)

    def checkout_link(self, connection: Connection, lines: Sequence[Line]) -> str:
        from integrations.woocommerce.checkout import checkout_link

        return checkout_link(connection.account, lines)
