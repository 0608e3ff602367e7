"""How an order stands in this moment: as the shop has it, else as it was told last."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.commerce.orders import Order, joined
from chalicelib.domain.connections import Connection
from chalicelib.ports.commerce import CommerceStore, ShopSystem
from chalicelib.ports.errors import ChannelDown, CredentialsRejected
from chalicelib.ports.shops import ShopStore

# What the shop has told so lately is not asked for again.
STILL_FRESH: Final = timedelta(minutes=5)


class LiveOrders:
    """Knows nothing of whose an order is: who asks has proven it before."""

    def __init__(
        self,
        store: CommerceStore,
        shops: ShopStore,
        system_named: Callable[[str], ShopSystem | None],
        page_of: Callable[[Connection, str, str], str] = lambda connection, order_id, language: "",
    ) -> None:
        """system_named: None for what is no shop, but a channel. page_of: where a buyer reads how far an
        order is, by the shop's connection, the order's id and language."""
        self._store, self._shops = store, shops
        self._system_named, self._page_of = system_named, page_of

    def __call__(self, merchant_id: str, connection_id: str, order_id: str, now: datetime) -> Order | None:
        """As the shop has it now, or as it was last told where the shop does not answer. None where it is
        gone."""
        kept = self._store.order(merchant_id, connection_id, order_id)
        if kept is None or kept.order.state == "gone":
            return None
        order = kept.order
        connection = self._shops.connection(connection_id) if now - order.at >= STILL_FRESH else None
        system = self._system_named(connection.channel) if connection is not None else None
        if connection is None or system is None or connection.merchant_id != merchant_id:
            return order
        try:
            told = system.order(connection, order_id)
        except (ChannelDown, CredentialsRejected):
            return order
        # Whose it is was proven by what is recorded.
        return order if told is None else replace(joined(order, told), buyer=order.buyer)

    def page(self, order: Order, language: str) -> str:
        """Our page of it, else the shop's own; '' where there is neither."""
        connection = self._shops.connection(order.connection_id)
        ours = self._page_of(connection, order.order_id, language) if connection is not None else ""
        return ours or (order.url if order.url.startswith("https://") else "")

    def has_shop(self, merchant_id: str) -> bool:
        """Whether there is anything to ask."""
        connections = self._shops.connections(merchant_id)
        return any(
            self._system_named(one.channel) is not None and one.status != "disconnected"
            for one in connections
        )
