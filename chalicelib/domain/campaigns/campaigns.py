"""A campaign as a marketer has written it, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Literal

from chalicelib.domain.commerce.reminding import ENOUGH_TO_MEASURE, USUAL_HOLDOUT

# draft: may be changed, nothing goes out. booked: goes out as its schedule says. paused: by a person, until
# they go on. stopped: by itself, with a reason; a person may go on. done, cancelled: for good.
CampaignState = Literal["draft", "booked", "paused", "stopped", "done", "cancelled"]
STATES: Final[tuple[CampaignState, ...]] = ("draft", "booked", "paused", "stopped", "done", "cancelled")
# What a person may do with a campaign, from which states it is possible, and what it is then.
MOVES: Final[Mapping[str, tuple[tuple[CampaignState, ...], CampaignState]]] = {
    "book": (("draft",), "booked"),
    "pause": (("booked",), "paused"),
    "resume": (("paused", "stopped"), "booked"),
    "cancel": (("draft", "booked", "paused", "stopped"), "cancelled"),
    "unbook": (("booked", "paused"), "draft"),
}
# A dry run that is older than this says little about who would be written to now.
DRY_RUN_HOLDS: Final = timedelta(hours=24)
# When nothing else is said: at most so large a share of those written to may block the shop or stop it.
BLOCK_LIMIT: Final = 0.03
# A share of fewer says nothing.
BLOCKED_OF_AT_LEAST: Final = 50
# So many of its latest happenings and runs are kept in mind; older runs have their rows all the same.
REMEMBERED: Final = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done with a campaign, or it did by itself. what: a move of `MOVES`, `began`, `late`,
    `skipped`, `stopped` or `done`. by: whoever did it, '' for itself. about: the moment of the schedule that
    it is about."""

    at: datetime
    what: str
    words: str = ""
    by: str = ""
    about: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """segment_id: whom it is for. schedule: as `schedules.schedule_from` reads it. content: as
    `contents.content_from` reads it. holdout: the share that is never written to, in percent; None: as
    `holdout_share` finds. limit: what it may cost at most in one occurrence, in `limit_currency`; None: no
    limit. block_limit: the share of blocks and stops at which it stops itself. flexible: for how long after
    its moment a message may be moved to where it serves the shopper best. state_reason: a stable code of why
    it stopped itself. dry_run_id, dry_run_at: of the last one of this very content, segment and holdout, and
    when it was asked for. next_at: its next occurrence, None while there is none. runs: the latest
    occurrences, the oldest first. history: what became of it, the oldest first.
    """

    merchant_id: str
    campaign_id: str
    name: str
    segment_id: str
    schedule: Mapping[str, Any]
    content: Mapping[str, Any]
    state: CampaignState = "draft"
    state_reason: str = ""
    state_words: str = ""
    holdout: float | None = None
    limit: Decimal | None = None
    limit_currency: str = ""
    block_limit: float = BLOCK_LIMIT
    flexible: timedelta = timedelta(0)
    created_at: datetime
    created_by: str = ""
    booked_at: datetime | None = None
    next_at: datetime | None = None
    dry_run_id: str = ""
    dry_run_at: datetime | None = None
    runs: tuple[str, ...] = ()
    history: tuple[Happened, ...] = ()
    version: int = 0


def may_move(campaign: Campaign, move: str) -> bool:
    """Whether a person may do this with it now."""
    return campaign.state in MOVES[move][0]


def holdout_share(campaign: Campaign, shoppers: int) -> float:
    """How many in a hundred are never written to. shoppers: how many are in its segment; with few of them
    it would cost more than it tells."""
    if campaign.holdout is not None:
        return campaign.holdout
    return USUAL_HOLDOUT if shoppers >= ENOUGH_TO_MEASURE else 0.0


def told(campaign: Campaign, *happened: Happened) -> Campaign:
    """With what has just happened; of what has, the latest stays."""
    return replace(campaign, history=(*campaign.history, *happened)[-REMEMBERED:])


def is_going(campaign: Campaign) -> bool:
    """Whether its messages may leave."""
    return campaign.state in ("booked", "done")
