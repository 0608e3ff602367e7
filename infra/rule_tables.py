"""docs/sending-rules.md: what channels and countries allow, from the dated data that the gate goes by."""

from collections.abc import Sequence
from typing import Final

from chalicelib.domain.gate.countries import COUNTRIES, ELSEWHERE_RULES, UNKNOWN_RULES, CountryRules
from chalicelib.domain.gate.prospects import MarketingRules
from chalicelib.domain.gate.question import BY_DAY, HUMAN_AT_WORK
from chalicelib.domain.gate.quiet import Loud
from chalicelib.domain.platform_rules import CAPPED_FOR
from integrations.registry import CHANNELS, BaseUrls

_NONE: Final = "–"
_PAGE: Final = """\
# What may be sent, to whom and when

Every message passes one gate right before it leaves (`chalicelib/domain/gate`). This page is written by
`python -m infra.tables` from the data that the gate goes by; `GET /shoppers/{{id}}/can-send?purpose=…` tells
what it says of one shopper.

Answers to what a shopper wrote go at any hour. News of an order and surveys come by day, {by_day}, by
the shopper's clock. Marketing needs a recorded yes of the shopper for that messenger; it comes outside
the quiet hours ({quiet} unless the shop says otherwise), at most {per_day} in 24 hours and {per_week} in
7 days over all sources, and not within {at_work:.0f} minutes after a person of the shop wrote. After a
channel has said that a shopper had enough marketing, none goes for {capped:.0f} hours.

STOP holds on every channel until the shopper says START, answers our question with yes, ticks the shop's
box, or comes by a link that asks for it.

## Countries

By the shopper's number, else the region of their language, else the shop's country.

{countries}

## Templates outside the window

{templates}

## Tags for people's words outside the window

{tags}

## How many shoppers an account may write to outside their window, within 24 hours

{tiers}
"""


def sending_rules() -> str:
    """The whole page."""
    rules = MarketingRules()
    takes = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
    return _PAGE.format(
        by_day=_hours(BY_DAY),
        quiet=f"{rules.quiet_from} to {rules.quiet_until}",
        per_day=rules.per_day,
        per_week=rules.per_week,
        at_work=HUMAN_AT_WORK.total_seconds() / 60,
        capped=CAPPED_FOR.total_seconds() / 3600,
        countries=_countries(),
        templates=_table(
            ("channel", "category", "since", "not to", "source"),
            [
                (name, one.category, one.since.isoformat(), _list(sorted(one.not_to)), one.source)
                for name, made in takes.items()
                for one in made.outside
            ],
        ),
        tags=_table(
            ("channel", "tag", "until", "source"),
            [
                (name, one.tag, one.until.isoformat() if one.until else _NONE, one.source)
                for name, made in takes.items()
                for one in made.tags
            ],
        ),
        tiers=_table(
            ("channel", "tier", "shoppers"),
            [
                (name, tier, "any number" if most is None else f"{most:,}")
                for name, made in takes.items()
                for tier, most in made.tiers.items()
            ],
        ),
    )


def _countries() -> str:
    groups: dict[int, tuple[list[str], CountryRules]] = {}
    for name, rules in COUNTRIES.items():
        groups.setdefault(id(rules), ([], rules))[0].append(name)
    rows = [(" ".join(sorted(names)), rules) for names, rules in groups.values()]
    return _table(
        ("country", "marketing by the clock", "registry", "may be asked", "since", "source"),
        [
            (
                names,
                _hours(rules.loud) if rules.loud else _NONE,
                _registry(rules),
                "yes" if rules.may_ask else "no",
                rules.since.isoformat(),
                rules.source,
            )
            for names, rules in [*rows, ("elsewhere", ELSEWHERE_RULES), ("not known", UNKNOWN_RULES)]
        ],
    )


def _registry(rules: CountryRules) -> str:
    if rules.filed_with:
        return f"filed with {rules.filed_with}"
    return f"not listed in {rules.not_listed_in}" if rules.not_listed_in else _NONE


def _hours(loud: Loud) -> str:
    return f"{loud.since:%H:%M} to {loud.until:%H:%M}"


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or _NONE


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
