"""When a cart that its buyer has left is looked at again: the shop's rules for it, and a cart's own clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.flows import Flow, Step

IDLE: Final = timedelta(minutes=45)
# Who looks something up, or fetches their card, has not left.
SHORTEST_IDLE: Final = timedelta(minutes=10)
SECOND_AFTER: Final = timedelta(hours=24)
MOST_STEPS: Final = 3
MAX_AGE: Final = timedelta(days=7)
SPACING: Final = timedelta(hours=24)
# By then a reminder has mostly been sent, or not. One that is held for long is looked at ever less often.
LOOKED_AT_AFTER: Final = timedelta(minutes=15)
LONGEST_WAIT: Final = timedelta(hours=6)
# A step has become a message, and nobody has looked yet what became of that.
INTENDED: Final = "intended"
SENT: Final = "sent"
# The cart was touched while a reminder of it was on its way: that one counts for nothing.
CHANGED: Final = "cart_changed"
UNKNOWN: Final = "nobody_known"
NEWER: Final = "newer_cart"
# After these nothing changes by waiting, as long as the cart stays as it is.
LASTING: Final = frozenset(
    {UNKNOWN, NEWER, "too_small", "excluded", "no_opt_in", "opted_out", "do_not_call", "staff"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One reminder of the shop's. after: of the first, since the cart was last touched; of a further one,
    since the one before was sent. texts: the shop's own words by language; templates: by connection and
    language, as the setting has them. code: a discount's. has_picture: with the picture of the cart's first
    line."""

    after: timedelta
    texts: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    has_picture: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CartRules:
    """on_since: when it was switched on, None while it is off: older carts are never minded. max_age: since
    the cart was last touched. spacing: between two reminders of one person, whatever their carts. excluded:
    products (or their SKUs) that nobody is reminded of. holdout: the share that is never reminded, in
    percent; None: as `holdout_share` finds."""

    on_since: datetime | None = None
    steps: tuple[StepRule, ...] = (StepRule(after=IDLE), StepRule(after=SECOND_AFTER))
    max_age: timedelta = MAX_AGE
    spacing: timedelta = SPACING
    min_value: Decimal = Decimal(0)
    excluded: frozenset[str] = frozenset()
    holdout: float | None = None

    @property
    def idle(self) -> timedelta:
        return self.steps[0].after


def rules_from(given: Mapping[str, Any]) -> CartRules:
    """The shop's setting `carts`, as the schema and the settings' check let it through. A shop that never
    switched it on reminds nobody. Raises TypeError or ValueError on anything else."""
    plain = CartRules()
    steps = [_step(number, raw) for number, raw in enumerate(given.get("steps") or ())]
    holdout = given.get("holdout")
    return CartRules(
        on_since=datetime.fromisoformat(given["on_since"]) if _is_on(given) else None,
        steps=tuple(steps) or plain.steps,
        max_age=timedelta(days=float(given.get("max_age_days", MAX_AGE.days))),
        spacing=timedelta(hours=float(given.get("spacing_hours", SPACING / timedelta(hours=1)))),
        min_value=Decimal(str(given.get("min_value", 0))),
        excluded=frozenset(given.get("excluded", ())),
        holdout=None if holdout is None else float(holdout),
    )


def next_look(cart: Cart, flow: Flow, rules: CartRules, now: datetime) -> datetime | None:
    """When there is something to decide about it, or to find out; at once where that is past. None: nothing
    will ever come of it now."""
    if flow.ended:
        return None
    if cart.bought_at is not None:
        return now if flow.began_at else None
    if is_pending(flow):
        return _next_of_pending(flow.steps[-1].at, now)
    if not is_open(cart) or not is_minded(cart, rules) or flow.is_held_out:
        return None
    at = step_at(cart, flow, rules)
    if at is None or max(at, now) > cart.at + rules.max_age:
        return None
    return max(at, now)


def _next_of_pending(made_at: datetime, now: datetime) -> datetime:
    """The moments are the same whoever asks: what the shop tells meanwhile moves none of them."""
    wait = LOOKED_AT_AFTER
    at = made_at + wait
    while at <= now:
        wait = min(max(LOOKED_AT_AFTER, (at - made_at) / 2), LONGEST_WAIT)
        at += wait
    return at


def is_minded(cart: Cart, rules: CartRules) -> bool:
    """Whether it began after the shop switched its reminders on: what lay there before is left alone."""
    return rules.on_since is not None and cart.created_at > rules.on_since


def is_pending(flow: Flow) -> bool:
    """Whether nobody knows yet what became of the last reminder."""
    return bool(flow.steps) and flow.steps[-1].code == INTENDED


def step_at(cart: Cart, flow: Flow, rules: CartRules) -> datetime | None:
    """When the next reminder is due, however late it is by now; None where there is none left.

    A cart that was touched has to lie idle once more, whatever came before.
    """
    made = made_steps(cart, flow)
    if len(made) >= len(rules.steps) or (made and made[-1].code in LASTING):
        return None
    idle_at = cart.at + rules.idle
    if not made:
        return idle_at
    return max(idle_at, made[-1].at + rules.steps[len(made)].after)


def made_steps(cart: Cart, flow: Flow) -> tuple[Step, ...]:
    """Those that count: which became messages; and those skipped since the cart was last touched. As long as
    nobody knew whose it was, nothing was skipped once somebody does."""
    passed = {CHANGED, UNKNOWN} if flow.shopper_id else {CHANGED}
    return tuple(
        step for step in flow.steps if is_message(step) or (step.at >= cart.at and step.code not in passed)
    )


def is_message(step: Step) -> bool:
    """Whether it is with the shopper, or may be on its way to them."""
    return step.code in (SENT, INTENDED)


def _is_on(given: Mapping[str, Any]) -> bool:
    return bool(given.get("on")) and bool(given.get("on_since"))


def _step(number: int, raw: Mapping[str, Any]) -> StepRule:
    usual = IDLE if number == 0 else SECOND_AFTER
    return StepRule(
        after=timedelta(minutes=float(raw["after_minutes"])) if "after_minutes" in raw else usual,
        texts=raw.get("texts", {}),
        templates=raw.get("templates", {}),
        code=raw.get("code", ""),
        has_picture=bool(raw.get("picture", True)),
    )
