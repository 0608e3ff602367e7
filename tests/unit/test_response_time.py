"""What a shopper is promised, from what was measured and when the shop is open."""

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.hours import DAYS, hours_from, is_open, open_seconds
from chalicelib.domain.response_time import (
    BUCKETS,
    SAMPLES_NEEDED,
    STANDARD_S,
    Promise,
    bucket_of,
    count,
    expected_s,
    merge,
    percentile,
    promise,
    rounded_up,
)

ZONE = "Europe/Bucharest"
SHOP = hours_from(ZONE, {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in DAYS[:5]})
ALWAYS = hours_from(ZONE, {day: [["00:00", "24:00"]] for day in DAYS})
NEVER = hours_from(ZONE, {})
MINUTE, HOUR, DAY = 60, 3600, 86400
A_MONTH = 30 * DAY


def sketch(*seconds: float) -> dict[str, int]:
    return merge(*({bucket_of(each): 1} for each in seconds))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


samples = st.lists(st.floats(1, A_MONTH), min_size=1, max_size=60)
quick = settings(max_examples=150, deadline=None)


@quick
@given(samples, st.floats(0.01, 1))
def test_a_percentile_is_off_by_less_than_7_percent(seconds, share):
    exact = sorted(seconds)[math.ceil(share * len(seconds) - 1e-9) - 1]
    assert percentile(sketch(*seconds), share) == pytest.approx(exact, rel=0.07)


@quick
@given(samples, samples)
def test_merged_sketches_are_the_sketch_of_all(some, others):
    assert merge(sketch(*some), sketch(*others)) == sketch(*some, *others)
    assert count(sketch(*some, *others)) == len(some) + len(others)


def test_times_outside_the_scale_go_to_its_ends():
    assert bucket_of(-5) == bucket_of(0) == bucket_of(1) == BUCKETS[0]
    assert bucket_of(2 * A_MONTH) == bucket_of(1e12) == BUCKETS[-1]


def test_buckets_sort_as_their_times_and_can_name_attributes():
    assert list(BUCKETS) == sorted(BUCKETS)
    assert [bucket_of(s) for s in range(1, A_MONTH, 997)] == sorted(
        bucket_of(s) for s in range(1, A_MONTH, 997)
    )
    assert all(name.isascii() and name.isidentifier() for name in BUCKETS)


def test_an_empty_sketch_has_no_percentile():
    with pytest.raises(ValueError, match="empty"):
        percentile({}, 0.8)
    with pytest.raises(ValueError, match="buckets"):
        percentile({"x": 3}, 0.8)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger", "instagram", "telegram", "pigeon"])
def test_the_standard_holds_until_twenty_answers_were_measured(channel):
    few, enough = {bucket_of(300): SAMPLES_NEEDED - 1}, {bucket_of(300): SAMPLES_NEEDED}
    assert expected_s({}, channel) == expected_s(few, channel) == (3600, False)
    seconds, is_measured = expected_s(enough, channel)
    assert is_measured
    assert seconds == pytest.approx(300, rel=0.07)


def test_four_in_five_answers_are_within_the_expected_time():
    counts = {bucket_of(5 * MINUTE): 80, bucket_of(3 * HOUR): 20}
    assert expected_s(counts, "whatsapp")[0] == pytest.approx(5 * MINUTE, rel=0.07)
    counts = {bucket_of(5 * MINUTE): 79, bucket_of(3 * HOUR): 21}
    assert expected_s(counts, "whatsapp")[0] == pytest.approx(3 * HOUR, rel=0.07)


def test_every_channel_has_a_standard():
    channels = ("whatsapp", "messenger", "instagram", "telegram")
    assert dict(STANDARD_S) == dict.fromkeys(channels, HOUR)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, MINUTE),
        (60, MINUTE),
        (64, 2 * MINUTE),
        (190, 5 * MINUTE),
        (5 * MINUTE, 5 * MINUTE),
        (10 * MINUTE + 25, 10 * MINUTE),
        (10 * MINUTE + 31, 15 * MINUTE),
        (22 * MINUTE, 30 * MINUTE),
        (45 * MINUTE, 45 * MINUTE),
        (48 * MINUTE, HOUR),
        (HOUR + 181, 2 * HOUR),
        (4.3 * HOUR, 6 * HOUR),
        (13 * HOUR, 24 * HOUR),
        (DAY, DAY),
        (DAY + 2 * HOUR, 2 * DAY),
        (10 * DAY - 1, 10 * DAY),
    ],
)
def test_times_are_rounded_up_to_what_people_say(seconds, said):
    assert rounded_up(seconds) == said


@quick
@given(st.floats(0, A_MONTH), st.floats(0, A_MONTH))
def test_rounding_promises_at_most_5_percent_less_and_never_changes_the_order(a, b):
    assert rounded_up(a) * 1.05 >= a
    assert rounded_up(rounded_up(a)) == rounded_up(a)
    assert (rounded_up(a) <= rounded_up(b)) or a > b


FAST = {bucket_of(14 * MINUTE): 20}  # its bucket's middle lies under 15 minutes
SLOW = {bucket_of(11 * HOUR): 20}  # promised: 12 hours


@pytest.mark.parametrize(
    ("hours", "counts", "now", "expected"),
    [
        # neither hours nor measured: no time is promised
        (None, {}, "2026-10-14T10:00", Promise("none")),
        (None, {bucket_of(60): 19}, "2026-10-14T10:00", Promise("none")),
        # measured, hours not set
        (None, FAST, "2026-10-17T03:00", Promise("within", at("2026-10-17T03:15"), None, 15 * MINUTE)),
        # open
        (SHOP, {}, "2026-10-14T10:00", Promise("within", at("2026-10-14T11:00"), None, HOUR)),
        (SHOP, FAST, "2026-10-14T10:00", Promise("within", at("2026-10-14T10:15"), None, 15 * MINUTE)),
        (ALWAYS, SLOW, "2026-10-14T20:00", Promise("within", at("2026-10-15T08:00"), None, 12 * HOUR)),
        # open, at the edge of closing
        (SHOP, {}, "2026-10-14T17:00", Promise("within", at("2026-10-14T18:00"), None, HOUR)),
        (SHOP, {}, "2026-10-14T17:00:01", Promise("by", at("2026-10-15T09:15"), None, HOUR)),
        (SHOP, {}, "2026-10-14T12:30", Promise("by", at("2026-10-14T14:30"), None, HOUR)),
        (SHOP, {}, "2026-10-14T12:34", Promise("by", at("2026-10-14T14:45"), None, HOUR)),
        (SHOP, {}, "2026-10-16T17:59", Promise("by", at("2026-10-19T10:00"), None, HOUR)),
        (SHOP, SLOW, "2026-10-14T09:00", Promise("by", at("2026-10-15T13:00"), None, 12 * HOUR)),
        # closed
        (SHOP, {}, "2026-10-14T18:00", Promise("back", at("2026-10-15T10:00"), at("2026-10-15T09:00"), HOUR)),
        (SHOP, {}, "2026-10-14T13:30", Promise("back", at("2026-10-14T15:00"), at("2026-10-14T14:00"), HOUR)),
        (SHOP, {}, "2026-10-17T12:00", Promise("back", at("2026-10-19T10:00"), at("2026-10-19T09:00"), HOUR)),
        (SHOP, {}, "2026-10-14T08:59", Promise("back", at("2026-10-14T10:00"), at("2026-10-14T09:00"), HOUR)),
        (SHOP, {}, "2026-10-14T09:00", Promise("within", at("2026-10-14T10:00"), None, HOUR)),
        # never open
        (NEVER, FAST, "2026-10-14T10:00", Promise("none")),
    ],
)  # fmt: skip
def test_the_promise(hours, counts, now, expected):
    assert promise(at(now), hours, counts, "whatsapp") == expected


def test_a_shop_that_opens_too_little_to_answer_in_sight_promises_nothing_but_its_return():
    hours = hours_from(ZONE, {"wed": [["09:00", "09:10"]]})
    slow = {bucket_of(20 * DAY): 20}
    assert promise(at("2026-10-14T09:05"), hours, slow, "telegram") == Promise("none")
    closed = promise(at("2026-10-14T10:00"), hours, slow, "telegram")
    assert (closed.kind, closed.opens, closed.due) == ("back", at("2026-10-21T09:00"), None)


NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
moments = st.builds(timedelta, seconds=st.integers(0, 30 * DAY)).map(NOVEMBER.__add__)


@quick
@given(moments, st.sampled_from([SHOP, ALWAYS, None]), st.floats(1, 5 * DAY))
def test_a_promise_leaves_the_expected_time_while_the_shop_is_open(now, hours, seconds):
    counts = {bucket_of(seconds): 20}
    made = promise(now, hours, counts, "instagram")
    assert made.due is not None
    assert made.due.tzinfo == UTC
    assert made.within_s * 1.05 >= expected_s(counts, "instagram")[0]
    if hours is None:
        assert made.kind == "within"
        assert (made.due - now).total_seconds() == made.within_s
        return
    assert open_seconds(hours, now, made.due) >= made.within_s
    assert (made.kind == "back") == (not is_open(hours, now))
    if made.opens:
        assert now < made.opens < made.due
