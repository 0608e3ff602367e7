"""What a message says in answer to what we have asked: the number of an order, or what proves whose it is."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.domain.answering.asks import Ask, AskKind
from chalicelib.domain.answering.orders import emails_in, order_number_in, proving_codes
from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.commerce.proof import remembered
from chalicelib.domain.commerce.return_talk import PHOTO, STEPS

# Who complains, or wants a person, gives us no number.
_ITS_OWN: Final = frozenset({"complaint", "person"})
# And a number in another question is its own.
_OTHERS: Final = frozenset({"faq", "suggestion"})
_QUESTION: Final = re.compile("[?\uff1f\u061f]")
MOST_WORDS: Final = 6  # of an answer that is no more than a number


def in_turn(
    ask: Ask, spell: Spell, text: str, now: datetime, *, is_pending: bool, is_picture: bool = False
) -> Ask:
    """The ask of a message, read as part of the talk about an order where there is one and the message has
    what it needs. is_pending: the burst that it belongs to is not answered yet."""
    desk = remembered(spell.desk, now)
    back = desk.back
    if desk.awaits in STEPS and not (is_pending and spell.ask.kind == "order"):
        is_photo = is_picture and desk.awaits == "photo"
        return replace(ask, kind="return", choice=PHOTO) if is_photo else ask
    is_return = back.is_on or (is_pending and spell.ask.kind == "return")
    read = _of_order(ask, spell, text, now, is_pending=is_pending)
    is_reply = ask.kind != "order" or (read.number and not _QUESTION.search(text))
    return replace(read, kind="return") if read.kind == "order" and is_return and is_reply else read


def _of_order(ask: Ask, spell: Spell, text: str, now: datetime, *, is_pending: bool) -> Ask:
    desk = spell.desk
    is_of_burst = is_pending and spell.ask.kind in ("order", "return")
    if not (desk.awaits or is_of_burst) or ask.kind in _ITS_OWN or ask.number:
        return ask
    desk = remembered(desk, now)
    if not desk.awaits and not is_of_burst:
        return ask
    known = desk.number or (spell.ask.number if is_of_burst else "")
    may_be_bare = ask.kind not in _OTHERS and bool(proving_codes(text, MOST_WORDS))
    number = order_number_in(text, is_asked_for=may_be_bare and not known)
    if ask.kind in ("order", "return") or number or emails_in(text) or may_be_bare:
        kind: AskKind = "return" if ask.kind == "return" else "order"
        return replace(ask, kind=kind, articles=(), needs_person=True, number=number)
    return ask
