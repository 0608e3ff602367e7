"""The one thing that is said to a burst of messages, and why."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.spells import ORDER_PERSON, PROMISE, Spell

# What is said of an order: how it stands; which one it is; its number, please; what proves that it is theirs;
# that nothing was found; that a person looks for it. Of a return: of which order; what of it; why; a photo;
# why not; that it is noted.
OrderSays = Literal[
    "order",
    "order_choice",
    "order_number",
    "order_proof",
    "order_not_found",
    "return_order",
    "return_line",
    "return_reason",
    "return_photo",
    "return_refused",
    "return_noted",
    "person",
]
# All but silence and those about an order tell when a person answers; faq does where one is to.
DecisionKind = Literal[
    OrderSays,
    "greeting",
    "out_of_hours",
    "faq",
    "suggestion",
    "complaint",
    "still_on_it",
    "silence",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """articles: whose answer is told, or which are offered. tells: what the spell was told with it. settles:
    the shopper has their answer, and waits for nobody. orders: which are told of, by connection and id.
    proof: how they were proven to be the shopper's. back: the id of the return that is
    noted, or why nothing goes back."""

    kind: DecisionKind
    articles: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    settles: bool = False
    is_urgent: bool = False
    orders: tuple[tuple[str, str], ...] = ()
    proof: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """What there is to say of an order. orders, proof, back: as a decision has them."""

    says: OrderSays
    orders: tuple[tuple[str, str], ...] = ()
    proof: str = ""
    back: str = ""


SILENCE = Decision("silence")


def decide(
    ask: Ask, spell: Spell, *, is_out_of_hours: bool, is_owed: bool, desk: AtDesk | None = None
) -> Decision:
    """Of all that may be said, the one that the shopper needs most. desk: None where no shop is connected,
    and a person looks for orders.

    ask: of the whole burst. is_owed: since they wait, something was asked that a person is to answer. Who
    asks again for an article that they have had is told when a person answers.
    """
    match ask.kind:
        case "complaint":
            known = desk if desk is not None and desk.says == "order" else AtDesk("person")
            return Decision(
                "complaint", (), ("complaint", PROMISE), False, ask.is_urgent, known.orders, known.proof
            )
        case "person":
            return Decision("person", (), ("person", PROMISE), is_urgent=ask.is_urgent)
        case "order" | "return" if desk is not None and desk.says != "person":
            found = desk.orders, desk.proof, desk.back
            return Decision(desk.says, (), ("found",), not is_owed, False, *found)
        case "order" | "return" if desk is not None and not {ORDER_PERSON, "person"} & set(spell.told):
            return Decision("person", (), (ORDER_PERSON, "person", PROMISE), is_urgent=ask.is_urgent)
        case "faq" if (article := _new(ask, spell)) is not None:
            and_when = (PROMISE,) if ask.needs_person else ()
            return Decision("faq", (article,), (f"faq:{article}", *and_when), settles=not is_owed)
        case "suggestion" if "suggestion" not in spell.told:
            return Decision("suggestion", ask.articles, ("suggestion", PROMISE))
        case "nothing":
            return SILENCE
    if PROMISE in spell.told:
        return SILENCE
    kind: DecisionKind = "out_of_hours" if is_out_of_hours else "greeting"
    also = (ORDER_PERSON,) if ask.kind == "order" else ()
    return Decision(kind, (), (PROMISE, *also), is_urgent=ask.is_urgent)


def _new(ask: Ask, spell: Spell) -> str | None:
    return next((one for one in ask.articles if f"faq:{one}" not in spell.told), None)
