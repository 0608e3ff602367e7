"""What stands beside a thread: orders, how often they came late, the person's other threads."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.lateness import late_deliveries
from chalicelib.domain.commerce.orders import Order, ParcelState
from chalicelib.domain.events import Address
from chalicelib.domain.people import Merge, Person, Place, Proof
from chalicelib.domain.threads import Thread
from chalicelib.ports.commerce import KeptOrder
from chalicelib.services.shops.beside_thread import MOST, BesideThread
from tests.order_talk import MERCHANT, NOW, an_order, shop_with

UTC_ZONE = ZoneInfo("UTC")


def a_thread(thread_id: str, **changes: Any) -> Thread:
    plain = Thread(
        merchant_id=MERCHANT,
        thread_id=thread_id,
        connection_id="cn_1",
        channel="telegram",
        shopper_id="sh_1",
        wire=Address("chat", "700"),
    )
    return replace(plain, **changes)


@dataclass
class People:
    found: Person | None
    merged: list[Merge] = field(default_factory=list)

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        for one in self.merged:
            if one.merged == shopper_id:
                merged_by = "" if one.state == "undone" else one.merge_id
                return Person(merchant_id=merchant_id, shopper_id=shopper_id, merged_by=merged_by)
        return self.found

    def merges(self, merchant_id: str, merge_ids: Sequence[str]) -> list[Merge]:
        return [one for one in self.merged if one.merge_id in merge_ids]


@dataclass
class Threads:
    known: dict[str, Thread]
    asked: int = 0

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        self.asked += 1
        return self.known.get(thread_id)


def beside(
    person: Person | None, threads: Sequence[Thread] = (), *orders: Order | KeptOrder, **more: Any
) -> Any:
    people: Any = People(person, more.get("merged", []))
    known: Any = Threads({one.thread_id: one for one in threads})
    look = BesideThread(people, known, shop_with(*orders), more.get("returns_of", lambda *of: ()))
    return look(a_thread("th_1"), "Europe/Berlin", NOW), known


def somebody(*places: Place, **more: Any) -> Person:
    return Person(merchant_id=MERCHANT, shopper_id="sh_1", places=places, **more)


def test_orders_are_found_by_every_number_that_the_person_writes_from() -> None:
    place = Place("cn_2", Address("phone", "49170001001"))
    other = an_order("1002", buyer=Buyer(phones=("4911",)))
    found, _ = beside(somebody(place), (), an_order("1001"), other)
    assert [one.order.number for one in found.orders] == ["#1001"]


@pytest.mark.parametrize(("state", "number"), [("done", 1), ("undone", 0)])
def test_orders_of_who_was_merged_into_them_are_theirs(state: Any, number: int) -> None:
    merge = Merge(
        merchant_id=MERCHANT,
        merge_id="mg",
        stayed="sh_1",
        merged="sh_2",
        proof=Proof("said"),
        by="Eva",
        at=NOW,
        state=state,
    )
    kept = KeptOrder(order=an_order("1001"), shopper_id="sh_2", version=1)
    found, _ = beside(somebody(merges=("mg",)), (), kept, merged=[merge])
    assert len(found.orders) == number


@pytest.mark.parametrize("number", ["5511987654321", "551187654321"])
def test_orders_are_found_by_a_number_that_their_chat_spells_as_it_was_before(number: str) -> None:
    order = an_order("1001", buyer=Buyer(phones=("5511987654321",)))
    found, _ = beside(somebody(Place("cn_2", Address("phone", number))), (), order)
    assert len(found.orders) == 1


@pytest.mark.parametrize(("owners", "number"), [((), 1), (("sh_9",), 0), (("sh_1", "sh_9"), 0)])
def test_what_was_bought_by_who_had_their_number_before_is_not_shown(
    owners: tuple[str, ...], number: int
) -> None:
    whose = owners[0] if len(owners) == 1 else ""
    claims = owners if len(owners) > 1 else ()
    kept = KeptOrder(order=an_order("1001"), shopper_id=whose, claims=claims, version=1)
    found, _ = beside(somebody(Place("cn_2", Address("phone", "49170001001"))), (), kept)
    assert len(found.orders) == number


def test_no_more_is_read_than_is_shown() -> None:
    ids = tuple(f"th_{number}" for number in range(100))
    others = [a_thread(one, spoken_at=NOW - timedelta(minutes=place)) for place, one in enumerate(ids)]
    orders = [an_order(str(1000 + n), buyer=Buyer(phones=("49170001001",))) for n in range(50)]
    place = Place("cn_2", Address("phone", "49170001001"))
    found, threads = beside(somebody(place, threads=ids), others, *orders)
    assert (len(found.threads), len(found.orders), threads.asked) == (MOST, MOST, MOST)
    assert "th_1" not in {one.thread_id for one in found.threads}
    assert found.threads[0].spoken_at > found.threads[1].spoken_at


def test_a_thread_of_nobody_known_stands_alone() -> None:
    found, _ = beside(None, (), an_order("1001"))
    assert (found.orders, found.late, found.threads) == ((), 0, ())


def test_returns_are_asked_for_all_who_are_this_person() -> None:
    def returns_of(merchant_id: str, shopper_ids: Sequence[str]) -> list[str]:
        return [f"of {one}" for one in shopper_ids]

    place = Place("cn_2", Address("phone", "49170001001"))
    found, _ = beside(somebody(place), (), an_order("1001"), returns_of=returns_of)
    assert found.returns == ["of sh_1"]


LATE: list[tuple[ParcelState, int, int, int]] = [  # state, days until promised, days since it came, late
    ("delivered", -3, 1, 1),
    ("delivered", -3, 3, 0),
    ("delivered", -3, 4, 0),
    ("in_transit", -1, 0, 1),
    ("in_transit", 0, 0, 0),
    ("ready_for_pickup", -1, 0, 0),
    ("cancelled", -9, 0, 0),
]


@pytest.mark.parametrize(("state", "promised", "came", "late"), LATE)
def test_a_delivery_is_late_once_the_promised_day_is_over(
    state: ParcelState, promised: int, came: int, late: int
) -> None:
    order = an_order("1001")
    day = date(2026, 11, 20) + timedelta(days=promised)
    parcel = replace(order.parcels[0], state=state, promised_on=day, at=NOW - timedelta(days=came))
    assert late_deliveries([replace(order, parcels=(parcel,))], UTC_ZONE, NOW) == late
    assert late_deliveries([replace(order, parcels=(parcel,), state="cancelled")], UTC_ZONE, NOW) == 0
