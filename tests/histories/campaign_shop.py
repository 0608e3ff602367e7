"""A shop that writes to many at once: real use cases on memory at their ports, a clock that is moved, and a
process that dies wherever it is told to."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cart_shop import Templates
from memory_people import MERCHANT
from one_shop import OneShop
from ports_in_memory import Shops
from remembered import Line

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.results import STATES, summed
from chalicelib.domain.campaigns.runs import Page, Recipient, Run, run_id_for
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.gate.question import CampaignHalt
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, GatherRun, RunPage, Send, Work
from chalicelib.ports.segments import Placed
from chalicelib.services.campaigns.decide import DecideOnPage
from chalicelib.services.campaigns.gather import GatherRuns
from chalicelib.services.campaigns.plan import PlanRecipient
from chalicelib.services.campaigns.recount import Recount
from chalicelib.services.campaigns.run_page import RunPages
from chalicelib.services.campaigns.samples import ShowSamples
from chalicelib.services.campaigns.stop import AboutCampaign, StopCampaign
from chalicelib.services.sending.find_way import FindWay
from integrations.recurrence import recurs
from tests.campaigns_in_memory import MemoryCampaigns
from tests.commerce_in_memory import MemoryCommerce
from tests.segments_in_memory import MemorySegments

# A Wednesday, at ten in the morning in London.
MORNING: Final = datetime(2026, 12, 2, 10, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SEGMENT: Final = "sg_1"
CAMPAIGN: Final = "ca_1"
# What a queue hands out comes again after this, unless it was done.
VISIBILITY: Final = timedelta(minutes=3)


class Died(Exception):
    """The process is gone in the middle of its work."""


class Mortal:
    """Somebody at a port: right before or after the call that is counted down to, the process dies."""

    def __init__(self, port: Any, shop: "CampaignShop") -> None:
        self._port, self._shop = port, shop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if not callable(found):
            return found

        def call(*given: Any, **named: Any) -> Any:
            self._shop.comes_to_call(is_before=True)
            answer = found(*given, **named)
            self._shop.comes_to_call(is_before=False)
            return answer

        return call


class ManyConnections(Shops):
    def connections(self, merchant_id: str) -> list[Connection]:
        return [self.connection(f"cn_{name}") for name in ("whatsapp", "telegram")]


class CampaignShop(OneShop):
    """sent: which phone had something of a campaign, when, and in which words. before_send: done once, when
    the first of its messages is about to leave; meanwhile: once, right before the call of this number.
    dies_at: the calls before or after which the process dies. copies: so many pieces of work come twice."""

    def __init__(self, lines: tuple[Line, ...], at: datetime = MORNING, page_size: int = 2) -> None:
        self.templates, self.campaigns, self.segments = Templates(), MemoryCampaigns(), MemorySegments()
        self.commerce, self.page_size = MemoryCommerce(), page_size
        self.dies_at: list[tuple[int, bool]] = []
        self.calls, self.deaths, self.copies = 0, 0, 0
        self.before_send: Callable[[], None] = lambda: None
        self.meanwhile: tuple[int, Callable[[], None]] | None = None
        self.sent: list[tuple[str, datetime, str]] = []
        super().__init__(lines, at)

    def _wire(self) -> None:
        self.shops = ManyConnections()
        super()._wire()
        self.campaigns.waiting = self.dues.rows
        named: Any = self.channels.get
        store: Any = Mortal(self.campaigns, self)
        threads: Any = Mortal(self.threads, self)
        outbox: Any = Mortal(self.queues, self)
        segments: Any = Mortal(self.segments, self)
        dues: Any = Mortal(self.dues, self)
        reports: Any = Mortal(self, self)
        templates: Any = self.templates
        shops: Any = self.shops
        self.stop = StopCampaign(self.campaigns)
        find_way = FindWay(threads, shops, self.consents, self.judge, self.channels.__getitem__)
        plan = PlanRecipient(
            reports.threads_named,
            threads.keyed,
            self.people,
            templates,
            find_way,
            lambda occasion, shopper_id: {},
            lambda name: self.channels[name].capabilities.charges,
        )
        intend: Any = Mortal(self, self).intends_for
        decide = DecideOnPage(store, threads, self.consents, segments, plan, intend, outbox)
        recount = Recount(reports, self.consents, segments, self.commerce)
        samples = ShowSamples(templates)
        self.run_page = RunPages(store, shops, dues, decide, recount, samples, self.stop, recurs)
        self.gather = GatherRuns(store, segments, shops, dues, outbox, named, self.page_size)

    def intends_for(self, *given: Any) -> MessageRef:
        return self.intend(*given)

    def _of_campaign(self, merchant_id: str, details: Any) -> CampaignHalt:
        return AboutCampaign(self.campaigns)(merchant_id, details)

    def _campaign_refused(self, merchant_id: str, details: Any, reason: str, now: datetime) -> None:
        self.stop.refused(merchant_id, details, reason, now)

    def threads_named(self, merchant_id: str, thread_ids: Collection[str]) -> list[Thread]:
        found = (self.threads.thread(merchant_id, one) for one in thread_ids)
        return [one for one in found if one is not None]

    def messages_named(self, refs: Collection[MessageRef]) -> dict[MessageRef, Message]:
        found = {ref: self.threads.message(ref) for ref in refs}
        return {ref: one for ref, one in found.items() if one is not None}

    def comes_to_call(self, *, is_before: bool) -> None:
        self.calls += is_before
        if self.meanwhile is not None and self.calls == self.meanwhile[0]:
            _, happens = self.meanwhile
            self.meanwhile = None
            happens()
        if self.dies_at and self.dies_at[0] == (self.calls, is_before):
            self.dies_at.pop(0)
            self.deaths += 1
            raise Died

    def _do(self, work: Work) -> None:
        """What a queue has handed out and nobody has done comes again."""
        try:
            if isinstance(work, GatherRun):
                self.gather(work, self.now)
            elif isinstance(work, RunPage):
                self.run_page(work, self.now)
            else:
                if isinstance(work, Send) and work.way == "bulk":
                    before_send, self.before_send = self.before_send, lambda: None
                    before_send()
                super()._do(work)
        except Died:
            self.queues.works.append((self.now + VISIBILITY, work))
            return
        if self.copies and isinstance(work, GatherRun | RunPage | Send):
            self.copies -= 1
            self.queues.works.append((self.now + timedelta(seconds=1), work))

    def _heard(self, channel: str, message: Any) -> str:
        sent_id = super()._heard(channel, message)
        row = self.threads.message(self._ref(message.reference))
        if row is not None and row.purpose == "campaign":
            self.sent.append((message.to.value, self.now, message.content.text))
        return sent_id

    def _ref(self, reference: str) -> MessageRef:
        thread_id, _, sort = reference.partition("/")
        return MessageRef(MERCHANT, thread_id, sort)

    def knows(self, line: Line, *, wants: bool = True) -> None:
        """They have written, a person has answered, and they want offers."""
        self.writes(line, "Hello")
        if wants:
            self.notes(line, "given", "box", "marketing", ())
        self.joins(line)

    def joins(self, line: Line) -> None:
        """They are in the segment."""
        profile = Profile(merchant_id=MERCHANT, shopper_id=line.shopper_id, language="en")
        placed = Placed(profile=profile, segments=(SEGMENT,))
        self.segments.place(placed, None, None, self.segments.editions.get(MERCHANT, 0))

    def books(self, **changes: Any) -> Campaign:
        """A campaign to all of them."""
        plain = Campaign(
            merchant_id=MERCHANT,
            campaign_id=CAMPAIGN,
            name="Winter sale",
            segment_id=SEGMENT,
            schedule={"once": "2026-12-02T12:00"},
            content={"messages": {"en": {"text": "Hi {first_name}, all mugs for half!"}}},
            state="booked",
            created_at=self.now,
        )
        return self.campaigns.save(replace(plain, **changes))

    def begins(self, holdout: float = 0.0, *, is_dry: bool = False) -> Run:
        """Its moment has come."""
        run = Run(
            merchant_id=MERCHANT,
            campaign_id=CAMPAIGN,
            run_id=run_id_for(CAMPAIGN, self.now),
            at=self.now,
            begun_at=self.now,
            holdout=holdout,
            is_dry=is_dry,
        )
        work = GatherRun(MERCHANT, CAMPAIGN, run.run_id)
        return self.campaigns.save_run(run, due=[Due(work, self.now)])

    def gathering(self, run: Run) -> GatherRun:
        return GatherRun(MERCHANT, CAMPAIGN, run.run_id)

    def becomes(self, state: Any) -> None:
        """Somebody pauses it, goes on with it or cancels it."""
        campaign = self.campaign
        self.campaigns.save(replace(campaign, state=state))

    @property
    def campaign(self) -> Campaign:
        return self.campaigns.kept[MERCHANT, CAMPAIGN]

    def pages(self, run: Run) -> list[Page]:
        return self.campaigns.pages(run)

    def recipients(self, run: Run) -> list[Recipient]:
        return self.campaigns.listed(run, limit=1000)

    def now_of(self, run: Run) -> Run:
        return self.campaigns.runs[MERCHANT, CAMPAIGN, run.run_id]

    def counts(self, run: Run) -> dict[str, int]:
        return summed(self.pages(run))

    def wrong_with(self, run: Run) -> list[str]:
        """What must never be so, whatever has happened."""
        wrong = list(self.memory.wrong)
        counts, there = self.counts(run), self.now_of(run)
        if sum(counts.get(state, 0) for state in STATES) != there.shoppers:
            wrong.append(f"{counts} are not {there.shoppers} shoppers")
        phones = [phone for phone, _, _ in self.sent]
        wrong += [f"{phone} has it twice" for phone in set(phones) if phones.count(phone) > 1]
        return wrong

    def told(self, run: Run) -> dict[str, str]:
        """Of each shopper, the code."""
        return {one.shopper_id: one.code for one in self.recipients(run)}


def people(number: int, channel: str = "telegram") -> tuple[Line, ...]:
    return tuple(Line(channel, Address("chat", str(70 + one))) for one in range(number))
