"""What a shopper is promised, from what was measured and when the shop is open."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.promise.hours import DAYS, hours_from, is_open, open_seconds
from chalicelib.domain.promise.response_time import STANDARD_S, Promise, promise, rounded_up
from chalicelib.domain.promise.sketches import bucket_of
from chalicelib.domain.promise.waits import HOURS_A_WEEK, Cell, Measured

ZONE = "Europe/Bucharest"
SHOP = hours_from(ZONE, {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in DAYS[:5]})
ALWAYS = hours_from(ZONE, {day: [["00:00", "24:00"]] for day in DAYS})
NEVER = hours_from(ZONE, {})
MINUTE, HOUR, DAY = 60, 3600, 86400
A_MONTH = 30 * DAY
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


def answered(seconds: float) -> Measured:
    """Always within the same time."""
    return often({"b" + bucket_of(seconds): 5})


def often(counters: dict[str, int]) -> Measured:
    """For so long that nobody waits as a rule."""
    return Measured(tuple(Cell("2026-10", hour, counters, LONG_AGO) for hour in range(HOURS_A_WEEK)))


def test_every_channel_has_a_standard():
    channels = ("whatsapp", "messenger", "instagram", "telegram")
    assert dict(STANDARD_S) == dict.fromkeys(channels, HOUR)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, MINUTE),
        (60, MINUTE),
        (61, 2 * MINUTE),
        (190, 4 * MINUTE),
        (5 * MINUTE, 5 * MINUTE),
        (6 * MINUTE, 7 * MINUTE),
        (10 * MINUTE + 1, 15 * MINUTE),
        (22 * MINUTE, 25 * MINUTE),
        (48 * MINUTE, 50 * MINUTE),
        (51 * MINUTE, HOUR),
        (HOUR + 1, 90 * MINUTE),
        (4.3 * HOUR, 5 * HOUR),
        (19 * HOUR, 24 * HOUR),
        (DAY, DAY),
        (DAY + 2 * HOUR, 2 * DAY),
        (10 * DAY - 1, 10 * DAY),
        (2 * A_MONTH, A_MONTH),
    ],
)
def test_times_are_rounded_up_to_what_people_say(seconds, said):
    assert rounded_up(seconds) == said


def back(due: str, opens: str, minutes: int = 60) -> Promise:
    return Promise("back", at(due), at(opens), minutes * MINUTE)


NOTHING, FAST, SLOW = Measured(), answered(14 * MINUTE), answered(11.8 * HOUR)


@pytest.mark.parametrize(
    ("hours", "measured", "now", "expected"),
    [
        # no hours set: no time is promised, whatever was measured
        (None, NOTHING, "2026-10-14T10:00", Promise("none")),
        (None, FAST, "2026-10-14T10:00", Promise("none")),
        # open
        (SHOP, NOTHING, "2026-10-14T10:00", Promise("within", at("2026-10-14T11:00"), None, HOUR)),
        (SHOP, FAST, "2026-10-14T10:00", Promise("within", at("2026-10-14T10:15"), None, 15 * MINUTE)),
        (ALWAYS, NOTHING, "2026-10-14T03:00", Promise("within", at("2026-10-14T04:00"), None, HOUR)),
        # open, and hours to go: when it will be
        (ALWAYS, SLOW, "2026-10-14T20:00", Promise("by", at("2026-10-15T08:00"), None, 12 * HOUR)),
        (SHOP, SLOW, "2026-10-14T09:00", Promise("by", at("2026-10-15T13:00"), None, 12 * HOUR)),
        # open, at the edge of closing
        (SHOP, NOTHING, "2026-10-14T17:00", Promise("within", at("2026-10-14T18:00"), None, HOUR)),
        (SHOP, NOTHING, "2026-10-14T17:05", Promise("by", at("2026-10-15T09:15"), None, HOUR)),
        (SHOP, NOTHING, "2026-10-16T17:59", Promise("by", at("2026-10-19T10:00"), None, HOUR)),
        (SHOP, FAST, "2026-10-14T12:58", Promise("by", at("2026-10-14T14:15"), None, 15 * MINUTE)),
        # closed
        (SHOP, NOTHING, "2026-10-14T18:00", back("2026-10-15T10:00", "2026-10-15T09:00")),
        (SHOP, NOTHING, "2026-10-17T12:00", back("2026-10-19T10:00", "2026-10-19T09:00")),
        (SHOP, FAST, "2026-10-14T13:30", back("2026-10-14T14:15", "2026-10-14T14:00", 15)),
        (SHOP, NOTHING, "2026-10-14T08:59", back("2026-10-14T10:00", "2026-10-14T09:00")),
        (SHOP, NOTHING, "2026-10-14T09:00", Promise("within", at("2026-10-14T10:00"), None, HOUR)),
        # never open
        (NEVER, FAST, "2026-10-14T10:00", Promise("none")),
    ],
)  # fmt: skip
def test_the_promise(hours, measured, now, expected):
    assert promise(at(now), hours, "whatsapp", measured) == expected


@pytest.mark.parametrize(
    ("target_s", "now", "expected"),
    [
        (600, "2026-10-14T10:00", Promise("within", at("2026-10-14T10:10"), None, 600)),
        (601, "2026-10-14T10:00", Promise("within", at("2026-10-14T10:11"), None, 660)),
        (5400, "2026-10-14T10:00", Promise("within", at("2026-10-14T11:30"), None, 5400)),
        (8 * HOUR, "2026-10-14T10:00", Promise("by", at("2026-10-15T10:00"), None, 8 * HOUR)),
        (600, "2026-10-14T12:55", Promise("by", at("2026-10-14T14:05"), None, 600)),
        (600, "2026-10-14T19:00", Promise("back", at("2026-10-15T09:10"), at("2026-10-15T09:00"), 600)),
    ],
)
def test_a_target_of_the_shops_own_is_promised_whatever_was_measured(target_s, now, expected):
    assert promise(at(now), SHOP, "whatsapp", SLOW, target_s) == expected


def test_a_shop_that_opens_too_little_to_answer_in_sight_promises_nothing_but_its_return():
    hours = hours_from(ZONE, {"wed": [["09:00", "09:10"]]})
    slow = answered(20 * DAY)
    assert promise(at("2026-10-14T09:05"), hours, "telegram", slow) == Promise("none")
    closed = promise(at("2026-10-14T10:00"), hours, "telegram", slow)
    assert (closed.kind, closed.opens, closed.due) == ("back", at("2026-10-21T09:00"), None)


def test_when_a_promise_has_slipped_the_next_is_one_for_who_has_waited_so_long():
    mixed = {"b" + bucket_of(5 * MINUTE): 9, "b" + bucket_of(2 * HOUR): 1}
    measured = often(mixed)
    now = at("2026-10-14T10:30")
    assert promise(now, SHOP, "whatsapp", measured).within_s <= 5 * MINUTE
    later = promise(now, SHOP, "whatsapp", measured, waits_since=at("2026-10-14T10:00"))
    assert later.within_s == 90 * MINUTE


NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
moments = st.builds(timedelta, seconds=st.integers(0, 30 * DAY)).map(NOVEMBER.__add__)


@settings(max_examples=80, deadline=None)
@given(moments, st.sampled_from([SHOP, ALWAYS]), st.floats(1, 5 * DAY))
def test_a_promise_leaves_the_expected_time_while_the_shop_is_open(now, hours, seconds):
    made = promise(now, hours, "instagram", answered(seconds))
    assert made.due is not None
    assert made.due.tzinfo == UTC
    assert open_seconds(hours, now, made.due) >= seconds * 0.8
    assert (made.kind == "back") == (not is_open(hours, now))
    if made.kind == "within":
        assert (made.due - now).total_seconds() == made.within_s
    if made.kind == "by":
        assert made.due.timestamp() % 300 == 0
    if made.opens:
        assert now < made.opens < made.due
