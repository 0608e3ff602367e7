"""The FAQ in its rows: articles by merchant, and questions without an answer counted without their words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.faq.articles import Article, ArticleText
from chalicelib.domain.faq.unanswered import KEPT, Asked
from chalicelib.domain.ids import sort_key
from chalicelib.domain.merchants import Key, Merchant
from chalicelib.domain.messages import MessageRef
from chalicelib.storage.faq import DynamoFaq
from chalicelib.storage.models import MessageItem
from chalicelib.storage.shops import DynamoShops
from tests.dynamo import rows_of

NOW = datetime(2026, 11, 30, 23, 50, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SHIPPING = Article(
    "shipping",
    {
        "en": ArticleText("How long does delivery take?", "Two days.", ("delivery time",), ("when?",)),
        "ar": ArticleText("كم يستغرق التوصيل؟", "يومان."),
    },
)
NOVEMBER, DECEMBER = "2026-11", "2026-12"


@pytest.fixture
def faq(bound: str) -> DynamoFaq:
    return DynamoFaq()


def article(article_id: str, answer: str = "Yes.") -> Article:
    return Article(article_id, {"en": ArticleText("Really?", answer)})


def asked(merchant: str, thread: str, text: str, at: datetime = NOW, language: str = "en") -> Asked:
    """A question whose message is there."""
    sort = sort_key(at, f"ms_{thread}")
    row = MessageItem(f"{merchant}#th_{thread}", f"m#{sort}", message_id="ms", author="shopper", kind="text")
    row.text, row.sent_at, row.status, row.rank = text, at, "received", 0
    row.save()
    return Asked(MessageRef(merchant, f"th_{thread}", sort), text, language, at)


def test_articles_are_found_by_their_ids(faq: DynamoFaq, merchant: str) -> None:
    for one in (article("b"), SHIPPING, article("a")):
        faq.save_article(merchant, one)
        faq.save_article(merchant, one)
    assert faq.articles(merchant) == [article("a"), article("b"), SHIPPING]
    assert faq.articles(merchant, limit=2) == [article("a"), article("b")]
    assert faq.articles(merchant, after="a", limit=1) == [article("b")]
    assert faq.articles(merchant, after="zz") == []
    assert faq.articles(f"{merchant}x") == []


def test_an_article_takes_the_place_of_what_it_was(faq: DynamoFaq, merchant: str) -> None:
    faq.save_article(merchant, SHIPPING)
    faq.save_article(merchant, article("shipping", "Three days."))
    assert faq.articles(merchant) == [article("shipping", "Three days.")]


def test_a_removed_article_is_gone_and_nothing_else(faq: DynamoFaq, merchant: str) -> None:
    for one in ("a", "b"):
        faq.save_article(merchant, article(one))
    assert faq.remove_article(merchant, "a") is True
    assert faq.remove_article(merchant, "a") is False
    assert faq.remove_article(f"{merchant}x", "b") is False
    assert faq.articles(merchant) == [article("b")]


def test_with_a_merchant_goes_their_faq(faq: DynamoFaq, shops: DynamoShops, raw: Any, merchant: str) -> None:
    owner = Key(
        merchant_id=merchant, key_id="k", name="", role="owner", secret_hash=f"h{merchant}", created_at=NOW
    )
    shops.add_merchant(Merchant(merchant, "Blue Kettle", NOW), owner)
    faq.save_article(merchant, SHIPPING)
    shops.remove_merchant(merchant)
    assert [row for row in rows_of(raw, "ShopsTable") if row["pk"]["S"].startswith(merchant)] == []


def test_the_same_question_by_many_is_one_row(faq: DynamoFaq, merchant: str) -> None:
    for place, text in enumerate(("Do you sell tents?", "do you sell tents", "DO YOU SELL TENTS!!")):
        faq.count_unanswered(asked(merchant, f"t{place}", text, NOW + place * MINUTE))
    faq.count_unanswered(asked(merchant, "t9", "Any tents?", NOW, "ro"))
    first, second = faq.unanswered(merchant, [NOVEMBER, DECEMBER], 50)
    assert (first.text, first.count, first.thread_id) == ("DO YOU SELL TENTS!!", 3, "th_t2")
    assert (first.last_at, first.language) == (NOW + 2 * MINUTE, "en")
    assert (second.text, second.count, second.language) == ("Any tents?", 1, "ro")
    assert len(faq.unanswered(merchant, [NOVEMBER], 1)) == 1
    assert faq.unanswered(merchant, [], 50) == faq.unanswered(f"{merchant}x", [NOVEMBER], 50) == []


def test_a_question_counts_in_its_months_and_is_shown_once(faq: DynamoFaq, merchant: str) -> None:
    faq.count_unanswered(asked(merchant, "t1", "Do you sell tents?", NOW))
    faq.count_unanswered(asked(merchant, "t2", "Do you sell tents?", NOW + 11 * MINUTE))
    assert [one.count for one in faq.unanswered(merchant, [DECEMBER], 50)] == [1]
    (both,) = faq.unanswered(merchant, [NOVEMBER, DECEMBER], 50)
    assert (both.count, both.thread_id) == (2, "th_t2")


def test_a_message_that_comes_again_is_counted_once(faq: DynamoFaq, merchant: str) -> None:
    one = asked(merchant, "t1", "Do you sell tents?")
    faq.count_unanswered(one)
    faq.count_unanswered(one)
    assert [known.count for known in faq.unanswered(merchant, [NOVEMBER], 50)] == [1]


def test_no_row_holds_the_words_and_each_expires(faq: DynamoFaq, raw: Any, merchant: str) -> None:
    faq.count_unanswered(asked(merchant, "t1", "Do you sell chrysanthemums?"))
    (row,) = [
        row for row in rows_of(raw, "ThreadsTable") if row["pk"]["S"] == f"{merchant}#unanswered#{NOVEMBER}"
    ]
    assert "chrysanthemum" not in str(row).lower()
    assert int(row["expires_at"]["N"]) == int((NOW + KEPT).timestamp())


def test_with_a_message_go_its_words(faq: DynamoFaq, merchant: str) -> None:
    """As erasing a person and deleting a message do."""
    gone, deleted = asked(merchant, "t1", "Do you sell tents?"), asked(merchant, "t2", "Do you sell boats?")
    for one in (gone, deleted):
        faq.count_unanswered(one)
    MessageItem(f"{merchant}#th_t1", f"m#{gone.ref.sort}").delete()
    MessageItem(f"{merchant}#th_t2", f"m#{deleted.ref.sort}").update(
        [MessageItem.deleted_at.set(NOW), MessageItem.text.remove()]
    )
    assert faq.unanswered(merchant, [NOVEMBER], 50) == []
    faq.count_unanswered(asked(merchant, "t3", "Do you sell tents?", NOW + MINUTE))
    assert [(one.text, one.count) for one in faq.unanswered(merchant, [NOVEMBER], 50)] == [
        ("Do you sell tents?", 2)
    ]


def test_without_a_language_none_is_kept(faq: DynamoFaq, merchant: str) -> None:
    faq.count_unanswered(asked(merchant, "t1", "Do you sell tents?", language="en"))
    faq.count_unanswered(asked(merchant, "t2", "Do you sell tents?", NOW + MINUTE, language=""))
    assert [one.language for one in faq.unanswered(merchant, [NOVEMBER], 50)] == [""]
