"""A shop's articles as they are searched: where each word stands, what it weighs, the ways to ask.

An article is a page in each of its languages. A word is known by itself, by what it stands for in its
language ("@price/en") and in any ("@price"); one that asks, by "?" and itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from chalicelib.domain.consent.words import plain
from chalicelib.domain.faq.articles import Article
from chalicelib.domain.faq.trade_words import ALL_AROUND, ASPECTS, GOES_WITHOUT, TURNING
from chalicelib.domain.faq.words import FIRST_UNSPACED, READ, Reader, Term

ASKER: Final = 0.25  # what a word weighs that asks
_COMMON: Final = 0.6  # what a word loses that all articles have
_TURN: Final = 1.6
_ASPECT: Final = 0.7
_AROUND: Final = 0.35
_DAY: Final = 0.2
_PAIR: Final = 0.6  # two characters of a script without spaces: half of a word, or none
_KEYWORD: Final = 0.82  # a keyword is not yet a question

# What all of a way to ask is worth, what its words weigh together; each with its keys and its weight.
Way = tuple[float, float, list[tuple[tuple[str, ...], float]]]


@dataclass(slots=True)
class Page:
    """An article in one language. ways: to ask for it, each with what all of it is worth; weighed: the same,
    once it was needed."""

    article: int
    language: str
    ways: list[tuple[float, list[Term]]] = field(default_factory=list)
    weighed: list[Way] | None = None


class Pages:
    """All pages of a shop."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self.all: Final[list[Page]] = []
        self.exact: Final[dict[str, set[int]]] = defaultdict(set)  # a whole way to ask: its articles
        self.where: Final[dict[str, list[int]]] = defaultdict(list)  # a word: its pages
        self._concepts: dict[str, set[str]] = defaultdict(set)
        self.called: Final[dict[str, set[str]]] = defaultdict(set)  # a concept's key: its words
        self._weights: dict[str, float] = {}
        if articles:
            self._read()

    def _read(self) -> None:
        """All pages, and which words are on which."""
        where, called = self.where, set[Term]()
        for place, share, found in self._pieces():
            self.all[place].ways.append((share, found))
            for term in found:
                text, kind, concept, _ = term
                where[text if kind == "content" else f"?{text}"].append(place)
                if concept and term not in called:
                    called.add(term)
                    self._call(term)

    def _call(self, term: Term) -> None:
        for key in term.concept_keys:
            self._concepts[term.text].add(key)
            self.called[key].add(term.text)

    def concepts(self, word: str) -> Iterator[str]:
        """The keys of what a word stands for."""
        yield from self._concepts.get(word, ())

    def having(self, key: str) -> Sequence[int]:
        """The pages that a word is on, or any word for a concept."""
        if key not in self.where and key in self.called:
            language = key.partition("/")[2]
            pages = {place for word in self.called[key] for place in self.where[word]}
            self.where[key] = [one for one in pages if language in ("", self.all[one].language)]
        return self.where.get(key, ())

    def weight(self, key: str) -> float:
        """The more articles have it, the less it says."""
        known = self._weights.get(key)
        if known is None:
            having = len({self.all[place].article for place in self.having(key)})
            spread = log(having) / log(len(self._articles) + 2)
            known = factor(key, self.concept(key)) * (1 - _COMMON * spread)
            self._weights[key] = known
        return known

    def concept(self, key: str) -> str:
        """What a word, or a concept's key, stands for."""
        named = key if key[0] == "@" else next(iter(self._concepts.get(key, ())), "")
        return named[1:].partition("/")[0]

    def ways(self, page: Page) -> list[Way]:
        if page.weighed is None:
            page.weighed = []
            for share, found in page.ways:
                said = {term.concept for term in found}
                keys = [
                    (term.keys, ASKER if term.kind == "asker" else self.weight(term.keys[0]))
                    for term in found
                    if GOES_WITHOUT.get(term.concept) not in said
                ]
                whole = sum(weight for _, weight in keys)
                if whole > ASKER:
                    page.weighed.append((share, whole, keys))
        return page.weighed

    def _pieces(self) -> Iterator[tuple[int, float, list[Term]]]:
        """Every way to ask, with its page and what it is worth, without words that say nothing."""
        ways = list(self._ways())
        readers = {page.language: Reader(page.language, remembers=True) for page in self.all}
        # All folded at once; @ outlives folding.
        folded = plain(" @ ".join(way[:READ].replace("@", " ") for _, _, way in ways)).split("@")
        for (page, share, _), words in zip(ways, folded, strict=True):
            self.exact[words.strip()].add(self.all[page].article)
            found = readers[self.all[page].language].terms(words)
            yield page, share, [term for term in found if term.kind != "filler"]

    def _ways(self) -> Iterator[tuple[int, float, str]]:
        for place, article in enumerate(self._articles):
            for language, text in article.texts.items():
                page = len(self.all)
                self.all.append(Page(place, language))
                yield from ((page, 1.0, way) for way in (text.question, *text.also))
                yield from ((page, _KEYWORD, way) for way in text.keywords)


def names_a_thing(word: str) -> bool:
    """A number, a size: who names one asks about that thing."""
    return (len(word) <= 1 and word < FIRST_UNSPACED) or word.isdigit() or word in _SIZES


def factor(key: str, concept: str) -> float:
    """What else makes a word weigh more or less."""
    if concept in TURNING:
        return _TURN
    if concept in ("day", "today"):
        return _DAY
    if concept in ASPECTS:
        return _AROUND if concept in ALL_AROUND else _ASPECT
    return _PAIR if len(key) <= 2 and key > FIRST_UNSPACED else 1.0


_SIZES: Final = frozenset(("xs", "xl", "xxl", "xxs"))
