"""Which of a shop's articles a text asks for: by words, without any service.

A text is compared with all that an article says it is about. Two shares are taken: how much of the text the
article knows, and how much of one way to ask the text holds; words weigh by how few articles have them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import Any, Final

from chalicelib.domain.answering.asks import MOST_ARTICLES, Matches
from chalicelib.domain.consent.words import plain
from chalicelib.domain.faq.alike import INFLECTED, Vocabulary
from chalicelib.domain.faq.articles import Article, articles_from
from chalicelib.domain.faq.pages import ASKER, Page, Pages, Way, factor, names_a_thing
from chalicelib.domain.faq.small_words import ASKING, folded
from chalicelib.domain.faq.trade_words import APART, ASKED_ALONE, ASPECTS, COUNTED, KIND_OF
from chalicelib.domain.faq.words import FIRST_UNSPACED, READ, Reader, Term

SURE: Final = 0.57
MAYBE: Final = 0.55
PERHAPS: Final = 0.4  # by whoever asks
_OFFERED: Final = 0.56
# To be sure: the lead over the second best, and the lead and the score together.
_AHEAD: Final = 0.08
_ALONE: Final = 0.8
_BRIEF: Final = 6  # words; who writes more and asks nothing tells something
_NEARLY: Final = 0.8  # of the best, to be offered beside it

_UNKNOWN: Final = 0.65
_UNWRITTEN: Final = 0.8  # of its weight, what all shops know and this one says nothing about
_STORY: Final = 0.5  # the power to which unknown words count
_TEXT_COUNTS: Final = 0.6  # against the way to ask
_CONCEPT: Final = 0.85  # another word for the same thing
_KIND: Final = 0.9  # a kind of it
_FOREIGN: Final = 0.75  # the word of another language for it
_PLACE: Final = "place_name"
_ALL: Final = 0.87  # of a way to ask, where nothing but aspects is known
_OTHER_LANGUAGE: Final = 0.97
_LOOKED_AT: Final = 24
_QUESTION: Final = re.compile("[?\uff1f\u061f]")
_ASKING: Final = folded(ASKING)
_ASKING_UNSPACED: Final = tuple(sorted(word for word in _ASKING if word >= FIRST_UNSPACED))

# A text's words: each one's weight, and the keys of pages that it stands for with how surely it is meant.
_Weighed = list[tuple[float, dict[str, float]]]
NO_MATCHES: Final = Matches()


class Faq:
    """A shop's articles, made ready for `find`. Nothing in it changes."""

    def __init__(self, articles: Sequence[Article] = ()) -> None:
        self.articles: Final[Mapping[str, Article]] = {one.article_id: one for one in articles}
        self._ids = list(self.articles)
        self._pages = Pages(articles)
        self._words = Vocabulary(self._pages.where)

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, text: str, language: str = "") -> Matches:
        """The article that is asked for, or those that may be. language: the shopper's, where it is known."""
        folded = plain(text[:READ]) if self._ids else ""
        if not folded:
            return NO_MATCHES
        exact = self._pages.exact.get(folded, ())
        if len(exact) == 1:
            return Matches(sure=self._ids[next(iter(exact))])
        terms = Reader().terms(folded)
        asks = _asks(text, folded)
        if asks:
            terms = self._placed(terms)
        ranked = self._ranked(terms, language, asks)
        least = PERHAPS if asks and self._is_written_about(terms) else MAYBE
        return _told(ranked, least, asks or len(terms) <= _BRIEF)

    def scores(self, text: str, language: str = "") -> list[tuple[float, str]]:
        """How well each article fits that fits at all, best first, from 0 to 1: to search among all."""
        folded = plain(text[:READ])
        return self._ranked(Reader().terms(folded), language, _asks(text, folded))

    def _is_written_about(self, terms: Collection[Term]) -> bool:
        """Whether it names no single thing, and nothing known in all shops of which this one says nothing."""
        named = {term.concept for term in terms} - {"", "wrong"}
        if named.isdisjoint(COUNTED) and any(
            names_a_thing(term.text) and term.kind == "content" for term in terms
        ):
            return False
        known = {one for one in named - ASPECTS if self._has(one)}
        return bool(known or named <= ASPECTS) and (_PLACE not in named or _PLACE in known)

    def _has(self, concept: str) -> bool:
        return any(f"@{one}" in self._pages.called for one in (concept, *KIND_OF.get(concept, ())))

    def _placed(self, terms: list[Term]) -> list[Term]:
        """A word that is known nowhere, and beside which nothing but delivery is named, is likely a place."""
        named = {term.concept for term in terms if term.kind != "filler"} - {""}
        if named != {"delivery"} or any(term.kind == "asker" for term in terms):
            return terms
        strange = [one for one in terms if one.kind == "content" and not one.concept and not self._meant(one)]
        if len(strange) != 1:
            return terms
        return [one._replace(concept=_PLACE) if one is strange[0] else one for one in terms]

    def _ranked(self, terms: Collection[Term], language: str, asks: bool) -> list[tuple[float, str]]:
        spoken = {code for term in terms for code in term.languages}
        weighed = self._weighed(terms)
        meant: dict[str, float] = {}
        for _, keys in weighed:
            for key, surely in keys.items():
                meant[key] = max(surely, meant.get(key, 0.0))
        asks = asks or any(key[0] == "?" for key in meant)
        best: dict[int, float] = {}
        for page, known, is_topical in self._known(weighed, ASPECTS - ASKED_ALONE if asks else ASPECTS):
            asked = _asked(self._pages.ways(page), meant, 0.0 if is_topical else _ALL)
            score = known**_TEXT_COUNTS * asked ** (1 - _TEXT_COUNTS)
            if page.language != language:
                score *= _OTHER_LANGUAGE
            if score:
                best[page.article] = max(score, best.get(page.article, 0.0))
        ranked = [(self._spoken(score, one, spoken), self._ids[one]) for one, score in best.items()]
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

    def _spoken(self, score: float, article: int, spoken: Collection[str]) -> float:
        """What is not written in a language of the text may be offered, and is never sure."""
        if spoken and self.articles[self._ids[article]].texts.keys().isdisjoint(spoken):
            return min(score, _OFFERED)
        return score

    def _weighed(self, found: Iterable[Term]) -> _Weighed:
        """Small words count as such unless an article is about them. Many unknown words are a story around
        the question: each further one weighs less."""
        weighed: _Weighed = []
        strange = 0
        for term in found:
            keys = self._meant(term)
            if term.kind == "asker":
                weighed.append((ASKER, {f"?{term.text}": 1.0} | keys))
            elif keys:
                weighed.append((max(map(self._pages.weight, keys)), keys))
            elif term.kind == "filler":
                continue
            elif term.concept or names_a_thing(term.text):
                weighed.append((_UNWRITTEN * factor(term.text, term.concept), keys))
            else:
                strange += 1
        if strange:
            weighed.append((_UNKNOWN * strange**_STORY, {}))
        return weighed

    def _meant(self, term: Term) -> dict[str, float]:
        """Keys of pages that a written word may stand for."""
        keys = dict(self._words.like(term.text)) if term.kind == "content" else {}
        if term.concept:
            same = {term.concept} if term.concept in APART else {term.concept, ""}
            keys = {key: surely for key, surely in keys.items() if self._pages.concept(key) in same}
        # A word with which one begins on which a question turns is another.
        for key in [key for key, surely in keys.items() if surely == INFLECTED and key.startswith(term.text)]:
            if self._pages.concept(key) in APART - {term.concept}:
                del keys[key]
        if term.text in self._pages.where:
            keys[term.text] = 1.0
        concepts = dict.fromkeys(term.concept_keys, 1.0)
        for wider in KIND_OF.get(term.concept, ()):
            concepts |= dict.fromkeys(term._replace(concept=wider).concept_keys, _KIND)
        for word, surely in keys.items():
            for key in self._pages.concepts(word):
                concepts[key] = max(surely, concepts.get(key, 0.0))
        for key, surely in concepts.items():
            if key in self._pages.called:
                keys[key] = surely * (_CONCEPT if "/" in key else _FOREIGN)
        return keys

    def _known(self, weighed: _Weighed, aspects: Collection[str]) -> Iterator[tuple[Page, float, bool]]:
        """The pages that know most of a text, each with the share of the text that it knows, and whether that
        is more than aspects."""
        shares: dict[int, float] = defaultdict(float)
        content: set[int] = set()
        topical: set[int] = set()
        for weight, keys in weighed:
            mine: dict[int, float] = {}
            for key, surely in keys.items():
                for page in self._pages.having(key):
                    mine[page] = max(surely, mine.get(page, 0.0))
            for page, surely in mine.items():
                shares[page] += weight * surely
            if any(key[0] == "?" for key in keys):
                continue
            content.update(mine)
            for key in keys:
                if self._pages.concept(key) not in aspects:
                    topical.update(self._pages.having(key))
        whole = sum(weight for weight, _ in weighed)
        for page in nlargest(_LOOKED_AT, content, key=lambda one: (shares[one], -one)):
            yield self._pages.all[page], min(1.0, shares[page] / whole), page in topical


def _told(ranked: Sequence[tuple[float, str]], least: float, may_be_sure: bool) -> Matches:
    """least: of a score, to be offered."""
    if not ranked or ranked[0][0] < least:
        return NO_MATCHES
    best = ranked[0][0]
    lead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    if may_be_sure and best >= SURE and lead >= _AHEAD and best + lead >= _ALONE:
        return Matches(sure=ranked[0][1])
    near = [article_id for score, article_id in ranked if score >= max(least, _NEARLY * best)]
    return Matches(maybe=tuple(near[:MOST_ARTICLES]))


def _asks(text: str, folded: str) -> bool:
    """With its sign or in words; in Chinese wherever they stand."""
    if _QUESTION.search(text[:READ]) or not _ASKING.isdisjoint(folded.split()):
        return True
    return max(folded) >= FIRST_UNSPACED and any(word in folded for word in _ASKING_UNSPACED)


def faq_from(rows: Iterable[Mapping[str, Any]]) -> Faq:
    """From a flat list of articles, as `articles_from` reads it."""
    return Faq(articles_from(rows))


def _asked(ways: Iterable[Way], meant: Mapping[str, float], least: float) -> float:
    """How much of one way to ask a text holds: of the best. Less than `least` is nothing."""
    best = 0.0
    for share, whole, keys in ways:
        held = sum(weight * max(meant.get(key, 0.0) for key in names) for names, weight in keys) / whole
        if held >= least:
            best = max(best, share * held)
    return best
