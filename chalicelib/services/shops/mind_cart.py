"""A cart that its buyer has left: who is reminded of it, when, and what came of that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.flows import Flow, Step
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.recovery import (
    INTENDED,
    NEWER,
    UNKNOWN,
    CartRules,
    is_message,
    is_pending,
    made_steps,
    next_look,
    rules_from,
)
from chalicelib.domain.commerce.recovery_counts import Sale
from chalicelib.domain.commerce.reminding import (
    has_newer,
    holdout_share,
    is_held_out,
    is_sold_by_another,
    not_worth,
    ordered_since,
    reminded_at,
)
from chalicelib.domain.connections import Connection
from chalicelib.domain.gate import Verdict
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import MindCart
from chalicelib.ports.commerce import CommerceStore, KeptCart
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.services.receiving.pointers import TRIES
from chalicelib.services.sending.find_way import Way
from chalicelib.services.sending.intend import Intend
from chalicelib.services.sending.know_cart import KnowCart, Reader, is_waiting, naming, wrote_at
from chalicelib.services.shops.catch_up import EVERY, noted_as
from chalicelib.services.shops.follow_cart import FollowCart, key_of
from chalicelib.services.shops.remind import FindReminder, Reminder
from chalicelib.services.threads.write_thread import NotFound

# What can be sent only once somebody has mended the connection is looked at again after this.
LATER: Final = timedelta(hours=6)
# While the shop refuses our token it may not tell what is bought either: whether it does again is looked at
# after this.
UNHEARD: Final = timedelta(hours=1)
# A shop that was asked until then, and not since, is being asked for all that it has not told: an order may
# stand at its end. One that can't be asked for as long as the second tells by its webhooks alone.
_ASKED_WITHIN: Final = timedelta(minutes=45)
_ASKED_NO_MORE: Final = timedelta(hours=12)
WhoseCart = Callable[[str, KeptCart], str]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a cart's reminders have come to. at: when it is looked at again, None for as `next_look` says.
    sale: what was bought."""

    flow: Flow
    at: datetime | None = None
    sale: Sale | None = None


class MindCarts:
    """Repeatable at any point: a reminder is made under its own key, what is written of the cart only on the
    version that was read."""

    def __init__(
        self,
        store: CommerceStore,
        shops: ShopStore,
        dues: DueStore,
        know: KnowCart,
        follow: FollowCart,
        find_way: FindReminder,
        intend: Intend,
        whose: WhoseCart,
    ) -> None:
        """whose: the proven shopper of a cart, '' where nobody knows."""
        self._store, self._shops, self._dues = store, shops, dues
        self._know, self._follow, self._find_way = know, follow, find_way
        self._intend, self._whose = intend, whose

    def __call__(self, work: MindCart, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        for _ in range(TRIES):
            kept = self._store.cart(work.merchant_id, work.connection_id, work.cart_id)
            if kept is None:
                self._dues.forget(work)
                return
            connection, shop = self._shops.connection_and_shop(work.connection_id, work.merchant_id)
            rules = rules_from(shop.carts)
            try:
                decided = self._decide(
                    work.merchant_id, self._follow.looked_at(work, kept), connection, shop, now
                )
                self._follow.write(work, kept, decided.flow, rules, decided.sale, decided.at, now)
                return
            except Conflict:  # the shop has told more of it: decide on what there is then
                continue
        raise StoreBusy("others write this cart just now")

    def _decide(
        self, merchant_id: str, kept: KeptCart, connection: Connection | None, shop: Shop, now: datetime
    ) -> Decided:
        cart, flow, rules = kept.cart, kept.flow, rules_from(shop.carts)
        if cart.bought_at is not None:
            return self._settled(merchant_id, kept, cart.bought_at)
        at = next_look(cart, flow, rules, now)
        if at is None or at > now or not is_open(cart) or is_pending(flow) or not _is_ours(cart, connection):
            return Decided(flow if _is_ours(cart, connection) else replace(flow, ended="too_old"))
        if connection is not None and connection.status != "active":
            return Decided(flow, now + UNHEARD)
        if connection is not None and self._is_catching_up(connection, now):
            return Decided(flow, now + EVERY)
        flow = replace(flow, began_at=flow.began_at or cart.at + rules.idle)
        code = not_worth(cart, rules)
        if code:
            return Decided(_skipped(cart, flow, code, now))
        shopper_id = flow.shopper_id or self._whose(merchant_id, kept)
        made = self._follow.made(merchant_id, cart, len(made_steps(cart, flow)) + 1, now)
        if made is not None:  # by a try of ours that got no further
            flow = self._grouped(merchant_id, replace(flow, shopper_id=shopper_id), rules, now)
            return Decided(replace(flow, is_held_out=False, steps=(*flow.steps, made)))
        return self._of_person(
            merchant_id, replace(kept, flow=replace(flow, shopper_id=shopper_id)), rules, now
        )

    def _is_catching_up(self, connection: Connection, now: datetime) -> bool:
        """Of a shop that can't be asked nothing is ever noted."""
        until = self._store.caught_up(connection.merchant_id, noted_as(connection))
        return until is not None and _ASKED_WITHIN < now - until < _ASKED_NO_MORE

    def _settled(self, merchant_id: str, kept: KeptCart, at: datetime) -> Decided:
        """It was bought: what that has to do with us, if anything."""
        cart, flow = kept.cart, kept.flow
        if flow.began_at is None:
            return Decided(flow)
        reader = self._know.reader(merchant_id, flow.shopper_id, kept)
        others = [one.cart for one in self._store.of_buyers(merchant_id, reader.keys).carts]
        is_others = is_sold_by_another(cart, others)
        sale = None if is_others else self._follow.sale(merchant_id, cart, at)
        return Decided(replace(flow, ended="bought"), sale=sale)

    def _of_person(self, merchant_id: str, kept: KeptCart, rules: CartRules, now: datetime) -> Decided:
        """What else they have in their carts, have bought, or have said meanwhile."""
        cart, flow = kept.cart, kept.flow
        reader = self._know.reader(merchant_id, flow.shopper_id, kept)
        theirs = self._store.of_buyers(merchant_id, reader.keys)
        order = ordered_since(cart, [one.order for one in theirs.orders])
        if order is not None:
            return self._bought(merchant_id, kept, order)
        others = [one for one in theirs.carts if one.cart != cart and not _is_same(one.cart, cart)]
        if has_newer(cart, [one.cart for one in others], rules):
            return Decided(_skipped(cart, flow, NEWER, now))
        last = reminded_at([flow, *(one.flow for one in others)])
        if last is not None and now < last + rules.spacing:
            return Decided(flow, last + rules.spacing)
        if _has_written(reader, cart):
            return Decided(_skipped(cart, flow, "shopper_wrote", now))
        return self._remind(merchant_id, kept, reader, rules, now)

    def _bought(self, merchant_id: str, kept: KeptCart, order: Order) -> Decided:
        at = order.bought_at or order.at
        sale = self._follow.sale(merchant_id, replace(kept.cart, order_id=order.order_id), at, order)
        return Decided(replace(kept.flow, ended="bought"), sale=sale)

    def _remind(
        self, merchant_id: str, kept: KeptCart, reader: Reader, rules: CartRules, now: datetime
    ) -> Decided:
        cart, flow = kept.cart, kept.flow
        number = len(made_steps(cart, flow)) + 1
        told = 1 + sum(map(is_message, flow.steps))
        one = Reminder(cart=cart, rule=rules.steps[number - 1], number=told)
        verdict, way = self._find_way(merchant_id, reader.threads, one, now)
        if way is None:
            return self._not_now(cart, flow, verdict, now)
        flow = self._grouped(merchant_id, replace(flow, shopper_id=way.thread.shopper_id), rules, now)
        if flow.is_held_out:
            return Decided(flow)
        step = self._sent_on(merchant_id, cart, way, number, now)
        return Decided(replace(flow, steps=(*flow.steps, step)))

    def _not_now(self, cart: Cart, flow: Flow, verdict: Verdict, now: datetime) -> Decided:
        if verdict.decision == "hold":
            return Decided(flow, verdict.until or now + LATER)
        is_unknown = verdict.code == "no_thread" and not flow.shopper_id
        return Decided(_skipped(cart, flow, UNKNOWN if is_unknown else verdict.code, now))

    def _grouped(self, merchant_id: str, flow: Flow, rules: CartRules, now: datetime) -> Flow:
        """Whoever could be reminded now is, or is among those who are never: once for each cart."""
        if flow.decided_at is not None:
            return flow
        share = holdout_share(rules, self._follow.reachable(merchant_id, now))
        return replace(
            flow,
            decided_at=now,
            is_measured=share > 0,
            is_held_out=is_held_out(merchant_id, flow.shopper_id, share),
        )

    def _sent_on(self, merchant_id: str, cart: Cart, way: Way, number: int, now: datetime) -> Step:
        if way.content is None:
            raise ValueError("a way without words")
        once = key_of(cart, number)
        thread_id = way.thread.thread_id
        try:
            ref = self._intend(merchant_id, thread_id, "cart", way.content, once, now, naming(cart))
        except NotFound:  # erased in this very moment
            return Step(number=number, at=now, code="no_thread")
        return Step(number=number, at=now, code=INTENDED, message=ref.reference)


def _skipped(cart: Cart, flow: Flow, code: str, now: datetime) -> Flow:
    number = len(made_steps(cart, flow)) + 1
    return replace(flow, steps=(*flow.steps, Step(number=number, at=now, code=code)))


def _is_ours(cart: Cart, connection: Connection | None) -> bool:
    """What the shop held before it was connected is left alone."""
    if connection is None or connection.status == "disconnected":
        return False
    since = connection.began_at or connection.connected_at
    return since is None or cart.created_at > since


def _is_same(one: Cart, other: Cart) -> bool:
    return (one.connection_id, one.cart_id) == (other.connection_id, other.cart_id)


def _has_written(reader: Reader, cart: Cart) -> bool:
    """A person of the shop answers them, and nothing else."""
    wrote = [at for thread in reader.threads if (at := wrote_at(thread)) is not None]
    return any(map(is_waiting, reader.threads)) or any(at > cart.at for at in wrote)
