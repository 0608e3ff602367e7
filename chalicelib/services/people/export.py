"""All that is held of one person, a page at a time."""

from dataclasses import dataclass

from chalicelib.domain.messages import Message
from chalicelib.domain.people import Merge, Person
from chalicelib.domain.threads import Thread
from chalicelib.ports import PeopleStore, ThreadStore
from chalicelib.services.people.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfPerson:
    """threads, merges: all of them, on the first page alone. messages: each with its thread's id, of one
    thread after the other, the newest of each first. next: where the following page begins, '' after the
    last."""

    person: Person
    threads: tuple[Thread, ...] = ()
    merges: tuple[Merge, ...] = ()
    messages: tuple[tuple[str, Message], ...] = ()
    next: str = ""


class ExportPerson:
    """Every call names the merchant. Bounded: a page holds `limit` messages at most."""

    def __init__(self, people: PeopleStore, threads: ThreadStore) -> None:
        self._persons, self._threads = People(people), threads

    def __call__(self, merchant_id: str, shopper_id: str, after: str, limit: int) -> PageOfPerson:
        """after: the earlier page's `next`. Raises NoSuchShopper."""
        person = self._persons.person(merchant_id, shopper_id)
        messages, following = self._messages(person, after, limit)
        if after:
            return PageOfPerson(person=person, messages=messages, next=following)
        read = (self._threads.thread(merchant_id, one) for one in person.threads)
        return PageOfPerson(
            person=person,
            threads=tuple(one for one in read if one is not None),
            merges=tuple(self._persons.merges(person)),
            messages=messages,
            next=following,
        )

    def _messages(
        self, person: Person, after: str, limit: int
    ) -> tuple[tuple[tuple[str, Message], ...], str]:
        """A thread that has come since, or was moved away, changes no page that was read."""
        at, _, before = after.partition(" ")
        found: list[tuple[str, Message]] = []
        for thread_id in (one for one in person.threads if one >= at):
            left = limit - len(found)
            start = before if thread_id == at else ""
            page = self._threads.messages(person.merchant_id, thread_id, before=start, limit=left)
            found += [(thread_id, one) for one in page]
            if len(page) == left:
                return tuple(found), f"{thread_id} {page[-1].sort}"
        return tuple(found), ""
