"""What WhatsApp charges for a message in US dollars, by the country of its number: tables, with their dates.

The rate card is Meta's; the numbers are as its partners quote it, checked against its cards in other
currencies. Where two of them differ, or a number is only known to be above or below another, a range stands
here. Without taxes, and without what a partner adds.
Source: developers.facebook.com/documentation/business-messaging/whatsapp/pricing
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

SOURCE: Final = "developers.facebook.com/documentation/business-messaging/whatsapp/pricing"
CURRENCY: Final = "USD"
# A country that no market names.
OTHER: Final = "other"

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Rates:
    """For one message, from the least to the most. utility: of words in the window too, where they cost."""

    marketing: Range
    utility: Range


# Market, marketing, utility: a market of one country by its code.
_SINCE_JULY_2026: Final = """
    AE 0.0499 0.0157
    AR 0.0618 0.0260
    BR 0.0625 0.0068
    CL 0.0889 0.0200
    CO 0.0125 0.0008
    DE 0.1365 0.0550
    EG 0.0644 0.0036
    ES 0.0706-0.0707 0.0200
    FR 0.0859 0.0300
    GB 0.0635 0.0220
    HK 0.0732 0.0260
    HU 0.0860 0.0349-0.0350
    ID 0.0410-0.0411 0.0250
    IL 0.0353 0.0053
    IN 0.0118 0.0014
    IT 0.0794-0.0795 0.0300
    MX 0.0305 0.0085
    MY 0.0860 0.0140
    NG 0.0516 0.0067
    NL 0.1597 0.0500
    PE 0.0703 0.0200
    PK 0.0473 0.0100
    PL 0.0366 0.0122
    QA 0.0341 0.0120
    RO 0.0860 0.0288-0.0290
    RU 0.0802 0.0400
    SA 0.0501 0.0107
    SG 0.0732 0.0160
    TR 0.0109 0.0009
    ZA 0.0379 0.0076
    north_america 0.0250 0.0034
    rest_of_africa 0.0225 0.0040
    rest_of_asia_pacific 0.0732 0.0113
    rest_of_central_and_eastern_europe 0.0860 0.0212
    rest_of_latin_america 0.0740 0.0113
    rest_of_middle_east 0.0341 0.0091
    rest_of_western_europe 0.0592 0.0171
    other 0.0604 0.0077
"""
# Nine countries have left their region: for utility four pay less than before and five pay more. Of most it
# is not known how much: their old region's rate is one end of the range. Kazakhstan shares +7 with Russia.
_SINCE_OCTOBER_2026: Final = """
    BD 0.0732 0.0037
    IQ 0.0341 0.0034-0.0091
    KW 0.0341 0.0091-0.0550
    KZ 0.0604-0.0802 0.0077-0.0550
    LK 0.0732 0.0034-0.0113
    MA 0.0225 0.0040-0.0550
    NP 0.0732 0.0034-0.0113
    OM 0.0341 0.0091-0.0550
    UA 0.0860 0.0212-0.0550
"""
_REGIONS: Final[Mapping[str, str]] = {
    "north_america": "CA US",
    "rest_of_africa": (
        "AO BF BI BJ BW CG CI CM DZ ER ET GA GH GM GW KE LR LS LY MA MG ML MR MW MZ NA NE RW SD SL SN SO SS "
        "SZ TD TG TN TZ UG ZM ZW"
    ),
    "rest_of_asia_pacific": "AF AU BD CN JP KH LA LK MN NP NZ PG PH TH TJ TM TW UZ VN",
    "rest_of_central_and_eastern_europe": "AL AM AZ BG BY CZ GE GR HR LT LV MD MK RS SI SK UA",
    "rest_of_latin_america": "BO CR DO EC GT HN HT JM NI PA PR PY SV UY VE",
    "rest_of_middle_east": "BH IQ JO KW LB OM YE",
    "rest_of_western_europe": "AT BE CH DK FI IE NO PT SE",
}
_REGION_OF: Final = {country: region for region, named in _REGIONS.items() for country in named.split()}
# Each holds from its day on, with what the one before says and it does not.
_CARDS: Final = ((date(2026, 7, 1), _SINCE_JULY_2026), (date(2026, 10, 1), _SINCE_OCTOBER_2026))


def rates_of(country: str, on: date) -> Rates:
    """country: two capitals; '' where nobody knows, which may be any. A day before the first card counts as
    its first."""
    card = _card(as_of(on))
    if not country:
        return _any_of(card)
    return card.get(country) or card[_REGION_OF.get(country, OTHER)]


def as_of(on: date) -> date:
    """The day of the card that holds then."""
    return max((since for since, _ in _CARDS if since <= on), default=_CARDS[0][0])


@cache
def _card(since: date) -> Mapping[str, Rates]:
    card: dict[str, Rates] = {}
    for begins, table in _CARDS:
        if begins <= since:
            for line in table.split("\n"):
                if line.strip():
                    market, marketing, utility = line.split()
                    card[market] = Rates(_range(marketing), _range(utility))
    return card


def _range(text: str) -> Range:
    low, _, high = text.partition("-")
    return Decimal(low), Decimal(high or low)


def _any_of(card: Mapping[str, Rates]) -> Rates:
    marketing, utility = [one.marketing for one in card.values()], [one.utility for one in card.values()]
    return Rates(_widest(marketing), _widest(utility))


def _widest(ranges: list[Range]) -> Range:
    return min(low for low, _ in ranges), max(high for _, high in ranges)
