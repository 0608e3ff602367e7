"""How often a shopper has waited longer for a parcel than they were promised."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.orders import Order, Parcel
from chalicelib.domain.commerce.stages import awaited, late_from, promised_on


def late_deliveries(orders: Iterable[Order], zone: ZoneInfo, now: datetime) -> int:
    """Of these orders: parcels that came after the promised day, and those that should have come by now.
    zone: the shop's."""
    parcels = [(order, parcel) for order in orders if order.state == "open" for parcel in awaited(order)]
    return sum(_is_late(order, parcel, zone, now) for order, parcel in parcels)


def _is_late(order: Order, parcel: Parcel | None, zone: ZoneInfo, now: datetime) -> bool:
    if parcel is not None and parcel.state == "delivered":
        day = promised_on(order, parcel)
        return day is not None and parcel.at.astimezone(zone).date() > day
    since = late_from(order, parcel, zone)
    return since is not None and since <= now
