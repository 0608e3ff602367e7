"""What the shop sells with: it reads webhooks as the real one does, and lists what was changed when asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.commerce import Changed, ShopSystem
from integrations.registry import SHOPS, BaseUrls

SPOKEN: Final = frozenset(
    {"handshake", "is_ping", "verify", "framed", "split", "parse", "self_test", "checkout_link"}
)


@dataclass
class ShopSystemDouble:
    """The ShopSystem. changes: what it lists when it is asked, one on each page; live: orders as they are
    when one of them is asked for, by their ids."""

    name: str
    speaks: ShopSystem
    changes: list[CartTold | OrderTold] = field(default_factory=list)
    live: dict[str, Order] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name not in SPOKEN:
            raise AttributeError(name)
        return getattr(self.speaks, name)

    def changed(self, connection: Connection, since: datetime, after: str = "") -> Changed:
        """after: the moment of the last one that was read."""
        begun_at = datetime.fromisoformat(after) if after else since
        left = sorted((one for one in self.changes if _at(one) > begun_at), key=_at)
        page: Sequence[ShopEvent] = left[:1]
        if not left:
            return Changed(())
        until = _at(left[0])
        return Changed(tuple(page), until.isoformat() if len(left) > 1 else "", until)

    def order(self, connection: Connection, order_id: str) -> Order | None:
        return self.live.get(order_id)

    def check(self, credentials: Any) -> Account:
        return Account("little-shop", "Little Shop", credentials["token"], ("a secret",))

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        return ["Nothing is left to do."]

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        return

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        return Examination()

    def renew(self, connection: Connection) -> Renewal | None:
        return None


def shop_system(name: str) -> ShopSystemDouble:
    """One of the kinds that a merchant can connect."""
    return ShopSystemDouble(name, SHOPS[name](BaseUrls()))


def _at(event: CartTold | OrderTold) -> datetime:
    return event.cart.at if isinstance(event, CartTold) else event.order.at
