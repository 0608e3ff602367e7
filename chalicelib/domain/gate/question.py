"""What the gate is asked, what it answers, and what several of its rules look at."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, Literal

from chalicelib.domain.capabilities import Capabilities, Window
from chalicelib.domain.connections import ConnectionStatus
from chalicelib.domain.gate.countries import CountryRules, rules_of
from chalicelib.domain.gate.left_carts import LeftCart
from chalicelib.domain.gate.prospects import MARKETING, NEEDS, Prospect
from chalicelib.domain.gate.quiet import Loud, loud_between, next_loud
from chalicelib.domain.messages import Author, Purpose
from chalicelib.domain.platform_rules import Category

# Paused by a person; stopped by itself, until a person goes on; cancelled for good.
CampaignHalt = Literal["", "paused", "stopped", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that the gate looks at. takes: what the channel can do; without a window where what is sent needs
    none, such as a template or a private answer to a comment. window: the channel's own, whatever is sent.

    shopper_at: when the shopper last did something that opens the channel's window. unreachable, held_by,
    capped_at: as the thread's marks tell. intended_at: when the message was intended; human_at: when a human
    last wrote in the thread; waits: whether the shopper waits for one. kind: of the content. category: of the
    approved template that is sent. prospect: whom we address of our own accord. quality, tier, tier_used: the
    number's, and how many shoppers were written to outside their window within a day. is_staff: whether it
    goes to one of the shop's own people. cart: what it reminds of, as it is now. is_overtaken: what it tells
    of an order is not so any more. campaign: why the one that it is of sends nothing now, '' where it does.
    """

    takes: Capabilities
    connection_status: ConnectionStatus
    author: Author
    purpose: Purpose
    text: str
    now: datetime
    intended_at: datetime
    shopper_at: datetime | None
    channel: str = ""
    window: Window | None = None
    kind: str = "text"
    category: Category = ""
    human_at: datetime | None = None
    waits: bool = False
    paused: str | None = None
    is_closed: bool = False
    unreachable: str = ""
    held_by: str = ""
    capped_at: datetime | None = None
    prospect: Prospect = field(default_factory=Prospect)
    quality: str = ""
    tier: str = ""
    tier_used: int = 0
    is_staff: bool = False
    cart: LeftCart | None = None
    is_overtaken: bool = False
    campaign: CampaignHalt = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`send` (with the channel's tag, if it needs one); `hold` until a moment or, where there is none, until
    the connection can send again; `use_template`: an approved template may be sent, nothing else; `skip`.
    The code is stable, the reason is for people."""

    decision: Literal["send", "hold", "use_template", "skip"]
    code: str = "ok"
    reason: str = "It may be sent now."
    tag: str = ""
    until: datetime | None = None


_DAY: Final = timedelta(hours=24)
# An automatic answer is soon of no use, and so is a question about a talk that is over; a person's words stay
# wanted for a day, and what waits for the morning or for a channel's limit as well.
WANTED_FOR: Final[dict[Purpose, timedelta]] = {
    "answer": timedelta(minutes=10),
    "confirm": timedelta(minutes=10),
    "ask": timedelta(hours=1),
    "notice": timedelta(hours=1),
    "update": timedelta(hours=48),
}
# For so long after a person of the shop wrote, nothing comes of its own accord.
HUMAN_AT_WORK: Final = timedelta(hours=1)
# Order updates and surveys come by day.
BY_DAY: Final = Loud(time(8), time(22))


def wanted_for(purpose: Purpose) -> timedelta:
    """For how long a message is of use after it was intended."""
    return WANTED_FOR.get(purpose, _DAY)


def louds_of(question: Question) -> tuple[Loud, ...]:
    """The hours of the day in which this may come, by the shopper's clock; none: at any."""
    if question.purpose in ("update", "survey") and not is_marketing(question):
        return (BY_DAY,)
    if needs_of(question) != "marketing":
        return ()
    rules, law = question.prospect.rules, [one.loud for one in laws_of(question) if one.loud is not None]
    if question.author == "human":  # the law binds people too, the shop's own hours its machines
        return tuple(law)
    return (loud_between(rules.quiet_from, rules.quiet_until), *law)


def laws_of(question: Question) -> tuple[CountryRules, ...]:
    """Of every country that the shopper may be of."""
    countries = (question.prospect.country, *question.prospect.heeds)
    return tuple(rules_of(country, question.now.date()) for country in countries)


def needs_of(question: Question) -> str:
    """What they must have said yes to. A person's marketing template is marketing too."""
    return "marketing" if question.category == "marketing" else NEEDS.get(question.purpose, "")


def is_marketing(question: Question) -> bool:
    """Of the shop's own accord, and wherever it calls it an update: a template's category is what counts."""
    return question.purpose in MARKETING or (question.category == "marketing" and question.author != "human")


def is_open(question: Question) -> bool:
    """Whether the channel's window is open, or it has none."""
    window = _window(question)
    if window is None or question.shopper_at is None:
        return window is None
    return question.now - question.shopper_at < window.anyone


def _window(question: Question) -> Window | None:
    """Templates need no window to leave, but whether one is open matters to what else they need."""
    return question.window or question.takes.window


def quiet_until(question: Question) -> datetime:
    """Now, where nothing is against it."""
    louds = louds_of(question)
    return next_loud(question.now, question.prospect.zones, louds) if louds else question.now
