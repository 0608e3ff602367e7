"""Whatever the order and number of tellings of a cart or an order, they come to the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commerce import carts, orders
from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import NEVER, Order, Parcel, Refund
from chalicelib.domain.plain import from_plain, to_plain

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

moments = st.integers(0, 5).map(lambda minutes: NOON + timedelta(minutes=minutes))
perhaps = st.none() | moments
words = st.sampled_from(["", "a", "b"])
buyers = st.builds(Buyer, email=words, phones=st.lists(words, max_size=2).map(tuple))
lines = st.lists(st.builds(Line, title=words, price=st.integers(0, 2).map(Decimal)), max_size=2).map(tuple)
cart_tellings = st.builds(
    Cart,
    connection_id=st.just("cn_1"),
    cart_id=st.just("c1"),
    at=moments | st.just(NEVER),
    created_at=moments,
    buyer=buyers,
    lines=lines,
    ref=words,
    bought_at=perhaps,
    order_id=words,
    ordered_at=perhaps,
    gone_at=perhaps,
)
parcels = st.builds(Parcel, parcel_id=words, state=st.sampled_from(["packed", "shipped"]), at=moments)
refunds = st.builds(Refund, refund_id=words, at=moments, amount=st.integers(0, 2).map(Decimal))
order_tellings = st.builds(
    Order,
    connection_id=st.just("cn_1"),
    order_id=st.just("o1"),
    at=moments | st.just(NEVER),
    number=words,
    placed_at=perhaps,
    state=st.sampled_from(["open", "cancelled", "gone"]),
    buyer=buyers,
    lines=lines,
    parcels=st.lists(parcels, max_size=3, unique_by=lambda one: one.parcel_id).map(tuple),
    refunds=st.lists(refunds, max_size=2, unique_by=lambda one: one.refund_id).map(tuple),
    carts=st.lists(words, max_size=2).map(lambda ids: tuple(sorted(set(ids)))),
    ref=words,
    bought_at=perhaps,
)


@given(st.lists(cart_tellings, min_size=1, max_size=4), st.data())
def test_a_cart_is_the_same_however_its_tellings_come(told: list[Cart], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]))
    assert reduce(carts.joined, mixed) == reduce(carts.joined, told)


@given(st.lists(order_tellings, min_size=1, max_size=4), st.data())
def test_an_order_is_the_same_however_its_tellings_come(told: list[Order], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]))
    # One telling lists its parcels as it likes.
    assert orders.joined(reduce(orders.joined, mixed), mixed[0]) == orders.joined(
        reduce(orders.joined, told), mixed[0]
    )


@given(cart_tellings)
def test_a_cart_comes_back_from_its_row_as_it_was(cart: Cart) -> None:
    assert from_plain(Cart, to_plain(cart)) == cart


@given(order_tellings)
def test_an_order_comes_back_from_its_row_as_it_was(order: Order) -> None:
    assert from_plain(Order, to_plain(order)) == order


def test_what_was_bought_stays_bought_by_the_first_order() -> None:
    cart = Cart(connection_id="cn_1", cart_id="c1", at=NOON, created_at=NOON, lines=(Line(title="Mug"),))
    first = replace(cart, at=NEVER, bought_at=NOON, order_id="2", ordered_at=NOON)
    later = NOON + timedelta(days=30)
    second = replace(cart, at=NEVER, bought_at=later, order_id="1", ordered_at=later)
    touched = replace(cart, at=NOON + timedelta(hours=1))
    for told in permutations([cart, first, second, touched]):
        joined = reduce(carts.joined, told)
        assert not is_open(joined)
        assert (joined.bought_at, joined.order_id) == (NOON, "2")


def test_a_moment_counts_for_the_order_and_each_parcel_alone() -> None:
    order = Order(connection_id="cn_1", order_id="o1", at=NOON, number="#1", state="cancelled")
    parcel = Parcel(parcel_id="p", state="delivered", at=NOON)
    late = replace(parcel, state="shipped", at=NOON - timedelta(hours=1))
    told = [order, Order(connection_id="cn_1", order_id="o1", parcels=(parcel,)), replace(order, at=NEVER)]
    told.append(Order(connection_id="cn_1", order_id="o1", parcels=(late,)))
    for shuffled in permutations(told):
        joined = reduce(orders.joined, shuffled)
        assert (joined.state, joined.parcels) == ("cancelled", (parcel,))


@pytest.mark.parametrize(
    ("written", "plain"), [("#1001", "1001"), ("No. 1001", "1001"), ("nord-7", "nord7"), ("№1001", "1001")]
)
def test_an_orders_number_is_found_as_people_write_it(written: str, plain: str) -> None:
    assert orders.plain_number(written) == plain
