"""Nobody is woken up by an offer, wherever they may be."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.gate.quiet import Loud, is_loud, loud_between, next_loud

USUAL = loud_between("21:00", "09:00")
ZONES = [
    ZoneInfo(name) for name in ("UTC", "Europe/Bucharest", "Asia/Dubai", "America/New_York", "Pacific/Apia")
]


def at(day: int, hour: int, minute: int = 0, zone: str = "UTC") -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "now", "comes"),
    [
        ("UTC", at(2, 9), at(2, 9)),
        ("UTC", at(2, 8, 59), at(2, 9)),
        ("UTC", at(2, 20, 59), at(2, 20, 59)),
        ("UTC", at(2, 21), at(3, 9)),
        ("Europe/Bucharest", at(2, 19), at(3, 7)),
        ("Asia/Kolkata", at(2, 2), at(2, 3, 30)),
        ("Pacific/Kiritimati", at(2, 7), at(2, 19)),
    ],
)
def test_what_comes_at_night_waits_for_the_morning_there(zone: str, now: datetime, comes: datetime) -> None:
    assert next_loud(now, [ZoneInfo(zone)], [USUAL]) == comes


def test_a_number_that_may_be_in_several_zones_waits_for_the_last() -> None:
    zones = [ZoneInfo("America/New_York"), ZoneInfo("Pacific/Honolulu")]
    assert next_loud(at(2, 15), zones, [USUAL]) == at(2, 9, 0, "Pacific/Honolulu")


def test_where_two_zones_are_never_awake_together_the_first_decides() -> None:
    zones = [ZoneInfo("Etc/GMT-12"), ZoneInfo("Etc/GMT+12")]
    narrow = Loud(time(9), time(10))
    assert next_loud(at(2, 0), zones, [narrow]) == at(2, 21)


def test_the_law_makes_the_shops_hours_shorter_and_never_longer() -> None:
    dubai, law = [ZoneInfo("Asia/Dubai")], Loud(time(9), time(18))
    assert next_loud(at(2, 17, 59, "Asia/Dubai"), dubai, [USUAL, law]) == at(2, 17, 59, "Asia/Dubai")
    assert next_loud(at(2, 18, 0, "Asia/Dubai"), dubai, [USUAL, law]) == at(3, 9, 0, "Asia/Dubai")
    late = loud_between("21:00", "10:00")
    assert next_loud(at(2, 18, 0, "Asia/Dubai"), dubai, [late, law]) == at(3, 10, 0, "Asia/Dubai")


def test_clocks_that_are_changed_wake_nobody() -> None:
    """Bucharest: on 25 October 2026 the hour from 3 to 4 comes twice, on 28 March 2027 it does not come."""
    zone = ZoneInfo("Europe/Bucharest")
    autumn = datetime(2026, 10, 24, 22, 0, tzinfo=zone).astimezone(UTC)
    assert next_loud(autumn, [zone], [USUAL]) == datetime(2026, 10, 25, 9, 0, tzinfo=zone).astimezone(UTC)
    spring = datetime(2027, 3, 27, 22, 0, tzinfo=zone).astimezone(UTC)
    at_half_past_three = loud_between("21:00", "03:30")
    found = next_loud(spring, [zone], [at_half_past_three])
    assert is_loud(found, zone, at_half_past_three)


@pytest.mark.parametrize("spelled", ["9", "25:00", "09:60", "", "09:00:00", "nine"])
def test_what_is_no_time_of_a_day_is_refused(spelled: str) -> None:
    with pytest.raises(ValueError, match="no time of a day"):
        loud_between(spelled, "09:00")


TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@given(
    now=st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda after: at(1, 0) + after),
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=2),
    since=TIMES,
    until=TIMES,
)
def test_it_is_always_loud_when_it_comes_and_never_was_before(
    now: Any, zones: list[ZoneInfo], since: time, until: time
) -> None:
    loud = Loud(since, until)
    found = next_loud(now, zones[:1], [loud])
    assert now <= found <= now + timedelta(hours=48)
    assert is_loud(found, zones[0], loud)
    if found > now:
        assert not is_loud(now, zones[0], loud)
        assert not is_loud(found - timedelta(minutes=1), zones[0], loud)
