"""Which orders are counted with a campaign's message, and for how much."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from chalicelib.domain.campaigns.purchases import bought_since
from chalicelib.domain.commerce.orders import Order, Refund

SENT = datetime(2026, 11, 22, 10, tzinfo=UTC)
WEEK = timedelta(days=7)
_MS = timedelta(milliseconds=1)


def order(after: timedelta | None, **more) -> Order:
    named = {"connection_id": "cn_1", "order_id": "1", "total": Decimal(20), "currency": "EUR", **more}
    return Order(bought_at=None if after is None else SENT + after, **named)


TWENTY = {"EUR": Decimal(20)}
CASES = [
    ("at once", order(timedelta(0)), True, TWENTY),
    ("before", order(-_MS), False, {}),
    ("on the last moment", order(WEEK), True, TWENTY),
    ("too late", order(WEEK + _MS), False, {}),
    ("never more than a cart", order(None), False, {}),
    ("still to be paid before it counts", order(timedelta(0), is_bought=False), False, {}),
    ("cancelled", order(timedelta(0), state="cancelled"), False, {}),
    ("all money went back", order(timedelta(0), paid="refunded"), False, {}),
    ("nobody knows the price", order(timedelta(0), currency="", total=Decimal(0)), True, {}),
    (
        "part of the money went back",
        order(timedelta(0), refunds=(Refund(refund_id="r", at=SENT, amount=Decimal(5)),)),
        True,
        {"EUR": Decimal(15)},
    ),
]


@pytest.mark.parametrize(("what", "one", "is_bought", "revenue"), CASES)
def test_an_order_counts_when_it_came_within_a_week_of_the_message(what, one, is_bought, revenue):
    assert bought_since([one], SENT) == (is_bought, revenue), what


def test_several_orders_are_summed_by_currency_and_each_counts_once():
    two = [order(timedelta(days=4)), order(timedelta(days=5), currency="MDL"), order(timedelta(days=6))]
    assert bought_since(two, SENT) == (True, {"EUR": Decimal(40), "MDL": Decimal(20)})
    assert bought_since([], SENT) == (False, {})
