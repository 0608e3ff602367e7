"""What is counted of a wait that one of the shop's people ended, and where."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.answering.spells import SLIPPED, Spell
from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.hours import hours_from
from chalicelib.domain.promise.sketches import bucket_of
from chalicelib.domain.promise.waits import Cell, kept_and_broken, month_before, percentiles, waited
from chalicelib.domain.threads import Thread, human_spoke, wait_change
from chalicelib.services.threads.response_times import WaitMeter

ZONE = "Europe/Bucharest"
OFFICE = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = hours_from(ZONE, OFFICE)
FRIDAY = datetime(2026, 10, 30, 15, 30, tzinfo=UTC)  # 17:30 in Bucharest, where it is UTC+2 by then
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def counters(began=FRIDAY, lasted=20 * MINUTE, **told):
    about = {"zone": ZONE, "hours": HOURS, "promised_at": None, "goes_on": False} | told
    return waited("cn_1", began, began + lasted, **about).counters


@pytest.mark.parametrize(
    ("lasted", "told", "expected"),
    [
        (20 * MINUTE, {}, ("c0001200", "b0001200")),
        # Over the weekend: half an hour on Friday, ten minutes on Monday.
        (63 * HOUR + 40 * MINUTE, {}, ("c" + bucket_of(229200), "b0002400")),
        # No hours, no business time.
        (20 * MINUTE, {"hours": None}, ("c0001200",)),
        # In the middle of a conversation.
        (20 * MINUTE, {"goes_on": True}, ("g0001200", "f0001200")),
        (20 * MINUTE, {"promised_at": FRIDAY + 20 * MINUTE}, ("c0001200", "b0001200", "kept")),
        (20 * MINUTE, {"promised_at": FRIDAY + 19 * MINUTE}, ("c0001200", "b0001200", "broken")),
        (20 * MINUTE, {"promised_at": FRIDAY + HOUR, "slipped": True}, ("c0001200", "b0001200", "broken")),
    ],
)
def test_a_wait_counts_by_the_clock_and_in_business_time(lasted, told, expected):
    assert counters(lasted=lasted, **told) == expected


@pytest.mark.parametrize(
    ("began", "zone", "cell"),
    [
        (FRIDAY, ZONE, ("2026-10", 4 * 24 + 17)),
        (datetime(2026, 10, 31, 22, 30, tzinfo=UTC), ZONE, ("2026-11", 6 * 24)),
        (datetime(2026, 11, 1, 9, 59, tzinfo=UTC), "Pacific/Kiritimati", ("2026-11", 6 * 24 + 23)),
        (datetime(2026, 11, 1, 10, 30, tzinfo=UTC), "Pacific/Niue", ("2026-10", 5 * 24 + 23)),
        (datetime(2026, 11, 2, 0, 0, tzinfo=UTC), "", ("2026-11", 0)),
    ],
)
def test_it_counts_where_it_began_on_the_shops_own_clock(began, zone, cell):
    one = waited("cn_1", began, began + HOUR, zone=zone, hours=None, promised_at=None, goes_on=False)
    assert (one.month, one.hour, one.began) == (*cell, began)


@pytest.mark.parametrize(
    ("now", "zone", "month"),
    [
        (datetime(2026, 3, 31, 12, tzinfo=UTC), "UTC", "2026-02"),
        (datetime(2026, 12, 31, 12, tzinfo=UTC), "Pacific/Kiritimati", "2026-12"),
        (datetime(2027, 1, 1, 9, tzinfo=UTC), "Pacific/Niue", "2026-11"),
    ],
)
def test_two_months_count_for_a_promise(now, zone, month):
    assert month_before(now, zone) == month


class Shops:
    """A shop of which a connection has hours of its own."""

    def shop(self, merchant_id: str) -> Shop:
        assert merchant_id == "mt_1"
        return Shop(zone=ZONE, connections={"cn_night": {"opening_hours": "24/7", "zone": "Asia/Dubai"}})


def a_thread(**told):
    return Thread(
        merchant_id="mt_1",
        thread_id="th_1",
        channel="whatsapp",
        shopper_id="sh_1",
        wire=Address("phone", "1"),
        **{"connection_id": "cn_1", "waiting_since": FRIDAY, **told},
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ["c0001200"]),
        ({"connection_id": "cn_night"}, ["c0001200", "b0001200"]),
        # Who waits since a person's last words is in the middle of a conversation, until that is long ago.
        ({"human_at": FRIDAY - 11 * HOUR}, ["g0001200"]),
        ({"human_at": FRIDAY - 12 * HOUR}, ["c0001200"]),
        ({"promised_at": FRIDAY + HOUR}, ["c0001200", "kept"]),
        ({"promised_at": FRIDAY + MINUTE}, ["c0001200", "broken"]),
        ({"promised_at": FRIDAY + HOUR, "spell": Spell(told=(SLIPPED,), told_ms=(1,))}, ["c0001200", "kept"]),
        (
            {"promised_at": FRIDAY + HOUR, "spell": Spell(told=(SLIPPED,), told_ms=(2_000_000_000_000,))},
            ["c0001200", "broken"],
        ),
    ],
)
def test_who_measures_knows_the_thread_and_its_connection(told, expected):
    thread, at = a_thread(**told), FRIDAY + 20 * MINUTE
    _, waited_s = human_spoke(thread, at, "x", "Yes.")
    measured = WaitMeter(Shops()).measure(thread, waited_s, at)
    assert measured is not None
    assert (measured.connection_id, list(measured.counters)) == (thread.connection_id, expected)


def test_where_nobody_waited_nothing_is_measured():
    assert WaitMeter(Shops()).measure(a_thread(waiting_since=None), None, FRIDAY) is None


@pytest.mark.parametrize(
    ("was", "after", "change"),
    [
        (None, None, ""),
        (FRIDAY, FRIDAY, ""),
        (None, FRIDAY, "begins"),
        (FRIDAY, FRIDAY - HOUR, "begins"),
        (FRIDAY, None, "ends"),
    ],
)
def test_a_wait_begins_and_ends_once(was, after, change):
    assert wait_change(a_thread(stored_waiting_since=was, waiting_since=after)) == change


def test_percentiles_are_told_for_any_cells():
    cells = [
        Cell("2026-10", 9, {"b0000300": 5, "c0000600": 5, "kept": 4, "broken": 1, "n": 3}),
        Cell("2026-11", 10, {"b0001200": 5, "f0000060": 90, "kept": 2}),
    ]
    assert percentiles(cells) == [300, 1200, 1200]
    assert percentiles(cells, ["business", "business_on"]) == [60, 60, 60]
    assert percentiles(cells[:1], ["clock"], [0.5]) == [600]
    assert percentiles(cells[1:], ["clock"]) is None
    assert kept_and_broken(cells) == (6, 1)
