"""What a campaign's message costs, from the least to the most: what the channel charges, and nothing else.

WhatsApp charges for a template by its category and the country of the number. Until the end of September 2026
words and utility templates in an open window were free; since then words cost as much as a utility template,
but for the first thousand a month of a number, and utility templates cost the same in and outside the window.
In a window that an ad has opened all is free, and nobody tells us which one that is: in an open window the
least is nothing. The other channels charge for nothing that is sent here.
Source: developers.facebook.com/documentation/business-messaging/whatsapp/pricing and its page
non-template-messages
"""

from datetime import date
from decimal import Decimal
from typing import Final

from chalicelib.domain.campaigns.rate_cards import CURRENCY, Range, rates_of
from chalicelib.domain.campaigns.runs import How

_FREE: Final = Decimal(0)
# From then on words are charged for, and utility templates in an open window.
WORDS_COST_SINCE: Final = date(2026, 10, 1)
# Whoever sends very much pays so much of a utility template's rate at the least.
_LEAST_SHARE: Final = Decimal("0.75")
# Small enough that a million of them lose nothing worth counting.
_UNIT: Final = Decimal("0.000001")

Price = tuple[str, Decimal, Decimal]


def price_of(is_charged: bool, how: How, category: str, country: str, is_open: bool, on: date) -> Price:
    """Its currency, and the least and the most that it costs. is_charged: whether its channel charges at all;
    category: the template's, where that is not
    known the dearest. country: two capitals, '' where nobody knows. is_open: whether the channel's window
    is."""
    if not is_charged or not how:
        return CURRENCY, _FREE, _FREE
    rates = rates_of(country, on)
    is_utility = how == "text" or category in ("utility", "authentication")
    low, high = _with_volume(rates.utility) if is_utility else rates.marketing
    if is_open or how == "text":
        low, high = _FREE, _FREE if is_utility and on < WORDS_COST_SINCE else high
    return CURRENCY, low, high


def _with_volume(rate: Range) -> Range:
    return (rate[0] * _LEAST_SHARE).quantize(_UNIT), rate[1]
