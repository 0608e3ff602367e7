"""All that keeps a campaign from being saved or booked, said with the field in which it stands."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

from chalicelib.domain.campaigns import content_problems, schedule_problems
from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.contents import CAMPAIGN_FIELDS, content_from
from chalicelib.domain.campaigns.rate_cards import CURRENCY
from chalicelib.domain.campaigns.schedules import first_after, schedule_from
from chalicelib.ports.channel import Channel
from chalicelib.ports.recurrence import Recurrence
from chalicelib.ports.segments import SegmentStore
from chalicelib.ports.shops import ShopStore
from chalicelib.services.templates.check_saved import CheckSavedTemplates

# A campaign is one row, with all that it says.
MOST_BYTES: Final = 150_000


class BadCampaign(ValueError):
    """What is wrong and what to do, and the `field` in which it stands."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class CheckCampaign:
    """Asked when it is saved, and again when it is booked: templates and segments change meanwhile."""

    def __init__(
        self,
        shops: ShopStore,
        segments: SegmentStore,
        check_templates: CheckSavedTemplates,
        channel_or_none: Callable[[str], Channel | None],
        recurs: Recurrence,
    ) -> None:
        self._shops, self._segments = shops, segments
        self._check_templates, self._channel_or_none, self._recurs = check_templates, channel_or_none, recurs

    def __call__(self, campaign: Campaign, now: datetime) -> datetime | None:
        """Its first moment if it were booked now. Raises BadCampaign, StoreBusy."""
        zone = self._zone(campaign.merchant_id)
        for field, message in self._problems(campaign):
            raise BadCampaign(field, message)
        for field, message in schedule_problems.problems(campaign.schedule, zone, now, self._recurs):
            raise BadCampaign(field, message)
        return first_after(schedule_from(campaign.schedule), zone, now, self._recurs)

    def first(self, campaign: Campaign, now: datetime) -> datetime | None:
        """When it would go out first, whatever else is wrong with it. Raises StoreBusy."""
        with suppress(ValueError):  # its day is over, or it is a rule that nobody can follow
            zone = self._zone(campaign.merchant_id)
            return first_after(schedule_from(campaign.schedule), zone, now, self._recurs)
        return None

    def _zone(self, merchant_id: str) -> str:
        return self._shops.shop(merchant_id).zone or "UTC"

    def _problems(self, campaign: Campaign) -> Iterator[tuple[str, str]]:
        size = len(json.dumps([campaign.content, campaign.schedule]).encode())
        if size > MOST_BYTES:
            yield "content", f"It has more than {MOST_BYTES // 1000} KB in all its languages and channels."
            return
        if self._segments.segment(campaign.merchant_id, campaign.segment_id) is None:
            yield "segment_id", "There is no such segment; `GET /segments` lists them."
        if campaign.limit is not None and campaign.limit_currency != CURRENCY:
            yield "limit.currency", f"Messages are paid for in {CURRENCY}: give the limit in it."
        connections = self._shops.connections(campaign.merchant_id)
        open_ones = [one for one in connections if one.status != "disconnected"]
        channels = {one.channel: self._channel_or_none(one.channel) for one in open_ones}
        takes = {name: one.capabilities for name, one in channels.items() if one is not None}
        content = content_from(campaign.content)
        yield from content_problems.problems(content, takes, self._shops.shop(campaign.merchant_id).name)
        own = [one.connection_id for one in connections]
        yield from self._check_templates(
            campaign.merchant_id, content.templates, "content.templates", own, CAMPAIGN_FIELDS
        )
