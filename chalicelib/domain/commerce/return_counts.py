"""What returns add to the shop's reports: by counters' names, of the month in which it happened, in UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.recovery_counts import minor_units
from chalicelib.domain.commerce.returns import Return

STATE: Final = "state:"
REASON: Final = "reason:"
PRODUCT: Final = "product:"
REFUNDED: Final = "refunded:"


@dataclass(frozen=True, slots=True)
class ReturnCount:
    """title: of the product, for reports; '' for what is none."""

    month: str
    name: str
    value: int = 1
    title: str = ""


def new_counts(before: Return | None, after: Return, digits: int) -> tuple[ReturnCount, ...]:
    """What is new in it since it was read. digits: how many its currency has after the point."""
    return tuple(_new(before, after, digits))


def _new(before: Return | None, after: Return, digits: int) -> Iterator[ReturnCount]:
    if before is None:
        month = _month(after.requested_at)
        yield ReturnCount(month, REASON + after.reason)
        for line in after.lines:
            yield ReturnCount(month, PRODUCT + (line.product_id or line.title), line.quantity, line.title)
    for step in after.steps[len(before.steps) if before else 0 :]:
        yield ReturnCount(_month(step.at), STATE + step.state)
    paid = _paid(after, digits) - (_paid(before, digits) if before else 0)
    if paid:
        yield ReturnCount(_month(after.steps[-1].at), REFUNDED + after.currency, paid)


def _paid(one: Return, digits: int) -> int:
    """In the smallest unit of its currency."""
    return minor_units(one.amount, digits) if one.amount and one.state == "refunded" else 0


def _month(at: datetime) -> str:
    return at.strftime("%Y-%m")
