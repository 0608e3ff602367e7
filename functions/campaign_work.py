"""The use cases of marketing, each made when it is used first: segments, campaigns."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from functions.shop_work import ShopWork

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from chalicelib.services.campaigns.begin_run import BeginRun
    from chalicelib.services.campaigns.campaigns import Campaigns
    from chalicelib.services.campaigns.checks import CheckCampaign
    from chalicelib.services.campaigns.decide import DecideOnPage
    from chalicelib.services.campaigns.dry_run import DryRuns
    from chalicelib.services.campaigns.gather import GatherRuns
    from chalicelib.services.campaigns.mind_campaign import MindCampaigns
    from chalicelib.services.campaigns.report import ReportCampaign
    from chalicelib.services.campaigns.run_page import RunPages
    from chalicelib.services.campaigns.stop import AboutCampaign, StopCampaign
    from chalicelib.services.campaigns.try_on_staff import TryOnStaff
    from chalicelib.services.people.import_shoppers import ImportShoppers
    from chalicelib.services.segments.build import BuildSegments
    from chalicelib.services.segments.keep import KeepSegments
    from chalicelib.services.segments.refresh import Refresh, RefreshAll


# Whoever begins a run waits so long for its segment to be brought up to date; what is left comes later.
_REFRESHES_FOR_S: Final = 5.0
# So many profiles are made at the same time: each mostly waits for the tables.
_AT_ONCE: Final = 8
_Done = TypeVar("_Done")


def _several_at_once(work: Callable[[str], _Done], whom: Collection[str]) -> Iterable[_Done]:
    """Raises what the first that failed has raised, once all have ended."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(work, whom))


class CampaignWork(ShopWork):
    """Put together from the wiring's stores and what every use case has in common, which `Work` makes."""

    @cached_property
    def refresh(self) -> Refresh:
        """Of use to segments and to whatever begins with one."""
        from chalicelib.services.segments.make_profile import MakeProfile
        from chalicelib.services.segments.refresh import Refresh

        wiring = self._wiring
        make = MakeProfile(wiring.people, wiring.reports.threads_named, wiring.consents, wiring.commerce)
        return Refresh(wiring.segments, make, time.monotonic, _several_at_once)

    @cached_property
    def build_segments(self) -> BuildSegments:
        from chalicelib.services.segments.build import BuildSegments

        return BuildSegments(self._wiring.segments, time.monotonic)

    @cached_property
    def refresh_segments(self) -> RefreshAll:
        from chalicelib.services.segments.refresh import RefreshAll

        store, outbox = self._wiring.segments, self._wiring.outbox
        return RefreshAll(store, self.refresh, self.build_segments, self.dues, outbox, time.monotonic)

    @cached_property
    def segments(self) -> KeepSegments:
        from chalicelib.services.segments.keep import KeepSegments

        store, outbox = self._wiring.segments, self._wiring.outbox
        return KeepSegments(store, self.refresh, self.build_segments, outbox, time.monotonic)

    @cached_property
    def import_shoppers(self) -> ImportShoppers:
        from chalicelib.services.people.consents import Consents
        from chalicelib.services.people.import_shoppers import ImportShoppers

        wiring = self._wiring
        return ImportShoppers(
            wiring.imports,
            wiring.bodies,
            wiring.shops,
            self.threads,
            Consents(wiring.people, wiring.consents),
            wiring.segments,
            wiring.outbox,
            time.monotonic,
            _several_at_once,
        )

    @cached_property
    def check_campaign(self) -> CheckCampaign:
        from chalicelib.services.campaigns.checks import CheckCampaign
        from chalicelib.services.templates.check_saved import CheckSavedTemplates

        wiring = self._wiring
        check = CheckSavedTemplates(wiring.templates)
        return CheckCampaign(wiring.shops, wiring.segments, check, wiring.channel_or_none, wiring.recurs)

    @cached_property
    def campaigns(self) -> Campaigns:
        from chalicelib.services.campaigns.campaigns import Campaigns

        return Campaigns(self._wiring.campaigns, self.check_campaign, self._wiring.outbox)

    @cached_property
    def begin_run(self) -> BeginRun:
        from chalicelib.services.campaigns.begin_run import BeginRun

        def refresh(merchant_id: str, now: datetime) -> None:
            until_s = time.monotonic() + _REFRESHES_FOR_S
            if self.refresh(merchant_id, now, until_s):
                self.build_segments(merchant_id, now, until_s)

        return BeginRun(self._wiring.campaigns, self._wiring.segments, refresh)

    @cached_property
    def mind_campaign(self) -> MindCampaigns:
        from chalicelib.services.campaigns.mind_campaign import MindCampaigns

        wiring = self._wiring
        return MindCampaigns(
            wiring.campaigns, wiring.shops, self.dues, wiring.outbox, self.begin_run, wiring.recurs
        )

    @cached_property
    def gather_run(self) -> GatherRuns:
        from chalicelib.services.campaigns.gather import GatherRuns

        wiring = self._wiring
        return GatherRuns(
            wiring.campaigns,
            wiring.segments,
            wiring.shops,
            self.dues,
            wiring.outbox,
            wiring.channel_or_none,
        )

    @cached_property
    def run_page(self) -> RunPages:
        from chalicelib.services.campaigns.recount import Recount
        from chalicelib.services.campaigns.run_page import RunPages
        from chalicelib.services.campaigns.samples import ShowSamples

        wiring = self._wiring
        return RunPages(
            wiring.campaigns,
            wiring.shops,
            self.dues,
            self._decide_on_page,
            Recount(wiring.reports, wiring.consents, wiring.segments, wiring.commerce),
            ShowSamples(wiring.templates),
            self.stop_campaign,
            wiring.recurs,
        )

    @cached_property
    def _decide_on_page(self) -> DecideOnPage:
        from chalicelib.services.campaigns.decide import DecideOnPage
        from chalicelib.services.campaigns.plan import PlanRecipient, tracked_by

        wiring = self._wiring
        plan = PlanRecipient(
            wiring.reports.threads_named,
            self.threads.keyed,
            wiring.people,
            wiring.templates,
            self.find_way,
            tracked_by(wiring.link_for.each),
            lambda name: wiring.channel(name).capabilities.charges,
        )
        return DecideOnPage(
            wiring.campaigns,
            self.threads,
            wiring.consents,
            wiring.segments,
            plan,
            self.intend,
            wiring.outbox,
        )

    @cached_property
    def stop_campaign(self) -> StopCampaign:
        from chalicelib.services.campaigns.stop import StopCampaign

        return StopCampaign(self._wiring.campaigns)

    @cached_property
    def about_campaign(self) -> AboutCampaign:
        """Of use to what campaigns send."""
        from chalicelib.services.campaigns.stop import AboutCampaign

        return AboutCampaign(self._wiring.campaigns)

    @cached_property
    def dry_run(self) -> DryRuns:
        from chalicelib.services.campaigns.dry_run import DryRuns

        return DryRuns(
            self._wiring.campaigns,
            self.campaigns,
            self.check_campaign,
            self.begin_run,
            lambda work, now: self.gather_run(work, now),
            lambda work, now: self.run_page(work, now),
            time.monotonic,
            time.sleep,
        )

    @cached_property
    def report_campaign(self) -> ReportCampaign:
        from chalicelib.services.campaigns.report import ReportCampaign

        wiring = self._wiring
        return ReportCampaign(wiring.campaigns, self.check_campaign, wiring.shops, wiring.channel_or_none)

    @cached_property
    def try_on_staff(self) -> TryOnStaff:
        """Of use before a campaign is booked alone."""
        from chalicelib.services.campaigns.try_on_staff import TryOnStaff

        wiring = self._wiring
        return TryOnStaff(
            wiring.staff,
            self.threads,
            wiring.shops,
            wiring.templates,
            self._judge,
            self.intend,
            wiring.channel,
        )
