"""A text as the words that are compared: which of them carry it, and what shoppers of all shops call so.

Pure and bounded: no more than the first letters of a text are read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from chalicelib.domain.answering.keyboards import KAZAKH, Folding
from chalicelib.domain.faq import small_words, trade_words

Kind = Literal["filler", "asker", "content"]

READ: Final = 600  # characters
MOST_WORDS: Final = 60
FIRST_UNSPACED: Final = "\u3040"  # from here on: scripts that need no spaces
# Grown together with the Arabic word after them: the, and, with, for, so, as.
# Only what leaves a word of three letters.
_ARABIC_PREFIXES: Final = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
_ARABIC: Final = ("\u0620", "\u06ff")
_LONGEST_HAN: Final = 5
_HEAD: Final = 2  # letters that every stem has
# "L'emballage" is folded to one word.
_ELIDED: Final = frozenset("ldjmtsn")
_VOWELS: Final = frozenset("aeiouh")
_LONGER: Final = 5


class Term(NamedTuple):
    """A word, or two characters of a script without spaces. concept: what shoppers of all shops call so, in
    these languages."""

    text: str
    kind: Kind
    concept: str = ""
    languages: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Under what it is known: as a word, as what it stands for in a language, and in any."""
        if self.kind == "asker":
            return (f"?{self.text}",)
        return (self.text, *self.concept_keys)

    @property
    def concept_keys(self) -> tuple[str, ...]:
        if not self.concept or self.kind == "asker":
            return ()
        return (*(f"@{self.concept}/{one}" for one in self.languages), f"@{self.concept}")


# A concept, and the languages that call it so.
_Called = tuple[str, tuple[str, ...]]
_NOTHING: Final[_Called] = ("", ())


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """whole, stems, joined, han: a word's concept. small: by language, its fillers and its askers."""

    whole: dict[str, _Called]
    stems: dict[str, list[tuple[str, _Called]]]
    joined: dict[str, _Called]
    first_joined: set[str]
    han: dict[str, _Called]
    small: dict[str, tuple[frozenset[str], frozenset[str]]]
    all_small: tuple[frozenset[str], frozenset[str]]


class _Known(dict[str, tuple[Term, ...]]):
    """Words that were read before."""

    def __init__(self, read: Callable[[str], tuple[Term, ...]]) -> None:
        self._read = read

    def __missing__(self, word: str) -> tuple[Term, ...]:
        known = self[word] = self._read(word)
        return known


class Reader:
    """Reads folded texts word by word. language: whose small words count; '' for those of all.

    remembers: what each word is, for many texts of one shop; a shopper's words are not kept.
    """

    def __init__(self, language: str = "", remembers: bool = False) -> None:
        self._lexicon = _lexicon()
        self._language = language
        self._fillers, self._askers = self._lexicon.small.get(language, self._lexicon.all_small)
        self._of: Callable[[str], tuple[Term, ...]] = (
            _Known(self._read).__getitem__ if remembers else self._read
        )

    def terms(self, folded: str) -> list[Term]:
        """What `plain` has folded, each word once, without those that say nothing."""
        words = folded.translate(KAZAKH).split()[:MOST_WORDS]
        of = self._of
        found = {term.text: term for word in words for term in of(word)}
        if len(words) > 1 and not self._lexicon.first_joined.isdisjoint(words):
            self._join(words, found)
            self._join([word for word in words if word not in self._fillers], found)
        return list(found.values())

    def _join(self, words: list[str], found: dict[str, Term]) -> None:
        """Words that mean something beside each other take the place of those that mean nothing alone."""
        for size in (2, 3):
            for place in range(len(words) - size + 1):
                phrase = words[place : place + size]
                called = self._lexicon.joined.get(" ".join(phrase))
                if not called:
                    continue
                for word in phrase:
                    if word in found and (size > 2 or _gives_way(found[word], called[0])):
                        del found[word]
                if all(term.concept != called[0] for term in found.values()):
                    found[f"@{called[0]}"] = self._term(f"@{called[0]}", "content", called)

    def _read(self, word: str) -> tuple[Term, ...]:
        if max(word) >= FIRST_UNSPACED:
            return tuple(self._unspaced(word))
        if word in self._askers:
            return (Term(word, "asker"),)
        bare = without_prefix(word)
        called = _called(bare, self._lexicon)
        if called is _NOTHING and bare != word:
            called = _called(word, self._lexicon)
        if called is _NOTHING and word[0] in _ELIDED and word[1:2] in _VOWELS and len(word) > _LONGER:
            called = _called(word[1:], self._lexicon)
        is_small = word in self._fillers or bare in self._fillers
        return (self._term(bare, "filler" if is_small else "content", called),)

    def _term(self, text: str, kind: Kind, called: _Called) -> Term:
        concept, languages = called
        return Term(text, kind, concept, (self._language,) if self._language else languages)

    def _unspaced(self, word: str) -> Iterator[Term]:
        """What is known of all shops, and every two neighbours of what lies between."""
        place, run = 0, ""
        while place < len(word):
            known = self._known_at(word, place)
            if not known:
                run += word[place]
                place += 1
                continue
            yield from _pairs(run)
            run = ""
            piece = word[place : place + known]
            kind: Kind = (
                "filler" if piece in self._fillers else "asker" if piece in self._askers else "content"
            )
            yield self._term(piece, kind, self._lexicon.han.get(piece, _NOTHING))
            place += known
        yield from _pairs(run)

    def _known_at(self, word: str, place: int) -> int:
        """How long the longest known piece is that begins here."""
        for size in range(min(_LONGEST_HAN, len(word) - place), 0, -1):
            piece = word[place : place + size]
            if piece in self._lexicon.han or piece in self._fillers or piece in self._askers:
                return size
        return 0


def _gives_way(term: Term, concept: str) -> bool:
    """In a phrase of a concept: "send" in "send back" speaks of no delivery."""
    return not term.concept or (concept in trade_words.TURNING and term.concept != concept)


def without_prefix(word: str) -> str:
    """An Arabic word without what is grown together with it; any other as it is."""
    if not _ARABIC[0] <= word[0] <= _ARABIC[1]:
        return word
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word


def _pairs(run: str) -> Iterator[Term]:
    if len(run) == 1:
        yield Term(run, "content")
    for one, other in pairwise(run):
        yield Term(one + other, "content")


def _called(word: str, lexicon: _Lexicon) -> _Called:
    """By the whole word, else by its longest beginning that is known."""
    whole = lexicon.whole.get(word)
    if whole:
        return whole
    for stem, called in lexicon.stems.get(word[:_HEAD], ()):
        if word.startswith(stem):
            return called
    return _NOTHING


@cache
def _lexicon() -> _Lexicon:
    """Made on first use, all words folded at once: @ outlives folding, and no word holds one."""
    entries = list(_entries())
    text = " @ ".join(word for word, _, _ in entries).translate(Folding("@"))
    folded = " ".join(text.split()).split(" @ ")
    whole: dict[str, _Called] = {}
    stems: dict[str, _Called] = {}
    for (word, concept, language), bare in zip(entries, folded, strict=True):
        among = stems if not word.startswith("=") and " " not in bare and bare < FIRST_UNSPACED else whole
        known, languages = among.get(bare, (concept, ()))
        if known == concept:
            among[bare] = (concept, (*languages, language))
    by_head: dict[str, list[tuple[str, _Called]]] = {}
    for stem in sorted(stems, key=len, reverse=True):
        by_head.setdefault(stem[:_HEAD], []).append((stem, stems[stem]))
    joined = {phrase: called for phrase, called in whole.items() if " " in phrase}
    first = {phrase.partition(" ")[0] for phrase in joined}
    han = {word: called for word, called in whole.items() if word >= FIRST_UNSPACED}
    return _Lexicon(whole, by_head, joined, first, han, *_small())


def _entries() -> Iterator[tuple[str, str, str]]:
    for language, lines in trade_words.WORDS:
        for line in lines.splitlines():
            concept, _, words = line.strip().partition(": ")
            for word in words.split():
                yield word.replace("_", " "), concept, language


def _small() -> tuple[
    dict[str, tuple[frozenset[str], frozenset[str]]], tuple[frozenset[str], frozenset[str]]
]:
    fillers = {code: small_words.folded(words) for code, words in small_words.FILLERS.items()}
    askers = {code: small_words.folded(words) for code, words in small_words.ASKERS.items()}
    every = (frozenset().union(*fillers.values()), frozenset().union(*askers.values()))
    return {code: (fillers[code], askers[code]) for code in fillers}, every
