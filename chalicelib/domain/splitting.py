"""A text that is too long for one message, cut into several: at sentence ends, else between words."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final

from chalicelib.domain.capabilities import TextLimit
from chalicelib.domain.letters import letter_starts, one_way_stretches

# How good a place is for a cut, the best last.
_NOWHERE: Final = 0  # within a letter
_LETTER_WITHIN: Final = 1  # between letters of a stretch that has a direction of its own
_WORD_WITHIN: Final = 2
_LETTER: Final = 3
_WORD: Final = 4
_SENTENCE: Final = 5

# A full stop closes a sentence where a space follows; in Chinese and Japanese there are none.
_SENTENCE_END: Final = re.compile(
    r"""[.!?…؟۔।॥։]+["'”’»)\]]*(?=\s)|[。！？｡]+["'”’」』）】]*|\n+""",
)
_CLAUSE_END: Final = re.compile(r"[、，；：]+")
# The number of a line stays with its line.
_NUMBERING: Final = re.compile(r"^[ \t]*\d{1,3}[.)][ \t]+", re.MULTILINE)
# A part that is emptier than this is worth it only if what follows stays whole.
_LEAST: Final = 0.25


def split(text: str, limit: TextLimit, last: TextLimit | None = None) -> tuple[str, ...]:
    """Parts that fit `limit`, the last of them `last`; nothing is lost but white space at the cuts.

    What fits comes back as it is, what has no words as nothing. A letter is only cut when it alone is longer
    than a part, a stretch of other direction (a bidi isolate) only when it is.
    """
    last = last or limit
    if not text.strip():
        return ()
    return (text,) if last.fits(text) else tuple(_Cutter(text, limit, last).parts())


class _Cutter:
    def __init__(self, text: str, limit: TextLimit, last: TextLimit) -> None:
        self._text, self._limit, self._last = text, limit, last
        self._goodness = _goodness(text)
        self._sizes = [0, *accumulate(map(limit.length, text))]
        self._last_sizes = [0, *accumulate(map(last.length, text))]
        self._end = len(text.rstrip())

    def parts(self) -> list[str]:
        found = []
        start = self._after_blanks(0)
        while self._last_sizes[self._end] - self._last_sizes[start] > self._last.most:
            place = self._place(start)
            found.append(self._text[start:place].rstrip())
            start = self._after_blanks(place)
        return [*found, self._text[start : self._end]]

    def _place(self, start: int) -> int:
        furthest = self._furthest(start)
        return self._cut(start, furthest) if furthest < self._end else self._cut_before_last(start)

    def _furthest(self, start: int) -> int:
        """So much fits into a part that begins here; at least one code point, or it would never end."""
        return max(start + 1, bisect_right(self._sizes, self._sizes[start] + self._limit.most) - 1)

    def _cut(self, start: int, furthest: int) -> int:
        least = start + (furthest - start) * _LEAST
        for wanted in (_SENTENCE, _WORD):
            place = self._latest(wanted, start, furthest)
            if place is not None and (place >= least or self._next_is_whole(wanted, place)):
                return place
        for wanted in (_LETTER, _WORD_WITHIN, _LETTER_WITHIN):
            place = self._latest(wanted, start, furthest)
            if place is not None:
                return place
        return furthest

    def _next_is_whole(self, wanted: int, place: int) -> bool:
        """Whether the sentence or word after this place fits into a part of its own."""
        start = self._after_blanks(place)
        furthest = self._furthest(start)
        return furthest >= self._end or self._latest(wanted, start, furthest) is not None

    def _latest(self, wanted: int, start: int, furthest: int) -> int | None:
        places = range(furthest, start, -1)
        return next((place for place in places if self._goodness[place] >= wanted), None)

    def _cut_before_last(self, start: int) -> int:
        """The rest fits into a part, but not into the last: as much as fits is left for that."""
        first = bisect_left(self._last_sizes, self._last_sizes[self._end] - self._last.most)
        first = min(max(first, start + 1), self._end - 1)
        for wanted in range(_SENTENCE, _NOWHERE, -1):
            places = range(first, self._end)
            place = next((place for place in places if self._goodness[place] >= wanted), None)
            if place is not None:
                return place
        return first

    def _after_blanks(self, place: int) -> int:
        """White space at a cut goes, unless a mark stands on it."""
        while place < self._end and self._text[place].isspace():
            following = place + 1
            while following < self._end and self._goodness[following] == _NOWHERE:
                following += 1
            if not self._text[place:following].isspace():
                break
            place = following
        return place


def _goodness(text: str) -> list[int]:
    """Of each place from 0 to the end: how good it is for a cut before what stands there."""
    goodness = [_NOWHERE] * (len(text) + 1)
    for place in letter_starts(text):
        is_between = text[place - 1].isspace() or text[place].isspace()
        goodness[place] = _WORD if is_between else _LETTER
    for ends, means in ((_CLAUSE_END, _WORD), (_SENTENCE_END, _SENTENCE)):
        for end in ends.finditer(text):
            if goodness[end.end()]:
                goodness[end.end()] = means
    for number in _NUMBERING.finditer(text):
        for place in range(number.start() + 1, number.end() + 1):
            goodness[place] = min(goodness[place], _LETTER)
    for first, last in one_way_stretches(text):
        for place in range(first, last + 1):
            goodness[place] = _within(goodness[place])
    goodness[len(text)] = _SENTENCE
    return goodness


def _within(goodness: int) -> int:
    if goodness >= _WORD:
        return _WORD_WITHIN
    return _LETTER_WITHIN if goodness >= _LETTER else goodness
