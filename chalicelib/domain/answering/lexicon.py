"""Finds what the words of a message mean, wherever they stand in it.

The lists of an alphabet are folded when the first message in it comes: a cold start pays for one, not all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, groupby
from typing import Final

from chalicelib.domain.answering import slips
from chalicelib.domain.answering.keyboards import KAZAKH, Folding
from chalicelib.domain.answering.words import (
    arabic_words,
    cyrillic_calls,
    cyrillic_troubles,
    dealings,
    devanagari_words,
    eastern_words,
    everyday,
    further_letters,
    latin_anger,
    latin_broken,
    latin_guards,
    latin_hellos,
    latin_money,
    latin_orders,
    latin_people,
    latin_thanks,
    latin_waiting,
    latin_wrong,
    mishaps,
    perished,
)
from chalicelib.domain.consent.words import plain

_LISTS: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "latin": (
        latin_thanks.WORDS,
        latin_hellos.WORDS,
        latin_orders.WORDS,
        latin_people.WORDS,
        latin_waiting.WORDS,
        latin_broken.WORDS,
        latin_wrong.WORDS,
        latin_money.WORDS,
        latin_anger.WORDS,
        latin_guards.WORDS,
        everyday.LATIN,
        perished.WORDS,
        dealings.WORDS,
        mishaps.WORDS,
    ),
    "cyrillic": (
        cyrillic_calls.WORDS,
        cyrillic_troubles.WORDS,
        everyday.CYRILLIC,
        further_letters.CYRILLIC,
    ),
    "arabic": (arabic_words.WORDS, everyday.ARABIC, further_letters.ARABIC),
    "devanagari": (
        devanagari_words.WORDS,
        everyday.DEVANAGARI,
        further_letters.DEVANAGARI,
    ),
    "eastern": (eastern_words.WORDS, everyday.EASTERN, further_letters.EASTERN),
}
EASTERN: Final = "\u3040"  # from here on: Japanese, Chinese and Korean, which need no spaces
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)  # helloooo
# What Arabic and Hebrew write onto a word: and, the, with, to.
_PREFIXES: Final = ("وال", "بال", "لل", "ال", "و", "ف", "ب", "ل", "ה", "ו", "ש", "ל", "ב")
_SHORTEST_REST: Final = 3
MOST_WORDS: Final = 9  # of an entry
_LETTERS_A_PLACE: Final = 2  # of a text without spaces


@dataclass(frozen=True, slots=True)
class Found:
    """Something of a list, in the places from `start` up to `end`: words, or pairs of eastern letters."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Book:
    """An alphabet's entries with what they mean; those that end open by their first word, or its stem."""

    entries: Mapping[str, tuple[str, ...]]
    open_ended: Mapping[str, Sequence[tuple[str, str]]]
    stems: Mapping[str, Sequence[tuple[str, str]]]
    stem_lengths: Sequence[int]


def words_of(text: str) -> list[str]:
    """Folded words; a run of eastern letters is one, however it is spaced."""
    words = plain(_DRAWN_OUT.sub(r"\1", text)).translate(KAZAKH).split()
    if not any(max(word) >= EASTERN for word in words):
        return words
    runs: list[str] = []
    for word in words:
        for is_eastern, letters in groupby(word, EASTERN.__le__):
            if is_eastern and runs and runs[-1][0] >= EASTERN:
                runs[-1] += "".join(letters)
            else:
                runs.append("".join(letters))
    return runs


def find(words: Sequence[str]) -> list[Found]:
    """All that the lists say to these words, in no order."""
    places = places_of(words)
    return list(chain.from_iterable(_found_at(words, index, place) for index, place in enumerate(places)))


def places_of(words: Sequence[str]) -> list[int]:
    """Where each word begins."""
    return [0, *accumulate(map(width, words))][: len(words)]


def width(word: str) -> int:
    """Of a word, in places."""
    return 1 + (len(word) // _LETTERS_A_PLACE if word[0] >= EASTERN else 0)


def _found_at(words: Sequence[str], index: int, place: int) -> Iterable[Found]:
    word = words[index]
    if word[0] >= EASTERN:
        return _found_in_run(word, place)
    lists = book(alphabet_of(word))
    for meant in _as_meant(word):
        found = _found_from((meant, *words[index + 1 : index + MOST_WORDS]), place, lists)
        if found:
            return found
    return ()


def _found_in_run(run: str, place: int) -> Iterable[Found]:
    for entry, concepts in book("eastern").entries.items():
        at = run.find(entry)
        if at >= 0:
            start = place + at // _LETTERS_A_PLACE
            end = start + max(1, len(entry) // _LETTERS_A_PLACE)
            yield from (Found(concept, start, end) for concept in concepts)


def _as_meant(word: str) -> Iterable[str]:
    """As it stands, without what is written onto it, and without a slip."""
    yield word
    if alphabet_of(word) == "arabic":
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) >= len(prefix) + _SHORTEST_REST:
                yield word[len(prefix) :]
    if word[-2:-1] == word[-1] and len(word) > _SHORTEST_REST:
        yield word[:-1]  # tardee
    meant = slips.meant(word)
    if meant:
        yield meant.translate(KAZAKH)


def _found_from(words: Sequence[str], place: int, lists: Book) -> list[Found]:
    """What begins with the first of these words."""
    ahead = ""
    found: list[Found] = []
    for count, word in enumerate(words, 1):
        ahead = f"{ahead} {word}" if ahead else word
        found += (Found(concept, place, place + count) for concept in lists.entries.get(ahead, ()))
    first = words[0]
    open_ended = list(lists.open_ended.get(first, ()))
    for length in lists.stem_lengths:
        open_ended += lists.stems.get(first[:length], ()) if length <= len(first) else ()
    for concept, entry in open_ended:
        items = entry.split()
        if _fits(words[: len(items)], items):
            found.append(Found(concept, place, place + len(items)))
    return found


def _fits(words: Sequence[str], items: Sequence[str]) -> bool:
    return len(words) == len(items) and all(
        word.startswith(item[:-1]) if item[-1] == "*" else word == item
        for word, item in zip(words, items, strict=True)
    )


def alphabet_of(word: str) -> str:
    """By its last letter: what nobody's list is written in counts as Latin."""
    char = word[-1]
    if "\u0400" <= char < "\u0530":
        return "cyrillic"
    if "\u0590" <= char < "\u0780":
        return "arabic"
    if "\u0900" <= char < "\u0980":
        return "devanagari"
    return "eastern" if char >= EASTERN else "latin"


@cache
def book(alphabet: str) -> Book:
    """Folded once for each alphabet that is met."""
    entries: dict[str, tuple[str, ...]] = {}
    open_ended: dict[str, list[tuple[str, str]]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for concept, listed in _folded(alphabet):
        whole = [entry for entry in listed if "*" not in entry]
        new: dict[str, tuple[str, ...]] = dict.fromkeys(whole, (concept,))
        for entry in entries.keys() & new.keys():
            new[entry] = (*entries[entry], concept)
        entries.update(new)
        for entry in set(listed).difference(whole):
            first = entry.partition(" ")[0]
            where = stems if first[-1] == "*" else open_ended
            where.setdefault(first.rstrip("*"), []).append((concept, entry))
    return Book(entries, open_ended, stems, sorted(set(map(len, stems))))


def _folded(alphabet: str) -> Iterable[tuple[str, list[str]]]:
    """The entries of each list, the same as `plain` makes of them."""
    folding = Folding("|*")
    for concept, text in chain.from_iterable(lists.items() for lists in _LISTS[alphabet]):
        folded = " ".join(text.translate(folding).split())
        if alphabet == "eastern":
            folded = folded.replace(" ", "").replace("|", " | ")
        yield concept, folded.split(" | ")
