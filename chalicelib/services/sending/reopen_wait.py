"""A person's answer never reached the shopper: they wait as they did before."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.content import SILENT_KINDS
from chalicelib.domain.messages import Message, MessageRef, waits_for_answer
from chalicelib.ports import Change, Conflict, StoreBusy, ThreadStore
from chalicelib.services.receiving.pointers import TRIES

_PAGE: Final = 100


class ReopenWait:
    """Takes back what a failed answer changed in its thread, unless people have spoken since."""

    def __init__(self, threads: ThreadStore) -> None:
        self._threads = threads

    def __call__(self, ref: MessageRef) -> None:
        """Raises StoreBusy when it may pass later."""
        for _ in range(TRIES):
            thread = self._threads.thread(ref.merchant_id, ref.thread_id)
            failed = self._threads.message(ref)
            if thread is None or failed is None or thread.human_at != failed.sent_at:
                return
            before = self._threads.messages(ref.merchant_id, ref.thread_id, before=ref.sort, limit=_PAGE)
            answered = next((one for one in before if _has_answered(one)), None)
            unanswered = [
                one.sent_at
                for one in before
                if waits_for_answer(one, thread.channel) and (answered is None or one.sort > answered.sort)
            ]
            is_waiting = thread.state == "open"
            thread = replace(
                thread,
                human_at=answered.sent_at if answered else None,
                waiting_since=min(unanswered, default=thread.waiting_since)
                if is_waiting
                else thread.waiting_since,
            )
            try:
                self._threads.commit(Change(thread=thread))
            except Conflict:
                continue
            return
        raise StoreBusy("too many write to this thread at once")


def _has_answered(message: Message) -> bool:
    return (
        message.author == "human"
        and message.kind not in SILENT_KINDS
        and message.status
        in (
            "sent",
            "delivered",
            "read",
            "queued",
            "uncertain",
        )
    )
