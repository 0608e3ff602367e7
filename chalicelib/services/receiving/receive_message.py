"""What a shopper wrote becomes rows: message, thread, and its answer as an intent, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.domain import facts
from chalicelib.domain.albums import album_pointer, album_text, joined, last_part, part_of
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.choices import with_choice
from chalicelib.domain.consent.heard import CONSENT_WORD, SETTLED, Heard, asked_in, heard_of
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.files import as_received, media_work
from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Message, MessageRef, inbound_id
from chalicelib.domain.people import new_addresses
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.threads import Thread, hear, next_moment
from chalicelib.domain.work import Due, FetchFiles, Send
from chalicelib.ports import (
    AddressErased,
    AlreadyThere,
    Change,
    Channel,
    Conflict,
    Found,
    Joined,
    Outbox,
    Pointer,
    StoreBusy,
    ThreadStore,
)
from chalicelib.services.people.people import MergePeople
from chalicelib.services.receiving.erased import OfErased, erased_before, refuse_past
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.hear_consent import stop_by_edit, with_consent
from chalicelib.services.receiving.new_threads import thread_to
from chalicelib.services.receiving.pointers import TRIES, Source

DEBOUNCE_S: Final = 4
# The queue should have done it by then; if it has not, the tick does.
OVERDUE: Final = timedelta(seconds=30)


class ReceiveMessage:
    """Stores a shopper's message once, however often it is delivered, and has it answered once a spell."""

    def __init__(
        self,
        threads: ThreadStore,
        outbox: Outbox,
        channel_named: Callable[[str], Channel],
        merge: MergePeople,
    ) -> None:
        self._threads, self._outbox, self._channel_named = threads, outbox, channel_named
        self._merge = merge

    def __call__(self, source: Source, said: ShopperMessage, now: datetime) -> Thread:
        """The thread that it stands in. Raises StoreBusy when it may pass later; nothing is half stored.

        Raises OfErased for words of somebody who was erased since.
        """
        parked: tuple[facts.Fact, ...] = ()
        erased_at: datetime | None = None
        takes = self._channel_named(source.channel).capabilities
        for _ in range(TRIES):
            sought = find_shopper(self._threads, source, said.addresses, said.sent_at)
            found = sought.found
            refuse_past(found, said.sent_at)
            heard = replace(said, addresses=sought.addresses, wire=sought.wire(said.wire))
            thread = self._thread(source, heard, found, erased_at)
            album = self._album(source, said)
            word = heard_of(heard, with_choice(thread.choices, heard).get("id", ""))
            change, answer = _decide(thread, heard, word, found, album, parked, takes, now)
            change, confirm = self._with_consent(change, thread, heard, word, parked, now)
            answer = answer or confirm
            try:
                self._threads.commit(replace(change, erased_at=erased_at))
            except AddressErased:
                erased_at = self._erased_before(source, heard, found)
                continue
            except Conflict:
                continue
            except AlreadyThere:
                known = self._known(source, said)
                if known is not None and known.erased:
                    raise OfErased from None
                if known is not None and known.ref is not None:
                    self._explain(source, known.ref, said, takes)
                    self._answer_again(thread)
                    self._are_one(source, found, now)
                    return thread
                parked = known.parked if known else ()
                continue
            self._dispatch(change, answer)
            self._are_one(source, found, now)
            return change.thread
        raise StoreBusy("too many write to this thread at once")

    def _are_one(self, source: Source, found: Found | None, now: datetime) -> None:
        """A message that names addresses of several shoppers proves that they are one."""
        if found is not None and found.others:
            self._merge.named_together(
                source.merchant_id, source.connection_id, found.shopper_id, found.others, now
            )

    def _with_consent(
        self,
        change: Change,
        before: Thread,
        said: ShopperMessage,
        word: Heard,
        parked: tuple[facts.Fact, ...],
        now: datetime,
    ) -> tuple[Change, Send | None]:
        """A STOP, a START or an answer to our question is written down with the message, or not at all: also
        where it was changed or taken back before it came."""
        if not change.new:
            return change, None
        edit = facts.latest_edit(parked)
        if edit is not None:
            change = replace(change, consents=stop_by_edit(change.thread, change.new[0], edit, now))
        if not word:
            return change, None
        shown = self._shown(before, said) if word in ("yes", "no") else said.text
        return with_consent(change, before, said, word, shown, now)

    def _shown(self, thread: Thread, said: ShopperMessage) -> str:
        """The question that was answered, as the shopper saw it."""
        sort = asked_in(with_choice(thread.choices, said)["id"])
        question = self._threads.message(MessageRef(thread.merchant_id, thread.thread_id, sort))
        return question.text if question is not None else ""

    def _dispatch(self, change: Change, answer: Send | None) -> None:
        """What it brings with it: its answer when the burst is over, its files at once."""
        if answer is not None:
            is_answer = change.thread.answer == answer.ref.sort
            self._outbox.dispatch(answer, delay_s=DEBOUNCE_S if is_answer else 0)
        files = [due.work for due in change.due if isinstance(due.work, FetchFiles)]
        if files:
            self._outbox.dispatch_all(files, "")

    def _album(self, source: Source, said: ShopperMessage) -> Message | None:
        """The message of its album, if another part was here before."""
        if not said.album:
            return None
        pointer = self._threads.pointer(
            source.merchant_id, source.connection_id, said.chat, album_pointer(said.album)
        )
        return self._threads.message(pointer.ref) if pointer and pointer.ref else None

    def _thread(
        self, source: Source, said: ShopperMessage, found: Found | None, erased_at: datetime | None
    ) -> Thread:
        """Where a thread has gone after its time, a new one takes its place."""
        thread = self._threads.thread(source.merchant_id, found.thread_id) if found else None
        if thread is not None:
            return thread
        new = thread_to(source, said.addresses[0], said.wire, erased_at)
        return replace(new, shopper_id=found.shopper_id, thread_id=found.thread_id) if found else new

    def _erased_before(self, source: Source, said: ShopperMessage, found: Found | None) -> datetime | None:
        """Who is known by another address may have a number by now that was somebody else's."""
        whose = (source.merchant_id, source.connection_id)
        told_at = None if found else said.sent_at
        return erased_before(self._threads, *whose, said.addresses, told_at)

    def _known(self, source: Source, said: ShopperMessage) -> Pointer | None:
        return self._threads.pointer(
            source.merchant_id, source.connection_id, said.chat, said.channel_message_id
        )

    def _explain(self, source: Source, ref: MessageRef, said: ShopperMessage, takes: Capabilities) -> None:
        """A replayed message may be understood now that was not when it came, and its files be fetched."""
        if said.kind == "unsupported":
            return
        media = as_received(said.media, takes)
        self._threads.explain(ref, said.kind, said.text, media)
        if any(one.state == "waiting" for one in media):
            self._outbox.dispatch_all([FetchFiles(ref, source.connection_id)], "")

    def _answer_again(self, thread: Thread) -> None:
        """A crash may have come between storing and queueing: an answer that nobody has begun is queued
        again."""
        if not thread.answer:
            return
        ref = MessageRef(thread.merchant_id, thread.thread_id, thread.answer)
        answer = self._threads.message(ref)
        if answer is not None and answer.status == "queued" and not answer.claim:
            self._outbox.dispatch(Send(ref, thread.group), delay_s=DEBOUNCE_S)


def _decide(
    thread: Thread,
    said: ShopperMessage,
    word: Heard,
    found: Found | None,
    album: Message | None,
    parked: tuple[facts.Fact, ...],
    takes: Capabilities,
    now: datetime,
) -> tuple[Change, Send | None]:
    edit = facts.latest_edit(parked)
    said = said if edit is None else replace(said, text=str(edit["text"]))
    message = facts.told(_message(thread, said, word, takes, now), parked)
    stands = message if album is None else album
    means = CONSENT_WORD if word in SETTLED else None
    heard, answers = hear(thread, replace(said, text=message.text), stands.sort, now, means)
    named = new_addresses(found.known if found else (), said.addresses)
    is_renamed = heard.shopper_name != thread.shopper_name
    ref = MessageRef(thread.merchant_id, thread.thread_id, stands.sort)
    pointers = [Pointer(thread.connection_id, said.chat, said.channel_message_id, ref, parked)]
    if said.album and album is None:
        pointers.append(Pointer(thread.connection_id, said.chat, album_pointer(said.album), ref))
    change = Change(
        thread=heard,
        shopper=_shopper(heard) if is_renamed or named else None,
        addresses=named,
        new=(message,) if album is None else (),
        joined=(_joined(album, message),) if album is not None and message.media else (),
        pointers=tuple(pointers),
        due=_fetching(heard, message if album is None else replace(album, media=message.media), now),
    )
    return _with_answer(change, now) if answers else (change, None)


def _joined(album: Message, part: Message) -> Joined:
    media = joined(album.media, part.media)
    return Joined(album.sort, album.media, media, album_text(media), last_part(media))


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
    send = Send(MessageRef(thread.merchant_id, thread.thread_id, answer.sort), thread.group)
    due = Due(send, now + timedelta(seconds=DEBOUNCE_S) + OVERDUE)
    return replace(change, thread=thread, new=(*change.new, answer), due=(*change.due, due)), send


def _fetching(thread: Thread, message: Message, now: datetime) -> tuple[Due, ...]:
    due = media_work(message, thread, now)
    return () if due is None else (due,)


def _message(
    thread: Thread, said: ShopperMessage, word: Heard, takes: Capabilities, now: datetime
) -> Message:
    named = album_pointer(said.album) if said.album else said.channel_message_id
    return Message(
        message_id=inbound_id(thread.connection_id, said.chat, named),
        author="shopper",
        kind=said.kind,
        text=said.text,
        sent_at=said.sent_at,
        status="received",
        chat=said.chat,
        channel_message_id=said.channel_message_id,
        reply_to=said.reply_to,
        media=as_received(part_of(said) if said.album else said.media, takes),
        payload=said.payload,
        ref=said.ref,
        details=_details(said, with_choice(thread.choices, said), word),
        received_at=now,
    )


def _details(said: ShopperMessage, choice: Mapping[str, str], word: Heard) -> Mapping[str, Any]:
    details = dict(said.details)
    if choice:
        details["choice"] = choice
    if said.is_standby:
        details["standby"] = True
    if word:
        details["consent"] = word
    return details


def _shopper(thread: Thread) -> Shopper:
    return Shopper(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id, name=thread.shopper_name)
