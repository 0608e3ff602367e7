"""A merchant's articles, ready to be searched: asked for each message, so remembered for a minute at most."""

from collections.abc import Callable
from typing import Final

from chalicelib.domain.faq.articles import Article
from chalicelib.domain.faq.matching import Faq
from chalicelib.ports.faq import FaqStore

REMEMBERED_S: Final = 60.0
_MOST_MERCHANTS: Final = 1000
_MOST_ARTICLES: Final = 2000  # of all of them together: a large FAQ takes a few megabytes


class KnownFaq:
    """`seconds`: a clock that only runs forward. What a merchant saves is found within a minute."""

    def __init__(self, store: FaqStore, seconds: Callable[[], float]) -> None:
        self._store, self._seconds = store, seconds
        self._known: dict[str, tuple[float, Faq]] = {}

    def __call__(self, merchant_id: str) -> Faq:
        """Empty for a merchant without articles, which is remembered too. Raises StoreBusy."""
        known = self._known.pop(merchant_id, None)
        if known is None or self._seconds() - known[0] >= REMEMBERED_S:
            known = (self._seconds(), self._read(merchant_id, known[1] if known else None))
        self._known[merchant_id] = known
        self._forget()
        return known[1]

    def article(self, merchant_id: str, article_id: str) -> Article | None:
        """One of them. Raises StoreBusy."""
        return self(merchant_id).articles.get(article_id)

    def _forget(self) -> None:
        """Who has not been asked for longest goes first; the last one stays."""
        held = sum(len(faq) for _, faq in self._known.values())
        for merchant_id in list(self._known)[:-1]:
            if held <= _MOST_ARTICLES and len(self._known) <= _MOST_MERCHANTS:
                return
            held -= len(self._known.pop(merchant_id)[1])

    def _read(self, merchant_id: str, before: Faq | None) -> Faq:
        """What has not changed is not made ready again."""
        articles = self._store.articles(merchant_id)
        if before is not None and articles == list(before.articles.values()):
            return before
        return Faq(articles)
