"""Somebody wants to send something back: what the order, the shop's rules and earlier returns say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.returns import (
    Reached,
    Reason,
    Refused,
    Return,
    ReturnedLine,
    ReturnRules,
    returnable,
    rules_from,
    taken_back,
)
from chalicelib.domain.ids import stable_id
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import CommerceStore, KeptOrder
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.returns import ReturnStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import NoSuchShopper, People
from chalicelib.services.shops.returns import TRIES, NoSuch, is_saved
from chalicelib.services.shops.tell_return import TellReturns, tag
from chalicelib.services.threads.write_thread import NotFound, WriteThread

_MOST_MESSAGES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody of the shop opens for a shopper. lines: how many of each line, by its id. photos: ids of
    messages in the thread. anyway: whatever the shop's rules say. by: who opens it. once: the same key for
    the same order is the same return, '' for none."""

    thread_id: str
    connection_id: str
    order_id: str
    lines: Mapping[str, int]
    reason: Reason
    note: str = ""
    photos: tuple[str, ...] = ()
    anyway: bool = False
    by: str = ""
    once: str = ""


class NotTheirs(Exception):
    """The order was proven to be another shopper's."""


class NotTakenBack(Exception):
    """The shop's rules, or what was sent back before, are against a line: `refused` says which."""

    def __init__(self, refused: Refused, line_id: str) -> None:
        super().__init__(refused)
        self.refused, self.line_id = refused, line_id


class OpenReturn:
    """Every call names the merchant."""

    def __init__(
        self,
        store: ReturnStore,
        orders: CommerceStore,
        threads: ThreadStore,
        shops: ShopStore,
        people: PeopleStore,
        tell: TellReturns,
    ) -> None:
        self._store, self._orders, self._threads, self._shops = store, orders, threads, shops
        self._people, self._tell, self._write = People(people), tell, WriteThread(threads)

    def __call__(self, merchant_id: str, wish: Wish, now: datetime) -> Return:
        """Its shopper is told that it is noted, and its thread has a tag. Asked again under the same key, it
        is the same; without one, it is a further return of what is left. Raises NotFound, NoSuch, NotTheirs,
        NotTakenBack, StoreBusy."""
        thread, kept = self._checked(merchant_id, wish)
        one = self._keep(thread, kept, wish, now, is_told_later=False)
        if one.state == "requested":
            self._tell.at_once(merchant_id, one, now)
        return one

    def noted(self, merchant_id: str, wish: Wish, now: datetime) -> Return:
        """The same, but for telling its shopper, which is left to who calls."""
        thread, kept = self._checked(merchant_id, wish)
        one = self._keep(thread, kept, wish, now, is_told_later=True)
        self.tag(thread)
        return one

    def _checked(self, merchant_id: str, wish: Wish) -> tuple[Thread, KeptOrder]:
        """Raises NotFound, NoSuch, NotTheirs."""
        thread = self._write.thread(merchant_id, wish.thread_id)
        if thread.staff:  # nobody who buys writes there
            raise NotFound(wish.thread_id)
        kept = self._orders.order(merchant_id, wish.connection_id, wish.order_id)
        if kept is None or kept.order.state == "gone":
            raise NoSuch("order_id")
        if kept.shopper_id and not self._is_same(merchant_id, kept.shopper_id, thread.shopper_id):
            raise NotTheirs(wish.order_id)
        if wish.reason not in rules_from(self._shops.shop(merchant_id).returns).reasons and not wish.anyway:
            raise NoSuch("reason")
        self._check_photos(thread, wish.photos)
        return thread, kept

    def _keep(
        self, thread: Thread, kept: KeptOrder, wish: Wish, now: datetime, *, is_told_later: bool
    ) -> Return:
        """is_told_later: by who calls, and not by the due row that stands beside it else."""
        merchant_id, order = thread.merchant_id, kept.order
        rules = rules_from(self._shops.shop(merchant_id).returns)
        for _ in range(TRIES):
            earlier = [one.told for one in self._store.of_order(merchant_id, *_name(kept))]
            known = next((one for one in earlier if wish.once and one.once == wish.once), None)
            if known is not None:
                return known
            lines = self._lines(kept, earlier, wish, rules, now)
            place = 1 + max((one.place for one in earlier), default=0)
            # Of two that are opened at once both have this place, and one of them is not written.
            return_id = stable_id("rt", merchant_id, *_name(kept), str(place))
            one = Return(
                return_id=return_id,
                place=place,
                connection_id=order.connection_id,
                order_id=order.order_id,
                thread_id=thread.thread_id,
                shopper_id=thread.shopper_id,
                lines=lines,
                steps=(Reached("requested", now, wish.by),),
                number=order.number,
                reason=wish.reason,
                note=wish.note,
                photos=wish.photos,
                currency=order.currency,
                once=wish.once,
            )
            due = None if is_told_later else self._tell.due(merchant_id, one, now)
            if is_saved(self._store, merchant_id, None, one, due):
                return one
        raise StoreBusy("others open returns of this order just now")

    def _lines(
        self, kept: KeptOrder, earlier: Sequence[Return], wish: Wish, rules: ReturnRules, now: datetime
    ) -> tuple[ReturnedLine, ...]:
        """Raises NoSuch, NotTakenBack."""
        known = {one.line.line_id: one for one in returnable(kept.order, rules, earlier, now)}
        taken, found = taken_back(earlier), list[ReturnedLine]()
        for line_id, quantity in wish.lines.items():
            if line_id not in known:
                raise NoSuch("lines")
            may = known[line_id]
            left = may.line.quantity - taken[line_id] if wish.anyway else may.left
            if quantity > left:
                raise NotTakenBack(("" if wish.anyway else may.refused) or "returned", line_id)
            line = may.line
            found.append(
                ReturnedLine(line_id=line_id, quantity=quantity, title=line.title, product_id=line.product_id)
            )
        return tuple(found)

    def _check_photos(self, thread: Thread, photos: Sequence[str]) -> None:
        if not photos:
            return
        newest = self._threads.messages(thread.merchant_id, thread.thread_id, limit=_MOST_MESSAGES)
        if not set(photos) <= {one.message_id for one in newest if one.author == "shopper" and one.media}:
            raise NoSuch("photos")

    def _is_same(self, merchant_id: str, one: str, other: str) -> bool:
        if one == other:
            return True
        try:
            known = {self._people.person(merchant_id, each).shopper_id for each in (one, other)}
        except NoSuchShopper:
            return False
        return len(known) == 1

    def tag(self, thread: Thread) -> None:
        """So that people of the shop find it; again is harmless."""
        tag(self._write, thread)


def _name(kept: KeptOrder) -> tuple[str, str]:
    return kept.order.connection_id, kept.order.order_id
