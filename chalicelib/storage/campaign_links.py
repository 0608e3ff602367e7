"""Where the links of campaigns lead, in DynamoDB: a row for each address of a run, whoever it is sent to."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.campaigns.clicks import CampaignLink
from chalicelib.domain.retention import seconds
from chalicelib.storage.errors import answers
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import TextAttribute, ThreadsRow
from chalicelib.storage.reading import get


class CampaignLinkItem(ThreadsRow):
    """An address in a run's messages. It works for as long as messages are kept. Never changed."""

    merchant_id = UnicodeAttribute()
    campaign_id = UnicodeAttribute()
    run_id = UnicodeAttribute()
    url = TextAttribute()
    at = UTCDateTimeAttribute()


class DynamoCampaignLinks(Keeping):
    """The CampaignLinkStore on DynamoDB."""

    def keep(self, link: CampaignLink) -> None:
        """Store it; again is harmless."""
        item = CampaignLinkItem(
            f"campaign_link#{link.link_id}",
            "link",
            merchant_id=link.merchant_id,
            campaign_id=link.campaign_id,
            run_id=link.run_id,
            url=link.url,
            at=link.at,
            expires_at=seconds(link.at + self._kept.messages),
        )
        with answers():
            item.save()

    def link(self, link_id: str) -> CampaignLink | None:
        """One; None where there is none, or it is long gone."""
        item = get(CampaignLinkItem, f"campaign_link#{link_id}", "link")
        if item is None:
            return None
        return CampaignLink(
            link_id=link_id,
            merchant_id=item.merchant_id,
            campaign_id=item.campaign_id,
            run_id=item.run_id,
            url=item.url,
            at=item.at,
        )
