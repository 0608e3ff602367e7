"""A shopper asks in the chat to send something back: which order, which line, why, and a photo of it.

Whose an order is, the order desk proves; what goes back, the shop's rules say. One thing is asked at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.decisions import AtDesk, OrderSays
from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.proof import Desk, asking_for, remembered, settled
from chalicelib.domain.commerce.return_talk import (
    DONE,
    PHOTO,
    Asked,
    Back,
    answered,
    completed,
    refusal,
    same_wish,
    still_open,
)
from chalicelib.domain.commerce.returns import (
    MayReturn,
    Return,
    ReturnRules,
    returnable,
    rules_from,
)
from chalicelib.domain.ids import from_ms
from chalicelib.domain.merchants import Shop
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import KeptOrder
from chalicelib.ports.returns import ReturnStore
from chalicelib.services.shops.open_return import NotTakenBack, NotTheirs, OpenReturn, Wish
from chalicelib.services.shops.order_desk import OrderDesk, Seen
from chalicelib.services.shops.returns import NoSuch
from chalicelib.services.threads.write_thread import NotFound

_ASKS: Final[Mapping[Asked, OrderSays]] = {
    "line": "return_line",
    "reason": "return_reason",
    "photo": "return_photo",
}
_MOST_PHOTOS: Final = 10


@dataclass(frozen=True, slots=True)
class _Talk:
    thread: Thread
    shop: Shop
    rules: ReturnRules
    spell: Spell
    desk: Desk
    now: datetime


class ReturnDesk:
    """What it asks is remembered with the answer that asks it. Of the last step the return is written first:
    done again, it is found, and told of."""

    def __init__(
        self, orders: OrderDesk, returns: ReturnStore, open_return: Callable[[], OpenReturn]
    ) -> None:
        """open_return: made when the first return is opened."""
        self.orders, self.returns, self._open = orders, returns, open_return

    def __call__(
        self, thread: Thread, shop: Shop, spell: Spell, ask: Ask, attempt: str, now: datetime
    ) -> Seen | None:
        """None where the shop lets nobody ask for it in the chat, or has no shop connected. attempt: as the
        order desk takes it. Raises StoreBusy; then nothing was said."""
        rules = rules_from(shop.returns)
        if not rules.is_on:
            return None
        desk = remembered(spell.desk, now)
        if not desk.back.is_on:
            desk = replace(desk, awaits="")
        talk = _Talk(thread, shop, rules, spell, desk, now)
        if ":" in ask.choice and desk.back.order:
            return self._go_on(talk, ask.choice)
        seen = self.orders(thread, replace(spell, desk=desk), ask, attempt, now, _meant(rules))
        if seen is None or seen.at_desk.says == "person":
            return seen
        if seen.at_desk.says == "order":
            name = "/".join(seen.at_desk.orders[0])
            return self._of_order(replace(talk, desk=seen.desk), name, seen.at_desk.proof)
        is_choice = seen.at_desk.says == "order_choice"
        at_desk = replace(seen.at_desk, says="return_order") if is_choice else seen.at_desk
        return Seen(at_desk, replace(seen.desk, back=Back(is_on=True)))

    def lines(self, merchant_id: str, order: Order, rules: ReturnRules, now: datetime) -> list[MayReturn]:
        """All lines of an order, and which of them may go back."""
        return list(returnable(order, rules, self._earlier(merchant_id, order), now))

    def _earlier(self, merchant_id: str, order: Order) -> list[Return]:
        kept = self.returns.of_order(merchant_id, order.connection_id, order.order_id)
        return [one.told for one in kept]

    def _of_order(self, talk: _Talk, name: str, proof: str) -> Seen:
        """They have said of which order, and nothing else yet."""
        kept = self.orders.theirs(talk.thread, talk.desk, name)
        if kept is None:
            return _person(talk)
        may = self.lines(talk.thread.merchant_id, kept.order, talk.rules, talk.now)
        back = completed(Back(is_on=True, order=name), may, talk.rules)
        return _next(talk, kept.order, may, back, proof)

    def _go_on(self, talk: _Talk, choice: str) -> Seen:
        """They have answered what was asked last, or have chosen anew."""
        kept = self.orders.theirs(talk.thread, talk.desk, talk.desk.back.order)
        if kept is None:
            return _person(talk)
        order, back = kept.order, talk.desk.back
        earlier = self._earlier(talk.thread.merchant_id, order)
        may = list(returnable(order, talk.rules, earlier, talk.now))
        is_last = choice in (DONE, PHOTO) and talk.desk.awaits == "photo" and bool(back.reason)
        if not is_last:
            chosen = completed(answered(back, choice, order, may, talk.rules), may, talk.rules)
            return _next(talk, order, may, chosen)
        known = same_wish(earlier, talk.thread.thread_id, back, from_ms(talk.desk.at_ms))
        if known is not None:
            self._open().tag(talk.thread)
            return _noted(talk, order, known)
        return self._opened(talk, kept, may, back)

    def _opened(self, talk: _Talk, kept: KeptOrder, may: Sequence[MayReturn], back: Back) -> Seen:
        if refused := refusal(may, back.lines, _zone(talk)):
            return _refused(talk, kept.order, refused)
        lines = {one.line.line_id: one.left for one in may if one.line.line_id in back.lines and one.left}
        heard = self.orders.heard(talk.thread, talk.spell, talk.now)
        photos = tuple(one.message_id for one in heard if one.media)[:_MOST_PHOTOS]
        if not lines or not back.reason:
            return _person(talk)
        wish = Wish(
            thread_id=talk.thread.thread_id,
            connection_id=kept.order.connection_id,
            order_id=kept.order.order_id,
            lines=lines,
            reason=back.reason,
            photos=photos,
        )
        try:
            one = self._open().noted(talk.thread.merchant_id, wish, talk.now)
        except NotTakenBack as failure:
            told = failure.refused if failure.refused != "too_late" else "returned"
            return _refused(talk, kept.order, told)
        except (NoSuch, NotTheirs, NotFound):
            return _person(talk)
        return _noted(talk, kept.order, one)


def _meant(rules: ReturnRules) -> Callable[[Sequence[KeptOrder], datetime], list[KeptOrder]]:
    """Of those that are theirs: what may go back still, else the last one, of which they are told why not."""

    def meant(mine: Sequence[KeptOrder], now: datetime) -> list[KeptOrder]:
        going = [one for one in mine if any(each.left for each in returnable(one.order, rules, (), now))]
        return going or list(mine[:1])

    return meant


def _next(talk: _Talk, order: Order, may: Sequence[MayReturn], back: Back, proof: str = "") -> Seen:
    """What is asked next, or why nothing goes back. An order whose lines have no ids is a person's."""
    if not may:
        return _person(talk)
    if refused := refusal(may, back.lines, _zone(talk)):
        return _refused(talk, order, refused, proof)
    step = still_open(back)
    desk = replace(asking_for(talk.desk, step, "", talk.now), back=back)
    return Seen(_at(_ASKS[step], order, proof), desk)


def _refused(talk: _Talk, order: Order, why: str, proof: str = "") -> Seen:
    return Seen(_at("return_refused", order, proof, why), settled(talk.desk, talk.now))


def _noted(talk: _Talk, order: Order, one: Return) -> Seen:
    return Seen(_at("return_noted", order, "", one.return_id), settled(talk.desk, talk.now))


def _person(talk: _Talk) -> Seen:
    return Seen(AtDesk("person"), settled(talk.desk, talk.now))


def _at(says: OrderSays, order: Order, proof: str, back: str = "") -> AtDesk:
    return AtDesk(says, ((order.connection_id, order.order_id),), proof, back)


def _zone(talk: _Talk) -> ZoneInfo:
    return ZoneInfo(talk.shop.zone or "UTC")
