"""An answer to a survey's question: written down with the message, and met with the next word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.ids import stable_id
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.surveys import SOLVED, THANKS, Said, Survey, answered, wants_second
from chalicelib.domain.threads import TOO_OLD_TO_ANSWER, Thread, mark, next_moment
from chalicelib.domain.work import OVERDUE, Due, Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.surveys import SurveyStore
from chalicelib.ports.threads import Change

if TYPE_CHECKING:
    from chalicelib.services.sending.judge import Judge


class HearSurvey:
    """Reads what was asked; nothing of this is read for any other message."""

    def __init__(
        self, surveys: SurveyStore, shops: ShopStore, judge: "Judge", channel_named: Callable[[str], Channel]
    ) -> None:
        self._surveys, self._shops, self._judge = surveys, shops, judge
        self._channel_named = channel_named

    def __call__(
        self, change: Change, shopper_said: Said, sent_at: datetime, now: datetime
    ) -> tuple[Change, Send | None]:
        """The change with their last word, and with what they are told next: the second question, or thanks.

        The survey is read after its thread, whose version guards it. Raises StoreBusy.
        """
        thread = change.thread
        survey = self._surveys.survey(thread.merchant_id, thread.thread_id, shopper_said.sort)
        if survey is None:  # of a time that is over, or of somebody who was erased
            return change, None
        survey = answered(survey, shopper_said, sent_at)
        thread = _scored(thread, survey)
        change = replace(change, thread=thread, survey=survey)
        if not change.new or thread.waiting_since is not None or now - sent_at > TOO_OLD_TO_ANSWER:
            return change, None
        second = self._second(thread, survey, now) if wants_second(survey, sent_at) else None
        if second is not None:
            return _with(change, second, replace(survey, second=second.sort), now)
        if survey.is_thanked or (survey.second and shopper_said.word not in SOLVED):
            return change, None
        return _with(change, _thanks(thread, survey, now), replace(survey, is_thanked=True), now)

    def _second(self, thread: Thread, survey: Survey, now: datetime) -> Message | None:
        """None where the gate would not send it at once: a question about a question does not wait.

        Words in all our languages are loaded by whoever needs them.
        """
        from chalicelib.services.sending.letter import Letter
        from chalicelib.services.sending.survey_questions import second_question

        connection, shop = self._shops.connection_and_shop(thread.connection_id, thread.merchant_id)
        channel = self._channel_named(thread.channel)
        takes = channel.capabilities.for_kind(thread.wire.kind)
        try:
            question = second_question(thread, shop, takes, survey.sort, now)
        except CantRender:
            return None
        letter = Letter(_send(thread, question), question, thread, connection, channel)
        may_go = self._judge(letter, question.text, shop, now).verdict.decision == "send"
        return question if may_go else None


def _scored(thread: Thread, survey: Survey) -> Thread:
    """With their last score; of several surveys the latest word counts."""
    if survey.score is None or survey.scored_at is None:
        return thread
    told = max(mark(survey.score, survey.scored_at), thread.marks.get("score", ""))
    return replace(thread, marks={**thread.marks, "score": told})


def _thanks(thread: Thread, survey: Survey, now: datetime) -> Message:
    """As an intent: its words are found when it is sent, in the language that the thread speaks by then."""
    return Message(
        message_id=stable_id("ms", "survey thanks", thread.thread_id, survey.sort),
        author="auto",
        kind="text",
        text="",
        sent_at=next_moment(thread, now),
        status="queued",
        purpose="confirm",
        details={"survey": THANKS},
    )


def _with(change: Change, message: Message, survey: Survey, now: datetime) -> tuple[Change, Send]:
    thread, send = change.thread, _send(change.thread, message)
    options = message.content.options if message.content else ()
    return replace(
        change,
        thread=replace(thread, last_at=message.sent_at, choices=options or thread.choices),
        new=(*change.new, message),
        due=(*change.due, Due(send, now + OVERDUE)),
        survey=survey,
    ), send


def _send(thread: Thread, message: Message) -> Send:
    return Send(MessageRef(thread.merchant_id, thread.thread_id, message.sort), thread.group)
