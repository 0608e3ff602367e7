"""Segments follow what happens: whoever was touched, or whose time has come, is looked at anew."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.segments.filters import sorted_into
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.work import Due, RefreshSegments
from chalicelib.ports.errors import Conflict
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.segments import Book, Placed, SegmentStore, Touched
from chalicelib.services.segments.build import BuildSegments

EVERY: Final = timedelta(minutes=15)
# Then the rest is queued anew: a function has 30 s.
WORKS_FOR_S: Final = 12.0
# What goes by itself, such as a message that was kept long enough, touches nobody: everybody is looked at
# anew after this long.
LOOKED_AT_AGAIN: Final = timedelta(days=90)
PAGE: Final = 50
_PASSES: Final = 3


class Refresh:
    """Places people one by one; repeated at any point, nobody is placed by what is not so any more."""

    def __init__(
        self,
        store: SegmentStore,
        make: Callable[[str, str], Profile | None],
        seconds: Callable[[], float],
        each: Callable[[Callable[[str], bool], Collection[str]], Iterable[bool]] = map,
    ) -> None:
        """make: as `MakeProfile`. seconds: a clock that only runs forward. each: does a work for all of
        them, in any order; several at once is faster, as it mostly waits for the tables."""
        self._store, self._make, self._seconds, self._each = store, make, seconds, each

    def __call__(self, merchant_id: str, now: datetime, until_s: float) -> bool:
        """Whether nobody is left; not begun on further pages after `until_s`. Raises StoreBusy."""
        return self._all(merchant_id, now, until_s) and self._turned(merchant_id, now, until_s)

    def _all(self, merchant_id: str, now: datetime, until_s: float) -> bool:
        """Whom somebody else was at work on is looked at once more; who is held up for longer, by the next
        tick."""
        after, left, passes = "", False, 1
        while True:
            page = self._store.touched(merchant_id, PAGE, after)
            left |= not self._refresh(merchant_id, {one.shopper_id: one for one in page}, now)
            after = page[-1].shopper_id if len(page) == PAGE else ""
            if not after and (not left or passes == _PASSES):
                return True
            if not after:
                left, passes = False, passes + 1
            if self._seconds() > until_s:
                return False

    def _turned(self, merchant_id: str, now: datetime, until_s: float) -> bool:
        seen = set[str]()
        while True:
            page = [one for one in self._store.turning(merchant_id, now, PAGE) if one not in seen]
            if not page:
                return True
            self._refresh(merchant_id, dict.fromkeys(page), now)
            seen |= {*page}
            if self._seconds() > until_s:
                return False

    def _refresh(self, merchant_id: str, shoppers: Mapping[str, Touched | None], now: datetime) -> bool:
        """Whether each was placed."""
        if not shoppers:
            return True
        book = self._store.book(merchant_id)
        known = {one.profile.shopper_id: one for one in self._store.placed(merchant_id, list(shoppers))}

        def one(shopper_id: str) -> bool:
            was, touched = known.get(shopper_id), shoppers[shopper_id]
            return self._place(merchant_id, shopper_id, was, touched, book, now)

        return all(list(self._each(one, shoppers)))

    def _place(
        self,
        merchant_id: str,
        shopper_id: str,
        was: Placed | None,
        touched: Touched | None,
        book: Book,
        now: datetime,
    ) -> bool:
        """Whether nobody else is at work on them: who is not placed stays touched."""
        profile = self._make(merchant_id, shopper_id)
        try:
            if profile is None:
                self._store.displace(merchant_id, shopper_id, was, touched)
            else:
                self._store.place(placed_now(profile, book, now), was, touched, book.edition)
        except Conflict:
            return False
        return True


def placed_now(profile: Profile, book: Book, now: datetime) -> Placed:
    """Where a profile belongs by the filters as they are."""
    filters = {one.segment_id: one.filter for one in book.segments}
    segments, turns_at = sorted_into(filters, profile, now)
    latest = now + LOOKED_AT_AGAIN
    return Placed(profile=profile, segments=segments, turns_at=min(turns_at or latest, latest))


class RefreshAll:
    """What the tick begins every so often, as long as a merchant has segments; a pass that takes long goes on
    by itself."""

    def __init__(
        self,
        store: SegmentStore,
        refresh: Refresh,
        build: BuildSegments,
        dues: DueStore,
        outbox: Outbox,
        seconds: Callable[[], float],
    ) -> None:
        self._store, self._refresh, self._build = store, refresh, build
        self._dues, self._outbox, self._seconds = dues, outbox, seconds

    def __call__(self, work: RefreshSegments, now: datetime) -> None:
        """Repeatable at any point. Raises StoreBusy when it may pass later."""
        until_s = self._seconds() + WORKS_FOR_S
        book = self._store.book(work.merchant_id)
        if not book.segments and not book.leaving:
            self._dues.forget(work)
            return
        # First: should anything go wrong, it goes on then.
        self._dues.set(Due(work, now + EVERY))
        if not self._go_on(work.merchant_id, book, now, until_s):
            self._outbox.dispatch(work, delay_s=1)

    def _go_on(self, merchant_id: str, book: Book, now: datetime, until_s: float) -> bool:
        """Whether all is done."""
        for segment_id in book.leaving:
            while self._store.drop_members(merchant_id, segment_id):
                if self._seconds() > until_s:
                    return False
        return self._refresh(merchant_id, now, until_s) and self._build(merchant_id, now, until_s)
