"""The texts around consent: told once after STOP and START, and the question with its two buttons.

language: one of ours, else English. tone: "friendly" or "polite", else what is usual in the language.
shop_name: '' says "us".
"""

from typing import Final

from chalicelib.domain.consent.sentences import CONSENT_TEXTS, ConsentTexts, Sentences
from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.letters import letter_starts
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.tones import tone_of

LONGEST_NAME: Final = 100


def stopped_text(language: str, tone: str | None, shop_name: str) -> str:
    """Told once after STOP: that nothing more comes from the shop, and the word that starts again."""
    return _filled(language, _sentences(language, tone).stopped, shop_name)


def started_text(language: str, tone: str | None, shop_name: str) -> str:
    """Told once after START: what comes from the shop, and the word that stops it."""
    return _filled(language, _sentences(language, tone).started, shop_name)


def question_text(language: str, tone: str | None, shop_name: str) -> str:
    """What a yes would bring, from which shop, and the word that stops it: shown above two buttons."""
    return _filled(language, _sentences(language, tone).question, shop_name)


def question_titles(language: str) -> tuple[str, str]:
    """Of the button for yes and of the one for no, at most 20 characters each."""
    texts = _texts(language)
    return texts.yes, texts.no


def _texts(language: str) -> ConsentTexts:
    return CONSENT_TEXTS.get(language, CONSENT_TEXTS[DEFAULT])


def _sentences(language: str, tone: str | None) -> Sentences:
    texts = _texts(language)
    return texts.friendly if tone_of(language, tone) == "friendly" and texts.friendly else texts.polite


def _filled(language: str, sentence: str, shop_name: str) -> str:
    texts = _texts(language)
    shop = apart(_shown(shop_name), language)
    who = texts.them.format(shop=shop) if shop else texts.us
    return sentence.format(who=who, stop=texts.stop, start=texts.start)


def _shown(shop_name: str) -> str:
    """The name on one line, without signs that turn the text around; cut between letters if far too long."""
    name = one_line(shop_name)
    if len(name) <= LONGEST_NAME:
        return name
    cut = max((place for place in letter_starts(name[: LONGEST_NAME + 1]) if place < LONGEST_NAME), default=0)
    return f"{name[:cut].rstrip()}…" if cut else ""
