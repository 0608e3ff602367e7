"""What a shopper's message asks for: by its words, the button that they chose, the shop's own articles."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from chalicelib.domain.answering.asks import NO_ASK, SURE, WORDS, Ask, Matches, ask_of
from chalicelib.domain.answering.orders import LONGEST, order_number_in
from chalicelib.domain.answering.return_wishes import wants_return
from chalicelib.domain.answering.understanding import understand
from chalicelib.domain.events import ShopperMessage

# Behind the buttons that offer articles; the rest is the article, or nothing for something else.
ARTICLE: Final = "faq:"
# Behind those that offer orders; the rest is the order's number, as `plain_number` spells it.
ORDER: Final = "order:"
# Behind those of a return: `number:` and the order's, or a choice as `return_talk` names it.
RETURN: Final = "return:"
RETURN_OF: Final = "return:number:"
# What may show the goods.
PICTURES: Final = frozenset({"image", "video"})
# Kinds whose words are the shopper's own.
WORDED: Final = frozenset({"text", "button"})
# A thumb or a smile is no question.
_SAYS_NOTHING: Final = frozenset({"sticker"})
# Of what a person is to answer; a bare "?" only asks for the answer to what was said before.
_FEWEST_LETTERS: Final = 3


class Finder(Protocol):
    """A merchant's articles, ready to be searched."""

    def find(self, text: str, language: str = "") -> Matches:
        """Which of them a text asks for."""


class Understand:
    """Pure but for the articles, which are remembered for a while."""

    def __init__(self, articles_of: Callable[[str], Finder]) -> None:
        """articles_of: a merchant's. Raises StoreBusy."""
        self._articles_of = articles_of

    def __call__(self, merchant_id: str, said: ShopperMessage, choice: str, word: str) -> Ask:
        """choice: what stands behind the button or number that they chose. word: what it says of consent,
        which asks for nothing else."""
        if word and word != "unclear":
            return NO_ASK
        if choice.startswith(ARTICLE):
            article = choice.removeprefix(ARTICLE)
            return Ask("faq", (article,)) if article else WORDS
        if choice.startswith(ORDER):
            return Ask("order", needs_person=True, number=choice.removeprefix(ORDER)[:LONGEST])
        if choice.startswith(RETURN_OF):
            return Ask("return", needs_person=True, number=choice.removeprefix(RETURN_OF)[:LONGEST])
        if choice.startswith(RETURN):
            return Ask("return", needs_person=True, choice=choice.removeprefix(RETURN)[:LONGEST])
        if said.kind in _SAYS_NOTHING:
            return NO_ASK
        if said.kind not in WORDED or not said.text.strip():
            return WORDS
        understood = understand(said.text)
        ask = ask_of(understood, self._articles_of(merchant_id).find(said.text, said.language))
        if understood.call == "words" and _is_return(ask, said.text):
            return _of_return(ask, said.text)
        if understood.call == "order" or ask.complaint == "late":
            return _of_order(ask, said.text)
        is_bare = ask == WORDS and sum(map(str.isalpha, said.text)) < _FEWEST_LETTERS
        return replace(ask, needs_person=False) if is_bare else ask


def _is_return(ask: Ask, text: str) -> bool:
    """How the shop takes things back, where that is asked, is what its article says."""
    is_answered = ask.kind == "faq" and any(sign in text for sign in "?\uff1f\u061f")
    return not is_answered and wants_return(text)


def _of_return(ask: Ask, text: str) -> Ask:
    is_sure = ask.kind == "faq"
    return replace(
        ask,
        kind="return",
        needs_person=ask.needs_person or not is_sure,
        number=order_number_in(text),
        choice=SURE if is_sure else "",
    )


def _of_order(ask: Ask, text: str) -> Ask:
    """Who names an order wants to know of that one, not what an article says of all."""
    number = order_number_in(text)
    if number and ask.kind == "faq":
        return Ask("order", is_urgent=ask.is_urgent, needs_person=True, number=number)
    return replace(ask, number=number)
