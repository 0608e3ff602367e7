"""What was bought after a campaign's message."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.commerce.orders import Order

# What is bought later has other reasons.
COUNTED_FOR: Final = timedelta(days=7)
# What its buyer got all the money back for, or never paid.
_UNPAID: Final = frozenset({"failed", "refunded"})


def bought_since(orders: Iterable[Order], sent_at: datetime) -> tuple[bool, Mapping[str, Decimal]]:
    """Whether a shopper has bought, and for how much by currency, within seven days after the message.

    orders: all of theirs. sent_at: of somebody who is held out, when it would have been sent. Whether they
    followed its link does not matter: nobody who is held out has one, and both are compared. An order of
    which no price is known counts as bought.
    """
    revenue: dict[str, Decimal] = {}
    is_bought = False
    for order in orders:
        if not _counts(order, sent_at):
            continue
        is_bought = True
        amount = order.total - sum((refund.amount for refund in order.refunds), Decimal(0))
        if order.currency and amount > 0:
            revenue[order.currency] = revenue.get(order.currency, Decimal(0)) + amount
    return is_bought, revenue


def _counts(order: Order, sent_at: datetime) -> bool:
    if order.bought_at is None or order.state != "open" or order.paid in _UNPAID or not order.is_bought:
        return False
    return sent_at <= order.bought_at <= sent_at + COUNTED_FOR
