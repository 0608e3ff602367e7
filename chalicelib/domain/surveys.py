"""How the shopper found it: one question after a solved spell, a second only where the first was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

from chalicelib.domain.content import SILENT_KINDS
from chalicelib.domain.ids import from_ms
from chalicelib.domain.messages import Message, waits_for_answer

# Best first, as the buttons stand; then what the second question is answered with.
Score = Literal["good", "fair", "poor"]
Word = Literal["good", "fair", "poor", "solved", "unsolved"]
SCORES: Final[tuple[Score, ...]] = get_args(Score)
SOLVED: Final[tuple[Word, Word]] = ("solved", "unsolved")
# Who answers a question of yesterday is not asked another.
SECOND_WITHIN: Final = timedelta(hours=24)
# What was solved longer ago is forgotten, wherever a channel would still let us ask.
ASKED_WITHIN: Final = timedelta(days=7)
# Of so many messages, the newest, it is read what solved a spell.
LOOKED_AT: Final = 50

# What a question's row says it is, in `details["survey"]`.
FIRST: Final = "first"
SECOND: Final = "second"
THANKS: Final = "thanks"

_PREFIX: Final = "survey:"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands behind a button of ours. sort: the place of the first question in its thread."""

    word: Word
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What one solved spell was asked and answered. sort: the place of the first question in its thread.

    second: the place of the second question, '' where it was not asked. is_thanked: they were told thanks.
    """

    merchant_id: str
    thread_id: str
    sort: str
    connection_id: str
    channel: str
    score: Score | None = None
    scored_at: datetime | None = None
    is_solved: bool | None = None
    solved_at: datetime | None = None
    second: str = ""
    is_thanked: bool = False

    @property
    def asked_at(self) -> datetime:
        """When the first question was written down to be sent."""
        return asked_at(self.sort)


def rules_from(given: Mapping[str, Any]) -> bool:
    """Whether the shop asks at all. A shop that never said so does not. Raises TypeError."""
    return _asks(**given)


def _asks(*, ask: bool = False) -> bool:
    return ask


def asked_at(sort: str) -> datetime:
    """When a question was intended, by its place in the thread."""
    return from_ms(int(sort.partition("#")[0]))


def month_of(sort: str) -> str:
    """The month in which a survey stands, in UTC."""
    return asked_at(sort).astimezone(UTC).strftime("%Y-%m")


def choice_of(word: Word, sort: str) -> str:
    """What stands behind a button."""
    return f"{_PREFIX}{word}:{sort}"


def survey_word(choice: str) -> Said | None:
    """What a tap, or a number, answers to a survey; None where it is no answer to one."""
    word, colon, sort = choice.removeprefix(_PREFIX).partition(":")
    known = {one: one for one in get_args(Word)}
    at = sort.partition("#")[0]
    if not choice.startswith(_PREFIX) or not colon or word not in known or not _is_moment(at):
        return None
    return Said(known[word], sort)


def _is_moment(text: str) -> bool:
    return len(text) == 13 and text.isascii() and text.isdigit()


def solved_by(messages: Sequence[Message], channel: str) -> Message | None:
    """The words of a person that answered the spell which is over; None where nobody has answered it.

    messages: newest first. A second look finds the same ones, whatever the person has added since; thanks
    are no question that was left open.
    """
    answer: Message | None = None
    for one in messages:
        if _answers(one):
            answer = one
        elif waits_for_answer(one, channel):
            return answer
    return None


def _answers(message: Message) -> bool:
    if (message.author, message.purpose) != ("human", "reply") or message.kind in SILENT_KINDS:
        return False
    return message.status not in ("failed", "skipped")


def is_first_question(message: Message) -> bool:
    """Whether a survey stands under this message's place."""
    return message.author != "shopper" and message.details.get("survey") == FIRST


def claim_of(thread_id: str, answer: Message) -> str:
    """A solved spell is asked about once, by whoever closes it."""
    return f"survey:{thread_id}:{answer.sort}"


def answered(survey: Survey, said: Said, at: datetime) -> Survey:
    """Their last word counts, in whatever order the words come."""
    for score in SCORES:
        if said.word == score:
            is_later = survey.scored_at is None or at >= survey.scored_at
            return replace(survey, score=score, scored_at=at) if is_later else survey
    is_later = survey.solved_at is None or at >= survey.solved_at
    return replace(survey, is_solved=said.word == "solved", solved_at=at) if is_later else survey


def wants_second(survey: Survey, at: datetime) -> bool:
    """Whether there is a second question to ask: they have answered the first one, and soon."""
    is_open = survey.score is not None and survey.is_solved is None and not survey.second
    return is_open and not survey.is_thanked and at - survey.asked_at < SECOND_WITHIN
