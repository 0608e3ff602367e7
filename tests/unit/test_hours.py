"""Opening hours: what a shop's clock says, over daylight saving, midnight and closed days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.promise.hours import (
    DAYS,
    LOOK_AHEAD,
    Hours,
    add_open_seconds,
    closing_after,
    hours_from,
    is_open,
    next_opening,
    open_seconds,
)

SHOP = {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in DAYS[:5]}
BAR = {"fri": [["22:00", "03:00"]], "sat": [["22:00", "03:00"]]}
ALWAYS = {day: [["00:00", "24:00"]] for day in DAYS}
TOUCHING = {
    "wed": [["09:00", "12:00"], ["12:00", "15:00"]],
    "thu": [["09:00", "24:00"]],
    "fri": [["00:00", "02:00"]],
}
BUCHAREST = "Europe/Bucharest"
ZONES = (
    BUCHAREST,
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Asia/Kathmandu",
)


def there(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def at(text: str) -> datetime:
    return there(BUCHAREST, text)


# 2026-10-14 is a Wednesday.
@pytest.mark.parametrize(
    ("week", "when", "expected"),
    [
        (SHOP, "2026-10-14T08:59:59.999999", False),
        (SHOP, "2026-10-14T09:00", True),
        (SHOP, "2026-10-14T12:59:59.999999", True),
        (SHOP, "2026-10-14T13:00", False),
        (SHOP, "2026-10-14T14:00", True),
        (SHOP, "2026-10-14T18:00", False),
        (SHOP, "2026-10-17T10:00", False),
        (BAR, "2026-10-16T21:59", False),
        (BAR, "2026-10-17T02:59", True),
        (BAR, "2026-10-17T03:00", False),
        (BAR, "2026-10-18T02:59", True),
        (BAR, "2026-10-19T02:59", False),
        (ALWAYS, "2026-10-14T00:00", True),
        (ALWAYS, "2026-10-14T23:59:59.999999", True),
        ({}, "2026-10-14T10:00", False),
        ({"sun": [["20:00", "02:00"]]}, "2026-10-19T01:59", True),
    ],
)
def test_a_shop_is_open_from_its_opening_up_to_its_closing(week, when, expected):
    assert is_open(hours_from(BUCHAREST, week), at(when)) is expected


@pytest.mark.parametrize(
    ("week", "when", "opens", "closes"),
    [
        (SHOP, "2026-10-14T08:00", "2026-10-14T09:00", None),
        (SHOP, "2026-10-14T09:00", "2026-10-14T09:00", "2026-10-14T13:00"),
        (SHOP, "2026-10-14T13:00", "2026-10-14T14:00", None),
        (SHOP, "2026-10-16T18:00", "2026-10-19T09:00", None),
        (BAR, "2026-10-17T01:00", "2026-10-17T01:00", "2026-10-17T03:00"),
        (ALWAYS, "2026-10-14T01:00", "2026-10-14T01:00", None),
        (TOUCHING, "2026-10-14T10:00", "2026-10-14T10:00", "2026-10-14T15:00"),
        (TOUCHING, "2026-10-15T20:00", "2026-10-15T20:00", "2026-10-16T02:00"),
        ({"wed": [["09:00", "00:00"]]}, "2026-10-14T10:00", "2026-10-14T10:00", "2026-10-15T00:00"),
    ],
)
def test_next_opening_and_closing(week, when, opens, closes):
    hours = hours_from(BUCHAREST, week)
    assert next_opening(hours, at(when)) == at(opens)
    assert closing_after(hours, at(when)) == (at(closes) if closes else None)


def test_a_shop_that_never_opens_has_no_next_opening():
    hours = hours_from(BUCHAREST, {day: [] for day in DAYS})
    now = at("2026-10-14T10:00")
    assert next_opening(hours, now) is None
    assert closing_after(hours, now) is None
    assert add_open_seconds(hours, now, 1) is None
    assert open_seconds(hours, now, now + LOOK_AHEAD) == 0


def test_a_season_closed_for_sixty_days_is_as_good_as_never():
    now = at("2026-10-14T12:00")
    for closed, reopens in ((59, now + timedelta(days=59)), (62, None)):
        days = [(now + timedelta(days=n)).date().isoformat() for n in range(closed)]
        opening = next_opening(hours_from(BUCHAREST, ALWAYS, days), now)
        assert (opening.astimezone(ZoneInfo(BUCHAREST)).date() if opening else None) == (
            reopens.date() if reopens else None
        )


def test_nothing_opens_on_a_closed_date_but_the_night_before_runs_out():
    hours = hours_from(BUCHAREST, BAR, ["2026-10-17"])
    assert is_open(hours, at("2026-10-17T02:00"))
    assert not is_open(hours, at("2026-10-17T22:30"))
    assert not is_open(hours, at("2026-10-18T02:00"))
    assert next_opening(hours, at("2026-10-17T03:00")) == at("2026-10-23T22:00")


def test_a_closed_date_is_the_shops_date():
    hours = hours_from("Pacific/Kiritimati", ALWAYS, ["2026-12-25"])
    closed = [datetime(2026, 12, 24, 10, tzinfo=UTC), datetime(2026, 12, 25, 9, 59, tzinfo=UTC)]
    assert not any(is_open(hours, when) for when in closed)
    assert is_open(hours, datetime(2026, 12, 24, 9, 59, tzinfo=UTC))
    assert is_open(hours, datetime(2026, 12, 25, 10, tzinfo=UTC))


def test_a_leap_day_is_a_day():
    hours = hours_from(BUCHAREST, {"tue": [["09:00", "18:00"]]})
    assert next_opening(hours, at("2028-02-28T12:00")) == at("2028-02-29T09:00")


@pytest.mark.parametrize(
    ("zone", "day", "span", "hours_open"),
    [
        (BUCHAREST, "2026-03-29", ["02:00", "05:00"], 2),
        (BUCHAREST, "2026-10-25", ["02:00", "05:00"], 4),
        (BUCHAREST, "2026-03-29", ["09:00", "18:00"], 9),
        (BUCHAREST, "2026-10-25", ["09:00", "18:00"], 9),
        (BUCHAREST, "2026-03-28", ["22:00", "06:00"], 7),
        (BUCHAREST, "2026-10-24", ["22:00", "06:00"], 9),
        (BUCHAREST, "2026-03-29", ["00:00", "24:00"], 23),
        (BUCHAREST, "2026-10-25", ["00:00", "24:00"], 25),
        (BUCHAREST, "2026-03-29", ["03:15", "03:45"], 0),
        (BUCHAREST, "2026-03-29", ["03:30", "05:00"], 1),
        (BUCHAREST, "2026-03-29", ["02:00", "03:30"], 1),
        (BUCHAREST, "2026-10-25", ["03:30", "04:00"], 1.5),
        (BUCHAREST, "2026-10-25", ["03:00", "03:30"], 0.5),
        ("America/New_York", "2026-03-08", ["01:00", "04:00"], 2),
        ("America/New_York", "2026-11-01", ["00:00", "03:00"], 4),
        ("America/New_York", "2026-11-01", ["09:00", "17:00"], 8),
        ("Australia/Lord_Howe", "2026-10-04", ["01:00", "03:00"], 1.5),
        ("Australia/Lord_Howe", "2026-04-05", ["01:00", "03:00"], 2.5),
        ("Australia/Lord_Howe", "2026-10-04", ["02:15", "03:00"], 0.5),
    ],
)
def test_business_time_on_the_days_when_clocks_change(zone, day, span, hours_open):
    weekday = DAYS[datetime.fromisoformat(day).weekday()]
    hours = hours_from(zone, {weekday: [span]})
    midnight = there(zone, day)
    assert open_seconds(hours, midnight, midnight + timedelta(days=2)) == hours_open * 3600


def test_an_opening_that_clocks_jump_over_falls_on_the_jump():
    hours = hours_from(BUCHAREST, {"sun": [["03:30", "09:00"]]})
    assert next_opening(hours, at("2026-03-29T00:00")) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_the_day_changes_at_the_shops_midnight(zone):
    hours = hours_from(zone, {"thu": [["09:00", "18:00"]]})
    tuesday, wednesday = there(zone, "2026-10-13T23:30"), there(zone, "2026-10-14T00:30")
    thursday = there(zone, "2026-10-15T09:00")
    assert next_opening(hours, tuesday) == next_opening(hours, wednesday) == thursday
    assert not is_open(hours, there(zone, "2026-10-15T00:30"))
    assert next_opening(hours, there(zone, "2026-10-15T23:30")) == there(zone, "2026-10-22T09:00")


def test_business_time_runs_over_the_weekend():
    hours = hours_from(BUCHAREST, SHOP)
    friday = at("2026-10-16T17:00")
    assert add_open_seconds(hours, friday, 3600) == at("2026-10-16T18:00")
    assert add_open_seconds(hours, friday, 3601) == at("2026-10-19T09:00:01")
    assert open_seconds(hours, friday, at("2026-10-19T10:00")) == 2 * 3600
    assert open_seconds(hours, friday, friday - timedelta(hours=5)) == 0
    assert add_open_seconds(hours, at("2026-10-17T12:00"), 0) == at("2026-10-17T12:00")


@pytest.mark.parametrize(
    ("zone", "week", "closed_on", "words"),
    [
        ("Mars/Base", {}, (), "unknown time zone 'Mars/Base'"),
        ("../../etc/passwd", {}, (), "unknown time zone"),
        ("", {}, (), "unknown time zone"),
        ("America", {}, (), "unknown time zone"),
        (BUCHAREST, {"monday": []}, (), "unknown day 'monday'"),
        (BUCHAREST, {"mon": [["09:00", "25:00"]]}, (), "'25:00' is not a time of day"),
        (BUCHAREST, {"mon": [["09:00", "24:01"]]}, (), "'24:01' is not a time of day"),
        (BUCHAREST, {"mon": [["09:60", "18:00"]]}, (), "'09:60' is not a time of day"),
        (BUCHAREST, {"mon": [["9am", "18:00"]]}, (), "'9am' is not a time of day"),
        (BUCHAREST, {"mon": [[9, "18:00"]]}, (), "9 is not a time of day"),
        (BUCHAREST, {"mon": ["09:00-18:00"]}, (), "an opening is a pair"),
        (BUCHAREST, {"mon": [["09:00"]]}, (), "an opening is a pair"),
        (BUCHAREST, {"mon": [["24:00", "05:00"]]}, (), "can't start at 24:00"),
        (BUCHAREST, {"mon": [["09:00", "09:00"]]}, (), "the whole day is 00:00-24:00"),
        (BUCHAREST, {"mon": [["09:00", "14:00"], ["13:59", "18:00"]]}, (), "mon: two openings overlap"),
        (BUCHAREST, {"mon": [["22:00", "03:00"]], "tue": [["02:00", "05:00"]]}, (), "mon and tue: two"),
        (BUCHAREST, {"sun": [["22:00", "03:00"]], "mon": [["02:00", "05:00"]]}, (), "sun and mon: two"),
        (BUCHAREST, {}, ("2026-02-30",), "'2026-02-30' is not a date"),
        (BUCHAREST, {}, (None,), "None is not a date"),
        (BUCHAREST, {}, ("2026-12-24/2026-12-23",), "the last date is before the first"),
        (BUCHAREST, {}, ("2026-01-01/2027-01-02",), "at most 366 days in one go"),
        (BUCHAREST, {}, ("2026-12-24/",), "'' is not a date"),
        (BUCHAREST, "24/6", (), "'24/6' is no week"),
    ],
)
def test_bad_hours_are_refused_in_words(zone, week, closed_on, words):
    with pytest.raises(ValueError, match=words):
        hours_from(zone, week, closed_on)


def test_time_does_not_run_backwards():
    with pytest.raises(ValueError, match="negative"):
        add_open_seconds(hours_from(BUCHAREST, SHOP), at("2026-10-14T10:00"), -1)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


DATES = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@dataclass(frozen=True)
class Plan:
    """What a shop has written down, beside its week."""

    hours: Hours
    closed: frozenset[date]
    special: dict[date, list[tuple[int, int]]]
    public: frozenset[date]

    def openings_on(self, day: date) -> Iterable[tuple[int, int]]:
        """The rule in its plainest form: closed before special before public before the week."""
        if day in self.closed:
            return ()
        if day in self.special:
            return self.special[day]
        return () if day in self.public else self.hours.week[day.weekday()]


@st.composite
def plans(draw, zones=ZONES) -> Plan:
    """Any week of openings under 24 h that do not overlap, on quarters of an hour, with days out of line."""
    points = sorted(draw(st.sets(st.integers(0, 7 * 96), max_size=20)))
    week: dict[str, list[list[str]]] = {}
    for start, end in zip(points[::2], points[1::2], strict=False):
        day, first = divmod(start * 15, 1440)
        last = end * 15 - day * 1440
        if day < 7 and last - first < 1440:
            week.setdefault(DAYS[day], []).append(
                [_clock(first), _clock(last if last <= 1440 else last - 1440)]
            )
    starts = draw(st.dictionaries(DATES, st.integers(0, 4), max_size=3))
    closed = {day + timedelta(days=n) for day, more in starts.items() for n in range(more + 1)}
    public = draw(st.frozensets(DATES, max_size=5))
    odd = draw(st.lists(DATES, max_size=3)) + sorted(public)[:1] + sorted(closed)[:1]
    # Up to 36 h after the midnight that begins the day: also into the next morning's openings.
    special = {day: [(a * 15, a * 15 + b * 15)] for day in odd for a, b in [draw(SPECIAL)]}
    hours = hours_from(
        draw(st.sampled_from(zones)),
        week,
        [f"{day}/{day + timedelta(days=more)}" if more else f"{day}" for day, more in starts.items()],
        special_days={
            f"{day}": [[_clock(first), _clock(last if last <= 1440 else last - 1440)]]
            for day, ((first, last),) in special.items()
        },
        is_public_holiday=public.__contains__,
    )
    return Plan(hours, frozenset(closed), special, public)


SPECIAL = st.tuples(st.integers(0, 95), st.integers(1, 48))


def some_hours(zones=ZONES) -> st.SearchStrategy[Hours]:
    return plans(zones).map(lambda plan: plan.hours)


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.builds(timedelta, seconds=st.floats(0, 365 * 86400)).map(NEW_YEAR.__add__)
# Around every change of clocks of the zones above.
CHANGES = st.sampled_from(
    [
        datetime(2026, month, day, 12, tzinfo=UTC)
        for month, day in ((3, 8), (3, 29), (4, 4), (10, 3), (10, 25), (11, 1))
    ]
)
TIMES = MOMENTS | st.builds(
    lambda change, hours: change + timedelta(hours=hours), CHANGES, st.floats(-40, 40)
)
quick = settings(max_examples=120, deadline=None)


@quick
@given(some_hours(), TIMES, TIMES, TIMES)
def test_business_time_adds_up(hours, a, b, c):
    a, b, c = sorted((a, b, c))
    parts = open_seconds(hours, a, b) + open_seconds(hours, b, c)
    assert open_seconds(hours, a, c) == pytest.approx(parts, abs=1e-3)
    assert open_seconds(hours, a, c) <= (c - a).total_seconds() + 1e-3


@quick
@given(some_hours(), TIMES, st.integers(1, 200_000))
def test_adding_business_time_undoes_measuring_it(hours, start, seconds):
    end = add_open_seconds(hours, start, seconds)
    if end is None:
        assert open_seconds(hours, start, start + LOOK_AHEAD) < seconds
    else:
        assert open_seconds(hours, start, end) == pytest.approx(seconds, abs=1e-3)
        assert is_open(hours, end - timedelta(microseconds=1))


@quick
@given(some_hours(), TIMES)
def test_the_next_opening_is_open_and_the_first(hours, now):
    opening = next_opening(hours, now)
    if opening is None:
        assert open_seconds(hours, now, now + LOOK_AHEAD) == 0
    else:
        assert opening >= now
        assert is_open(hours, opening)
        assert open_seconds(hours, now, opening) == 0
        assert is_open(hours, now) == (opening == now)


@quick
@given(some_hours(), TIMES)
def test_a_shop_stays_open_until_it_closes(hours, now):
    closing = closing_after(hours, now)
    if not is_open(hours, now):
        assert closing is None
    elif closing is not None:
        assert not is_open(hours, closing)
        assert open_seconds(hours, now, closing) == pytest.approx((closing - now).total_seconds(), abs=1e-3)


@quick
@given(plans(zones=("Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu")), MOMENTS, st.booleans())
def test_open_is_what_the_wall_clock_says_where_clocks_never_change(plan, now, is_odd_day):
    odd = sorted(plan.closed | plan.public | plan.special.keys())
    if is_odd_day and odd:
        there_now = now.astimezone(ZoneInfo(plan.hours.zone)).timetz()
        now = datetime.combine(odd[len(odd) // 2], there_now)
    local = now.astimezone(ZoneInfo(plan.hours.zone))
    minutes = local.hour * 60 + local.minute
    yesterday = local.date() - timedelta(days=1)
    today_open = any(start <= minutes < end for start, end in plan.openings_on(local.date()))
    last_night = any(minutes + 1440 < end for _, end in plan.openings_on(yesterday))
    assert is_open(plan.hours, now) is (today_open or last_night)
