"""What a shopper's message calls for, from its words alone: no service, no model, no network.

Strict: a complaint, an order or the wish for a person is only what words surely say, and a message that
nobody need answer is one in which every word is a courtesy. All else is `words`, which a person of the shop
reads.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from chalicelib.domain.answering import rules
from chalicelib.domain.answering.courtesies import courtesy_of, covered
from chalicelib.domain.answering.lexicon import Found, find, places_of, width, words_of
from chalicelib.domain.answering.orders import call_about
from chalicelib.domain.answering.understood import Understood

_READ: Final = 600  # letters: who writes more tells a story, and a person should read it
_LINK: Final = re.compile(r"\S*://\S*|\bwww\.\S*", re.IGNORECASE)
_QUESTION: Final = re.compile("[?\uff1f\u061f\u00bf]")
_NUMBER: Final = re.compile(r"(?:#|№|\bn°|\bno\.?)\s*\w*\d{3,}\w*", re.IGNORECASE)
_LONG_NUMBER: Final = re.compile(r"[a-z]{0,4}\d{4,}", re.IGNORECASE)
_MOST_FOR_PERSON: Final = 7
_PERSON: Final[Mapping[str, int]] = {
    "person_alone": 5,
    "talk": 2,
    "human": 1,
    "hello": 3,
    "thanks": 3,
    "nod": 2,
    "want": 4,
}


def understand(text: str) -> Understood:
    """Of a text in whatever language; the same for the same words, however capitalised or pointed."""
    read = _LINK.sub(" ", text[:_READ])
    words = words_of(read)
    found = find(words)
    courtesy = courtesy_of(read, words, found)
    if courtesy and len(text) <= _READ and not _LINK.search(text):
        return Understood(courtesy)
    said = rules.meant([*found, *_signs(read, words)])
    _mark_questions(said, read, sum(map(width, words)))
    call, complaint = rules.call_of(said)
    if call in ("words", "order") and _is_person(words, found):
        call = "person"
    call = call_about(text, call)
    return Understood(call, complaint or "", "urgent" in said and "no_rush" not in said)


def _signs(text: str, words: Sequence[str]) -> list[Found]:
    """What is no word: an order's number, by the place where it stands."""
    is_number = str.isdigit if _NUMBER.search(text) else _LONG_NUMBER.fullmatch
    return [
        Found("number", place, place + 1)
        for place, word in zip(places_of(words), words, strict=True)
        if is_number(word)
    ]


def _mark_questions(said: dict[str, list[Found]], text: str, end: int) -> None:
    """`question`: of no order of theirs, nor why. `asked`: with its sign, by one who only wonders."""
    has_sign = _QUESTION.search(text) is not None
    begins = any(one.start == 0 and one.end > 1 for one in said.get("asking", ()))
    begins = begins and "not_as_ordered" not in said  # "it's not what I ordered" tells
    here = [Found("question", 0, 0)]
    if (has_sign or begins) and "parcel" not in said and "why" not in said:
        said["question"] = here
    # What asks at the end of a Turkish message is "my" in a Spanish one.
    mine = {one.start for one in said.get("mine", ()) if one.end < end}
    wonders = any(one.start not in mine for one in said.get("asking", ()))
    if has_sign and wonders and "why" not in said:
        said["asked"] = here


def _is_person(words: Sequence[str], found: Sequence[Found]) -> bool:
    """A short message that says whom they want, and nothing else."""
    if len(words) > _MOST_FOR_PERSON:
        return False
    return "person_alone" in covered(words, found, _PERSON)
