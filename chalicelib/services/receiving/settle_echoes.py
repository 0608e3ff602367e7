"""Echoes that nobody has claimed: told from a human's words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.autoresponders import THREADS, is_at_once, is_unasked, is_worth_counting
from chalicelib.domain.events import Address
from chalicelib.domain.files import as_received, media_work
from chalicelib.domain.ids import digest, sort_key
from chalicelib.domain.messages import Message, MessageRef, inbound_id, waits_for_answer
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.threads import QUIET_SPELL, Thread, human_spoke
from chalicelib.domain.work import SettleEcho
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import AlreadyThere, Conflict, StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.receiving.erased import OfErased, erased_before, refuse_past
from chalicelib.services.receiving.new_threads import thread_to
from chalicelib.services.receiving.pointers import TRIES, Source
from chalicelib.services.sending.record_failure import RecordFailure
from chalicelib.services.sending.record_sent import RecordSent
from chalicelib.services.threads.response_times import WaitMeter

# A call that sends ends within this, whatever the two clocks say.
SAME_SEND: Final = timedelta(minutes=2)
_PAGE: Final = 50
# Webhooks come in any order: so long an echo waits for the words that it may answer.
EARLY: Final = timedelta(seconds=30)


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
            if self._may_be_early(source, echo, now):
                self._outbox.dispatch(work, delay_s=int(EARLY.total_seconds()))
                return
            try:
                if self._settle(source, work, pointer, echo, now):
                    return
            except OfErased:
                self._threads.unpark(work.merchant_id, pointer)
        raise StoreBusy("too many write to this thread at once")

    def _may_be_early(self, source: Source, echo: facts.Fact, now: datetime) -> bool:
        """Whether it may answer words of a shopper that have not come yet, as an autoresponder does."""
        sent_at = facts.sent_at_of(echo)
        if now - sent_at >= EARLY:
            return False
        found = self._threads.find(source.merchant_id, source.connection_id, [Address(*echo["wire"])])
        if found is None:
            return True
        return is_unasked(sent_at, *self._spoken(source.merchant_id, found.thread_id, sent_at))

    def _settle(
        self, source: Source, work: SettleEcho, pointer: Pointer, echo: facts.Fact, now: datetime
    ) -> bool:
        """Whether it is stored as a human's; else look again. Raises OfErased."""
        ours = self._ours(source, echo)
        if ours is not None:
            ref, claim = ours
            self._record_sent(ref, claim, pointer, source.channel, now)
            return False
        change = self._takeover(source, work, pointer, echo, now)
        try:
            self._threads.commit(change)
        except (Conflict, AlreadyThere):
            return False
        if change.due:
            self._outbox.dispatch_all([due.work for due in change.due], "")
        return True

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
        sent_at, erased_at = facts.sent_at_of(echo), None
        refuse_past(found, sent_at)
        thread = self._threads.thread(source.merchant_id, found.thread_id) if found else None
        is_new = thread is None
        if thread is None:
            whose = (source.merchant_id, source.connection_id)
            erased_at = erased_before(self._threads, *whose, [wire], sent_at)
            thread = thread_to(source, wire, wire, erased_at)
        status, _ = facts.highest_status("sent", pointer.parked)
        message = Message(
            message_id=inbound_id(source.connection_id, work.chat, work.channel_message_id),
            author="human",
            kind=str(echo["kind"]),
            text=str(echo["text"]),
            sent_at=sent_at,
            status=status,
            purpose="reply",
            chat=work.chat,
            channel_message_id=work.channel_message_id,
            reply_to=str(echo.get("reply_to", "")),
            media=as_received(facts.media_of_echo(echo), self._channel_named(source.channel).capabilities),
            received_at=now,
        )
        message = facts.told(message, pointer.parked)
        if self._is_a_machines(thread, message):
            message = replace(message, author="auto", purpose="answer", details={"by": "platform"})
            at = message.sent_at if thread.last_at is None else max(thread.last_at, message.sent_at)
            spoke, waited = replace(thread, last_at=at), None
        else:
            waits_on = self._first_after(thread, message)
            spoke, waited = human_spoke(thread, message.sent_at, message.sort, message.text, waits_on)
        ref = MessageRef(thread.merchant_id, thread.thread_id, message.sort)
        fetching = media_work(message, thread, now)
        return Change(
            thread=spoke,
            shopper=Shopper(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id),
            addresses=(wire,) if is_new else (),
            erased_at=erased_at,
            new=(message,),
            pointers=(replace(pointer, ref=ref),),
            due=(fetching,) if fetching else (),
            done=(work,),
            waited=self._meter.measure(thread, waited, message.sent_at),
        )

    def _is_a_machines(self, thread: Thread, echo: Message) -> bool:
        """Whether the platform has answered by itself; asked twice it says the same."""
        if not is_worth_counting(echo.text):
            repeated = False
        else:
            repeated = self._threads.repeated(thread, digest(echo.text.strip())) >= THREADS
        if repeated or not thread.version:
            return repeated
        return is_at_once(echo.sent_at, *self._spoken(thread.merchant_id, thread.thread_id, echo.sent_at))

    def _spoken(
        self, merchant_id: str, thread_id: str, until: datetime
    ) -> tuple[datetime | None, datetime | None]:
        """When the shopper wrote the first that nobody has answered, and when a person last wrote; words
        before a quiet spell are another conversation's, a "Thanks!" of last week among them.

        The first of all that they wrote since the shop's side has spoken: who reads a long burst and then
        answers its last line at once has read it.
        """
        # Where a channel counts whole seconds, both may be of the same one.
        before = sort_key(until + timedelta(milliseconds=1), "")
        since = sort_key(until - QUIET_SPELL, "")
        said = self._threads.messages(merchant_id, thread_id, before=before, since=since, limit=_PAGE)
        human_at = next((one.sent_at for one in said if one.author == "human"), None)
        unanswered = takewhile(lambda one: not _spoke_for_the_shop(one), said)
        heard_at = min((one.sent_at for one in unanswered if one.author == "shopper"), default=None)
        return heard_at, human_at

    def _first_after(self, thread: Thread, message: Message) -> datetime | None:
        """The first thing that the shopper wrote after these words of a human, which come to us late."""
        if thread.shopper_at is None or thread.shopper_at <= message.sent_at:
            return None
        later = self._threads.messages(thread.merchant_id, thread.thread_id, since=message.sort, limit=_PAGE)
        waiting = [one.sent_at for one in later if waits_for_answer(one, thread.channel)]
        return min(waiting, default=None)


def _spoke_for_the_shop(message: Message) -> bool:
    """A person, or the platform by itself; what we answer by ourselves does not count."""
    return message.author == "human" or message.details.get("by") == "platform"
