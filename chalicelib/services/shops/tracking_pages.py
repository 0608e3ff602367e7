"""Where a buyer reads how far their order is: the page's address, and whose order an address names."""

from secrets import token_bytes

from chalicelib.domain.commerce.tracking import Tracked, is_proven, read_token, token_for
from chalicelib.domain.links import KEY_BYTES
from chalicelib.ports.commerce import CommerceStore, KeptOrder
from chalicelib.ports.people import LinkStore


class TrackingPages:
    """Signed with what signs the merchant's links."""

    def __init__(self, links: LinkStore, orders: CommerceStore) -> None:
        self._links, self._orders = links, orders

    def url(
        self, public_url: str, merchant_id: str, connection_id: str, order_id: str, language: str = ""
    ) -> str:
        """The same each time; '' where it is not known how we are reached. Raises StoreBusy."""
        if not public_url:
            return ""
        key = self._links.make_link_key(merchant_id, token_bytes(KEY_BYTES))
        token = token_for(key, merchant_id, connection_id, order_id)
        asked = f"?lang={language}" if language else ""
        return f"{public_url}/t/{token}{asked}" if token else ""

    def order(self, token: str) -> tuple[Tracked, KeptOrder] | None:
        """The order that a token of ours names; None for any other token, and where it is gone. Raises
        StoreBusy."""
        tracked = read_token(token)
        key = self._links.link_key(tracked.merchant_id) if tracked else None
        if tracked is None or key is None or not is_proven(key, tracked):
            return None
        kept = self._orders.order(tracked.merchant_id, tracked.connection_id, tracked.order_id)
        return None if kept is None or kept.order.state == "gone" else (tracked, kept)
