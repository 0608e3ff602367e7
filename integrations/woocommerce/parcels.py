"""What an order tells of its way to the buyer. WooCommerce itself has a status for it and no more; the rest
comes from what the plugin Shipment Tracking notes on an order, and those that do as it does.

Source: woocommerce.com/document/shipment-tracking, woocommerce.com/document/managing-orders (statuses)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.commerce.orders import Parcel, ParcelState
from integrations.reading import listed, mapping, text_of
from integrations.woocommerce.addresses import link_of
from integrations.woocommerce.values import noted

MOST: Final = 30
_ITEMS: Final = "_wc_shipment_tracking_items"
_COURIERS: Final = ("custom_tracking_provider", "formatted_tracking_provider", "tracking_provider")
_LINKS: Final = ("custom_tracking_link", "formatted_tracking_link", "ast_tracking_link")
# The last step that a merchant takes is to complete an order, and most do it when the parcel leaves: the shop
# does not know more, so it is told as shipped. The others are added by plugins.
_SAYS: Final[dict[str, ParcelState]] = {
    "completed": "shipped",
    "shipped": "shipped",
    "delivered": "delivered",
}
# Who collects has it in their hands when the order is completed.
_COLLECTED: Final = frozenset({"local_pickup", "pickup_location"})


def parcels(raw: Mapping[str, Any], at: datetime, own: str) -> tuple[Parcel, ...]:
    """By their place, not by their number: a parcel that was told without one gets it later, and stays the
    same."""
    state = _SAYS.get(text_of(raw.get("status"), 64))
    items = _tracked(raw)
    if items:
        told: ParcelState = "delivered" if state == "delivered" else "shipped"
        return tuple(_parcel(str(place), told, item, at, own) for place, item in enumerate(items, 1))
    methods = {text_of(mapping(one).get("method_id"), 64) for one in listed(raw.get("shipping_lines"))}
    if state is None or not methods:  # what is downloaded needs no parcel
        return ()
    is_collected = methods <= _COLLECTED
    return (Parcel(parcel_id="1", state="delivered" if is_collected else state, at=at),)


def _parcel(place: str, state: ParcelState, item: Mapping[str, Any], at: datetime, own: str) -> Parcel:
    couriers = (text_of(item.get(name), 80).strip() for name in _COURIERS)
    links = (link_of(item.get(name), own) for name in _LINKS)
    return Parcel(
        parcel_id=place,
        state=state,
        at=at,
        courier=next(filter(None, couriers), ""),
        number=text_of(item.get("tracking_number"), 80).strip(),
        url=next(filter(None, links), ""),
    )


def _tracked(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """PHP writes a list with a gap in it as an object."""
    value = noted(raw, _ITEMS)
    items = list(value.values()) if isinstance(value, dict) else listed(value)
    return [item for item in map(mapping, items[:MOST]) if item.get("tracking_number")]
