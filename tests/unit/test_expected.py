"""How long a first answer will take: by this hour, by the connection, by the standard, by who waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.promise.alike import closed_for, likeness
from chalicelib.domain.promise.expected import SHARE_KEPT, expected
from chalicelib.domain.promise.hours import DAYS, hours_from
from chalicelib.domain.promise.sketches import EDGES_S, bucket_of
from chalicelib.domain.promise.waits import Cell, Measured, Waiting

OFFICE = hours_from("UTC", {day: [["09:00", "18:00"]] for day in DAYS[:5]})
MINUTE, HOUR = 60, 3600
TUESDAY_10 = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
START = datetime(2026, 11, 2, tzinfo=UTC)


def cell(hour, seconds, samples, month="2026-11", **counters):
    return Cell(month, hour, {"b" + bucket_of(seconds): samples, **counters}, START)


def at_tuesday_10(*cells, now=TUESDAY_10, waiting=()):
    return expected(now, OFFICE, Measured(tuple(cells), tuple(waiting)), HOUR)


def who_waits(*ages_min, now=TUESDAY_10):
    return [Waiting(f"th_{n}", now - timedelta(minutes=age)) for n, age in enumerate(ages_min)]


def test_until_something_is_measured_the_standard_holds():
    nothing = at_tuesday_10()
    assert nothing.share_within(HOUR) == pytest.approx(0.82, abs=0.002)
    assert nothing.within_s() == HOUR
    assert at_tuesday_10(waiting=who_waits(1, 2, 50)).within_s() == nothing.within_s()


def test_a_few_answers_move_the_standard_and_many_replace_it():
    told = [at_tuesday_10(cell(34, 2 * MINUTE, samples)).within_s() for samples in (0, 1, 4, 20, 200)]
    assert told == sorted(told, reverse=True)
    assert told[1] > 20 * MINUTE
    assert told[-1] == pytest.approx(2 * MINUTE, rel=0.08)


def test_an_hour_that_is_slow_is_known_for_it_and_lends_to_the_hours_beside():
    quick = [cell(day * 24 + hour, 5 * MINUTE, 20) for day in range(5) for hour in range(9, 18)]
    quick = [one for one in quick if one.hour % 24 != 12] + [
        cell(day * 24 + 12, HOUR, 20) for day in range(5)
    ]
    by_hour = [
        at_tuesday_10(*quick, now=TUESDAY_10.replace(hour=hour)).share_within(5 * MINUTE)
        for hour in (9, 11, 12, 13, 16)
    ]
    assert by_hour[2] < by_hour[1] < by_hour[0]
    assert by_hour[2] < by_hour[3] < by_hour[4]
    assert by_hour[0] > 0.8


def test_all_that_is_written_before_one_opening_waits_for_it_alike():
    weekend = likeness(OFFICE.week, 5 * 24 + 12, False)
    assert weekend[6 * 24 + 3] == weekend[4 * 24 + 20] == weekend[0] == 1
    assert weekend[1 * 24 + 3] == 0.3
    assert weekend[10] == 0.05
    assert closed_for(OFFICE.week, 4 * 24 + 18) == 0.5
    assert closed_for(OFFICE.week, 8) == 62.5


def test_a_shop_that_never_opens_or_never_closes_has_hours_too():
    assert set(likeness(((),) * 7, 12, False)) == {1.0}
    assert closed_for(((),) * 7, 12) == 167.5
    assert min(likeness((((0, 1440),),) * 7, 12, True)) > 0


def test_a_night_past_midnight_belongs_to_its_opening():
    nights = hours_from("UTC", {"sun": [["20:00", "03:00"]]}).week
    alike = likeness(nights, 6 * 24 + 23, True)
    assert alike[0] > 0.1
    assert alike[3] < 0.05


def test_this_month_counts_more_than_the_last():
    last, this = cell(34, HOUR, 100, "2026-10"), cell(34, 5 * MINUTE, 100)
    assert at_tuesday_10(last, this).share_within(5 * MINUTE) > 0.65
    assert at_tuesday_10(last).share_within(5 * MINUTE) < 0.1


@pytest.mark.parametrize(
    ("kept", "broken", "least", "most"),
    [
        (0, 0, SHARE_KEPT, SHARE_KEPT),
        (80, 20, SHARE_KEPT, 0.86),
        (50, 50, 0.88, 0.92),
        (0, 1000, 0.92, 0.92),
        (1000, 0, 0.72, 0.72),
        (95, 5, 0.72, 0.78),
    ],
)
def test_promises_that_were_not_kept_make_the_next_ones_longer(kept, broken, least, most):
    needed = at_tuesday_10(cell(34, 600, 50, kept=kept, broken=broken)).needed
    assert least - 1e-9 <= needed <= most + 1e-9


# Two write in every hour, and wait ten minutes: one in three of them waits at any moment.
USUAL = tuple(cell(day * 24 + hour, 10 * MINUTE, 6) for day in range(5) for hour in range(9, 18))


@pytest.mark.parametrize(
    ("ages_min", "least", "most"),
    [
        ((), 0.8, 1.0),
        ((5,), 0.9, 1.3),
        ((1, 1, 1, 2, 2, 2, 3, 3), 1.15, 3),
        ((60, 65, 70, 75, 80), 1.7, 6),
        (tuple(range(1, 60)), 4, 6),
        # Who wrote before the shop opened, or days ago, is no sign of a slow hour.
        (tuple(range(90, 1000, 10)), 0.8, 1.0),
        (tuple(range(5000, 30000, 100)), 0.8, 1.0),
    ],
)
def test_the_more_wait_and_the_longer_the_longer_it_takes(ages_min, least, most):
    assert least <= at_tuesday_10(*USUAL, waiting=who_waits(*ages_min)).stretch <= most


def test_a_long_queue_before_an_opening_tells_too():
    few = [cell(hour, 20 * MINUTE, 1) for hour in range(4 * 24 + 18, 168)]
    queues = ((), range(60, 800, 60), range(6, 800, 6))
    stretched = [
        at_tuesday_10(*few, now=SATURDAY, waiting=who_waits(*ages, now=SATURDAY)).stretch for ages in queues
    ]
    assert stretched == sorted(stretched)
    assert stretched[0] < 1 < stretched[2]


def test_who_has_waited_already_is_told_what_is_left_for_such_a_one():
    waits = at_tuesday_10(cell(34, 5 * MINUTE, 180), cell(34, 50 * MINUTE, 20))
    at_once, later = waits.within_s(), waits.within_s(after_s=20 * MINUTE)
    assert at_once == pytest.approx(5 * MINUTE, rel=0.3)
    assert later == pytest.approx(30 * MINUTE, rel=0.4)


counts = st.dictionaries(
    st.sampled_from(
        [f"b{edge_s:07d}" for edge_s in EDGES_S[::9]] + ["kept", "broken", "f0000600", "c0000600"]
    ),
    st.integers(1, 500),
    max_size=12,
)
cells = st.lists(
    st.builds(Cell, st.sampled_from(["2026-10", "2026-11"]), st.integers(0, 167), counts, st.just(START)),
    max_size=6,
)
ages = st.lists(st.integers(0, 90 * 24 * 60), max_size=30)


@settings(max_examples=60, deadline=None)
@given(cells, ages, st.integers(0, 7 * 24 * 60), st.floats(0, 10 * HOUR))
def test_whatever_was_measured_there_is_an_expectation(some, waiting_min, minute, after_s):
    now = TUESDAY_10 - timedelta(days=7) + timedelta(minutes=minute)
    waits = at_tuesday_10(*some, now=now, waiting=who_waits(*waiting_min, now=now))
    shares = [waits.share_within(seconds) for seconds in (30, 600, 3600, 86400, 40 * 86400)]
    assert shares == sorted(shares)
    assert min(shares) >= 0
    assert max(shares) <= 1 + 1e-9
    assert 0.72 <= waits.needed <= 0.92
    assert 0.8 <= waits.stretch <= 6
    assert 0 < waits.within_s() <= 6 * 30 * 86400
    assert waits.within_s(after_s) + after_s >= waits.within_s() - 1e-6
