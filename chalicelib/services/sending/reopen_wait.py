"""What was told never reached the shopper: they wait as they did before, and have not heard it."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.answering.spells import PROMISE, untold
from chalicelib.domain.content import SILENT_KINDS
from chalicelib.domain.messages import Message, MessageRef, waits_for_answer
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, MindPromise, NotifyStaff
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.threads import Change, ThreadStore
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
            if thread is None or failed is None or not _was_the_last_word(thread, failed):
                return
            before = self._threads.messages(ref.merchant_id, ref.thread_id, before=ref.sort, limit=_PAGE)
            is_human = failed.author == "human"
            change = _unanswered(thread, failed, before) if is_human else _untold(thread, failed, before)
            try:
                self._threads.commit(change)
            except Conflict:
                continue
            return
        raise StoreBusy("too many write to this thread at once")


def _was_the_last_word(thread: Thread, failed: Message) -> bool:
    """Whether no person of the shop has spoken since."""
    if failed.author == "human":
        return thread.human_at == failed.sent_at
    return thread.human_at is None or thread.human_at < failed.sent_at


def _unanswered(thread: Thread, failed: Message, before: list[Message]) -> Change:
    human = next((one for one in before if _is_a_persons(one)), None)
    reopened = replace(thread, human_at=human.sent_at if human else None)
    reopened = _waiting_again(reopened, before)
    # Who answered by phone, and sees no inbox, hears of it.
    work = NotifyStaff(thread.merchant_id, "failed", thread.thread_id, failed.sort)
    due = (Due(work, failed.sent_at),) if reopened.waiting_since is not None else ()
    return Change(thread=reopened, due=due, touches=True)


def _untold(thread: Thread, failed: Message, before: list[Message]) -> Change:
    """An answer of ours: no promise stands that nobody has heard, and an article may be told again."""
    tells = tuple(failed.details.get("tells", ()))
    if PROMISE in tells:
        done = (MindPromise(thread.merchant_id, thread.thread_id),)
        return Change(thread=replace(thread, promised_at=None), done=done)
    reopened = replace(thread, spell=untold(thread.spell, tells))
    if not failed.details.get("settles") or thread.waiting_since is not None:
        return Change(thread=reopened)
    reopened = _waiting_again(reopened, before)
    if reopened.waiting_since is None:
        return Change(thread=reopened)
    work = NotifyStaff(thread.merchant_id, "new", thread.thread_id, reopened.waiting_since.isoformat())
    return Change(thread=reopened, due=(Due(work, failed.sent_at),))


def _waiting_again(thread: Thread, before: list[Message]) -> Thread:
    """Since the first of what they wrote after the last answer; who closed the thread has settled it."""
    if thread.state != "open":
        return thread
    answered = next((one for one in before if _has_answered(one)), None)
    waiting = [
        one.sent_at
        for one in before
        if waits_for_answer(one, thread.channel) and (answered is None or one.sort > answered.sort)
    ]
    return replace(thread, waiting_since=min(waiting, default=thread.waiting_since))


def _is_a_persons(message: Message) -> bool:
    return message.author == "human" and message.kind not in SILENT_KINDS and _arrives(message)


def _has_answered(message: Message) -> bool:
    """A person has, or an article that was answer enough."""
    settles = message.author == "auto" and bool(message.details.get("settles"))
    return _is_a_persons(message) or (settles and message.status != "uncertain" and _arrives(message))


def _arrives(message: Message) -> bool:
    return message.status in ("sent", "delivered", "read", "queued", "uncertain")
