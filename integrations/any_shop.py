"""Any shop that brings its carts and orders by plain JSON: it signs no webhooks and can't be asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.commerce.events import ShopEvent
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Piece, SelfTest, Unreadable, Unsplittable
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.commerce import Changed
from chalicelib.ports.errors import InvalidSignature

_STEP: Final = (
    "Let the shop send each cart with PUT /shops/{id}/carts/… and each order with PUT /shops/{id}/orders/… "
    "whenever it changes, with a key of this merchant; /docs tells what they hold."
)


class AnyShop:
    """Its name is all that is known of it."""

    def handshake(self, query: Mapping[str, str], verify_token: str) -> str | None:
        """There is none."""
        return None

    def is_ping(self, headers: Mapping[str, str], body: bytes) -> bool:
        """It has none."""
        return False

    def verify(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
        """Nothing comes signed. Raises InvalidSignature."""
        raise InvalidSignature

    def framed(self, headers: Mapping[str, str], body: bytes) -> bytes:
        """As it is."""
        return body

    def split(self, body: bytes) -> list[Piece]:
        """There is nothing to cut. Raises Unsplittable."""
        raise Unsplittable

    def parse(self, body: Mapping[str, Any]) -> list[ShopEvent | SelfTest | Unreadable]:
        """Nobody calls."""
        return [Unreadable("unknown_event", body)]

    def check(self, credentials: Mapping[str, str]) -> Account:
        """Any name will do, once for each merchant."""
        name = credentials["name"].strip()
        return Account(name.casefold(), name, "", is_their_own=True)

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        """The shop calls us, by the API."""
        return [_STEP.format(id=connection.connection_id)]

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        """There is nothing to stop."""

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        """There is nothing to ask."""
        return Examination()

    def renew(self, connection: Connection) -> Renewal | None:
        """It has no token."""
        return None

    def self_test(self, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
        """It has no webhook: nothing is sent."""
        return {}, b""

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        """It can't be asked."""
        return Changed(())

    def order(self, connection: Connection, order_id: str) -> Order | None:
        """It can't be asked."""
        return None

    def checkout_link(self, connection: Connection, lines: Sequence[Line]) -> str:
        """Only the shop's settings know of one."""
        return ""
