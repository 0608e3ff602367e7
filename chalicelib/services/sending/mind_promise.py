"""A promise that runs out: the shop's people are told in time, and the shopper once when it slips."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.answering.spells import SLIPPED, begun
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import OVERDUE, Due, MindPromise
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.sending.answer import as_details
from chalicelib.services.sending.intend import intended_answer
from chalicelib.services.threads.write_thread import NotFound, WriteThread

# A promise whose time came while nobody could look is past use after this.
TOO_LATE: Final = timedelta(hours=12)


class MindPromises:
    """Comes by the due row that the promise was told with; whoever ends the wait takes it away."""

    def __init__(
        self,
        threads: ThreadStore,
        dues: DueStore,
        outbox: Outbox,
        at_risk: Callable[[Thread, datetime], None],
        count: Callable[[Thread, Literal["AtRisk", "Broken"]], None],
    ) -> None:
        """at_risk: tells the shop's people; it may come twice."""
        self._threads, self._dues, self._outbox = threads, dues, outbox
        self._at_risk, self._count, self._write = at_risk, count, WriteThread(threads)

    def __call__(self, work: MindPromise, now: datetime) -> None:
        """Raises StoreBusy when it may pass later; done twice it says nothing twice."""
        thread = self._threads.thread(work.merchant_id, work.thread_id)
        if thread is None or thread.waiting_since is None or thread.promised_at is None:
            self._dues.forget(work)
            return
        if now < thread.promised_at:
            self._at_risk(thread, now)
            self._count(thread, "AtRisk")
            self._dues.set(Due(work, thread.promised_at))
            return
        self._slips(work, now)

    def _slips(self, work: MindPromise, now: datetime) -> None:
        """The shopper hears of it once, and by when it will be now; nothing where that makes no sense."""
        made: list[tuple[Change, Thread]] = []

        def write(thread: Thread) -> tuple[Change, None]:
            made.append((_change(thread, work, now), thread))
            return made[-1][0], None

        with suppress(NotFound):
            self._write(work.merchant_id, work.thread_id, write)
        if not made:
            return
        change, before = made[-1]
        if change.new:
            self._count(before, "Broken")
        with suppress(StoreBusy):  # it is stored with its due row: the tick will see to it
            for due in change.due:
                self._outbox.dispatch(due.work)


def _change(thread: Thread, work: MindPromise, now: datetime) -> Change:
    spell = begun(thread.spell, thread.waiting_since, is_new=False)
    promised = thread.promised_at
    is_waiting = thread.waiting_since is not None and promised is not None and promised <= now
    if not is_waiting or SLIPPED in spell.told or promised is None or now - promised > TOO_LATE:
        return Change(thread=thread, done=(work,))
    note, send = intended_answer(thread, now, as_details("still_on_it"))
    told = replace(spell, told=(*spell.told, SLIPPED))
    return Change(
        thread=replace(thread, last_at=note.sent_at, spell=told),
        new=(note,),
        due=(Due(send, now + OVERDUE),),
        done=(work,),
    )
