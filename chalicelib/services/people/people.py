"""Who is who: two shoppers become one by proof, and two again when it was an error."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.people import (
    FINISHED,
    Merge,
    Person,
    Proof,
    may_be_one,
    merge_id_for,
    new_merge_id,
)
from chalicelib.ports.addresses import AddressStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.people import PeopleStore

_TRIES: Final = 20
# Twenty-five things move at once: nobody has as many as this moves.
_MOST_STEPS: Final = 2000
_LONGEST_CHAIN: Final = 1000
_MOST_MERGED: Final = 90


class NoSuchShopper(Exception):
    """The merchant has no such shopper, or no such merge."""


class SameShopper(Exception):
    """One shopper can't be merged with themselves."""


class MergedOn(Exception):
    """The shopper who stayed was merged into another since: that is taken back first."""

    def __init__(self, merge_id: str) -> None:
        super().__init__(merge_id)
        self.merge_id = merge_id


class People:
    """Finds the person behind a shopper's id, finishing whatever merge was cut short on the way."""

    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    def person(self, merchant_id: str, shopper_id: str) -> Person:
        """Who the shopper turned out to be, whatever they were merged into. Raises NoSuchShopper."""
        for _ in range(_LONGEST_CHAIN):
            found = self._people.person(merchant_id, shopper_id)
            if found is None:
                raise NoSuchShopper(shopper_id)
            if found.merging:
                self.finish(merchant_id, found.merging)
            elif found.merged_into:
                shopper_id = found.merged_into
            else:
                return found
        raise StoreBusy("this shopper is merged again and again")

    def merges(self, person: Person) -> list[Merge]:
        """Those into this person, the oldest first."""
        return self._people.merges(person.merchant_id, person.merges)

    def taken_for(self, person: Person) -> tuple[str, ...]:
        """The person, and all who turned out to be them or one of these; those whom a person has taken apart
        are left out."""
        found, asked = {person.shopper_id: None}, [person]
        while asked and len(found) < _MOST_MERGED:
            one = asked.pop()
            for merge in self._people.merges(one.merchant_id, one.merges):
                other = self._people.person(one.merchant_id, merge.merged)
                if other is not None and other.merged_by == merge.merge_id and other.shopper_id not in found:
                    found[other.shopper_id] = None
                    asked.append(other)
        return tuple(found)

    def finish(self, merchant_id: str, merge_id: str) -> Merge:
        """Do what is left of a merge or its undoing; several may do it at once."""
        for _ in range(_MOST_STEPS):
            merge = self._people.merge(merchant_id, merge_id)
            if merge is None:
                raise NoSuchShopper(merge_id)
            if merge.state in FINISHED:
                return merge
            try:
                if not self._people.move_some(merge):
                    self._people.end(merge)
            except Conflict:
                continue
        raise StoreBusy("others merge this shopper too")


def known_as(addresses: AddressStore, merchant_id: str, shopper_id: str) -> str:
    """As whom they are known today: of a merge that is still at work, who stays. Raises StoreBusy."""
    for _ in range(_LONGEST_CHAIN):
        found = addresses.persons(merchant_id, [shopper_id])
        if not found or not found[0].merged_into:
            return shopper_id
        shopper_id = found[0].merged_into
    raise StoreBusy("this shopper is merged again and again")


class MergePeople:
    """Two shoppers are one person: threads and addresses go to the one who stays."""

    def __init__(self, people: PeopleStore) -> None:
        self._people, self._persons = people, People(people)

    def __call__(
        self,
        merchant_id: str,
        stays: str,
        other: str,
        proof: Proof,
        now: datetime,
        *,
        by: str = "",
        once: str = "",
    ) -> Merge | None:
        """The finished merge; the earlier one where they are one already; None where none was needed.

        once: names the event that proves it. What came of it before stands, also when it was undone since.
        Raises NoSuchShopper, SameShopper.
        """
        if stays == other:
            raise SameShopper(stays)
        for _ in range(_TRIES):
            if once and self._people.merge(merchant_id, once) is not None:
                return self._persons.finish(merchant_id, once)
            stayed = self._persons.person(merchant_id, stays)
            merged = self._persons.person(merchant_id, other)
            if stayed.shopper_id == merged.shopper_id:
                return self._earlier(merchant_id, other) or self._earlier(merchant_id, stays)
            merge = Merge(
                merchant_id=merchant_id,
                merge_id=once or new_merge_id(merchant_id, stayed.shopper_id, merged.shopper_id, now),
                stayed=stayed.shopper_id,
                merged=merged.shopper_id,
                proof=proof,
                by=by,
                at=now,
            )
            try:
                self._people.begin(merge, merged.name)
            except Conflict:
                continue
            return self._persons.finish(merchant_id, merge.merge_id)
        raise StoreBusy("others merge these shoppers too")

    def named_together(
        self, merchant_id: str, connection_id: str, shopper_id: str, others: tuple[str, ...], now: datetime
    ) -> None:
        """The channel named addresses of several shoppers as one person's.

        Not those whom the channel knows by another id of their own: a phone number changes hands.
        """
        for other in others:
            try:
                who = self._persons.person(merchant_id, shopper_id)
                them = self._persons.person(merchant_id, other)
            except NoSuchShopper:  # they are being erased
                continue
            if who.shopper_id != them.shopper_id and may_be_one(who, them, connection_id):
                once = merge_id_for(merchant_id, "named together", connection_id, shopper_id, other)
                self(merchant_id, shopper_id, other, Proof("channel"), now, once=once)

    def _earlier(self, merchant_id: str, shopper_id: str) -> Merge | None:
        person = self._people.person(merchant_id, shopper_id)
        return self._people.merge(merchant_id, person.merged_by) if person and person.merged_by else None


class UnmergePeople:
    """It was an error: what the merge moved goes back, as far as it is still where the merge put it."""

    def __init__(self, people: PeopleStore) -> None:
        self._people, self._persons = people, People(people)

    def __call__(self, merchant_id: str, shopper_id: str, merge_id: str, now: datetime) -> Merge:
        """The merge, undone; the second time nothing happens. Raises NoSuchShopper, MergedOn."""
        for _ in range(_TRIES):
            merge = self._people.merge(merchant_id, merge_id)
            if merge is None or shopper_id not in (merge.stayed, merge.merged):
                raise NoSuchShopper(merge_id)
            if merge.state in ("undone", "undoing"):
                return self._persons.finish(merchant_id, merge_id)
            self._persons.finish(merchant_id, merge_id)
            person = self._persons.person(merchant_id, merge.stayed)
            if person.shopper_id != merge.stayed:
                raise MergedOn(self._next(merchant_id, merge.stayed))
            try:
                self._people.begin_undoing(replace(merge, state="done"), now)
            except Conflict:
                continue
            return self._persons.finish(merchant_id, merge_id)
        raise StoreBusy("others merge these shoppers too")

    def _next(self, merchant_id: str, shopper_id: str) -> str:
        person = self._people.person(merchant_id, shopper_id)
        return person.merged_by if person else ""
