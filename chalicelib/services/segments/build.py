"""A new filter is asked of everybody, a page after the other; whom something happens to is placed anyway."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.segments.filters import sorted_into
from chalicelib.ports.errors import Conflict
from chalicelib.ports.segments import Book, Placed, Segment, SegmentStore

PAGE: Final = 100


class BuildSegments:
    """Those that stand at the same shopper go on together. Cut short, a page is gone through once more."""

    def __init__(self, store: SegmentStore, seconds: Callable[[], float]) -> None:
        self._store, self._seconds = store, seconds

    def __call__(self, merchant_id: str, now: datetime, until_s: float) -> bool:
        """Whether none is left to be built; no further page is begun after `until_s`. Raises StoreBusy."""
        while True:
            book = self._store.book(merchant_id)
            building = [one for one in book.segments if one.built_at is None]
            if not building:
                return True
            after = min(one.build_after for one in building)
            page = self._store.everybody(merchant_id, after=after, limit=PAGE)
            if all(self._place(one, book, now) for one in page):
                self._note([one for one in building if one.build_after == after], page, now)
            if self._seconds() > until_s:
                return False

    def _place(self, was: Placed, book: Book, now: datetime) -> bool:
        """Whether the filters are still those. Whom somebody else has placed by them is where they belong;
        whoever is merged or erased just now goes."""
        filters = {one.segment_id: one.filter for one in book.segments}
        segments, turns_at = sorted_into(filters, was.profile, now)
        moments = [at for at in (turns_at, was.turns_at) if at is not None]
        placed = replace(was, segments=segments, turns_at=min(moments, default=None))
        if placed == was:
            return True
        try:
            self._store.place(placed, was, None, book.edition)
        except Conflict:
            return self._store.book(was.profile.merchant_id).edition == book.edition
        return True

    def _note(self, building: Sequence[Segment], page: Sequence[Placed], now: datetime) -> None:
        for one in building:
            after = page[-1].profile.shopper_id if page else ""
            with suppress(Conflict):  # another was there before, or it is another filter by now
                self._store.save(replace(one, build_after=after, built_at=None if page else now))
