"""The shop's own questions and answers: written by the merchant, read by everybody, missed by shoppers."""

from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.faq.articles import (
    ARTICLE_ID,
    MOST_ARTICLES,
    Article,
    article_from_json,
    article_to_json,
    faq_url,
)
from functions import views
from functions.api import ApiError, as_json, body_of, decoded, encoded, key_of, query_of
from functions.months import months_asked
from functions.setup import public_url
from functions.wiring import wired

MOST_UNANSWERED: Final = 50
MOST_MONTHS: Final = 7  # in which a question may have been asked that is still kept


def listing(request: Request) -> Response:
    """By id."""
    key, query = key_of(request), query_of(request)
    limit = query.limit()
    found = wired().faq.articles(key.merchant_id, decoded(query.cursor()), limit)
    following = encoded(found[-1].article_id) if len(found) == limit else None
    page_url = faq_url(public_url(request), key.merchant_id)
    return as_json({"items": [_view(one) for one in found], "next": following, "page_url": page_url})


def save(request: Request, article_id: str) -> Response:
    """New, or in place of what stood there. Shoppers get it within a minute."""
    key, body = key_of(request, "owner", "marketer"), body_of(request, "faq_article")
    if ARTICLE_ID.fullmatch(article_id) is None:
        text = "An article's id has at most 60 letters of English, digits, - and _."
        raise ApiError(400, "invalid", text, "id")
    known = wired().faq.articles(key.merchant_id)
    if len(known) >= MOST_ARTICLES and all(one.article_id != article_id for one in known):
        text = f"There are {MOST_ARTICLES} articles, which is the most. Remove one first."
        raise ApiError(409, "too_many", text)
    article = article_from_json(article_id, body["texts"], public_url(request))
    wired().faq.save_article(key.merchant_id, article)
    return as_json(_view(article))


def remove(request: Request, article_id: str) -> Response:
    """Gone from answers within a minute."""
    key = key_of(request, "owner", "marketer")
    known = ARTICLE_ID.fullmatch(article_id) is not None
    if not known or not wired().faq.remove_article(key.merchant_id, article_id):
        raise ApiError(404, "not_found", "There is no such article.")
    return as_json({"article_id": article_id, "removed": True})


def page(request: Request, merchant_id: str) -> Response:
    """The articles as a page, for everybody."""
    from functions import faq_page

    return faq_page.shown(request, merchant_id)


def unanswered(request: Request) -> Response:
    """What shoppers asked and no article answers, the most frequent first: one of the reports."""
    key, query = key_of(request), query_of(request)
    zone = wired().shops.shop(key.merchant_id).zone
    months = months_asked(query, wired().clock.now(), zone, MOST_MONTHS)
    found = wired().faq.unanswered(key.merchant_id, months, MOST_UNANSWERED)
    items: list[dict[str, Any]] = [
        {
            "text": one.text,
            "language": one.language or None,
            "count": one.count,
            "last_at": views.time(one.last_at),
            "thread_id": one.thread_id,
        }
        for one in found
    ]
    return as_json({"months": months, "items": items})


def _view(one: Article) -> dict[str, Any]:
    return {"article_id": one.article_id, "texts": article_to_json(one)}
