"""What a message costs: by channel, category, country, window and day."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from chalicelib.domain.campaigns.prices import price_of
from chalicelib.domain.campaigns.rate_cards import as_of, rates_of

JULY, SEPTEMBER, OCTOBER = date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 1)
PRICES = [
    # is charged, how, category, country, is open, on, low, high
    (True, "template", "marketing", "DE", False, OCTOBER, "0.1365", "0.1365"),
    (True, "template", "marketing", "DE", True, OCTOBER, "0", "0.1365"),
    (True, "template", "", "DE", False, OCTOBER, "0.1365", "0.1365"),
    (True, "template", "marketing", "US", False, OCTOBER, "0.0250", "0.0250"),
    (True, "template", "marketing", "MD", False, OCTOBER, "0.0860", "0.0860"),
    (True, "template", "marketing", "IT", False, OCTOBER, "0.0794", "0.0795"),
    (True, "template", "marketing", "XK", False, OCTOBER, "0.0604", "0.0604"),
    (True, "template", "marketing", "", False, OCTOBER, "0.0109", "0.1597"),
    (True, "template", "utility", "BR", False, OCTOBER, "0.005100", "0.0068"),
    (True, "template", "utility", "BR", True, OCTOBER, "0", "0.0068"),
    (True, "template", "marketing", "BR", True, SEPTEMBER, "0", "0.0625"),
    (True, "template", "utility", "BR", True, SEPTEMBER, "0", "0"),
    (True, "template", "utility", "BR", False, SEPTEMBER, "0.005100", "0.0068"),
    (True, "text", "", "BR", True, SEPTEMBER, "0", "0"),
    (True, "text", "", "BR", True, OCTOBER, "0", "0.0068"),
    (True, "", "", "BR", True, OCTOBER, "0", "0"),
    (False, "text", "", "DE", True, OCTOBER, "0", "0"),
    (False, "template", "utility", "DE", False, OCTOBER, "0", "0"),
    (False, "text", "", "DE", True, OCTOBER, "0", "0"),
    (False, "text", "", "DE", True, OCTOBER, "0", "0"),
]


@pytest.mark.parametrize(("is_charged", "how", "category", "country", "is_open", "on", "low", "high"), PRICES)
def test_a_message_costs_what_its_channel_charges(is_charged, how, category, country, is_open, on, low, high):
    assert price_of(is_charged, how, category, country, is_open, on) == ("USD", Decimal(low), Decimal(high))


def test_a_country_has_its_regions_rate_until_it_has_one_of_its_own():
    assert rates_of("UA", SEPTEMBER) == rates_of("MD", SEPTEMBER)
    since, region = rates_of("UA", OCTOBER), rates_of("MD", OCTOBER)
    assert since.marketing == region.marketing and since.utility[0] == region.utility[1] < since.utility[1]
    assert rates_of("BD", SEPTEMBER) == rates_of("PH", SEPTEMBER) and rates_of("BD", OCTOBER).utility[1] < 1


def test_a_day_without_a_card_of_its_own_has_the_one_before_it():
    assert [as_of(on) for on in (date(2025, 1, 1), JULY, SEPTEMBER, OCTOBER, date(2027, 5, 1))] == [
        JULY,
        JULY,
        JULY,
        OCTOBER,
        OCTOBER,
    ]


COUNTRIES = [f"{one}{other}" for one, other in product("ABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=2)]


def test_every_country_has_a_price_and_marketing_is_never_the_cheaper_one():
    for country, on in product(COUNTRIES, (JULY, OCTOBER)):
        rates = rates_of(country, on)
        for low, high in (rates.marketing, rates.utility):
            assert 0 < low <= high < Decimal("0.2"), country
        assert rates.utility[0] < rates.marketing[1], country
