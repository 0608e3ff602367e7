"""A shop's own questions and answers, and the questions that found none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # webhooks load all ports, and have no use for what these load
    from chalicelib.domain.faq.articles import Article
    from chalicelib.domain.faq.unanswered import Asked, Unanswered


class FaqStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def articles(self, merchant_id: str, after: str = "", limit: int | None = None) -> "list[Article]":
        """By id, after the given one; all of them without a limit."""

    def save_article(self, merchant_id: str, article: "Article") -> None:
        """New, or in place of what it was. Raises StoreRefused when it is too large."""

    def remove_article(self, merchant_id: str, article_id: str) -> bool:
        """False when there is none."""

    def count_unanswered(self, asked: "Asked") -> None:
        """Once more. The same message again, with no other in between, changes nothing."""

    def unanswered(self, merchant_id: str, months: Sequence[str], limit: int) -> "list[Unanswered]":
        """Those of the months (`2026-11`) whose words are still there, the most frequent first."""
