"""Campaigns as people work on them: written, booked, paused, resumed, cancelled."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from chalicelib.domain.campaigns.campaigns import (
    BLOCK_LIMIT,
    DRY_RUN_HOLDS,
    MOVES,
    Campaign,
    Happened,
    may_move,
    told,
)
from chalicelib.domain.campaigns.results import summed
from chalicelib.domain.campaigns.runs import Run
from chalicelib.domain.work import Due, GatherRun, MindCampaign, Work
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.queues import Outbox
from chalicelib.services.campaigns.checks import CheckCampaign

TRIES: Final = 5
# What a dry run has looked at: where it changes, the dry run says nothing any more.
_LOOKED_AT: Final = ("segment_id", "content", "holdout")


class NoCampaign(Exception):
    """There is none of this id."""


class NotNow(Exception):
    """It can't be done as things stand: `code` is stable, `message` says what to do."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.field = code, message, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A campaign as somebody writes it; as `Campaign` has the same."""

    name: str
    segment_id: str
    schedule: Mapping[str, Any]
    content: Mapping[str, Any]
    holdout: float | None = None
    limit: Decimal | None = None
    limit_currency: str = ""
    block_limit: float = BLOCK_LIMIT
    flexible: timedelta = timedelta(0)

    def on(self, campaign: Campaign) -> Campaign:
        """The campaign, written so; its dry run stays if that has looked at the same."""
        names = self.__dataclass_fields__
        changed = replace(campaign, **{name: getattr(self, name) for name in names})
        if all(getattr(changed, name) == getattr(campaign, name) for name in _LOOKED_AT):
            return changed
        return replace(changed, dry_run_id="", dry_run_at=None)


@dataclass(frozen=True, slots=True)
class _Moved:
    """What a move makes of a campaign, and the work that goes with it."""

    campaign: Campaign
    due: Sequence[Due] = field(default=())
    done: Sequence[Work] = field(default=())


class Campaigns:
    """Every call names the merchant. What is written is guarded by versions; told again, a move that was made
    changes nothing."""

    def __init__(self, store: CampaignStore, check: CheckCampaign, outbox: Outbox) -> None:
        self._store, self._check, self._outbox = store, check, outbox

    def one(self, merchant_id: str, campaign_id: str) -> Campaign:
        """Raises NoCampaign, StoreBusy."""
        found = self._store.campaign(merchant_id, campaign_id)
        if found is None:
            raise NoCampaign(campaign_id)
        return found

    def create(self, merchant_id: str, campaign_id: str, wanted: Wanted, by: str, now: datetime) -> Campaign:
        """A draft. One of the same id is answered with as it is by now. Raises BadCampaign, StoreBusy."""
        known = self._store.campaign(merchant_id, campaign_id)
        if known is not None:
            return known
        plain = Campaign(
            merchant_id=merchant_id,
            campaign_id=campaign_id,
            name="",
            segment_id="",
            schedule={},
            content={},
            created_at=now,
            created_by=by,
        )
        draft = wanted.on(plain)
        self._check(draft, now)
        try:
            return self._store.save(draft)
        except Conflict:
            return self.one(merchant_id, campaign_id)

    def change(self, merchant_id: str, campaign_id: str, wanted: Wanted, now: datetime) -> Campaign:
        """Written anew, as long as it is a draft. Raises NoCampaign, NotNow, BadCampaign, StoreBusy."""
        for _ in range(TRIES):
            campaign = self.one(merchant_id, campaign_id)
            if campaign.state != "draft":
                text = f"It is {campaign.state}: only a draft can be changed."
                can = " Unbook it first." if may_move(campaign, "unbook") else " Write a new one."
                raise NotNow("not_a_draft", text + can)
            after = wanted.on(campaign)
            if after == campaign:
                return campaign
            self._check(after, now)
            try:
                return self._store.save(after)
            except Conflict:
                continue
        raise StoreBusy("others change it just now")

    def move(self, merchant_id: str, campaign_id: str, move: str, by: str, now: datetime) -> Campaign:
        """move: one of `MOVES`. Raises NoCampaign, NotNow, BadCampaign, StoreBusy."""
        for _ in range(TRIES):
            campaign = self.one(merchant_id, campaign_id)
            if campaign.state == MOVES[move][1]:
                return campaign
            if not may_move(campaign, move):
                possible = [name for name in MOVES if may_move(campaign, name)]
                text = f"It is {campaign.state}: {_may(possible)}"
                raise NotNow("not_possible", text, "do")
            moved = self._moved(campaign, move, now)
            after = told(moved.campaign, Happened(now, move, by=by))
            try:
                saved = self._store.save(after, moved.due, moved.done)
            except Conflict:
                continue
            with suppress(StoreBusy):  # its rows are due: the tick will see to them
                self._outbox.dispatch_all([one.work for one in moved.due if one.at <= now], now.isoformat())
            return saved
        raise StoreBusy("others change it just now")

    def _moved(self, campaign: Campaign, move: str, now: datetime) -> _Moved:
        after, work = replace(campaign, state=MOVES[move][1]), _work(campaign)
        match move:
            case "book":
                at = self._first(campaign, now)
                return _Moved(replace(after, booked_at=now, next_at=at), [Due(work, at)])
            case "resume":
                going_on = replace(after, state_reason="", state_words="")
                return _Moved(going_on, [Due(work, campaign.next_at or now), *_woken(campaign, now)])
            case "unbook":
                self._needs_rest(campaign)
                return _Moved(replace(after, next_at=None, booked_at=None), done=[work])
            case "cancel":
                return _Moved(replace(after, next_at=None), _woken(campaign, now), [work])
            case _:
                return _Moved(after, done=[work])

    def _first(self, campaign: Campaign, now: datetime) -> datetime:
        """When it goes out first, if all is as it must be."""
        at = self._check(campaign, now)
        if at is None:
            raise NotNow(
                "schedule_over", "Its schedule names no moment that is still to come: change it.", "schedule"
            )
        run = None
        if campaign.dry_run_id:
            run = self._store.run(campaign.merchant_id, campaign.campaign_id, campaign.dry_run_id)
        where = f"`POST /campaigns/{campaign.campaign_id}/dry-run`"
        if run is None:
            text = f"There is no dry run of it as it is now: begin one with {where}, and look at it."
            raise NotNow("needs_dry_run", text)
        if now - run.at > DRY_RUN_HOLDS:
            text = f"Its dry run is older than 24 hours: begin a new one with {where}, and look at it."
            raise NotNow("dry_run_too_old", text)
        if not is_finished(run, self._store):
            text = (
                f"Its dry run is not finished yet: look at `GET /campaigns/{campaign.campaign_id}/dry-run`."
            )
            raise NotNow("dry_run_goes_on", text)
        return at

    def _needs_rest(self, campaign: Campaign) -> None:
        """What is half sent is not written anew."""
        last = campaign.runs[-1] if campaign.runs else ""
        run = self._store.run(campaign.merchant_id, campaign.campaign_id, last) if last else None
        if run is not None and is_sending(run, self._store):
            text = "Its messages are going out right now: wait until they are out, or cancel it."
            raise NotNow("is_going_out", text)


def is_finished(run: Run, store: CampaignStore) -> bool:
    """Whether all of a dry run was looked at. Raises StoreBusy."""
    if run.state == "gathering":
        return False
    return run.state == "done" or all(page.look_at is None for page in store.pages(run))


def is_sending(run: Run, store: CampaignStore) -> bool:
    """Whether somebody of a run is still to be decided on. Raises StoreBusy."""
    if run.state in ("done", "ended"):
        return False
    if run.state == "gathering":
        return True
    pages = store.pages(run)
    return any(not page.looks for page in pages) or summed(pages).get("planned", 0) > 0


def _work(campaign: Campaign) -> MindCampaign:
    return MindCampaign(campaign.merchant_id, campaign.campaign_id)


def _woken(campaign: Campaign, now: datetime) -> list[Due]:
    """Whoever is left of its last run is looked at now."""
    last = campaign.runs[-1:]
    return [Due(GatherRun(campaign.merchant_id, campaign.campaign_id, one), now) for one in last]


def _may(moves: Sequence[str]) -> str:
    return f"it can be changed by: {', '.join(moves)}." if moves else "nothing can be done with it any more."
