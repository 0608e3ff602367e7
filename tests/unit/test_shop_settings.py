"""A shop's settings: checked together before they are stored, and what a connection has of its own."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import schemas
from chalicelib.domain.merchants import OF_CONNECTIONS, Shop
from chalicelib.services.shop_settings import BadSetting, changed_shop
from schemas import openapi

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
WEEK = {"mon": [["09:00", "18:00"]]}
CONNECTION = "cn_line"
SHOP = Shop(
    name="Casa Luna",
    zone="Europe/Bucharest",
    country="RO",
    currency="RON",
    languages=("ro", "en"),
    opening_hours=WEEK,
    holidays=("2026-12-25",),
    special_days={"2026-12-24": [["09:00", "12:00"]]},
    public_holidays={"country": "RO"},
    version=3,
)


class TwoCountries:
    """The HolidayCalendar of a small world."""

    def dates(self, country: str, region: str, year: int) -> frozenset[date]:
        return frozenset({date(year, 1, 6)} if country == "DE" and region == "BY" else ())

    def regions(self, country: str) -> tuple[str, ...] | None:
        return {"DE": ("BE", "BY"), "RO": ()}.get(country)


def changed(before: Shop = SHOP, own=(CONNECTION,), **body) -> Shop:
    schemas.check("settings", body)
    return changed_shop(before, body, own, TwoCountries(), NOW)


def test_what_is_not_named_stays():
    assert changed(name="Casa Sol") == replace(SHOP, name="Casa Sol")
    assert changed(opening_hours="24/7", holidays=[]) == replace(SHOP, opening_hours="24/7", holidays=())
    assert changed(opening_hours=None, public_holidays=None) == replace(
        SHOP, opening_hours=None, public_holidays=None
    )
    assert changed(marketing={"per_day": 2}).marketing == {"per_day": 2}
    assert changed(changed(marketing={"per_day": 2}), marketing={"ask": True}).marketing == {
        "per_day": 2,
        "ask": True,
    }


def test_of_the_returns_only_what_is_named_changes():
    on = changed(returns={"on": True, "days": 14, "instructions": {"ro": "Str. Morii 1"}})
    assert changed(on, returns={"days": 30}).returns == {
        "on": True,
        "days": 30,
        "instructions": {"ro": "Str. Morii 1"},
    }


@pytest.mark.parametrize(
    ("returns", "field"),
    [
        ({"days": 0}, "returns.days"),
        ({"reasons": []}, "returns.reasons"),
        ({"reasons": ["bored"]}, "returns.reasons.0"),
        ({"instructions": {"xx": "Post it"}}, "returns.instructions"),
        ({"label_url": "http://shop.example/l"}, "returns.label_url"),
        ({"window": 3}, "returns.window"),
    ],
)
def test_a_wrong_setting_of_returns_is_named(returns, field):
    with pytest.raises(schemas.Invalid) as error:
        changed(returns=returns)
    assert error.value.field == field


HOLIDAYS = ["2026-12-24/2027-01-02", "2027-05-01"]
OWN = {"zone": "Asia/Almaty", "languages": ["kk", "ru"], "opening_hours": "24/7", "holidays": HOLIDAYS}


def test_a_connection_has_what_it_names_and_the_rest_from_the_shop():
    shop = changed(connections={CONNECTION: OWN})
    here = shop.at(CONNECTION)
    assert (here.zone, here.languages, here.opening_hours) == ("Asia/Almaty", ("kk", "ru"), "24/7")
    assert here.holidays == tuple(HOLIDAYS)
    assert (here.name, here.country, here.currency, here.special_days, here.public_holidays) == (
        "Casa Luna",
        "RO",
        "RON",
        SHOP.special_days,
        SHOP.public_holidays,
    )
    assert shop.at("cn_other") == shop
    assert here.at(CONNECTION) == here


def test_null_is_a_value_of_a_connections_own():
    here = changed(connections={CONNECTION: {"opening_hours": None, "public_holidays": None}}).at(CONNECTION)
    assert (here.opening_hours, here.public_holidays) == (None, None)


def test_a_setting_of_a_newer_version_is_passed_over():
    shop = replace(
        SHOP, connections={CONNECTION: {"zone": "Asia/Almaty", "colour": "blue", "paused": "marketing"}}
    )
    assert shop.at(CONNECTION) == replace(shop, zone="Asia/Almaty")


def test_a_connection_that_is_named_is_replaced_and_the_others_stay():
    both = changed(own=(CONNECTION, "cn_two"), connections={CONNECTION: OWN, "cn_two": {"currency": "EUR"}})
    again = changed(both, connections={CONNECTION: {"country": "KZ"}})
    assert again.connections == {CONNECTION: {"country": "KZ"}, "cn_two": {"currency": "EUR"}}
    for nothing in (None, {}):
        assert changed(again, connections={CONNECTION: nothing}).connections == {
            "cn_two": {"currency": "EUR"}
        }
    assert changed(both, own=(), connections={"cn_two": None}).connections == {CONNECTION: OWN}


def test_each_setting_of_connections_is_a_setting_of_the_shop():
    shape = schemas.schema("settings")["properties"]
    own = shape["connections"]["additionalProperties"]["properties"]
    assert sorted(own) == sorted(OF_CONNECTIONS)
    assert all(own[name] == shape[name] for name in own)


# What is wrong with the shop, or with a connection of it; the field; words of the answer.
WRONG = [
    ({"zone": "Mars/Olympus"}, "zone", "use a name such as Europe/Bucharest"),
    ({"opening_hours": {"mon": [["09:00", "25:00"]]}}, "opening_hours", "mon: '25:00' is not a time of day"),
    ({"holidays": ["2026-02-30"]}, "holidays", "'2026-02-30' is not a date"),
    ({"holidays": ["2026-12-24/2026-12-23"]}, "holidays", "the last date is before the first"),
    ({"special_days": {"2026-02-30": []}}, "special_days", "'2026-02-30' is not a date"),
    (
        {"public_holidays": {"country": "XX"}},
        "public_holidays.country",
        "the public holidays of XX are not known; name the closed dates in `holidays`",
    ),
    (
        {"public_holidays": {"country": "DE", "region": "Bayern"}},
        "public_holidays.region",
        "DE has no region 'Bayern' with holidays of its own; use one of BE, BY, or leave it out",
    ),
    (
        {"public_holidays": {"country": "RO", "region": "B"}},
        "public_holidays.region",
        "RO has no region 'B' with holidays of its own; leave it out",
    ),
    (
        {"public_holidays": {"country": "DE", "open_on": ["2026-02-30"]}},
        "public_holidays.open_on",
        "'2026-02-30' is not a date",
    ),
    ({"currency": "XYZ"}, "currency", "write its ISO 4217 code, such as EUR"),
    ({"currency": "DEM"}, "currency", "DEM is no currency in use"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_what_is_wrong_is_told_by_field_and_with_what_to_do(wrong, field, words):
    with pytest.raises(BadSetting) as refused:
        changed(**wrong)
    assert refused.value.field == field
    assert words in refused.value.message
    with pytest.raises(BadSetting) as refused:
        changed(connections={CONNECTION: wrong})
    assert refused.value.field == f"connections.{CONNECTION}.{field}"
    assert words in refused.value.message


def test_the_shape_is_told_by_field_for_the_shop_and_its_connections():
    wrong = {
        "opening_hours": {"opening_hours": "24/6"},
        "opening_hours.monday": {"opening_hours": {"monday": []}},
        "special_days": {"special_days": {"24.12.": []}},
        "special_days.2026-12-24.0.0": {"special_days": {"2026-12-24": [["9", "12:00"]]}},
        "holidays.0": {"holidays": ["2026-12-24/"]},
        "public_holidays.country": {"public_holidays": {"region": "BY"}},
        "currency": {"currency": "eur"},
        "languages.0": {"languages": ["xx"]},
    }
    for field, body in wrong.items():
        for where, said in ((field, body), (f"connections.cn_x.{field}", {"connections": {"cn_x": body}})):
            with pytest.raises(schemas.Invalid) as refused:
                schemas.check("settings", said)
            assert refused.value.field == where
    with pytest.raises(schemas.Invalid, match="These fields are known"):
        schemas.check("settings", {"connections": {"cn_x": {"paused": "marketing"}}})


def test_the_description_of_the_api_has_no_reference_to_what_is_elsewhere():
    assert "#/definitions" not in json.dumps(openapi.document())


def test_a_connection_of_somebody_else_is_refused():
    for named in ({"zone": "Asia/Almaty"}, {}, None):
        with pytest.raises(BadSetting, match="no such connection of yours") as refused:
            changed(connections={CONNECTION: {"country": "KZ"}, "cn_theirs": named})
        assert refused.value.field == "connections.cn_theirs"


def test_one_wrong_thing_stores_nothing_of_the_rest():
    with pytest.raises(BadSetting):
        changed(name="Casa Sol", zone="Asia/Almaty", public_holidays={"country": "XX"})


def test_a_public_holiday_is_kept_where_the_shop_says_so():
    shop = replace(SHOP, holidays_of=TwoCountries().dates)
    epiphany = date(2027, 1, 6)
    kept = changed(shop, public_holidays={"country": "DE", "region": "BY"})
    assert kept.is_public_holiday(epiphany)
    assert not kept.is_public_holiday(date(2027, 1, 7))
    opened = changed(shop, public_holidays={"country": "DE", "region": "BY", "open_on": ["2027-01-06"]})
    assert not opened.is_public_holiday(epiphany)
    assert opened.is_public_holiday(date(2028, 1, 6))
    assert not changed(shop, public_holidays=None).is_public_holiday(epiphany)
    there = changed(shop, connections={CONNECTION: {"public_holidays": {"country": "DE", "region": "BY"}}})
    assert there.at(CONNECTION).is_public_holiday(epiphany) and not there.is_public_holiday(epiphany)
