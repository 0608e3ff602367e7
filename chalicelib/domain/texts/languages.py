"""Each language's words, by its code."""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.texts.arabic import ARABIC
from chalicelib.domain.texts.chinese import CHINESE
from chalicelib.domain.texts.english import ENGLISH
from chalicelib.domain.texts.french import FRENCH
from chalicelib.domain.texts.german import GERMAN
from chalicelib.domain.texts.hindi import HINDI
from chalicelib.domain.texts.indonesian import INDONESIAN
from chalicelib.domain.texts.kazakh import KAZAKH
from chalicelib.domain.texts.portuguese import PORTUGUESE
from chalicelib.domain.texts.romanian import ROMANIAN
from chalicelib.domain.texts.russian import RUSSIAN
from chalicelib.domain.texts.sentences import Spoken, Texts
from chalicelib.domain.texts.spanish import SPANISH
from chalicelib.domain.texts.tones import tone_of
from chalicelib.domain.texts.turkish import TURKISH
from chalicelib.domain.texts.ukrainian import UKRAINIAN

SPOKEN: Final[Mapping[str, Spoken]] = {
    "en": ENGLISH,
    "ru": RUSSIAN,
    "ro": ROMANIAN,
    "ar": ARABIC,
    "tr": TURKISH,
    "zh": CHINESE,
    "kk": KAZAKH,
    "uk": UKRAINIAN,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "fr": FRENCH,
    "de": GERMAN,
    "hi": HINDI,
    "id": INDONESIAN,
}


def texts_in(language: str, tone: str | None = None) -> Texts:
    """language: one of ours, else English. tone: as `tone_of` reads it."""
    code = language if language in SPOKEN else DEFAULT
    return SPOKEN[code].in_tone(tone_of(code, tone))
