"""The form of a table of decisions: a shop's articles, and messages with what is expected of each.

{"faq": [{"id", "language", "question", "answer", "keywords": [...]}, ...],
 "messages": [{"text", "language", "expected"}, ...]}

Rows of `faq` with one id are one article in several languages. `expected` is silence (nobody waits), consent
(the whole message is STOP or START), greeting, words (a person reads it), order, person, complaint, or
"faq:" and an article's id.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

WORDS: Final = "words"
CONSENT: Final = "consent"
FAQ: Final = "faq:"
LABELS: Final = ("silence", CONSENT, "greeting", WORDS, "order", "person", "complaint")


@dataclass(frozen=True, slots=True)
class Expected:
    """A message of the table. language: its code, '' where nobody knows it."""

    text: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """articles: as `faq_from` takes them."""

    articles: Sequence[Mapping[str, Any]]
    messages: Sequence[Expected]


def read(path: Path) -> Table:
    """Raises RuntimeError that says what is wrong and where."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RuntimeError(f"{path}: not a table of decisions: {error}") from error
    if not isinstance(raw, dict):
        raise RuntimeError(f"{path}: should be an object with `faq` and `messages`")
    articles = [_article(row, f"{path}: faq[{at}]") for at, row in enumerate(_list(raw, "faq", path))]
    ids = {row["id"] for row in articles}
    messages = [
        _message(row, ids, f"{path}: messages[{at}]") for at, row in enumerate(_list(raw, "messages", path))
    ]
    if not messages:
        raise RuntimeError(f"{path}: `messages` is empty: there is nothing to measure")
    return Table(articles, messages)


def _list(raw: Mapping[str, Any], name: str, path: Path) -> list[Any]:
    listed = raw.get(name, [])
    if not isinstance(listed, list):
        raise RuntimeError(f"{path}: `{name}` should be a list")
    return listed


def _text(row: Any, name: str, where: str, default: str | None = None) -> str:
    value = row.get(name, default) if isinstance(row, dict) else None
    if not isinstance(value, str) or (default is None and not value):
        raise RuntimeError(f"{where}: `{name}` should be a text")
    return value


def _article(row: Any, where: str) -> dict[str, Any]:
    article: dict[str, Any] = {name: _text(row, name, where) for name in ("id", "question", "answer")}
    keywords = row.get("keywords", [])
    if not isinstance(keywords, list) or not all(isinstance(word, str) for word in keywords):
        raise RuntimeError(f"{where}: `keywords` should be a list of texts")
    return article | {"language": _text(row, "language", where, "en"), "keywords": keywords}


def _message(row: Any, ids: set[str], where: str) -> Expected:
    label = _text(row, "expected", where)
    if label not in LABELS and label.removeprefix(FAQ) not in ids:
        known = ", ".join((*LABELS, *(FAQ + one for one in sorted(ids))))
        raise RuntimeError(f"{where}: `expected` is {label!r}, which is none of {known}")
    if label not in LABELS and not label.startswith(FAQ):
        raise RuntimeError(f"{where}: `expected` is {label!r}: an article is {FAQ + label!r}")
    return Expected(_text(row, "text", where), _text(row, "language", where, ""), label)
