"""A shop with one segment, and the services that write, try, book and begin its campaigns, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.results import counted, money
from chalicelib.domain.campaigns.runs import Page, Recipient
from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.work import Due, GatherRun, RunPage, Work
from chalicelib.ports.segments import Segment
from chalicelib.services.campaigns.begin_run import BeginRun
from chalicelib.services.campaigns.campaigns import Campaigns, Wanted
from chalicelib.services.campaigns.checks import CheckCampaign
from chalicelib.services.campaigns.dry_run import DryRuns
from chalicelib.services.campaigns.mind_campaign import MindCampaigns
from chalicelib.services.campaigns.report import ReportCampaign
from chalicelib.services.templates.check_saved import CheckSavedTemplates
from integrations.recurrence import recurs
from integrations.registry import CHANNELS, BaseUrls
from tests.campaigns_in_memory import MemoryCampaigns
from tests.segments_in_memory import MemorySegments

MERCHANT: Final = "mt_1"
# A Sunday; the campaign's day is Tuesday at ten.
NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
TUESDAY: Final = datetime(2026, 11, 24, 10, tzinfo=UTC)
WEEK: Final = timedelta(days=7)
WANTED: Final = Wanted(
    name="Late summer",
    segment_id="sg_1",
    schedule={"days": ["tue"], "at": "10:00"},
    content={"messages": {"en": {"text": "Hi {first_name}"}}, "fallbacks": {"first_name": {"en": "there"}}},
)


@dataclass
class World:
    """members: of the segment. owns: the shop's connections. definitions: of its templates, by id. queued:
    what was queued. outcomes: what becomes of whom. looks_take_s: the clock runs so far with each look."""

    members: int = 3
    owns: tuple[Connection, ...] = ()
    definitions: dict[str, Any] = field(default_factory=dict)
    queued: list[Work] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    outcomes: dict[str, Recipient] = field(default_factory=dict)
    looks_take_s: float = 0.1
    now_s: float = 0.0
    store: MemoryCampaigns = field(default_factory=MemoryCampaigns)
    segments: MemorySegments = field(default_factory=MemorySegments)

    def __post_init__(self) -> None:
        self.segment = self.segments.save(
            Segment(
                merchant_id=MERCHANT,
                segment_id="sg_1",
                name="All",
                filter={"channel": "telegram"},
                created_at=NOW,
                built_at=NOW,
            )
        )
        self.segments.member[MERCHANT, "sg_1"] = {f"sh_{n:05d}" for n in range(self.members)}
        if not self.owns:
            self.owns = (a_connection("cn_tg", "telegram"), a_connection("cn_wa", "whatsapp"))
        self.check = CheckCampaign(self, self.segments, CheckSavedTemplates(self), channel_or_none, recurs)
        self.campaigns = Campaigns(self.store, self.check, self)
        self.begin = BeginRun(self.store, self.segments, lambda one, now: self.refreshed.append(one))
        self.mind = MindCampaigns(self.store, self, self.store, self, self.begin, recurs)
        self.dry_runs = DryRuns(
            self.store, self.campaigns, self.check, self.begin, self.gather, self.look, self.look_s, self.wait
        )
        self.report = ReportCampaign(self.store, self.check, self, channel_or_none)

    # The shop and its templates.
    def shop(self, merchant_id: str) -> Shop:
        return Shop(name="Mill Lane", zone="UTC")

    def connections(self, merchant_id: str) -> list[Connection]:
        return list(self.owns)

    def template(self, merchant_id: str, template_id: str) -> Any:
        return self.definitions.get(template_id)

    # The queue and the clock.
    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.queued.append(work)

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        self.queued += works

    def look_s(self) -> float:
        self.now_s += self.looks_take_s
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.now_s += seconds

    # What gathers pages and decides on them, two shoppers a page, a page a call.
    def gather(self, work: GatherRun, now: datetime) -> None:
        run = self.store.run(work.merchant_id, work.campaign_id, work.run_id)
        assert run is not None
        if run.state != "gathering":
            return
        found = tuple(self.segments.members(MERCHANT, "sg_1", after=run.after, limit=2))
        if not found:
            self.store.forget(work)
            self.store.save_run(replace(run, state="going", rate=2.0))
            return
        page = Page(number=run.pages, shoppers=found, look_at=now)
        ids = (work.merchant_id, work.campaign_id, work.run_id)
        more = replace(run, after=found[-1], pages=run.pages + 1, shoppers=run.shoppers + len(found))
        self.store.save_run(more, [page], [Due(RunPage(*ids, str(page.number)), now)])

    def look(self, work: RunPage, now: datetime) -> None:
        run = self.store.run(work.merchant_id, work.campaign_id, work.run_id)
        assert run is not None
        page = self.store.page(run, int(work.page))
        assert page is not None
        found = [self.outcomes.get(one, a_recipient(one)) for one in page.shoppers]
        found = [replace(one, shopper_id=name) for one, name in zip(found, page.shoppers, strict=True)]
        self.store.put(run, found)
        told = replace(page, counts=counted(found), money=money(found), looks=page.looks + 1, look_at=None)
        self.store.save_page(run, told, None)

    # What tests do again and again.
    def draft(self, **changes: Any) -> Campaign:
        return self.campaigns.create(MERCHANT, "cp_1", replace(WANTED, **changes), "Kim", NOW)

    def booked(self, **changes: Any) -> Campaign:
        self.draft(**changes)
        self.dry_runs(MERCHANT, "cp_1", NOW)
        return self.move("book")

    def move(self, move: str, now: datetime = NOW) -> Campaign:
        return self.campaigns.move(MERCHANT, "cp_1", move, "Kim", now)

    @property
    def campaign(self) -> Campaign:
        return self.campaigns.one(MERCHANT, "cp_1")

    def due(self) -> list[tuple[Work, datetime]]:
        """What waits of campaigns themselves, and when."""
        waiting = sorted(self.store.waiting.values(), key=lambda one: one.at)
        return [(one.work, one.at) for one in waiting if not isinstance(one.work, GatherRun | RunPage)]

    def happened(self) -> Sequence[str]:
        return [one.what for one in self.campaign.history]


def a_recipient(shopper_id: str, **changes: Any) -> Recipient:
    """Somebody who would be written to in Telegram."""
    plain = Recipient(shopper_id=shopper_id, state="planned", code="ok", how="text", channel="telegram")
    return replace(plain, **changes)


def a_connection(connection_id: str, channel: str, **changes: Any) -> Connection:
    plain = Connection(
        merchant_id=MERCHANT,
        connection_id=connection_id,
        channel=channel,
        account="1",
        name="Mill Lane",
        status="active",
    )
    return replace(plain, **changes)


def channel_or_none(name: str) -> Any:
    return CHANNELS[name](BaseUrls()) if name in CHANNELS else None
