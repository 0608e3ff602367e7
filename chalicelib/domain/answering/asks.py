"""What a shopper's burst of messages asks for: each message's own call, put together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from chalicelib.domain.answering.understood import Understood

# Weakest first: of two messages in one burst the stronger says what is answered.
AskKind = Literal[
    "nothing", "greeting", "words", "suggestion", "faq", "order", "return", "person", "complaint"
]
KINDS: Final[tuple[AskKind, ...]] = (
    "nothing",
    "greeting",
    "words",
    "suggestion",
    "faq",
    "order",
    "return",
    "person",
    "complaint",
)
MOST_ARTICLES: Final = 3
# Of a wish to return something, whose article would be sure.
SURE: Final = "sure"


@dataclass(frozen=True, slots=True)
class Matches:
    """Articles of the shop's FAQ that a text may ask for: one that is sure, or up to three that may be."""

    sure: str = ""
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """articles: of the FAQ, one where it is sure. complaint: what about. needs_person: something in it is
    for a person to answer, whatever else is said to it. number: of the order that it names, as
    `commerce.orders.plain_number` spells it. choice: what they chose or sent for a return, as `return_talk`
    names it; SURE where they begin, and one article would do."""

    kind: AskKind = "nothing"
    articles: tuple[str, ...] = ()
    complaint: str = ""
    is_urgent: bool = False
    needs_person: bool = False
    number: str = ""
    choice: str = ""


NO_ASK: Final = Ask()
# A person is to answer: what files, places and all that has no words come to.
WORDS: Final = Ask("words", needs_person=True)
_DIRECT: Final[Mapping[str, AskKind]] = {
    "thanks": "nothing",
    "greeting": "greeting",
    "order": "order",
    "person": "person",
    "complaint": "complaint",
}


def ask_of(understood: Understood, matches: Matches) -> Ask:
    """One message's ask. A complaint or the wish for a person is never met with an article."""
    is_urgent = understood.is_urgent
    if understood.call in ("complaint", "person", "thanks"):
        needs_person = understood.call != "thanks" or is_urgent
        return Ask(_DIRECT[understood.call], (), understood.complaint, is_urgent, needs_person)
    if matches.sure:
        return Ask("faq", (matches.sure,), "", is_urgent, is_urgent)
    if understood.call != "words":
        needs_person = understood.call == "order" or is_urgent
        return Ask(_DIRECT[understood.call], (), "", is_urgent, needs_person)
    if matches.maybe:
        return Ask("suggestion", matches.maybe[:MOST_ARTICLES], "", is_urgent, is_urgent)
    return Ask("words", (), "", is_urgent, True)


def together(one: Ask, other: Ask) -> Ask:
    """A burst's ask; in whichever order its messages came."""
    first, second = sorted((one, other), key=_strength)
    kind, articles = second.kind, second.articles
    if first.kind == second.kind == "faq" and first.articles != second.articles:
        kind = "suggestion"  # two questions: the shopper says which comes first
    if first.kind in ("faq", "suggestion") and kind == "suggestion":
        articles = tuple(sorted({*first.articles, *second.articles}))[:MOST_ARTICLES]
    is_urgent, needs_person = one.is_urgent or other.is_urgent, one.needs_person or other.needs_person
    number = second.number or first.number
    choice = second.choice or first.choice
    return Ask(kind, articles, second.complaint, is_urgent, needs_person, number, choice)


def without_return(ask: Ask) -> Ask:
    """What a wish to return something is where the shop lets nobody ask for it in the chat."""
    if ask.kind != "return":
        return ask
    kind: AskKind = "words" if not ask.articles else "faq" if ask.choice == SURE else "suggestion"
    return replace(ask, kind=kind, choice="")


def ask_to_json(ask: Ask) -> dict[str, Any]:
    """As a row keeps it; {} for nothing."""
    whole = {
        "kind": "" if ask.kind == "nothing" else ask.kind,
        "articles": list(ask.articles),
        "complaint": ask.complaint,
        "urgent": ask.is_urgent,
        "person": ask.needs_person,
        "number": ask.number,
        "choice": ask.choice,
    }
    return {name: value for name, value in whole.items() if value}


def ask_from_json(raw: Mapping[str, Any]) -> Ask:
    """Read it back."""
    return Ask(
        raw.get("kind", "nothing"),
        tuple(raw.get("articles", ())),
        raw.get("complaint", ""),
        bool(raw.get("urgent")),
        bool(raw.get("person")),
        raw.get("number", ""),
        raw.get("choice", ""),
    )


def _strength(ask: Ask) -> tuple[int, tuple[str, ...], str, str, str]:
    return KINDS.index(ask.kind), ask.articles, ask.complaint, ask.number, ask.choice
