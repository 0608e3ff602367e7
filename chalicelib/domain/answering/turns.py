"""What a message says in answer to what we have asked: the number of an order, or what proves whose it is."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.orders import emails_in, order_number_in, proving_codes
from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.commerce.proof import remembered

# Who complains, or wants a person, gives us no number.
_ITS_OWN: Final = frozenset({"complaint", "person"})
# And a number in another question is its own.
_OTHERS: Final = frozenset({"faq", "suggestion"})
MOST_WORDS: Final = 6  # of an answer that is no more than a number


def in_turn(ask: Ask, spell: Spell, text: str, now: datetime, *, is_pending: bool) -> Ask:
    """The ask of a message, read as part of the talk about an order where there is one and the message has
    what it needs. is_pending: the burst that it belongs to is not answered yet."""
    desk = spell.desk
    is_of_burst = is_pending and spell.ask.kind == "order"
    if not (desk.awaits or is_of_burst) or ask.kind in _ITS_OWN or ask.number:
        return ask
    desk = remembered(desk, now)
    if not desk.awaits and not is_of_burst:
        return ask
    known = desk.number or (spell.ask.number if is_of_burst else "")
    may_be_bare = ask.kind not in _OTHERS and bool(proving_codes(text, MOST_WORDS))
    number = order_number_in(text, is_asked_for=may_be_bare and not known)
    if ask.kind == "order" or number or emails_in(text) or may_be_bare:
        return replace(ask, kind="order", articles=(), needs_person=True, number=number)
    return ask
