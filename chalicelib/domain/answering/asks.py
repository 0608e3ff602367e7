"""What a shopper's burst of messages asks for: each message's own call, put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from chalicelib.domain.answering.understood import Understood

# Weakest first: of two messages in one burst the stronger says what is answered.
AskKind = Literal["nothing", "greeting", "words", "suggestion", "faq", "order", "person", "complaint"]
KINDS: Final[tuple[AskKind, ...]] = (
    "nothing",
    "greeting",
    "words",
    "suggestion",
    "faq",
    "order",
    "person",
    "complaint",
)
MOST_ARTICLES: Final = 3


@dataclass(frozen=True, slots=True)
class Matches:
    """Articles of the shop's FAQ that a text may ask for: one that is sure, or up to three that may be."""

    sure: str = ""
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """articles: of the FAQ, one where it is sure. complaint: what about."""

    kind: AskKind = "nothing"
    articles: tuple[str, ...] = ()
    complaint: str = ""
    is_urgent: bool = False


NO_ASK: Final = Ask()
_DIRECT: Final[Mapping[str, AskKind]] = {
    "thanks": "nothing",
    "greeting": "greeting",
    "order": "order",
    "person": "person",
    "complaint": "complaint",
}


def ask_of(understood: Understood, matches: Matches) -> Ask:
    """One message's ask. A complaint or the wish for a person is never met with an article."""
    if understood.call in ("complaint", "person", "thanks"):
        kind = _DIRECT[understood.call]
        return Ask(kind, (), understood.complaint, understood.is_urgent)
    if matches.sure:
        return Ask("faq", (matches.sure,), "", understood.is_urgent)
    if understood.call != "words":
        return Ask(_DIRECT[understood.call], (), "", understood.is_urgent)
    if matches.maybe:
        return Ask("suggestion", matches.maybe[:MOST_ARTICLES], "", understood.is_urgent)
    return Ask("words", (), "", understood.is_urgent)


def together(one: Ask, other: Ask) -> Ask:
    """A burst's ask; in whichever order its messages came."""
    first, second = sorted((one, other), key=lambda ask: (KINDS.index(ask.kind), ask.articles))
    if first.kind == second.kind == "faq" and first.articles != second.articles:
        kind: AskKind = "suggestion"  # two questions: the shopper says which comes first
        articles = tuple(sorted({*first.articles, *second.articles}))[:MOST_ARTICLES]
    else:
        kind, articles = second.kind, second.articles
    return Ask(kind, articles, second.complaint, one.is_urgent or other.is_urgent)


def ask_to_json(ask: Ask) -> dict[str, Any]:
    """As a thread's row keeps it; {} for nothing."""
    whole = {
        "kind": "" if ask.kind == "nothing" else ask.kind,
        "articles": list(ask.articles),
        "complaint": ask.complaint,
        "urgent": ask.is_urgent,
    }
    return {name: value for name, value in whole.items() if value}


def ask_from_json(raw: Mapping[str, Any]) -> Ask:
    """Read it back."""
    return Ask(
        raw.get("kind", "nothing"),
        tuple(raw.get("articles", ())),
        raw.get("complaint", ""),
        bool(raw.get("urgent")),
    )
