"""Where a shopper may be, and so what law and what clock they live by."""

import pytest

from chalicelib.services.people.whereabouts import whereabouts

CASES = {  # phone, hint -> country, zones (None: several), whose law counts too (the shop is in Bucharest)
    ("442079460000", ""): ("GB", {"Europe/London"}, ()),
    ("447700900123", ""): ("GB", {"Europe/London"}, ()),
    ("40722000111", ""): ("RO", {"Europe/Bucharest"}, ()),
    ("971501234567", ""): ("AE", {"Asia/Dubai"}, ()),
    ("905301112233", ""): ("TR", {"Europe/Istanbul"}, ()),
    ("12125550123", ""): ("US", {"America/New_York"}, ()),
    ("14165550123", ""): ("CA", {"America/Toronto"}, ()),
    ("79261234567", ""): ("RU", None, ()),
    ("", "tr-tr"): ("RO", {"Europe/Bucharest", "Europe/Istanbul"}, ("TR",)),
    ("", "en_US"): ("RO", None, ("US",)),
    ("", "ro-ro"): ("RO", {"Europe/Bucharest"}, ()),
    ("", "en"): ("RO", {"Europe/Bucharest"}, ()),
    ("", "x-klingon"): ("RO", {"Europe/Bucharest"}, ()),
    ("", "en-qq"): ("RO", {"Europe/Bucharest"}, ("QQ",)),
    ("99", ""): ("RO", {"Europe/Bucharest"}, ()),
    ("971501234567", "pt-br"): ("AE", {"Asia/Dubai"}, ()),
}


@pytest.mark.parametrize("known", CASES)
def test_the_number_says_more_than_the_shop_and_a_language_only_adds(known: tuple[str, str]) -> None:
    country, zones, heeds = CASES[known]
    found = whereabouts(*known, "RO", "Europe/Bucharest")
    assert (found.country, found.heeds) == (country, heeds)
    names = {zone.key for zone in found.zones}
    assert names == zones if zones is not None else len(names) > 1


def test_a_number_of_a_wide_country_is_near_the_shop_where_the_shop_is_in_it() -> None:
    zones = whereabouts("79261234567", "", "RU", "Europe/Moscow").zones
    assert [zone.key for zone in zones] == ["Europe/Moscow"]
    from_afar = {zone.key for zone in whereabouts("79261234567", "", "RO", "Europe/Bucharest").zones}
    assert {"Europe/Moscow", "Asia/Kamchatka"} < from_afar
    assert not from_afar & {"Europe/Bucharest", "Asia/Almaty"}


def test_where_the_shop_is_unknown_a_language_says_the_country() -> None:
    assert whereabouts("", "pt-br", "", "UTC").country == "BR"


def test_a_shop_that_has_told_nothing_lives_by_utc() -> None:
    found = whereabouts("", "", "", "UTC")
    assert (found.country, [zone.key for zone in found.zones]) == ("", ["UTC"])
