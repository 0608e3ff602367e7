"""A shop's reports, from what its stores hold: by connection, by channel, and over all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.sketches import bucket_of
from chalicelib.domain.promise.waits import Cell, Measured, Waiting
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread
from chalicelib.services.report import LOOKED_AT, Report

NOON: Final = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
OWN: Final = {"cn_1": "whatsapp", "cn_2": "whatsapp", "cn_3": "telegram"}


@dataclass
class Stores:
    """All that a report reads, in memory."""

    settings: Shop | None = None
    measured: Mapping[str, Measured] = field(default_factory=dict)
    counts: Mapping[str, Mapping[tuple[str, str, str], int]] = field(default_factory=dict)
    asked: Collection[Survey] = ()
    threads: Collection[Thread] = ()

    def shop(self, merchant_id: str) -> Shop:
        return self.settings or Shop(zone="Europe/Bucharest")

    def connections(self, merchant_id: str) -> list[Connection]:
        plain: dict[str, Any] = {"merchant_id": merchant_id, "account": "7", "status": "active"}
        return [
            Connection(connection_id=one, channel=channel, name=one, **plain) for one, channel in OWN.items()
        ]

    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        return self.measured.get(connection_id, Measured())

    def contacts(self, merchant_id: str, month: str) -> Mapping[tuple[str, str, str], int]:
        return self.counts.get(month, {})

    def surveys_of_month(self, merchant_id: str, month: str) -> list[Survey]:
        return [one for one in self.asked if f"{one.asked_at:%Y-%m}" == month]

    def threads_named(self, merchant_id: str, thread_ids: Collection[str]) -> list[Thread]:
        return [one for one in self.threads if one.thread_id in thread_ids]

    def inbox(self, merchant_id: str, channel: str, state: str, *, limit: int) -> list[Thread]:
        return [one for one in self.threads if (one.channel, one.state) == (channel, state)][:limit]


def report_of(stores: Any) -> Report:
    return Report(stores, stores, stores, stores)


def a_cell(month: str, wait_s: int, kept: int = 1) -> Cell:
    return Cell(month, 33, {f"c{bucket_of(wait_s)}": 1, "kept": kept, "broken": 1 - kept})


def a_thread(number: int, connection_id: str = "cn_1", **changes: Any) -> Thread:
    return Thread(
        merchant_id="mt_1",
        thread_id=f"th_{number}",
        connection_id=connection_id,
        channel=OWN[connection_id],
        shopper_id=f"sh_{number}",
        wire=Address("phone", str(number)),
        spoken_at=NOON,
        **changes,
    )


def a_survey(connection_id: str, month: int, score: Any) -> Survey:
    at_ms = int(datetime(2026, month, 2, tzinfo=UTC).timestamp()) * 1000
    return Survey(
        merchant_id="mt_1",
        thread_id="th_1",
        sort=f"{at_ms:013d}#ms_1",
        connection_id=connection_id,
        channel=OWN[connection_id],
        score=score,
    )


def test_two_connections_of_a_channel_are_told_apart_and_together() -> None:
    measured = {
        "cn_1": Measured((a_cell("2026-10", 60), a_cell("2026-12", 60))),
        "cn_2": Measured((a_cell("2026-11", 3600, kept=0),)),
    }
    told = report_of(Stores(measured=measured)).response_times("mt_1", ["2026-10", "2026-11"], None, NOON)
    assert [one.channel for one in told.channels] == ["whatsapp", "telegram"]
    whatsapp = told.channels[0].answered
    assert whatsapp.clock is not None and whatsapp.clock.samples == 2
    assert whatsapp.promises.share_kept == 0.5
    clocks = [one.answered.clock for one in told.connections]
    assert [clock.median_s if clock else None for clock in clocks] == [60, 3600, None]
    assert [(one.weekday, one.hour) for one in told.channels[0].hours] == [("tue", 9)]


def test_who_waits_now_is_looked_up_and_who_does_not_any_more_is_left_out() -> None:
    waiting = tuple(Waiting(f"th_{number}", NOON - HOUR) for number in (1, 2, 3))
    threads = [
        a_thread(1, waiting_since=NOON - HOUR, promised_at=NOON - HOUR / 2),
        a_thread(2, waiting_since=NOON - HOUR),
        a_thread(3),
    ]
    stores = Stores(measured={"cn_1": Measured((), waiting)}, threads=threads)
    told = report_of(stores).response_times("mt_1", ["2026-11"], "whatsapp", NOON)
    assert (told.waiting, told.looked_at) == (3, 3)
    assert (told.by_left["overdue"], told.by_left["unpromised"]) == (1, 1)
    assert [one.thread_id for one in told.urgent] == ["th_1", "th_2"]


def test_of_very_many_those_are_looked_at_who_wait_the_longest() -> None:
    waiting = tuple(Waiting(f"th_{number}", NOON - number * HOUR) for number in range(LOOKED_AT + 10))
    oldest = a_thread(LOOKED_AT + 9, waiting_since=NOON - HOUR)
    newest = a_thread(0, waiting_since=NOON - HOUR)
    stores = Stores(measured={"cn_1": Measured((), waiting)}, threads=[oldest, newest])
    told = report_of(stores).response_times("mt_1", ["2026-11"], None, NOON)
    assert (told.waiting, told.looked_at) == (LOOKED_AT + 10, LOOKED_AT)
    assert [one.thread_id for one in told.urgent] == [oldest.thread_id]


def test_contacts_are_counted_by_channel_and_over_all() -> None:
    counts = {
        "2026-10": {("cn_1", "spell", "30T09"): 2, ("cn_3", "spell", "30T09"): 1},
        "2026-11": {
            ("cn_2", "spell", "04T12"): 3,
            ("cn_2", "complaint", "late"): 2,
            ("cn_3", "complaint", "late"): 1,
            ("cn_3", "complaint", "damaged"): 5,
            ("cn_gone", "spell", "04T12"): 9,
        },
    }
    asked = (a_survey("cn_1", 11, "good"), a_survey("cn_3", 10, "poor"), a_survey("cn_3", 9, "good"))
    threads = [a_thread(1, wrote={"2026-11": 4}), a_thread(2, "cn_3", state="closed", wrote={"2026-10": 6})]
    stores = Stores(counts=counts, asked=asked, threads=threads)
    told = report_of(stores).contacts("mt_1", ["2026-10", "2026-11"], None)
    assert (told.total.spells, told.total.complaints) == (6, {"damaged": 5, "late": 3})
    # 9:30 UTC is half past eleven in Bucharest in winter, and so is noon two in the afternoon.
    assert told.total.hours == [("wed", 14, 3), ("fri", 11, 3)]
    by_channel = {one.channel: one for one in told.channels}
    assert (by_channel["whatsapp"].spells, by_channel["telegram"].complaints["damaged"]) == (5, 5)
    assert (told.total.satisfaction.answered, told.total.satisfaction.share_good) == (2, 0.5)
    assert by_channel["telegram"].satisfaction.share_good == 0.0
    assert (told.looked_at, [one.messages for one in told.writers]) == (2, [6, 4])
    alone = report_of(stores).contacts("mt_1", ["2026-10", "2026-11"], "telegram")
    assert (alone.total.spells, alone.looked_at, len(alone.channels)) == (1, 1, 1)
    assert alone.total.satisfaction.answered == 1


def test_a_shop_of_which_nothing_is_known_has_reports_all_the_same() -> None:
    report = report_of(Stores())
    assert report.contacts("mt_1", ["2026-11"], None).total.satisfaction.share_good is None
    assert report.response_times("mt_1", ["2026-11"], None, NOON).urgent == []


def test_what_is_promised_stands_beside_what_came_of_it() -> None:
    always = Shop(zone="Europe/Bucharest", opening_hours="24/7", targets={"telegram": 600})
    waits = tuple(Cell("2026-11", 33, {f"b{bucket_of(300)}": 200}, NOON - 48 * HOUR) for _ in range(1))
    stores = Stores(measured={"cn_1": Measured(waits), "cn_3": Measured(waits)}, settings=always)
    whatsapp, other, telegram = report_of(stores).response_times("mt_1", ["2026-11"], None, NOON).connections
    assert [each.promised_s for each in whatsapp.hours] == [whatsapp.promise.within_s] == [300]
    assert [each.promised_s for each in telegram.hours] == [600]
    assert (other.hours, other.promise.kind) == ([], "within")
    silent = report_of(Stores()).response_times("mt_1", ["2026-11"], "telegram", NOON)
    assert [one.promise.kind for one in silent.connections] == ["none"]
