"""The one thing that is said to a burst of messages, and why."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.spells import PROMISE, Spell

# All but silence tell when a person answers; faq does where one is to.
DecisionKind = Literal[
    "greeting", "out_of_hours", "faq", "suggestion", "person", "complaint", "still_on_it", "silence"
]


@dataclass(frozen=True, slots=True)
class Decision:
    """articles: whose answer is told, or which are offered. tells: what the spell was told with it. settles:
    the shopper has their answer, and waits for nobody."""

    kind: DecisionKind
    articles: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    settles: bool = False
    is_urgent: bool = False


SILENCE = Decision("silence")


def decide(ask: Ask, spell: Spell, *, is_out_of_hours: bool, is_owed: bool) -> Decision:
    """Of all that may be said, the one that the shopper needs most.

    ask: of the whole burst. is_owed: since they wait, something was asked that a person is to answer. Who
    asks again for an article that they have had is told when a person answers.
    """
    match ask.kind:
        case "complaint":
            return Decision("complaint", (), ("complaint", PROMISE), is_urgent=ask.is_urgent)
        case "person":
            return Decision("person", (), ("person", PROMISE), is_urgent=ask.is_urgent)
        case "faq" if (article := _new(ask, spell)) is not None:
            tells = (f"faq:{article}", PROMISE) if ask.needs_person else (f"faq:{article}",)
            return Decision("faq", (article,), tells, settles=not is_owed)
        case "suggestion" if "suggestion" not in spell.told:
            return Decision("suggestion", ask.articles, ("suggestion", PROMISE))
        case "nothing":
            return SILENCE
    if PROMISE in spell.told:
        return SILENCE
    kind: DecisionKind = "out_of_hours" if is_out_of_hours else "greeting"
    return Decision(kind, (), (PROMISE,), is_urgent=ask.is_urgent)


def _new(ask: Ask, spell: Spell) -> str | None:
    return next((one for one in ask.articles if f"faq:{one}" not in spell.told), None)
