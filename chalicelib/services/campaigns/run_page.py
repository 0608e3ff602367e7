"""A page of a run: decides on those whose moment has come, and finds out what became of the others."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.campaigns.looks import next_look
from chalicelib.domain.campaigns.results import counted, money, summed
from chalicelib.domain.campaigns.runs import Page, Recipient, Run
from chalicelib.domain.campaigns.stopping import BLOCK_LIMIT_REACHED, left_words, stop_words
from chalicelib.domain.gate.campaigns import ASKED_AGAIN
from chalicelib.domain.work import Due, RunPage
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict
from chalicelib.ports.queues import DueStore
from chalicelib.ports.recurrence import Recurrence
from chalicelib.ports.shops import ShopStore
from chalicelib.services.campaigns.decide import Decided, DecideOnPage
from chalicelib.services.campaigns.occasion import Occasion, occasion_of
from chalicelib.services.campaigns.recount import Recount
from chalicelib.services.campaigns.samples import ShowSamples
from chalicelib.services.campaigns.stop import StopCampaign, halt_of

# The function's own timeout and a minute more: whoever had the page is gone by then.
LEASE: Final = timedelta(seconds=30 + 60)
# A run is over with its last page, which waits for the others.
_OTHERS_LEFT: Final = timedelta(hours=1)
ERASED: Final = "erased"
CANCELLED: Final = "campaign_cancelled"


class RunPages:
    """One worker has a page at a time. Its counts are made from its recipients each time, never added up; a
    message is made under its recipient's own key. So whatever was cut short is done again, and the same comes
    of it."""

    def __init__(
        self,
        store: CampaignStore,
        shops: ShopStore,
        dues: DueStore,
        decide: DecideOnPage,
        recount: Recount,
        samples: ShowSamples,
        stop: StopCampaign,
        recurs: Recurrence,
    ) -> None:
        self._store, self._shops, self._dues = store, shops, dues
        self._decide, self._recount, self._samples = decide, recount, samples
        self._stop, self._recurs = stop, recurs

    def __call__(self, work: RunPage, now: datetime) -> None:
        """Raises StoreBusy when it may pass later."""
        run = self._store.run(work.merchant_id, work.campaign_id, work.run_id)
        campaign = self._store.campaign(work.merchant_id, work.campaign_id)
        page = self._store.page(run, int(work.page)) if run is not None else None
        # Whoever waits for a dry run does what the queue brings too: it would be paid for twice.
        if run is None or campaign is None or page is None or (run.is_dry and page.looks):
            self._dues.forget(work)
            return
        if page.taken_until is not None and page.taken_until > now:
            return
        is_new = page.version == 1
        try:
            until = now + LEASE
            page = self._store.save_page(run, replace(page, taken_until=until), Due(work, until))
        except Conflict:  # somebody else has just begun with it
            return
        occasion = occasion_of(campaign, run, self._shops.shop(work.merchant_id), self._recurs)
        self._look(occasion, page, is_new, work, now)

    def _look(self, occasion: Occasion, page: Page, is_new: bool, work: RunPage, now: datetime) -> None:
        run = occasion.run
        known = {one.shopper_id: one for one in self._store.recipients(run, page.shoppers)}
        there = [known.get(one) or _without_row(one, page) for one in page.shoppers]
        if not run.is_dry:
            there = self._recount(run.merchant_id, there)
        decided = self._decided(occasion, page, there, is_new, now)
        found = decided.recipients
        changed = [one for one in found if one != known.get(one.shopper_id) and one.code != ERASED]
        if changed:
            self._store.put(run, changed)
        samples = self._samples(occasion, decided) if run.is_dry else ()
        look_at = None if run.is_dry else next_look(found, now)
        if look_at is not None and look_at <= now:  # they wait for somebody to go on with the campaign
            look_at = now + ASKED_AGAIN
        page = replace(page, counts=counted(found), money=money(found), samples=samples)
        self._mind_limits(occasion, decided, page, now)
        self._leave(run, replace(page, looks=page.looks + 1, look_at=look_at, taken_until=None), work, now)

    def _decided(
        self, occasion: Occasion, page: Page, there: Sequence[Recipient], is_new: bool, now: datetime
    ) -> Decided:
        halt = "" if occasion.run.is_dry else halt_of(occasion.campaign)
        if halt and not is_new:
            there = self._decide.with_made(occasion, there, now)
        if halt == "cancelled":
            return Decided([_cancelled(one, now) if one.state == "planned" else one for one in there])
        return Decided(there) if halt else self._decide(occasion, page, there, is_new, now)

    def _leave(self, run: Run, page: Page, work: RunPage, now: datetime) -> None:
        """For whoever looks at it next. The last page of a run ends it, once the others are through."""
        is_last = page.look_at is None and page.number == run.pages - 1 and not run.is_dry
        if is_last and any(one.look_at for one in self._store.pages(run) if one.number != page.number):
            is_last, page = False, replace(page, look_at=now + _OTHERS_LEFT)
        due = Due(work, page.look_at) if page.look_at is not None else None
        with suppress(Conflict):  # it took so long that somebody else has it: they do it again
            if is_last and run.state == "going":
                self._store.save_run(replace(run, state="done", ended_at=now))
            self._store.save_page(run, page, due)

    def _mind_limits(self, occasion: Occasion, decided: Decided, page: Page, now: datetime) -> None:
        """Stops the campaign where more of it would do harm."""
        campaign, run = occasion.campaign, occasion.run
        reason, words = decided.stopped_by, stop_words(decided.stopped_by)
        if not reason and page.counts.get("left") and not run.is_dry:
            others = (one for one in self._store.pages(run) if one.number != page.number)
            reason = BLOCK_LIMIT_REACHED
            words = left_words(summed([*others, page]), campaign.block_limit)
            words = "" if _is_known(words, occasion) else words
        if words:
            self._stop(campaign.merchant_id, campaign.campaign_id, reason, words, now)


def _is_known(words: str, occasion: Occasion) -> bool:
    """Whether the run has stopped for the very same before: whoever went on with it knew."""
    begun_at = occasion.run.begun_at or occasion.run.at
    return any(one.words == words and one.at >= begun_at for one in occasion.campaign.history)


def _without_row(shopper_id: str, page: Page) -> Recipient:
    """Nobody has decided on them; or somebody has, and they were erased since."""
    if not page.looks:
        return Recipient(shopper_id=shopper_id)
    return Recipient(shopper_id=shopper_id, state="skipped", code=ERASED)


def _cancelled(one: Recipient, now: datetime) -> Recipient:
    return replace(one, state="skipped", code=CANCELLED, at=now)
