"""Words that are one in spite of endings or a slip of the thumb."""

from collections.abc import Iterable, Iterator
from typing import Final

SAME: Final = 1.0
INFLECTED: Final = 0.9
SLIPPED: Final = 0.8
_HEAD: Final = 3  # letters by which words with other endings are found
# Letters from which a slip is one, and no other word: two exchanged, one too many or too few, one wrong, two
# of these.
_EXCHANGED_FROM: Final = 4
_MORE_OR_LESS_FROM: Final = 5
_WRONG_FROM: Final = 6
_TWO_SLIPS_FROM: Final = 9
_LAST_LATIN: Final = "\u02ff"
_VOWELS: Final = frozenset("аеиоуыэюяьіїєөәүұ")
_SHORT_ENDINGS: Final = frozenset(("s", "es", "ed", "er", "ing"))


class Vocabulary:
    """Words that are known, and which of them a written word may be."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_head: dict[str, list[str]] = {}
        for word in self._words:
            if not word.startswith("@"):
                self._by_head.setdefault(word[:_HEAD], []).append(word)
        self._shortened: dict[str, list[str]] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def like(self, word: str) -> dict[str, float]:
        """Known words, each with how surely it is meant. Slips are sought where nothing else is found."""
        found = {word: SAME} if word in self._words else {}
        for other in self._by_head.get(word[:_HEAD], ()):
            if other != word and is_inflected(word, other):
                found[other] = INFLECTED
        if not found and len(word) >= _EXCHANGED_FROM:
            found = dict.fromkeys(self._slips(word), SLIPPED)
        return found

    def _slips(self, word: str) -> Iterator[str]:
        """The index is made when the first unknown word is met."""
        if self._shortened is None:
            self._shortened = {}
            for known in self._words:
                if len(known) >= _EXCHANGED_FROM:
                    for rest in _rests(known):
                        self._shortened.setdefault(rest, []).append(known)
        near = {known for rest in _rests(word) for known in self._shortened.get(rest, ())}
        if len(word) >= _TWO_SLIPS_FROM:
            near.update(self._by_head.get(word[:_HEAD], ()))
        for known in near:
            if _is_slip(word, known):
                yield known


def _is_slip(word: str, known: str) -> bool:
    shorter = min(len(word), len(known))
    count = slips(word, known)
    if count > 1:
        return count == 2 and shorter >= _TWO_SLIPS_FROM - 1
    if len(word) != len(known):
        return shorter >= _MORE_OR_LESS_FROM - 1
    return shorter >= (_EXCHANGED_FROM if sorted(word) == sorted(known) else _WRONG_FROM)


def is_inflected(one: str, other: str) -> bool:
    """Whether they begin alike and end in what looks like endings."""
    shorter, longer = sorted((len(one), len(other)))
    shared = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    if shared == shorter == 3:
        return max(one, other, key=len)[3:] in _SHORT_ENDINGS
    if one[0] > _LAST_LATIN:  # endings are longer, and roots shorter
        cut = min(one, other, key=len)[shared:]
        is_ending = shared > 4 or not cut or cut[0] in _VOWELS
        return is_ending and shared >= 3 and shared >= 0.7 * shorter and longer - shared <= shared
    return shared >= 4 and shared >= 0.7 * shorter and longer - shared < max(shared, 3)


def slips(one: str, other: str) -> int:
    """Letters too many, too few, wrong, or exchanged with their neighbour; 3 stands for all above 2."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return min(row[-1], 3)


def _rests(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
