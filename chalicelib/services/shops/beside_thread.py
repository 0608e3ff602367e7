"""What a person of the shop sees beside a thread: what else to know of the shopper to answer well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.lateness import late_deliveries
from chalicelib.domain.commerce.returns import Return
from chalicelib.domain.people import Person
from chalicelib.domain.phones import same_numbers
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import CommerceStore, KeptOrder
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import NoSuchShopper, People

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Beside:
    """orders: the latest. late: how many of their deliveries came, or are, later than promised. returns:
    the latest. threads: the person's others, the latest words first."""

    orders: tuple[KeptOrder, ...] = ()
    late: int = 0
    returns: Sequence[Return] = ()
    threads: tuple[Thread, ...] = ()


class BesideThread:
    """Of one person, at most so many of each: read when somebody opens the thread, and only then."""

    def __init__(
        self,
        people: PeopleStore,
        threads: ThreadStore,
        store: CommerceStore,
        returns_of: Callable[[str, Sequence[str]], Sequence[Return]],
    ) -> None:
        """returns_of: what these shoppers of a merchant's, who are one person, send back."""
        self._people, self._threads, self._store = People(people), threads, store
        self._returns_of = returns_of

    def __call__(self, thread: Thread, zone: str, now: datetime) -> Beside:
        """zone: the shop's. Raises StoreBusy."""
        try:
            person = self._people.person(thread.merchant_id, thread.shopper_id)
        except NoSuchShopper:
            return Beside()
        keys = self._keys(person)
        shoppers = [one.value for one in keys if one.kind == "shopper"]
        read = self._store.of_buyers(thread.merchant_id, keys, MOST).orders
        # A number is given to another one day: what its former owner has bought is not theirs.
        orders = tuple(one for one in read if set(one.owners) <= set(shoppers))[:MOST]
        late = late_deliveries((one.order for one in orders), ZoneInfo(zone or "UTC"), now)
        returns = self._returns_of(thread.merchant_id, shoppers)[:MOST]
        return Beside(orders, late, returns, self._others(person, thread))

    def _keys(self, person: Person) -> list[BuyerKey]:
        phones = [
            phone
            for one in person.places
            if one.address.kind == "phone"
            for phone in same_numbers(one.address.value)
        ]
        keys = [BuyerKey("shopper", one) for one in self._people.taken_for(person)]
        return list(dict.fromkeys([*keys, *(BuyerKey("phone", one) for one in phones)]))

    def _others(self, person: Person, thread: Thread) -> tuple[Thread, ...]:
        ids = [one for one in person.threads if one != thread.thread_id][-MOST:]
        found = [self._threads.thread(thread.merchant_id, one) for one in ids]
        known = [one for one in found if one is not None]
        return tuple(sorted(known, key=_spoken, reverse=True))


def _spoken(thread: Thread) -> tuple[bool, datetime | None]:
    return thread.spoken_at is not None, thread.spoken_at
