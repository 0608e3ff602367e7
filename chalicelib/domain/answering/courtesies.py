"""Whether a message is nothing but thanks, a nod, a farewell or a hello: every word of it must be one."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal
from unicodedata import category

from chalicelib.domain.answering import emoji
from chalicelib.domain.answering.lexicon import EASTERN, Found, book, places_of, width

Courtesy = Literal["thanks", "greeting", ""]

_MOST_WORDS: Final = 14
_MOST_EMOJI: Final = 40
_QUESTION: Final = re.compile("[?\uff1f\u061f\u00bf]")
_SMILE: Final = re.compile(r"[:;=8]['-]?[)\]dDpP*]+|<3|\^_*\^|\(:|\bx+[dD]+\b|[)]+")
_FROWN: Final = re.compile(r"[:;=]['-]?[(\[/\\|]|D:|>:")
_FRIENDLY: Final = emoji.GLAD | emoji.WAVES | emoji.PARTS
# Of two that fit as well, what is meant.
_RANK: Final[Mapping[str, int]] = {
    "thanks": 6,
    "hello": 5,
    "nod": 4,
    "around": 3,
    "aside": 2,
    "for": 1,
    "for_what": 0,
    "see_you": 7,
    "until": 4,
    "weekday": 0,
}
_EACH: Final = 10  # what an entry costs, less its rank


def courtesy_of(text: str, words: Sequence[str], found: Sequence[Found]) -> Courtesy:
    """A question is no courtesy, except as a hello; nor is an upset face, nor an emoji that may be a wish."""
    if _FROWN.search(text) or not _FRIENDLY.issuperset(char for char in text if category(char) == "So"):
        return ""
    if not words:
        return _drawn(text)
    if len(words) > _MOST_WORDS:
        return ""
    said = covered(words, found, _RANK)
    if not said.isdisjoint(("aside", "for", "for_what")) and "thanks" not in said:
        return ""
    if not said.isdisjoint(("see_you", "weekday")):
        return "thanks" if _is_farewell(said) and not _QUESTION.search(text) else ""
    if "for_what" in said and not any(one.concept == "for" for one in found):
        return ""  # "help, thanks" asks for it
    if "thanks" in said or ("nod" in said and "hello" not in said):
        return "" if _QUESTION.search(text) else "thanks"
    return "greeting" if "hello" in said else ""


def _is_farewell(said: Collection[str]) -> bool:
    """ "See you on Saturday", "fine, until Saturday": a bare "until Saturday" may be what they were asked."""
    return "see_you" in said or len({"until", "nod", "thanks"}.intersection(said)) > 1


def _drawn(text: str) -> Courtesy:
    """A text without a word: emoji and smiles."""
    without = _SMILE.sub("", text)
    signs = [
        char for char in without if not char.isspace() and char not in emoji.PARTS and char not in "!.~*"
    ]
    if len(signs) > _MOST_EMOJI:
        return ""
    if any(char in emoji.WAVES for char in signs):
        return "greeting" if _FRIENDLY.issuperset(signs) else ""
    drew = bool(signs) or without != text
    return "thanks" if drew and emoji.GLAD.issuperset(signs) else ""


def covered(words: Sequence[str], found: Sequence[Found], rank: Mapping[str, int]) -> frozenset[str]:
    """The concepts of `rank` by which every word is accounted for; none where a word is left over.

    By as few entries as do, and of those by the highest ranks.
    """
    steps: dict[int, list[tuple[int, int, frozenset[str]]]] = {}
    for one in found:
        if one.concept in rank:
            steps.setdefault(one.start, []).append(
                (one.end, _EACH - rank[one.concept], frozenset((one.concept,)))
            )
    for word, place in zip(words, places_of(words), strict=True):
        if word[0] >= EASTERN:
            cost, said = _covered_run(word, rank)
            steps[place] = [(place + width(word), cost, said)] if said else []
    return _cheapest(steps, sum(map(width, words)))[1]


def _cheapest(
    steps: Mapping[int, Sequence[tuple[int, int, frozenset[str]]]], end: int
) -> tuple[int, frozenset[str]]:
    """From 0 to the end by the steps that cost least; nothing said where none lead there."""
    best: dict[int, tuple[int, frozenset[str]]] = {0: (0, frozenset())}
    for at in range(end):
        if at not in best:
            continue
        spent, said = best[at]
        for to, cost, concepts in steps.get(at, ()):
            if to not in best or spent + cost < best[to][0]:
                best[to] = (spent + cost, said | concepts)
    return best.get(end, (0, frozenset()))


def _covered_run(run: str, rank: Mapping[str, int]) -> tuple[int, frozenset[str]]:
    """The same within a run of eastern letters."""
    steps: dict[int, list[tuple[int, int, frozenset[str]]]] = {}
    for entry, concepts in book("eastern").entries.items():
        at = run.find(entry)
        while at >= 0:
            ways = (
                (at + len(entry), _EACH - rank[one], frozenset((one,))) for one in concepts if one in rank
            )
            steps.setdefault(at, []).extend(ways)
            at = run.find(entry, at + 1)
    return _cheapest(steps, len(run))
