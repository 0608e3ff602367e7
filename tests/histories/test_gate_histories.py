"""Whatever happens to a shop and its shoppers, nothing goes out that a rule forbids, and nothing sticks.

Through the real use cases, on memory at their ports; judged by `bench.gate_oracle`, which knows what has
happened and none of the gate's rules.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from memory_people import MERCHANT
from one_shop import NOBODY_SENDS_FOR, SECOND, OneShop, a_shop
from remembered import NUMBERS, Line

from chalicelib.domain.content import Content, Template, text_content
from chalicelib.domain.messages import Message
from chalicelib.ports.errors import NotSent, OutcomeUnknown, RetryLater, SendRejected
from chalicelib.services.sending.reply import NotAllowed

HISTORIES = 500
STEPS = 60
# Days around which clocks change, in London and in New York, and one on which nothing does.
DAYS = [
    datetime(2026, 10, 24, tzinfo=UTC),
    datetime(2027, 3, 13, tzinfo=UTC),
    datetime(2026, 12, 2, tzinfo=UTC),
]
SPANS = [
    timedelta(seconds=5),
    timedelta(minutes=9),
    timedelta(hours=1),
    timedelta(hours=7),
    timedelta(hours=24),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=91),
]
STOPS = ["STOP", "Стоп!", "dur", "退订", "إيقاف", "arrêt"]
STARTS = ["START", "старт", "başlat"]
QUIET = [("21:00", "09:00"), ("21:00", "09:00"), ("20:00", "10:30"), ("13:00", "14:00")]
TEXT = text_content("Something new has come.")
EVERYBODY = st.integers(0, 3)
NUMBER = st.integers(0, 1)
WITH_TEMPLATES = st.integers(0, 2)


def by_template(category: Any) -> Content:
    return Content(kind="template", template=Template(name="news", language="en", category=category))


class Histories(RuleBasedStateMachine):
    """Two telephone numbers on WhatsApp, a reader of the Page and one of the bot; some turn out to be one."""

    shop: OneShop

    @initialize(
        first=st.sampled_from(sorted(NUMBERS)),
        second=st.sampled_from(sorted(NUMBERS)),
        day=st.sampled_from(DAYS),
        hour=st.integers(0, 23),
        agreed=st.sampled_from([(0, 1, 2, 3), (0, 1, 2, 3), (0,), ()]),
    )
    def opens(self, first: str, second: str, day: datetime, hour: int, agreed: tuple[int, ...]) -> None:
        # Two of one country differ in their last digit.
        other = second if second != first else f"{second[:-1]}{(int(second[-1]) + 1) % 10}"
        self.shop = a_shop(first, other, day + timedelta(hours=hour))
        self.shop.sets(None, 1, 3, ("21:00", "09:00"), True)
        for line in self.shop.lines:
            self.shop.writes(line, "Hello")
        for place in agreed:
            for purpose in ("marketing", "updates"):
                self.shop.notes(self.line(place), "given", "box", purpose, ())
        self.shop.passes(timedelta(minutes=1))

    def line(self, place: int) -> Line:
        return self.shop.lines[place]

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: timedelta) -> None:
        self.shop.passes(span)

    @rule(hour=st.sampled_from([8, 9, 12, 17, 18, 21, 22]), before=st.booleans(), place=NUMBER)
    def it_is(self, hour: int, before: bool, place: int) -> None:
        """Some hour where a shopper is, or a moment before."""
        self.shop.passes_to(self.line(place), hour, before)

    @rule(place=EVERYBODY)
    def a_shopper_writes(self, place: int) -> None:
        line = self.line(place)
        if line in self.shop.memory.unreachable and line.channel == "telegram":
            self.shop.blocks(line, True)
        self.shop.writes(line, "Is the blue one in stock?")
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, word=st.sampled_from(STOPS))
    def a_shopper_says_stop(self, place: int, word: str) -> None:
        self.shop.says(self.line(place), "no", "word", ("marketing", "updates"), ())
        self.shop.writes(self.line(place), word)
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, word=st.sampled_from(STARTS))
    def a_shopper_says_start(self, place: int, word: str) -> None:
        line = self.line(place)
        self.shop.says(line, "yes", "word", ("marketing", "updates"), (line.channel,))
        self.shop.writes(line, word)
        self.shop.passes(SECOND)

    @precondition(lambda self: self.shop.memory.asked)
    @rule(is_yes=st.booleans())
    def a_shopper_taps(self, is_yes: bool) -> None:
        line, yes = sorted(self.shop.memory.asked.items(), key=str)[0]
        word = "yes" if is_yes else "no"
        self.shop.says(line, word, "question", ("marketing",), (line.channel,) if is_yes else ())
        self.shop.writes(line, word, yes if is_yes else yes.replace(":yes:", ":no:"))
        self.shop.passes(SECOND)

    @rule(place=WITH_TEMPLATES, value=st.sampled_from(["stop", "resume"]))
    def the_channel_tells(self, place: int, value: str) -> None:
        self.shop.tells(self.line(place), value)
        self.shop.passes(SECOND)

    @rule(is_reachable=st.booleans())
    def a_shopper_blocks_the_bot(self, is_reachable: bool) -> None:
        self.shop.blocks(self.line(3), is_reachable)
        self.shop.passes(SECOND)

    @rule(
        place=EVERYBODY,
        state=st.sampled_from(["given", "given", "withdrawn"]),
        how=st.sampled_from(["box", "import", "import", "staff"]),
        purpose=st.sampled_from(["marketing", "marketing", "updates"]),
        channels=st.sampled_from([(), (), ("email",), ("whatsapp", "sms")]),
    )
    def the_shop_notes(
        self, place: int, state: str, how: str, purpose: str, channels: tuple[str, ...]
    ) -> None:
        self.shop.notes(self.line(place), state, how, purpose, channels)
        self.shop.passes(SECOND)

    @rule(
        place=NUMBER,
        registry=st.sampled_from(["iys", "do_not_call"]),
        state=st.sampled_from(["given", "withdrawn"]),
    )
    def a_registry_says(self, place: int, registry: str, state: str) -> None:
        self.shop.brings(self.line(place), registry, state)
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, other=EVERYBODY)
    def two_are_one(self, place: int, other: int) -> None:
        if self.shop.memory.groups[self.line(place)] != self.shop.memory.groups[self.line(other)]:
            self.shop.merges(self.line(place), self.line(other))
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, other=EVERYBODY)
    def two_who_were_sent_something_are_one(self, place: int, other: int) -> None:
        """What went to either counts for both."""
        for one in (place, other):
            self.the_shop_offers_something(one, 0)
        self.two_are_one(place, other)
        self.the_shop_offers_something(place, 0)

    @precondition(lambda self: self.shop.memory.merges)
    @rule()
    def they_are_two_after_all(self) -> None:
        self.shop.takes_apart()
        self.shop.passes(SECOND)

    @rule(
        paused=st.sampled_from([None, None, None, "marketing", "automatic"]),
        per_day=st.integers(1, 2),
        per_week=st.integers(1, 3),
        quiet=st.sampled_from(QUIET),
        iys=st.booleans(),
    )
    def the_shop_sets(
        self, paused: str | None, per_day: int, per_week: int, quiet: tuple[str, str], iys: bool
    ) -> None:
        self.shop.sets(paused, per_day, per_week, quiet, iys)

    @rule(place=EVERYBODY, status=st.sampled_from(["active", "active", "needs_reauth", "disconnected"]))
    def a_connection_is(self, place: int, status: Any) -> None:
        self.shop.connects(self.line(place), status)
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY)
    def a_person_of_the_shop_replies(self, place: int) -> None:
        with suppress(NotAllowed):
            self.shop.replies(self.line(place), TEXT)
        self.shop.passes(SECOND)

    @rule(place=NUMBER, category=st.sampled_from(["marketing", "utility"]))
    def a_person_of_the_shop_sends_a_template(self, place: int, category: str) -> None:
        with suppress(NotAllowed):
            self.shop.replies(self.line(place), by_template(category))
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, asks=st.booleans())
    def a_thread_is_closed(self, place: int, asks: bool) -> None:
        self.shop.closes(self.line(place), asks)
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY)
    def a_conversation_is_solved(self, place: int) -> None:
        """And the shopper answers what they are asked, now or after the night."""
        self.a_shopper_writes(place)
        self.a_person_of_the_shop_replies(place)
        self.a_thread_is_closed(place, True)
        for line, choices in self.shop.memory.surveyed.items():
            self.shop.writes(line, "So it was", choices[0])
        self.shop.memory.surveyed.clear()
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, purpose=st.sampled_from(["update", "survey", "cart", "campaign"]))
    def the_shop_intends_a_text(self, place: int, purpose: Any) -> None:
        self.shop.intends(self.line(place), purpose, TEXT)
        self.shop.passes(SECOND)

    @rule(
        place=WITH_TEMPLATES,
        purpose=st.sampled_from(["update", "survey", "cart", "campaign", "campaign"]),
        category=st.sampled_from(["marketing", "marketing", "utility"]),
    )
    def the_shop_intends_a_template(self, place: int, purpose: Any, category: str) -> None:
        self.shop.intends(self.line(place), purpose, by_template(category))
        self.shop.passes(SECOND)

    @rule(place=EVERYBODY, hours=st.sampled_from([0, 0, 6, 8, 12]))
    def the_shop_offers_something(self, place: int, hours: int) -> None:
        """What it may: by day, in the form that the channel takes."""
        line = self.line(place)
        if not 9 <= self.shop.local(line).hour < 18:
            self.shop.passes_to(line, 12, False)
        self.shop.passes(timedelta(hours=hours))
        self.shop.intends(line, "campaign", by_template("marketing") if line.channel == "whatsapp" else TEXT)
        self.shop.passes(SECOND)

    @rule(reason=st.sampled_from(["opted_out", "unreachable", "capped", "later", "not_sent", "unknown"]))
    def the_channel_will_not(self, reason: str) -> None:
        others = {"later": RetryLater(60.0), "not_sent": NotSent(), "unknown": OutcomeUnknown()}
        self.shop.refusals = [others.get(reason) or SendRejected("1", reason)]

    @rule(place=EVERYBODY, purpose=st.sampled_from(["reply", "update", "cart", "campaign", "ask"]))
    def somebody_asks_why(self, place: int, purpose: Any) -> None:
        told = self.shop.explains(self.line(place), purpose)
        for _, verdict in (*told.threads, (None, told.verdict)):
            assert verdict.code and verdict.reason.endswith("."), verdict
            assert verdict.until is None or verdict.until > self.shop.now

    @invariant()
    def nothing_went_out_that_a_rule_forbids(self) -> None:
        if hasattr(self, "shop"):
            assert not self.shop.memory.wrong, self.shop.memory.wrong

    def teardown(self) -> None:
        """What waits is sent or lapses, each with a code, once time passes."""
        if not hasattr(self, "shop"):
            return
        self.shop.passes(NOBODY_SENDS_FOR)
        assert not self.shop.memory.wrong, self.shop.memory.wrong
        for line in self.shop.lines:
            for message in self.shop.threads.messages(MERCHANT, line.thread_id, limit=1000):
                _has_ended(message)


def _has_ended(message: Message) -> None:
    assert message.status in ("received", "sent", "skipped", "failed", "uncertain"), message
    assert not message.claim, message
    if message.status in ("skipped", "failed", "uncertain"):
        assert message.reason, message


class TestHistories(Histories.TestCase):
    settings = settings(
        max_examples=HISTORIES,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
