"""What became of the carts that were left: from counters alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.commerce.recovery_counts import REVENUE, SKIPPED
from chalicelib.domain.commerce.uplift import Group, Uplift, uplift
from chalicelib.ports.commerce import CommerceStore


@dataclass(frozen=True, slots=True, kw_only=True)
class CartReport:
    """carts: how many were left; reachable: of how many the buyer could be reminded; reached: of how many
    they were. skipped: why not, by code. recovered: bought within a week of the first reminder, and for how
    much, in the smallest unit of each currency. treated, control: who could be reminded while some of them
    were held out, and how many of each bought; uplift: None where there are too few to tell."""

    carts: int
    reachable: int
    reached: int
    held_out: int
    skipped: Mapping[str, int]
    recovered: int
    revenue: Mapping[str, int]
    treated: Group
    control: Group
    uplift: Uplift | None


class ReportCarts:
    """Every call names the merchant. months: `2026-11` and its like."""

    def __init__(self, store: CommerceStore) -> None:
        self._store = store

    def __call__(self, merchant_id: str, months: Sequence[str]) -> CartReport:
        """Raises StoreBusy."""
        counts: Counter[str] = Counter()
        for of_month in self._store.counts(merchant_id, months).values():
            counts.update(of_month)
        treated = Group(counts["treated"], counts["treated_bought"])
        control = Group(counts["control"], counts["control_bought"])
        return CartReport(
            carts=counts["abandoned"],
            reachable=counts["reachable"],
            reached=counts["reached"],
            held_out=counts["held_out"],
            skipped=_named(counts, SKIPPED),
            recovered=counts["recovered"],
            revenue=_named(counts, REVENUE),
            treated=treated,
            control=control,
            uplift=uplift(treated, control),
        )


def _named(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    """The most frequent first."""
    found = {name.removeprefix(prefix): n for name, n in counts.items() if name.startswith(prefix) and n}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
