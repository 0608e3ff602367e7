"""When somebody gets a campaign that may come a little later: shortly before their window closes, by day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.campaigns.moments import BEFORE_CLOSING, best_moment
from chalicelib.domain.gate.quiet import Loud, next_loud

LONDON = (ZoneInfo("Europe/London"),)
SYDNEY = (ZoneInfo("Australia/Sydney"),)
BY_DAY = (Loud(time(9), time(21)),)
# A winter's morning: what London's clocks show is UTC.
TEN = datetime(2026, 12, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
CASES = {
    # name: (closes after, flexible, zones, louds) -> moved by
    "it may not be moved": ((5 * HOUR, 0 * HOUR, LONDON, BY_DAY), 0 * HOUR),
    "there is no window": ((None, 12 * HOUR, LONDON, BY_DAY), 0 * HOUR),
    "it closes in time": ((6 * HOUR, 12 * HOUR, LONDON, BY_DAY), 5 * HOUR),
    "it closes at the last moment": ((12 * HOUR, 12 * HOUR, LONDON, ()), 11 * HOUR),
    "it stays open for longer": ((12 * HOUR + timedelta(seconds=1), 12 * HOUR, LONDON, ()), 0 * HOUR),
    "it closes very soon": ((HOUR, 12 * HOUR, LONDON, BY_DAY), 0 * HOUR),
    "it has closed": ((-HOUR, 12 * HOUR, LONDON, BY_DAY), 0 * HOUR),
    "an hour before is night": ((14 * HOUR, 24 * HOUR, LONDON, BY_DAY), 10 * HOUR + timedelta(minutes=45)),
    "all before it is night there": ((9 * HOUR, 24 * HOUR, SYDNEY, BY_DAY), 0 * HOUR),
    "nothing is night": ((14 * HOUR, 24 * HOUR, LONDON, ()), 13 * HOUR),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_moved_only_to_where_it_serves_the_shopper(name):
    (closes_after, flexible, zones, louds), moved_by = CASES[name]
    closes_at = None if closes_after is None else TEN + closes_after
    assert best_moment(TEN, TEN, closes_at, flexible, zones, louds) == TEN + moved_by


def test_who_was_moved_once_is_not_moved_on_without_end():
    """They write again meanwhile: the window closes later than it may come."""
    closes_at, flexible = TEN + 6 * HOUR, 8 * HOUR
    later = best_moment(TEN, TEN, closes_at, flexible, LONDON, BY_DAY)
    assert later == TEN + 5 * HOUR
    assert best_moment(TEN, later, later + 24 * HOUR, flexible, LONDON, BY_DAY) == later


@settings(max_examples=60, deadline=None)
@given(
    late=st.timedeltas(timedelta(0), timedelta(hours=6)),
    closes=st.timedeltas(-2 * HOUR, 30 * HOUR),
    flexible=st.timedeltas(timedelta(0), 48 * HOUR),
    zone=st.sampled_from(["Europe/London", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"]),
    since=st.integers(0, 23),
    until=st.integers(0, 23),
)
def test_it_is_never_early_never_later_than_it_may_and_never_moved_into_the_night(
    late, closes, flexible, zone, since, until
):
    now, closes_at = TEN + late, TEN + closes
    zones, louds = (ZoneInfo(zone),), (Loud(time(since), time(until)),)
    at = best_moment(TEN, now, closes_at, flexible, zones, louds)
    assert at >= now
    if at > now:
        assert at <= closes_at - BEFORE_CLOSING <= TEN + flexible
        assert next_loud(at, zones, louds) == at
