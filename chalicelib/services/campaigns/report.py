"""What was planned of a campaign, and what came of it, by the same names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.lasting import lasts
from chalicelib.domain.campaigns.results import of_currency, summed, summed_money
from chalicelib.domain.campaigns.runs import Page, Run
from chalicelib.domain.commerce.uplift import ENOUGH, Group, Uplift, uplift
from chalicelib.domain.platform_rules import tier_limit
from chalicelib.ports.campaigns import CampaignStore
from chalicelib.ports.channel import Channel
from chalicelib.ports.shops import ShopStore
from chalicelib.services.campaigns.checks import CheckCampaign
from chalicelib.services.sending.judge import portfolio_of

SAMPLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run with all its pages together; counts, money: as `results` names them. is_finished: everything is
    known of it. samples: of a dry run, what some would see."""

    run: Run
    counts: Mapping[str, int]
    money: Mapping[str, Decimal]
    is_finished: bool
    samples: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How a dry run says that it will go. begins_at: by the schedule; ends_at: when the last message goes out
    if nothing is held, None while nobody knows. a_day: as `lasts` has it."""

    begins_at: datetime | None = None
    ends_at: datetime | None = None
    a_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What it has brought beyond what those bought who were left alone; None where there are too few to tell.
    revenue: how much more, by currency."""

    uplift: Uplift
    revenue: Mapping[str, Decimal]


class ReportCampaign:
    """Reads pages, never recipients."""

    def __init__(
        self,
        store: CampaignStore,
        check: CheckCampaign,
        shops: ShopStore,
        channel_or_none: Callable[[str], Channel | None],
    ) -> None:
        self._store, self._check = store, check
        self._shops, self._channel_or_none = shops, channel_or_none

    def dry(self, campaign: Campaign) -> Ran | None:
        """Its dry run, None where there is none of it as it is now. Raises StoreBusy."""
        return self._ran(campaign, campaign.dry_run_id)

    def real(self, campaign: Campaign, run_id: str = "") -> Ran | None:
        """One of its runs, the last one when none is named. Raises StoreBusy."""
        return self._ran(campaign, run_id or (campaign.runs[-1] if campaign.runs else ""))

    def expected(self, campaign: Campaign, ran: Ran, now: datetime) -> Expected:
        """Raises StoreBusy."""
        begins_at = campaign.next_at or self._check.first(campaign, now)
        a_day = self._a_day(campaign)
        if begins_at is None or not ran.run.rate:
            return Expected(begins_at=begins_at, a_day=a_day)
        goes, templates = ran.counts.get("code:ok", 0), ran.counts.get("how:template", 0)
        span = lasts(goes, templates, ran.run.rate, a_day)
        return Expected(begins_at=begins_at, ends_at=begins_at + span, a_day=a_day)

    def brought(self, ran: Ran) -> Brought | None:
        """Against those who were held out."""
        counts = ran.counts
        treated = Group(counts.get("sent", 0), counts.get("bought", 0))
        control = Group(counts.get("held_out", 0), counts.get("control_bought", 0))
        found = uplift(treated, control)
        if found is None or min(treated.carts, control.carts) < ENOUGH:
            return None
        spent, alone = of_currency("revenue", ran.money), of_currency("control_revenue", ran.money)
        more = {
            currency: spent.get(currency, Decimal(0))
            - alone.get(currency, Decimal(0)) * treated.carts / control.carts
            for currency in sorted({*spent, *alone})
        }
        return Brought(uplift=found, revenue=more)

    def _ran(self, campaign: Campaign, run_id: str) -> Ran | None:
        if not run_id:
            return None
        run = self._store.run(campaign.merchant_id, campaign.campaign_id, run_id)
        if run is None:
            return None
        pages = self._store.pages(run)
        return Ran(
            run=run,
            counts=summed(pages),
            money=summed_money(pages),
            is_finished=_is_finished(run, pages),
            samples=_chosen(pages),
        )

    def _a_day(self, campaign: Campaign) -> int | None:
        """Over all accounts whose templates it uses; what several share counts once."""
        named = campaign.content.get("templates", {})
        limits: dict[str, int | None] = {}
        for one in self._shops.connections(campaign.merchant_id):
            channel = self._channel_or_none(one.channel) if one.connection_id in named else None
            if channel is not None and channel.capabilities.tiers:
                limit = tier_limit(channel.capabilities.tiers, one.details.get("tier", ""))
                limits[portfolio_of(one)] = limit
        known = [limit for limit in limits.values() if limit is not None]
        return sum(known) if known and len(known) == len(limits) else None


def _is_finished(run: Run, pages: list[Page]) -> bool:
    return run.state != "gathering" and all(page.look_at is None for page in pages)


def _chosen(pages: list[Page]) -> tuple[Mapping[str, str], ...]:
    """As different from each other as there are: by how, channel and language."""
    found: dict[tuple[str, ...], Mapping[str, str]] = {}
    every = [sample for page in pages for sample in page.samples]
    for sample in every:
        found.setdefault(tuple(sample.get(name, "") for name in ("how", "channel", "language")), sample)
    chosen = list(found.values())[:SAMPLES]
    return tuple(chosen + [one for one in every if one not in chosen][: SAMPLES - len(chosen)])
