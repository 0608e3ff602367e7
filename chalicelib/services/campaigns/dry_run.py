"""A dry run: the real gate over the whole segment, before anything is booked. Nothing is sent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.runs import Run
from chalicelib.domain.ids import stable_id, to_ms
from chalicelib.domain.work import GatherRun, RunPage
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.services.campaigns.begin_run import BeginRun, NoSegment, StillBuilt
from chalicelib.services.campaigns.campaigns import TRIES, Campaigns, NotNow, is_finished
from chalicelib.services.campaigns.checks import BadCampaign, CheckCampaign

# So long a caller waits for it; what is left then is done by the queue. A route has 29 s.
WAITS_FOR_S: Final = 15.0
# Until then a dry run that was begun is the one that is asked for again.
_ONE_ASKED_FOR: Final = timedelta(minutes=10)
_PAUSE_S: Final = 0.1


class Gather(Protocol):
    """Writes the pages of a run, as far as they are not there."""

    def __call__(self, work: GatherRun, now: datetime) -> None:
        """Raises StoreBusy."""


class DecidePage(Protocol):
    """Decides on the recipients of a page."""

    def __call__(self, work: RunPage, now: datetime) -> None:
        """Raises StoreBusy."""


class DryRuns:
    """The queue does the same work: whoever comes second finds it done."""

    def __init__(
        self,
        store: CampaignStore,
        campaigns: Campaigns,
        check: CheckCampaign,
        begin: BeginRun,
        gather: Gather,
        decide: DecidePage,
        seconds: Callable[[], float],
        pause: Callable[[float], None],
    ) -> None:
        """seconds: a clock that only runs forward. pause: waits for so many."""
        self._store, self._campaigns, self._check, self._begin = store, campaigns, check, begin
        self._gather, self._decide, self._seconds, self._pause = gather, decide, seconds, pause

    def __call__(self, merchant_id: str, campaign_id: str, now: datetime) -> Campaign:
        """The campaign with its dry run, which may go on. Asked again soon, it goes on with the same. Raises
        NoCampaign, NotNow, BadCampaign, StoreBusy."""
        for _ in range(TRIES):
            campaign = self._campaigns.one(merchant_id, campaign_id)
            if campaign.state in ("done", "cancelled"):
                raise NotNow("not_possible", f"It is {campaign.state}: nothing more goes out of it.")
            self._check(campaign, now)
            run = self._going_on(campaign, now) or self._begun(campaign, now)
            if campaign.dry_run_id != run.run_id:
                asked = replace(campaign, dry_run_id=run.run_id, dry_run_at=run.at)
                try:
                    campaign = self._store.save(asked)
                except Conflict:  # written anew in this very moment: that needs a dry run of its own
                    continue
            self._work_on(run, now)
            return campaign
        raise StoreBusy("others change it just now")

    def _going_on(self, campaign: Campaign, now: datetime) -> Run | None:
        if not campaign.dry_run_id:
            return None
        run = self._store.run(campaign.merchant_id, campaign.campaign_id, campaign.dry_run_id)
        if run is None or now - run.at > _ONE_ASKED_FOR or is_finished(run, self._store):
            return None
        return run

    def _begun(self, campaign: Campaign, now: datetime) -> Run:
        run_id = stable_id("rn", "dry", campaign.campaign_id, str(campaign.version), str(to_ms(now)))
        try:
            run, _ = self._begin(campaign, run_id, now, now, is_dry=True)
        except NoSegment:
            text = "There is no such segment any more; `GET /segments` lists them."
            raise BadCampaign("segment_id", text) from None
        except StillBuilt:
            text = "Its segment is being built just now: try again in a moment."
            raise NotNow("segment_is_built", text, "segment_id") from None
        return run

    def _work_on(self, run: Run, now: datetime) -> None:
        """Until all is looked at, or the time is over. What another does just now is waited for."""
        until_s = self._seconds() + WAITS_FOR_S
        with suppress(StoreBusy):
            while self._seconds() < until_s and not self._step(run, now, until_s):
                self._pause(_PAUSE_S)

    def _step(self, run: Run, now: datetime, until_s: float) -> bool:
        """Whether nothing is left."""
        ids = (run.merchant_id, run.campaign_id, run.run_id)
        known = self._store.run(*ids)
        if known is None:
            return True
        if known.state == "gathering":
            self._gather(GatherRun(*ids), now)
        for page in self._store.pages(known):
            if page.look_at is not None and self._seconds() < until_s:
                self._decide(RunPage(*ids, str(page.number)), now)
        known = self._store.run(*ids)
        return known is None or is_finished(known, self._store)
