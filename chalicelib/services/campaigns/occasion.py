"""What all recipients of a run have in common: what is said, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.contents import CampaignContent, content_from
from chalicelib.domain.campaigns.feeding import due_after_s
from chalicelib.domain.campaigns.runs import Run
from chalicelib.domain.campaigns.schedules import (
    SHOPPER,
    BadSchedule,
    Schedule,
    first_after,
    is_past,
    moment_for,
    schedule_from,
    wall_at,
)
from chalicelib.domain.merchants import Shop
from chalicelib.ports.recurrence import Recurrence
from chalicelib.services.people.whereabouts import whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """at: the moment that the schedule names. begins_at: when its messages are begun with, which is later
    where that was missed; of a dry run, when they would be."""

    campaign: Campaign
    run: Run
    content: CampaignContent
    schedule: Schedule | None
    at: datetime
    begins_at: datetime
    shop: Shop

    def moment(self, phone: str, language_hint: str) -> datetime:
        """Its moment for somebody: on their own clock where the schedule says so."""
        if self.schedule is None or self.schedule.zone != SHOPPER:
            return self.at
        zone = self.shop.zone or "UTC"
        zones = whereabouts(phone, language_hint, self.shop.country, zone).zones
        return moment_for(wall_at(self.schedule, zone, self.at), zones)

    @property
    def spread(self) -> timedelta:
        """So much later the last of them is looked at than the first: they go out at their connections'
        speed."""
        run = self.run
        return timedelta(seconds=due_after_s(run.pages, run.rate)) if run.rate else timedelta(0)

    def is_missed(self, moment: datetime) -> bool:
        """Whether somebody's own moment was too long ago when it began."""
        schedule = self.schedule
        return schedule is not None and schedule.zone == SHOPPER and is_past(schedule, moment, self.begins_at)


def occasion_of(campaign: Campaign, run: Run, shop: Shop, recurs: Recurrence) -> Occasion:
    """A dry run is about the next occurrence as its schedule has it; with none left, about its own moment."""
    zone, at = shop.zone or "UTC", run.at
    begun_at = run.begun_at or run.at
    try:
        schedule = schedule_from(campaign.schedule)
        if run.is_dry and run.at <= begun_at:
            at = first_after(schedule, zone, run.at, recurs) or run.at
    except (BadSchedule, OverflowError):
        schedule = None
    return Occasion(
        campaign=campaign,
        run=run,
        content=content_from(campaign.content),
        schedule=schedule,
        at=at,
        begins_at=max(at, begun_at),
        shop=shop,
    )
