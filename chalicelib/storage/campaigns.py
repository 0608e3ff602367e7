"""The CampaignStore on DynamoDB. A recipient's rows stand under the shopper: a large run makes no partition
hot, and what an erased shopper got is found together."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from pynamodb.expressions.update import Action

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.runs import Page, Recipient, Run
from chalicelib.domain.work import Due, RunPage, Work, due_id
from chalicelib.ports.campaigns import Got
from chalicelib.ports.errors import Conflict
from chalicelib.storage import campaign_rows as rows
from chalicelib.storage.campaign_rows import (
    CLICK,
    CampaignFoundItem,
    CampaignItem,
    RecipientItem,
    RunItem,
    RunPageItem,
    SpentItem,
)
from chalicelib.storage.errors import answers
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import DueItem
from chalicelib.storage.reading import get
from chalicelib.storage.rows import row_of_due
from chalicelib.storage.transaction import Refused, Transaction

# DynamoDB reads so many rows in one call; of a recipient there are two.
_AT_ONCE: Final = 100
_RECIPIENTS_AT_ONCE: Final = _AT_ONCE // 2


class DynamoCampaigns(Keeping):
    """Reads are strongly consistent: decisions are made on them."""

    def campaign(self, merchant_id: str, campaign_id: str) -> Campaign | None:
        """One, as it is now."""
        item = get(CampaignItem, *rows.campaign_key(merchant_id, campaign_id))
        return None if item is None else rows.campaign_of(item)

    def campaigns(self, merchant_id: str, *, before: str = "", limit: int = 50) -> list[Campaign]:
        """The latest first, older than the one with the id `before`."""
        span = None
        if before:
            last = self.campaign(merchant_id, before)
            if last is None:
                return []
            span = CampaignFoundItem.sk < rows.place_of(last)
        with answers():
            key = rows.campaigns_key(merchant_id)
            read = CampaignFoundItem.query(
                key, span, scan_index_forward=False, limit=limit, consistent_read=True
            )
            wanted = [(item.row, "campaign") for item in read]
            found = [
                rows.campaign_of(item)
                for start in range(0, len(wanted), _AT_ONCE)
                for item in CampaignItem.batch_get(wanted[start : start + _AT_ONCE], consistent_read=True)
            ]
        return sorted(found, key=rows.place_of, reverse=True)

    def save(self, campaign: Campaign, due: Sequence[Due] = (), done: Sequence[Work] = ()) -> Campaign:
        """On the version that was read, with rows of waiting work to set and to take away, in one
        transaction. Raises Conflict. Done twice, the second finds another version."""
        item, version = rows.campaign_item(campaign), campaign.version
        is_as_read = CampaignItem.version == version if version else CampaignItem.pk.does_not_exist()
        with Transaction() as write:
            write.put("campaign", item, is_as_read)
            if not version:
                place = rows.place_of(campaign)
                found = CampaignFoundItem(rows.campaigns_key(campaign.merchant_id), place, row=item.pk)
                write.put("found", found)
            for work in done:
                write.delete("done", DueItem(due_id(work)))
            for one in due:
                write.put("due", row_of_due(one))
        return rows.campaign_of(item)

    def run(self, merchant_id: str, campaign_id: str, run_id: str) -> Run | None:
        """One, as it is now."""
        item = get(RunItem, rows.run_key(merchant_id, run_id), "run")
        run = None if item is None else rows.run_of(item)
        return run if run is not None and run.campaign_id == campaign_id else None

    def save_run(self, run: Run, pages: Sequence[Page] = (), due: Sequence[Due] = ()) -> Run:
        """On the version that was read, with new pages and their work, in one transaction, which takes 99
        of these. Raises Conflict. Done twice, the second finds another version."""
        item = rows.run_item(run, self._kept)
        is_as_read = RunItem.version == run.version if run.version else RunItem.pk.does_not_exist()
        with Transaction() as write:
            write.put("run", item, is_as_read)
            for page in pages:
                write.put("page", rows.page_item(run, page, self._kept), RunPageItem.pk.does_not_exist())
            for one in due:
                write.put("due", row_of_due(one))
        return rows.run_of(item)

    def page(self, run: Run, number: int) -> Page | None:
        """One, as it is now."""
        item = get(RunPageItem, rows.run_key(run.merchant_id, run.run_id), rows.page_place(number))
        return None if item is None else rows.page_of(item)

    def pages(self, run: Run) -> list[Page]:
        """All of them, in their order; without their shoppers."""
        key, names = rows.run_key(run.merchant_id, run.run_id), ["pk", "sk", "document", "version"]
        with answers():
            prefix = RunPageItem.sk.startswith(rows.PAGES)
            read = RunPageItem.query(key, prefix, attributes_to_get=names, consistent_read=True)
            return [rows.page_of(item) for item in read]

    def recipients(self, run: Run, shopper_ids: Sequence[str]) -> list[Recipient]:
        """Those of them that have a row, in no order."""
        wanted = [rows.recipient_key(run.merchant_id, one) for one in dict.fromkeys(shopper_ids)]
        found: list[RecipientItem] = []
        with answers():
            for start in range(0, len(wanted), _RECIPIENTS_AT_ONCE):
                some = wanted[start : start + _RECIPIENTS_AT_ONCE]
                keys = [(key, sk) for key in some for sk in (run.run_id, run.run_id + CLICK)]
                found += RecipientItem.batch_get(keys, consistent_read=True)
        return [one for _, one in rows.recipients_of(found)]

    def listed(self, run: Run, *, after: str = "", limit: int = 100) -> list[Recipient]:
        """In the order of their ids, which is that of the pages."""
        found: list[Recipient] = []
        number = self._page_after(run, after) if after else 0
        while len(found) < limit and (page := self.page(run, number)) is not None:
            some = self.recipients(run, [one for one in page.shoppers if one > after])
            found += sorted(some, key=lambda one: one.shopper_id)
            number += 1
        return found[:limit]

    def _page_after(self, run: Run, after: str) -> int:
        """The first one that holds anybody after them: a few reads, however many pages there are."""
        low, high = 0, run.pages
        while low < high:
            middle = (low + high) // 2
            page = self.page(run, middle)
            if page is not None and page.shoppers and page.shoppers[-1] <= after:
                low = middle + 1
            else:
                high = middle
        return low

    def put(self, run: Run, recipients: Sequence[Recipient]) -> None:
        """Store them as they are; only the page's worker does. Again is harmless, and a click that was noted
        meanwhile stays: it has a row of its own."""
        items = {one.shopper_id: rows.recipient_item(run, one, self._kept) for one in recipients}
        with answers(), RecipientItem.batch_write() as batch:
            for item in items.values():
                batch.save(item)

    def save_page(self, run: Run, page: Page, due: Due | None) -> Page:
        """On the version that was read, and when it is looked at again; None: never. Raises Conflict."""
        key = rows.run_key(run.merchant_id, run.run_id)
        item = RunPageItem(key, rows.page_place(page.number))
        with Transaction() as write:
            text = rows.page_text(page)
            actions: list[Action] = [RunPageItem.document.set(text), RunPageItem.version.add(1)]
            write.update("page", item, actions, RunPageItem.version == page.version)
            if due is not None:
                write.put("due", row_of_due(due))
            else:
                work = RunPage(run.merchant_id, run.campaign_id, run.run_id, str(page.number))
                write.delete("done", DueItem(due_id(work)))
        return replace(page, version=page.version + 1)

    def click(self, merchant_id: str, campaign_id: str, run_id: str, shopper_id: str, at: datetime) -> None:
        """Note when they first followed a link; nothing where they are no recipient."""
        key = rows.recipient_key(merchant_id, shopper_id)
        recipient = get(RecipientItem, key, run_id)
        if recipient is None:
            return
        click = RecipientItem(key, run_id + CLICK, at=at, expires_at=recipient.expires_at)
        with suppress(Conflict), Transaction() as write:
            write.check("recipient", recipient, RecipientItem.pk.exists())
            write.put("click", click, RecipientItem.pk.does_not_exist())

    def spend(
        self, run: Run, page_number: int, currency: str, amount: Decimal, limit: Decimal | None
    ) -> bool:
        """Reserve what a page's messages cost at most, once a page; whether it is within the limit."""
        key, n = rows.run_key(run.merchant_id, run.run_id), rows.millionths(amount)
        page = SpentItem(
            key, f"reserved#{page_number:06d}#{currency}", n=n, expires_at=rows.run_until(run, self._kept)
        )
        room = None if limit is None else rows.millionths(limit) - n
        if room is not None and room < 0:
            return get(SpentItem, page.pk, page.sk) is not None
        is_within = None if room is None else SpentItem.n.does_not_exist() | (SpentItem.n <= room)
        try:
            with Transaction() as write:
                write.put("page", page, SpentItem.pk.does_not_exist())
                actions: list[Action] = [SpentItem.n.add(n), SpentItem.expires_at.set(page.expires_at)]
                write.update("sum", SpentItem(key, rows.SPENT + currency), actions, is_within)
        except Refused as refused:
            return "page" in refused.labels
        return True

    def spent(self, run: Run) -> Mapping[str, Decimal]:
        """What was reserved so far, by currency."""
        key = rows.run_key(run.merchant_id, run.run_id)
        with answers():
            read = SpentItem.query(key, SpentItem.sk.startswith(rows.SPENT), consistent_read=True)
            return {item.sk.removeprefix(rows.SPENT): rows.amount_of(int(item.n)) for item in read}

    def got(self, merchant_id: str, shopper_id: str) -> list[Got]:
        """All that is held of what they got of campaigns."""
        with answers():
            key = rows.recipient_key(merchant_id, shopper_id)
            found = list(RecipientItem.query(key, consistent_read=True))
        return [Got(item.campaign or "", item.sk, one) for item, one in rows.recipients_of(found)]

    def forget_recipient(self, merchant_id: str, shopper_id: str) -> None:
        """They were erased: their rows of all runs go; what was counted stays. Again is harmless."""
        key = rows.recipient_key(merchant_id, shopper_id)
        with answers():
            found = list(RecipientItem.query(key, consistent_read=True, attributes_to_get=["pk", "sk"]))
            with RecipientItem.batch_write() as batch:
                for item in found:
                    batch.delete(item)
