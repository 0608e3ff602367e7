"""What a shop tells, as it is recorded: one spelling for everything, and no more than a row takes.

The same telling always becomes the same, so that hearing it again changes nothing.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import NEVER, Order, Parcel, Refund, is_known
from chalicelib.domain.links import find_token
from chalicelib.domain.plain import to_plain
from chalicelib.services.people.phones import normal_phone

MOST_LINES: Final = 100
MOST_PARCELS: Final = 50
MOST_CARTS: Final = 10
_MOST_PHONES: Final = 3
# Of the 400 KB that a row takes.
# Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
_MOST_BYTES: Final = 200_000
MOST_ORDER_BYTES: Final = 250_000
MOST_TOLD_BYTES: Final = 80_000
_TITLE: Final = 300
_ID: Final = 200
_URL: Final = 2_000
_EMAIL: Final = 254
_WORDS: Final = 1_000
_One = TypeVar("_One", Parcel, Refund)


def cart_told(cart: Cart, connection_id: str, country: str, *, at: datetime | None) -> Cart:
    """country: the shop's, in which numbers are read where the buyer has none. at: when its webhook came,
    where it has no time of its own."""
    told_at = _utc(cart.at if at is None or cart.at > NEVER else at)
    bought_at = _known(cart.bought_at, told_at)
    return replace(
        cart,
        connection_id=connection_id,
        at=told_at,
        created_at=min(told_at, _utc(cart.created_at)) if cart.created_at > NEVER else told_at,
        buyer=buyer_told(cart.buyer, country),
        lines=_lines(cart.lines),
        total=_amount(cart.total),
        currency=_cut(cart.currency, 3).upper(),
        url=_url(cart.url),
        ref=find_token(cart.ref) or "",
        bought_at=bought_at,
        order_id=_cut(cart.order_id, _ID),
        ordered_at=(cart.ordered_at or bought_at or told_at) if cart.order_id else None,
        gone_at=_known(cart.gone_at, told_at),
    )


def order_told(order: Order, connection_id: str, country: str, *, at: datetime | None) -> Order:
    """As `cart_told`. What is told as neither cancelled nor failed was bought, whatever becomes of it."""
    came_at = _utc(at or NEVER)
    is_of_then = at is not None and order.at == NEVER and order.state != "open"
    told = replace(order, at=came_at if is_of_then else _utc(order.at))
    is_sale = is_known(told) and told.is_bought and told.state == "open" and told.paid != "failed"
    placed_at = None if told.placed_at is None else _utc(told.placed_at)
    return replace(
        told,
        connection_id=connection_id,
        number=_cut(told.number, _ID),
        placed_at=placed_at,
        bought_at=_utc(told.bought_at or placed_at or told.at) if is_sale else None,
        buyer=buyer_told(told.buyer, country),
        lines=_lines(told.lines),
        total=_amount(told.total),
        currency=_cut(told.currency, 3).upper(),
        parcels=tuple(_parcel(one, came_at) for one in told.parcels),
        refunds=tuple(_refund(one, came_at) for one in told.refunds),
        carts=tuple(sorted({_cut(one, _ID) for one in told.carts if one}))[:MOST_CARTS],
        url=_url(told.url),
        ref=find_token(told.ref) or "",
        created_by=_cut(told.created_by, _ID),
    )


def bounded(order: Order) -> Order:
    """No more than a row takes: what is in which parcel goes first, then all but the newest refunds and
    parcels. What is left out is left out again."""
    carts, parcels, refunds = order.carts[:MOST_CARTS], _newest(order.parcels), _newest(order.refunds)
    told = replace(order, carts=carts, parcels=parcels, refunds=refunds)
    if _bytes_of(to_plain(told)) <= MOST_ORDER_BYTES:
        return told
    left = MOST_ORDER_BYTES - _bytes_of(to_plain(replace(told, parcels=(), refunds=())))
    kept_refunds = _within(left, [replace(one, lines=()) for one in refunds])
    left -= sum(_bytes_of(to_plain(one)) for one in kept_refunds)
    return replace(
        told, parcels=_within(left, [replace(one, lines=()) for one in parcels]), refunds=kept_refunds
    )


def told_of(order: Order, told: Iterable[str]) -> tuple[str, ...]:
    """The keys of an order's updates, without those of parcels and refunds that it has no more; of too many
    the latest. told: the earliest first."""
    there = {one.parcel_id for one in order.parcels} | {one.refund_id for one in order.refunds}
    keys = [key for key in dict.fromkeys(told) if ":" not in key or key.partition(":")[2] in there]
    while _bytes_of(keys) > MOST_TOLD_BYTES:
        keys = keys[len(keys) // 4 + 1 :]
    return tuple(keys)


def buyer_told(buyer: Buyer, country: str) -> Buyer:
    """Garbage is left out. country: of the shop."""
    own = buyer.country.strip().upper()
    own = own if len(own) == 2 and own.isascii() and own.isalpha() else ""
    read = [normal_phone(phone, own or country) for phone in buyer.phones]
    return Buyer(
        customer_id=_cut(buyer.customer_id, _ID),
        name=_cut(buyer.name, _ID),
        email=email_told(buyer.email),
        phones=tuple(dict.fromkeys(one for one in read if one))[:_MOST_PHONES],
        country=own,
        postcode=_cut(buyer.postcode, 20),
        language=_cut(buyer.language, 35),
        opt_in_text=_cut(buyer.opt_in_text, _WORDS),
    )


def email_told(written: str) -> str:
    """In small letters; '' for what is none."""
    email = written.strip().casefold()
    name, at, host = email.rpartition("@")
    is_one = bool(at and name and host) and len(email) <= _EMAIL and email.isprintable() and " " not in email
    return _cut(email, _EMAIL) if is_one else ""


def _lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    told = [_line(one) for one in lines[:MOST_LINES]]
    while _bytes_of([to_plain(one) for one in told]) > _MOST_BYTES:
        told = told[: len(told) * 3 // 4]
    return tuple(told)


def _line(line: Line) -> Line:
    return Line(
        title=_cut(line.title, _TITLE),
        quantity=line.quantity,
        price=_amount(line.price),
        line_id=_cut(line.line_id, _ID),
        product_id=_cut(line.product_id, _ID),
        variant=_cut(line.variant, _TITLE),
        sku=_cut(line.sku, _ID),
        picture=_url(line.picture),
        url=_url(line.url),
    )


def _parcel(parcel: Parcel, came_at: datetime) -> Parcel:
    return replace(
        parcel,
        parcel_id=_cut(parcel.parcel_id, _ID),
        at=_utc(parcel.at) if parcel.at > NEVER else came_at,
        courier=_cut(parcel.courier, _ID),
        number=_cut(parcel.number, _ID),
        url=_url(parcel.url),
        lines=_ids(parcel.lines),
    )


def _refund(refund: Refund, came_at: datetime) -> Refund:
    return replace(
        refund,
        refund_id=_cut(refund.refund_id, _ID),
        at=_utc(refund.at) if refund.at > NEVER else came_at,
        amount=_amount(refund.amount),
        lines=_ids(refund.lines),
    )


def _newest(told: tuple[_One, ...]) -> tuple[_One, ...]:
    if len(told) <= MOST_PARCELS:
        return told
    kept: Sequence[Any] = sorted(told, key=_age)[-MOST_PARCELS:]
    return tuple(one for one in told if one in kept)


def _within(most_bytes: int, told: Sequence[_One]) -> tuple[_One, ...]:
    """The newest that are no more than this together."""
    kept: list[Any] = []
    for one in sorted(told, key=_age, reverse=True):
        most_bytes -= _bytes_of(to_plain(one)) + 1
        if most_bytes < 0:
            break
        kept.append(one)
    return tuple(one for one in told if one in kept)


def _age(one: Parcel | Refund) -> tuple[datetime, str]:
    return one.at, json.dumps(to_plain(one), sort_keys=True)


def _bytes_of(plain: Any) -> int:
    """As a row holds it."""
    return len(json.dumps(plain, ensure_ascii=False).encode())


def _ids(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cut(one, 64) for one in given[:MOST_LINES])


def _known(at: datetime | None, told_at: datetime) -> datetime | None:
    """That it happened is told, and mostly when."""
    if at is None:
        return None
    return _utc(at) if at > NEVER else told_at


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _amount(given: Decimal) -> Decimal:
    return given if given.is_finite() else Decimal(0)


def _url(given: str) -> str:
    """Half an address leads nowhere."""
    return _cut(given, _URL) if len(given) <= _URL else ""


def _cut(text: str, most: int) -> str:
    """UTF-8 has no form for half characters."""
    return text[:most].encode("utf-8", "replace").decode()
