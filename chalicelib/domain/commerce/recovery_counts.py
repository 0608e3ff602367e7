"""What one cart adds to the shop's report of carts: by counters' names, and always all of it anew, so that
the difference to what was counted before can be added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.recovery import INTENDED, SENT
from chalicelib.domain.commerce.reminding import first_sent_at

# What is bought later has another reason.
RECOVERED_WITHIN: Final = timedelta(days=7)
SKIPPED: Final = "skipped:"
REVENUE: Final = "revenue:"


@dataclass(frozen=True, slots=True)
class Sale:
    """What a cart became. minor: in the currency's smallest unit."""

    at: datetime
    currency: str
    minor: int


def minor_units(amount: Decimal, digits: int) -> int:
    """digits: how many the currency has after the point."""
    return int((amount * 10**digits).to_integral_value())


def month_of(flow: Flow) -> str:
    """In which month it all is counted: that in which the cart was left, in UTC. '' while it was not."""
    return flow.began_at.strftime("%Y-%m") if flow.began_at else ""


def tally(flow: Flow, sale: Sale | None) -> dict[str, int]:
    """All that the cart counts as today."""
    if flow.began_at is None:
        return {}
    sent_at, counts = first_sent_at(flow), ["abandoned"]
    if flow.decided_at is not None:
        counts.append("reachable")
        counts += _group(flow, sale)
    found = dict.fromkeys(counts, 1)
    if sent_at is not None:
        found["reached"] = 1
        found |= _recovered(sent_at, sale)
    elif flow.steps and not flow.is_held_out and flow.steps[-1].code not in (SENT, INTENDED):
        found[f"{SKIPPED}{flow.steps[-1].code}"] = 1
    return found


def difference(flow: Flow, now_counts: Mapping[str, int]) -> dict[str, int]:
    """What has to be added to the month's counters, or taken away from them."""
    names = sorted({*flow.counted, *now_counts})
    changes = {name: now_counts.get(name, 0) - flow.counted.get(name, 0) for name in names}
    return {name: value for name, value in changes.items() if value}


def _group(flow: Flow, sale: Sale | None) -> list[str]:
    """Both groups are watched from the same moment: when it was decided, not when a message left."""
    names = ["held_out"] if flow.is_held_out else []
    if flow.is_measured:
        group = "control" if flow.is_held_out else "treated"
        is_bought = flow.decided_at is not None and _is_within(flow.decided_at, sale)
        names += [group, f"{group}_bought"] if is_bought else [group]
    return names


def _recovered(sent_at: datetime, sale: Sale | None) -> dict[str, int]:
    if sale is None or not _is_within(sent_at, sale):
        return {}
    return {"recovered": 1, f"{REVENUE}{sale.currency}": sale.minor}


def _is_within(since: datetime, sale: Sale | None) -> bool:
    return sale is not None and timedelta() <= sale.at - since <= RECOVERED_WITHIN
