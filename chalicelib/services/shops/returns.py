"""What shoppers send back: people of the shop decide on it, the shop pays it back, and both are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.commerce.return_counts import new_counts
from chalicelib.domain.commerce.returns import Return, ReturnState, moved, refunded
from chalicelib.domain.commerce.update_rules import rules_from
from chalicelib.domain.work import Due, MindOrder
from chalicelib.ports.commerce import CommerceStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.returns import KeptReturn, ReturnStore
from chalicelib.ports.shops import ShopStore
from chalicelib.services.shops.tell_return import TellReturns

TRIES: Final = 5
# A refund that was noted, and perhaps not told, is told again for so long: its key lives longer.
_STILL_NEWS: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a return is to go. words: for the shopper, beside ours. amount: what was paid back."""

    state: ReturnState
    words: str = ""
    label_url: str = ""
    amount: Decimal | None = None
    by: str = ""


class NoSuch(Exception):
    """There is no such `field`: order_id, lines, reason, photos or return."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Returns:
    """Every call names the merchant. What is written is guarded by versions; what is to be told of it is due
    with it, under a key of its own: done again, a call changes nothing and tells nothing."""

    def __init__(
        self, store: ReturnStore, orders: CommerceStore, shops: ShopStore, tell: TellReturns
    ) -> None:
        self._store, self._orders, self._shops, self._tell = store, orders, shops, tell

    def move(self, merchant_id: str, return_id: str, step: Step, now: datetime) -> Return:
        """Told again, it adds what is new in it, and nobody is told twice. Raises NoSuch, CantMove,
        StoreBusy."""
        for _ in range(TRIES):
            kept = self._store.one(merchant_id, return_id)
            if kept is None:
                raise NoSuch("return")
            after = moved(kept.told, step.state, now, step.by, step.words)
            after = replace(
                after,
                instructions=step.words or after.instructions,
                label_url=step.label_url or after.label_url,
                amount=after.amount if step.amount is None else step.amount,
            )
            is_new = after.state != kept.told.state
            due = self._tell.due(merchant_id, after, now) if is_new else None
            if after != kept.told and not is_saved(self._store, merchant_id, kept, after, due):
                continue
            if is_new:
                self._tell.at_once(merchant_id, after, now)
            return after
        raise StoreBusy("others change this return just now")

    def follow_refunds(self, work: MindOrder, now: datetime) -> None:
        """An order has changed: what was paid back of it ends the returns that it was for. Done again, and
        cut short in between, it tells each once. Raises StoreBusy."""
        for _ in range(TRIES):
            returns = self._store.of_order(work.merchant_id, work.connection_id, work.order_id)
            kept = (
                self._orders.order(work.merchant_id, work.connection_id, work.order_id) if returns else None
            )
            if kept is None:
                return
            versions = {one.told.return_id: one for one in returns}
            paid = refunded([one.told for one in returns], kept.order, now)
            if all(is_saved(self._store, work.merchant_id, versions[one.return_id], one) for one in paid):
                told = [*(one.told for one in returns), *paid]
                self._tell_refunds(work.merchant_id, told, now, has_buyer=bool(kept.shopper_id))
                return
        raise StoreBusy("others change this order's returns just now")

    def of_shoppers(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Return]:
        """The latest first."""
        return [one.told for one in self._store.of_shoppers(merchant_id, shopper_ids)]

    def _tell_refunds(
        self, merchant_id: str, returns: Sequence[Return], now: datetime, *, has_buyer: bool
    ) -> None:
        """Where the shop's updates of orders tell of refunds, they have told of this one. has_buyer: whether
        it is known whose the order is, else they tell nobody."""
        fresh = {
            one.return_id: one
            for one in returns
            if one.refunds and one.state == "refunded" and now - one.steps[-1].at < _STILL_NEWS
        }
        if not fresh:
            return
        updates = rules_from(self._shops.shop(merchant_id).orders)
        if has_buyer and updates.on_since is not None and updates.tells("refunded"):
            return
        for one in fresh.values():
            self._tell.tell(merchant_id, one, now)


def is_saved(
    store: ReturnStore, merchant_id: str, before: KeptReturn | None, after: Return, due: Due | None = None
) -> bool:
    """False where somebody else was faster."""
    counted = new_counts(before.told if before else None, after, _digits(after.currency))
    try:
        store.save(merchant_id, KeptReturn(after, before.version if before else 0), counted, due)
    except Conflict:
        return False
    return True


def _digits(currency: str) -> int:
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency) if currency else 2
