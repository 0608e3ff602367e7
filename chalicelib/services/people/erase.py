"""One person is erased: their marks first, so that nothing of before comes back; then all that is held."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.domain.erasing import Erasure, erasure_id_for, names, shop_rooms_of, without
from chalicelib.domain.files import thread_folder
from chalicelib.domain.phones import same_numbers
from chalicelib.domain.work import EraseShopper
from chalicelib.ports.erasing import ErasingStore
from chalicelib.ports.errors import BodyGone, Conflict, StoreBusy
from chalicelib.ports.files import FileStore
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.queues import BodyStore, DueStore, Outbox
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.people.people import NoSuchShopper, People

# The queue should have taken it up by then; if it has not, the tick does.
OVERDUE: Final = timedelta(minutes=2)
# Then the rest is queued anew: a function has 30 s.
WORKS_FOR_S: Final = 12.0
_PAGE: Final = 20
_TRIES: Final = 8


class BeginErasing:
    """Writes down that somebody is to be erased, and has it done."""

    def __init__(self, people: PeopleStore, erasing: ErasingStore, outbox: Outbox) -> None:
        self._erasing, self._outbox = erasing, outbox
        self._persons = People(people)

    def __call__(self, merchant_id: str, shopper_id: str, by: str, now: datetime) -> Erasure:
        """As far as it has come; asked again, nothing new is begun. Raises NoSuchShopper, StoreBusy."""
        for _ in range(_TRIES):
            known = self._erasing.erasure(merchant_id, shopper_id)
            if known is not None and known.state == "begun":
                self._outbox.dispatch(_work(known))
                return known
            try:
                person = self._persons.person(merchant_id, shopper_id)
            except NoSuchShopper:
                if known is not None:
                    return known
                raise
            erasure = Erasure(
                merchant_id=merchant_id,
                shopper_id=person.shopper_id,
                erasure_id=erasure_id_for(merchant_id, person.shopper_id, now),
                by=by,
                at=now,
                shoppers=self._persons.taken_for(person),
            )
            try:
                self._erasing.begin(erasure, now + OVERDUE)
            except Conflict:
                continue
            self._outbox.dispatch(_work(erasure))
            return erasure
        raise StoreBusy("others merge this shopper just now")


class ErasePerson:
    """Goes on wherever it stands: each step is bounded, and done twice it finds nothing left."""

    def __init__(
        self,
        erasing: ErasingStore,
        threads: ThreadStore,
        files: FileStore,
        bodies: BodyStore,
        dues: DueStore,
        outbox: Outbox,
        seconds: Callable[[], float],
        forget_staff: Callable[[str, str], None] = lambda merchant_id, thread_id: None,
        forget_bought: Callable[[Erasure], int] = lambda erasure: 0,
        shops_of: Callable[[str], Sequence[str]] = lambda merchant_id: (),
        forget_recipient: Callable[[str, str], None] = lambda merchant_id, shopper_id: None,
    ) -> None:
        """seconds: a clock that only runs forward. forget_staff: a thread's person is none of the shop's.
        forget_bought: as `BoughtByPerson.forget`. shops_of: a merchant's connections to shop systems.
        forget_recipient: what a shopper got of campaigns."""
        self._erasing, self._threads, self._files, self._bodies = erasing, threads, files, bodies
        self._dues, self._outbox, self._seconds = dues, outbox, seconds
        self._forget_staff, self._forget_bought = forget_staff, forget_bought
        self._shops_of, self._forget_recipient = shops_of, forget_recipient

    def __call__(self, work: EraseShopper, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        began = self._seconds()
        while self._seconds() - began < WORKS_FOR_S:
            erasure = self._erasing.erasure(work.merchant_id, work.shopper_id)
            if erasure is None or erasure.state == "done" or erasure.erasure_id != work.erasure_id:
                self._dues.forget(work)
                return
            try:
                self._step(erasure, now)
            except Conflict:
                continue
        self._outbox.dispatch(work)

    def _step(self, erasure: Erasure, now: datetime) -> None:
        match erasure.stage:
            case "detach":
                self._erasing.detach(erasure, now)
            case "threads":
                self._empty(erasure, now)
            case "raw":
                self._look_through(erasure, now)
            case _:
                bought = self._forget_bought(erasure)
                if bought:  # there may be more
                    self._erasing.move_on(replace(erasure, rows=erasure.rows + bought))
                    return
                for shopper_id in erasure.shoppers:
                    self._forget_recipient(erasure.merchant_id, shopper_id)
                rows = self._erasing.forget_person(erasure)
                self._erasing.end(replace(erasure, rows=erasure.rows + rows), now)

    def _empty(self, erasure: Erasure, now: datetime) -> None:
        """Rows first: a file that is being fetched right now finds then that nobody wants it any more."""
        if not erasure.gone:
            shops = self._shops_of(erasure.merchant_id) if self._values(erasure, "") else ()
            rooms = (*erasure.rooms, *shop_rooms_of(shops))
            self._erasing.move_on(replace(erasure, stage="raw", rooms=rooms))
            return
        first, *rest = erasure.gone
        rows = self._erasing.empty(erasure.merchant_id, first, now)
        if rows:
            self._erasing.move_on(replace(erasure, rows=erasure.rows + rows))
            return
        self._forget_staff(erasure.merchant_id, first.thread_id)
        files = self._files.forget(thread_folder(erasure.merchant_id, first.thread_id))
        self._erasing.move_on(replace(erasure, gone=tuple(rest), files=erasure.files + files))

    def _look_through(self, erasure: Erasure, now: datetime) -> None:
        if not erasure.rooms:
            self._erasing.move_on(replace(erasure, stage="people"))
            return
        room, _, connection_id = erasure.rooms[0].partition(" ")
        rows, files, cursor = 0, 0, ""
        match room:
            case "parked":
                rows = self._erasing.forget_parked(erasure, connection_id, now)
            case "notices":
                rows = self._erasing.forget_notices(erasure, connection_id)
            case "unreadable":
                rows, cursor = self._unreadable(erasure, connection_id)
            case _:
                files, cursor = self._kept_bodies(erasure, connection_id)
        rooms = erasure.rooms if cursor else erasure.rooms[1:]
        rows, files = erasure.rows + rows, erasure.files + files
        self._erasing.move_on(replace(erasure, rooms=rooms, cursor=cursor, rows=rows, files=files))

    def _unreadable(self, erasure: Erasure, connection_id: str) -> tuple[int, str]:
        """How many went, and where the next page begins; '' after the last."""
        values = self._values(erasure, connection_id)
        page = self._threads.unreadable(erasure.merchant_id, connection_id, after=erasure.cursor, limit=_PAGE)
        theirs = [one for one in page if self._is_theirs(one.envelope, values)]
        for kept in theirs:
            self._threads.forget_unreadable(kept)
        return len(theirs), page[-1].row if page else ""

    def _values(self, erasure: Erasure, connection_id: str) -> Collection[str]:
        """By what they are named there: in a shop, where nobody writes, by their numbers."""
        phones = [one.address.value for one in erasure.places if one.address.kind == "phone"]
        return erasure.values_on(connection_id) or {one for each in phones for one in same_numbers(each)}

    def _is_theirs(self, envelope: Mapping[str, Any], values: Collection[str]) -> bool:
        """Of a body that lies in the store, what names the person goes; whether nothing is left of it."""
        if "body_at" in envelope:
            return self._prune(envelope["body_at"], values)[1]
        return names(envelope.get("body"), values)

    def _prune(self, key: str, values: Collection[str]) -> tuple[int, bool]:
        """How many bodies changed, and whether it is gone."""
        try:
            body = self._bodies.body(key)
        except BodyGone:
            return 0, True
        left = without(body, values)
        if left is None:
            self._bodies.forget(key)
        elif left != body:
            self._bodies.replace(key, left)
        return int(left != body), left is None

    def _kept_bodies(self, erasure: Erasure, connection_id: str) -> tuple[int, str]:
        """Bodies that were too large for a queue: of a large one everything goes that names the person."""
        values = self._values(erasure, connection_id)
        if connection_id == "shared":
            values = {one.address.value for one in erasure.places}
        keys = self._bodies.kept(connection_id, after=erasure.cursor, limit=_PAGE)
        changed = sum(self._prune(key, values)[0] for key in keys)
        return changed, keys[-1] if keys else ""


def _work(erasure: Erasure) -> EraseShopper:
    return EraseShopper(erasure.merchant_id, erasure.shopper_id, erasure.erasure_id)
