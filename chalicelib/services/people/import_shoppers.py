"""A list of shoppers is taken in, page by page: each becomes somebody who can be written to, with what the
list says of their consent. Every page is right the second time, wherever the first was interrupted."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from chalicelib.domain.events import Address
from chalicelib.domain.imports import (
    MOST_PROBLEMS,
    MOST_ROWS,
    Defaults,
    Import,
    Listing,
    NoList,
    Problem,
    Row,
    import_id_for,
    listing,
    row_of,
)
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import OVERDUE, Due, ImportRows
from chalicelib.ports.errors import BodyGone, Conflict, StoreBusy
from chalicelib.ports.imports import ImportStore
from chalicelib.ports.queues import BodyStore, Outbox
from chalicelib.ports.segments import SegmentStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.people.consents import Consents, Named, Noted
from chalicelib.services.people.phones import normal_phone
from chalicelib.services.receiving.erased import OfErased
from chalicelib.services.receiving.new_threads import known_thread
from chalicelib.services.receiving.pointers import TRIES, Source

PAGE: Final = 200
# Then the rest is queued anew: a function has 30 s, and a page takes a few.
WORKS_FOR_S: Final = 10.0
_WAS_ERASED: Final = (
    "Whoever had this number was erased at their wish: only a yes that they have given since then, with its "
    "consent_at, brings them back."
)
# A line without a consent says nothing newer than anything.
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


class ImportShoppers:
    """Every call names the merchant. Raises StoreBusy when it may pass later."""

    def __init__(
        self,
        store: ImportStore,
        bodies: BodyStore,
        shops: ShopStore,
        threads: ThreadStore,
        consents: Consents,
        segments: SegmentStore,
        outbox: Outbox,
        seconds: Callable[[], float],
        each: Callable[[Callable[[str], None], Collection[str]], Iterable[None]],
    ) -> None:
        """consents: one that touches nobody. seconds: a clock that only runs forward. each: does a piece of
        work for all of some names, several at once."""
        self._store, self._bodies, self._shops, self._threads = store, bodies, shops, threads
        self._consents, self._segments, self._outbox = consents, segments, outbox
        self._seconds, self._each = seconds, each

    def begin(self, source: Source, raw: bytes, defaults: Defaults, by: str, now: datetime) -> Import:
        """The same list again is the same import, as far as it is by then. Raises NoList."""
        read = listing(raw)
        if not read.records or len(read.records) > MOST_ROWS:
            raise NoList(f"A list has 1 to {MOST_ROWS} shoppers below its first line: cut it.")
        merchant_id = source.merchant_id
        import_id = import_id_for(merchant_id, source.connection_id, defaults, sha256(raw).hexdigest())
        known = self._store.read(merchant_id, import_id)
        if known is not None and known.state == "done":
            return known
        one = Import(
            merchant_id=merchant_id,
            import_id=import_id,
            connection_id=source.connection_id,
            body=self._bodies.keep(import_id, raw, now),
            by=by,
            at=now,
            defaults=defaults,
            rows=len(read.records),
        )
        work = ImportRows(merchant_id, import_id)
        begun = self._store.begin(one, Due(work, now + OVERDUE))
        self._outbox.dispatch(work)
        return begun

    def __call__(self, work: ImportRows, now: datetime) -> None:
        """Repeatable at any point: rows are written before it is noted that they are."""
        one = self._store.read(work.merchant_id, work.import_id)
        if one is None or one.state != "going":
            return
        until_s = self._seconds() + WORKS_FOR_S
        connection = self._shops.connection(one.connection_id)
        read = self._listing(one)
        if read is None or connection is None or connection.status == "disconnected":
            self._end(one, replace(one, state="lost", ended_at=now), ())
            return
        source = Source(one.merchant_id, one.connection_id, connection.channel)
        while one.state == "going":
            after, problems = self._page(one, source, read, now)
            if after.state == "done":
                self._end(one, after, problems)
                return
            try:
                self._store.go_on(one, after, problems, Due(work, now + OVERDUE))
            except Conflict:
                return  # somebody else goes on with it
            one = after
            if self._seconds() > until_s:
                self._outbox.dispatch(work)
                return

    def _listing(self, one: Import) -> Listing | None:
        try:
            return listing(self._bodies.body(one.body))
        except BodyGone:
            return None

    def _end(self, one: Import, after: Import, problems: Sequence[Problem]) -> None:
        """The list itself goes: it names people, and is needed no more. Should that fail, it goes when bodies
        do."""
        try:
            self._store.go_on(one, after, problems, None)
        except Conflict:
            return
        self._bodies.forget(one.body)

    def _page(
        self, one: Import, source: Source, read: Listing, now: datetime
    ) -> tuple[Import, list[Problem]]:
        some = read.records[one.done : one.done + PAGE]
        looked = [
            row_of(read.columns, line, cells, one.defaults, normal_phone, one.at) for line, cells in some
        ]
        rows = [found for found in looked if isinstance(found, Row)]
        problems = [found for found in looked if isinstance(found, Problem)]
        erased = self._take(one, source, rows)
        taken = [row for row in rows if row.line not in erased]
        problems += [Problem(line, "phone", _WAS_ERASED) for line in erased]
        problems.sort(key=lambda found: found.line)
        told = problems[: MOST_PROBLEMS - one.kept]
        done = one.done + len(some)
        return (
            replace(
                one,
                done=done,
                state="going" if done < one.rows else "done",
                ended_at=None if done < one.rows else now,
                taken=one.taken + len(taken),
                refused=one.refused + len(problems),
                given=one.given + sum(row.consent == "given" for row in taken),
                withdrawn=one.withdrawn + sum(row.consent == "withdrawn" for row in taken),
                kept=one.kept + len(told),
            ),
            told,
        )

    def _take(self, one: Import, source: Source, rows: Sequence[Row]) -> set[int]:
        """Make them known, write down what they said, and have their profiles made anew, in this order. The
        lines of those who were erased, of whom nothing is kept."""
        of_phone: dict[str, list[Row]] = {}
        for row in rows:
            of_phone.setdefault(row.phone, []).append(row)
        shoppers: dict[str, str] = {}
        erased: set[int] = set()

        def take(phone: str) -> None:
            for row in of_phone[phone]:
                try:
                    shoppers[phone] = self._known(source, row)
                except OfErased:
                    erased.add(row.line)

        list(self._each(take, of_phone))
        said = [row for row in rows if row.consent and row.line not in erased]
        if said:
            named = [pair for row in said for pair in _noted(one, row)]
            self._consents.bring(one.merchant_id, named, "", one.at)
        self._segments.touch(one.merchant_id, sorted(set(shoppers.values())))
        return erased

    def _known(self, source: Source, row: Row) -> str:
        """Whose number it is. What is known of them already stays; what is not is added. Raises OfErased."""
        address = Address("phone", row.phone)
        told_at = row.at if row.consent == "given" and row.at else _LONG_AGO
        for _ in range(TRIES):
            shopper_id, thread_id = known_thread(
                self._threads, source, [address], address, told_at, known_as=lambda new: _with(new, row)
            )
            thread = self._threads.thread(source.merchant_id, thread_id)
            if thread is None or (added := _with(thread, row)) == thread:
                return shopper_id
            try:
                self._threads.commit(Change(thread=added, touches=True))
                return shopper_id
            except Conflict:
                continue
        raise StoreBusy("others write to this shopper just now")


def _with(thread: Thread, row: Row) -> Thread:
    """The thread with what the list adds. What their own channel has told is better known."""
    return replace(
        thread,
        shopper_name=thread.shopper_name or row.name,
        language_hint=thread.language_hint or ("" if thread.language else row.language),
        tags=tuple(dict.fromkeys((*thread.tags, *row.tags))),
    )


def _noted(one: Import, row: Row) -> list[tuple[Named, Noted]]:
    """What they said, of their number and of their e-mail address. The same list says it as one record."""
    assert row.consent
    noted = Noted(
        purpose=one.defaults.purpose,
        state=row.consent,
        at=row.at or one.at,
        how="import",
        text=row.text,
        ref=row.proof,
        by=one.by,
    )
    named = [Named(phone=f"+{row.phone}"), *([Named(email=row.email)] if row.email else [])]
    return [(who, noted) for who in named]
