"""The rules of pace, at the edge on both sides, and the service on one row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.capabilities import Rate, Rates
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Kind
from chalicelib.domain.ids import to_ms
from chalicelib.domain.pacing import (
    APART_US,
    BELIEVED_US,
    BULK_AHEAD_US,
    REMEMBERED_US,
    URGENT_AHEAD_US,
    Begin,
    Extend,
    Heard,
    Refused,
    Schedule,
    first_step,
    follow,
    interval_us,
    lane_of,
    latest_us,
    length_us,
    next_step,
    pair_wait,
    remembered,
    to_us,
)
from chalicelib.ports.errors import StoreBusy
from chalicelib.services.sending.pace import Pace
from tests.simulated_senders import BEGAN, Line, SharedRows, SkewedClock, World

SHOP: Final = Connection(
    merchant_id="mt_shop",
    connection_id="cn_one",
    channel="messenger",
    account="1",
    name="The shop",
    status="active",
)
RATES: Final = Rates(connection=Rate(10, 1.0), files=Rate(2, 1.0))
INTERVAL_S: Final = interval_us(RATES.connection) / 1e6
NOW: Final = to_us(BEGAN)


class Shop:
    """One sender and the row that it shares with nobody, in a time of its own."""

    def __init__(self, skew_s: float = 0.0, overslept_s: float = 0.0) -> None:
        self.world = World(1)
        self.store = SharedRows(self.world, lambda: 0.001)
        self.slept: list[float] = []
        self.overslept_s = overslept_s
        self.pace = self.sender(skew_s)

    def sender(self, skew_s: float = 0.0) -> Pace:
        return Pace(self.store, SkewedClock(self.world, skew_s), self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.world.wait(seconds + self.overslept_s)

    def reply(self, kind: Kind = "text") -> float:
        return self.pace(SHOP, kind, RATES, urgent=True)

    def replies(self, times: int) -> None:
        assert [self.reply() for _ in range(times)] == [0.0] * times

    def campaign(self, count: int = 1) -> float:
        return self.pace(SHOP, "text", RATES, urgent=False, count=count)

    def does(self, act: Callable[[], None]) -> None:
        self.world.start(act)
        self.world.run()


@pytest.mark.parametrize(
    ("kind", "lane", "count"),
    [("text", "all", 300), ("image", "all", 300), ("audio", "files", 10), ("video", "files", 10)],
)
def test_sounds_and_pictures_that_move_have_a_schedule_of_their_own(
    kind: Kind, lane: str, count: float
) -> None:
    rates = Rates(connection=Rate(300, 1.0), files=Rate(10, 1.0))
    found = lane_of(kind, rates, {})
    assert (found.name, found.rate.count) == (lane, count)
    assert lane_of(kind, replace(rates, files=None), {}).name == "all"


@pytest.mark.parametrize(
    ("said", "count"),
    [("1000", 1000), ("20", 20), ("1000.5", 80), ("0", 80), ("-1", 80), ("nan", 80), ("fast", 80), ("", 80)],
)
def test_a_number_keeps_the_speed_that_its_channel_has_told(said: str, count: float) -> None:
    rates = Rates(connection=Rate(80, 1.0))
    assert lane_of("text", rates, {"per_second": said}).rate.count == count


@given(st.floats(0.1, 1000), st.floats(0.1, 60))
def test_messages_leave_a_little_further_apart_than_the_limit_asks(count: float, per_s: float) -> None:
    rate = Rate(count, per_s)
    assert rate.interval_s * 1.035 <= interval_us(rate) / 1e6 <= rate.interval_s * 1.0701 + 1e-6


def test_people_may_take_what_is_further_ahead() -> None:
    rate = Rate(10, 1.0)
    assert latest_us(NOW, rate, True, 1) == NOW + URGENT_AHEAD_US
    assert latest_us(NOW, rate, False, 1) == NOW + BULK_AHEAD_US
    assert latest_us(NOW, rate, False, 3) == NOW + BULK_AHEAD_US - 2 * interval_us(rate)


def test_a_campaign_takes_no_more_at_once_than_a_reply_may_be_behind() -> None:
    rate = Rate(10, 1.0)
    assert length_us(rate, False, 3) == 3 * interval_us(rate)
    for urgent, count in ((False, 4), (True, 20), (True, 0)):
        with pytest.raises(ValueError, match="at once"):
            length_us(rate, urgent, count)


def test_who_found_nobody_waiting_begins_and_who_found_somebody_gets_in_line() -> None:
    assert first_step(Heard(), NOW, NOW + 5) == Begin(NOW - APART_US)
    assert first_step(Heard(at_us=NOW), NOW, NOW + 5) == Begin(NOW)
    assert first_step(Heard(is_busy=True), NOW, NOW + 5) == Extend(NOW + 5)


@pytest.mark.parametrize(
    ("seen", "step"),
    [
        (None, Begin(NOW)),
        (Schedule(NOW - 1, NOW), Begin(NOW)),
        (Schedule(NOW, NOW), Extend(NOW + 100)),
        (Schedule(NOW + 100, NOW), Extend(NOW + 100)),
        (Schedule(NOW + 101, NOW), Refused(1)),
        (Schedule(NOW + 10**12, NOW + BELIEVED_US), Refused(10**12 - 100)),
        (Schedule(NOW + 10**12, NOW + BELIEVED_US + 1), Begin(NOW)),
    ],
)
def test_what_was_seen_decides(seen: Schedule | None, step: Begin | Extend | Refused) -> None:
    assert next_step(seen, NOW, NOW + 100) == step


@pytest.mark.parametrize(
    ("lead_us", "ahead_us"),
    [(-500, 300), (300, 300), (301, 301), (BELIEVED_US, BELIEVED_US), (BELIEVED_US + 1, 300)],
)
def test_clocks_follow_the_one_that_is_ahead_but_not_a_wrong_one(lead_us: int, ahead_us: int) -> None:
    heard = follow(Heard(300, NOW - 5), Schedule(0, NOW + lead_us), NOW, is_busy=True)
    assert heard == Heard(ahead_us, NOW, is_busy=True, since_us=NOW)


def test_what_was_heard_is_forgotten_in_time() -> None:
    heard = Heard(300, NOW, is_busy=True)
    assert remembered(heard, NOW + 1_000_000) == heard
    assert remembered(heard, NOW + 1_000_001) == replace(heard, is_busy=False)
    assert remembered(heard, NOW + REMEMBERED_US) == replace(heard, is_busy=False)
    assert remembered(heard, NOW + REMEMBERED_US + 1) == Heard()
    assert remembered(heard, NOW - 1) == Heard()
    assert remembered(None, NOW) == Heard()


def test_one_reply_costs_one_call_and_no_wait() -> None:
    shop = Shop()

    def replies() -> None:
        for _ in range(3):
            assert shop.reply() == 0.0
            shop.world.wait(1.0)

    shop.does(replies)
    assert (shop.store.calls, shop.slept) == (["begin"] * 3, [])


def test_replies_at_once_get_in_line_and_the_third_needs_one_call_again() -> None:
    shop, went = Shop(), []

    def replies() -> None:
        for _ in range(4):
            assert shop.reply() == 0.0
            went.append(shop.world.now_s)

    shop.does(replies)
    assert shop.store.calls == ["begin", "begin", "extend", "extend", "extend"]
    gaps = [after - before for before, after in pairwise(went[1:])]
    assert gaps == pytest.approx([INTERVAL_S] * 2, abs=1e-5)


def test_a_campaign_is_sent_away_where_a_reply_still_waits() -> None:
    shop = Shop()

    def both() -> None:
        for number in range(4):  # others, who reserve and have not gone yet
            other = shop.sender()
            shop.world.start(partial(other, SHOP, "text", RATES, urgent=True))
            shop.world.wait(0.003 if number < 3 else 0.01)
        away_s = shop.campaign()
        assert 0.1 < away_s < 0.25
        shop.world.wait(away_s)
        assert shop.campaign() == 0.0
        assert shop.slept[-1] <= BULK_AHEAD_US / 1e6

    shop.does(both)


def test_files_do_not_wait_behind_words() -> None:
    shop = Shop()

    def sends() -> None:
        assert [shop.reply(kind) for kind in ("text", "video")] == [0.0, 0.0]

    shop.does(sends)
    assert shop.slept == []
    assert {key[2] for key in shop.store.rows} == {"all", "files"}


def test_whoever_stands_in_line_for_so_long_as_they_may_wait_goes_back() -> None:
    shop, slow, took_s = Shop(), Rates(connection=Rate(1, 1.0)), []
    clock = SkewedClock(shop.world, 0.0)
    pace = Pace(shop.store, clock, shop.world.wait, lambda: 0.5, turn=Line(shop.world))

    def sends() -> None:
        away_s = pace(SHOP, "text", slow, urgent=False, patience_s=8.0)
        took_s.append((shop.world.now_s, away_s))

    for _ in range(16):
        shop.world.start(sends)
    shop.world.run()
    assert max(at for at, _ in took_s) < 8.0 + 1.0
    assert sum(away_s == 0.0 for _, away_s in took_s) >= 7


def test_several_at_once_take_as_many_places() -> None:
    shop = Shop()

    def sends() -> None:
        assert shop.campaign(count=3) == 0.0
        began_s = shop.world.now_s
        assert shop.reply() == 0.0
        assert shop.world.now_s - began_s == pytest.approx(3 * INTERVAL_S, abs=0.005)

    shop.does(sends)


def test_a_fault_of_the_store_does_not_keep_a_reply_but_a_campaign() -> None:
    shop = Shop()
    shop.store.is_down = True
    assert shop.reply() == 0.0
    with pytest.raises(StoreBusy):
        shop.campaign()


def test_all_senders_pause_when_the_channel_says_so() -> None:
    shop = Shop()

    def sends() -> None:
        shop.pace.hold(SHOP, 30)
        shop.pace.hold(SHOP, 5)  # said to another, meanwhile: the later moment stays
        assert shop.sender()(SHOP, "text", RATES, urgent=True) == pytest.approx(28, abs=0.01)
        assert shop.campaign() == pytest.approx(29.75, abs=0.01)
        assert shop.reply("audio") == 0.0
        shop.world.wait(30)
        assert shop.campaign() == 0.0

    shop.does(sends)


@pytest.mark.parametrize(("said_s", "held_s"), [(901, 900), (10**9, 900), (-1, 0)])
def test_a_pause_has_an_end(said_s: float, held_s: float) -> None:
    shop = Shop()
    shop.does(lambda: shop.pace.hold(SHOP, said_s, "audio", RATES))
    ((key, row),) = shop.store.rows.items()
    assert (key[2], row.next_us - NOW) == ("files", held_s * 1_000_000)


def test_who_sleeps_too_long_takes_another_slot_and_goes_all_the_same_in_the_end() -> None:
    shop = Shop(overslept_s=0.05)
    shop.does(lambda: shop.replies(2))
    assert len(shop.slept) == 3
    punctual = Shop(overslept_s=0.02)
    punctual.does(lambda: punctual.replies(2))
    assert len(punctual.slept) == 1


def test_a_clock_that_was_wrong_holds_up_nobody_for_long() -> None:
    shop = Shop()

    def sends() -> None:
        assert shop.sender(skew_s=86_400)(SHOP, "text", RATES, urgent=True) == 0.0
        assert shop.reply() == 0.0

    shop.does(sends)
    assert shop.slept == []


def test_senders_whose_clocks_differ_take_slots_one_after_the_other() -> None:
    shop, went = Shop(), []

    def sends() -> None:
        ahead, behind = shop.sender(0.5), shop.sender(-0.5)
        for pace in (ahead, behind, ahead, behind, behind):
            assert pace(SHOP, "text", RATES, urgent=True) == 0.0
            went.append(shop.world.now_s)

    shop.does(sends)
    gaps = [after - before for before, after in pairwise(went)]
    assert all(gap == pytest.approx(INTERVAL_S, abs=0.005) for gap in gaps)


def _paced(rate: Rate, times_s: list[float]) -> list[float]:
    """How long each of these had to wait; who had to has not sent."""
    waits, paced_ms = [], 0
    for at_s in times_s:
        wait_s, paced_ms = pair_wait(paced_ms, rate, BEGAN + timedelta(seconds=at_s))
        waits.append(round(wait_s, 3))
    return waits


def test_a_burst_to_one_shopper_is_borrowed_from_what_follows() -> None:
    whatsapp = Rate(1, 6.0, burst=45)
    assert _paced(whatsapp, [0.0] * 46) == [0.0] * 44 + [6.0] * 2
    assert _paced(whatsapp, [0.0] * 44 + [5.999, 6.0, 6.0]) == [0.0] * 44 + [0.001, 0.0, 6.0]
    assert _paced(Rate(1, 1.0, burst=3), [0.0, 0.0, 0.0, 0.999, 1.0]) == [0.0, 0.0, 1.0, 0.001, 0.0]
    assert _paced(Rate(1, 1.0), [0.0, 1.0, 1.07]) == [0.0, 0.07, 0.0]


def test_a_shopper_who_has_to_wait_is_not_counted() -> None:
    rate, now = Rate(1, 6.0), BEGAN
    wait_s, paced_ms = pair_wait(0, rate, now)
    assert (wait_s, paced_ms) == (0.0, to_ms(now) + 6420)
    assert pair_wait(paced_ms, rate, now) == (6.42, paced_ms)


def test_a_clock_that_was_set_back_does_not_silence_a_thread() -> None:
    rate = Rate(1, 6.0, burst=45)
    later = to_ms(BEGAN + timedelta(hours=1))
    assert pair_wait(later, rate, BEGAN) == (0.0, to_ms(BEGAN) + 6000)
