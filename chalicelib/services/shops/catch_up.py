"""A shop is asked what its webhooks have missed: some are never sent again, and none is sent for what was
there before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.connections import Connection
from chalicelib.domain.ids import to_ms
from chalicelib.domain.work import CatchUp, Due
from chalicelib.ports.commerce import CommerceStore, ShopSystem
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.pointers import Source

EVERY: Final = timedelta(minutes=15)
# Who asks where an order is has mostly ordered lately.
FIRST_LOOK: Final = timedelta(days=60)
# Clocks differ, and what was changed in this very moment may not be listed yet.
OVERLAP: Final = timedelta(minutes=5)
# Then the rest is queued anew: a function has 30 s.
WORKS_FOR_S: Final = 12.0
# A shop that answers too little, or is asked too much, in the middle of a list: the same page once more.
AGAIN_S: Final = 60
MOST_TRIES: Final = 3


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
        threads: ThreadStore,
        seconds: Callable[[], float],
    ) -> None:
        """system_named: None for what is no shop, but a channel. seconds: a clock that only runs forward."""
        self._store, self._shops, self._dues, self._outbox = store, shops, dues, outbox
        self._system_named, self._hear, self._seconds = system_named, hear, seconds
        self._threads = threads

    def begin(self, connection: Connection, now: datetime) -> None:
        """From now on it is asked; of a channel, and of a shop that can't be asked, nothing is done. Again is
        harmless. Raises StoreBusy."""
        if connection.token and self._system_named(connection.channel) is not None:
            self._dues.set(Due(_work_of(connection), now))

    def __call__(self, work: CatchUp, now: datetime) -> None:
        """Repeatable at any point. Raises StoreBusy when it may pass later."""
        plain = CatchUp(work.merchant_id, work.connection_id)
        connection = self._shops.connection(work.connection_id)
        system = self._system_named(connection.channel) if connection else None
        if connection is None or system is None or connection.status == "disconnected":
            self._dues.forget(plain)
            return
        # First: should anything go wrong, it is tried again then, not every few minutes; and beside a list
        # that is being read no other is begun.
        self._dues.set(Due(plain, now + EVERY))
        if connection.status not in ("active", "needs_reauth") or not connection.token:
            return
        try:
            self._read(work, connection, system, now)
        except CredentialsRejected:
            if connection.status == "active":
                self._shops.needs_reauth(connection)

    def _read(self, work: CatchUp, connection: Connection, system: ShopSystem, now: datetime) -> None:
        """A page after the other. How far it came is noted where the page says that nothing before is left
        out, so that whoever begins again begins there; at the end, that of its beginning: what was changed
        while it was read may stand on pages that had been read by then."""
        whose = (work.merchant_id, noted_as(connection))
        began_s, began = self._seconds(), datetime.fromisoformat(work.began) if work.began else now
        since = datetime.fromisoformat(work.since) if work.since else self._asked_until(connection, now)
        rest = replace(work, since=since.isoformat(), began=began.isoformat())
        while True:
            try:
                page = system.changed(connection, since, rest.after)
            except ChannelDown:
                self._ask_again(rest)
                return
            if connection.status == "needs_reauth":  # the shop has thought better of it
                self._shops.works_again(connection)
                connection = replace(connection, status="active")
            for event in page.events:
                self._take(connection, event, now)
            if not page.after:
                self._store.note_caught_up(*whose, began - OVERLAP)
                return
            if page.until is not None:
                self._store.note_caught_up(*whose, min(page.until, now - OVERLAP))
            rest = replace(rest, after=page.after, tries="")
            if self._seconds() - began_s > WORKS_FOR_S:
                self._outbox.dispatch(rest, delay_s=1)
                return

    def _ask_again(self, rest: CatchUp) -> None:
        """In the middle of a list alone: its beginning is asked for by the tick."""
        tries = int(rest.tries or 0) + 1
        if rest.after and tries <= MOST_TRIES:
            self._outbox.dispatch(replace(rest, tries=str(tries)), delay_s=AGAIN_S)

    def _take(self, connection: Connection, event: ShopEvent, now: datetime) -> None:
        """One that can't be heard, by a fault of ours, holds up no other: which it was is kept. What it says
        stays where it is, in the shop. Raises StoreBusy."""
        source = Source(connection.merchant_id, connection.connection_id, connection.channel)
        try:
            self._hear(source, event, now, now)
        except StoreBusy:
            raise
        except Exception as error:
            envelope = {
                "channel": source.channel,
                "merchant_id": source.merchant_id,
                "connection_id": source.connection_id,
                "received_at": now.isoformat(),
                "body": {"caught_up": _name_of(event)},
            }
            reason = f"error:{type(error).__name__}"
            self._threads.keep_unreadable(source.merchant_id, source.connection_id, reason, envelope, now)

    def _asked_until(self, connection: Connection, now: datetime) -> datetime:
        known = self._store.caught_up(connection.merchant_id, noted_as(connection))
        return known or (connection.connected_at or now) - FIRST_LOOK


def noted_as(connection: Connection) -> str:
    """Under which name it is noted how far it came. A shop that comes back begins anew: of what it told
    before, all was forgotten."""
    began = "" if connection.began_at is None else f"_{to_ms(connection.began_at)}"
    return f"{connection.connection_id}{began}"


def _name_of(event: ShopEvent) -> str:
    match event:
        case CartTold():
            return f"cart {event.cart.cart_id}"
        case OrderTold():
            return f"order {event.order.order_id}"
    return type(event).__name__


def _work_of(connection: Connection) -> CatchUp:
    return CatchUp(connection.merchant_id, connection.connection_id)
