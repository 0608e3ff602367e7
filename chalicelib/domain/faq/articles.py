"""What a merchant has written down: a question and its answer, in as many languages as they like."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from chalicelib.domain.languages import DEFAULT, LANGUAGES

MOST_ARTICLES: Final = 200
_COMMAS: Final = re.compile("[,\uff0c\u3001\u060c]")
ARTICLE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article in one language. keywords: single words or short phrases that point to it; also: other ways
    to ask the same."""

    question: str
    answer: str
    keywords: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """texts: by language; one at least. public_url: where the API was reached when it was saved."""

    article_id: str
    texts: Mapping[str, ArticleText] = field(default_factory=dict)
    public_url: str = ""

    def language(self, wanted: str) -> str:
        """The language in which who reads `wanted` is shown it: theirs, else English, else its first."""
        if wanted in self.texts:
            return wanted
        return DEFAULT if DEFAULT in self.texts else next(iter(self.texts))

    def text(self, wanted: str) -> ArticleText:
        """What is shown to somebody who reads `wanted`."""
        return self.texts[self.language(wanted)]


def article_to_json(article: Article) -> dict[str, Any]:
    """The texts, in the order of our languages, without what is empty."""
    return {
        code: {name: value for name, value in asdict(article.texts[code]).items() if value}
        for code in LANGUAGES
        if code in article.texts
    }


def article_from_json(article_id: str, texts: Mapping[str, Any], public_url: str = "") -> Article:
    """Read it back. A language or a field that this version does not know was written by a newer one."""
    return Article(
        article_id,
        {
            code: ArticleText(
                str(texts[code].get("question", "")),
                str(texts[code].get("answer", "")),
                tuple(texts[code].get("keywords", ())),
                tuple(texts[code].get("also", ())),
            )
            for code in LANGUAGES
            if code in texts
        },
        public_url,
    )


def articles_from(rows: Iterable[Mapping[str, Any]]) -> Sequence[Article]:
    """From a flat list: {"id", "language", "question", "answer", "keywords", "also"}; rows of one id are one
    article in several languages. keywords: a list, or a text with commas."""
    texts: dict[str, dict[str, ArticleText]] = {}
    for row in rows:
        text = ArticleText(
            row["question"], row.get("answer", ""), _listed(row.get("keywords")), _listed(row.get("also"))
        )
        texts.setdefault(row["id"], {})[row["language"]] = text
    return [Article(article_id, by_language) for article_id, by_language in texts.items()]


def faq_url(public_url: str, merchant_id: str, article_id: str = "", language: str = "") -> str:
    """Where an article stands on the merchant's page; '' where it is not known how we are reached."""
    if not public_url:
        return ""
    asked = f"?lang={language}" if language else ""
    return f"{public_url}/faq/{merchant_id}{asked}" + (f"#{article_id}" if article_id else "")


def _listed(value: Any) -> tuple[str, ...]:
    parts = _COMMAS.split(value) if isinstance(value, str) else value or ()
    return tuple(part.strip() for part in parts if part.strip())
