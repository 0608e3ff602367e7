"""Whose addresses an event names.

A phone number is given to somebody else one day: an id of the channel's own tells who it is, and the number
goes with whoever bore it last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.consent.heard import ALL_PURPOSES
from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.events import Address
from chalicelib.domain.people import Person, is_told_apart, own_ids
from chalicelib.domain.threads import Thread, gives_up, was_still_theirs
from chalicelib.ports.addresses import Found, Owned
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.receiving.pointers import TRIES, Source

_MOMENT: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Sought:
    """addresses: those of the named ones that are theirs. found: who they are, None while nobody knows."""

    found: Found | None
    addresses: tuple[Address, ...]

    def wire(self, named: Address) -> Address:
        """Where answers go: not to a number that is somebody else's."""
        return named if named in self.addresses else self.addresses[-1]


@dataclass(frozen=True, slots=True)
class _Other:
    """Somebody else who is known by a number that is named."""

    owned: Owned
    person: Person
    thread: Thread


def find_shopper(
    threads: ThreadStore,
    source: Source,
    named: Sequence[Address],
    at: datetime | None = None,
    *,
    who: str = "",
) -> Sought:
    """`at`: since when at the latest they bear the addresses; the shopper who had their number until then
    gives it up. Without a moment nobody does. who: their shopper, where it is known.

    Raises StoreBusy when it may pass later. Again is no harm: a number that is given up is nobody's.
    """
    for _ in range(TRIES):
        found = threads.find(source.merchant_id, source.connection_id, named)
        others = _others(threads, source, named, found, who, at)
        leaving = [one for one in others if at and gives_up(one.thread, one.owned.address, at)]
        if not leaving:
            return _without(found, named, {one.owned.address for one in others})
        try:
            for one in leaving:
                _give_up(threads, source, one, at)
        except Conflict:
            continue
    raise StoreBusy("others write to this shopper just now")


def _others(
    threads: ThreadStore,
    source: Source,
    named: Sequence[Address],
    found: Found | None,
    who: str,
    at: datetime | None,
) -> list[_Other]:
    """Asks for nobody else where no number meets an id that it is not known with."""
    own = own_ids(named)
    if found is None or not (own or who):
        return []
    who = who or (found.shopper_id if found.by in own else "")
    doubtful = [one for one in found.held if one.address not in own and one.shopper_id != who]
    if not doubtful:
        return []
    persons = threads.persons(source.merchant_id, list(dict.fromkeys(one.shopper_id for one in doubtful)))
    by_id = {one.shopper_id: one for one in persons}
    others = []
    for one in doubtful:
        person = by_id.get(one.shopper_id)
        if person is None or not is_told_apart(person, own, source.connection_id):
            continue
        thread = threads.thread(source.merchant_id, one.thread_id)
        if thread is None or (at and was_still_theirs(thread, one.address, at)):
            continue
        others.append(_Other(one, person, thread))
    return others


def _without(found: Found | None, named: Sequence[Address], others: Collection[Address]) -> Sought:
    """Where the number is all that is named, who has written from it since is the same person."""
    if found is None or not others or not own_ids(named):
        return Sought(found, tuple(named))
    theirs = tuple(address for address in named if address not in others)
    held = tuple(one for one in found.held if one.address not in others)
    first = held[0] if held else None
    return Sought(Found(first.shopper_id, first.thread_id, first.address, held) if first else None, theirs)


def _give_up(threads: ThreadStore, source: Source, other: _Other, at: datetime | None) -> None:
    """No thread of theirs answers to the number any more, then it is nobody's, and what they said yes to
    under it is over. Raises Conflict."""
    phone, person = other.owned.address, other.person
    places = [place.address for place in person.places if place.connection_id == source.connection_id]
    known = threads.find(source.merchant_id, source.connection_id, own_ids(places))
    held = known.held if known else ()
    for thread_id in sorted({*person.threads, other.thread.thread_id} - {other.thread.thread_id}):
        thread = threads.thread(source.merchant_id, thread_id)
        if thread is not None and thread.connection_id == source.connection_id and thread.wire == phone:
            threads.commit(Change(thread=_rewired(thread, places, held)))
    thread = other.thread
    if thread.wire == phone:
        thread = _rewired(thread, places, held)
    threads.commit(Change(thread=thread, given_up=(phone,), consents=_ended(source, thread, phone, at)))


def _ended(source: Source, thread: Thread, phone: Address, at: datetime | None) -> tuple[Consent, ...]:
    """Right before the new owner's words, which may be a yes of their own. at: of these words."""
    before = at - _MOMENT if at else (thread.shopper_at or thread.last_at)
    if before is None:
        return ()
    return tuple(
        Consent(
            merchant_id=source.merchant_id,
            address=address_key(source.connection_id, phone),
            purpose=purpose,
            state="ended",
            at=before,
            how="platform",
            noted_at=before,
        )
        for purpose in ALL_PURPOSES
    )


def _rewired(thread: Thread, places: Sequence[Address], held: Sequence[Owned]) -> Thread:
    """Answers go to an id of the channel's own: the thread's, if it has one."""
    in_thread = own_ids([one.address for one in held if one.thread_id == thread.thread_id])
    ids = in_thread or own_ids(places)
    return replace(thread, wire=max(ids, key=lambda one: one.value))
