"""A waiting spell: what was asked in it, what the shopper was told, and what makes it stand out.

A spell begins with the first message that nobody has answered and ends with a person's answer. It is never
closed here: what was told before the present spell began is simply of no account. So the order in which
messages and answers reach us changes nothing, and a person's answer that failed brings the old spell back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from chalicelib.domain.answering.asks import NO_ASK, Ask, ask_from_json, ask_to_json, together
from chalicelib.domain.commerce.proof import NO_DESK, Desk, desk_from_json, desk_to_json
from chalicelib.domain.ids import to_ms

# Two machines that answer each other: no more automatic answers than this in an hour.
MOST_AN_HOUR: Final = 4
# But for the talk about an order, in which each answer asks for something.
MOST_OF_ORDERS: Final = 10
_HOUR_MS: Final = 3_600_000
# What a shopper was told in a spell; an article by "faq:<id>".
PROMISE: Final = "promise"
SLIPPED: Final = "slipped"
# A person looks for their order.
ORDER_PERSON: Final = "order"

Flag = Literal["complaint", "urgent", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """ask: what the burst that is not answered yet asks for. told: what was said since `waiting_since`.
    told_ms: when the last automatic answers were sent, oldest first. flagged_ms: when a message last
    complained, said that it can't wait, asked for what a person is to answer, or where an order is. desk: how
    far they have come with that, whoever waits."""

    ask: Ask = NO_ASK
    told: tuple[str, ...] = ()
    told_ms: tuple[int, ...] = ()
    flagged_ms: Mapping[str, int] = field(default_factory=dict)
    desk: Desk = NO_DESK


NO_SPELL: Final = Spell()


def asked(spell: Spell, ask: Ask, at: datetime, *, begins: bool, is_pending: bool = False) -> Spell:
    """One more message. begins: it is answered, and what comes until then with it (is_pending)."""
    is_order = ask.kind in ("order", "return") and not ask.is_urgent
    flags = {
        "complaint": ask.kind == "complaint",
        "urgent": ask.is_urgent,
        "person": ask.needs_person and not is_order,
        "order": ask.needs_person and is_order,
    }
    flagged = {
        name: max(to_ms(at), spell.flagged_ms.get(name, 0)) for name, is_set in flags.items() if is_set
    }
    return replace(
        spell,
        ask=ask if begins else together(spell.ask, ask) if is_pending else spell.ask,
        flagged_ms={**spell.flagged_ms, **flagged},
    )


def begun(spell: Spell, since: datetime | None, *, is_new: bool) -> Spell:
    """The spell as it stands for a shopper who waits since then. Which articles they had is remembered: to
    ask for one again is to say that it did not help."""
    is_same = since is None or (bool(spell.told_ms) and spell.told_ms[-1] >= to_ms(since))
    if is_same and not is_new:
        return spell
    return replace(spell, told=tuple(one for one in spell.told if _outlives(one, is_same, is_new)))


def _outlives(told: str, is_same: bool, is_new: bool) -> bool:
    """A promise that was broken stays so, however often it is given again."""
    return (told == SLIPPED and is_same) or (told.startswith("faq:") and not is_new)


def has_more_to_say(spell: Spell, ask: Ask) -> bool:
    """Whether an answer to it would say anything that was not said in this spell."""
    match ask.kind:
        case "nothing":
            return False
        case "complaint" | "person" | "suggestion":
            return ask.kind not in spell.told
        case "order":
            return ORDER_PERSON not in spell.told
        case "return":  # said by a button, too; what has nothing more to say is decided on sending
            return True
        case "faq":
            return PROMISE not in spell.told or not _had_all(spell, ask)
        case _:
            return PROMISE not in spell.told


def _had_all(spell: Spell, ask: Ask) -> bool:
    return all(f"faq:{one}" in spell.told for one in ask.articles)


def is_looping(spell: Spell, now: datetime, ask: Ask = NO_ASK) -> bool:
    """Whether so much was answered of late that no person can be writing. ask: what is to be answered."""
    recent = [one for one in spell.told_ms if to_ms(now) - one < _HOUR_MS]
    return len(recent) >= (MOST_OF_ORDERS if ask.kind in ("order", "return") else MOST_AN_HOUR)


def told(spell: Spell, what: tuple[str, ...], at: datetime) -> Spell:
    """The spell after an automatic answer; its burst is over."""
    return replace(
        spell,
        ask=NO_ASK,
        told=tuple(dict.fromkeys((*spell.told, *what))),
        told_ms=(*spell.told_ms, to_ms(at))[-MOST_OF_ORDERS:],
    )


def untold(spell: Spell, what: tuple[str, ...]) -> Spell:
    """The spell without what never reached the shopper."""
    return replace(spell, told=tuple(one for one in spell.told if one not in what))


def owes_answer(spell: Spell, waiting_since: datetime | None, *, but_order: bool = False) -> bool:
    """Whether something was asked since then that is a person's to answer. but_order: apart from where an
    order is."""
    names = ("person",) if but_order else ("person", "order")
    asked_ms = max(spell.flagged_ms.get(name, 0) for name in names)
    return waiting_since is not None and asked_ms >= to_ms(waiting_since)


def flag_of(spell: Spell, waiting_since: datetime | None) -> Flag:
    """What puts a waiting thread on top; '' once a person has answered."""
    if waiting_since is None:
        return ""
    since = to_ms(waiting_since)
    standing = [name for name, at_ms in spell.flagged_ms.items() if at_ms >= since]
    return "complaint" if "complaint" in standing else "urgent" if "urgent" in standing else ""


def spell_to_json(spell: Spell) -> dict[str, Any]:
    """As a thread's row keeps it; {} for nothing."""
    whole = {
        "ask": ask_to_json(spell.ask),
        "told": list(spell.told),
        "told_ms": list(spell.told_ms),
        "flagged_ms": dict(spell.flagged_ms),
        "desk": desk_to_json(spell.desk),
    }
    return {name: value for name, value in whole.items() if value}


def spell_from_json(raw: Mapping[str, Any]) -> Spell:
    """Read it back."""
    return Spell(
        ask=ask_from_json(raw.get("ask", {})),
        told=tuple(raw.get("told", ())),
        told_ms=tuple(raw.get("told_ms", ())),
        flagged_ms=dict(raw.get("flagged_ms", {})),
        desk=desk_from_json(raw.get("desk", {})),
    )
