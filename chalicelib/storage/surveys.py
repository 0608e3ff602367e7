"""Surveys in DynamoDB, under the month in which they were asked."""

from collections.abc import Collection
from typing import Final, cast

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.messages import Message
from chalicelib.domain.retention import Retention
from chalicelib.domain.surveys import Score, Survey, is_first_question, month_of
from chalicelib.storage.errors import answers
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Transaction

# DynamoDB reads so many rows in one call.
_AT_ONCE: Final = 100


class SurveyItem(ThreadsRow):
    """What one solved spell was asked and answered. Whole with each write: the thread's version guards it."""

    thread_id = UnicodeAttribute()
    sort = UnicodeAttribute()
    connection_id = UnicodeAttribute()
    channel = UnicodeAttribute()
    score = UnicodeAttribute(null=True)
    scored_at = UTCDateTimeAttribute(null=True)
    is_solved = BooleanAttribute(null=True)
    solved_at = UTCDateTimeAttribute(null=True)
    second = UnicodeAttribute(null=True)
    is_thanked = BooleanAttribute(default=False)


class DynamoSurveys:
    """The SurveyStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def survey(self, merchant_id: str, thread_id: str, sort: str) -> Survey | None:
        """The one whose first question stands there, as it is now."""
        item = get(SurveyItem, *_key(merchant_id, thread_id, sort))
        return None if item is None else _survey(merchant_id, item)

    def surveys_at(self, merchant_id: str, places: Collection[tuple[str, str]]) -> list[Survey]:
        """Those whose first questions stand there: ids of threads, and places in them."""
        keys = list(dict.fromkeys(_key(merchant_id, *place) for place in places))
        with answers():
            found = [
                item
                for start in range(0, len(keys), _AT_ONCE)
                for item in SurveyItem.batch_get(keys[start : start + _AT_ONCE], consistent_read=True)
            ]
        return sorted((_survey(merchant_id, item) for item in found), key=lambda one: one.sort)

    def surveys_of_month(self, merchant_id: str, month: str) -> list[Survey]:
        """All that were asked in a month, the earliest first."""
        with answers():
            found = SurveyItem.query(f"{merchant_id}#surveys#{month}", consistent_read=True)
            return [_survey(merchant_id, item) for item in found]


def put_survey(write: Transaction, survey: Survey, kept: Retention) -> None:
    """As it is from now on; written twice it is the same."""
    item = SurveyItem(*_key(survey.merchant_id, survey.thread_id, survey.sort))
    item.thread_id, item.sort = survey.thread_id, survey.sort
    item.connection_id, item.channel = survey.connection_id, survey.channel
    item.score, item.scored_at = survey.score, survey.scored_at
    item.is_solved, item.solved_at = survey.is_solved, survey.solved_at
    item.second, item.is_thanked = survey.second or None, survey.is_thanked
    item.expires_at = kept.of_message(survey.sort)
    write.put("survey", item)


def row_beside(merchant_id: str, thread_id: str, message: Message) -> ThreadsRow | None:
    """The survey that a message is the first question of: it goes with the message."""
    if not is_first_question(message):
        return None
    return ThreadsRow(*_key(merchant_id, thread_id, message.sort))


def _key(merchant_id: str, thread_id: str, sort: str) -> tuple[str, str]:
    return f"{merchant_id}#surveys#{month_of(sort)}", f"{sort}#{thread_id}"


def _survey(merchant_id: str, item: SurveyItem) -> Survey:
    return Survey(
        merchant_id=merchant_id,
        thread_id=item.thread_id,
        sort=item.sort,
        connection_id=item.connection_id,
        channel=item.channel,
        score=cast(Score | None, item.score),
        scored_at=item.scored_at,
        is_solved=item.is_solved,
        solved_at=item.solved_at,
        second=item.second or "",
        is_thanked=bool(item.is_thanked),
    )
