"""An order and its parcels, and how tellings of it become one, in whatever order they come."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, Protocol, TypeVar

from chalicelib.domain.commerce.goods import NOBODY, Buyer, Line
from chalicelib.domain.plain import to_plain

OrderState = Literal["open", "cancelled", "gone"]
PaidState = Literal["pending", "paid", "part_refunded", "refunded", "failed"]
ParcelState = Literal[
    "packed",
    "shipped",
    "in_transit",
    "out_for_delivery",
    "ready_for_pickup",
    "attempted",
    "delivered",
    "failed",
    "cancelled",
]
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One of an order's deliveries. at: when the shop last changed it. number: the courier's; url: where the
    courier tells more, https. promised_on: the day on which it is to arrive. lines: ids of the order's lines,
    none where the shop does not say which."""

    parcel_id: str
    state: ParcelState
    at: datetime
    courier: str = ""
    number: str = ""
    url: str = ""
    promised_on: date | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money that went back. lines: ids of the order's lines that it was for."""

    refund_id: str
    at: datetime
    amount: Decimal = Decimal(0)
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """order_id: the shop's own, unique on its connection; number: what the buyer knows it by (`#1001`), the
    shop's own too. at: when the shop last changed it; NEVER while only a parcel or a refund of it was told.
    is_confirmed: the shop has taken it on (paid, or in work). url: where the shop shows it to its buyer.
    carts: the ids of the carts that it came from. ref: a token of ours that the shopper came with.
    promised_on: the day on which all of it is to arrive. created_by: how it came about, in the shop's words.
    bought_at: when its buyer has bought, None where it was never told as anything but cancelled or failed.
    is_bought: False while its buyer has still to pay before it counts: such an order is a cart as well.
    """

    connection_id: str
    order_id: str
    at: datetime = NEVER
    number: str = ""
    placed_at: datetime | None = None
    state: OrderState = "open"
    paid: PaidState = "pending"
    is_confirmed: bool = False
    buyer: Buyer = NOBODY
    lines: tuple[Line, ...] = ()
    total: Decimal = Decimal(0)
    currency: str = ""
    parcels: tuple[Parcel, ...] = ()
    refunds: tuple[Refund, ...] = ()
    carts: tuple[str, ...] = ()
    url: str = ""
    ref: str = ""
    promised_on: date | None = None
    created_by: str = ""
    bought_at: datetime | None = None
    is_bought: bool = True


class _Told(Protocol):
    @property
    def at(self) -> datetime: ...


_One = TypeVar("_One", bound=_Told)


def joined(one: Order, other: Order) -> Order:
    """Both tellings of one order as one: of the order, each parcel and each refund the newest holds.

    Whichever comes first, and however often: the order of the two makes no difference.
    """
    newer = max(one, other, key=_own_newness)
    return replace(
        newer,
        parcels=_newest((*one.parcels, *other.parcels), "parcel_id"),
        refunds=_newest((*one.refunds, *other.refunds), "refund_id"),
        carts=tuple(sorted({*one.carts, *other.carts})),
        ref=max(one.ref, other.ref),
        number=max(one.number, other.number),
        placed_at=min((at for at in (one.placed_at, other.placed_at) if at), default=None),
        bought_at=min((at for at in (one.bought_at, other.bought_at) if at), default=None),
    )


def last_told(order: Order) -> datetime:
    """When the newest of what is told of it was so."""
    beside = [*(one.at for one in order.parcels), *(one.at for one in order.refunds)]
    return max([order.at, *beside])


def is_known(order: Order) -> bool:
    """Whether more was told of it than a parcel or a refund."""
    return order.at > NEVER


def is_placed(order: Order) -> bool:
    """What its buyer has still to pay before it counts is a cart, also once it was called off."""
    return order.is_bought or order.bought_at is not None


def _newest(told: Iterable[_One], by: str) -> tuple[_One, ...]:
    found: dict[str, _One] = {}
    for each in sorted(told, key=_newness):
        found[getattr(each, by)] = each
    return tuple(found[name] for name in sorted(found))


def _own_newness(order: Order) -> tuple[datetime, str]:
    """What is put together from both has no say."""
    own = replace(order, parcels=(), refunds=(), carts=(), ref="", number="", placed_at=None, bought_at=None)
    return _newness(own)


def _newness(told: Any) -> tuple[datetime, str]:
    """Of two at the same moment the words decide: which one is of no matter, as long as it is always the
    same."""
    return told.at, json.dumps(to_plain(told), sort_keys=True)


def plain_number(number: str) -> str:
    """An order's number as people write it in many ways: small letters and digits alone, without what stands
    around them (`#1001`, `No. 1001`)."""
    told = "".join(letter for letter in number.casefold() if letter.isalnum())
    return told.removeprefix("no") if told.removeprefix("no").isdecimal() else told
