"""What a shopper wrote becomes rows: message, thread, and its answer as an intent, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Message, MessageRef, inbound_id
from chalicelib.domain.shoppers import Shopper, shopper_id_for, thread_id_for
from chalicelib.domain.threads import Thread, hear, next_moment
from chalicelib.domain.work import Due, Send
from chalicelib.ports import AlreadyThere, Change, Conflict, Found, Outbox, Pointer, StoreBusy, ThreadStore

DEBOUNCE_S: Final = 4
# The queue should have done it by then; if it has not, the tick does.
OVERDUE: Final = timedelta(seconds=30)
TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event comes from."""

    merchant_id: str
    connection_id: str
    channel: str


class ReceiveMessage:
    """Stores a shopper's message once, however often it is delivered, and has it answered once a spell."""

    def __init__(self, threads: ThreadStore, outbox: Outbox) -> None:
        self._threads, self._outbox = threads, outbox

    def __call__(self, source: Source, said: ShopperMessage, now: datetime) -> None:
        """Raises StoreBusy when it may pass later; nothing is half stored."""
        parked: tuple[facts.Fact, ...] = ()
        for _ in range(TRIES):
            found = self._threads.find(source.merchant_id, source.connection_id, said.addresses)
            thread = self._thread(source, said, found)
            change, intent = _decide(thread, said, found, parked, now)
            try:
                self._threads.commit(change)
            except Conflict:
                continue
            except AlreadyThere:
                known = self._known(source, said)
                if known is None or known.ref is not None:
                    self._explain(known, said)
                    self._answer_again(thread)
                    return
                parked = known.parked
                continue
            if intent is not None:
                self._outbox.dispatch(intent, delay_s=DEBOUNCE_S)
            return
        raise StoreBusy("too many write to this thread at once")

    def _thread(self, source: Source, said: ShopperMessage, found: Found | None) -> Thread:
        thread = self._threads.thread(source.merchant_id, found.thread_id) if found else None
        if thread is not None:
            return thread
        shopper_id = shopper_id_for(source.merchant_id, source.connection_id, said.addresses[0])
        return Thread(
            merchant_id=source.merchant_id,
            thread_id=thread_id_for(source.merchant_id, source.connection_id, shopper_id),
            connection_id=source.connection_id,
            channel=source.channel,
            shopper_id=shopper_id,
            wire=said.wire,
        )

    def _known(self, source: Source, said: ShopperMessage) -> Pointer | None:
        return self._threads.pointer(
            source.merchant_id, source.connection_id, said.chat, said.channel_message_id
        )

    def _explain(self, known: Pointer | None, said: ShopperMessage) -> None:
        """A replayed message may be understood now that was not when it came."""
        if known is not None and known.ref is not None and said.kind != "unsupported":
            self._threads.explain(known.ref, said.kind, said.text, said.media)

    def _answer_again(self, thread: Thread) -> None:
        """A crash may have come between storing and queueing: an answer that nobody has begun is queued
        again."""
        if not thread.answer:
            return
        ref = MessageRef(thread.merchant_id, thread.thread_id, thread.answer)
        answer = self._threads.message(ref)
        if answer is not None and answer.status == "queued" and not answer.claim:
            self._outbox.dispatch(Send(ref, group_of(thread)), delay_s=DEBOUNCE_S)


def _decide(
    thread: Thread,
    said: ShopperMessage,
    found: Found | None,
    parked: tuple[facts.Fact, ...],
    now: datetime,
) -> tuple[Change, Send | None]:
    message = _message(thread, said, parked, now)
    heard, answers = hear(thread, said, message.sort, now)
    is_known = found is not None and found.by == said.addresses[0]
    is_renamed = heard.shopper_name != thread.shopper_name
    ref = MessageRef(thread.merchant_id, thread.thread_id, message.sort)
    change = Change(
        thread=heard,
        shopper=_shopper(heard) if is_renamed or not is_known else None,
        addresses=() if is_known else tuple(dict.fromkeys(said.addresses)),
        new=(message,),
        pointers=(Pointer(thread.connection_id, said.chat, said.channel_message_id, ref, parked),),
    )
    return _with_answer(change, now) if answers else (change, None)


def _with_answer(change: Change, now: datetime) -> tuple[Change, Send]:
    """The automatic answer as an intent: its words are found when it is sent, from all that was said by
    then."""
    thread = change.thread
    at = next_moment(thread, now)
    answer = Message(
        message_id=stable_id("ms", "answer", thread.thread_id, str(at)),
        author="auto",
        kind="text",
        text="",
        sent_at=at,
        status="queued",
        purpose="answer",
    )
    thread = replace(thread, answer=answer.sort, last_at=at)
    send = Send(MessageRef(thread.merchant_id, thread.thread_id, answer.sort), group_of(thread))
    due = Due(send, now + timedelta(seconds=DEBOUNCE_S) + OVERDUE)
    return replace(change, thread=thread, new=(*change.new, answer), due=(due,)), send


def _message(thread: Thread, said: ShopperMessage, parked: tuple[facts.Fact, ...], now: datetime) -> Message:
    return Message(
        message_id=inbound_id(thread.connection_id, said.chat, said.channel_message_id),
        author="shopper",
        kind=said.kind,
        text=said.text,
        sent_at=said.sent_at,
        status="received",
        chat=said.chat,
        channel_message_id=said.channel_message_id,
        reply_to=said.reply_to,
        media=said.media,
        reactions=facts.reactions(parked),
        received_at=now,
    )


def _shopper(thread: Thread) -> Shopper:
    return Shopper(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id, name=thread.shopper_name)


def group_of(thread: Thread) -> str:
    """What keeps one shopper's messages in order."""
    return f"{thread.connection_id}#{thread.wire.value}"
