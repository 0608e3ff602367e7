"""What shoppers send back, and why: from counters alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.commerce.return_counts import PRODUCT, REASON, REFUNDED, STATE
from chalicelib.domain.commerce.returns import REASONS, RETURN_STATES
from chalicelib.ports.returns import ReturnStore

MOST_PRODUCTS = 50


@dataclass(frozen=True, slots=True)
class ReturnedProduct:
    """quantity: how many of it were to go back."""

    product_id: str
    title: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport:
    """states: how many came to each in these months; reasons: of those that were asked for; products: the
    most frequent first; refunded: in the smallest unit of each currency."""

    states: Mapping[str, int]
    reasons: Mapping[str, int]
    products: tuple[ReturnedProduct, ...]
    refunded: Mapping[str, int]


class ReportReturns:
    """Every call names the merchant. months: `2026-11` and its like."""

    def __init__(self, store: ReturnStore) -> None:
        self._store = store

    def __call__(self, merchant_id: str, months: Sequence[str]) -> ReturnReport:
        """Raises StoreBusy."""
        sums = self._store.sums(merchant_id, months)
        products = [
            ReturnedProduct(name, sums.titles.get(PRODUCT + name, name), quantity)
            for name, quantity in _named(sums.counts, PRODUCT).items()
        ]
        return ReturnReport(
            states={one: sums.counts.get(STATE + one, 0) for one in RETURN_STATES},
            reasons={one: sums.counts.get(REASON + one, 0) for one in REASONS},
            products=tuple(sorted(products, key=lambda one: (-one.quantity, one.title))[:MOST_PRODUCTS]),
            refunded=_named(sums.counts, REFUNDED),
        )


def _named(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in sorted(counts.items()) if name.startswith(prefix)}
