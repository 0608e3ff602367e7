"""A survey's questions as messages with buttons, in the shopper's language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.content import Button, Content, text_content
from chalicelib.domain.ids import stable_id
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.rendering import render
from chalicelib.domain.surveys import FIRST, SCORES, SECOND, SOLVED, Word, choice_of
from chalicelib.domain.threads import Thread, next_moment
from chalicelib.services.sending.confirm import language_of
from chalicelib.services.sending.wording import (
    Speaker,
    survey_question,
    survey_solved,
    survey_solved_titles,
    survey_titles,
)


def first_question(thread: Thread, shop: Shop, takes: Capabilities, now: datetime) -> Message:
    """How it was. Raises CantRender."""
    speaker = _speaker(thread, shop, now)
    at = next_moment(thread, now)
    plain = _message(stable_id("ms", "survey", thread.thread_id, str(at)), FIRST, at)
    titles = zip(SCORES, survey_titles(speaker.language), strict=True)
    return _with_buttons(plain, survey_question(speaker), list(titles), plain.sort, takes)


def second_question(thread: Thread, shop: Shop, takes: Capabilities, first: str, now: datetime) -> Message:
    """Whether it was solved at the first contact. first: the place of the first question. Raises
    CantRender."""
    speaker = _speaker(thread, shop, now)
    plain = _message(
        stable_id("ms", "survey second", thread.thread_id, first), SECOND, next_moment(thread, now)
    )
    titles = zip(SOLVED, survey_solved_titles(speaker.language), strict=True)
    return _with_buttons(plain, survey_solved(speaker), list(titles), first, takes)


def _speaker(thread: Thread, shop: Shop, now: datetime) -> Speaker:
    return Speaker(shop, language_of(thread, shop), thread.shopper_name, now)


def _message(message_id: str, which: str, at: datetime) -> Message:
    return Message(
        message_id=message_id,
        author="auto",
        kind="text",
        text="",
        sent_at=at,
        status="queued",
        purpose="survey",
        details={"survey": which},
    )


def _with_buttons(
    plain: Message, text: str, titles: Sequence[tuple[Word, str]], first: str, takes: Capabilities
) -> Message:
    """Its words are fixed now: they are what is answered."""
    buttons = tuple(Button(id=choice_of(word, first), title=title) for word, title in titles)
    part = render(Content(kind="quick_replies", text=text, buttons=buttons), takes)[-1]
    stored = None if part == text_content(part.text) else part
    return replace(plain, kind=part.kind, text=part.text, content=stored)
