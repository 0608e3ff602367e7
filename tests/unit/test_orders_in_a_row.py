"""However much a shop tells of an order, a row takes it; and what was left out is left out again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order, Parcel, Refund, joined
from chalicelib.domain.plain import to_plain
from chalicelib.services.shops.recording import (
    MOST_CARTS,
    MOST_ORDER_BYTES,
    MOST_PARCELS,
    MOST_TOLD_BYTES,
    bounded,
    order_told,
    told_of,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def an_order(ids: int, many: int, letters: int) -> Order:
    """ids: how many lines there are in each of so many parcels, with so long links."""
    names, link = tuple(f"{number:064d}" for number in range(ids)), "https://x.example/" + "u" * letters
    moments = [NOON + timedelta(minutes=number) for number in range(many)]
    return Order(
        connection_id="cn_shop",
        order_id="o1",
        at=NOON,
        lines=tuple(Line(title="T" * 300, url=link, picture=link, line_id=name) for name in names),
        parcels=tuple(
            Parcel(parcel_id=f"p{number}", state="shipped", at=at, url=link, lines=names)
            for number, at in enumerate(moments)
        ),
        refunds=tuple(
            Refund(refund_id=f"r{number}", at=at, lines=names) for number, at in enumerate(moments)
        ),
        carts=tuple(f"c{number:02d}" for number in range(many)),
    )


def size_of(order: Order) -> int:
    return len(json.dumps(to_plain(order), ensure_ascii=False).encode())


def kept_of(told: Order) -> Order:
    order = order_told(told, "cn_shop", "GB", at=None)
    return joined(order, order)


def test_an_order_of_the_usual_kind_stays_whole() -> None:
    told = kept_of(an_order(ids=10, many=10, letters=90))
    assert bounded(told) == told


@pytest.mark.parametrize(
    ("ids", "many", "letters", "parcels"), [(100, 50, 90, 50), (100, 200, 1900, 20), (0, 60, 1900, 50)]
)
def test_the_largest_order_fits_with_its_newest_parcels(
    ids: int, many: int, letters: int, parcels: int
) -> None:
    told = kept_of(an_order(ids, many, letters))
    kept = bounded(told)
    assert size_of(kept) <= MOST_ORDER_BYTES < size_of(told) or not ids
    assert kept.lines == told.lines and len(kept.carts) == MOST_CARTS
    assert parcels <= len(kept.parcels) <= MOST_PARCELS and len(kept.refunds) == MOST_PARCELS
    assert min(one.at for one in kept.parcels) == NOON + timedelta(minutes=many - len(kept.parcels))
    assert bounded(joined(kept, told)) == bounded(joined(told, kept)) == kept


def test_what_was_told_is_remembered_as_long_as_it_is_there() -> None:
    order = an_order(ids=0, many=2, letters=9)
    told = ("placed", "shipped:p0", "shipped:p1", "shipped:gone", "refunded:r1", "delayed", "placed")
    assert told_of(order, told) == ("placed", "shipped:p0", "shipped:p1", "refunded:r1", "delayed")


def test_of_too_much_that_was_told_the_latest_is_remembered() -> None:
    parcels = tuple(Parcel(parcel_id=f"{number:0200d}", state="shipped", at=NOON) for number in range(50))
    order = replace(an_order(ids=0, many=0, letters=9), parcels=parcels)
    keys = [f"step_{step}:{one.parcel_id}" for step in range(20) for one in parcels]
    kept = told_of(order, keys)
    assert len(json.dumps(kept)) <= MOST_TOLD_BYTES
    assert len(kept) > 200 and list(kept) == keys[-len(kept) :]
