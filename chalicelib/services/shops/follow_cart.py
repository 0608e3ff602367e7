"""What became of a cart's reminders and of the cart, and how all of it is written down and counted."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow, Step
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.recovery import INTENDED, SENT, CartRules, next_look
from chalicelib.domain.commerce.recovery_counts import Sale, difference, minor_units, month_of, tally
from chalicelib.domain.ids import to_ms
from chalicelib.domain.messages import Message, ref_from
from chalicelib.domain.promise.waits import month_before
from chalicelib.domain.work import Due, MindCart
from chalicelib.ports.commerce import CartAsRead, CommerceStore, Counter, KeptCart, ShopChange
from chalicelib.ports.threads import ThreadStore

# Further on than `queued`, and not known to have failed: it may be with the shopper.
_ARRIVED: Final = frozenset({"uncertain", "sent", "delivered", "read"})


class FollowCart:
    """Reads messages and orders; writes the cart on the version that was read."""

    def __init__(self, store: CommerceStore, threads: ThreadStore) -> None:
        self._store, self._threads = store, threads

    def looked_at(self, work: MindCart, kept: KeptCart) -> KeptCart:
        """With what became of reminders that were on their way. Raises StoreBusy."""
        flow = kept.flow
        steps = tuple(self._known(work.merchant_id, step) for step in flow.steps)
        return kept if steps == flow.steps else replace(kept, flow=replace(flow, steps=steps))

    def _known(self, merchant_id: str, step: Step) -> Step:
        ref = ref_from(merchant_id, step.message) if step.code == INTENDED else None
        return step if ref is None else _became(step, self._threads.message(ref))

    def made(self, merchant_id: str, cart: Cart, number: int, now: datetime) -> Step | None:
        """A reminder that was made, and not noted. Raises StoreBusy."""
        ref = self._threads.keyed(merchant_id, key_of(cart, number))
        return Step(number=number, at=now, code=INTENDED, message=ref.reference) if ref else None

    def write(
        self,
        work: MindCart,
        kept: KeptCart,
        flow: Flow,
        rules: CartRules,
        sale: Sale | None,
        at: datetime | None,
        now: datetime,
    ) -> None:
        """All in one, and on the version that was read alone: what the shop has told since has set its own
        moment. kept: as it was read; at: when it is looked at again, None for as `next_look` says.

        Raises Conflict, StoreBusy.
        """
        counts, month = tally(flow, sale), month_of(flow)
        counted = tuple(Counter(month, name, more) for name, more in difference(flow, counts).items())
        flow = replace(flow, counted=counts)
        at = at or next_look(kept.cart, flow, rules, now)
        is_same = flow == kept.flow
        cart = kept.cart
        as_read = CartAsRead(work.merchant_id, cart.connection_id, cart.cart_id, kept.version)
        change = ShopChange(
            carts=() if is_same else (replace(kept, flow=flow),),
            as_read=(as_read,) if is_same else (),
            due=() if at is None else (Due(work, at),),
            done=(work,) if at is None else (),
            counted=counted,
        )
        self._store.commit(work.merchant_id, change)

    def sale(self, merchant_id: str, cart: Cart, at: datetime, order: Order | None = None) -> Sale | None:
        """What it was bought for; None where the order came from another cart of theirs. Raises StoreBusy."""
        if order is None and cart.order_id:
            kept = self._store.order(merchant_id, cart.connection_id, cart.order_id)
            order = kept.order if kept else None
        if order is not None and order.carts and cart.cart_id not in order.carts:
            return None
        currency = (order and order.currency) or cart.currency
        total = order.total if order is not None and order.currency else cart.total
        return Sale(at, currency, minor_units(total, _digits(currency)))

    def reachable(self, merchant_id: str, now: datetime) -> int:
        """How many carts the shop could remind of in a month: the last, or this one where those are more."""
        months = [f"{now:%Y-%m}", month_before(now, "UTC")]
        counts = self._store.counts(merchant_id, months)
        return max(counts.get(month, {}).get("reachable", 0) for month in months)


def key_of(cart: Cart, number: int) -> str:
    """What a reminder is made under, once. Of a cart that was touched since, it is another."""
    return f"cart {cart.connection_id} {cart.cart_id} {number} {to_ms(cart.at)}"


def _became(step: Step, message: Message | None) -> Step:
    if message is None:
        return replace(step, code="gone")
    if message.status in _ARRIVED:
        return replace(step, code=SENT, at=message.started_at or step.at)
    if message.status in ("skipped", "failed"):
        return replace(step, code=message.reason or message.status)
    return step


def _digits(currency: str) -> int:
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency) if currency else 2
