"""One shop between doubles at the ports. Whatever the channels are given to send is judged by what the test
itself remembers, never by what the stores hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from memory_people import MERCHANT, Consents, Dues, Persons
from memory_threads import Threads
from ports_in_memory import Clock, Phones, Queues, Schedules, Shops
from remembered import Line, Memory

from bench import gate_oracle as oracle
from chalicelib.domain.connections import ConnectionStatus
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address, Membership, Preference, ShopperMessage
from chalicelib.domain.faq.matching import faq_from
from chalicelib.domain.gate.question import CampaignHalt
from chalicelib.domain.messages import MessageRef, Purpose, ref_from
from chalicelib.domain.people import Proof
from chalicelib.domain.work import ReleaseHeld, Send, Work
from chalicelib.ports.channel import OutboundMessage
from chalicelib.ports.errors import OutcomeUnknown, SendError, SendRejected
from chalicelib.services.people.consents import Consents as NoteConsents
from chalicelib.services.people.consents import Named, Noted
from chalicelib.services.people.people import MergePeople, UnmergePeople
from chalicelib.services.receiving.hear_survey import HearSurvey
from chalicelib.services.receiving.receive_message import ReceiveMessage
from chalicelib.services.receiving.record_changes import RecordChanges
from chalicelib.services.receiving.understand import Understand
from chalicelib.services.run_due import RunDue
from chalicelib.services.sending.answer import ComposeAnswer
from chalicelib.services.sending.ask_consent import AskConsent
from chalicelib.services.sending.ask_survey import AskSurvey
from chalicelib.services.sending.explain import Explain, Explained
from chalicelib.services.sending.follow_refusal import FollowRefusal
from chalicelib.services.sending.intend import Intend
from chalicelib.services.sending.judge import Judge
from chalicelib.services.sending.know_cart import KnownCart
from chalicelib.services.sending.know_prospect import KnowProspect
from chalicelib.services.sending.pace import Pace
from chalicelib.services.sending.record_failure import RecordFailure
from chalicelib.services.sending.release_held import LetGo, Release
from chalicelib.services.sending.reply import Reply
from chalicelib.services.sending.reply_to import Asked
from chalicelib.services.sending.send_message import SendMessage
from chalicelib.services.threads.response_times import WaitMeter
from chalicelib.services.threads.work_threads import WorkThreads

SECOND: Final = timedelta(seconds=1)
# Longer than anything that is held is of use.
NOBODY_SENDS_FOR: Final = timedelta(days=9)


class OneShop:
    """Everything real but the ports. What waits is done in its time as the clock moves."""

    def __init__(self, lines: tuple[Line, ...], at: datetime) -> None:
        self.lines, self.clock = lines, Clock(at)
        self.dues, self.consents, self.people = Dues(), Consents(), Persons()
        self.threads = Threads(self.dues, self.consents, self.people)
        self.shops, self.queues = Shops(), Queues(self.clock)
        self.channels = {line.channel: Phones(line.channel, self._heard) for line in lines}
        self.memory = Memory(groups={line: line for line in lines})
        self.rules = oracle.Shop(tier="TIER_2K")
        self.refusals: list[SendError] = []
        self._count = 0
        self._wire()

    def _wire(self) -> None:
        threads, shops, outbox, clock = self.threads, self.shops, self.queues, self.clock
        named: Any = self.channels.__getitem__
        self.merge, self.unmerge = MergePeople(self.people), UnmergePeople(self.people)
        self.changes = RecordChanges(threads, self.consents, lambda ref, keep: None)
        self.note_consents = NoteConsents(self.people, self.consents)
        judge = self.judge = Judge(
            KnowProspect(self.people, self.consents),
            self.consents,
            self._about_cart,
            campaign=self._of_campaign,
        )
        surveys: Any = threads
        self.receive = ReceiveMessage(
            threads,
            outbox,
            named,
            self.merge,
            Understand(lambda merchant_id: faq_from([])),
            HearSurvey(surveys, shops, judge, named),
        )
        follow = FollowRefusal(threads, self.consents, self._campaign_refused)
        failure = RecordFailure(threads, shops, follow, outbox)
        self.intend = Intend(threads, outbox, named)
        self.ask = AskConsent(threads, shops, outbox, judge, named)
        self.ask_survey = AskSurvey(threads, shops, outbox, judge, named)
        self.why = Explain(self.people, threads, shops, judge, named)
        self.reply = Reply(threads, shops, outbox, WaitMeter(shops), named)
        self.work_threads, self.release = WorkThreads(threads), Release(self.dues, outbox)
        self.let_go, self.run_due = LetGo(threads, self.dues, outbox, clock), RunDue(self.dues, outbox, clock)
        self.send = SendMessage(
            threads,
            shops,
            self.dues,
            outbox,
            named,
            ComposeAnswer(threads, lambda merchant_id, article: None, lambda *of: ""),
            judge,
            follow,
            failure,
            Pace(Schedules(), clock, lambda seconds: None),
            lambda thread, to, now: None,
            lambda channel, reason, code: None,
            clock,
        )

    def _about_cart(self, thread: Any, details: Any, shop: Any) -> KnownCart | None:
        """Nobody has a cart here."""
        return None

    def _of_campaign(self, merchant_id: str, details: Any) -> CampaignHalt:
        """Nobody stops one here."""
        return ""

    def _campaign_refused(self, merchant_id: str, details: Any, reason: str, now: datetime) -> None:
        """Nor does it stop itself."""

    @property
    def now(self) -> datetime:
        return self.clock.at

    def passes(self, span: timedelta) -> None:
        """Whatever is to be done until then is done, in the order of time."""
        until = self.clock.at + span
        while (step := self._next_step()) is not None and step[0] <= until:
            at, work = step
            self.clock.at = max(self.clock.at, at)
            if work is None:
                self.run_due()
            else:
                self.queues.works.remove((at, work))
                self._do(work)
        self.clock.at = until

    def passes_to(self, line: Line, hour: int, is_before: bool) -> None:
        """Until it is so late there, or a moment before."""
        at = self.local(line).replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)
        self.passes((at - (SECOND if is_before else timedelta()) - self.now) % timedelta(days=1))

    def local(self, line: Line) -> datetime:
        """By a clock where whoever writes from there is at home."""
        _, zones = self.memory.where(line)
        return self.now.astimezone(ZoneInfo((*zones, "UTC")[0]))

    def _next_step(self) -> tuple[datetime, Work | None] | None:
        queued, due = self.queues.next(), min((one.at for one in self.dues.rows.values()), default=None)
        if queued is not None and (due is None or queued[0] <= due):
            return queued
        return None if due is None else (due, None)

    def _do(self, work: Work) -> None:
        if isinstance(work, ReleaseHeld):
            self.let_go(work)
        elif isinstance(work, Send):
            self.send(work)
        else:  # nobody of the shop is linked: there are no notices
            self.dues.forget(work)

    def writes(self, line: Line, text: str, payload: str = "") -> None:
        self._count += 1
        said = ShopperMessage(
            addresses=(line.address,),
            wire=line.address,
            chat="" if line.channel == "whatsapp" else line.address.value,
            channel_message_id=str(self._count),
            sent_at=self.now,
            kind="button" if payload else "text",
            text=text,
            payload=payload,
        )
        self.memory.wrote_at[line] = self.now
        self.memory.unreachable.discard(line)
        self.receive(line.source, said, self.now)

    def says(
        self, line: Line, word: str, how: str, about: tuple[str, ...], channels: tuple[str, ...]
    ) -> None:
        """For the memory alone: what was said of a line, now."""
        for one in about:
            told = oracle.Said(
                at=self.now, about=one, word=word, how=how, address=line.key, channels=channels
            )
            self.memory.said.append(told)

    def tells(self, line: Line, value: str) -> None:
        preference = Preference(addresses=(line.address,), wire=line.address, at=self.now, value=value)
        word = "no" if value == "stop" else "yes"
        self.says(line, word, "platform", ("marketing",), () if word == "no" else (line.channel,))
        self.changes.preference(line.source, preference, self.now)

    def blocks(self, line: Line, is_reachable: bool) -> None:
        membership = Membership(
            addresses=(line.address,), wire=line.address, at=self.now, is_reachable=is_reachable
        )
        if is_reachable:
            self.memory.unreachable.discard(line)
        else:
            self.memory.unreachable.add(line)
            self.says(line, "no", "block", ("marketing", "updates"), ())
        self.changes.membership(line.source, membership, self.now)

    def notes(self, line: Line, state: str, how: str, purpose: str, channels: tuple[str, ...]) -> None:
        """Somebody of the shop notes it, of the whole person."""
        word = "yes" if state == "given" else "no"
        for one in self.memory.lines_of(line):
            self.says(one, word, how, (purpose,), channels)
        noted = Noted(purpose=purpose, state=state, at=self.now, how=how, channels=channels, by="Kim")
        self.note_consents.note(MERCHANT, line.shopper_id, noted, self.now)

    def brings(self, line: Line, registry: str, state: str) -> None:
        """A list names a number."""
        word = "yes" if state == "given" else "no"
        told = oracle.Said(
            at=self.now, about="marketing", word=word, how="registry", address=line.key, registry=registry
        )
        self.memory.said.append(told)
        noted = Noted(purpose="marketing", state=state, at=self.now, how="registry", registry=registry)
        named = Named(phone=f"+{line.address.value}")
        self.note_consents.bring(MERCHANT, [(named, noted)], "GB", self.now)

    def merges(self, line: Line, other: Line) -> None:
        memory = self.memory
        moved, was = tuple(memory.lines_of(other)), memory.groups[other]
        proof = Proof("said", "They told us.")
        merge = self.merge(MERCHANT, line.shopper_id, other.shopper_id, proof, self.now)
        memory.merges.append((merge, moved, was))
        memory.groups |= dict.fromkeys(moved, memory.groups[line])

    def takes_apart(self) -> None:
        merge, moved, was = self.memory.merges.pop()
        self.unmerge(MERCHANT, merge.stayed, merge.merge_id, self.now)
        self.memory.groups |= dict.fromkeys(moved, was)

    def sets(
        self, paused: str | None, per_day: int, per_week: int, quiet: tuple[str, str], iys: bool
    ) -> None:
        asked = {"per_day": per_day, "per_week": per_week, "quiet_from": quiet[0], "quiet_until": quiet[1]}
        self.rules = replace(self.rules, paused=paused, iys=iys, **asked)
        self.shops.settings = replace(
            self.shops.settings, paused=paused, marketing={**asked, "iys": iys, "ask": True}
        )

    def connects(self, line: Line, status: ConnectionStatus) -> None:
        with self.release(self.shops.connection(line.connection_id), self.now):
            self.shops.statuses[line.connection_id] = status

    def replies(self, line: Line, content: Content) -> None:
        self._count += 1
        asked = Asked(content=content)
        self.reply(MERCHANT, line.thread_id, asked, "Kim", f"reply {self._count}", self.now)

    def closes(self, line: Line, asks: bool) -> None:
        """asks: how it was, if there is anything to ask about."""
        self.shops.settings = replace(self.shops.settings, survey={"ask": asks})
        thread = self.work_threads.change(MERCHANT, line.thread_id, "closed", None, None)
        if not self.ask_survey(thread, self.now):
            self.ask(thread, self.now)

    def intends(self, line: Line, purpose: Purpose, content: Content) -> None:
        self._count += 1
        self.intend(MERCHANT, line.thread_id, purpose, content, f"own {self._count}", self.now)

    def explains(self, line: Line, purpose: Purpose) -> Explained:
        return self.why(MERCHANT, line.shopper_id, purpose, "", self.now)

    def _heard(self, channel: str, message: OutboundMessage) -> str:
        """The channel has a message: right or wrong, it is remembered as sent unless it is refused."""
        line = next(one for one in self.lines if (one.channel, one.address) == (channel, message.to))
        ref = ref_from(MERCHANT, message.reference)
        assert ref is not None
        self._judge(line, ref, message)
        refusal = self.refusals.pop(0) if self.refusals else None
        if isinstance(refusal, SendRejected):
            self._refused(line, refusal.reason)
        if refusal is not None and not isinstance(refusal, OutcomeUnknown):
            raise refusal
        sent = self._sent(line, ref, message)
        if sent.author == "human":
            # Words that were held up say when they were written, not that somebody is there now.
            self.memory.human_at[line] = sent.intended_at
        if sent.is_marketing:
            self.memory.marketed.append((self.now, self.memory.groups[line]))
        if sent.purpose == "ask":
            self.says(line, "asked", "question", ("marketing",), (line.channel,))
            if message.content.buttons:
                self.memory.asked[line] = message.content.buttons[0].id
        if sent.purpose == "survey" and message.content.buttons:
            self.memory.surveyed[line] = [one.id for one in message.content.buttons]
        if refusal is not None:
            raise refusal
        self._count += 1
        return f"sent {self._count}"

    def _refused(self, line: Line, reason: str) -> None:
        if reason == "opted_out":
            self.says(line, "no", "platform", ("marketing",), ())
        elif reason == "unreachable":
            self.memory.unreachable.add(line)
        elif reason == "capped":
            self.memory.capped_at[line] = self.now

    def _judge(self, line: Line, ref: MessageRef, message: OutboundMessage) -> None:
        status = self.shops.connection(line.connection_id).status
        rules = replace(self.rules, is_connected=status != "disconnected")
        self.memory.wrong += self.memory.forbidden(self._sent(line, ref, message), line, rules)

    def _sent(self, line: Line, ref: MessageRef, message: OutboundMessage) -> oracle.Sent:
        row = self.threads.message(ref)
        assert row is not None
        template = message.content.template
        return oracle.Sent(
            at=self.now,
            intended_at=row.sent_at,
            channel=line.channel,
            address=line.key,
            author=row.author,
            purpose=row.purpose,
            kind=message.content.kind,
            category=template.category if template else "",
            tag=message.tag,
        )


def a_shop(first: str, second: str, at: datetime) -> OneShop:
    """Two telephone numbers, a Page's reader and a bot's."""
    lines = (
        Line("whatsapp", Address("phone", first)),
        Line("whatsapp", Address("phone", second)),
        Line("messenger", Address("psid", "900")),
        Line("telegram", Address("chat", "77")),
    )
    return OneShop(lines, at.astimezone(UTC))
