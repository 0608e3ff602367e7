"""What the FAQ's page shows to one reader: in which language, and which articles a search finds."""

from collections.abc import Collection
from typing import Final

from chalicelib.domain.consent.words import plain
from chalicelib.domain.faq.articles import Article
from chalicelib.domain.faq.matching import Faq
from chalicelib.domain.languages import DEFAULT, LANGUAGES, accepted, from_hint

MOST_SEARCHED: Final = 200  # characters
_NEAR: Final = 0.4  # of a score: a search may show more than an answer may


def languages_of(faq: Faq) -> list[str]:
    """Those that any article is written in, in our order."""
    written = {code for article in faq.articles.values() for code in article.texts}
    return [code for code in LANGUAGES if code in written]


def language_for(asked: str, accepts: str, written: Collection[str]) -> str:
    """The one asked for, else the best that the browser accepts, else English, else the first.

    accepts: the header Accept-Language. Source: www.rfc-editor.org/rfc/rfc9110#name-accept-language
    """
    wanted = [from_hint(asked[:20]), *accepted(accepts), DEFAULT]
    return next((code for code in wanted if code in written), next(iter(written), DEFAULT))


def searched(faq: Faq, text: str, language: str) -> list[Article]:
    """What fits best comes first; then whatever holds all of the words."""
    folded = plain(text[:MOST_SEARCHED])
    if not folded:
        return list(faq.articles.values())
    found = [article_id for score, article_id in faq.scores(text[:MOST_SEARCHED], language) if score >= _NEAR]
    matches = faq.find(text[:MOST_SEARCHED], language)
    ids = dict.fromkeys(filter(None, (matches.sure, *matches.maybe, *found)))
    words = folded.split()
    for article_id, article in faq.articles.items():
        if article_id not in ids and _holds(article, words):
            ids[article_id] = None
    return [faq.articles[article_id] for article_id in ids]


def _holds(article: Article, words: Collection[str]) -> bool:
    for text in article.texts.values():
        held = plain(" ".join((text.question, text.answer, *text.keywords, *text.also)))
        if all(word in held for word in words):
            return True
    return False
