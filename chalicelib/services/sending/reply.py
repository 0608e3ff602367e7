"""What a person of the shop sends: brought into what the channel takes, stored as intents, queued."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, Final

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.content import (
    SILENT_KINDS,
    Content,
    Template,
    content_to_json,
    label_of,
    text_content,
)
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.ids import digest, sort_key, stable_id
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import render, without_window
from chalicelib.domain.threads import Thread, human_spoke, next_moment
from chalicelib.domain.work import OVERDUE, Due, Send, Work
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Change, Claim, SentAgain, ThreadStore
from chalicelib.services.sending.reply_to import AlreadyReplied, Asked, Directed, direct
from chalicelib.services.sending.send_again import Again, AlreadySentAgain, once_more
from chalicelib.services.threads.response_times import WaitMeter
from chalicelib.services.threads.write_thread import WriteThread

# What is offered to choose from takes the place of what was offered before.
_OFFERS: Final = ("buttons", "list", "quick_replies")
# The channel has not taken these: what they claimed is free again.
_NOT_TAKEN: Final = ("failed", "skipped")
_MS: Final = timedelta(milliseconds=1)


class KeyReused(Exception):
    """The idempotency key was used for another thread or another content."""


class NotAllowed(Exception):
    """The gate refuses what a person wants to send: `code` and `reason` are its own."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """One call. message_id: of the first message that it becomes. asked: by what it is known again, '' where
    it has no key."""

    by: str
    key: str
    message_id: str
    asked: str
    now: datetime

    def id_of(self, place: int) -> str:
        return self.message_id if place == 0 else stable_id("ms", self.message_id, str(place))


class Reply:
    """Every call names the merchant; another merchant's thread is NotFound."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        outbox: Outbox,
        meter: WaitMeter,
        channel_named: Callable[[str], Channel],
        check_template: Callable[[Thread, Template], Template] | None = None,
    ) -> None:
        self._threads, self._shops, self._outbox, self._meter = threads, shops, outbox, meter
        self._channel_named, self._write = channel_named, WriteThread(threads)
        self._check_template = check_template

    def __call__(
        self, merchant_id: str, thread_id: str, asked: Asked | Again, by: str, key: str, now: datetime
    ) -> list[Message]:
        """The messages that it became, queued, in their order. The same key again answers with the same.

        Raises NotFound, CantRender, NotAllowed, AlreadyReplied, KeyReused; and of what is to go again
        NoSuchMessage, NotUncertain, AlreadySentAgain.
        """
        message_id = stable_id("ms", "reply", merchant_id, key or token_hex(16))
        order = _Order(by=by, key=key, message_id=message_id, asked=_name_of(asked) if key else "", now=now)
        if key:
            earlier = self._threads.keyed(merchant_id, key)
            if earlier is not None:
                return self._repeat(earlier, thread_id, order)
        tried: list[Change] = []

        def write(thread: Thread) -> tuple[Change, list[Message]]:
            change = self._decide(thread, asked, order)
            tried.append(change)
            return change, list(change.new)

        try:
            messages = self._write(merchant_id, thread_id, write)
        except (AlreadyThere, AlreadyReplied, AlreadySentAgain) as error:
            earlier = self._threads.keyed(merchant_id, key) if key else None
            if earlier is not None:
                return self._repeat(earlier, thread_id, order)
            if isinstance(error, AlreadySentAgain):
                raise
            if not tried or tried[-1].claims:
                raise AlreadyReplied from None
            raise StoreBusy("the key is being used right now") from None
        self._dispatch(due.work for due in tried[-1].due)
        return messages

    def _decide(self, thread: Thread, asked: Asked | Again, order: _Order) -> Change:
        takes = self._channel_named(thread.channel).capabilities.for_kind(thread.wire.kind)
        if isinstance(asked, Again):
            directed = once_more(self._threads, thread, asked)
            parts: Sequence[Content] = [directed.content]
        else:
            directed = direct(self._threads, thread, asked, takes, order.now)
            parts = render(directed.content, takes)
        if parts[0].template is not None and self._check_template is not None:
            parts = [replace(parts[0], template=self._check_template(thread, parts[0].template))]
        self._check(thread, parts[0], takes, order.now)
        spoke, messages, waited_s = _spoken(thread, parts, directed, order)
        refs = [MessageRef(thread.merchant_id, thread.thread_id, one.sort) for one in messages]
        comment_id = directed.content.comment_id
        return Change(
            thread=spoke,
            new=tuple(messages),
            due=tuple(Due(Send(ref, thread.group), order.now + OVERDUE) for ref in refs),
            waited=self._meter.measure(thread, waited_s, messages[0].sent_at),
            key=order.key,
            claims=(self._claim(thread, comment_id, directed.again),) if comment_id else (),
            again=SentAgain(directed.again.sort, directed.again.again) if directed.again else None,
        )

    def _claim(self, thread: Thread, comment_id: str, again: Message | None) -> Claim:
        """The one private answer that a comment takes, unless an earlier one did not leave, or is the one
        that is sent again. Raises AlreadyReplied."""
        name = f"private:{thread.connection_id}:{comment_id}"
        earlier = self._threads.claimed(thread.merchant_id, name)
        message = self._threads.message(earlier) if earlier else None
        is_free = message is not None and (message.status in _NOT_TAKEN or message == again)
        if earlier is not None and not is_free:
            raise AlreadyReplied
        return Claim(name, earlier)

    def _check(self, thread: Thread, first: Content, takes: Capabilities, now: datetime) -> None:
        connection = self._shops.connection(thread.connection_id)
        verdict = may_send(
            Question(
                takes=without_window(first, takes),
                connection_status=connection.status if connection else "disconnected",
                author="human",
                purpose="reply",
                text=first.text,
                now=now,
                intended_at=now,
                shopper_at=thread.opened_at,
                channel=thread.channel,
                window=takes.window,
                kind=first.kind,
                unreachable=thread.unreachable,
                held_by=thread.held_by,
            )
        )
        if verdict.decision == "skip":
            raise NotAllowed(verdict.code, verdict.reason)

    def _repeat(self, ref: MessageRef, thread_id: str, order: _Order) -> list[Message]:
        """What was made under the key; what of it nobody has begun to send is queued again."""
        first = self._threads.message(ref)
        if first is None or ref.thread_id != thread_id or first.details.get("asked") != order.asked:
            raise KeyReused
        messages = [first]
        for place in range(1, int(first.details.get("parts", 1))):
            sort = sort_key(first.sent_at + place * _MS, order.id_of(place))
            part = self._threads.message(replace(ref, sort=sort))
            messages += [] if part is None else [part]
        waiting = [one for one in messages if one.status == "queued" and not one.claim]
        if waiting:
            group = self._write.thread(ref.merchant_id, thread_id).group
            self._dispatch([Send(replace(ref, sort=one.sort), group) for one in waiting])
        return messages

    def _dispatch(self, works: Iterable[Work]) -> None:
        """They are stored with their due rows: should the queue not take them now, the tick will see to
        it."""
        with suppress(StoreBusy):
            for work in works:
                self._outbox.dispatch(work)


def _spoken(
    thread: Thread, parts: Sequence[Content], directed: Directed, order: _Order
) -> tuple[Thread, list[Message], float | None]:
    """The thread after these words, the words as rows, and how long the shopper had waited for them."""
    messages: list[Message] = []
    waited_s: float | None = None
    for place, part in enumerate(parts):
        message = Message(
            message_id=order.id_of(place),
            author="human",
            kind=part.kind,
            text=part.text,
            sent_at=next_moment(thread, order.now),
            status="queued",
            purpose=directed.purpose,
            by=order.by,
            reply_to=directed.reply_to if place == 0 else "",
            content=None if part == text_content(part.text) else part,
            details=_details(len(parts), directed, order) if place == 0 else {},
        )
        messages.append(message)
        if part.kind in SILENT_KINDS or directed.purpose != "reply":
            thread = replace(thread, last_at=message.sent_at)
            continue
        thread, ended_s = human_spoke(thread, message.sent_at, message.sort, label_of(part))
        waited_s = ended_s if waited_s is None else waited_s
    if directed.content.kind in _OFFERS or directed.content.options:
        thread = replace(thread, choices=parts[-1].options)
    return thread, messages, waited_s


def _details(parts: int, directed: Directed, order: _Order) -> dict[str, Any]:
    """Of the first message of a call."""
    known_again = {"asked": order.asked, "parts": parts} if order.key else {}
    about = {"answers": directed.answers, "again": directed.again.message_id if directed.again else ""}
    if directed.again is not None:
        about["counts_as"] = directed.counts_as
    return known_again | {name: value for name, value in about.items() if value}


def _name_of(asked: Asked | Again) -> str:
    """The same for the same content, aimed at the same message."""
    if isinstance(asked, Again):
        return digest("again", asked.message_id)
    content = json.dumps(content_to_json(asked.content), sort_keys=True)
    return digest(content, asked.reply_to, str(asked.is_public))
