"""What the shop sends of its own accord begins as an intent: a row of the thread, under a key of its own."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.content import Content, text_content
from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Author, Message, MessageRef, Purpose
from chalicelib.domain.rendering import render
from chalicelib.domain.threads import Thread, mark, next_moment
from chalicelib.domain.work import OVERDUE, Due, Send, way_of
from chalicelib.ports.channel import Channel
from chalicelib.ports.consents import Reached
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.threads.write_thread import WriteThread

_AUTHORS: Final[dict[Purpose, Author]] = {"campaign": "campaign", "cart": "campaign"}


class Intend:
    """The inbox does not move; whether and when it goes out, the gate says when it is sent."""

    def __init__(self, threads: ThreadStore, outbox: Outbox, channel_named: Callable[[str], Channel]) -> None:
        self._threads, self._outbox = threads, outbox
        self._channel_named, self._write = channel_named, WriteThread(threads)

    def __call__(
        self,
        merchant_id: str,
        thread_id: str,
        purpose: Purpose,
        content: Content,
        once: str,
        now: datetime,
        details: Mapping[str, str] | None = None,
        works: list[Send] | None = None,
        reached: Reached | None = None,
    ) -> MessageRef:
        """The first of the messages that it became; under the same key `once` it is always the same. details:
        what its rows hold beside; `about`: the thread that it quotes, which must be there still. works: what
        the caller queues, together with others; without it, it is queued here. reached: as `Change` has it.

        Raises NotFound, CantRender, StoreBusy.
        """
        made: list[Change] = []

        def write(thread: Thread) -> tuple[Change, MessageRef]:
            change = self._change(thread, purpose, content, once, now, details or {})
            made.append(replace(change, reached=reached))
            return made[-1], MessageRef(merchant_id, thread_id, made[-1].new[0].sort)

        earlier = self._threads.keyed(merchant_id, once)
        if earlier is not None:
            return earlier
        try:
            first = self._write(merchant_id, thread_id, write)
        except AlreadyThere:
            earlier = self._threads.keyed(merchant_id, once)
            if earlier is None:
                raise StoreBusy("the key is being used right now") from None
            return earlier
        new = [due.work for due in made[-1].due if isinstance(due.work, Send)]
        if works is not None:
            works += new
            return first
        with suppress(StoreBusy):  # they are stored with their due rows: the tick will see to them
            for work in new:
                self._outbox.dispatch(work)
        return first

    def _change(
        self,
        thread: Thread,
        purpose: Purpose,
        content: Content,
        once: str,
        now: datetime,
        details: Mapping[str, str],
    ) -> Change:
        takes = self._channel_named(thread.channel).capabilities.for_kind(thread.wire.kind)
        parts = render(content, takes)
        messages: list[Message] = []
        for place, part in enumerate(parts):
            at = next_moment(thread, now)
            part_of = MessageRef(thread.merchant_id, thread.thread_id, messages[0].sort) if messages else None
            message = _message(thread.merchant_id, part, purpose, f"{once}#{place}", at, part_of)
            messages.append(replace(message, details={**message.details, **details}))
            thread = replace(thread, last_at=at)
        refs = [MessageRef(thread.merchant_id, thread.thread_id, one.sort) for one in messages]
        options, way = parts[-1].options, way_of(_author(purpose))
        thread = _marked(thread, details, now)
        return Change(
            thread=replace(thread, choices=options) if options else thread,
            new=tuple(messages),
            due=tuple(Due(Send(ref, thread.group, way), now + OVERDUE) for ref in refs),
            key=once,
            about=details.get("about", ""),
        )


def intended_answer(
    thread: Thread, now: datetime, details: Mapping[str, Any] | None = None
) -> tuple[Message, Send]:
    """An automatic answer: its words are found when it is sent, from all that was said by then. details: what
    is decided before."""
    at = next_moment(thread, now)
    answer = Message(
        message_id=stable_id("ms", "answer", thread.thread_id, str(at)),
        author="auto",
        kind="text",
        text="",
        sent_at=at,
        status="queued",
        purpose="answer",
        details=details or {},
    )
    return answer, Send(MessageRef(thread.merchant_id, thread.thread_id, answer.sort), thread.group)


def _author(purpose: Purpose) -> Author:
    return _AUTHORS.get(purpose, "auto")


def _marked(thread: Thread, details: Mapping[str, str], now: datetime) -> Thread:
    """Whoever reads an answer to a campaign sees which one it was."""
    if "campaign" not in details:
        return thread
    told = " ".join((details["campaign"], details.get("run", ""), details.get("campaign_name", "")))
    return replace(thread, marks={**thread.marks, "campaign": mark(told, now)})


def _message(
    merchant_id: str, part: Content, purpose: Purpose, once: str, at: datetime, part_of: MessageRef | None
) -> Message:
    """part_of: the first of the messages that one intent became: together they count once."""
    return Message(
        message_id=stable_id("ms", "own accord", merchant_id, once),
        author=_author(purpose),
        kind=part.kind,
        text=part.text,
        sent_at=at,
        status="queued",
        purpose=purpose,
        content=None if part == text_content(part.text) else part,
        details={"part_of": part_of.reference} if part_of else {},
    )
