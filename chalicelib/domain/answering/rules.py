"""Which words must stand together for an order asked after, a person wanted or a complaint.

Strict rather than eager: what no rule is sure of is left to a person of the shop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.answering.lexicon import Found
from chalicelib.domain.answering.understood import Call, Complaint

_ANYWHERE: Final = 99


@dataclass(frozen=True, slots=True)
class Rule:
    """needs: all of these, the first two no more than `within` words apart. unless: any of these."""

    needs: tuple[str, ...]
    within: int = _ANYWHERE
    unless: tuple[str, ...] = ()


_NO_CASE: Final = ("if", "own_fault", "question")
_NO_HARM: Final = ("if", "question", "not_this", "mend")

COMPLAINTS: Final[tuple[tuple[Complaint, Rule], ...]] = (
    ("payment", Rule(("payment",), unless=("if", "asked"))),
    ("refund", Rule(("refund",), unless=("if", "asked", "own_fault"))),
    ("wrong", Rule(("not_as_ordered",), unless=_NO_CASE)),
    ("wrong", Rule(("wrong", "you_sent"), 5, _NO_CASE)),
    ("wrong", Rule(("bought", "you_sent", "variant"), 6, (*_NO_CASE, "pleased", "offer"))),
    ("wrong", Rule(("bought", "contrast"), 6, (*_NO_CASE, "pleased", "asking"))),
    ("wrong", Rule(("picture", "differs"), 4, (*_NO_CASE, "asking"))),
    ("damaged", Rule(("harm",), unless=("if", "question", "not_this"))),
    ("damaged", Rule(("fails",), unless=("if", "question", "mend"))),
    ("damaged", Rule(("broke",), unless=_NO_HARM)),
    ("damaged", Rule(("damaged", "came"), 6, _NO_HARM)),
    ("damaged", Rule(("damaged", "parcel"), 5, (*_NO_HARM, "asking"))),
    ("damaged", Rule(("damaged", "goods"), 3, (*_NO_HARM, "asking"))),
    ("damaged", Rule(("it", "damaged"), 1, (*_NO_HARM, "asking"))),
    ("missing", Rule(("lost", "parcel"), 4, ("if", "asked"))),
    ("missing", Rule(("lacking", "things"), 5, ("if", "question", "stock"))),
    ("missing", Rule(("gone",), unless=("if", "question", "stock", "asking"))),
    ("missing", Rule(("lacking", "came"), 5, ("if", "question", "stock"))),
    ("late", Rule(("not_come",), unless=("if", "stock", "to_order"))),
    ("late", Rule(("not_got", "parcel"), 7, ("if", "stock", "to_order", "asked"))),
    ("late", Rule(("waiting", "long"), 6, ("if", "asked"))),
    ("late", Rule(("since", "weeks"), 3, ("if", "question", "asking"))),
    ("late", Rule(("long", "nothing"), 4, ("if", "asked"))),
    ("late", Rule(("late", "parcel"), 5, ("if", "asked", "to_order", "stock"))),
    ("late", Rule(("too_long",), unless=("if", "stock", "to_order"))),
    ("quality", Rule(("quality", "bad"), 4, ("if", "question"))),
    ("service", Rule(("unanswered",), unless=("if",))),
    ("service", Rule(("nobody", "answers"), 4, ("if",))),
    ("service", Rule(("wrote", "times"), 5, ("if", "asked"))),
    ("service", Rule(("wrote", "nothing"), 6, ("if", "asked"))),
    ("service", Rule(("service", "bad"), 4, ("if", "question"))),
    ("other", Rule(("cheat",), unless=("if", "question", "doubt"))),
    ("other", Rule(("angry",), unless=("if", "asked"))),
)
PERSON: Final = (
    Rule(("person_sure",), unless=("not_ours",)),
    Rule(("talk", "human"), 4, ("not_ours", "if")),
)
_NOT_THEIRS: Final = ("stock", "to_order", "if")
ORDER: Final = (
    Rule(("where", "parcel"), 4, ("stock", "to_order", "if", "change")),
    Rule(("where", "mine"), 1, ("stock", "to_order", "if", "change")),
    Rule(("when", "mine"), 1, _NOT_THEIRS),
    Rule(("when", "arrive"), 5, _NOT_THEIRS),
    Rule(("when", "parcel"), 5, (*_NOT_THEIRS, "change")),
    Rule(("status", "parcel"), 4, (*_NOT_THEIRS, "change")),
    Rule(("tracking",), unless=("offer", "if", "to_order")),
    Rule(("sent_off", "parcel"), 4, (*_NOT_THEIRS, "change")),
    Rule(("asked_off",), unless=_NOT_THEIRS),
    Rule(("ready", "mine"), 4, _NOT_THEIRS),
    Rule(("ready", "parcel"), 4, (*_NOT_THEIRS, "change")),
    Rule(("ready", "number"), unless=_NOT_THEIRS),
    Rule(("sent_off", "question"), unless=_NOT_THEIRS),
    Rule(("sent_off", "asking"), 1, _NOT_THEIRS),
    Rule(("bought", "when"), unless=("if", "change")),
    Rule(("bought", "where"), unless=("if", "change")),
    Rule(("bought", "status"), unless=("if", "change")),
    Rule(("bought", "sent_off"), unless=("if", "change")),
    Rule(("parcel", "number"), 3, ("to_order", "change")),
)
# Right after a "not", or in some languages right before it, a word says the contrary.
_DENIABLE: Final = frozenset(("damaged", "bad", "angry", "cheat", "late", "urgent", "lost", "wrong"))

# What begins inside one of the latter is none of the former.
_TAKEN_BY: Final[Mapping[str, str]] = {"if": "no_if", "to_order": "parcel"}

Meant = Mapping[str, Sequence[Found]]


def meant(found: Sequence[Found]) -> dict[str, list[Found]]:
    """By concept, without what is denied, an "if" of courtesy, and an "order it" begun in "my order"."""
    denied_from = {one.end for one in found if one.concept == "not"}
    denied_to = {one.start for one in found if one.concept == "not_after"}
    inside = {
        concept: {
            place for one in found if one.concept == concept for place in range(one.start + skip, one.end)
        }
        for concept, skip in (("no_if", 0), ("parcel", 1))
    }
    kept: dict[str, list[Found]] = {}
    for one in found:
        if one.concept in _DENIABLE and (one.start in denied_from or one.end in denied_to):
            continue
        if one.start not in inside.get(_TAKEN_BY.get(one.concept, ""), ()):
            kept.setdefault(one.concept, []).append(one)
    return kept


def call_of(said: Meant) -> tuple[Call, Complaint | None]:
    """The strongest that a rule is sure of; `words` where none is."""
    for kind, rule in COMPLAINTS:
        if _holds(rule, said):
            return "complaint", kind
    if any(_holds(rule, said) for rule in PERSON):
        return "person", None
    return ("order" if any(_holds(rule, said) for rule in ORDER) else "words"), None


def _holds(rule: Rule, said: Meant) -> bool:
    if any(need not in said for need in rule.needs) or any(guard in said for guard in rule.unless):
        return False
    if rule.within == _ANYWHERE or len(rule.needs) == 1:
        return True
    first, second = rule.needs[:2]
    return any(0 <= _gap(one, other) <= rule.within for one in said[first] for other in said[second])


def _gap(one: Found, other: Found) -> int:
    """Words between the two; below nothing where they overlap."""
    return max(one.start - other.end, other.start - one.end)
