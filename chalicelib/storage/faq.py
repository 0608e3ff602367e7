"""A shop's articles in DynamoDB, a row each, and a row for each question of a month that found none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.domain.faq.articles import Article, article_from_json, article_to_json
from chalicelib.domain.faq.unanswered import KEPT, MOST_TEXT, Asked, Unanswered, question_key
from chalicelib.domain.ids import to_ms
from chalicelib.domain.retention import seconds
from chalicelib.ports.errors import Conflict
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.models import MessageItem, ShopsRow, ThreadsRow
from chalicelib.storage.rows import thread_key

_ARTICLE: Final = "a#"
# Questions of one month that are read; DynamoDB reads so many rows by their keys in one call.
_MOST_OF_MONTH: Final = 1000
_AT_ONCE: Final = 100


class ArticleItem(ShopsRow):
    """An article of the FAQ, in all its languages."""

    texts = JSONAttribute()
    public_url = UnicodeAttribute(null=True)


class UnansweredItem(ThreadsRow):
    """How often a question came in a month, and the message that asked last: the words are there alone."""

    n = NumberAttribute(default=0)
    language = UnicodeAttribute(null=True)
    last_at = UTCDateTimeAttribute()
    thread_id = UnicodeAttribute()
    sort = UnicodeAttribute()


@dataclass(slots=True)
class _Counted:
    """A question over several months."""

    count: int
    last: UnansweredItem


class DynamoFaq:
    """The FaqStore on DynamoDB."""

    def articles(self, merchant_id: str, after: str = "", limit: int | None = None) -> list[Article]:
        """By id, after the given one."""
        span = ArticleItem.sk > f"{_ARTICLE}{after}" if after else ArticleItem.sk.startswith(_ARTICLE)
        with answers():
            found = ArticleItem.query(_articles_key(merchant_id), span, limit=limit, consistent_read=True)
            return [_article(item) for item in found]

    def save_article(self, merchant_id: str, article: Article) -> None:
        """Written twice it is the same row."""
        texts = article_to_json(article)
        with answers():
            item = ArticleItem(_articles_key(merchant_id), f"{_ARTICLE}{article.article_id}", texts=texts)
            item.public_url = article.public_url or None
            item.save()

    def remove_article(self, merchant_id: str, article_id: str) -> bool:
        """The second time there is none."""
        item = ArticleItem(_articles_key(merchant_id), f"{_ARTICLE}{article_id}")
        try:
            with answers():
                item.delete(ArticleItem.pk.exists())
        except Conflict:
            return False
        return True

    def remove_articles(self, merchant_id: str) -> None:
        """All of a merchant who goes."""
        for article in self.articles(merchant_id):
            self.remove_article(merchant_id, article.article_id)

    def count_unanswered(self, asked: Asked) -> None:
        """A message that was counted last is not counted again; redelivered after somebody else has asked the
        same, it is one too many."""
        month_key = _month_key(asked.ref.merchant_id, f"{asked.at:%Y-%m}")
        item = UnansweredItem(month_key, question_key(asked.text))
        counted: list[Action] = [
            UnansweredItem.n.add(1),
            UnansweredItem.last_at.set(asked.at),
            UnansweredItem.thread_id.set(asked.ref.thread_id),
            UnansweredItem.sort.set(asked.ref.sort),
            UnansweredItem.expires_at.set(seconds(asked.at + KEPT)),
            UnansweredItem.language.set(asked.language)
            if asked.language
            else UnansweredItem.language.remove(),
        ]
        is_another = UnansweredItem.sort.does_not_exist() | (UnansweredItem.sort != asked.ref.sort)
        try:
            with answers():
                undisturbed(lambda: item.update(counted, is_another))
        except Conflict:
            return

    def unanswered(self, merchant_id: str, months: Sequence[str], limit: int) -> list[Unanswered]:
        """What was erased, deleted or has expired is not among them."""
        counted: dict[str, _Counted] = {}
        for month in months:
            with answers():
                for item in UnansweredItem.query(
                    _month_key(merchant_id, month), limit=_MOST_OF_MONTH, consistent_read=True
                ):
                    _add(counted, item)
        ranked = sorted(counted.values(), key=lambda one: (-one.count, -to_ms(one.last.last_at), one.last.sk))
        words = _words(merchant_id, ranked[: min(limit, _AT_ONCE)])
        return [
            Unanswered(
                text[:MOST_TEXT], one.last.language or "", one.count, one.last.last_at, one.last.thread_id
            )
            for one in ranked
            if (text := words.get((one.last.thread_id, one.last.sort)))
        ]


def _add(counted: dict[str, _Counted], item: UnansweredItem) -> None:
    known = counted.setdefault(item.sk, _Counted(0, item))
    known.count += int(item.n)
    if item.last_at > known.last.last_at:
        known.last = item


def _words(merchant_id: str, asked: Sequence[_Counted]) -> dict[tuple[str, str], str]:
    """The words of the messages that asked last, by thread and place in it."""
    places = {thread_key(merchant_id, one.last.thread_id): one.last.thread_id for one in asked}
    keys = [(thread_key(merchant_id, one.last.thread_id), f"m#{one.last.sort}") for one in asked]
    if not keys:
        return {}
    with answers():
        found = MessageItem.batch_get(list(dict.fromkeys(keys)), consistent_read=True)
        return {
            (places[item.pk], item.sk.removeprefix("m#")): item.text or ""
            for item in found
            if item.deleted_at is None
        }


def _article(item: ArticleItem) -> Article:
    texts = cast(dict[str, Any], item.texts)
    return article_from_json(item.sk.removeprefix(_ARTICLE), texts, item.public_url or "")


def _articles_key(merchant_id: str) -> str:
    return f"{merchant_id}#faq"


def _month_key(merchant_id: str, month: str) -> str:
    return f"{merchant_id}#unanswered#{month}"
