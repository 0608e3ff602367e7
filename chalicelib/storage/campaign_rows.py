"""Campaigns, runs, pages and recipients as rows: where each stands, and what it holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.runs import Page, Recipient, Run
from chalicelib.domain.ids import sort_key
from chalicelib.domain.plain import from_plain, to_plain
from chalicelib.domain.retention import Retention, seconds
from chalicelib.storage.models import TextAttribute, ThreadsRow

PAGES: Final = "p#"
SPENT: Final = "spent#"
CLICK: Final = "#click"
# Whom a dry run has looked at is of no use for long; what it has counted stays with its pages.
_DRY_KEPT: Final = timedelta(days=30)
# DynamoDB adds amounts up in whole millionths.
_UNIT: Final = 1_000_000


class CampaignItem(ThreadsRow):
    """A campaign, guarded by its version. content, schedule: as the marketer gave them."""

    document = TextAttribute()
    content = TextAttribute()
    schedule = TextAttribute()
    version = NumberAttribute()


class CampaignFoundItem(ThreadsRow):
    """Leads to a campaign: to its hash key."""

    row = UnicodeAttribute()


class RunItem(ThreadsRow):
    """A run, guarded by its version."""

    document = TextAttribute()
    version = NumberAttribute()


class RunPageItem(ThreadsRow):
    """A page of a run, guarded by its version. shoppers: their ids with blanks between; written once."""

    document = TextAttribute()
    shoppers = UnicodeAttribute(null=True)
    version = NumberAttribute()


class SpentItem(ThreadsRow):
    """What was reserved of a currency, in millionths; or that a page has reserved it."""

    n = NumberAttribute(default=0)


class RecipientItem(ThreadsRow):
    """A shopper of a run, or, apart from what the page's worker writes, when they first followed a link.
    campaign: whose run it is."""

    document = TextAttribute(null=True)
    campaign = UnicodeAttribute(null=True)
    at = UTCDateTimeAttribute(null=True)


def campaign_key(merchant_id: str, campaign_id: str) -> tuple[str, str]:
    return f"{merchant_id}#campaign#{campaign_id}", "campaign"


def campaigns_key(merchant_id: str) -> str:
    return f"{merchant_id}#campaigns"


def place_of(campaign: Campaign) -> str:
    """Where it stands in the list of all."""
    return sort_key(campaign.created_at, campaign.campaign_id)


def run_key(merchant_id: str, run_id: str) -> str:
    return f"{merchant_id}#run#{run_id}"


def page_place(number: int) -> str:
    return f"{PAGES}{number:06d}"


def recipient_key(merchant_id: str, shopper_id: str) -> str:
    return f"{merchant_id}#recipient#{shopper_id}"


def campaign_item(campaign: Campaign) -> CampaignItem:
    """One version on."""
    item = CampaignItem(*campaign_key(campaign.merchant_id, campaign.campaign_id))
    item.document = _text(to_plain(replace(campaign, content={}, schedule={}, version=0)))
    item.content, item.schedule = _text(campaign.content), _text(campaign.schedule)
    item.version = campaign.version + 1
    return item


def campaign_of(item: CampaignItem) -> Campaign:
    given = {"content": json.loads(item.content), "schedule": json.loads(item.schedule)}
    return replace(from_plain(Campaign, json.loads(item.document) | given), version=int(item.version))


def run_item(run: Run, kept: Retention) -> RunItem:
    """One version on."""
    item = RunItem(run_key(run.merchant_id, run.run_id), "run", version=run.version + 1)
    item.document = _text(to_plain(replace(run, version=0)))
    item.expires_at = run_until(run, kept)
    return item


def run_until(run: Run, kept: Retention) -> int:
    """Seconds since 1970."""
    return seconds(run.at + kept.messages)


def run_of(item: RunItem) -> Run:
    return replace(from_plain(Run, json.loads(item.document)), version=int(item.version))


def page_item(run: Run, page: Page, kept: Retention) -> RunPageItem:
    """A new one."""
    item = RunPageItem(run_key(run.merchant_id, run.run_id), page_place(page.number), version=1)
    item.document, item.shoppers = page_text(page), " ".join(page.shoppers) or None
    item.expires_at = run_until(run, kept)
    return item


def page_text(page: Page) -> str:
    """All but its shoppers."""
    return _text(to_plain(replace(page, shoppers=(), version=0)))


def page_of(item: RunPageItem) -> Page:
    shoppers = {"shoppers": (item.shoppers or "").split()}
    return replace(from_plain(Page, json.loads(item.document) | shoppers), version=int(item.version))


def recipient_item(run: Run, one: Recipient, kept: Retention) -> RecipientItem:
    item = RecipientItem(recipient_key(run.merchant_id, one.shopper_id), run.run_id, campaign=run.campaign_id)
    item.document = _text({name: value for name, value in to_plain(one).items() if value not in _USUAL})
    item.expires_at = recipients_until(run, kept)
    return item


def recipients_until(run: Run, kept: Retention) -> int:
    """Seconds since 1970."""
    return seconds(run.at + (min(kept.messages, _DRY_KEPT) if run.is_dry else kept.messages))


def recipients_of(items: Sequence[RecipientItem]) -> list[tuple[RecipientItem, Recipient]]:
    """With the clicks that stand beside them."""
    clicks = {(item.pk, item.sk.removesuffix(CLICK)): item.at for item in items if item.sk.endswith(CLICK)}
    found = []
    for item in (one for one in items if not one.sk.endswith(CLICK)):
        one = from_plain(Recipient, json.loads(item.document))
        found.append((item, replace(one, clicked_at=clicks.get((item.pk, item.sk)) or one.clicked_at)))
    return found


def millionths(amount: Decimal) -> int:
    """Whatever is left over counts as one more."""
    return int((amount * _UNIT).to_integral_value(ROUND_CEILING))


def amount_of(n: int) -> Decimal:
    return Decimal(n) / _UNIT


# What a recipient is where nothing is said: it is not written, so that a row takes one unit to write.
_USUAL: Final = (False, "0")


def _text(one: Mapping[str, Any]) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":"))
