"""What a shopper sends back: which lines of an order may go, until when, and how far it has come."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, cast, get_args

from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order, Refund
from chalicelib.domain.commerce.stages import parcels_of
from chalicelib.domain.ids import sort_key

ReturnState = Literal["requested", "approved", "received", "refunded", "declined", "withdrawn"]
RETURN_STATES: Final[tuple[ReturnState, ...]] = get_args(ReturnState)
Reason = Literal[
    "does_not_fit",
    "damaged",
    "not_as_described",
    "wrong_item",
    "changed_mind",
    "arrived_late",
    "other",
]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
# Why a line stays: the shop takes none back; not this product; its days are over; all of it goes back
# already, or was paid back; the order was called off.
Refused = Literal["off", "excluded", "too_late", "returned", "cancelled"]
DAYS: Final = 30
# What can come after each state: a shop may leave steps out, and never goes back.
_NEXT: Final[Mapping[ReturnState, frozenset[ReturnState]]] = {
    "requested": frozenset({"approved", "received", "refunded", "declined", "withdrawn"}),
    "approved": frozenset({"received", "refunded", "declined", "withdrawn"}),
    "received": frozenset({"refunded", "declined"}),
    "refunded": frozenset(),
    "declined": frozenset(),
    "withdrawn": frozenset(),
}
# Its lines are with the shopper still, and may be asked for again.
_CAME_TO_NOTHING: Final = frozenset({"declined", "withdrawn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRules:
    """How a shop takes things back: the setting `returns`. days: after its delivery, else its sending, else
    its order. excluded: product ids. instructions, cost: the shop's own words, by language. label_url: the
    label that all returns have, where there is one."""

    is_on: bool = False
    days: int = DAYS
    excluded: frozenset[str] = frozenset()
    reasons: tuple[Reason, ...] = REASONS
    instructions: Mapping[str, str] = field(default_factory=dict)
    cost: Mapping[str, str] = field(default_factory=dict)
    label_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """line_id: of the order. title, product_id: as they were when it was asked for."""

    line_id: str
    quantity: int = 1
    title: str = ""
    product_id: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """When it came to a state. by: who of the shop said so, '' where the shop system or the shopper did.
    words: the shop's own, told beside it."""

    state: ReturnState
    at: datetime
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """place: which of its order's returns it is, from 1. number: the order's, as the buyer knows it.
    thread_id: where its shopper is told of it. steps: the states that it came to, in their order. photos:
    messages of the thread. instructions, label_url: for this one; '' where the shop's own hold. amount: what
    was paid back, None while nobody has told. refunds: the order's refunds that were for it. once: the key
    under which it was opened, '' for none."""

    return_id: str
    place: int
    connection_id: str
    order_id: str
    thread_id: str
    shopper_id: str
    lines: tuple[ReturnedLine, ...]
    steps: tuple[Reached, ...]
    number: str = ""
    reason: Reason = "other"
    note: str = ""
    photos: tuple[str, ...] = ()
    instructions: str = ""
    label_url: str = ""
    amount: Decimal | None = None
    currency: str = ""
    refunds: tuple[str, ...] = ()
    once: str = ""

    @property
    def state(self) -> ReturnState:
        return self.steps[-1].state

    @property
    def requested_at(self) -> datetime:
        return self.steps[0].at

    @property
    def cursor(self) -> str:
        """Where it stands among others: by when it was asked for."""
        return sort_key(self.requested_at, self.return_id)

    @property
    def is_over(self) -> bool:
        """Nothing comes after it."""
        return not _NEXT[self.state]


class CantMove(ValueError):
    """A return never goes back, and ends once."""


@dataclass(frozen=True, slots=True)
class MayReturn:
    """A line of an order, how many of it may go back, and until when; refused: '' or why none."""

    line: Line
    left: int
    until: datetime
    refused: Refused | Literal[""] = ""


def rules_from(given: Mapping[str, Any]) -> ReturnRules:
    """The setting `returns`, as the schema let it through."""
    return ReturnRules(
        is_on=bool(given.get("on")),
        days=int(given.get("days") or DAYS),
        excluded=frozenset(given.get("excluded_products", ())),
        reasons=tuple(cast(Reason, one) for one in given.get("reasons") or REASONS if one in REASONS),
        instructions=dict(given.get("instructions") or {}),
        cost=dict(given.get("cost") or {}),
        label_url=given.get("label_url") or "",
    )


def returnable(
    order: Order, rules: ReturnRules, earlier: Iterable[Return], now: datetime
) -> tuple[MayReturn, ...]:
    """Every line of the order that has an id. earlier: the returns of this order."""
    taken = taken_back(earlier)
    paid_back = {line for refund in order.refunds for line in refund.lines}
    return tuple(
        _may_return(line, order, rules, line.quantity - taken[line.line_id], paid_back, now)
        for line in order.lines
        if line.line_id and line.quantity > 0
    )


def taken_back(returns: Iterable[Return]) -> Counter[str]:
    """How many of each line go back, or went."""
    found: Counter[str] = Counter()
    for one in returns:
        if one.state not in _CAME_TO_NOTHING:
            found.update({line.line_id: line.quantity for line in one.lines})
    return found


def last_moment(order: Order, line_id: str, rules: ReturnRules) -> datetime:
    """Until when a line may go back. A parcel that does not say what is in it may have any line in it; of
    several the last counts, and one that has not come yet by the last that was told of it."""
    holding = [one for one in parcels_of(order) if not one.lines or line_id in one.lines]
    begins = max((one.at for one in holding), default=order.placed_at or order.at)
    return begins + timedelta(days=rules.days)


def moved(one: Return, state: ReturnState, at: datetime, by: str = "", words: str = "") -> Return:
    """The same where it is there already. Raises CantMove."""
    if state == one.state:
        return one
    if state not in _NEXT[one.state]:
        raise CantMove(f"from {one.state} to {state}")
    return replace(one, steps=(*one.steps, Reached(state, max(at, one.steps[-1].at), by, words)))


def refunded(returns: Sequence[Return], order: Order, now: datetime) -> tuple[Return, ...]:
    """Those that are paid back by what the shop system tells of the order. A refund counts for one return:
    the earliest that waits for money for a line of it. Told again, nothing is new."""
    used = {name for one in returns for name in one.refunds}
    found: list[Return] = []
    for one in sorted(returns, key=lambda each: each.place):
        theirs = [each for each in order.refunds if each.refund_id not in used and _is_for(each, one)]
        named = {line for each in theirs for line in each.lines}
        if one.is_over or not {line.line_id for line in one.lines} <= named:
            continue
        used |= {each.refund_id for each in theirs}
        names, amount = tuple(each.refund_id for each in theirs), sum(each.amount for each in theirs)
        paid = replace(one, refunds=names, amount=Decimal(amount) or None, currency=order.currency)
        found.append(moved(paid, "refunded", now))
    return tuple(found)


def _is_for(refund: Refund, one: Return) -> bool:
    """What was paid back before it was asked for had another reason."""
    is_later = refund.at >= one.requested_at
    return is_later and any(line.line_id in refund.lines for line in one.lines)


def _may_return(
    line: Line, order: Order, rules: ReturnRules, left: int, paid_back: set[str], now: datetime
) -> MayReturn:
    until = last_moment(order, line.line_id, rules)
    refused: Refused | Literal[""] = ""
    if not rules.is_on:
        refused = "off"
    elif order.state != "open":
        refused = "cancelled"
    elif left <= 0 or line.line_id in paid_back:
        refused = "returned"
    elif line.product_id and line.product_id in rules.excluded:
        refused = "excluded"
    elif now >= until:
        refused = "too_late"
    return MayReturn(line, 0 if refused else left, until, refused)
