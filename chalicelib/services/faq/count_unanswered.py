"""A shopper asked, and no article of the shop's answers: counted, so that somebody may write one."""

from collections.abc import Callable, Sized
from contextlib import suppress
from datetime import datetime

from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.answering.return_wishes import wants_return
from chalicelib.domain.faq.asking import is_worth_counting
from chalicelib.domain.faq.unanswered import Asked
from chalicelib.domain.messages import MessageRef
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.faq import FaqStore


class CountUnanswered:
    """One write, of shops that have articles; an ordinary text of another shop costs nothing."""

    def __init__(self, store: FaqStore, articles_of: Callable[[str], Sized]) -> None:
        """articles_of: a merchant's. Raises StoreBusy."""
        self._store, self._articles_of = store, articles_of

    def __call__(self, ref: MessageRef, text: str, language: str, ask: Ask, at: datetime) -> None:
        """ref: the message, which is kept already. at: when it was written. What can't be counted now is not
        counted: no message waits for it."""
        # How things are sent back is for an article to tell, too; what answers our questions of it is not.
        is_question = ask.kind == "words" or (ask.kind == "return" and wants_return(text))
        if not is_question or not is_worth_counting(text):
            return
        with suppress(StoreBusy):
            if self._articles_of(ref.merchant_id):
                self._store.count_unanswered(Asked(ref, text, language, at))
