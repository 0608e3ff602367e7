"""What people of the shop do with threads besides answering: note, assign, tag, close, reopen, list."""

from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Final

from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread, ThreadState, inbox_key, next_moment
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.threads.write_thread import WriteThread

PAGE: Final = 100
MOST_PAGES: Final = 10
STATES: Final[tuple[ThreadState, ...]] = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Page:
    """Threads and where the next page begins ('' when there is none)."""

    threads: list[Thread]
    next: str


class WorkThreads:
    """Every call names the merchant; another merchant's thread is NotFound."""

    def __init__(self, threads: ThreadStore) -> None:
        self._threads, self._write = threads, WriteThread(threads)

    def thread(self, merchant_id: str, thread_id: str) -> Thread:
        """Raises NotFound."""
        return self._write.thread(merchant_id, thread_id)

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
            return Change(thread=changed, touches=changed.tags != thread.tags), changed

        return self._write(merchant_id, thread_id, write)
