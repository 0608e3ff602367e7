"""What the law of the shopper's country asks of marketing: dated data, each row with its source.

Everywhere a recorded opt-in for the messenger is needed, which is what the strictest of these laws asks for;
a country adds to that. One without a row of its own has `ELSEWHERE_RULES`, an unknown one `UNKNOWN_RULES`.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from chalicelib.domain.gate.quiet import Loud


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRules:
    """loud: when marketing may come, by the shopper's clock. filed_with: the registry in which a consent has
    to stand. not_listed_in: the registry whose numbers get none. may_ask: whether a shopper may be asked for
    their consent."""

    since: date
    source: str
    loud: Loud | None = None
    filed_with: str = ""
    not_listed_in: str = ""
    may_ask: bool = True


IYS: Final = "iys"
DO_NOT_CALL: Final = "do_not_call"

ELSEWHERE_RULES: Final = CountryRules(
    since=date(2003, 10, 31),
    source="eur-lex.europa.eu, Directive 2002/58/EC, Article 13: the strictest that is common",
)
# It may be any of them.
UNKNOWN_RULES: Final = CountryRules(
    since=date(2003, 10, 31),
    source="the strictest of all below",
    loud=Loud(time(9), time(18)),
    may_ask=False,
)
_EUROPE: Final = CountryRules(
    since=date(2003, 10, 31),
    source="eur-lex.europa.eu, Directive 2002/58/EC, Article 13; Regulation (EU) 2016/679, Article 7",
)
# The European Union, the rest of its economic area, Switzerland and the United Kingdom.
_EU: Final = """
    AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO CH GB
"""

COUNTRIES: Final[dict[str, CountryRules]] = {
    **dict.fromkeys(_EU.split(), _EUROPE),
    "AE": CountryRules(
        since=date(2024, 8, 27),
        source="uaelegislation.gov.ae, Cabinet Resolution 56 of 2024 on telemarketing, Articles 4 and 5",
        loud=Loud(time(9), time(18)),
        not_listed_in=DO_NOT_CALL,
    ),
    "TR": CountryRules(
        since=date(2020, 1, 4),
        source="iys.org.tr; Law 6563 on electronic commerce, Article 6 (asking is a message of its own)",
        filed_with=IYS,
        may_ask=False,
    ),
}


def rules_of(country: str, on: date) -> CountryRules:
    """Those that hold on a day. country: two letters, '' where nobody knows: then the strictest of all."""
    if not country:
        return UNKNOWN_RULES
    rules = COUNTRIES.get(country, ELSEWHERE_RULES)
    return rules if rules.since <= on else ELSEWHERE_RULES
