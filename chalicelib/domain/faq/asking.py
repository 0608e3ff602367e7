"""Which texts without an article are worth counting."""

import re
from typing import Final

from chalicelib.domain.consent.words import plain
from chalicelib.domain.faq.unanswered import MOST_TEXT
from chalicelib.domain.faq.words import FIRST_UNSPACED, Reader

_QUESTION: Final = re.compile("[?\uff1f\u061f]")
_FEWEST_WORDS: Final = 2
_FEWEST_UNSPACED: Final = 3


def is_worth_counting(text: str) -> bool:
    """Whether it may be a question to the shop: short, more than a word, and it asks."""
    folded = plain(text) if len(text) <= MOST_TEXT else ""
    if not folded:
        return False
    if folded >= FIRST_UNSPACED:
        is_long = len(folded.replace(" ", "")) >= _FEWEST_UNSPACED
    else:
        is_long = len(folded.split()) >= _FEWEST_WORDS
    return is_long and (
        _QUESTION.search(text) is not None or any(term.kind == "asker" for term in Reader().terms(folded))
    )
