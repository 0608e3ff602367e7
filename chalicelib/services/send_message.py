"""The one way out: the gate, the claim, the channel, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import text_content
from chalicelib.domain.events import Status, scope_of
from chalicelib.domain.gate import Question, Verdict, may_send
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, Send
from chalicelib.ports import (
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
from chalicelib.services.receive_message import DEBOUNCE_S, OVERDUE
from chalicelib.services.record_sent import RecordSent, insist
from chalicelib.services.reopen_wait import ReopenWait

# The function's own timeout and a minute more: whoever held the claim is gone by then.
LEASE: Final = timedelta(seconds=30 + 60)
LONGEST_DEBOUNCE: Final = timedelta(seconds=20)
LONGEST_WAIT_S: Final = 900
# A message behind one that is held looks again after this.
BEHIND_S: Final = 3


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
        self._record_sent = RecordSent(threads, channel_named)
        self._reopen_wait = ReopenWait(threads)

    def __call__(self, work: Send) -> None:
        """Raises StoreBusy when it may pass later. Whatever has been decided before is left as it is."""
        now = self._clock.now()
        message, thread = self._threads.message_and_thread(work.ref)
        if message is None or thread is None or (message.status != "queued" and not message.claim):
            self._dues.forget(work)
            return
        if message.claim:
            self._settle_abandoned(work, message, now)
            return
        delay_s = _debounce_left_s(message, thread, now)
        if delay_s > 0:
            self._outbox.dispatch(work, delay_s=delay_s)
            return
        if message.author == "human" and self._waits_behind(work.ref):
            self._outbox.dispatch(work, delay_s=BEHIND_S)
            return
        connection = self._shops.connection(thread.connection_id)
        letter = _Letter(work, message, thread, connection, self._channel_named(thread.channel))
        self._send(letter, now)

    def _waits_behind(self, ref: MessageRef) -> bool:
        """People's words arrive in the order in which they were written, also when one is held up."""
        earlier = self._threads.messages(ref.merchant_id, ref.thread_id, before=ref.sort, limit=20)
        return any(one.author == "human" and one.status == "queued" for one in earlier)

    def _settle_abandoned(self, work: Send, message: Message, now: datetime) -> None:
        """Somebody is sending; past the lease they are gone, and nobody knows how far they came."""
        if message.lease_until is not None and now < message.lease_until:
            return
        self._end(work.ref, "uncertain", message.claim, "outcome_unknown")

    def _send(self, letter: _Letter, now: datetime) -> None:
        told = None
        # A person may write whatever the shop's settings say.
        shop = Shop() if letter.message.author == "human" else self._shops.shop(letter.thread.merchant_id)
        if letter.message.purpose == "answer" and letter.connection is not None:
            told = self._compose(shop, letter.thread, letter.channel, letter.connection, now)
        text = told.text if told else letter.message.text
        verdict = may_send(_question(letter, text, shop, now))
        if verdict.decision == "skip" or letter.connection is None:
            self._waits_again(letter.message, letter.work.ref)
            self._end(letter.work.ref, "skipped", "", verdict.code)
            return
        claim = token_hex(8)
        if self._claim(letter.work, claim, now, told):
            self._call(letter, letter.connection, text, verdict, claim, now)

    def _claim(self, work: Send, claim: str, now: datetime, told: Told | None) -> bool:
        try:
            self._threads.claim(work.ref, claim=claim, now=now, lease_until=now + LEASE, told=told)
        except Conflict:
            if told is not None:  # somebody spoke meanwhile: decide again on the thread as it is
                self._outbox.dispatch(work, delay_s=1)
            return False
        except StoreBusy:
            # It may have been written all the same. Nothing has left yet, so the claim is given back.
            insist(lambda: self._threads.release(work.ref, claim=claim, due=Due(work, now + OVERDUE)))
            raise
        return True

    def _call(
        self, letter: _Letter, connection: Connection, text: str, verdict: Verdict, claim: str, now: datetime
    ) -> None:
        work, message = letter.work, letter.message
        outgoing = OutboundMessage(
            to=letter.thread.wire,
            content=replace(message.content, text=text) if message.content else text_content(text),
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
            self._refused(letter, connection, error.reason)
            self._end(work.ref, "failed", claim, error.reason)
        except OutcomeUnknown:
            self._end(work.ref, "uncertain", claim, "outcome_unknown")
        else:
            self._sent(letter, claim, sent_id)

    def _refused(self, letter: _Letter, connection: Connection, reason: str) -> None:
        """What follows from a refusal, before it is written down: who comes after that has nothing to do."""
        if reason == "token_rejected":
            insist(lambda: self._shops.needs_reauth(connection))
        self._waits_again(letter.message, letter.work.ref)

    def _waits_again(self, message: Message, ref: MessageRef) -> None:
        """A person's answer that did not reach the shopper has not answered them. Before the end is written:
        whoever comes after a crash does both again."""
        if message.purpose == "reply":
            insist(lambda: self._reopen_wait(ref))

    def _again(self, letter: _Letter, claim: str, after_s: float, now: datetime) -> None:
        """Nothing was taken by the channel: the same intent is tried again, until it is of no use any
        more."""
        wait = timedelta(seconds=max(1.0, after_s))
        due = Due(letter.work, now + wait + (OVERDUE if after_s <= LONGEST_WAIT_S else timedelta()))
        insist(lambda: self._threads.release(letter.work.ref, claim=claim, due=due))
        if after_s <= LONGEST_WAIT_S:
            self._outbox.dispatch(letter.work, delay_s=max(1, int(after_s)))

    def _sent(self, letter: _Letter, claim: str, sent_id: str) -> None:
        thread = letter.thread
        pointer = Pointer(thread.connection_id, scope_of(thread.wire), sent_id)
        self._record_sent(letter.work.ref, claim, pointer, thread.channel)

    def _end(self, ref: MessageRef, status: Status, claim: str, reason: str) -> None:
        try:
            insist(lambda: self._threads.settle(ref, status, claim=claim, reason=reason))
        except Conflict:
            return


def _question(letter: _Letter, text: str, shop: Shop, now: datetime) -> Question:
    message, thread = letter.message, letter.thread
    return Question(
        takes=letter.channel.capabilities,
        connection_status=letter.connection.status if letter.connection else "disconnected",
        author=message.author,
        purpose=message.purpose,
        text=text,
        now=now,
        intended_at=message.sent_at,
        shopper_at=thread.opened_at,
        human_at=thread.human_at,
        paused=shop.paused,
        is_closed=thread.state == "closed",
    )


def _debounce_left_s(message: Message, thread: Thread, now: datetime) -> int:
    """Shoppers write in bursts: one answer comes when they pause, or after 20 s at the latest."""
    if message.purpose != "answer" or thread.heard_at is None:
        return 0
    ready_at = min(thread.heard_at + timedelta(seconds=DEBOUNCE_S), message.sent_at + LONGEST_DEBOUNCE)
    left = (ready_at - now).total_seconds()
    # The queue counts whole seconds; half a second early is no reason to come back.
    return 0 if left < 0.5 else int(left + 0.999)
