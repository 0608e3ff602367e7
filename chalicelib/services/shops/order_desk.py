"""Where is my order? What may be said to whoever asks: of an order that is proven to be theirs, how it
stands; of any other nothing, not even that there is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.decisions import AtDesk, OrderSays
from chalicelib.domain.answering.orders import LONGEST, emails_in, numbers_in, proving_codes
from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.answering.turns import MOST_WORDS
from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.orders import Order, is_placed, plain_number
from chalicelib.domain.commerce.proof import (
    MOST_WRONG,
    Desk,
    Who,
    asking_for,
    failed,
    fits,
    is_open_to,
    is_theirs,
    order_name,
    remembered,
    settled,
    with_attempts,
)
from chalicelib.domain.commerce.stages import reached
from chalicelib.domain.ids import digest, from_ms, sort_key
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import CommerceStore, KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import known_as
from chalicelib.services.people.phones import normal_phone
from chalicelib.services.receiving.pointers import TRIES
from chalicelib.services.shops.live_orders import LiveOrders

# Who asks where an order is means one of these.
RECENT: Final = timedelta(days=60)
MOST_OFFERED: Final = 5
_MOST_READ: Final = 20
_MOST_UNASKED: Final = 3  # words around a postcode that nobody has asked for
_MOST_SECRETS: Final = 2  # of a kind, told at once; what is left over is no attempt
# Whole orders, of which DynamoDB writes 4 MB at once.
_NOTED_AT_ONCE: Final = 5
# A shopper's words may reach us after our answer though they were written before it.
_LATE: Final = timedelta(minutes=10)
_OVER: Final = frozenset({"delivered", "cancelled", "refunded"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to say, and how far the thread has come with it."""

    at_desk: AtDesk
    desk: Desk


class OrderDesk:
    """Every fact that it lets out went through `is_theirs`, or through a number and a secret that fit."""

    def __init__(self, store: CommerceStore, threads: ThreadStore, live: LiveOrders) -> None:
        """live: how orders stand now, of those that it lets out."""
        self._store, self._threads, self.live = store, threads, live

    def __call__(
        self,
        thread: Thread,
        spell: Spell,
        ask: Ask,
        attempt: str,
        now: datetime,
        meant: Callable[[Sequence[KeptOrder], datetime], list[KeptOrder]] | None = None,
    ) -> Seen | None:
        """attempt: names the answer, so that what is wrong with it counts once. meant: which of theirs they
        mean who name none. None where the merchant has no shop connected. Raises StoreBusy; then nothing was
        said."""
        if not self.live.has_shop(thread.merchant_id):
            return None
        desk = remembered(spell.desk, now)
        who = _who(thread, desk)
        mine = self._mine(thread.merchant_id, who, now)
        number = ask.number or desk.number
        named = [one for one in mine if number and _is_called(one.order, number)]
        if named:
            return _found(named[:1], who, desk, now)
        if number:
            return self._unproven(thread, spell, ask.number, desk, attempt, now)
        asked_after = (meant or _asked_after)([one for one in mine if not _is_unpaid(one)], now)
        if asked_after:
            return _found(asked_after[:MOST_OFFERED], who, desk, now)
        if desk.is_shut or desk.awaits == "number":
            return _says("person", desk)
        return _says("order_number", asking_for(desk, "number", "", now))

    def of_complaint(self, thread: Thread, spell: Spell, ask: Ask, now: datetime) -> AtDesk | None:
        """Which order it is that is late, where that is proven and clear; nothing is asked for."""
        desk = remembered(spell.desk, now)
        who = _who(thread, desk)
        mine = [one for one in self._mine(thread.merchant_id, who, now) if not _is_unpaid(one)]
        named = [one for one in mine if _is_called(one.order, ask.number)] if ask.number else []
        found = named[:1] or ([] if ask.number else _asked_after(mine, now))
        return _found(found, who, desk, now).at_desk if len(found) == 1 else None

    def theirs(self, thread: Thread, desk: Desk, name: str) -> KeptOrder | None:
        """The order of this name, as it is recorded, where it is still proven to be theirs."""
        connection_id, _, order_id = name.partition("/")
        kept = self._store.order(thread.merchant_id, connection_id, order_id)
        if kept is None or kept.order.state == "gone":
            return None
        return kept if self._is_theirs(thread.merchant_id, kept, _who(thread, desk)) else None

    def recorded(self, merchant_id: str, connection_id: str, order_id: str) -> Order | None:
        """As the shop has told it last. Knows nothing of whose it is: who asks has proven it before."""
        kept = self._store.order(merchant_id, connection_id, order_id)
        return kept.order if kept is not None and kept.order.state != "gone" else None

    def _mine(self, merchant_id: str, who: Who, now: datetime) -> list[KeptOrder]:
        """What is proven to be theirs, the latest first."""
        keys = [BuyerKey("phone", one) for one in sorted(who.phones)] + [BuyerKey("shopper", who.shopper_id)]
        found = list(self._store.of_buyers(merchant_id, keys).orders)
        known = {order_name(one.order) for one in found}
        for name in who.proven:
            connection_id, _, order_id = name.partition("/")
            kept = self._store.order(merchant_id, connection_id, order_id)
            found += [kept] if kept is not None and order_name(kept.order) not in known else []
        return [one for one in found if one.order.state != "gone" and self._is_theirs(merchant_id, one, who)]

    def _is_theirs(self, merchant_id: str, kept: KeptOrder, who: Who) -> bool:
        others = [one for one in kept.owners if one != who.shopper_id]
        known = {known_as(self._threads, merchant_id, one) for one in others}  # mostly nobody is asked for
        return is_theirs(kept.order, known | (set(kept.owners) - set(others)), who)

    def _unproven(
        self, thread: Thread, spell: Spell, told: str, desk: Desk, attempt: str, now: datetime
    ) -> Seen:
        """They name an order that nothing has proven to be theirs yet. told: its number, in what they have
        written just now."""
        if desk.is_shut:
            return _says("person", desk)
        texts = [one.text for one in self.heard(thread, spell, now)]
        numbers, secrets = _read(texts, told, desk)
        pairs = [(number, secret) for number in numbers for secret in secrets][: MOST_WRONG - desk.wrong]
        if not pairs:
            if desk.awaits == "proof" and numbers[:1] == [desk.number]:
                return _says("person", desk)  # they were asked, and have nothing to show
            return _says("order_proof", asking_for(desk, "proof", numbers[0], now))
        tried: dict[str, list[str]] = {}
        for number, secret in pairs:
            tried.setdefault(number, []).append(secret)
        for number, all_of_it in tried.items():
            proven = self._try(thread.merchant_id, number, all_of_it, f"{thread.thread_id}#{attempt}", now)
            if proven is not None:
                name = order_name(proven.order)
                return _say_order([proven], "told", settled(desk, now, [name]))
        shut = failed(desk, len(pairs), numbers[0], now)
        return _says("person" if shut.is_shut else "order_not_found", shut)

    def _try(
        self, merchant_id: str, number: str, secrets: Sequence[str], attempt: str, now: datetime
    ) -> KeptOrder | None:
        """The order with this number that one of these is the secret of. An order counts the wrong attempts
        of a day, in whatever thread they were made; past the last one it is like one that is not there."""
        for _ in range(TRIES):
            open_ = [
                one
                for one in self._store.numbered(merchant_id, number)
                if one.order.state != "gone" and is_open_to(one.wrong, now)
            ]
            proven = next((one for one in open_ if any(fits(one.order, secret) for secret in secrets)), None)
            if proven is not None:
                return proven
            names = [digest(attempt, secret)[:16] for secret in secrets]
            noted = [replace(one, wrong=with_attempts(one.wrong, names, now)) for one in open_]
            try:
                for place in range(0, len(noted), _NOTED_AT_ONCE):
                    some = noted[place : place + _NOTED_AT_ONCE]
                    self._store.commit(merchant_id, ShopChange(orders=tuple(some)))
            except Conflict:  # what was noted by then counts once
                continue
            return None
        raise StoreBusy("too many changes to one order at once")

    def heard(self, thread: Thread, spell: Spell, now: datetime) -> list[Message]:
        """What they have written since our last answer, the oldest first."""
        last = from_ms(spell.told_ms[-1]) if spell.told_ms else None
        since = max(now - timedelta(days=1), last - _LATE) if last else now - timedelta(days=1)
        rows = self._threads.messages(
            thread.merchant_id, thread.thread_id, since=sort_key(since, ""), limit=_MOST_READ
        )
        new = [
            one
            for one in rows
            if one.author == "shopper" and (last is None or (one.received_at or now) >= last)
        ]
        return new[::-1]


def _who(thread: Thread, desk: Desk) -> Who:
    """A number is vouched for by the channel that messages come from and go to by it."""
    phones = (
        {thread.wire.value, normal_phone(f"+{thread.wire.value}")} if thread.wire.kind == "phone" else set()
    )
    return Who(shopper_id=thread.shopper_id, phones=frozenset(filter(None, phones)), proven=desk.proven)


def _read(texts: Sequence[str], told: str, desk: Desk) -> tuple[list[str], list[str]]:
    """The numbers that they may mean, the likeliest first, and what may prove that the order is theirs: of
    bare digits beside an e-mail nobody knows which of the two they are."""
    marked = [number for text in reversed(texts) for number in numbers_in(text)]
    emails = list(dict.fromkeys(one for text in texts for one in emails_in(text)))
    most_words = MOST_WORDS if desk.awaits else _MOST_UNASKED
    codes = list(dict.fromkeys(one for text in texts for one in proving_codes(text, most_words)))
    main = told or next(iter(marked), "") or desk.number
    others = [one for one in codes if one != main]
    numbers = [main, *(others[:1] if emails and not told else ())]
    return numbers, [*emails[:_MOST_SECRETS], *others[:_MOST_SECRETS]]


def _asked_after(mine: Sequence[KeptOrder], now: datetime) -> list[KeptOrder]:
    """Of those that are theirs: what is still to come, else what was ordered lately, else the last one."""
    latest = [one for one in mine if now - (one.order.placed_at or one.order.at) <= RECENT]
    to_come = [one for one in latest if reached(one.order) not in _OVER]
    return to_come or latest or list(mine[:1])


def _is_unpaid(kept: KeptOrder) -> bool:
    """Whether its buyer has begun it and not done their part: how it goes on, only people know."""
    return kept.order.state == "open" and not is_placed(kept.order)


def _is_called(order: Order, number: str) -> bool:
    return number in (called(order), plain_number(order.number or order.order_id))


def called(order: Order) -> str:
    """By what a button names it, which channels allow few letters."""
    return plain_number(order.number or order.order_id)[:LONGEST]


def _found(orders: Sequence[KeptOrder], who: Who, desk: Desk, now: datetime) -> Seen:
    """One is told of, of several they choose. All of them are theirs."""
    first = orders[0]
    by_phone = not who.phones.isdisjoint(first.order.buyer.phones)
    proof = "phone" if by_phone else "shopper" if first.shopper_id == who.shopper_id else "told"
    after = settled(desk, now) if len(orders) == 1 else asking_for(desk, "number", "", now)
    return _say_order(orders, proof, after)


def _say_order(orders: Sequence[KeptOrder], proof: str, desk: Desk) -> Seen:
    if _is_unpaid(orders[0]):  # named by its number
        return _says("person", desk)
    says: OrderSays = "order" if len(orders) == 1 else "order_choice"
    names = tuple((one.order.connection_id, one.order.order_id) for one in orders)
    return Seen(AtDesk(says, names, proof), desk)


def _says(says: OrderSays, desk: Desk) -> Seen:
    return Seen(AtDesk(says), desk)
