"""The one way out: the gate, the claim, the channel, and what became of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from secrets import token_hex
from typing import Final

from chalicelib.domain.campaigns.stopping import SPAM_LIMITED
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, Status, scope_of
from chalicelib.domain.gate import Verdict, wanted_for
from chalicelib.domain.gate.prospects import NEEDS
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.pacing import pair_wait
from chalicelib.domain.staff.people import token_lost
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import DEBOUNCE_S, OVERDUE, Due, Send
from chalicelib.ports.afterwards import Held, Pointer
from chalicelib.ports.channel import Channel, OutboundMessage
from chalicelib.ports.errors import (
    ChatMigrated,
    Conflict,
    NotSent,
    OutcomeUnknown,
    RetryLater,
    SendRejected,
    StoreBusy,
)
from chalicelib.ports.queues import Clock, DueStore, Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Paced, ThreadStore, Told
from chalicelib.services.faults import insist
from chalicelib.services.sending.answer import ComposeAnswer
from chalicelib.services.sending.confirm import confirmation
from chalicelib.services.sending.follow_refusal import FollowRefusal
from chalicelib.services.sending.judge import Judge, Judgement
from chalicelib.services.sending.letter import Letter, content_of
from chalicelib.services.sending.pace import Pace
from chalicelib.services.sending.record_failure import RecordFailure
from chalicelib.services.sending.record_sent import RecordSent

# The function's own timeout and a minute more: whoever held the claim is gone by then.
LEASE: Final = timedelta(seconds=30 + 60)
LONGEST_DEBOUNCE: Final = timedelta(seconds=20)
LONGEST_WAIT_S: Final = 900
# Why an automatic answer was not sent: all that it would say was said, or nobody waits any more.
SILENT: Final = "nothing_to_add"
# Why a message waits for its connection.
HELD: Final = "token_rejected"
# A connection that has changed in this very moment is looked at again after this.
CHANGED_S: Final = 5
# What goes in bulk waits for its turn where it is: through the queue it would come too late, and cost more.
BULK_PATIENCE_S: Final = 8.0
# A message behind one that is held looks again after this.
BEHIND_S: Final = 3
LONGEST_BEHIND_S: Final = 300


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
        judge: Judge,
        follow: FollowRefusal,
        failure: RecordFailure,
        pace: Pace,
        migrated: Callable[[Thread, Address, datetime], None],
        count_refusal: Callable[[str, str, str], None],
        clock: Clock,
    ) -> None:
        """migrated: follows a chat to its new id. count_refusal: channel, our reason, the channel's code."""
        self._threads, self._shops, self._dues, self._outbox = threads, shops, dues, outbox
        self._channel_named, self._compose, self._clock = channel_named, compose, clock
        self._judge, self._pace = judge, pace
        self._migrated, self._count_refusal = migrated, count_refusal
        self._record_sent = RecordSent(threads, channel_named, failure)
        self._follow = follow

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
        connection, shop = self._shop_of(message, thread)
        letter = Letter(work, message, thread, connection, self._channel_named(thread.channel))
        self._send(letter, shop, now)

    def _shop_of(self, message: Message, thread: Thread) -> tuple[Connection | None, Shop]:
        """A person may write whatever the shop's settings say, but for templates."""
        if message.author == "human" and message.kind != "template" and message.purpose not in NEEDS:
            return self._shops.connection(thread.connection_id), Shop()
        return self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)

    def _waits_behind(self, letter: Letter) -> bool:
        """People's words arrive in the order in which they were written, also when one is held up, and so do
        the parts of one message; nothing of the shop's own accord comes between."""
        ref, part_of = letter.work.ref, letter.message.details.get("part_of")
        earlier = self._threads.messages(ref.merchant_id, ref.thread_id, before=ref.sort, limit=20)
        waiting = [one for one in earlier if one.status == "queued"]
        first = MessageRef(ref.merchant_id, ref.thread_id, "")
        return any(
            (one.author, one.purpose) == ("human", "reply")
            or (part_of and part_of in (replace(first, sort=one.sort).reference, one.details.get("part_of")))
            for one in waiting
        )

    def _settle_abandoned(self, work: Send, message: Message, now: datetime) -> None:
        """Somebody is sending; past the lease they are gone, and nobody knows how far they came."""
        if message.lease_until is not None and now < message.lease_until:
            return
        self._follow.is_unsure(message, work.ref)
        self._end(work.ref, "uncertain", message.claim, "outcome_unknown")

    def _send(self, letter: Letter, shop: Shop, now: datetime) -> None:
        told = None
        is_answer = letter.message.purpose == "answer"
        if is_answer and letter.connection is not None:
            thread, channel = letter.thread, letter.channel
            told = self._compose(letter.message, shop, thread, channel, letter.connection, now)
        elif letter.message.purpose == "confirm":
            told = confirmation(shop, letter.thread, letter.message, now)
        intended = letter.message
        if told is not None:
            letter = letter.saying(told)
        text = told.text if told else letter.message.text
        judged = self._judge(letter, text, shop, now)
        verdict = judged.verdict
        if verdict.decision in ("skip", "use_template") or letter.connection is None:
            self._follow.waits_again(intended, letter.work.ref)
            if letter.message.reason == HELD:
                held, thread = [Held(letter.work)], letter.thread
                self._threads.let_go(thread.merchant_id, thread.connection_id, held)
            self._end(letter.work.ref, "skipped", "", verdict.code)
            return
        if verdict.decision == "hold":
            self._hold_back(letter, letter.connection, verdict)
            return
        if is_answer and told is None:
            self._end(letter.work.ref, "skipped", "", SILENT)
            return
        wait_s, paced_ms = self._pace_of(letter, letter.connection, now)
        if wait_s > 0:
            self._wait(letter.work, min(ceil(wait_s), LONGEST_WAIT_S), now)
            return
        claim = token_hex(8)
        paced = None if paced_ms is None else Paced(letter.thread.paced_ms, paced_ms)
        if self._claim(letter, claim, now, told, paced, judged):
            self._call(letter, letter.connection, text, verdict, claim, now)

    def _wait(self, work: Send, wait_s: int, now: datetime) -> None:
        """It comes back by the queue. The tick must not bring it too, or what waits would grow by itself."""
        self._dues.set(Due(work, now + timedelta(seconds=wait_s) + OVERDUE))
        self._outbox.dispatch(work, delay_s=wait_s)

    def _pace_of(self, letter: Letter, connection: Connection, now: datetime) -> tuple[float, int | None]:
        """How many seconds it has to wait for others, and what counts it for the shopper's own rate."""
        message, rates, paced_ms = letter.message, letter.channel.capabilities.rates, None
        if message.purpose not in ("answer", "confirm") and self._waits_behind(letter):
            # The longer it has waited, the less it matters when exactly it goes.
            waited_s = (now - message.sent_at).total_seconds()
            return min(max(waited_s / 4, BEHIND_S), LONGEST_BEHIND_S), None
        if rates.shopper is not None:
            wait_s, paced_ms = pair_wait(letter.thread.paced_ms, rates.shopper, now)
            if wait_s > 0:
                return wait_s, None
        kind = content_of(message, message.text).kind
        patience_s = BULK_PATIENCE_S if letter.work.way == "bulk" else 0.0
        urgent = message.author != "campaign"
        return self._pace(connection, kind, rates, urgent=urgent, patience_s=patience_s), paced_ms

    def _hold_back(self, letter: Letter, connection: Connection, verdict: Verdict) -> None:
        """Until the moment that the gate names: by its due row alone, and it is asked again then."""
        if verdict.until is None:
            self._hold(letter, connection, "")
            return
        due = Due(letter.work, verdict.until)
        with suppress(Conflict):
            insist(lambda: self._threads.postpone(letter.work.ref, due, verdict.code))

    def _hold(self, letter: Letter, connection: Connection, claim: str) -> None:
        """It waits for its connection, until it is of no use any more."""
        message = letter.message
        until = message.sent_at + wanted_for(message.purpose) + timedelta(seconds=1)
        held = Held(letter.work, token_hex(8))
        try:
            insist(
                lambda: self._threads.hold(
                    held, connection.connection_id, claim=claim, reason=HELD, until=until
                )
            )
        except Conflict:  # connected again in this very moment, or somebody else's by now
            if claim:
                due = Due(letter.work, self._clock.now() + OVERDUE)
                insist(lambda: self._threads.release(letter.work.ref, claim=claim, due=due))
            self._outbox.dispatch(letter.work, delay_s=CHANGED_S)

    def _claim(
        self,
        letter: Letter,
        claim: str,
        now: datetime,
        told: Told | None,
        paced: Paced | None,
        judged: Judgement,
    ) -> bool:
        work = letter.work
        try:
            self._threads.claim(
                work.ref,
                claim=claim,
                now=now,
                lease_until=now + LEASE,
                told=told,
                paced=paced,
                counted=judged.counted,
                reached=judged.reached,
                cart=judged.cart,
            )
        except Conflict:
            # Somebody spoke meanwhile, or sent to the same shopper: decide again on what is there then.
            if told is not None or paced is not None or judged.counted is not None:
                self._outbox.dispatch(work, delay_s=1)
            return False
        except StoreBusy:
            # It may have been written all the same. Nothing has left yet, so the claim is given back.
            insist(lambda: self._threads.release(work.ref, claim=claim, due=Due(work, now + OVERDUE)))
            raise
        return True

    def _call(
        self, letter: Letter, connection: Connection, text: str, verdict: Verdict, claim: str, now: datetime
    ) -> None:
        work, message = letter.work, letter.message
        outgoing = OutboundMessage(
            to=letter.thread.wire,
            content=content_of(message, text),
            reference=work.ref.reference,
            tag=verdict.tag,
            reply_to=message.reply_to,
            comment_id=message.content.comment_id if message.content else "",
        )
        try:
            sent_id = letter.channel.send(outgoing, connection)
        except NotSent:
            self._again(letter, claim, min(5 * 2**message.attempt, LONGEST_WAIT_S), now)
        except RetryLater as error:
            self._slowed(letter, connection, error, now)
            self._again(letter, claim, growing(error, message.attempt), now)
        except ChatMigrated as error:
            insist(partial(self._migrated, letter.thread, error.to, now))
            self._again(letter, claim, 1.0, now)
        except SendRejected as error:
            self._count_refusal(letter.thread.channel, error.reason, error.code)
            self._refused(letter, connection, claim, error.reason, now)
        except OutcomeUnknown:
            self._follow.is_unsure(message, work.ref)
            self._end(work.ref, "uncertain", claim, "outcome_unknown")
        else:
            self._sent(letter, claim, sent_id)

    def _slowed(self, letter: Letter, connection: Connection, error: RetryLater, now: datetime) -> None:
        """All senders of the connection pause together, not each at its own cost."""
        if error.limits == "marketing":
            self._follow.of_campaign(letter.message, letter.work.ref, SPAM_LIMITED, now)
        if error.limits != "connection":
            return
        kind = content_of(letter.message, letter.message.text).kind
        with suppress(StoreBusy):
            self._pace.hold(connection, error.after_s, kind, letter.channel.capabilities.rates)

    def _refused(
        self, letter: Letter, connection: Connection, claim: str, reason: str, now: datetime
    ) -> None:
        if reason == HELD:
            insist(lambda: self._shops.needs_reauth(connection))
            with suppress(StoreBusy):  # the next check of it tells them too
                self._outbox.dispatch(token_lost(connection, now))
            self._hold(letter, connection, claim)
            return
        begun = replace(letter.message, started_at=now)
        self._follow(begun, letter.work.ref, connection.connection_id, reason, now)
        self._end(letter.work.ref, "failed", claim, reason)

    def _again(self, letter: Letter, claim: str, after_s: float, now: datetime) -> None:
        """Nothing was taken by the channel: the same intent is tried again, until it is of no use any
        more."""
        wait = timedelta(seconds=max(1.0, after_s))
        due = Due(letter.work, now + wait + (OVERDUE if after_s <= LONGEST_WAIT_S else timedelta()))
        insist(lambda: self._threads.release(letter.work.ref, claim=claim, due=due))
        if after_s <= LONGEST_WAIT_S:
            self._outbox.dispatch(letter.work, delay_s=max(1, int(after_s)))

    def _sent(self, letter: Letter, claim: str, sent_id: str) -> None:
        thread = letter.thread
        pointer = Pointer(thread.connection_id, scope_of(thread.wire), sent_id)
        self._record_sent(letter.work.ref, claim, pointer, thread.channel, self._clock.now())

    def _end(self, ref: MessageRef, status: Status, claim: str, reason: str) -> None:
        try:
            insist(lambda: self._threads.settle(ref, status, claim=claim, reason=reason))
        except Conflict:
            return


def growing(error: RetryLater, attempt: int) -> float:
    """How long to wait after so many attempts before this one: what the channel asks for at first, and ever
    longer. One shopper's limit wants 4 to the power of the attempts.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/overview (pair rate limits)
    """
    if error.limits == "shopper":
        return min(4.0**attempt, LONGEST_WAIT_S)
    return max(error.after_s, min(5.0 * 2**attempt, LONGEST_WAIT_S)) if attempt else error.after_s


def _debounce_left_s(message: Message, thread: Thread, now: datetime) -> int:
    """Shoppers write in bursts: one answer comes when they pause, or after 20 s at the latest."""
    if message.purpose != "answer" or thread.heard_at is None:
        return 0
    ready_at = min(thread.heard_at + timedelta(seconds=DEBOUNCE_S), message.sent_at + LONGEST_DEBOUNCE)
    left = (ready_at - now).total_seconds()
    # The queue counts whole seconds; half a second early is no reason to come back.
    return 0 if left < 0.5 else int(left + 0.999)
