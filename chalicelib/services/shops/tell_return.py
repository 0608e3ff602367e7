"""What a return has come to is told at once, and by the tick where that was cut short."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.commerce.returns import Return
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import OVERDUE, Due, TellReturn
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.queues import DueStore
from chalicelib.ports.returns import ReturnStore
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.shops.return_letters import ReturnLetters
from chalicelib.services.threads.write_thread import NotFound, WriteThread

TAG: Final = "return"
# No thread has more.
_MOST_TAGS: Final = 50


class TellReturns:
    """Whoever writes a state that is to be told writes `due` with it; then that it is told does not hang on
    the process that wrote it."""

    def __init__(
        self, store: ReturnStore, threads: ThreadStore, dues: DueStore, letters: ReturnLetters
    ) -> None:
        self._store, self._threads, self._dues, self._letters = store, threads, dues, letters

    def due(self, merchant_id: str, one: Return, now: datetime) -> Due:
        """For the transaction that writes it."""
        return Due(TellReturn(merchant_id, one.return_id, one.state), now + OVERDUE)

    def at_once(self, merchant_id: str, one: Return, now: datetime) -> None:
        """What was just written, with its due row. Where that fails the tick does it."""
        with suppress(StoreBusy):
            self.tell(merchant_id, one, now)
            self._dues.forget(self.due(merchant_id, one, now).work)

    def __call__(self, work: TellReturn, now: datetime) -> None:
        """Done twice, or cut short and done again, it tells once: what is told has a key of its own. A state
        that another has followed is no news. Raises StoreBusy."""
        kept = self._store.one(work.merchant_id, work.return_id)
        if kept is not None and kept.told.state == work.state:
            self.tell(work.merchant_id, kept.told, now)
        self._dues.forget(work)

    def tell(self, merchant_id: str, one: Return, now: datetime) -> None:
        """Again is harmless. Raises StoreBusy."""
        thread = self._threads.thread(merchant_id, one.thread_id)
        if thread is None:  # they were erased
            return
        if one.state == "requested":
            with suppress(NotFound):
                tag(WriteThread(self._threads), thread)
        self._letters(merchant_id, one, now)


def tag(write: WriteThread, thread: Thread) -> None:
    """So that people of the shop find it; again is harmless. Raises NotFound, StoreBusy."""

    def tagged(now: Thread) -> tuple[Change, None]:
        tags = now.tags if TAG in now.tags else (*now.tags, TAG)[:_MOST_TAGS]
        return Change(thread=replace(now, tags=tags), touches=True), None

    if TAG not in thread.tags:
        write(thread.merchant_id, thread.thread_id, tagged)
