"""The one way out: the gate, the claim, the channel, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Status, scope_of
from chalicelib.domain.gate import Question, Verdict, may_send
from chalicelib.domain.messages import Message, MessageRef, rank
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, Send
from chalicelib.ports import (
    AlreadyThere,
    Channel,
    Clock,
    Conflict,
    DueStore,
    NotSent,
    OutboundMessage,
    Outbox,
    OutcomeUnknown,
    Pointer,
    RetryLater,
    SendRejected,
    ShopStore,
    StoreBusy,
    ThreadStore,
    Told,
)
from chalicelib.services.answer import ComposeAnswer
from chalicelib.services.receive_message import DEBOUNCE_S, OVERDUE, TRIES

# The function's own timeout and a minute more: whoever held the claim is gone by then.
LEASE: Final = timedelta(seconds=30 + 60)
LONGEST_DEBOUNCE: Final = timedelta(seconds=20)
LONGEST_WAIT_S: Final = 900
# How long an intent is tried before it lapses: an automatic answer is soon of no use, a person's words
# stay wanted.
LAPSES_AFTER: Final = {"answer": timedelta(minutes=30), "reply": timedelta(hours=24)}


@dataclass(frozen=True, slots=True)
class _Letter:
    """All that sending one message looks at."""

    work: Send
    message: Message
    thread: Thread
    connection: Connection | None
    channel: Channel


class SendMessage:
    """Sends an intent at most once. Only a human may repeat what may have arrived."""

    def __init__(
        self,
        threads: ThreadStore,
        shops: ShopStore,
        dues: DueStore,
        outbox: Outbox,
        channel_named: Callable[[str], Channel],
        compose: ComposeAnswer,
        clock: Clock,
    ) -> None:
        self._threads, self._shops, self._dues, self._outbox = threads, shops, dues, outbox
        self._channel_named, self._compose, self._clock = channel_named, compose, clock

    def __call__(self, work: Send) -> None:
        """Raises StoreBusy when it may pass later. Whatever has been decided before is left as it is."""
        now = self._clock.now()
        message = self._threads.message(work.ref)
        if message is None or (message.status != "queued" and not message.claim):
            self._dues.forget(work)
            return
        if message.claim:
            self._settle_abandoned(work, message, now)
            return
        thread = self._threads.thread(work.ref.merchant_id, work.ref.thread_id)
        if thread is None:
            self._dues.forget(work)
            return
        delay_s = _debounce_left_s(message, thread, now)
        if delay_s > 0:
            self._outbox.dispatch(work, delay_s=delay_s)
            return
        connection = self._shops.connection(thread.connection_id)
        letter = _Letter(work, message, thread, connection, self._channel_named(thread.channel))
        self._send(letter, now)

    def _settle_abandoned(self, work: Send, message: Message, now: datetime) -> None:
        """Somebody is sending; past the lease they are gone, and nobody knows how far they came."""
        if message.lease_until is not None and now < message.lease_until:
            return
        self._end(work.ref, "uncertain", message.claim, "outcome_unknown")

    def _send(self, letter: _Letter, now: datetime) -> None:
        told = None
        if letter.message.purpose == "answer" and letter.connection is not None:
            told = self._compose(letter.thread, letter.channel, letter.connection, now)
        text = told.text if told else letter.message.text
        verdict = may_send(self._question(letter, text, now))
        if verdict.decision == "skip" or letter.connection is None:
            self._end(letter.work.ref, "skipped", "", verdict.code)
            return
        claim = token_hex(8)
        if self._claim(letter.work, claim, now, told):
            self._call(letter, letter.connection, text, verdict, claim, now)

    def _question(self, letter: _Letter, text: str, now: datetime) -> Question:
        message, thread = letter.message, letter.thread
        return Question(
            channel=thread.channel,
            connection_status=letter.connection.status if letter.connection else "disconnected",
            author=message.author,
            purpose=message.purpose,
            text=text,
            now=now,
            intended_at=message.sent_at,
            shopper_at=thread.shopper_at,
            human_at=thread.human_at,
            paused=self._shops.shop(thread.merchant_id).paused if message.author != "human" else None,
        )

    def _claim(self, work: Send, claim: str, now: datetime, told: Told | None) -> bool:
        try:
            self._threads.claim(work.ref, claim=claim, now=now, lease_until=now + LEASE, told=told)
        except Conflict:
            return False
        except StoreBusy:
            # It may have been written all the same. Nothing has left yet, so the claim is given back.
            self._threads.release(work.ref, claim=claim, due=Due(work, now + OVERDUE))
            raise
        return True

    def _call(
        self, letter: _Letter, connection: Connection, text: str, verdict: Verdict, claim: str, now: datetime
    ) -> None:
        work, message = letter.work, letter.message
        outgoing = OutboundMessage(
            to=letter.thread.wire,
            text=text,
            reference=work.ref.reference,
            tag=verdict.tag,
            reply_to=message.reply_to,
        )
        try:
            sent_id = letter.channel.send(outgoing, connection)
        except NotSent:
            self._again(letter, claim, min(5 * 2**message.attempt, LONGEST_WAIT_S), now)
        except RetryLater as error:
            self._again(letter, claim, error.after_s, now)
        except SendRejected as error:
            self._end(work.ref, "failed", claim, error.reason)
            if error.reason == "token_rejected":
                self._shops.needs_reauth(connection)
        except OutcomeUnknown:
            self._end(work.ref, "uncertain", claim, "outcome_unknown")
        else:
            self._sent(letter, claim, sent_id)

    def _again(self, letter: _Letter, claim: str, after_s: float, now: datetime) -> None:
        """Nothing was taken by the channel: the same intent is tried again, until it is of no use any
        more."""
        message = letter.message
        if now - message.sent_at > LAPSES_AFTER.get(message.purpose, LAPSES_AFTER["reply"]):
            self._end(letter.work.ref, "failed", claim, "channel_down")
            return
        wait = timedelta(seconds=max(1.0, after_s))
        due = Due(letter.work, now + wait + (OVERDUE if after_s <= LONGEST_WAIT_S else timedelta()))
        _insist(lambda: self._threads.release(letter.work.ref, claim=claim, due=due))
        if after_s <= LONGEST_WAIT_S:
            self._outbox.dispatch(letter.work, delay_s=max(1, int(after_s)))

    def _sent(self, letter: _Letter, claim: str, sent_id: str) -> None:
        """Record the channel's id, with what came about it in the meantime."""
        thread, ref = letter.thread, letter.work.ref
        pointer = Pointer(thread.connection_id, scope_of(thread.wire), sent_id, ref)
        for _ in range(TRIES):
            try:
                _insist(partial(self._settle_sent, ref, claim, pointer))
            except AlreadyThere:
                known = self._threads.pointer(ref.merchant_id, pointer.connection_id, pointer.chat, sent_id)
                pointer = replace(pointer, parked=known.parked if known else ())
                continue
            except Conflict:
                return
            self._catch_up(letter)
            return
        raise StoreBusy("too many facts for one message at once")

    def _settle_sent(self, ref: MessageRef, claim: str, pointer: Pointer) -> None:
        status, code = facts.highest_status("sent", pointer.parked)
        put = facts.reactions(pointer.parked)
        self._threads.settle(ref, status, claim=claim, reason=code, pointer=pointer, reactions=put)

    def _catch_up(self, letter: _Letter) -> None:
        """Receipts that name only a moment may have come while the message was on its way."""
        if letter.thread.channel != "messenger":
            return
        ref = letter.work.ref
        thread, message = self._threads.thread(ref.merchant_id, ref.thread_id), self._threads.message(ref)
        if thread is None or message is None or message.started_at is None:
            return
        marks: tuple[tuple[Status, datetime | None], ...] = (
            ("delivered", thread.delivered_up_to),
            ("read", thread.read_up_to),
        )
        for status, up_to in marks:
            if up_to is not None and message.started_at <= up_to and rank(message.status) < rank(status):
                self._threads.raise_status(ref, status)

    def _end(self, ref: MessageRef, status: Status, claim: str, reason: str) -> None:
        try:
            _insist(lambda: self._threads.settle(ref, status, claim=claim, reason=reason))
        except Conflict:
            return


def _debounce_left_s(message: Message, thread: Thread, now: datetime) -> int:
    """Shoppers write in bursts: one answer comes when they pause, or after 20 s at the latest."""
    if message.purpose != "answer" or thread.heard_at is None:
        return 0
    ready_at = min(thread.heard_at + timedelta(seconds=DEBOUNCE_S), message.sent_at + LONGEST_DEBOUNCE)
    left = (ready_at - now).total_seconds()
    # The queue counts whole seconds; half a second early is no reason to come back.
    return 0 if left < 0.5 else int(left + 0.999)


def _insist(write: Callable[[], None]) -> None:
    """The outcome is known and must not be lost for a passing fault: a few tries before giving up."""
    for _ in range(2):
        try:
            write()
        except StoreBusy:
            continue
        return
    write()
