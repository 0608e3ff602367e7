"""Statuses and echoes: what becomes of messages after they were written. They answer nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.events import Address, Echo, Status, StatusChange
from chalicelib.domain.files import as_received, media_work
from chalicelib.domain.ids import to_ms
from chalicelib.domain.messages import Message, MessageRef, inbound_id, ref_from, waits_for_answer
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.threads import Thread, human_spoke
from chalicelib.domain.work import Due, SettleEcho
from chalicelib.ports import (
    AlreadyThere,
    Change,
    Channel,
    Conflict,
    DueStore,
    Outbox,
    Pointer,
    StoreBusy,
    ThreadStore,
)
from chalicelib.services.receiving.new_threads import thread_to
from chalicelib.services.receiving.pointers import TRIES, Source, find_or_park
from chalicelib.services.sending.record_failure import RecordFailure
from chalicelib.services.sending.record_sent import RecordSent
from chalicelib.services.threads.response_times import WaitMeter

# So long an echo may wait for the answer of our own send call, before it is taken for a human's.
ECHO_WAIT: Final = timedelta(seconds=30)
# A call that sends ends within this, whatever the two clocks say.
SAME_SEND: Final = timedelta(minutes=2)
_PAGE: Final = 50


class RecordFacts:
    """Finds the message that a fact speaks of and moves it on; leaves the fact for one that is not there
    yet."""

    def __init__(
        self,
        threads: ThreadStore,
        outbox: Outbox,
        channel_named: Callable[[str], Channel],
        failure: RecordFailure,
        count_refusal: Callable[[str, str, str], None],
    ) -> None:
        """count_refusal: channel, our reason, the channel's code."""
        self._threads, self._outbox, self._channel_named = threads, outbox, channel_named
        self._count_refusal = count_refusal
        self._failure = failure
        self._record_sent = RecordSent(threads, channel_named, failure)

    def status(self, source: Source, change: StatusChange, now: datetime) -> bool:
        """By our reference, by the channel's id, or for all up to a moment; never backwards.

        False when nothing is known that it could speak of, and nothing that it could wait for.
        """
        if change.up_to is not None:
            return self._receipt(source, change.wire, change.status, change.up_to)
        if change.status == "failed":
            return self._failed(source, change, now)
        ref = ref_from(source.merchant_id, change.reference)
        sent_id = change.channel_message_id
        ours = self._threads.raise_status(ref, change.status, of=sent_id) if ref else None
        if ref is not None and ours is not None:
            self._know(source, ref, ours, change.chat, sent_id, now)
            return True
        if not sent_id:
            return False
        fact = facts.status_fact(change)
        known = find_or_park(self._threads, source, change.chat, sent_id, fact, now)
        if known is not None:
            self._threads.raise_status(known, change.status, of=sent_id)
        return True

    def _failed(self, source: Source, change: StatusChange, now: datetime) -> bool:
        """It may tell more than that one message failed, and it may be no reason to give up."""
        fact = facts.status_fact(change)
        ref = ref_from(source.merchant_id, change.reference)
        ours = self._threads.message(ref) if ref else None
        if ref is not None and ours is not None:
            self._know(source, ref, ours, change.chat, change.channel_message_id, now)
        elif not change.channel_message_id:
            return False
        else:
            ref = find_or_park(self._threads, source, change.chat, change.channel_message_id, fact, now)
        if ref is not None and not self._failure(ref, change.channel_message_id, fact, now):
            self._count_refusal(source.channel, change.reason, change.code)
            self._threads.raise_status(ref, "failed", reason=str(fact["code"]))
        return True

    def echo(self, source: Source, echo: Echo, now: datetime) -> None:
        """Ours if it bears our reference or an id of ours; else it waits to be told from a human's words."""
        ref = ref_from(source.merchant_id, echo.reference)
        ours = self._threads.raise_status(ref, "sent") if ref else None
        if ref is not None and ours is not None:
            self._know(source, ref, ours, echo.chat, echo.channel_message_id, now)
            return
        wait = SettleEcho(
            source.merchant_id, source.connection_id, source.channel, echo.chat, echo.channel_message_id
        )
        due = Due(wait, now + ECHO_WAIT + ECHO_WAIT)
        fact = facts.echo_fact(echo)
        known = find_or_park(self._threads, source, echo.chat, echo.channel_message_id, fact, now, due)
        if known is None:
            is_certain = self._channel_named(source.channel).capabilities.marks_echoes
            self._outbox.dispatch(wait, delay_s=0 if is_certain else int(ECHO_WAIT.total_seconds()))

    def _know(
        self,
        source: Source,
        ref: MessageRef,
        message: Message,
        chat: str,
        channel_message_id: str,
        now: datetime,
    ) -> None:
        """A message whose sender did not hear its id, or not yet, is found by it from now on."""
        is_past = channel_message_id in message.given_up
        if channel_message_id and not message.channel_message_id and not is_past:
            pointer = Pointer(source.connection_id, chat, channel_message_id)
            self._record_sent(ref, message.claim, pointer, source.channel, now)

    def _receipt(self, source: Source, wire: Address | None, status: Status, up_to: datetime) -> bool:
        found = self._threads.find(source.merchant_id, source.connection_id, [wire] if wire else [])
        if found is None:
            return False
        # First the mark, then the messages: one that is being sent right now reads the mark when it is done.
        self._threads.receipt(source.merchant_id, found.thread_id, status, up_to)
        for message in self._threads.messages(
            source.merchant_id, found.thread_id, before=f"{to_ms(up_to) + 1:013d}", limit=_PAGE
        ):
            begun_at = message.started_at or message.sent_at
            if message.author != "shopper" and message.status in ("sent", "delivered") and begun_at <= up_to:
                ref = MessageRef(source.merchant_id, found.thread_id, message.sort)
                self._threads.raise_status(ref, status)
        return True


class SettleEchoes:
    """Decides about an echo that nobody has claimed: the shop's own people wrote, from a phone or another
    inbox."""

    def __init__(
        self,
        threads: ThreadStore,
        dues: DueStore,
        outbox: Outbox,
        meter: WaitMeter,
        channel_named: Callable[[str], Channel],
        failure: RecordFailure,
    ) -> None:
        self._threads, self._dues, self._outbox, self._meter = threads, dues, outbox, meter
        self._channel_named = channel_named
        self._record_sent = RecordSent(threads, channel_named, failure)

    def __call__(self, work: SettleEcho, now: datetime) -> None:
        """Stored as a human's message, once. When the message is known meanwhile, there is nothing to do."""
        source = Source(work.merchant_id, work.connection_id, work.channel)
        for _ in range(TRIES):
            pointer = self._threads.pointer(
                work.merchant_id, work.connection_id, work.chat, work.channel_message_id
            )
            echo = facts.parked_echo(pointer.parked) if pointer and pointer.ref is None else None
            if pointer is None or echo is None:
                self._dues.forget(work)
                return
            ours = self._ours(source, echo)
            if ours is not None:
                ref, claim = ours
                self._record_sent(ref, claim, pointer, source.channel, now)
                continue
            change = self._takeover(source, work, pointer, echo, now)
            try:
                self._threads.commit(change)
            except (Conflict, AlreadyThere):
                continue
            if change.due:
                self._outbox.dispatch_all([due.work for due in change.due], "")
            return
        raise StoreBusy("too many write to this thread at once")

    def _ours(self, source: Source, echo: facts.Fact) -> tuple[MessageRef, str] | None:
        """The message of ours that it repeats, when its sender never heard what became of it; its claim.

        Where echoes bear no reference, the words and the moment must do.
        """
        found = self._threads.find(source.merchant_id, source.connection_id, [Address(*echo["wire"])])
        if found is None:
            return None
        for message in self._threads.messages(source.merchant_id, found.thread_id, limit=_PAGE):
            is_open = message.claim or message.status == "uncertain"
            if not is_open or message.channel_message_id or message.started_at is None:
                continue
            apart = abs(facts.sent_at_of(echo) - message.started_at)
            if apart <= SAME_SEND and message.text.strip() == str(echo["text"]).strip():
                return MessageRef(source.merchant_id, found.thread_id, message.sort), message.claim
        return None

    def _takeover(
        self, source: Source, work: SettleEcho, pointer: Pointer, echo: facts.Fact, now: datetime
    ) -> Change:
        wire = Address(*echo["wire"])
        found = self._threads.find(source.merchant_id, source.connection_id, [wire])
        thread = self._threads.thread(source.merchant_id, found.thread_id) if found else None
        is_new = thread is None
        thread = thread or thread_to(source, wire, wire)
        status, _ = facts.highest_status("sent", pointer.parked)
        message = Message(
            message_id=inbound_id(source.connection_id, work.chat, work.channel_message_id),
            author="human",
            kind=str(echo["kind"]),
            text=str(echo["text"]),
            sent_at=facts.sent_at_of(echo),
            status=status,
            purpose="reply",
            chat=work.chat,
            channel_message_id=work.channel_message_id,
            reply_to=str(echo.get("reply_to", "")),
            media=as_received(facts.media_of_echo(echo), self._channel_named(source.channel).capabilities),
            received_at=now,
        )
        message = facts.told(message, pointer.parked)
        waits_on = self._first_after(thread, message)
        spoke, waited = human_spoke(thread, message.sent_at, message.sort, message.text, waits_on)
        ref = MessageRef(thread.merchant_id, thread.thread_id, message.sort)
        fetching = media_work(message, thread, now)
        return Change(
            thread=spoke,
            shopper=Shopper(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id),
            addresses=(wire,) if is_new else (),
            new=(message,),
            pointers=(replace(pointer, ref=ref),),
            due=(fetching,) if fetching else (),
            done=(work,),
            waited=self._meter.measure(thread, waited, message.sent_at),
        )

    def _first_after(self, thread: Thread, message: Message) -> datetime | None:
        """The first thing that the shopper wrote after these words of a human, which come to us late."""
        if thread.shopper_at is None or thread.shopper_at <= message.sent_at:
            return None
        later = self._threads.messages(thread.merchant_id, thread.thread_id, since=message.sort, limit=_PAGE)
        waiting = [one.sent_at for one in later if waits_for_answer(one, thread.channel)]
        return min(waiting, default=None)
