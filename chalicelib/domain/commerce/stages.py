"""Where an order and each of its parcels stand on their way to the buyer."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.orders import Order, Parcel

# The eight that every shop has; and what is as true where it happens.
Stage = Literal[
    "placed",
    "confirmed",
    "packed",
    "shipped",
    "in_transit",
    "out_for_delivery",
    "delivered",
    "delayed",
    "ready_for_pickup",
    "attempted",
    "failed",
    "cancelled",
    "refunded",
]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
# The way of a parcel, and how far each is: what is less far does not come after it.
RANKS: Final[Mapping[Stage, int]] = {
    "placed": 1,
    "confirmed": 2,
    "packed": 3,
    "shipped": 4,
    "in_transit": 5,
    "out_for_delivery": 6,
    "attempted": 7,
    "ready_for_pickup": 8,
    "failed": 9,
    "delivered": 10,
}
# Whose buyer still waits at home; of a parcel that was tried, or lies ready, it is not the shop that is late.
ON_ITS_WAY: Final[frozenset[Stage]] = frozenset({"packed", "shipped", "in_transit", "out_for_delivery"})


def stage_of(parcel: Parcel) -> Stage | None:
    """None for a parcel that was called off."""
    return None if parcel.state == "cancelled" else parcel.state


def parcels_of(order: Order) -> tuple[Parcel, ...]:
    """Those that come, or came: none of an order that was called off."""
    if order.state != "open":
        return ()
    return tuple(one for one in order.parcels if stage_of(one) is not None)


def begun(order: Order) -> Stage:
    """How far an order is apart from its parcels."""
    if order.state == "cancelled":
        return "cancelled"
    return "confirmed" if order.is_confirmed or parcels_of(order) else "placed"


def reached(order: Order) -> Stage:
    """Where the order as a whole is: where the last of its parcels is."""
    stages = [stage for one in parcels_of(order) if (stage := stage_of(one)) is not None]
    return min(stages, key=RANKS.__getitem__) if stages else begun(order)


def promised_on(order: Order, parcel: Parcel | None) -> date | None:
    """The day on which it is to arrive. parcel: None where there is none yet."""
    own = parcel.promised_on if parcel is not None else None
    return own or order.promised_on


def is_on_its_way(order: Order, parcel: Parcel | None) -> bool:
    """Whether the buyer still waits for it, and for the shop to bring it."""
    if parcel is not None:
        return parcel in parcels_of(order) and stage_of(parcel) in ON_ITS_WAY
    return order.state == "open" and not parcels_of(order)


def late_from(order: Order, parcel: Parcel | None, zone: ZoneInfo) -> datetime | None:
    """When it begins to be late: as soon as the promised day is over in the shop's zone. None where nothing
    was promised, or it has come."""
    day = promised_on(order, parcel)
    if day is None or day == date.max or not is_on_its_way(order, parcel):
        return None
    return datetime.combine(day + timedelta(days=1), time(), zone)


def awaited(order: Order) -> tuple[Parcel | None, ...]:
    """What can be late: each parcel, or the order itself while it has none."""
    return parcels_of(order) or (None,)


def is_late(order: Order, zone: ZoneInfo, now: datetime) -> bool:
    """Whether any of it should have come by now."""
    moments = (late_from(order, one, zone) for one in awaited(order))
    return any(at is not None and at <= now for at in moments)
