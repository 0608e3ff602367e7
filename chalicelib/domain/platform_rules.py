"""The forms of what a channel's policy allows beyond its window. Each channel states its own, dated and with
its sources, among its capabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

Category = Literal["marketing", "utility", "authentication", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRule:
    """Templates of a category may be sent outside the window since then, but not to these countries."""

    category: Category
    since: date
    source: str
    not_to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule:
    """A tag by which a channel takes people's words outside its window. until: retired on that day."""

    tag: str
    source: str
    until: date | None = None


# After a channel said that a shopper has had enough marketing.
# Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates (per-user limits)
CAPPED_FOR: Final = timedelta(hours=24)
# Within which a tier counts. Source: developers.facebook.com/docs/whatsapp/messaging-limits
TIER_SPAN: Final = timedelta(hours=24)


def template_rule(rules: Sequence[TemplateRule], category: Category, on: date) -> TemplateRule | None:
    """None where the channel takes no such template outside its window."""
    return next((rule for rule in rules if rule.category == category and rule.since <= on), None)


def is_tag_alive(rules: Sequence[TagRule], tag: str, at: datetime) -> bool:
    """Whether the channel still takes a tag."""
    return any(rule.tag == tag and (rule.until is None or at.date() < rule.until) for rule in rules)


def tier_limit(tiers: Mapping[str, int | None], tier: str) -> int | None:
    """How many shoppers a day outside the window; None: as many as there are. An unknown tier counts as the
    lowest."""
    if not tiers or tier in tiers:
        return tiers.get(tier)
    return min((most for most in tiers.values() if most is not None), default=None)
