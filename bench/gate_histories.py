"""Random histories of a shop and a shopper, put to the gate. Whatever it lets through is judged by
`gate_oracle`, which is told the history itself and knows none of the gate's rules.

The pure functions alone: what was said, what it comes to, and what the gate says.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bench import gate_oracle as oracle
from bench.gate_samples import (
    ADDRESSES,
    CHANNELS_OF,
    EDGE,
    FREE,
    HOWS,
    LATE,
    PHONE,
    QUIET,
    REGISTRY,
    SECOND,
    SPANS,
    STATES,
    TAKES,
    TIERS,
    WHERE,
    WISHES,
    WORDS,
    Wish,
    Word,
    category_of,
)
from chalicelib.domain.consent.records import Consent, ConsentPurpose, How, standing
from chalicelib.domain.content import Kind
from chalicelib.domain.gate import Question, Verdict, may_send
from chalicelib.domain.gate.prospects import MarketingRules, Prospect
from chalicelib.domain.messages import Author, Purpose
from chalicelib.domain.platform_rules import Category

EVENTS: Final = 20
_MOST_HOLDS: Final = 60


@dataclass
class Found:
    """What came of many histories: how often the gate said what, and each broken rule with its shortest
    history."""

    verdicts: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)
    told: dict[str, list[str]] = field(default_factory=dict)

    def note(self, broken: str, story: list[str]) -> None:
        self.violations[broken] += 1
        if broken not in self.told or len(story) < len(self.told[broken]):
            self.told[broken] = list(story)


class History:
    """One shop and one shopper with up to five addresses, who may be two persons merged and taken apart."""

    def __init__(self, random: Random, found: Found) -> None:
        self._random, self._found = random, found
        self.now = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(300 * 24 * 60))
        self.country, zones = random.choice(WHERE)
        self.zones: tuple[str, ...] = zones
        self._clocks = tuple(ZoneInfo(zone) for zone in self.zones)
        self.mine = set(random.sample(list(ADDRESSES), random.randint(1, 3)))
        # Few things often, rather than all once: what goes wrong needs several of a kind.
        self._wishes = random.sample(WISHES, 3)
        self._registry = REGISTRY.get(self.country, "iys")
        self.said: list[tuple[oracle.Said, Consent]] = []
        self.wrote_at: dict[str, datetime] = {}
        self.human_at: dict[str, datetime] = {}
        self.capped_at: dict[str, datetime] = {}
        self.marketed: list[datetime] = []
        self.unreachable: set[str] = set()
        self.elsewhere: set[str] = set()
        quiet_from, quiet_until = random.choice(QUIET)
        self.shop = oracle.Shop(quiet_from=quiet_from, quiet_until=quiet_until, tier=random.choice(TIERS))
        self.story: list[str] = [f"{self.now} {self.country} {self.zones} {sorted(self.mine)} {self.shop}"]

    def play(self, events: int = EVENTS) -> None:
        for event in self._random.choices(_EVENTS, _WEIGHTS, k=events):
            event(self)

    def passes(self) -> None:
        self.now += self._random.choice(SPANS)
        self.story.append(f"now {self.now}")

    def is_day(self) -> None:
        """Some hour of the day where they are, at an edge now and then."""
        hour = self._random.choice((8, 9, 10, 12, 15, 18, 21, 22))
        edge = self._random.choice((-EDGE, timedelta(), EDGE))
        local = self.now.astimezone(self._clocks[0])
        there = local.replace(hour=hour, minute=0, second=0, microsecond=0) + edge
        there_at = there.astimezone(UTC)
        self.now = there_at if there_at > self.now else there_at + timedelta(days=1)
        self.story.append(f"now {self.now}")

    def writes(self) -> None:
        address = self._one()
        self.wrote_at[address] = self.now
        self.unreachable.discard(address)
        self.story.append(f"{address} writes")

    def says(self) -> None:
        """A word, a button, a form, a list, a note: about marketing, or about updates as well."""
        how = self._random.choice(HOWS)
        word: Word = self._random.choice(WORDS)
        about: tuple[ConsentPurpose, ...] = ("marketing",) if how == "question" else ("marketing", "updates")
        where = self._random.choice(("all", "all", "here", "here", "email", "other"))
        self._said(about, word, how, where)

    def tells_platform(self) -> None:
        self._said(("marketing",), self._random.choice(WORDS), "platform", "here")

    def blocks(self) -> None:
        self.unreachable.add(self._said(("marketing", "updates"), "no", "block", "all"))

    def unblocks(self) -> None:
        self.unreachable.clear()
        self.story.append("unblocks")

    def registers(self) -> None:
        self._said(("marketing",), self._random.choice(WORDS), "registry", "all", self._registry)

    def was_asked(self) -> None:
        self._said(("marketing",), "asked", "question", "here")

    def merges(self) -> None:
        self.mine ^= {self._random.choice(list(ADDRESSES))}
        self.mine = self.mine or {PHONE}
        self.story.append(f"addresses {sorted(self.mine)}")

    def human_writes(self) -> None:
        self.human_at[self._one()] = self.now
        self.story.append("a human writes")

    def is_capped(self) -> None:
        self.capped_at[self._one()] = self.now
        self.story.append("the channel caps")

    def is_taken(self) -> None:
        self.elsewhere ^= {self._one()}
        self.story.append(f"held elsewhere {self.elsewhere}")

    def sets(self) -> None:
        quiet_from, quiet_until = self._random.choice(QUIET)
        self.shop = replace(
            self.shop,
            paused=self._random.choice((None, None, None, None, "marketing", "automatic")),
            is_connected=self._random.random() < 0.9,
            per_day=self._random.choice((1, 1, 2)),
            per_week=self._random.choice((1, 3, 3)),
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            iys=self._random.random() < 0.8,
            tier=self._random.choice(TIERS),
            used=self._random.choice((0, 0, 249, 250, 1999, 2000)),
        )
        self.story.append(str(self.shop))

    def wishes(self) -> None:
        """A message is intended, and comes to the gate at once or later."""
        self._wish(self._random.choice(self._wishes))

    def comes_back(self) -> None:
        """After months, and is asked for a yes, perhaps again."""
        self.now += timedelta(days=self._random.choice((60, 75, 90)))
        self.is_day()
        self.writes()
        self._wish(("auto", "ask", "quick_replies", ""))

    def _wish(self, wished: tuple[Author, Purpose, Kind, Category]) -> None:
        author, purpose, kind, category = wished
        late = self._random.choice(LATE)
        wish = Wish(author, purpose, kind, category, self._one(), self.now - late)
        self.story.append(str(wish))
        verdict = self._ask(wish)
        if verdict.decision == "use_template":
            verdict = self._ask(replace(wish, kind="template", category=category_of(wish)))
        if verdict.until is not None:
            self._hold(wish, verdict.until)

    def _hold(self, wish: Wish, until: datetime) -> None:
        """It is asked again when it is due, and ends one way or the other."""
        for _ in range(_MOST_HOLDS):
            if until <= self.now:
                self._found.note("held until a moment that is over", self.story)
                return
            self.now = until
            self.story.append(f"now {self.now}: again")
            verdict = self._ask(wish)
            if verdict.decision != "hold" or verdict.until is None:
                return
            until = verdict.until
        self._found.note("held for ever", self.story)

    def _ask(self, wish: Wish) -> Verdict:
        channel = ADDRESSES[wish.address]
        verdict = may_send(self._question(wish, channel))
        if verdict.decision == "send":
            self._sent(wish, channel, verdict)
        elif not verdict.code or verdict.code == "ok" or not verdict.reason.endswith("."):
            self._found.note("withheld without a code and a reason", self.story)
        self._found.verdicts[f"{wish.purpose} {verdict.decision} {verdict.code}"] += 1
        return verdict

    def _sent(self, wish: Wish, channel: str, verdict: Verdict) -> None:
        sent = oracle.Sent(
            at=self.now,
            intended_at=wish.intended_at,
            channel=channel,
            address=wish.address,
            author=wish.author,
            purpose=wish.purpose,
            kind=wish.kind,
            category=wish.category,
            tag=verdict.tag,
        )
        shopper = oracle.Shopper(
            said=[said for said, _ in self.said if said.address in self.mine],
            country=self.country,
            zones=self.zones,
            wrote_at=self.wrote_at.get(wish.address),
            human_at=self.human_at.get(wish.address),
            marketed=self.marketed,
            capped_at=self.capped_at.get(wish.address),
            is_unreachable=wish.address in self.unreachable,
            is_held_elsewhere=wish.address in self.elsewhere,
        )
        for broken in oracle.forbidden(sent, shopper, self.shop):
            self._found.note(broken, [*self.story, f"sent {sent}"])
        if sent.is_marketing:
            self.marketed.append(self.now)
        if sent.purpose == "ask":
            self.was_asked()

    def _question(self, wish: Wish, channel: str) -> Question:
        """As the sender puts it together from what is stored."""
        shop, address = self.shop, wish.address
        rules = MarketingRules(
            per_day=shop.per_day,
            per_week=shop.per_week,
            quiet_from=shop.quiet_from,
            quiet_until=shop.quiet_until,
            iys=shop.iys,
            ask=True,
        )
        needs: ConsentPurpose = "marketing" if wish.is_marketing else "updates"
        others = [one for one in sorted(self.mine - {address}) if ADDRESSES[one] == channel]
        records = [record for said, record in self.said if said.address in self.mine]
        return Question(
            takes=(FREE if wish.category else TAKES)[channel],
            connection_status="active" if shop.is_connected else "disconnected",
            author=wish.author,
            purpose=wish.purpose,
            text="Hello",
            now=self.now,
            intended_at=wish.intended_at,
            shopper_at=self.wrote_at.get(address),
            channel=channel,
            window=TAKES[channel].window,
            kind=wish.kind,
            category=wish.category,
            human_at=self.human_at.get(address),
            paused=shop.paused,
            unreachable="blocked" if address in self.unreachable else "",
            held_by="other" if address in self.elsewhere else "",
            capped_at=self.capped_at.get(address),
            prospect=Prospect(
                stands=standing(records, needs, channel, [address, *others]),
                country=self.country,
                zones=self._clocks,
                marketed_at=tuple(self.marketed),
                rules=rules,
            ),
            tier=shop.tier,
            tier_used=shop.used,
        )

    def _one(self) -> str:
        return self._random.choice(sorted(self.mine))

    def _said(
        self, about: Sequence[ConsentPurpose], word: Word, how: How, where: str, registry: str = ""
    ) -> str:
        """Under one of their addresses; a list names telephone numbers."""
        numbers = [one for one in (PHONE, SECOND) if one in self.mine]
        if registry and not numbers:
            return ""
        address = self._random.choice(numbers) if registry else self._one()
        channels = CHANNELS_OF.get(where, (ADDRESSES[address],))
        for purpose in about:
            said = oracle.Said(
                at=self.now,
                about="marketing" if purpose == "marketing" else "updates",
                word=word,
                how=how,
                address=address,
                channels=channels,
                registry=registry,
            )
            record = Consent(
                merchant_id="mt_1",
                address=address,
                purpose=purpose,
                state=STATES[word],
                at=self.now,
                how=how,
                noted_at=self.now,
                channels=channels,
                registry=registry,
            )
            self.said.append((said, record))
        self.story.append(f"{word} by {how} {registry} for {about} on {channels} at {address}")
        return address


_HOW_OFTEN: Final[dict[Callable[[History], object], int]] = {
    History.passes: 10,
    History.is_day: 12,
    History.writes: 10,
    History.says: 14,
    History.tells_platform: 2,
    History.blocks: 1,
    History.unblocks: 1,
    History.registers: 6,
    History.was_asked: 1,
    History.comes_back: 2,
    History.merges: 3,
    History.human_writes: 2,
    History.is_capped: 1,
    History.is_taken: 1,
    History.sets: 3,
    History.wishes: 36,
}
_EVENTS: Final = tuple(_HOW_OFTEN)
_WEIGHTS: Final = tuple(_HOW_OFTEN.values())
