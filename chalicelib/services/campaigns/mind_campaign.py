"""A booked campaign whose moment has come: its run begins once, and the next moment is found."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.campaigns.campaigns import REMEMBERED, Campaign, Happened, told
from chalicelib.domain.campaigns.runs import run_id_for
from chalicelib.domain.campaigns.schedules import Schedule, missed, next_after, schedule_from
from chalicelib.domain.work import Due, MindCampaign
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.recurrence import Recurrence
from chalicelib.ports.shops import ShopStore
from chalicelib.services.campaigns.begin_run import BeginRun, NoSegment, StillBuilt
from chalicelib.services.campaigns.campaigns import TRIES, is_sending

# A segment that is asked of everybody just now is looked at again after this; so is a last run, which keeps
# its campaign from being done while somebody of it may still be written to.
AGAIN: Final = timedelta(minutes=1)
_LAST_RUN: Final = timedelta(minutes=15)


class MindCampaigns:
    """Repeatable at any point: the same moment is the same run, and what is written of the campaign is
    guarded by its version."""

    def __init__(
        self,
        store: CampaignStore,
        shops: ShopStore,
        dues: DueStore,
        outbox: Outbox,
        begin: BeginRun,
        recurs: Recurrence,
    ) -> None:
        self._store, self._shops, self._dues, self._outbox = store, shops, dues, outbox
        self._begin, self._recurs = begin, recurs

    def __call__(self, work: MindCampaign, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        for _ in range(TRIES):
            campaign = self._store.campaign(work.merchant_id, work.campaign_id)
            if campaign is None or campaign.state != "booked":
                self._dues.forget(work)
                return
            try:
                self._mind(campaign, work, now)
            except Conflict:  # somebody has paused it, or another minds it: look again
                continue
            return
        raise StoreBusy("others change this campaign just now")

    def _mind(self, campaign: Campaign, work: MindCampaign, now: datetime) -> None:
        if campaign.next_at is None:
            self._close(campaign, work, now)
        elif campaign.next_at > now:
            self._dues.set(Due(work, campaign.next_at))
        else:
            self._occur(campaign, campaign.next_at, work, now)

    def _occur(self, campaign: Campaign, at: datetime, work: MindCampaign, now: datetime) -> None:
        zone, schedule = (
            self._shops.shop(campaign.merchant_id).zone or "UTC",
            schedule_from(campaign.schedule),
        )
        how, run_id = missed(schedule, at, now), run_id_for(campaign.campaign_id, at)
        if how == "skipped" and self._store.run(campaign.merchant_id, campaign.campaign_id, run_id) is None:
            self._skip(campaign, schedule, zone, work, now)
            return
        try:
            _, gather = self._begin(campaign, run_id, at, now)
        except StillBuilt:
            self._dues.set(Due(work, now + AGAIN))
            return
        except NoSegment:
            self._stop(campaign, work, now)
            return
        began = Happened(now, "late", _LATE, about=at) if how == "late" else Happened(now, "began", about=at)
        after = told(campaign, began)
        runs = tuple(dict.fromkeys((*campaign.runs, run_id)))[-REMEMBERED:]
        self._go_on(replace(after, runs=runs), next_after(schedule, zone, at, self._recurs), work, now)
        with suppress(StoreBusy):  # its row is due: the tick will see to it
            self._outbox.dispatch(gather)

    def _skip(
        self, campaign: Campaign, schedule: Schedule, zone: str, work: MindCampaign, now: datetime
    ) -> None:
        """To the first moment that was not missed: all that were are told together."""
        at: datetime | None = campaign.next_at
        left_out = 0
        while at is not None and missed(schedule, at, now) == "skipped":
            left_out += 1
            at = next_after(schedule, zone, at, self._recurs)
        words = _SKIPPED if left_out == 1 else f"{left_out} moments were missed. {_SKIPPED}"
        after = told(campaign, Happened(now, "skipped", words, about=campaign.next_at))
        self._go_on(after, at, work, now)

    def _go_on(self, campaign: Campaign, at: datetime | None, work: MindCampaign, now: datetime) -> None:
        self._store.save(replace(campaign, next_at=at), [Due(work, at or now + AGAIN)])

    def _close(self, campaign: Campaign, work: MindCampaign, now: datetime) -> None:
        """It is done when nobody of its last run is left; until then it can be paused and cancelled."""
        last = campaign.runs[-1] if campaign.runs else ""
        run = self._store.run(campaign.merchant_id, campaign.campaign_id, last) if last else None
        if run is not None and is_sending(run, self._store):
            self._dues.set(Due(work, now + (AGAIN if run.state == "gathering" else _LAST_RUN)))
            return
        self._store.save(told(replace(campaign, state="done"), Happened(now, "done")), done=[work])

    def _stop(self, campaign: Campaign, work: MindCampaign, now: datetime) -> None:
        words = "Its segment was removed. Choose another in a new campaign, or cancel this one."
        stopped = replace(campaign, state="stopped", state_reason="segment_gone", state_words=words)
        self._store.save(told(stopped, Happened(now, "stopped", words, about=campaign.next_at)), done=[work])


_LATE: Final = "It could not begin at its moment, and began later."
_SKIPPED: Final = "It could not begin in time, and was left out: later than this nobody would understand it."
