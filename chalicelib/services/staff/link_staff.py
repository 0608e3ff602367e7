"""A person of the shop is invited by a link, comes by it, and leaves again."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import text_content
from chalicelib.domain.links import Link
from chalicelib.domain.staff.people import INVITED_DAYS, Staff
from chalicelib.domain.staff.texts import staff_texts
from chalicelib.domain.threads import Thread, mark
from chalicelib.ports.channel import Channel
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.staff import StaffStore
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.people.links import MadeLink, MakeLink
from chalicelib.services.sending.intend import Intend
from chalicelib.services.staff.wording import language_of
from chalicelib.services.threads.write_thread import NotFound, WriteThread


class NotForStaff(Exception):
    """On this channel nobody of the shop is told."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to come by the link."""

    staff: Staff
    link: MadeLink


class StaffLinks:
    """Every call names the merchant; another merchant's staff is NotFound."""

    def __init__(
        self,
        store: StaffStore,
        threads: ThreadStore,
        shops: ShopStore,
        make_link: MakeLink,
        intend: Intend,
    ) -> None:
        self._store, self._threads, self._shops = store, threads, shops
        self._make_link, self._intend, self._write = make_link, intend, WriteThread(threads)

    def invite(self, connection: Connection, channel: Channel, name: str, now: datetime) -> Invited:
        """A link that works once, for a day. Raises NotForStaff, NoLink, StoreBusy."""
        if not channel.capabilities.staff:
            raise NotForStaff(connection.channel)
        staff = Staff(
            merchant_id=connection.merchant_id,
            staff_id=f"st_{token_hex(10)}",
            name=name,
            connection_id=connection.connection_id,
            created_at=now,
            ends_at=now + timedelta(days=INVITED_DAYS),
        )
        link = self._make_link(connection, channel, now, days=INVITED_DAYS, staff_id=staff.staff_id)
        self._store.add_staff(replace(staff, ends_at=link.ends_at))
        return Invited(staff, link)

    def listing(self, merchant_id: str) -> list[tuple[Staff, Thread | None]]:
        """All of them, each with their chat, the first invited first."""
        found = sorted(self._store.staff(merchant_id), key=lambda one: (one.created_at, one.staff_id))
        return [
            (one, self._threads.thread(merchant_id, one.thread_id) if one.thread_id else None)
            for one in found
        ]

    def tie(self, link: Link, thread_id: str, at: datetime, now: datetime) -> bool:
        """They came by their link at `at`: their chat is marked, and they are told so. False when they were
        removed since. Each step can be done again; who was removed does not come back."""
        staff = self._store.staff_member(link.merchant_id, link.staff_id)
        if staff is None or not self._store.link_staff(staff, thread_id, at):
            return False

        def write(thread: Thread) -> tuple[Change, None]:
            marks = {**thread.marks, "staff": mark(staff.staff_id, at)}
            # What they wrote to come here asks for nobody.
            tied = replace(thread, marks=marks, waiting_since=None, promised_at=None)
            return Change(thread=tied, touches=True), None  # no segment is of the shop's own people

        thread = self._threads.thread(link.merchant_id, thread_id)
        if thread is None or thread.staff != staff.staff_id:
            self._write(link.merchant_id, thread_id, write)
        if self._store.staff_member(link.merchant_id, link.staff_id) is None:  # removed in this very moment
            self._let_go(staff, thread_id, now)
            return False
        texts = staff_texts(language_of(self._shops.shop(link.merchant_id)))
        welcome = text_content(texts.linked.format(name=staff.name))
        self._intend(link.merchant_id, thread_id, "notice", welcome, f"staff:linked:{staff.staff_id}", now)
        return True

    def remove(self, merchant_id: str, staff_id: str, now: datetime) -> None:
        """Their chat is a shopper's from now on. Raises NotFound."""
        staff = self._store.staff_member(merchant_id, staff_id)
        if staff is None:
            raise NotFound(staff_id)

        if staff.thread_id:
            self._let_go(staff, staff.thread_id, now)
        self._store.remove_staff(staff)

    def forget(self, merchant_id: str, thread_id: str) -> None:
        """Whoever wrote in this thread was erased."""
        for one in self._store.staff(merchant_id):
            if one.thread_id == thread_id:
                self._store.remove_staff(one)

    def _let_go(self, staff: Staff, thread_id: str, now: datetime) -> None:
        """Nothing happens where the chat is another's by now, or was erased."""

        def write(thread: Thread) -> tuple[Change, None]:
            is_theirs = thread.staff == staff.staff_id
            marks = {**thread.marks, "staff": mark("", now)} if is_theirs else thread.marks
            return Change(thread=replace(thread, marks=marks), touches=is_theirs), None

        with suppress(NotFound):
            self._write(staff.merchant_id, thread_id, write)
