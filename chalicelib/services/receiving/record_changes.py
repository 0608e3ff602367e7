"""What changes about messages, shoppers and threads after the words: it answers nothing."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.domain import facts
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
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.threads import mark
from chalicelib.ports import Found, ThreadStore
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.new_threads import known_thread
from chalicelib.services.receiving.pointers import Source, find_or_park


class RecordChanges:
    """Edits, deletions and what is told of a thread, also of one that has no words yet."""

    def __init__(
        self, threads: ThreadStore, forget_files: Callable[[MessageRef, Sequence[Media]], None]
    ) -> None:
        self._threads, self._forget_files = threads, forget_files

    def edit(self, source: Source, edit: Edit, now: datetime) -> None:
        """The message says something else; the inbox too, where it stands there."""
        fact = facts.edit_fact(edit)
        ref = find_or_park(self._threads, source, edit.chat, edit.target_id, fact, now)
        if ref is None:
            return
        message = self._threads.edit(ref, edit.target_id, edit.text, str(fact["edited"]))
        if message is not None:
            self._threads.show_last(ref, message.text)

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
        known = find_or_park(self._threads, source, reaction.chat, reaction.target_id, fact, now)
        if known is not None:
            self._threads.react(known, fact["who"], fact["put"])
        is_act = bool(reaction.emoji) and not reaction.by_shop
        if is_act and meaning_of("reaction", source.channel).opens_window:
            found = self._find(source, reaction.addresses)
            if found is not None:
                self._threads.opened(source.merchant_id, found.thread_id, reaction.at)

    def referral(self, source: Source, referral: Referral) -> tuple[str, str]:
        """By which link or ad they came, for the first answer and for segments; their shopper and thread."""
        shopper_id, thread_id = self._known(source, referral.addresses, referral.wire)
        told = json.dumps({"ref": referral.ref, **referral.details}, sort_keys=True, ensure_ascii=False)
        self._threads.mark(source.merchant_id, thread_id, "referral", mark(told, referral.at))
        if meaning_of("referral", source.channel).opens_window:
            self._threads.opened(source.merchant_id, thread_id, referral.at)
        return shopper_id, thread_id

    def preference(self, source: Source, preference: Preference) -> None:
        """What the shopper told the channel that they want to get. An opt-in has a mark of its own: a stop
        stays beside it, whichever of them is newer."""
        name = "opt_in" if preference.value == "opt_in" else "preference"
        told = mark(preference.value, preference.at)
        self._mark(source, preference.addresses, preference.wire, name, told)

    def takeover(self, source: Source, takeover: Takeover) -> None:
        """Another app holds the thread, or we do. That it asks for the thread changes nothing yet."""
        if takeover.holder != "asked":
            held_by = "other" if takeover.holder == "other" else ""
            told = mark(held_by, takeover.at)
            self._mark(source, [takeover.wire], takeover.wire, "held_by", told)

    def membership(self, source: Source, membership: Membership) -> None:
        """Blocked, or reachable again."""
        told = mark("" if membership.is_reachable else "blocked", membership.at)
        self._mark(source, membership.addresses, membership.wire, "unreachable", told)

    def _mark(
        self, source: Source, addresses: Sequence[Address], wire: Address, name: str, marked: str
    ) -> None:
        _, thread_id = self._known(source, addresses, wire)
        self._threads.mark(source.merchant_id, thread_id, name, marked)

    def _known(self, source: Source, addresses: Sequence[Address], wire: Address) -> tuple[str, str]:
        return known_thread(self._threads, source, addresses, wire)

    def _find(self, source: Source, addresses: Sequence[Address]) -> Found | None:
        return find_shopper(self._threads, source, addresses).found
