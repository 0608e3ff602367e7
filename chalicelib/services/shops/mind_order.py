"""An order has changed, or its day has passed: its buyer is told what is new, in the chat they last used."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.update_rules import UpdateRules, rules_from
from chalicelib.domain.commerce.updates import Update, updates_due
from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, MindOrder
from chalicelib.ports.commerce import CommerceStore, KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import NoSuchShopper, People
from chalicelib.services.sending.intend import Intend
from chalicelib.services.shops.recording import told_of
from chalicelib.services.shops.update_letters import UpdateLetters
from chalicelib.services.threads.write_thread import NotFound

_TRIES: Final = 5
_MOST_THREADS: Final = 20


@dataclass(frozen=True, slots=True)
class _Order:
    """An order with what is needed to tell of it. shop: as it is on the order's connection."""

    kept: KeptOrder
    connection: Connection
    connections: Mapping[str, Connection]
    shop: Shop
    rules: UpdateRules


class MindOrders:
    """Comes with each change of an order, and by its due row when a promised day is over."""

    def __init__(
        self,
        orders: CommerceStore,
        shops: ShopStore,
        people: PeopleStore,
        threads: ThreadStore,
        dues: DueStore,
        letters: UpdateLetters,
        intend: Intend,
    ) -> None:
        self._orders, self._shops, self._people = orders, shops, People(people)
        self._threads, self._dues = threads, dues
        self._letters, self._intend = letters, intend

    def __call__(self, work: MindOrder, now: datetime) -> None:
        """Raises StoreBusy when it may pass later. Done twice, or cut short and done again, it tells nothing
        twice: what is told has a key of its own, and that it was told is written last."""
        for _ in range(_TRIES):
            order = self._read(work)
            if order is None:
                self._dues.forget(work)
                return
            try:
                self._orders.commit(work.merchant_id, self._look(work, order, now))
            except Conflict:  # the order has changed meanwhile: what is new is decided again
                continue
            return
        raise StoreBusy("this order changes all the time")

    def _read(self, work: MindOrder) -> _Order | None:
        """None where nothing is to be told."""
        kept = self._orders.order(work.merchant_id, work.connection_id, work.order_id)
        shop = self._shops.shop(work.merchant_id).at(work.connection_id)
        rules = rules_from(shop.orders)
        if kept is None or rules.on_since is None:
            return None
        connections = {one.connection_id: one for one in self._shops.connections(work.merchant_id)}
        connection = connections.get(work.connection_id)
        if connection is None or connection.status == "disconnected":
            return None
        return _Order(kept, connection, connections, shop, rules)

    def _look(self, work: MindOrder, order: _Order, now: datetime) -> ShopChange:
        """What is told is on its way already; what a buyer can't be told is as good as told. Of an order
        whose buyer nobody knows yet nothing is passed over: once they are proven, it comes here again."""
        kept, zone = order.kept, ZoneInfo(order.shop.zone or "UTC")
        plan = updates_due(kept.order, kept.told, order.rules, zone, now)
        threads = self._threads_of(work.merchant_id, order) if plan.tell and kept.shopper_id else []
        told, look_at = list(plan.quiet), plan.look_at
        for update in plan.tell if kept.shopper_id else ():
            keys = self._tell(work, order, update, threads, now) if threads else update.keys
            told += keys
            if not set(update.keys) <= set(keys):
                look_at = now  # an earlier look was cut short, and more is new since
        new = told_of(kept.order, (*kept.told, *told))
        return ShopChange(
            orders=(replace(kept, told=new),),
            due=(Due(work, look_at),) if look_at else (),
            done=() if look_at else (work,),
        )

    def _threads_of(self, merchant_id: str, order: _Order) -> list[Thread]:
        """The proven buyer's, the one they last wrote in first."""
        try:
            person = self._people.person(merchant_id, order.kept.shopper_id)
        except NoSuchShopper:
            return []
        read = (self._threads.thread(merchant_id, one) for one in person.threads[:_MOST_THREADS])
        found = [one for one in read if one is not None and not one.staff and _is_connected(one, order)]
        return sorted(found, key=_last_wrote, reverse=True)

    def _tell(
        self, work: MindOrder, order: _Order, update: Update, threads: Sequence[Thread], now: datetime
    ) -> tuple[str, ...]:
        """The keys of what was told, which is more or less than this if it was told before."""
        thread, content = self._letters(
            order.kept.order, update, order.shop, order.rules, order.connection, threads, now
        )
        once = f"update {work.connection_id} {work.order_id} {update.keys[0]}"
        try:
            ref = self._intend(
                work.merchant_id, thread.thread_id, "update", content, once, now, _details(work, update)
            )
        except (NotFound, CantRender):  # they were erased in this moment; or the channel has no words
            return update.keys
        row = self._threads.message(ref)
        return tuple(json.loads(row.details["keys"])) if row and "keys" in row.details else update.keys


def _details(work: MindOrder, update: Update) -> dict[str, str]:
    return {
        "shop": work.connection_id,
        "order": work.order_id,
        "stage": update.stage,
        "parcels": json.dumps([one.parcel_id for one in update.parcels]),
        "keys": json.dumps(update.keys),
    }


def _is_connected(thread: Thread, order: _Order) -> bool:
    connection = order.connections.get(thread.connection_id)
    return connection is not None and connection.status != "disconnected"


def _last_wrote(thread: Thread) -> tuple[bool, float]:
    """Where nobody is reached any more comes last."""
    at = thread.shopper_at or thread.opened_at
    return not thread.unreachable, at.timestamp() if at else 0.0
