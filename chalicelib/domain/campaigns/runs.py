"""One occurrence of a campaign, or its dry run: pages of recipients, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from chalicelib.domain.ids import stable_id, to_ms

# So many recipients are decided on together.
PAGE: Final = 50
# gathering: its pages are being written. going: all pages are there, and some have work left. done: each
# recipient has come to something that will not change. ended: it was cancelled, or ran out of time.
RunState = Literal["gathering", "going", "done", "ended"]
# planned: nothing is decided for good. intended: it is a message of their thread now. skipped: they get
# nothing, and the code says why. held_out: they are never written to, which shows what a campaign brings.
RecipientState = Literal["planned", "intended", "skipped", "held_out"]
# How somebody would be written to, or was: free text in the open window, or where there is none; an approved
# template; '' where they are not.
How = Literal["", "text", "template"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """at: the moment that the schedule names, in UTC; of a dry run, the moment that it was asked for.
    after: up to which member of the segment its pages are written, in the order of their ids. pages: how
    many there are so far. shoppers: how many are on them. rate: messages a second, as its connections
    allow it; 0 until somebody has looked."""

    merchant_id: str
    campaign_id: str
    run_id: str
    at: datetime
    is_dry: bool = False
    state: RunState = "gathering"
    after: str = ""
    pages: int = 0
    shoppers: int = 0
    holdout: float = 0.0
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    rate: float = 0.0
    end_reason: str = ""
    spent: Mapping[str, Decimal] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A shopper of a run; there is one row of each.

    code: the gate's, `ok` where it goes out; the same codes in a dry run and in what came of it. held: why it
    had to wait, or has to. at: when they are looked at again, or were decided on; in a dry run, when it would
    go out. message: which one it became, as `MessageRef.reference` spells it. category: of the template. low,
    high: what it costs, in `currency`. status: of the message, as it was when last counted.
    """

    shopper_id: str
    state: RecipientState = "planned"
    code: str = ""
    held: str = ""
    how: How = ""
    at: datetime | None = None
    thread_id: str = ""
    connection_id: str = ""
    channel: str = ""
    message: str = ""
    category: str = ""
    country: str = ""
    currency: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    status: str = ""
    sent_at: datetime | None = None
    is_delivered: bool = False
    is_read: bool = False
    clicked_at: datetime | None = None
    is_answered: bool = False
    is_opted_out: bool = False
    is_blocked: bool = False
    is_bought: bool = False
    revenue: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """So many shoppers of a run, in the order of their ids. number: from 0. look_at: when there is something
    to do on it or to find out, None when all is known. looks: how often it was found out what became of its
    messages. taken_until: somebody works on it, until then at most. counts: what its recipients came to, by
    the names in `results`, counted anew each time. samples: of a dry run, what some of them would see."""

    number: int
    shoppers: tuple[str, ...]
    look_at: datetime | None = None
    looks: int = 0
    taken_until: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    money: Mapping[str, Decimal] = field(default_factory=dict)
    samples: tuple[Mapping[str, str], ...] = ()
    version: int = 0


def run_id_for(campaign_id: str, at: datetime) -> str:
    """The same occurrence is always the same run, however often its moment is noticed."""
    return stable_id("rn", campaign_id, str(to_ms(at)))


def once_for(run: Run, shopper_id: str) -> str:
    """The key under which a recipient's message is made: there is never a second."""
    return f"campaign:{run.run_id}:{shopper_id}"
