"""What a shopper wrote becomes rows: message, thread, and its answer as an intent, in one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain import facts
from chalicelib.domain.albums import album_pointer
from chalicelib.domain.answering.asks import NO_ASK, Ask
from chalicelib.domain.answering.turns import in_turn
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.choices import with_choice
from chalicelib.domain.consent.heard import Heard, asked_in, heard_of
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.files import as_received
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.staff.people import NOTICE_AFTER_S
from chalicelib.domain.surveys import survey_word
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import DEBOUNCE_S, FetchFiles, NotifyStaff, Send
from chalicelib.ports.addresses import Found
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import AddressErased, AlreadyThere, Conflict, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.faq.count_unanswered import CountUnanswered
from chalicelib.services.people.people import MergePeople
from chalicelib.services.receiving.count_contacts import counted
from chalicelib.services.receiving.erased import OfErased, erased_before, refuse_past
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.hear_consent import stop_by_edit, with_consent
from chalicelib.services.receiving.hear_survey import HearSurvey
from chalicelib.services.receiving.message_rows import rows_of
from chalicelib.services.receiving.new_threads import thread_to
from chalicelib.services.receiving.pointers import TRIES, Source
from chalicelib.services.receiving.understand import PICTURES, WORDED, Understand
from chalicelib.services.staff.notice_waits import NoticeWaits


class ReceiveMessage:
    """Stores a shopper's message once, however often it is delivered, and has it answered once a spell."""

    def __init__(
        self,
        threads: ThreadStore,
        outbox: Outbox,
        channel_named: Callable[[str], Channel],
        merge: MergePeople,
        understand: Understand,
        hear_survey: HearSurvey,
        notice_waits: NoticeWaits | None = None,
        count_unanswered: CountUnanswered | None = None,
    ) -> None:
        self._threads, self._outbox, self._channel_named = threads, outbox, channel_named
        self._merge, self._understand, self._hear_survey = merge, understand, hear_survey
        self._notice_waits, self._count_unanswered = notice_waits, count_unanswered

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
            choice = with_choice(thread.choices, heard).get("id", "")
            survey = survey_word(choice)
            word = heard_of(heard, choice) if survey is None and not thread.staff else ""
            ask = self._understand(source.merchant_id, heard, choice, word) if survey is None else NO_ASK
            is_picture, is_pending = heard.kind in PICTURES, bool(thread.answer)
            ask = in_turn(ask, thread.spell, heard.text, now, is_pending=is_pending, is_picture=is_picture)
            change, answer = rows_of(thread, heard, word, ask, found, album, parked, takes, now)
            change, confirm = self._with_consent(change, thread, heard, word, parked, now)
            if survey is not None:
                change, confirm = self._hear_survey(change, survey, said.sent_at, now)
            change, answer = counted(change, thread, said.sent_at), answer or confirm
            change = change if self._notice_waits is None else self._notice_waits(change, thread, said, now)
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
            self._count(change, heard, ask)
            self._are_one(source, found, now)
            return change.thread
        raise StoreBusy("too many write to this thread at once")

    def _count(self, change: Change, said: ShopperMessage, ask: Ask) -> None:
        """A question that no article answers; not worth losing a message for."""
        thread = change.thread
        if self._count_unanswered is not None and change.new and said.kind in WORDED and not thread.staff:
            message = change.new[0]
            ref = MessageRef(thread.merchant_id, thread.thread_id, message.sort)
            self._count_unanswered(ref, message.text, said.language, ask, message.sent_at)

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
        for due in change.due:
            if isinstance(due.work, NotifyStaff):
                self._outbox.dispatch(due.work, delay_s=NOTICE_AFTER_S)
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
