"""Statuses and echoes: what becomes of messages after they were written. They answer nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.events import Address, Echo, Status, StatusChange
from chalicelib.domain.ids import to_ms
from chalicelib.domain.messages import Message, MessageRef, ref_from
from chalicelib.domain.work import Due, SettleEcho
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.channel import Channel
from chalicelib.ports.queues import Outbox
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.pointers import Source, find_or_park
from chalicelib.services.sending.record_failure import RecordFailure
from chalicelib.services.sending.record_sent import RecordSent

# So long an echo may wait for the answer of our own send call, before it is taken for a human's.
ECHO_WAIT: Final = timedelta(seconds=30)
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
        place = (echo.chat, echo.channel_message_id)
        known = find_or_park(
            self._threads, source, *place, fact, now, due, of=echo.wire, told_at=echo.sent_at
        )
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
