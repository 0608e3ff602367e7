"""What is kept of what shoppers send back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.commerce.return_counts import ReturnCount
from chalicelib.domain.commerce.returns import Return, ReturnState
from chalicelib.domain.work import Due


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """version: 0 while it is not stored."""

    told: Return
    version: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted, by name; titles: of the products among the names."""

    counts: Mapping[str, int]
    titles: Mapping[str, str]


class ReturnStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def one(self, merchant_id: str, return_id: str) -> KeptReturn | None:
        """As it is now."""

    def of_order(self, merchant_id: str, connection_id: str, order_id: str) -> list[KeptReturn]:
        """All returns of one order, the latest first."""

    def of_shoppers(self, merchant_id: str, shopper_ids: Sequence[str], limit: int = 20) -> list[KeptReturn]:
        """The latest returns of these, at most so many of each, the latest first."""

    def in_state(
        self, merchant_id: str, state: ReturnState, before: str = "", limit: int = 50
    ) -> list[KeptReturn]:
        """Those that are in this state, the latest first. before: the `cursor` of the last one on
        the page before."""

    def save(
        self, merchant_id: str, kept: KeptReturn, counted: Sequence[ReturnCount], due: Due | None = None
    ) -> None:
        """With what is due for it. Raises Conflict when it was changed since it was read, or another of the
        same place in its order is there: nothing is written then, nor counted."""

    def sums(self, merchant_id: str, months: Sequence[str]) -> Sums:
        """What was counted in these months."""

    def forget(self, merchant_id: str, returns: Sequence[KeptReturn]) -> None:
        """Take them away with all that leads to them; what is counted stays. Again is harmless."""
