"""The channel says that a shopper goes by another id now: their thread goes on."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from chalicelib.domain.events import Address, IdentityChange
from chalicelib.domain.ids import to_ms
from chalicelib.domain.people import Proof, merge_id_for, new_addresses, own_ids
from chalicelib.domain.threads import Thread, follow
from chalicelib.ports.errors import AddressErased, AlreadyThere, Conflict, StoreBusy
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.people.people import MergePeople, NoSuchShopper
from chalicelib.services.receiving.erased import erased_before
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.new_threads import known_thread
from chalicelib.services.receiving.pointers import Source

_TRIES: Final = 8


class FollowIdentity:
    """Old addresses stay with the thread, so that late events still find it; answers go to the new one.

    Repeated and in any order with the shopper's own words it comes to the same rows.
    """

    def __init__(self, threads: ThreadStore, merge: MergePeople) -> None:
        self._threads, self._merge = threads, merge

    def __call__(self, source: Source, change: IdentityChange, now: datetime) -> bool:
        """False when no old address or no new one is named: there is nothing to follow.

        Of whom nobody has heard gets a thread, so that what comes by their old addresses later meets what
        comes by the new ones. Who has written from the new address already is the same person: the two are
        merged, both threads stay; but not whoever had the number before, or has it since.
        Raises StoreBusy when it may pass later; every step can be done again.
        """
        if not change.old or not change.new:
            return False
        old = (*own_ids(change.old), *(one for one in change.old if one.kind == "phone"))
        shopper_id, thread_id = known_thread(self._threads, source, old, old[-1], change.at)
        new = find_shopper(self._threads, source, change.new, change.at, who=shopper_id).addresses
        if not self._follow(source, thread_id, (*own_ids(change.old), *new), change.at):
            return False
        # Afterwards each new address is somebody's: nobody can come in between.
        for other in self._others(source, thread_id, new):
            if other != shopper_id:
                once = _once(source, change, other)
                with suppress(NoSuchShopper):  # they are being erased
                    self._merge(source.merchant_id, shopper_id, other, Proof("channel"), now, once=once)
        return True

    def migrated(self, thread: Thread, to: Address, now: datetime) -> None:
        """A chat has a new id, as a refused send told (`ChatMigrated`). Raises StoreBusy."""
        source = Source(thread.merchant_id, thread.connection_id, thread.channel)
        self._follow(source, thread.thread_id, (to,), now)

    def _others(self, source: Source, thread_id: str, new: Sequence[Address]) -> list[str]:
        """Whom we took for others: they have written from a new address, in threads of their own."""
        held = (self._threads.find(source.merchant_id, source.connection_id, [one]) for one in new)
        return list(dict.fromkeys(one.shopper_id for one in held if one and one.thread_id != thread_id))

    def _follow(self, source: Source, thread_id: str, named: Sequence[Address], at: datetime) -> bool:
        """The thread takes the addresses that are nobody's, and its answers go to the last: where a channel
        names several, that is the one to write to."""
        erased_at: datetime | None = None
        for _ in range(_TRIES):
            thread = self._threads.thread(source.merchant_id, thread_id)
            if thread is None:
                return False
            held = self._threads.find(source.merchant_id, source.connection_id, named)
            free = new_addresses(held.known if held else (), named)
            followed = follow(thread, named[-1], at)
            if followed == thread and not free:
                return True
            try:
                self._threads.commit(Change(thread=followed, addresses=free, erased_at=erased_at))
            except AddressErased:
                whose = (source.merchant_id, source.connection_id)
                erased_at = erased_before(self._threads, *whose, free, at)
            except (Conflict, AlreadyThere):
                continue
            else:
                return True
        raise StoreBusy("too many write to this thread at once")


def _once(source: Source, change: IdentityChange, other: str) -> str:
    named = [f"{address.kind} {address.value}" for address in (*change.old, *change.new)]
    return merge_id_for(
        source.merchant_id, "identity", source.connection_id, str(to_ms(change.at)), other, *named
    )
