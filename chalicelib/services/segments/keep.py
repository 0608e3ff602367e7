"""What marketers do with segments: keep them, look into them, and try a filter before they keep it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from chalicelib.domain.ids import stable_id
from chalicelib.domain.segments.filters import holds
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.work import OVERDUE, Due, RefreshSegments
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.ports.segments import MOST_SEGMENTS, Segment, SegmentStore
from chalicelib.services.segments.build import BuildSegments
from chalicelib.services.segments.refresh import Refresh

SAMPLES: Final = 5
# Whoever asks waits for the answer; an API call has 29 s.
REFRESHES_FOR_S: Final = 3.0
COUNTS_FOR_S: Final = 6.0
_PAGE: Final = 100
_TRIES: Final = 5


class NoSuchSegment(Exception):
    """The merchant has no such segment."""


class TooManySegments(Exception):
    """The merchant has as many as there may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Who is in a segment: how many, and some of them. is_complete: whether everybody was asked, and all that
    has happened is taken in. segment: None for a filter that is only tried."""

    segment: Segment | None = None
    count: int
    samples: Sequence[Profile]
    is_complete: bool


class KeepSegments:
    """Every call names the merchant. All raise StoreBusy."""

    def __init__(
        self,
        store: SegmentStore,
        refresh: Refresh,
        build: BuildSegments,
        outbox: Outbox,
        seconds: Callable[[], float],
    ) -> None:
        """seconds: a clock that only runs forward."""
        self._store, self._refresh, self._build = store, refresh, build
        self._outbox, self._seconds = outbox, seconds

    def all(self, merchant_id: str) -> list[Segment]:
        """By name."""
        return sorted(self._store.segments(merchant_id), key=lambda one: (one.name, one.segment_id))

    def segment(self, merchant_id: str, segment_id: str) -> Segment:
        """Raises NoSuchSegment."""
        found = self._store.segment(merchant_id, segment_id)
        if found is None:
            raise NoSuchSegment(segment_id)
        return found

    def create(self, merchant_id: str, name: str, checked: Any, now: datetime, once: str = "") -> Segment:
        """checked: a filter without problems. From now on everybody is asked. once: a caller's key; the same
        again is the same segment, as it is by then; one that was removed since is made anew. Raises
        TooManySegments."""
        book, called = self._store.book(merchant_id), _called(merchant_id, once)
        known = next((one for one in book.segments if once and one.segment_id.startswith(called)), None)
        if known is not None:
            return known
        if len(book.segments) >= MOST_SEGMENTS:
            raise TooManySegments
        # Never an id twice: profiles may still say that somebody is in the one that was removed.
        segment_id = f"{called}{book.edition}" if once else _new_id(merchant_id)
        segment = Segment(
            merchant_id=merchant_id, segment_id=segment_id, name=name, filter=checked, created_at=now
        )
        try:
            return self._saved(segment, now)
        except Conflict:  # the same call, in this very moment
            return self.segment(merchant_id, segment_id)

    def change(self, merchant_id: str, segment_id: str, name: str, checked: Any, now: datetime) -> Segment:
        """Another filter is asked of everybody anew; until then those are in it whom it knows. Raises
        NoSuchSegment."""
        for _ in range(_TRIES):
            found = self.segment(merchant_id, segment_id)
            changed = replace(found, name=name)
            if found.filter != checked:
                changed = replace(changed, filter=checked, built_at=None, build_after="")
            if changed == found:
                return found
            try:
                return self._saved(changed, now)
            except Conflict:
                continue
        raise StoreBusy("others change this segment just now")

    def remove(self, merchant_id: str, segment_id: str, now: datetime) -> None:
        """Who was in it is in it no more; their profiles stay. Raises NoSuchSegment."""
        self._remove([self.segment(merchant_id, segment_id)], now)

    def remove_all(self, merchant_id: str, now: datetime) -> None:
        """Nobody looks after them any more. Again is harmless."""
        self._remove(self._store.segments(merchant_id), now)

    def look(self, merchant_id: str, segment_id: str, now: datetime) -> Looked:
        """As it is in this moment, as far as there is time to find out. Raises NoSuchSegment."""
        self.segment(merchant_id, segment_id)
        until_s = self._seconds() + REFRESHES_FOR_S
        is_fresh = self._refresh(merchant_id, now, until_s) and self._build(merchant_id, now, until_s)
        segment = self.segment(merchant_id, segment_id)
        some = self._store.members(merchant_id, segment_id, limit=SAMPLES)
        found = {one.profile.shopper_id: one.profile for one in self._store.placed(merchant_id, some)}
        return Looked(
            segment=segment,
            count=self._store.count(merchant_id, segment_id),
            samples=[found[one] for one in some if one in found],
            is_complete=is_fresh and segment.built_at is not None,
        )

    def try_out(self, merchant_id: str, checked: Any, now: datetime) -> Looked:
        """Whom a filter would find: nothing is stored of it."""
        is_complete = self._refresh(merchant_id, now, self._seconds() + REFRESHES_FOR_S)
        until_s, count, after = self._seconds() + COUNTS_FOR_S, 0, ""
        samples: list[Profile] = []
        while True:
            page = self._store.everybody(merchant_id, after=after, limit=_PAGE)
            found = [one.profile for one in page if holds(checked, one.profile, now)[0]]
            count, samples = count + len(found), [*samples, *found][:SAMPLES]
            if len(page) < _PAGE:
                return Looked(count=count, samples=samples, is_complete=is_complete)
            after = page[-1].profile.shopper_id
            if self._seconds() > until_s:
                return Looked(count=count, samples=samples, is_complete=False)

    def _remove(self, segments: Sequence[Segment], now: datetime) -> None:
        for one in segments:
            work = RefreshSegments(one.merchant_id)
            self._store.remove(one.merchant_id, one.segment_id, Due(work, now + OVERDUE))
            self._outbox.dispatch(work)

    def _saved(self, segment: Segment, now: datetime) -> Segment:
        """The due row goes with it: should nobody take the work from its queue, the tick does."""
        work = RefreshSegments(segment.merchant_id)
        saved = self._store.save(segment, Due(work, now + OVERDUE))
        self._outbox.dispatch(work)
        return saved


def _called(merchant_id: str, once: str) -> str:
    """What the ids of segments made under this key begin with."""
    return f"{stable_id('sg', merchant_id, 'once', once)}_"


def _new_id(merchant_id: str) -> str:
    return stable_id("sg", merchant_id, token_hex(16))
