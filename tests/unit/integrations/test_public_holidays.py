"""Public holidays as the shop keeps them: those that move, by country and region, and those nobody knows."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.hours import DAYS, next_opening
from chalicelib.services.threads.response_times import hours_of
from integrations.public_holidays import PublicHolidays

ROOT = Path(__file__).parents[3]
CALENDAR = PublicHolidays()
WORKDAYS = {day: [["09:00", "18:00"]] for day in DAYS[:5]}

# As the governments and churches have them: country, region, dates that are kept, dates that are not.
MOVING = [
    # Easter in the west, and its Mondays and Thursdays
    ("DE", "", ["2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25"], ["2026-04-10", "2026-04-13"]),
    ("DE", "", ["2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17"], ["2027-04-06"]),
    # Easter in the east
    ("RO", "", ["2026-04-10", "2026-04-13", "2026-06-01"], ["2026-04-03", "2026-04-06"]),
    ("RO", "", ["2027-04-30", "2027-05-03"], ["2027-03-26", "2027-03-29"]),
    # the end of Ramadan, each country its own days
    ("TR", "", ["2026-03-20", "2026-03-21", "2026-03-22"], ["2026-03-23"]),
    ("SA", "", ["2026-03-20", "2026-03-22", "2026-05-27"], ["2027-03-20"]),
    ("ID", "", ["2026-03-21", "2026-03-22"], ["2026-03-20"]),
    ("DE", "", [], ["2026-03-20", "2026-05-27"]),
    # by the moon, by the weekday, and given on a Monday for a weekend
    ("CN", "", ["2026-02-17", "2026-06-19"], ["2027-02-17"]),
    ("US", "", ["2026-11-26", "2027-11-25"], ["2026-11-25"]),
    ("GB", "ENG", ["2027-12-27", "2027-12-28", "2027-03-29"], ["2027-11-30"]),
    ("GB", "SCT", ["2027-11-30", "2027-01-04"], ["2027-03-29"]),
    # regions
    ("DE", "BY", ["2027-01-06", "2026-06-04"], ["2026-03-08"]),
    ("DE", "BE", ["2027-03-08"], ["2027-01-06", "2026-06-04"]),
    # leap years
    ("DE", "", ["2028-04-14", "2028-04-17"], ["2028-02-29"]),
]


def test_holidays_move_as_they_do_in_each_country_and_region():
    for country, region, kept, not_kept in MOVING:
        for text in kept + not_kept:
            day = date.fromisoformat(text)
            is_kept = day in CALENDAR.dates(country, region, day.year)
            assert is_kept is (text in kept), (country, region, text)


def test_no_country_has_a_public_holiday_every_week():
    """A list that named each Sunday would close shops that open on Sundays."""
    for country in ("SE", "NO", "IR", "IN", "US", "DE", "FR", "BR", "KZ", "UA"):
        assert len(CALENDAR.dates(country, "", 2027)) < 40, country


def test_what_is_not_known_closes_no_shop():
    assert CALENDAR.dates("XX", "", 2026) == frozenset()
    assert CALENDAR.dates("DE", "XX", 2026) == frozenset()
    assert CALENDAR.dates("DE", "", 9999) == frozenset()
    assert CALENDAR.regions("XX") is None
    assert CALENDAR.regions("MD") == ()
    assert {"BY", "BE"} <= set(CALENDAR.regions("DE") or ())


def test_a_shop_stays_closed_on_its_public_holidays_but_for_those_on_which_it_opens():
    zone = ZoneInfo("Europe/Berlin")
    shop = Shop(zone=zone.key, opening_hours=WORKDAYS, holidays_of=CALENDAR.dates)
    tuesday_night = datetime(2027, 1, 5, 20, tzinfo=zone)
    opens = {
        "none kept": (None, "2027-01-06"),
        "Berlin": ({"country": "DE", "region": "BE"}, "2027-01-06"),
        "Bavaria": ({"country": "DE", "region": "BY"}, "2027-01-07"),
        "Bavaria, open": ({"country": "DE", "region": "BY", "open_on": ["2027-01-06"]}, "2027-01-06"),
        "Romania": ({"country": "RO", "region": ""}, "2027-01-08"),
    }
    for name, (kept, day) in opens.items():
        hours = hours_of(replace(shop, public_holidays=kept))
        assert hours is not None
        expected = datetime.combine(date.fromisoformat(day), datetime.min.time(), zone).replace(hour=9)
        assert next_opening(hours, tuesday_night) == expected.astimezone(UTC), name


def test_the_library_loads_for_shops_that_keep_public_holidays_alone():
    script = (
        "import sys; from integrations.public_holidays import PublicHolidays;"
        "from chalicelib.domain.merchants import Shop;"
        "from chalicelib.services.threads.response_times import hours_of;"
        "from chalicelib.domain.promise.hours import next_opening;"
        "from datetime import UTC, datetime;"
        "shop = Shop(opening_hours='24/7', holidays_of=PublicHolidays().dates);"
        "next_opening(hours_of(shop), datetime(2026, 10, 14, tzinfo=UTC));"
        "assert 'holidays' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
