"""Campaigns, their runs, and what became of each recipient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.runs import Page, Recipient, Run
from chalicelib.domain.work import Due, Work


@dataclass(frozen=True, slots=True)
class Got:
    """What a shopper got of one run, or was looked at for."""

    campaign_id: str
    run_id: str
    recipient: Recipient


class CampaignStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def campaign(self, merchant_id: str, campaign_id: str) -> Campaign | None:
        """One, as it is now."""

    def campaigns(self, merchant_id: str, *, before: str = "", limit: int = 50) -> list[Campaign]:
        """The latest first, older than the one with the id `before`."""

    def save(self, campaign: Campaign, due: Sequence[Due] = (), done: Sequence[Work] = ()) -> Campaign:
        """On the version that was read, with rows of waiting work to set and to take away, in one
        transaction. Raises Conflict."""

    def run(self, merchant_id: str, campaign_id: str, run_id: str) -> Run | None:
        """One, as it is now."""

    def save_run(self, run: Run, pages: Sequence[Page] = (), due: Sequence[Due] = ()) -> Run:
        """On the version that was read, with new pages and their work, in one transaction: 99 of these at
        most. Raises Conflict."""

    def page(self, run: Run, number: int) -> Page | None:
        """One, as it is now."""

    def pages(self, run: Run) -> list[Page]:
        """All of them, in their order; without their shoppers."""

    def recipients(self, run: Run, shopper_ids: Sequence[str]) -> list[Recipient]:
        """Those of them that have a row, in no order."""

    def listed(self, run: Run, *, after: str = "", limit: int = 100) -> list[Recipient]:
        """In the order of their ids."""

    def put(self, run: Run, recipients: Sequence[Recipient]) -> None:
        """Store them as they are; only the page's worker does. Again is harmless, and a click that was noted
        meanwhile stays."""

    def save_page(self, run: Run, page: Page, due: Due | None) -> Page:
        """On the version that was read, and when it is looked at again; None: never. Raises Conflict."""

    def click(self, merchant_id: str, campaign_id: str, run_id: str, shopper_id: str, at: datetime) -> None:
        """Note when they first followed a link; nothing where they are no recipient."""

    def spend(
        self, run: Run, page_number: int, currency: str, amount: Decimal, limit: Decimal | None
    ) -> bool:
        """Reserve what a page's messages cost at most, once a page; whether it is within the limit."""

    def spent(self, run: Run) -> Mapping[str, Decimal]:
        """What was reserved so far, by currency."""

    def got(self, merchant_id: str, shopper_id: str) -> list[Got]:
        """All that is held of what they got of campaigns."""

    def forget_recipient(self, merchant_id: str, shopper_id: str) -> None:
        """They were erased: their rows of all runs go; what was counted stays."""
