"""What is known of the templates that channels have approved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.templates.definitions import TemplateDefinition, TemplateNews
from chalicelib.domain.templates.news import KnownTemplate


class TemplateStore(Protocol):
    """Templates of connections. Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def templates(self, merchant_id: str, connection_id: str) -> list[KnownTemplate]:
        """All of a connection's, also those that the channel lists no longer, by name and language."""

    def template(self, merchant_id: str, template_id: str) -> KnownTemplate | None:
        """One, as it is now."""

    def fetched_at(self, merchant_id: str, connection_id: str) -> datetime | None:
        """When a connection's templates were last fetched to the end; None if they never were."""

    def keep_fetched(
        self, merchant_id: str, connection_id: str, fetched: Sequence[TemplateDefinition], at: datetime
    ) -> None:
        """All that the channel listed at `at`: what is not among them is gone. What was told or fetched later
        stays. Again, and after a crash, it writes what is not written yet."""

    def tell(self, merchant_id: str, connection_id: str, news: TemplateNews, at: datetime) -> None:
        """What a webhook has told; what was told or fetched later stays. A template that is not known is
        noted, and the next fetch fills it in."""
