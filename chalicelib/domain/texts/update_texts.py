"""What is told of an order, by language and tone."""

from typing import Final

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.tones import tone_of
from chalicelib.domain.texts.update_sentences import UpdateTexts
from chalicelib.domain.texts.update_words_eastern import EASTERN
from chalicelib.domain.texts.update_words_romance import ROMANCE
from chalicelib.domain.texts.update_words_western import WESTERN

ALL: Final = {**WESTERN, **ROMANCE, **EASTERN}


def update_texts(language: str, tone: str | None = None) -> UpdateTexts:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in ALL else DEFAULT
    friendly, polite = ALL[code]
    return friendly if tone_of(code, tone) == "friendly" else polite
