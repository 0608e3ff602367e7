"""Whom a campaign is for, at the moment when a run of it begins."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.campaigns.campaigns import Campaign, holdout_share
from chalicelib.domain.campaigns.runs import Run
from chalicelib.domain.work import Due, GatherRun
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict
from chalicelib.ports.segments import SegmentStore


class NoSegment(Exception):
    """The segment that it is for is gone."""


class StillBuilt(Exception):
    """Not everybody was asked yet whether they are in the segment."""


class BeginRun:
    """Writes down that a run has begun, with the work that gathers its pages."""

    def __init__(
        self,
        store: CampaignStore,
        segments: SegmentStore,
        refresh: Callable[[str, datetime], object],
    ) -> None:
        """refresh: brings a merchant's segments up to date, as far as it comes in a moment."""
        self._store, self._segments, self._refresh = store, segments, refresh

    def __call__(
        self, campaign: Campaign, run_id: str, at: datetime, now: datetime, *, is_dry: bool = False
    ) -> tuple[Run, GatherRun]:
        """The same id again is the same run, as it is by then. Raises NoSegment, StillBuilt, StoreBusy."""
        merchant_id, campaign_id = campaign.merchant_id, campaign.campaign_id
        work = GatherRun(merchant_id, campaign_id, run_id)
        known = self._store.run(merchant_id, campaign_id, run_id)
        if known is not None:
            return known, work
        run = Run(
            merchant_id=merchant_id,
            campaign_id=campaign_id,
            run_id=run_id,
            at=at,
            is_dry=is_dry,
            begun_at=now,
            holdout=holdout_share(campaign, self.count(campaign, now)),
        )
        try:
            return self._store.save_run(run, due=[Due(work, now)]), work
        except Conflict:  # somebody else has begun it in this very moment
            known = self._store.run(merchant_id, campaign_id, run_id)
            if known is None:
                raise
            return known, work

    def count(self, campaign: Campaign, now: datetime) -> int:
        """How many are in the segment now. Raises NoSegment, StillBuilt, StoreBusy."""
        segment = self._segments.segment(campaign.merchant_id, campaign.segment_id)
        if segment is None:
            raise NoSegment(campaign.segment_id)
        self._refresh(campaign.merchant_id, now)
        segment = self._segments.segment(campaign.merchant_id, campaign.segment_id)
        if segment is None or segment.built_at is None:
            raise StillBuilt(campaign.segment_id)
        return self._segments.count(campaign.merchant_id, campaign.segment_id)
