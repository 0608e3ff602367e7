"""The CampaignStore in memory: versions, conflicts, clicks and reservations, as the real one has them. Beside
it the DueStore of what it sets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.runs import Page, Recipient, Run
from chalicelib.domain.ids import to_ms
from chalicelib.domain.work import Due, RunPage, Work, due_id, overdue_s
from chalicelib.ports.campaigns import Got
from chalicelib.ports.errors import Conflict, StoreRefused

# One transaction writes so many rows.
_MOST_ROWS = 100
CHANGED = "changed since it was read"


@dataclass
class MemoryCampaigns:
    """kept: campaigns by merchant and id. waiting: the rows of waiting work, by their id. before_save: called
    before each write on a version, so that somebody else can come first, or the process die there."""

    kept: dict[tuple[str, str], Campaign] = field(default_factory=dict)
    runs: dict[tuple[str, str, str], Run] = field(default_factory=dict)
    pages_of: dict[tuple[str, str], dict[int, Page]] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, Recipient]] = field(default_factory=dict)
    clicks: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    reserved: dict[tuple[str, str], dict[tuple[int, str], Decimal]] = field(default_factory=dict)
    waiting: dict[str, Due] = field(default_factory=dict)
    before_save: Callable[[], None] = lambda: None

    def campaign(self, merchant_id: str, campaign_id: str) -> Campaign | None:
        return self.kept.get((merchant_id, campaign_id))

    def campaigns(self, merchant_id: str, *, before: str = "", limit: int = 50) -> list[Campaign]:
        mine = [one for (whose, _), one in self.kept.items() if whose == merchant_id]
        ordered = sorted(mine, key=lambda one: (to_ms(one.created_at), one.campaign_id), reverse=True)
        if before:
            ids = [one.campaign_id for one in ordered]
            ordered = ordered[ids.index(before) + 1 :] if before in ids else []
        return ordered[:limit]

    def save(self, campaign: Campaign, due: Sequence[Due] = (), done: Sequence[Work] = ()) -> Campaign:
        self.before_save()
        _fits(1 + len(due) + len(done))
        key = (campaign.merchant_id, campaign.campaign_id)
        _as_read(self.kept.get(key), campaign)
        self.kept[key] = replace(campaign, version=campaign.version + 1)
        for work in done:
            self.waiting.pop(due_id(work), None)
        self._set(due)
        return self.kept[key]

    def run(self, merchant_id: str, campaign_id: str, run_id: str) -> Run | None:
        return self.runs.get((merchant_id, campaign_id, run_id))

    def save_run(self, run: Run, pages: Sequence[Page] = (), due: Sequence[Due] = ()) -> Run:
        self.before_save()
        _fits(1 + len(pages) + len(due))
        key = (run.merchant_id, run.campaign_id, run.run_id)
        there = self.pages_of.setdefault(_of(run), {})
        _as_read(self.runs.get(key), run)
        if any(page.number in there for page in pages):
            raise Conflict("such a page is there")
        self.runs[key] = replace(run, version=run.version + 1)
        there.update({page.number: replace(page, version=1) for page in pages})
        self._set(due)
        return self.runs[key]

    def page(self, run: Run, number: int) -> Page | None:
        return self.pages_of.get(_of(run), {}).get(number)

    def pages(self, run: Run) -> list[Page]:
        there = self.pages_of.get(_of(run), {})
        return [replace(there[number], shoppers=()) for number in sorted(there)]

    def recipients(self, run: Run, shopper_ids: Sequence[str]) -> list[Recipient]:
        there = self.rows.get(_of(run), {})
        return [self._clicked(run, there[one]) for one in dict.fromkeys(shopper_ids) if one in there]

    def listed(self, run: Run, *, after: str = "", limit: int = 100) -> list[Recipient]:
        ordered = [one for one in sorted(self.rows.get(_of(run), {})) if one > after]
        return self.recipients(run, ordered[:limit])

    def put(self, run: Run, recipients: Sequence[Recipient]) -> None:
        self.rows.setdefault(_of(run), {}).update({one.shopper_id: one for one in recipients})

    def save_page(self, run: Run, page: Page, due: Due | None) -> Page:
        self.before_save()
        there = self.pages_of.get(_of(run), {})
        known = there.get(page.number)
        if known is None or known.version != page.version:
            raise Conflict(CHANGED)
        there[page.number] = replace(page, shoppers=known.shoppers, version=page.version + 1)
        work = RunPage(run.merchant_id, run.campaign_id, run.run_id, str(page.number))
        self.waiting.pop(due_id(work), None)
        self._set([due] if due else [])
        return there[page.number]

    def click(self, merchant_id: str, campaign_id: str, run_id: str, shopper_id: str, at: datetime) -> None:
        if shopper_id in self.rows.get((merchant_id, run_id), {}):
            self.clicks.setdefault((merchant_id, run_id, shopper_id), at)

    def spend(
        self, run: Run, page_number: int, currency: str, amount: Decimal, limit: Decimal | None
    ) -> bool:
        there = self.reserved.setdefault(_of(run), {})
        if (page_number, currency) in there:
            return True
        if limit is not None and self.spent(run).get(currency, Decimal(0)) + amount > limit:
            return False
        there[page_number, currency] = amount
        return True

    def spent(self, run: Run) -> Mapping[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for (_, currency), amount in self.reserved.get(_of(run), {}).items():
            sums[currency] = sums.get(currency, Decimal(0)) + amount
        return sums

    def got(self, merchant_id: str, shopper_id: str) -> list[Got]:
        found = [run for run in self.runs.values() if run.merchant_id == merchant_id]
        theirs = [(run, one) for run in found for one in self.recipients(run, [shopper_id])]
        return [Got(run.campaign_id, run.run_id, one) for run, one in theirs]

    def forget_recipient(self, merchant_id: str, shopper_id: str) -> None:
        for (whose, _), there in self.rows.items():
            if whose == merchant_id:
                there.pop(shopper_id, None)
        for key in [key for key in self.clicks if key[0] == merchant_id and key[2] == shopper_id]:
            del self.clicks[key]

    def due(self, now: datetime, limit: int = 100) -> list[Due]:
        """As the DueStore: what waits and whose moment has come, the earliest first."""
        found = (one for one in self.waiting.values() if one.at <= now)
        return sorted(found, key=lambda one: one.at)[:limit]

    def oldest_overdue_s(self, now: datetime) -> float:
        return max((overdue_s(one, now) for one in self.due(now)), default=0.0)

    def set(self, due: Due) -> None:
        self._set([due])

    def postpone(self, due: Due, at: datetime) -> None:
        if self.waiting.get(due.due_id) == due:
            self._set([replace(due, at=at)])

    def forget(self, work: Work) -> None:
        self.waiting.pop(due_id(work), None)

    def _set(self, dues: Sequence[Due]) -> None:
        self.waiting.update({one.due_id: one for one in dues})

    def _clicked(self, run: Run, one: Recipient) -> Recipient:
        first = self.clicks.get((run.merchant_id, run.run_id, one.shopper_id))
        return replace(one, clicked_at=first or one.clicked_at)


def _of(run: Run) -> tuple[str, str]:
    return run.merchant_id, run.run_id


def _as_read(known: Campaign | Run | None, given: Campaign | Run) -> None:
    if (known.version if known else 0) != given.version:
        raise Conflict(CHANGED)


def _fits(rows: int) -> None:
    if rows > _MOST_ROWS:
        raise StoreRefused("too many rows for one transaction")
