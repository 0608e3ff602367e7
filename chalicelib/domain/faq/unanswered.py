"""Questions that no article answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.consent.words import plain
from chalicelib.domain.ids import digest
from chalicelib.domain.messages import MessageRef

KEPT: Final = timedelta(days=180)
MOST_TEXT: Final = 200  # characters of a question; what is longer is a story


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that found no article. ref: the message that asked; the words are there alone, so that who
    erases a person, or a message, takes them away from here too."""

    ref: MessageRef
    text: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question in the words of whoever asked it last, and how often it came."""

    text: str
    language: str
    count: int
    last_at: datetime
    thread_id: str


def question_key(text: str) -> str:
    """The same for all ways to write it: without capitals, marks, signs."""
    return digest("question", plain(text))
