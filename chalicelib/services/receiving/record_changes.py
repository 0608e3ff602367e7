"""What changes about messages, shoppers and threads after the words: it answers nothing."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.domain import facts
from chalicelib.domain.consent.heard import record_of_block, record_of_preference
from chalicelib.domain.consent.words import said
from chalicelib.domain.events import (
    Address,
    Deletion,
    Edit,
    Media,
    Membership,
    Preference,
    Reaction,
    Referral,
    Takeover,
)
from chalicelib.domain.meanings import meaning_of
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import mark
from chalicelib.ports.addresses import Found
from chalicelib.ports.consents import ConsentStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.hear_consent import stop_by_edit
from chalicelib.services.receiving.new_threads import known_thread
from chalicelib.services.receiving.pointers import Source, find_or_park


class RecordChanges:
    """Edits, deletions and what is told of a thread, also of one that has no words yet."""

    def __init__(
        self,
        threads: ThreadStore,
        consents: ConsentStore,
        forget_files: Callable[[MessageRef, Sequence[Media]], None],
        touch: Callable[[str, Sequence[str]], None] = lambda merchant_id, shopper_ids: None,
    ) -> None:
        """touch: these are to be looked at anew."""
        self._threads, self._consents, self._forget_files = threads, consents, forget_files
        self._touch = touch

    def edit(self, source: Source, edit: Edit, now: datetime) -> None:
        """The message says something else; the inbox too, where it stands there."""
        fact = facts.edit_fact(edit)
        ref = find_or_park(
            self._threads, source, edit.chat, edit.target_id, fact, now, of=edit.wire, told_at=edit.at
        )
        if ref is None:
            return
        message = self._threads.edit(ref, edit.target_id, edit.text, str(fact["edited"]))
        if message is not None:
            self._threads.show_last(ref, message.text)
            self._stopped_by(ref, message, fact, now)

    def _stopped_by(self, ref: MessageRef, message: Message, fact: facts.Fact, now: datetime) -> None:
        thread = self._threads.thread(ref.merchant_id, ref.thread_id) if said(str(fact["text"])) else None
        if thread is not None:
            self._consents.add(stop_by_edit(thread, message, fact, now), thread.shopper_id)

    def deletion(self, source: Source, deletion: Deletion, now: datetime) -> None:
        """What was taken back is not kept, neither here nor in the inbox."""
        fact = facts.deletion_fact(deletion)
        ref = find_or_park(self._threads, source, deletion.chat, deletion.target_id, fact, now)
        if ref is not None:
            left = self._threads.blank(ref, deletion.target_id, deletion.at)
            # Afterwards: a file that is being fetched right now finds that nobody wants it any more.
            self._forget_files(ref, left.media if left else ())
            self._threads.show_last(ref, left.text if left else "")

    def reaction(self, source: Source, reaction: Reaction, now: datetime) -> None:
        """An emoji on a message of either side, or its removal."""
        fact = facts.reaction_fact(reaction)
        place, who = (reaction.chat, reaction.target_id), reaction.addresses[0]
        of = None if reaction.by_shop else who
        known = find_or_park(self._threads, source, *place, fact, now, of=of, told_at=reaction.at)
        if known is not None:
            self._threads.react(known, fact["who"], fact["put"])
        is_act = bool(reaction.emoji) and not reaction.by_shop
        if is_act and meaning_of("reaction", source.channel).opens_window:
            found = self._find(source, reaction.addresses)
            if found is not None:
                self._threads.opened(source.merchant_id, found.thread_id, reaction.at)

    def referral(self, source: Source, referral: Referral) -> tuple[str, str]:
        """By which link or ad they came, for the first answer and for segments; their shopper and thread."""
        shopper_id, thread_id = self._known(source, referral.addresses, referral.wire, referral.at)
        told = json.dumps({"ref": referral.ref, **referral.details}, sort_keys=True, ensure_ascii=False)
        self._threads.mark(source.merchant_id, thread_id, "referral", mark(told, referral.at))
        self._touch(source.merchant_id, [shopper_id])
        if meaning_of("referral", source.channel).opens_window:
            self._threads.opened(source.merchant_id, thread_id, referral.at)
        return shopper_id, thread_id

    def preference(self, source: Source, preference: Preference, now: datetime) -> None:
        """What the shopper told the channel that they want to get. An opt-in has a mark of its own: a stop
        stays beside it, whichever of them is newer."""
        shopper_id, _ = self._known(source, preference.addresses, preference.wire, preference.at)
        whose = (source.merchant_id, source.connection_id)
        self._consents.add(record_of_preference(*whose, source.channel, preference, now), shopper_id)
        name = "opt_in" if preference.value == "opt_in" else "preference"
        told = mark(preference.value, preference.at)
        self._mark(source, preference.addresses, preference.wire, name, told, preference.at)

    def takeover(self, source: Source, takeover: Takeover) -> None:
        """Another app holds the thread, or we do. That it asks for the thread changes nothing yet."""
        if takeover.holder != "asked":
            held_by = "other" if takeover.holder == "other" else ""
            told = mark(held_by, takeover.at)
            self._mark(source, [takeover.wire], takeover.wire, "held_by", told, takeover.at)

    def membership(self, source: Source, membership: Membership, now: datetime) -> None:
        """Blocked, or reachable again."""
        shopper_id, _ = self._known(source, membership.addresses, membership.wire, membership.at)
        told = record_of_block(source.merchant_id, source.connection_id, membership, now)
        self._consents.add(told, shopper_id)
        marked = mark("" if membership.is_reachable else "blocked", membership.at)
        self._mark(source, membership.addresses, membership.wire, "unreachable", marked, membership.at)

    def _mark(
        self,
        source: Source,
        addresses: Sequence[Address],
        wire: Address,
        name: str,
        marked: str,
        told_at: datetime,
    ) -> None:
        _, thread_id = self._known(source, addresses, wire, told_at)
        self._threads.mark(source.merchant_id, thread_id, name, marked)

    def _known(
        self, source: Source, addresses: Sequence[Address], wire: Address, told_at: datetime
    ) -> tuple[str, str]:
        return known_thread(self._threads, source, addresses, wire, told_at)

    def _find(self, source: Source, addresses: Sequence[Address]) -> Found | None:
        return find_shopper(self._threads, source, addresses).found
