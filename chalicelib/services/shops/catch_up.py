"""A shop is asked what its webhooks have missed: some are never sent again, and none is sent for what was
there before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import is_known
from chalicelib.domain.connections import Connection
from chalicelib.domain.work import CatchUp, Due
from chalicelib.ports import (
    ChannelDown,
    CommerceStore,
    CredentialsRejected,
    DueStore,
    Outbox,
    ShopStore,
    ShopSystem,
)
from chalicelib.services.receiving.pointers import Source

EVERY: Final = timedelta(minutes=15)
# Who asks where an order is has mostly ordered lately.
FIRST_LOOK: Final = timedelta(days=60)
# Clocks differ, and what was changed in this very moment may not be listed yet.
OVERLAP: Final = timedelta(minutes=5)
# Then the rest is queued anew: a function has 30 s.
WORKS_FOR_S: Final = 12.0


class CatchUps:
    """Everything that was changed is heard again: what is known already changes nothing."""

    def __init__(
        self,
        store: CommerceStore,
        shops: ShopStore,
        dues: DueStore,
        outbox: Outbox,
        system_named: Callable[[str], ShopSystem | None],
        hear: Callable[[Source, ShopEvent, datetime, datetime], None],
        seconds: Callable[[], float],
    ) -> None:
        """system_named: None for what is no shop, but a channel. seconds: a clock that only runs forward."""
        self._store, self._shops, self._dues, self._outbox = store, shops, dues, outbox
        self._system_named, self._hear, self._seconds = system_named, hear, seconds

    def begin(self, connection: Connection, now: datetime) -> None:
        """From now on it is asked; of a channel, and of a shop that can't be asked, nothing is done. Again is
        harmless. Raises StoreBusy."""
        if connection.token and self._system_named(connection.channel) is not None:
            self._dues.set(Due(_work_of(connection), now))

    def __call__(self, work: CatchUp, now: datetime) -> None:
        """Repeatable at any point. Raises StoreBusy when it may pass later."""
        connection = self._shops.connection(work.connection_id)
        system = self._system_named(connection.channel) if connection else None
        if connection is None or system is None or connection.status == "disconnected":
            self._dues.forget(work)
            return
        if not work.after:  # first: should anything go wrong, it is tried again then, not every few minutes
            self._dues.set(Due(work, now + EVERY))
        if connection.status != "active":
            return
        try:
            self._read(work, connection, system, now)
        except ChannelDown:
            return
        except CredentialsRejected:
            self._shops.needs_reauth(connection)

    def _read(self, work: CatchUp, connection: Connection, system: ShopSystem, now: datetime) -> None:
        """A page after the other, the oldest change first; how far it came is noted after each, so that
        whoever begins again begins there."""
        whose = (work.merchant_id, work.connection_id)
        source, began_s, after = Source(*whose, connection.channel), self._seconds(), work.after
        since = datetime.fromisoformat(work.since) if work.since else self._asked_until(connection, now)
        until = since
        while True:
            page = system.changed(connection, since, after)
            for event in page.events:
                self._hear(source, event, now, now)
            if not page.after:
                self._store.note_caught_up(*whose, now - OVERLAP)
                return
            until = max((at for at in map(_changed_at, page.events) if at), default=until)
            self._store.note_caught_up(*whose, until)
            after = page.after
            if self._seconds() - began_s > WORKS_FOR_S:
                self._outbox.dispatch(replace(work, since=since.isoformat(), after=after), delay_s=1)
                return

    def _asked_until(self, connection: Connection, now: datetime) -> datetime:
        known = self._store.caught_up(connection.merchant_id, connection.connection_id)
        return known or (connection.connected_at or now) - FIRST_LOOK


def _changed_at(event: ShopEvent) -> datetime | None:
    match event:
        case CartTold():
            return event.cart.at
        case OrderTold() if is_known(event.order):
            return event.order.at
    return None


def _work_of(connection: Connection) -> CatchUp:
    return CatchUp(connection.merchant_id, connection.connection_id)
