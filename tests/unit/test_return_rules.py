"""Which lines may go back, until when; how far a return comes; what it adds to the reports."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order, Parcel, Refund
from chalicelib.domain.commerce.return_counts import new_counts
from chalicelib.domain.commerce.returns import (
    REASONS,
    RETURN_STATES,
    CantMove,
    Reached,
    Return,
    ReturnedLine,
    ReturnRules,
    last_moment,
    moved,
    refunded,
    returnable,
    rules_from,
    taken_back,
)
from chalicelib.domain.plain import from_plain, to_plain

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
MUG: Final = Line(title="Mug", line_id="1", product_id="p1", quantity=2, price=Decimal("12.50"))
HAT: Final = Line(title="Hat", line_id="2", product_id="p2")
ORDER: Final = Order(
    connection_id="cn_shop",
    order_id="77",
    number="#1001",
    at=NOW,
    placed_at=NOW - 20 * DAY,
    lines=(MUG, HAT),
    currency="EUR",
)
ON: Final = ReturnRules(is_on=True, days=14)


def a_parcel(state: Any, days_ago: float, *lines: str, parcel_id: str = "a") -> Parcel:
    return Parcel(parcel_id=parcel_id, state=state, at=NOW - days_ago * DAY, lines=lines)


def a_return(place: int = 1, *quantities: tuple[str, int], state: Any = "requested", **more: Any) -> Return:
    lines = tuple(ReturnedLine(line_id=one, quantity=n, title="Mug") for one, n in quantities or (("1", 1),))
    plain = Return(
        return_id=f"rt_{place}",
        place=place,
        connection_id="cn_shop",
        order_id="77",
        thread_id="th_1",
        shopper_id="sh_1",
        lines=lines,
        steps=(Reached("requested", NOW - DAY),),
        currency="EUR",
    )
    plain = replace(plain, **more)
    return plain if state == "requested" else moved(plain, state, NOW)


LAST_DAYS: Final = {  # what is delivered how: how many days ago the time began
    "nothing is told": ((), 20),
    "sent": ((a_parcel("shipped", 15),), 15),
    "delivered": ((a_parcel("delivered", 3),), 3),
    "in another parcel": ((a_parcel("delivered", 3, "2"),), 20),
    "in the later of two": ((a_parcel("delivered", 9), a_parcel("delivered", 4, "1", parcel_id="b")), 4),
    "a parcel was called off": ((a_parcel("cancelled", 1),), 20),
}


@pytest.mark.parametrize("name", LAST_DAYS)
def test_its_days_begin_with_the_delivery_else_the_sending_else_the_order(name: str) -> None:
    parcels, days_ago = LAST_DAYS[name]
    order = replace(ORDER, parcels=parcels)
    assert last_moment(order, "1", ON) == NOW - days_ago * DAY + 14 * DAY


@pytest.mark.parametrize(
    ("order", "rules", "earlier", "left", "refused"),
    [
        ({}, {"days": 30}, (), (2, 1), ("", "")),
        ({}, {"is_on": False, "days": 30}, (), (0, 0), ("off", "off")),
        ({}, {}, (), (0, 0), ("too_late", "too_late")),
        ({"parcels": (a_parcel("delivered", 3, "1"),)}, {}, (), (2, 0), ("", "too_late")),
        ({}, {"days": 30, "excluded": frozenset({"p2"})}, (), (2, 0), ("", "excluded")),
        ({}, {"days": 30}, (a_return(),), (1, 1), ("", "")),
        ({}, {"days": 30}, (a_return(), a_return(2)), (0, 1), ("returned", "")),
        ({}, {"days": 30}, (a_return(1, ("1", 2), state="declined"),), (2, 1), ("", "")),
        ({}, {"days": 30}, (a_return(1, ("1", 2), state="withdrawn"),), (2, 1), ("", "")),
        ({}, {"days": 30}, (a_return(1, ("1", 2), state="refunded"),), (0, 1), ("returned", "")),
        ({"state": "cancelled"}, {"days": 30}, (), (0, 0), ("cancelled", "cancelled")),
        (
            {"refunds": (Refund(refund_id="r", at=NOW, lines=("2",)),)},
            {"days": 30},
            (),
            (2, 0),
            ("", "returned"),
        ),
    ],
)
def test_what_may_go_back(
    order: Any, rules: Any, earlier: Any, left: tuple[int, ...], refused: tuple[str, ...]
) -> None:
    found = returnable(replace(ORDER, **order), replace(ON, **rules), earlier, NOW)
    assert tuple(one.left for one in found) == left
    assert tuple(one.refused for one in found) == refused


def test_a_line_that_nobody_can_name_is_not_offered() -> None:
    lines = (replace(MUG, line_id=""), replace(HAT, quantity=0))
    assert returnable(replace(ORDER, lines=lines), ON, (), NOW) == ()


def test_settings_are_read_as_the_schema_lets_them_through() -> None:
    assert rules_from({}) == ReturnRules()
    given_: dict[str, Any] = {
        "on": True,
        "days": 7,
        "excluded_products": ["p2"],
        "reasons": ["damaged"],
        "instructions": {"en": "Post it."},
        "cost": {"en": "We pay."},
        "label_url": "https://shop.example/label",
    }
    rules = rules_from(given_)
    assert (rules.is_on, rules.days, rules.excluded) == (True, 7, frozenset({"p2"}))
    assert (rules.reasons, rules.instructions["en"], rules.cost["en"]) == (
        ("damaged",),
        "Post it.",
        "We pay.",
    )
    assert rules.label_url == "https://shop.example/label"


STATES: Final = st.sampled_from(RETURN_STATES)
FAR: Final = {name: place for place, name in enumerate(RETURN_STATES)}


@given(st.lists(st.tuples(STATES, st.integers(-3, 3)), max_size=8))
def test_a_return_never_goes_back_and_ends_once(wishes: list[tuple[Any, int]]) -> None:
    one = a_return()
    for state, days in wishes:
        before = one
        try:
            one = moved(one, state, NOW + days * DAY)
        except CantMove:
            one = before
    states = [step.state for step in one.steps]
    assert len(set(states)) == len(states) and states[0] == "requested"
    assert [FAR[state] for state in states] == sorted(FAR[state] for state in states)
    assert all(state in ("requested", "approved", "received") for state in states[:-1])
    assert [step.at for step in one.steps] == sorted(step.at for step in one.steps)
    assert from_plain(Return, to_plain(one)) == one


def a_refund(refund_id: str = "r1", *lines: str, amount: str = "12.50", days: float = 0) -> Refund:
    return Refund(refund_id=refund_id, at=NOW + days * DAY, amount=Decimal(amount), lines=lines or ("1",))


@pytest.mark.parametrize(
    ("returns", "refunds", "paid"),
    [
        ((a_return(),), (a_refund(),), {"rt_1": "12.50"}),
        ((a_return(),), (), {}),
        ((a_return(),), (a_refund("r1", "2"),), {}),
        ((a_return(),), (a_refund(days=-2),), {}),
        ((a_return(1, ("1", 1), ("2", 1)),), (a_refund("r1", "1"),), {}),
        (
            (a_return(1, ("1", 1), ("2", 1)),),
            (a_refund("r1", "1"), a_refund("r2", "2", amount="3")),
            {"rt_1": "15.50"},
        ),
        ((a_return(), a_return(2)), (a_refund(),), {"rt_1": "12.50"}),
        ((a_return(state="declined"), a_return(2)), (a_refund(),), {"rt_2": "12.50"}),
        ((a_return(state="refunded", refunds=("r1",)), a_return(2)), (a_refund(),), {}),
        ((a_return(state="received"),), (a_refund(amount="0"),), {"rt_1": "None"}),
    ],
)
def test_a_refund_of_the_shops_ends_the_return_that_waits_for_it(
    returns: tuple[Return, ...], refunds: tuple[Refund, ...], paid: dict[str, str]
) -> None:
    order = replace(ORDER, refunds=refunds)
    found = refunded(returns, order, NOW)
    assert {one.return_id: str(one.amount) for one in found} == paid
    assert all(one.state == "refunded" for one in found)
    after = {one.return_id: one for one in (*returns, *found)}
    assert refunded(tuple(after.values()), order, NOW) == ()


@given(st.lists(st.sampled_from(["approved", "received", "refunded", "declined"]), max_size=4))
def test_what_is_counted_step_by_step_is_what_it_has_come_to(states: list[Any]) -> None:
    one = replace(a_return(1, ("1", 2), ("2", 1)), amount=Decimal("7.05"), reason="damaged")
    counts = list(new_counts(None, one, 2))
    for state in states:
        try:
            after = moved(one, state, NOW)
        except CantMove:
            continue
        counts += new_counts(one, after, 2)
        one = after
    found: Counter[str] = Counter()
    for count in counts:
        found[count.name] += count.value
    assert {name for name in found if name.startswith("state:")} == {f"state:{s.state}" for s in one.steps}
    assert found["reason:damaged"] == 1 and found["product:Mug"] == 3
    assert found["refunded:EUR"] == (705 if one.state == "refunded" else 0)
    assert all(count.value == 1 for count in counts if count.name.startswith("state:"))


def test_a_lines_that_came_to_nothing_are_free_again() -> None:
    assert taken_back([a_return(), a_return(2, state="declined")]) == {"1": 1}
    assert set(REASONS) > {"other"}
