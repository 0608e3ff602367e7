"""Notices to the shop's own people: one message in each of their chats, once, through the one gate."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from chalicelib.domain.content import text_content
from chalicelib.domain.ids import sort_key
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.staff.people import NOTICE_KINDS, NoticeKind, Staff
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import NotifyStaff
from chalicelib.ports.channel import Channel
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.staff import StaffStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.sending.intend import Intend
from chalicelib.services.staff.wording import thread_notice, token_notice
from chalicelib.services.threads.write_thread import NotFound

# Of what a shopper wrote since they wait, the first are quoted.
_READ: Final = 50


class Notify:
    """Done again, it finds its notices there: each kind is told once for each spell, in each chat."""

    def __init__(
        self,
        store: StaffStore,
        threads: ThreadStore,
        shops: ShopStore,
        dues: DueStore,
        intend: Intend,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._store, self._threads, self._shops, self._dues = store, threads, shops, dues
        self._intend, self._channel_named = intend, channel_named

    def __call__(self, work: NotifyStaff, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        kind = next((one for one in NOTICE_KINDS if one == work.notice), None)
        linked = [one for one in self._store.staff(work.merchant_id) if one.thread_id]
        if linked and kind == "token":
            self._of_connection(work, linked, now)
        elif linked and kind is not None:
            self._of_thread(kind, work, linked, now)
        self._dues.forget(work)

    def at_risk(self, thread: Thread, now: datetime) -> None:
        """Most of the promised time is over. It may come twice for one promise. Raises StoreBusy."""
        linked = [one for one in self._store.staff(thread.merchant_id) if one.thread_id]
        since = thread.waiting_since
        if linked and since is not None:
            work = NotifyStaff(thread.merchant_id, "at_risk", thread.thread_id, since.isoformat())
            self._of_thread("at_risk", work, linked, now)

    def _of_thread(self, kind: NoticeKind, work: NotifyStaff, linked: list[Staff], now: datetime) -> None:
        """Nothing where somebody has answered meanwhile."""
        thread = self._threads.thread(work.merchant_id, work.about)
        if thread is None or thread.waiting_since is None or thread.staff:
            return
        said, shop = self._said(thread, thread.waiting_since), self._shops.shop(work.merchant_id)
        details = {"about": thread.thread_id}
        if said and said[-1].kind == "comment":  # it is answered by itself
            details["answers"] = said[-1].message_id
        if kind == "failed":
            failed = self._threads.message(MessageRef(work.merchant_id, work.about, work.spell))
            said = [] if failed is None else [failed]
        for one in linked:
            self._tell(one, work, now, self._text(kind, thread, said, shop, one, now), details)

    def _text(
        self, kind: NoticeKind, thread: Thread, said: list[Message], shop: Shop, one: Staff, now: datetime
    ) -> str:
        theirs = self._threads.thread(one.merchant_id, one.thread_id)
        takes = self._channel_named(theirs.channel).capabilities if theirs is not None else None
        has_window = takes is not None and takes.window is not None
        channel = self._channel_named(thread.channel).capabilities.name
        return thread_notice(kind, thread, channel, said, shop, now, has_window=has_window)

    def _of_connection(self, work: NotifyStaff, linked: list[Staff], now: datetime) -> None:
        connection = self._shops.connection(work.about)
        if connection is None or connection.status != "needs_reauth":
            return
        channel = self._channel_named(connection.channel).capabilities.name
        text = token_notice(connection, channel, self._shops.shop(work.merchant_id))
        for one in linked:
            if one.connection_id != work.about:  # by that way nothing goes out
                self._tell(one, work, now, text, {})

    def _tell(self, one: Staff, work: NotifyStaff, now: datetime, text: str, details: dict[str, str]) -> None:
        """By the chat, not by the person: who was invited twice hears it once."""
        once = f"staff:{work.notice}:{work.about}:{work.spell}:{one.thread_id}"
        try:
            with suppress(CantRender):
                self._intend(one.merchant_id, one.thread_id, "notice", text_content(text), once, now, details)
        except NotFound:  # erased, or gone after its time
            self._store.remove_staff(one)

    def _said(self, thread: Thread, since: datetime) -> list[Message]:
        """Oldest first."""
        newest = self._threads.messages(
            thread.merchant_id, thread.thread_id, since=sort_key(since, ""), limit=_READ
        )
        return [one for one in reversed(newest) if one.author == "shopper"]
