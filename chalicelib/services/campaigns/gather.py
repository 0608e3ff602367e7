"""The pages of a run: written from its segment, as it is while they are written."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.feeding import due_after_s
from chalicelib.domain.campaigns.runs import PAGE, Page, Run
from chalicelib.domain.capabilities import Rates
from chalicelib.domain.connections import Connection
from chalicelib.domain.pacing import lane_of
from chalicelib.domain.work import Due, GatherRun, RunPage
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.queues import DueStore, Outbox
from chalicelib.ports.segments import SegmentStore
from chalicelib.ports.shops import ShopStore
from chalicelib.services.campaigns.stop import halt_of

# So many pages are written together, and so many at most by one call.
_TOGETHER: Final = 10
_AT_MOST: Final = 100
_NEXT_TICK: Final = timedelta(seconds=60)
# Where nobody is reached, nothing goes fast.
_SLOWEST: Final = 1.0


class GatherRuns:
    """How far it has come stands in the run, and moves with the pages: a crash repeats nothing and loses
    nobody."""

    def __init__(
        self,
        store: CampaignStore,
        segments: SegmentStore,
        shops: ShopStore,
        dues: DueStore,
        outbox: Outbox,
        channel_or_none: Callable[[str], Channel | None],
        page_size: int = PAGE,
    ) -> None:
        self._store, self._segments, self._shops = store, segments, shops
        self._dues, self._outbox, self._channel_or_none = dues, outbox, channel_or_none
        self._size = page_size

    def __call__(self, work: GatherRun, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        run = self._store.run(work.merchant_id, work.campaign_id, work.run_id)
        campaign = self._store.campaign(work.merchant_id, work.campaign_id)
        if run is None or campaign is None or run.state in ("done", "ended"):
            self._dues.forget(work)
            return
        try:
            if run.state == "gathering" and self._gathered(campaign, run, now) is None:
                self._dues.set(Due(work, now))
                self._outbox.dispatch(work, attempt=now.isoformat())
                return
        except Conflict:  # another is at it
            return
        if run.state == "going":
            self._wake(run, now)
        self._dues.forget(work)

    def _gathered(self, campaign: Campaign, run: Run, now: datetime) -> Run | None:
        """The run with all its pages; None where there are more. Raises Conflict."""
        if not run.is_dry and halt_of(campaign) == "cancelled":
            return self._store.save_run(replace(run, state="ended", ended_at=now, end_reason="cancelled"))
        run = run if run.rate else replace(run, rate=self._rate(campaign))
        for _ in range(_AT_MOST // _TOGETHER):
            ids = self._segments.members(
                run.merchant_id, campaign.segment_id, after=run.after, limit=self._size * _TOGETHER
            )
            cut = [tuple(ids[start : start + self._size]) for start in range(0, len(ids), self._size)]
            pages = [_page(run, run.pages + place, some, now) for place, some in enumerate(cut)]
            is_all = len(ids) < self._size * _TOGETHER
            after = replace(
                run,
                after=ids[-1] if ids else run.after,
                pages=run.pages + len(pages),
                shoppers=run.shoppers + len(ids),
            )
            after = _complete(after, now) if is_all else after
            due = [Due(_work_of(run, page), page.look_at) for page in pages if page.look_at is not None]
            run = self._store.save_run(after, pages, due)
            self._begin(due, now)
            if is_all:
                return run
        return None

    def _begin(self, due: Sequence[Due], now: datetime) -> None:
        """What is due before the next tick need not wait for it; it sees to them where this fails."""
        with suppress(StoreBusy):
            self._outbox.dispatch_all([one.work for one in due if one.at <= now], "")
            for one in due:
                if now < one.at <= now + _NEXT_TICK:
                    self._outbox.dispatch(one.work, delay_s=ceil((one.at - now).total_seconds()))

    def _rate(self, campaign: Campaign) -> float:
        """Messages a second, by the slowest of the connections that it may go by."""
        open_ones = [
            one for one in self._shops.connections(campaign.merchant_id) if one.status != "disconnected"
        ]
        speeds = [speed for one in open_ones if (speed := self._speed(one)) is not None]
        return min(speeds, default=_SLOWEST)

    def _speed(self, connection: Connection) -> float | None:
        channel = self._channel_or_none(connection.channel)
        if channel is None:
            return None
        rates: Rates = channel.capabilities.rates
        return 1 / lane_of("text", rates, connection.details).rate.interval_s

    def _wake(self, run: Run, now: datetime) -> None:
        """Somebody goes on with the campaign: its pages are looked at again now, and not only when they would
        be."""
        waiting = [page for page in self._store.pages(run) if page.counts.get("planned")]
        soon: list[Due] = []
        for place, page in enumerate(waiting):
            at = now + timedelta(seconds=due_after_s(place, run.rate or _SLOWEST))
            if page.look_at is None or page.look_at <= at:
                continue
            if at <= now:
                soon.append(Due(_work_of(run, page), at))
            else:
                self._dues.set(Due(_work_of(run, page), at))
        self._begin(soon, now)


def _complete(run: Run, now: datetime) -> Run:
    """With all its pages; one for nobody is over."""
    return replace(run, state="going") if run.pages else replace(run, state="done", ended_at=now)


def _page(run: Run, number: int, shoppers: tuple[str, ...], now: datetime) -> Page:
    """At its turn; of a dry run, at once."""
    begun_at = run.begun_at or now
    after = timedelta(0) if run.is_dry else timedelta(seconds=due_after_s(number, run.rate or _SLOWEST))
    counts = {"shoppers": len(shoppers), "planned": len(shoppers)}
    return Page(number=number, shoppers=shoppers, look_at=begun_at + after, counts=counts)


def _work_of(run: Run, page: Page) -> RunPage:
    return RunPage(run.merchant_id, run.campaign_id, run.run_id, str(page.number))
