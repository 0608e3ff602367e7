"""All that is held of one person, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.messages import Message
from chalicelib.domain.people import Merge, Person
from chalicelib.domain.surveys import Survey, is_first_question
from chalicelib.domain.threads import Thread
from chalicelib.ports.campaigns import Got
from chalicelib.ports.commerce import Bought
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.surveys import SurveyStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfPerson:
    """threads, merges: all of them, on the first page alone. messages: each with its thread's id, of one
    thread after the other, the newest of each first. surveys: those whose questions are among them. bought:
    their carts and orders, got: of campaigns, both on the first page alone. next: where the following page
    begins, '' after the last."""

    person: Person
    threads: tuple[Thread, ...] = ()
    merges: tuple[Merge, ...] = ()
    messages: tuple[tuple[str, Message], ...] = ()
    surveys: tuple[Survey, ...] = ()
    bought: Bought = field(default_factory=Bought)
    got: tuple[Got, ...] = ()
    next: str = ""


class ExportPerson:
    """Every call names the merchant. Bounded: a page holds `limit` messages at most."""

    def __init__(
        self,
        people: PeopleStore,
        threads: ThreadStore,
        surveys: SurveyStore,
        bought_by: Callable[[Person, Sequence[str]], Bought] = lambda person, shoppers: Bought(),
        got: Callable[[str, str], Sequence[Got]] = lambda merchant_id, shopper_id: (),
    ) -> None:
        """bought_by: as `BoughtByPerson.shown`. got: as the CampaignStore's."""
        self._persons, self._threads, self._surveys = People(people), threads, surveys
        self._bought_by, self._got = bought_by, got

    def __call__(self, merchant_id: str, shopper_id: str, after: str, limit: int) -> PageOfPerson:
        """after: the earlier page's `next`. Raises NoSuchShopper."""
        person = self._persons.person(merchant_id, shopper_id)
        messages, following = self._messages(person, after, limit)
        surveys = self._asked(merchant_id, messages)
        if after:
            return PageOfPerson(person=person, messages=messages, surveys=surveys, next=following)
        taken_for = self._persons.taken_for(person)
        read = (self._threads.thread(merchant_id, one) for one in person.threads)
        merges = self._persons.merges(person)
        return PageOfPerson(
            person=person,
            threads=tuple(one for one in read if one is not None),
            merges=tuple(merges),
            messages=messages,
            surveys=surveys,
            bought=self._bought_by(person, taken_for),
            got=tuple(one for each in taken_for for one in self._got(merchant_id, each)),
            next=following,
        )

    def _asked(self, merchant_id: str, messages: Sequence[tuple[str, Message]]) -> tuple[Survey, ...]:
        """What was answered to the questions of one page."""
        places = [(thread_id, one.sort) for thread_id, one in messages if is_first_question(one)]
        return tuple(self._surveys.surveys_at(merchant_id, places)) if places else ()

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
