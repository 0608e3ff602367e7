"""What people of the shop do with threads: answer, note, assign, tag, close, reopen, list."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Final, TypeVar

from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread, ThreadState, human_spoke, inbox_key, next_moment
from chalicelib.domain.work import Due, Send
from chalicelib.ports import (
    AlreadyThere,
    Change,
    Channel,
    Conflict,
    Outbox,
    ShopStore,
    StoreBusy,
    ThreadStore,
)
from chalicelib.services.receive_message import OVERDUE, TRIES, group_of
from chalicelib.services.response_times import WaitMeter

T = TypeVar("T")

PAGE: Final = 100
MOST_PAGES: Final = 10
STATES: Final[tuple[ThreadState, ...]] = ("open", "closed")


class NotFound(Exception):
    """No such thread for this merchant."""


class KeyReused(Exception):
    """The idempotency key was used for another thread or another text."""


class NotAllowed(Exception):
    """The gate refuses what a person wants to send: `code` and `reason` are its own."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Page:
    """Threads and where the next page begins ('' when there is none)."""

    threads: list[Thread]
    next: str


class WorkThreads:
    """Every call names the merchant; another merchant's thread is NotFound."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        outbox: Outbox,
        meter: WaitMeter,
        channel_named: Callable[[str], Channel],
    ) -> None:
        self._threads, self._shops, self._outbox, self._meter = threads, shops, outbox, meter
        self._channel_named = channel_named

    def thread(self, merchant_id: str, thread_id: str) -> Thread:
        """Raises NotFound."""
        thread = self._threads.thread(merchant_id, thread_id)
        if thread is None:
            raise NotFound(thread_id)
        return thread

    def inbox(
        self,
        merchant_id: str,
        channels: list[str],
        states: list[ThreadState],
        assignee: str | None,
        before: str,
        limit: int,
    ) -> Page:
        """The latest words first, over all these channels and states; merged, since the index is by both.

        A page may be short, or empty, and still have a next one: one call looks at so many threads and no
        more.
        """
        found: list[Thread] = []
        size = limit if assignee is None else PAGE
        for _ in range(MOST_PAGES):
            page = self._merged(merchant_id, channels, states, before, size)
            for one in page:
                before = inbox_key(one)
                if assignee is None or one.assignee == assignee:
                    found.append(one)
                if len(found) == limit:
                    return Page(found, before)
            if len(page) < size:
                return Page(found, "")
        return Page(found, before)

    def _merged(
        self, merchant_id: str, channels: list[str], states: list[ThreadState], before: str, limit: int
    ) -> list[Thread]:
        every = [
            thread
            for channel in channels
            for state in states
            for thread in self._threads.inbox(merchant_id, channel, state, before=before, limit=limit)
        ]
        return sorted(every, key=inbox_key, reverse=True)[:limit]

    def messages(self, thread: Thread, before: str, limit: int) -> list[Message]:
        """Newest first."""
        return self._threads.messages(thread.merchant_id, thread.thread_id, before=before, limit=limit)

    def reply(
        self, merchant_id: str, thread_id: str, text: str, by: str, key: str, reply_to: str, now: datetime
    ) -> Message:
        """A person's answer as an intent, queued. The same key again answers with the same message.

        Raises NotFound, NotAllowed, KeyReused.
        """
        message_id = stable_id("ms", "reply", merchant_id, key or token_hex(16))
        if key:
            earlier = self._threads.keyed(merchant_id, key)
            if earlier is not None:
                return self._repeat(earlier, thread_id, text)

        intended: dict[str, Send] = {}

        def write(thread: Thread) -> tuple[Change, Message]:
            message = _reply(thread, message_id, text, by, reply_to, now)
            self._check(thread, message, now)
            send = Send(MessageRef(merchant_id, thread_id, message.sort), group_of(thread))
            intended[message.sort] = send
            spoke, waited = human_spoke(thread, message.sent_at, message.sort, text)
            waited_on = self._meter.measure(thread, waited, message.sent_at)
            due = (Due(send, now + OVERDUE),)
            return Change(thread=spoke, new=(message,), due=due, waited=waited_on, key=key), message

        try:
            message = self._write(merchant_id, thread_id, write)
        except AlreadyThere:
            earlier = self._threads.keyed(merchant_id, key)
            if earlier is None:
                raise StoreBusy("the key is being used right now") from None
            return self._repeat(earlier, thread_id, text)
        self._dispatch(intended[message.sort])
        return message

    def _dispatch(self, send: Send) -> None:
        """It is stored with its due row: should the queue not take it now, the tick will see to it."""
        with suppress(StoreBusy):
            self._outbox.dispatch(send)

    def note(self, merchant_id: str, thread_id: str, text: str, by: str, now: datetime) -> Message:
        """A row that only the shop sees."""
        message_id = stable_id("ms", "note", merchant_id, token_hex(16))

        def write(thread: Thread) -> tuple[Change, Message]:
            at = next_moment(thread, now)
            note = Message(
                message_id=message_id,
                author="human",
                kind="note",
                text=text,
                sent_at=at,
                status="note",
                purpose="note",
                by=by,
            )
            return Change(thread=replace(thread, last_at=at), new=(note,)), note

        return self._write(merchant_id, thread_id, write)

    def change(
        self,
        merchant_id: str,
        thread_id: str,
        state: ThreadState | None,
        assignee: str | None,
        tags: tuple[str, ...] | None,
    ) -> Thread:
        """Assign ('' to nobody), tag, close, reopen; None leaves as it is. Closing ends the shopper's
        wait."""

        def write(thread: Thread) -> tuple[Change, Thread]:
            changed = replace(
                thread,
                state=state or thread.state,
                assignee=thread.assignee if assignee is None else assignee,
                tags=thread.tags if tags is None else tags,
            )
            if state == "closed":
                changed = replace(changed, waiting_since=None, promised_at=None)
            return Change(thread=changed), changed

        return self._write(merchant_id, thread_id, write)

    def _write(self, merchant_id: str, thread_id: str, write: Callable[[Thread], tuple[Change, T]]) -> T:
        """Decide on the thread as it is, and again when somebody else was faster."""
        for _ in range(TRIES):
            change, result = write(self.thread(merchant_id, thread_id))
            try:
                self._threads.commit(change)
            except Conflict:
                continue
            except StoreBusy:
                if not self._is_written(change):
                    raise
            return result
        raise StoreBusy("too many write to this thread at once")

    def _is_written(self, change: Change) -> bool:
        """Whether a transaction whose answer was lost has been carried out all the same."""
        thread = change.thread
        refs = [MessageRef(thread.merchant_id, thread.thread_id, one.sort) for one in change.new]
        return bool(refs) and all(self._threads.message(ref) is not None for ref in refs)

    def _check(self, thread: Thread, message: Message, now: datetime) -> None:
        connection = self._shops.connection(thread.connection_id)
        verdict = may_send(
            Question(
                takes=self._channel_named(thread.channel).capabilities,
                connection_status=connection.status if connection else "disconnected",
                author="human",
                purpose="reply",
                text=message.text,
                now=now,
                intended_at=message.sent_at,
                shopper_at=thread.opened_at,
            )
        )
        if verdict.decision == "skip":
            raise NotAllowed(verdict.code, verdict.reason)

    def _repeat(self, ref: MessageRef, thread_id: str, text: str) -> Message:
        message = self._threads.message(ref)
        if message is None or ref.thread_id != thread_id or message.text != text:
            raise KeyReused
        if message.status == "queued" and not message.claim:
            self._dispatch(Send(ref, group_of(self.thread(ref.merchant_id, thread_id))))
        return message


def _reply(thread: Thread, message_id: str, text: str, by: str, reply_to: str, now: datetime) -> Message:
    return Message(
        message_id=message_id,
        author="human",
        kind="text",
        text=text,
        sent_at=next_moment(thread, now),
        status="queued",
        purpose="reply",
        by=by,
        reply_to=reply_to,
    )
