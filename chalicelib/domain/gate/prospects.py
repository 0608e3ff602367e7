"""Whoever the shop addresses of its own accord: what has to be known of them first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.consent.records import NO_STANDING, ConsentPurpose, Standing
from chalicelib.domain.gate.quiet import loud_between
from chalicelib.domain.messages import Purpose

# What each kind of message needs a yes for; people's answers and automatic ones need none.
NEEDS: Final[dict[Purpose, ConsentPurpose]] = {
    "update": "updates",
    "survey": "updates",
    "cart": "marketing",
    "campaign": "marketing",
    "ask": "marketing",
}
MARKETING: Final[frozenset[Purpose]] = frozenset({"cart", "campaign"})
COUNTED_FOR: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketingRules:
    """A shop's own, within the law: at most so many marketing messages a shopper, over all sources; when none
    come; whether Turkey's registry counts for messengers; whether shoppers are asked for their consent."""

    per_day: int = 1
    per_week: int = 3
    quiet_from: str = "21:00"
    quiet_until: str = "09:00"
    iys: bool = True
    ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A person, over all their addresses.

    country: two letters, '' where nobody knows; heeds: others whose law may be theirs. zones: where they may
    be; several where a number tells no more. marketed_at: when marketing went to them within `COUNTED_FOR`,
    the oldest first; this message apart.
    """

    stands: Standing = NO_STANDING
    country: str = ""
    heeds: tuple[str, ...] = ()
    zones: tuple[ZoneInfo, ...] = (ZoneInfo("UTC"),)
    marketed_at: tuple[datetime, ...] = ()
    rules: MarketingRules = MarketingRules()


def rules_from(given: Mapping[str, Any]) -> MarketingRules:
    """As the settings hold them, what is not told as usual. Raises ValueError, TypeError."""
    rules = MarketingRules(**given)
    loud_between(rules.quiet_from, rules.quiet_until)
    return rules


def is_capped(prospect: Prospect, now: datetime) -> bool:
    """Whether one more marketing message would be too many for a day or a week."""
    within_week = [at for at in prospect.marketed_at if now - at < COUNTED_FOR]
    within_day = [at for at in within_week if now - at < _DAY]
    return len(within_day) >= prospect.rules.per_day or len(within_week) >= prospect.rules.per_week
