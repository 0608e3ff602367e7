"""What the reports tell, added up from counters: answers and promises, who waits, how shoppers found it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.contacts import MONTHS_KEPT, hour_of, moment_of, month_of, months_between, once_more
from chalicelib.domain.events import Address
from chalicelib.domain.promise.hours import Hours, hours_from
from chalicelib.domain.promise.sketches import bucket_of
from chalicelib.domain.promise.waits import Cell
from chalicelib.domain.reports import (
    MOST_URGENT,
    MOST_WRITERS,
    Hour,
    answered,
    by_hour,
    most_urgent,
    next_such_hour,
    open_by_left,
    satisfaction,
    spells_by_hour,
    still_open,
    who_writes_most,
)
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread

NOON = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAILY = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
NINE_TO_SIX = hours_from("UTC", DAILY, ())


def a_cell(hour: int, *waits_s: float, kept: int = 0, broken: int = 0, prefix: str = "b") -> Cell:
    counters: dict[str, int] = {"kept": kept, "broken": broken}
    for wait_s in waits_s:
        name = prefix + bucket_of(wait_s)
        counters[name] = counters.get(name, 0) + 1
    return Cell("2026-11", hour, counters)


def a_thread(number: int = 1, **changes: Any) -> Thread:
    plain = Thread(
        merchant_id="mt_1",
        thread_id=f"th_{number}",
        connection_id="cn_1",
        channel="whatsapp",
        shopper_id=f"sh_{number}",
        wire=Address("phone", str(number)),
    )
    return replace(plain, **changes)


def test_promised_is_told_against_real() -> None:
    found = answered([a_cell(9, 60, 120, 600, kept=3, broken=1), a_cell(10, 60, kept=1)])
    assert found.business is not None and found.business.samples == 4
    assert (found.business.median_s, found.business.p90_s) == (60, 600)
    assert (found.promises.kept, found.promises.broken, found.promises.share_kept) == (4, 1, 0.8)
    assert (found.clock, found.following_business) == (None, None)


def test_a_conversation_that_goes_on_is_told_apart() -> None:
    found = answered([a_cell(9, 600), a_cell(9, 60, 60, prefix="f"), a_cell(9, 3600, prefix="c")])
    assert found.business is not None and found.business.samples == 1
    assert found.following_business is not None and found.following_business.median_s == 60
    assert found.clock is not None and found.clock.p80_s == 3600


def test_nothing_measured_has_no_share() -> None:
    found = answered([])
    assert (found.business, found.promises.share_kept) == (None, None)


def test_hours_stand_in_their_order_and_add_up_over_months() -> None:
    other = replace(a_cell(130, 60), month="2026-10")
    found = by_hour([a_cell(130, 60, 60), a_cell(0, 60), other])
    assert [(one.weekday, one.hour) for one in found] == [("mon", 0), ("sat", 10)]
    samples = [one.answered.business.samples for one in found if one.answered.business]
    assert samples == [1, 3]


WAITING: dict[str, tuple[Any, Any, Hours | None, Any]] = {
    "nobody waits": (None, None, None, None),
    "nothing was promised": (-10, None, None, "unpromised"),
    "most of the time is left": (-10, 30, None, "more"),
    "half of it": (-30, 30, None, "more"),
    "less than half": (-31, 29, None, "under_50"),
    "a quarter": (-45, 15, None, "under_50"),
    "less than a quarter": (-46, 14, None, "under_25"),
    "this very moment": (-60, 0, None, "overdue"),
    "past": (-90, -30, None, "overdue"),
    "the night does not count": (-60, 21 * 60 + 30, NINE_TO_SIX, "more"),
    "promised for a time when it is closed": (-60, 12 * 60, NINE_TO_SIX, "more"),
}


@pytest.mark.parametrize(("since", "due", "hours", "wanted"), WAITING.values(), ids=WAITING)
def test_who_waits_is_sorted_by_what_is_left_of_their_promise(
    since: Any, due: Any, hours: Any, wanted: Any
) -> None:
    thread = a_thread(
        waiting_since=None if since is None else NOON + since * MINUTE,
        promised_at=None if due is None else NOON + due * MINUTE,
    )
    found = still_open(thread, hours, NOON)
    assert (found.left if found else None) == wanted


def test_the_most_urgent_come_first() -> None:
    promised = {1: -30, 2: -90, 3: 10, 4: 40, 5: None, 6: None}
    threads = [
        a_thread(
            number,
            waiting_since=NOON - HOUR - number * MINUTE,
            promised_at=None if due is None else NOON + due * MINUTE,
        )
        for number, due in promised.items()
    ]
    found = [one for each in threads if (one := still_open(each, None, NOON))]
    assert [one.thread_id for one in most_urgent(found)] == [f"th_{n}" for n in (2, 1, 3, 4, 6, 5)]
    assert open_by_left(found) == {"overdue": 2, "under_25": 1, "under_50": 1, "more": 0, "unpromised": 2}
    many = [replace(found[0], thread_id=f"th_{n}") for n in range(MOST_URGENT + 5)]
    assert len(most_urgent(many)) == MOST_URGENT


def a_survey(score: Any, is_solved: bool | None = None) -> Survey:
    return Survey(
        merchant_id="mt_1",
        thread_id="th_1",
        sort="1793793600000#ms_1",
        connection_id="cn_1",
        channel="whatsapp",
        score=score,
        is_solved=is_solved,
    )


def test_satisfaction_counts_each_spell_once() -> None:
    answers = [("good", True), ("good", None), ("fair", False), ("poor", True), (None, None)]
    found = satisfaction(a_survey(*one) for one in answers)
    assert (found.asked, found.answered, found.share_good) == (5, 4, 0.5)
    assert dict(found.scores) == {"good": 2, "fair": 1, "poor": 1}
    assert (found.solved, found.unsolved, found.share_solved) == (2, 1, 0.6667)
    assert satisfaction([]).share_good is None


ZONES = {
    "UTC": ("wed", 12),
    "Europe/Bucharest": ("wed", 14),
    "Asia/Kolkata": ("wed", 18),
    "Pacific/Kiritimati": ("thu", 2),
    "Pacific/Niue": ("wed", 1),
}


@pytest.mark.parametrize(("zone", "wanted"), ZONES.items())
def test_the_hour_is_the_shops_own(zone: str, wanted: tuple[str, int]) -> None:
    counts = {(month_of(NOON), hour_of(NOON)): 3}
    assert spells_by_hour(counts, zone) == [(*wanted, 3)]


def test_the_same_hour_of_two_weeks_is_one_also_when_clocks_change() -> None:
    # In Bucharest clocks went back on 25 October: 9:10 is 6:10 before, 7:10 after it, in UTC.
    there = ZoneInfo("Europe/Bucharest")
    moments = [datetime(2026, 10, day, 9, 10, tzinfo=there) for day in (19, 26)]
    counts = {(month_of(at), hour_of(at)): 1 for at in moments}
    assert spells_by_hour(counts, "Europe/Bucharest") == [("mon", 9, 2)]


@settings(max_examples=40)
@given(days=st.integers(0, 2000), seconds=st.integers(0, 86399))
def test_an_hour_is_read_back(days: int, seconds: int) -> None:
    at = NOON + timedelta(days=days, seconds=seconds)
    assert abs(moment_of(month_of(at), hour_of(at)) - at) <= HOUR / 2


@settings(max_examples=40)
@given(order=st.permutations([1, 1, 2, 3, 4, 4, 4, 5, 6]))
def test_messages_are_counted_by_month_in_whatever_order_they_come(order: list[int]) -> None:
    wrote: dict[str, int] = {}
    for month in order:
        wrote = once_more(wrote, datetime(2026, month, 15, tzinfo=UTC))
    assert wrote == {"2026-03": 1, "2026-04": 3, "2026-05": 1, "2026-06": 1}
    assert len(wrote) == MONTHS_KEPT


def test_who_writes_most_is_one_person_over_all_their_threads() -> None:
    threads = [
        a_thread(1, shopper_name="Ana", wrote={"2026-11": 2, "2026-08": 90}),
        a_thread(2, shopper_id="sh_1", wrote={"2026-11": 3}),
        a_thread(3, shopper_name="Ben", wrote={"2026-10": 4}),
        a_thread(4, wrote={"2026-08": 7}),
    ]
    found = who_writes_most(threads, ["2026-10", "2026-11"])
    assert [(one.shopper_id, one.name, one.messages) for one in found] == [
        ("sh_1", "Ana", 5),
        ("sh_3", "Ben", 4),
    ]
    assert found[0].thread_ids == ("th_1", "th_2")
    many = [a_thread(number, wrote={"2026-11": number}) for number in range(1, 40)]
    assert [one.messages for one in who_writes_most(many, ["2026-11"])] == list(
        range(39, 39 - MOST_WRITERS, -1)
    )


# From noon on a Wednesday in UTC, which is two in the afternoon in Bucharest.
NEXT_HOURS = {
    ("wed", 14): "2026-11-04T12:30:00+00:00",
    ("wed", 13): "2026-11-11T11:30:00+00:00",
    ("thu", 0): "2026-11-04T22:30:00+00:00",
    ("tue", 23): "2026-11-10T21:30:00+00:00",
}


@pytest.mark.parametrize(("hour", "wanted"), NEXT_HOURS.items())
def test_the_next_such_hour_is_found_on_the_shops_clock(hour: tuple[str, int], wanted: str) -> None:
    found = next_such_hour(Hour(*hour, answered([])), NOON, "Europe/Bucharest")
    assert found.astimezone(UTC).isoformat() == wanted


MONTHS = {
    ("2026-11", "2026-11"): ["2026-11"],
    ("2026-11", "2027-01"): ["2026-11", "2026-12", "2027-01"],
    ("2024-02", "2024-03"): ["2024-02", "2024-03"],
    ("2026-12", "2026-11"): None,
    ("2026-08", "2026-11"): None,
}


@pytest.mark.parametrize(("span", "wanted"), MONTHS.items())
def test_a_report_tells_of_whole_months_and_not_of_too_many(span: tuple[str, str], wanted: Any) -> None:
    if wanted is None:
        with pytest.raises(ValueError, match="1 to 3 months"):
            months_between(*span, 3)
    else:
        assert months_between(*span, 3) == wanted
