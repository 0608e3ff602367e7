"""When a campaign goes out: against dateutil and its own zones, around every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule, tz
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.campaigns.schedule_problems import problems
from chalicelib.domain.campaigns.schedules import (
    BadSchedule,
    first_after,
    is_past,
    missed,
    moment_for,
    next_after,
    schedule_from,
    wall_at,
)
from integrations.recurrence import recurs

ZONES = (
    "Europe/Bucharest",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Almaty",
    "Pacific/Auckland",
    "Africa/Cairo",
    "America/Santiago",
)
SHOP = "Europe/Bucharest"
BEGIN, END = (datetime.fromisoformat(one) for one in ("2026-01-01", "2027-12-31T23:59"))
_MINUTE = timedelta(minutes=1)


def in_the_world(wall: datetime, zone: str) -> datetime:
    """By dateutil's own zones: the first minute from there on that exists, on its first passing."""
    there = tz.gettz(zone)
    while not tz.datetime_exists(wall, there):
        wall += _MINUTE
    return wall.replace(tzinfo=there, fold=0).astimezone(UTC)


def all_of(schedule, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    found = []
    at = next_after(schedule, zone, begin, recurs)
    while at is not None and at <= end:
        found.append(at)
        at = next_after(schedule, zone, at, recurs)
    return found


TABLES = {
    "twice a week": (
        {"days": ["tue", "fri"], "at": "10:00"},
        {"freq": rrule.WEEKLY, "byweekday": (rrule.TU, rrule.FR), "byhour": 10, "byminute": 0},
    ),
    "sundays where clocks jump": (
        {"days": ["sun"], "at": "02:30"},
        {"freq": rrule.WEEKLY, "byweekday": rrule.SU, "byhour": 2, "byminute": 30},
    ),
    "every day at a quarter past three": (
        {"rule": "RRULE:FREQ=DAILY", "from": "2025-12-01T03:15"},
        {"freq": rrule.DAILY, "byhour": 3, "byminute": 15},
    ),
    "every day at midnight": (
        {"rule": "FREQ=DAILY", "from": "2025-12-01T00:00"},
        {"freq": rrule.DAILY, "byhour": 0, "byminute": 0},
    ),
    "the first, the middle and the last of a month": (
        {"month_days": [1, 15, -1], "at": "09:30"},
        {"freq": rrule.MONTHLY, "bymonthday": (1, 15, -1), "byhour": 9, "byminute": 30},
    ),
    "the 31st": (
        {"month_days": [31], "at": "18:00"},
        {"freq": rrule.MONTHLY, "bymonthday": 31, "byhour": 18, "byminute": 0},
    ),
    "the last friday of a month": (
        {"rule": "RRULE:FREQ=MONTHLY;BYDAY=-1FR", "from": "2026-01-01T00:30"},
        {"freq": rrule.MONTHLY, "byweekday": rrule.FR(-1), "byhour": 0, "byminute": 30},
    ),
    "every other saturday evening": (
        {"rule": "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "from": "2026-01-03T23:45"},
        {
            "freq": rrule.WEEKLY,
            "interval": 2,
            "byweekday": rrule.SA,
            "dtstart": BEGIN + timedelta(days=2, hours=23, minutes=45),
        },
    ),
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", TABLES)
def test_over_two_years_each_time_on_the_wall_comes_once(name, zone):
    raw, theirs = TABLES[name]
    dated = {"dtstart": BEGIN, "until": END, "bysecond": 0, **theirs}
    expected = [in_the_world(wall, zone) for wall in rrule.rrule(**dated)]
    begin = datetime(2026, 1, 1, tzinfo=tz.gettz(zone)).astimezone(UTC) - _MINUTE
    end = datetime(2027, 12, 31, 23, 59, tzinfo=tz.gettz(zone)).astimezone(UTC)
    assert all_of(schedule_from({**raw, "zone": zone}), SHOP, begin, end) == expected
    if len(expected) < 100:
        assert all_of(schedule_from(raw), zone, begin, end) == expected, "the shop's own zone says the same"


AT_CHANGES = [
    # zone, wall, what the world's clock shows
    ("Europe/Bucharest", "2027-03-28T03:30", "2027-03-28T01:00", "clocks jump from three to four"),
    ("Europe/Bucharest", "2026-10-25T03:30", "2026-10-25T00:30", "they show half past three twice"),
    ("America/New_York", "2027-03-14T02:00", "2027-03-14T07:00", "at the very jump"),
    ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "half an hour is all they jump"),
    ("Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00", "there is no midnight on that Friday"),
    ("Pacific/Apia", "2011-12-30T10:00", "2011-12-30T10:00", "the whole day was left out"),
]


@pytest.mark.parametrize(("zone", "wall", "instant", "why"), AT_CHANGES)
def test_a_time_that_clocks_jump_over_or_show_twice_comes_once(zone, wall, instant, why):
    schedule = schedule_from({"once": wall, "zone": zone})
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    before = expected - timedelta(days=3)
    assert next_after(schedule, SHOP, before, recurs) == expected, why
    assert next_after(schedule, SHOP, expected, recurs) is None


def test_two_times_that_fall_on_one_jump_go_out_once():
    rule = "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0"
    schedule = schedule_from({"rule": rule, "from": "2026-01-01T02:00", "zone": "America/New_York"})
    day = datetime(2027, 3, 14, tzinfo=UTC)
    found = all_of(schedule, SHOP, day, day + timedelta(days=1))
    assert found == [datetime(2027, 3, 14, 7, tzinfo=UTC)]


days = st.lists(
    st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun")), min_size=1, max_size=7, unique=True
)
times = st.one_of(
    st.sampled_from((time(0), time(0, 30), time(2), time(2, 15), time(2, 30), time(3), time(3, 30))),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
moments = st.datetimes(BEGIN - timedelta(days=700), END, timezones=st.just(UTC))


@settings(max_examples=60, deadline=None)
@given(days=days, at=times, zone=st.sampled_from(ZONES), begin=moments, part=st.floats(0, 1))
def test_whenever_one_asks_none_comes_twice_and_none_is_lost(days, at, zone, begin, part):
    schedule = schedule_from({"days": days, "at": at.isoformat("minutes"), "zone": zone})
    found = all_of(schedule, SHOP, begin, begin + timedelta(days=20))
    assert found, "a week never goes by without"
    for before, after in pairwise([begin, *found]):
        assert before < after
        asked = before + (after - before) * part
        expected = after if asked < after else next_after(schedule, SHOP, after, recurs)
        assert next_after(schedule, SHOP, asked, recurs) == expected
    shown = [one.astimezone(ZoneInfo(zone)) for one in found]
    assert len({one.date() for one in shown}) == len(shown), "one a day"
    wanted = {
        day
        for day in (begin.astimezone(ZoneInfo(zone)).date() + timedelta(days=n) for n in range(1, 20))
        if day.strftime("%a").lower() in days
    }
    assert wanted <= {one.date() for one in shown}


@settings(max_examples=60, deadline=None)
@given(at=times, zone=st.sampled_from(ZONES), begin=moments, count=st.integers(1, 9))
def test_a_counted_rule_ends_after_so_many_however_it_is_asked(at, zone, begin, count):
    first = datetime.combine(begin.date(), at)
    raw = {"rule": f"FREQ=DAILY;INTERVAL=3;COUNT={count}", "from": first.isoformat(), "zone": zone}
    found = all_of(schedule_from(raw), SHOP, begin - timedelta(days=5), begin + timedelta(days=60))
    assert len(found) == count
    for later in (found[0], found[-1] - _MINUTE):
        rest = all_of(schedule_from(raw), SHOP, later, begin + timedelta(days=60))
        assert rest == [one for one in found if one > later]


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # 14:00 on a Sunday in Bucharest
ENDS = [
    ({"start": "2026-12-01"}, "2026-12-01"),
    ({"end": "2026-11-24"}, "2026-11-24"),
    ({"end": "2026-11-23"}, None),
    ({"except": ["2026-11-24", "2026-11-27"]}, "2026-12-01"),
    ({}, "2026-11-24"),
]


@pytest.mark.parametrize(("more", "expected"), ENDS)
def test_it_begins_ends_and_leaves_out_days_as_written(more, expected):
    schedule = schedule_from({"days": ["tue", "fri"], "at": "10:00", **more})
    found = next_after(schedule, SHOP, NOW, recurs)
    assert (found and found.astimezone(ZoneInfo(SHOP)).date().isoformat()) == expected


UNTIL = [
    ("UNTIL=20261124", 2),  # the whole day, on the wall
    ("UNTIL=20261124T095900", 1),
    ("UNTIL=20261124T080000Z", 2),  # ten o'clock in Bucharest
    ("UNTIL=20261124T075959Z", 1),
    ("COUNT=3", 3),
]


@pytest.mark.parametrize(("end", "expected"), UNTIL)
def test_a_rule_ends_where_it_says(end, expected):
    schedule = schedule_from({"rule": f"RRULE:FREQ=DAILY;{end}", "from": "2026-11-23T10:00"})
    assert len(all_of(schedule, SHOP, NOW, NOW + timedelta(days=30))) == expected


def test_on_their_own_clocks_it_begins_with_the_first_in_the_world():
    schedule = schedule_from({"days": ["tue"], "at": "10:00", "zone": "shopper"})
    at = next_after(schedule, SHOP, NOW, recurs)
    assert at == datetime(2026, 11, 23, 20, tzinfo=UTC)
    wall = wall_at(schedule, SHOP, at)
    assert wall.isoformat() == "2026-11-24T10:00:00"
    assert moment_for(wall, [ZoneInfo("Pacific/Kiritimati")]) == at
    assert moment_for(wall, [ZoneInfo("America/New_York"), ZoneInfo("America/Denver")]) == datetime(
        2026, 11, 24, 15, tzinfo=UTC
    )
    assert next_after(schedule, SHOP, at, recurs) == at + timedelta(days=7)


def test_booked_while_the_day_has_begun_elsewhere_it_still_goes_out_where_it_has_not():
    schedule = schedule_from({"once": "2026-11-22T15:00", "zone": "shopper"})
    assert first_after(schedule, SHOP, NOW, recurs) == datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert first_after(schedule, SHOP, NOW + timedelta(hours=1), recurs) is None, "the shop's own has passed"
    plain = schedule_from({"once": "2026-11-22T15:00"})
    assert first_after(plain, SHOP, NOW, recurs) == datetime(2026, 11, 22, 13, tzinfo=UTC)


LATE = [
    ({}, timedelta(0), "on_time"),
    ({}, timedelta(minutes=5), "on_time"),
    ({}, timedelta(minutes=6), "late"),
    ({}, timedelta(minutes=120), "late"),
    ({}, timedelta(minutes=121), "skipped"),
    ({"tolerance_minutes": 0}, timedelta(minutes=1), "skipped"),
    ({"zone": "shopper"}, timedelta(hours=26), "on_time"),
    ({"zone": "shopper"}, timedelta(hours=27), "late"),
    ({"zone": "shopper"}, timedelta(hours=28, minutes=1), "skipped"),
]


@pytest.mark.parametrize(("more", "late", "expected"), LATE)
def test_a_moment_that_was_missed_goes_out_late_within_the_tolerance_else_not(more, late, expected):
    schedule = schedule_from({"days": ["tue"], "at": "10:00", **more})
    assert missed(schedule, NOW, NOW + late) == expected
    assert is_past(schedule, NOW, NOW + schedule.tolerance + _MINUTE)
    assert not is_past(schedule, NOW, NOW + schedule.tolerance)


WRONG = [
    ({}, "schedule"),
    ({"days": ["tue"], "once": "2026-12-01T10:00"}, "schedule"),
    ({"days": [], "at": "10:00"}, "schedule.days"),
    ({"days": ["tuesday"], "at": "10:00"}, "schedule.days"),
    ({"days": ["tue"], "at": "25:00"}, "schedule.at"),
    ({"days": ["tue"]}, "schedule.at"),
    ({"days": ["tue"], "at": "10:00+02:00"}, "schedule.at"),
    ({"days": ["tue"], "at": "10:00", "zone": "Mars/Olympus"}, "schedule.zone"),
    ({"days": ["tue"], "at": "10:00", "start": "soon"}, "schedule.start"),
    ({"days": ["tue"], "at": "10:00", "except": ["2026-02-30"]}, "schedule.except"),
    ({"days": ["tue"], "at": "10:00", "start": "2027-01-02", "end": "2027-01-01"}, "schedule.end"),
    ({"days": ["tue"], "at": "10:00", "end": "2026-11-20"}, "schedule"),
    ({"month_days": [0], "at": "10:00"}, "schedule.month_days"),
    ({"month_days": [32], "at": "10:00"}, "schedule.month_days"),
    ({"once": "2026-11-22T13:59"}, "schedule"),
    ({"once": "2026-12-01T10:00Z"}, "schedule.once"),
    ({"once": "2026-12-01T10:00", "end": "2026-11-30"}, "schedule"),
    ({"once": "2026-12-01T10:00", "start": "2026-12-02"}, "schedule"),
    ({"once": "2026-12-01T10:00", "except": ["2026-12-01"]}, "schedule"),
    ({"once": "2026-12-01T10:00", "start": "2026-12-01", "end": "2026-12-01"}, ""),
    ({"once": "9990-12-01T10:00"}, "schedule.once"),
    ({"rule": "FREQ=DAILY"}, "schedule.from"),
    ({"rule": "BYDAY=TU", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=MINUTELY", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=DAILY;BYSECOND=1,2", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=DAILY;COUNT=2;UNTIL=20270101", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=DAILY;UNTIL=20270231", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=DAILY;INTERVAL=999", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=DAILY;INTERVAL=2;BYDAY=MO", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=WEEKLY;BYDAY=1MO", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=WEEKLY;BYMONTHDAY=1", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=DAILY\nRDATE:20261201", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "from": "2026-12-01T10:00"}, "schedule"),
    ({"rule": "FREQ=YEARLY;BYDAY=54MO", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=YEARLY;BYMONTH=12;BYDAY=6MO", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=MONTHLY;BYDAY=-6MO", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=MONTHLY;BYMONTHDAY=32", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=YEARLY;BYYEARDAY=-367", "from": "2026-12-01T10:00"}, "schedule.rule"),
    ({"rule": "FREQ=YEARLY;BYDAY=53MO", "from": "2026-12-01T10:00"}, ""),
    ({"rule": "FREQ=MONTHLY;BYDAY=-1FR", "from": "2026-12-01T10:00"}, ""),
    ({"days": ["tue", "fri"], "at": "10:00", "zone": "shopper"}, ""),
    ({"month_days": [-1], "at": "10:00", "zone": "Asia/Almaty"}, ""),
]


@pytest.mark.parametrize(("raw", "field"), WRONG)
def test_what_can_not_be_kept_is_refused_with_its_place(raw, field):
    found = [place for place, _ in problems(raw, SHOP, NOW, recurs)]
    assert found == ([field] if field else [])


def test_more_than_one_an_hour_is_refused_and_a_zone_that_is_gone_is_named():
    close = {"rule": "FREQ=DAILY;BYHOUR=10,11;BYMINUTE=0", "from": "2026-12-01T10:00"}
    assert not list(problems(close, SHOP, NOW, recurs)), "an hour apart is far enough"
    with pytest.raises(BadSchedule) as refused:
        schedule_from({"once": "2026-12-01T10:00", "zone": 5})
    assert refused.value.field == "schedule.zone"


def test_the_last_day_of_february_comes_every_year():
    schedule = schedule_from({"month_days": [-1], "at": "10:00"})
    found = all_of(schedule, "UTC", datetime(2026, 2, 1, tzinfo=UTC), datetime(2029, 2, 28, 23, tzinfo=UTC))
    assert {one.date() for one in found if one.month == 2} == {
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
        date(2029, 2, 28),
    }
