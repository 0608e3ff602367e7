"""Opening hours on the clocks of the whole world: the ends of the day, both changes of clocks, odd days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.promise.hours import (
    DAYS,
    add_open_seconds,
    closing_after,
    hours_from,
    is_open,
    next_opening,
    open_seconds,
)

WORKDAYS = {day: [["09:00", "18:00"]] for day in DAYS[:5]}
LATE = {day: [["18:00", "24:00"]] for day in DAYS}
NIGHTS = {day: [["22:00", "03:00"]] for day in DAYS}
EARLY = {day: [["02:30", "05:00"]] for day in DAYS}
HOUR = 3600


def there(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# From the first clock of the world to the last: Friday ends 25 hours later in Niue than in Kiritimati.
# 2026-10-16 is a Friday. The last column: the next opening on the wall there.
AROUND_MIDNIGHT = [
    ("Pacific/Kiritimati", WORKDAYS, "2026-10-15T23:30", False, "2026-10-16T09:00"),
    ("Pacific/Kiritimati", WORKDAYS, "2026-10-16T00:30", False, "2026-10-16T09:00"),
    ("Pacific/Kiritimati", WORKDAYS, "2026-10-16T23:30", False, "2026-10-19T09:00"),
    ("Pacific/Kiritimati", WORKDAYS, "2026-10-17T00:30", False, "2026-10-19T09:00"),
    ("Pacific/Kiritimati", LATE, "2026-10-16T23:30", True, "2026-10-16T23:30"),
    ("Pacific/Kiritimati", LATE, "2026-10-17T00:30", False, "2026-10-17T18:00"),
    ("Pacific/Kiritimati", NIGHTS, "2026-10-17T00:30", True, "2026-10-17T00:30"),
    ("Pacific/Auckland", WORKDAYS, "2026-10-16T09:00", True, "2026-10-16T09:00"),
    ("Asia/Kathmandu", WORKDAYS, "2026-10-16T08:59:59", False, "2026-10-16T09:00"),
    ("Asia/Kathmandu", WORKDAYS, "2026-10-16T09:00", True, "2026-10-16T09:00"),
    ("Pacific/Marquesas", WORKDAYS, "2026-10-16T17:59:59", True, "2026-10-16T17:59:59"),
    ("Pacific/Marquesas", WORKDAYS, "2026-10-16T18:00", False, "2026-10-19T09:00"),
    ("Pacific/Niue", WORKDAYS, "2026-10-15T23:30", False, "2026-10-16T09:00"),
    ("Pacific/Niue", WORKDAYS, "2026-10-16T00:30", False, "2026-10-16T09:00"),
    ("Pacific/Niue", WORKDAYS, "2026-10-16T23:30", False, "2026-10-19T09:00"),
    ("Pacific/Niue", LATE, "2026-10-16T23:30", True, "2026-10-16T23:30"),
    ("Pacific/Niue", LATE, "2026-10-17T00:30", False, "2026-10-17T18:00"),
    ("Pacific/Niue", NIGHTS, "2026-10-17T00:30", True, "2026-10-17T00:30"),
]


def test_hours_are_those_of_the_wall_from_kiritimati_to_niue():
    for zone, week, local, expected, opens in AROUND_MIDNIGHT:
        hours, now = hours_from(zone, week), there(zone, local)
        assert is_open(hours, now.astimezone(UTC)) is expected, (zone, local)
        assert next_opening(hours, now.astimezone(UTC)) == there(zone, opens), (zone, local)


def test_the_same_instant_is_another_day_at_the_other_end_of_the_world():
    now = utc("2026-10-19T10:30")  # Tuesday 00:30 in Kiritimati, Sunday 23:30 in Niue
    opens = {
        zone: next_opening(hours_from(zone, WORKDAYS), now) for zone in ("Pacific/Kiritimati", "Pacific/Niue")
    }
    assert opens == {
        "Pacific/Kiritimati": utc("2026-10-19T19:00"),
        "Pacific/Niue": utc("2026-10-19T20:00"),
    }


# The openings that begin on a date on which clocks change, in UTC, as the official clocks ran.
CHANGES = [
    # forward, north: 02:00 becomes 03:00, so that 02:30 falls on the change
    ("Europe/Berlin", EARLY, "2026-03-29", "2026-03-29T01:00", "2026-03-29T03:00"),
    ("Europe/Berlin", NIGHTS, "2026-03-28", "2026-03-28T21:00", "2026-03-29T01:00"),
    ("America/New_York", NIGHTS, "2026-03-07", "2026-03-08T03:00", "2026-03-08T07:00"),
    # back, north: 03:00 becomes 02:00, and the first 02:30 opens
    ("Europe/Berlin", EARLY, "2026-10-25", "2026-10-25T00:30", "2026-10-25T04:00"),
    ("Europe/Berlin", NIGHTS, "2026-10-24", "2026-10-24T20:00", "2026-10-25T02:00"),
    ("America/New_York", NIGHTS, "2026-10-31", "2026-11-01T02:00", "2026-11-01T08:00"),
    # south: back in April, forward in October
    ("Australia/Sydney", EARLY, "2026-04-05", "2026-04-04T15:30", "2026-04-04T19:00"),
    ("Australia/Sydney", EARLY, "2026-10-04", "2026-10-03T16:00", "2026-10-03T18:00"),
    ("America/Santiago", NIGHTS, "2026-04-04", "2026-04-05T01:00", "2026-04-05T07:00"),
    # half an hour
    ("Australia/Lord_Howe", NIGHTS, "2026-04-04", "2026-04-04T11:00", "2026-04-04T16:30"),
    ("Australia/Lord_Howe", NIGHTS, "2026-10-03", "2026-10-03T11:30", "2026-10-03T16:00"),
    ("Australia/Lord_Howe", EARLY, "2026-10-04", "2026-10-03T15:30", "2026-10-03T18:00"),
    # two hours
    ("Antarctica/Troll", NIGHTS, "2026-03-28", "2026-03-28T22:00", "2026-03-29T01:00"),
    ("Antarctica/Troll", EARLY, "2026-03-29", "2026-03-29T01:00", "2026-03-29T03:00"),
    ("Antarctica/Troll", NIGHTS, "2026-10-24", "2026-10-24T20:00", "2026-10-25T03:00"),
    ("Antarctica/Troll", EARLY, "2026-10-25", "2026-10-25T00:30", "2026-10-25T05:00"),
    # out of summer time for Ramadan, and back into it
    ("Africa/Casablanca", NIGHTS, "2026-02-14", "2026-02-14T21:00", "2026-02-15T03:00"),
    ("Africa/Casablanca", NIGHTS, "2026-03-21", "2026-03-21T22:00", "2026-03-22T02:00"),
    # at midnight itself: the day begins at 01:00
    ("Africa/Cairo", {"fri": [["00:00", "24:00"]]}, "2026-04-24", "2026-04-23T22:00", "2026-04-24T21:00"),
    ("America/Havana", {"sun": [["00:30", "02:00"]]}, "2026-03-08", "2026-03-08T05:00", "2026-03-08T06:00"),
    # no change of clocks, to compare with
    ("Europe/Berlin", NIGHTS, "2026-03-27", "2026-03-27T21:00", "2026-03-28T02:00"),
    ("Asia/Kolkata", NIGHTS, "2026-03-28", "2026-03-28T16:30", "2026-03-28T21:30"),
]


def test_openings_keep_to_the_wall_where_clocks_change():
    for zone, week, day, opens, closes in CHANGES:
        hours, case = hours_from(zone, week), (zone, day)
        begins, ends = utc(opens), utc(closes)
        assert next_opening(hours, begins - timedelta(seconds=1)) == begins, case
        assert closing_after(hours, begins) == ends, case
        assert not is_open(hours, begins - timedelta(seconds=1)) and not is_open(hours, ends), case
        length_s = (ends - begins).total_seconds()
        assert open_seconds(hours, begins - timedelta(hours=1), ends + timedelta(hours=1)) == length_s, case
        assert add_open_seconds(hours, begins, length_s) == ends, case


def test_a_year_of_days_of_nine_hours_has_them_all_whatever_the_clocks_do():
    for zone in ("Europe/Berlin", "Australia/Lord_Howe", "Antarctica/Troll", "Africa/Casablanca", "UTC"):
        hours = hours_from(zone, {day: [["09:00", "18:00"]] for day in DAYS})
        year = there(zone, "2027-01-01"), there(zone, "2028-01-01")
        assert open_seconds(hours, *year) == 365 * 9 * HOUR, zone


def test_round_the_clock_counts_every_second_of_a_year_with_two_changes():
    hours = hours_from("Europe/Berlin", "24/7")
    year = there("Europe/Berlin", "2028-01-01"), there("Europe/Berlin", "2029-01-01")
    assert open_seconds(hours, *year) == 366 * 24 * HOUR
    assert hours == hours_from("Europe/Berlin", {day: [["00:00", "24:00"]] for day in DAYS})
    assert closing_after(hours, year[0]) is None


LEAP = "2028-02-29"  # a Tuesday


def test_the_leap_day_is_a_day_like_any_other():
    zone = "Europe/Bucharest"
    monday, tuesday = there(zone, "2028-02-28T18:00"), there(zone, f"{LEAP}T09:00")
    assert next_opening(hours_from(zone, WORKDAYS), monday) == tuesday
    assert add_open_seconds(hours_from(zone, WORKDAYS), monday, 9 * HOUR + 60) == there(
        zone, "2028-03-01T09:01"
    )
    closed = hours_from(zone, WORKDAYS, ["2028-02-28/2028-03-01"])
    assert next_opening(closed, monday - timedelta(hours=5)) == there(zone, "2028-03-02T09:00")
    special = hours_from(zone, WORKDAYS, special_days={LEAP: [["20:00", "02:00"]]})
    assert closing_after(special, there(zone, f"{LEAP}T23:00")) == there(zone, "2028-03-01T02:00")
    with pytest.raises(ValueError, match="'2027-02-29' is not a date"):
        hours_from(zone, WORKDAYS, special_days={"2027-02-29": []})


# 2026-12-24 is a Thursday. When the shop below is open, and on which days it is not.
WINTER = {
    "2026-12-23": ("09:00", "18:00"),
    "2026-12-24": ("09:00", "12:00"),  # special, though also a public holiday
    "2026-12-25": None,  # closed, though also special
    "2026-12-28": None,
    "2027-01-01": None,
    "2027-01-02": None,  # a Saturday
    "2027-01-04": ("09:00", "18:00"),
    "2027-01-05": ("20:00", "23:30"),
    "2027-01-06": None,  # a public holiday
    "2027-01-07": ("09:00", "18:00"),
    "2027-01-09": ("10:00", "14:00"),  # special, on a Saturday
    "2027-01-11": None,  # special, without any opening
}


def test_closed_beats_special_beats_a_public_holiday_beats_the_week():
    zone = "Europe/Berlin"
    hours = hours_from(
        zone,
        WORKDAYS,
        ["2026-12-25/2027-01-01"],
        special_days={
            "2026-12-24": [["09:00", "12:00"]],
            "2026-12-25": [["09:00", "12:00"]],
            "2027-01-05": [["20:00", "23:30"]],
            "2027-01-09": [["10:00", "14:00"]],
            "2027-01-11": [],
        },
        is_public_holiday={date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 6)}.__contains__,
    )
    for day, openings in WINTER.items():
        midnight = there(zone, day)
        if openings is None:
            assert open_seconds(hours, midnight, midnight + timedelta(days=1)) == 0, day
            continue
        opens, closes = (there(zone, f"{day}T{text}") for text in openings)
        assert next_opening(hours, midnight) == opens, day
        assert closing_after(hours, opens) == closes, day
        assert open_seconds(hours, midnight, midnight + timedelta(days=1)) == (closes - opens).total_seconds()


def test_a_night_runs_into_a_holiday_and_is_not_counted_twice_where_a_special_day_begins_in_it():
    zone = "Europe/Berlin"
    bar = {"fri": [["22:00", "03:00"]]}
    holiday = hours_from(zone, bar, is_public_holiday={date(2026, 10, 17)}.__contains__)
    night = there(zone, "2026-10-16T23:00")
    assert closing_after(holiday, night) == there(zone, "2026-10-17T03:00")
    special = hours_from(zone, bar, special_days={"2026-10-17": [["02:00", "05:00"]]})
    assert closing_after(special, night) == there(zone, "2026-10-17T05:00")
    assert open_seconds(special, night, night + timedelta(hours=12)) == 6 * HOUR
    within = hours_from(zone, bar, special_days={"2026-10-17": [["01:00", "02:00"], ["04:00", "05:00"]]})
    assert closing_after(within, night) == there(zone, "2026-10-17T03:00")
    assert open_seconds(within, night, night + timedelta(hours=12)) == 5 * HOUR


def test_a_shop_may_open_on_special_days_alone():
    hours = hours_from("UTC", {}, special_days={"2026-11-28": [["10:00", "16:00"]]})
    assert next_opening(hours, utc("2026-11-01T00:00")) == utc("2026-11-28T10:00")
    assert next_opening(hours, utc("2026-11-28T16:00")) is None


@pytest.mark.parametrize(
    ("special", "words"),
    [
        ({"2026-02-30": []}, "'2026-02-30' is not a date"),
        ({"2026-12-24": [["09:00", "25:00"]]}, "2026-12-24: '25:00' is not a time of day"),
        ({"2026-12-24": [["09:00", "12:00"], ["11:00", "13:00"]]}, "2026-12-24: two openings overlap"),
    ],
)
def test_bad_special_days_are_refused_in_words(special, words):
    with pytest.raises(ValueError, match=words) as refused:
        hours_from("UTC", {}, special_days=special)
    assert refused.value.field == "special_days"
