"""Carts and orders are read back as written, found by whoever bought, guarded by versions, gone whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from access_patterns import Requests
from samples import NOW

from chalicelib.domain.commerce.buyers import BuyerKey, keys_of
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow, Step
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order, Parcel, Refund
from chalicelib.domain.work import Due, ForgetShop, MindCart, MindOrder
from chalicelib.ports.commerce import Bought, CartAsRead, Counter, KeptCart, KeptOrder, ShopChange
from chalicelib.ports.errors import Conflict, Erased
from chalicelib.services.shops.hear_shop import MOST_BUYERS, MOST_WITH_ORDER
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.due import DynamoDue
from tests.commerce_in_memory import MemoryCommerce
from tests.dynamo import rows_of

ANN = Buyer(customer_id="77", name="Ann", email="ann@example.com", phones=("447700900123",), country="GB")
LINE = Line(title="Mug 💙", quantity=2, price=Decimal("12.50"), picture="https://shop.example/mug.jpg")
DAY_S = 86_400


@pytest.fixture
def store(bound: str) -> DynamoCommerce:
    return DynamoCommerce()


def a_cart(cart_id: str = "c1", hours: float = 0, **changes: Any) -> KeptCart:
    """Begun and told so many hours after NOW."""
    at = NOW + timedelta(hours=hours)
    plain = Cart(
        connection_id="cn_shop",
        cart_id=cart_id,
        at=at,
        created_at=at,
        buyer=ANN,
        lines=(LINE,),
        total=Decimal("25.00"),
        currency="GBP",
    )
    return KeptCart(cart=replace(plain, **changes))


def an_order(order_id: str = "o1", hours: float = 0, **changes: Any) -> KeptOrder:
    at = NOW + timedelta(hours=hours)
    plain = Order(connection_id="cn_shop", order_id=order_id, at=at, placed_at=at, number="#1001", buyer=ANN)
    return KeptOrder(order=replace(plain, **changes))


def kept(store: DynamoCommerce, merchant: str, *given: KeptCart | KeptOrder) -> None:
    for one in given:
        is_cart = isinstance(one, KeptCart)
        store.commit(merchant, ShopChange(carts=(one,)) if is_cart else ShopChange(orders=(one,)))


def found(store: DynamoCommerce, merchant: str, *keys: BuyerKey, limit: int = 20) -> list[str]:
    bought = store.of_buyers(merchant, keys, limit)
    return [one.cart.cart_id for one in bought.carts] + [one.order.order_id for one in bought.orders]


def rows_left(raw: Any, merchant: str) -> list[str]:
    return sorted(row["pk"]["S"] for row in rows_of(raw, "ThreadsTable") if merchant in row["pk"]["S"])


EMAIL = BuyerKey("email", "ann@example.com")
PHONE = BuyerKey("phone", "447700900123")


def test_a_cart_is_read_back_as_it_was_written(store: DynamoCommerce, merchant: str) -> None:
    steps = (
        Step(number=1, at=NOW, code="sent", message="th_1 1#ms_1"),
        Step(number=2, at=NOW, code="asleep"),
    )
    flow = Flow(shopper_id="sh_ann", is_held_out=True, began_at=NOW, steps=steps, counted={"abandoned": 1})
    cart = replace(a_cart(bought_at=NOW, order_id="o1", ordered_at=NOW, url="https://x.example/c"), flow=flow)
    kept(store, merchant, cart)
    assert store.cart(merchant, "cn_shop", "c1") == replace(cart, version=1)
    assert store.cart(merchant, "cn_shop", "c2") is None
    assert store.cart(merchant, "cn_other", "c1") is None
    assert store.cart(f"{merchant}x", "cn_shop", "c1") is None


def test_an_order_is_read_back_as_it_was_written(store: DynamoCommerce, merchant: str) -> None:
    parcel = Parcel(parcel_id="p1", state="shipped", at=NOW, courier="DHL", promised_on=date(2026, 11, 9))
    refund = Refund(refund_id="r1", at=NOW, amount=Decimal("1.5"), lines=("1",))
    order = an_order(lines=(LINE,), parcels=(parcel,), refunds=(refund,), carts=("c1",), bought_at=NOW)
    order = replace(order, shopper_id="sh_ann", told=("shipped:p1",), wrong=("w1",))
    kept(store, merchant, order)
    assert store.order(merchant, "cn_shop", "o1") == replace(order, version=1)
    assert store.order(merchant, "cn_shop", "c1") is None


@pytest.mark.parametrize("key", [*keys_of("cn_shop", ANN), BuyerKey("shopper", "sh_ann")])
def test_whoever_bought_is_found_by_all_that_is_theirs(
    store: DynamoCommerce, merchant: str, key: BuyerKey
) -> None:
    cart = replace(a_cart(), flow=Flow(shopper_id="sh_ann"))
    kept(store, merchant, cart, replace(an_order(), shopper_id="sh_ann"))
    assert found(store, merchant, key) == ["c1", "o1"]
    assert found(store, f"{merchant}x", key) == []
    assert found(store, merchant, replace(key, value="another")) == []


def test_the_latest_come_first_and_each_once(
    store: DynamoCommerce, merchant: str, requests: Requests
) -> None:
    kept(store, merchant, *(a_cart(f"c{hours}", hours) for hours in (2, 3, 1)))
    kept(store, merchant, *(an_order(f"o{hours}", hours) for hours in (2, 1)))
    assert found(store, merchant, EMAIL, PHONE, EMAIL) == ["c3", "c2", "c1", "o2", "o1"]
    assert found(store, merchant, EMAIL, limit=1) == ["c3", "o2"]
    assert found(store, merchant) == []
    bought = store.of_shop(merchant, "cn_shop", 2)
    assert [one.cart.cart_id for one in bought.carts] == ["c3", "c2"]
    assert store.of_shop(merchant, "cn_other", 2).orders == ()


def test_who_is_not_its_buyer_any_more_does_not_find_it(
    store: DynamoCommerce, merchant: str, raw: Any
) -> None:
    kept(store, merchant, a_cart(), an_order())
    before = rows_left(raw, merchant)
    ben = Buyer(email="ben@example.com", phones=ANN.phones)
    kept(store, merchant, replace(a_cart(buyer=ben), version=1), replace(an_order(buyer=ben), version=1))
    assert found(store, merchant, EMAIL) == []
    assert found(store, merchant, PHONE) == ["c1", "o1"]
    assert found(store, merchant, BuyerKey("email", "ben@example.com")) == ["c1", "o1"]
    kept(store, merchant, replace(a_cart(hours=-5), version=2), replace(an_order(hours=-5), version=2))
    assert rows_left(raw, merchant) == before


def test_of_one_number_the_latest_are_found(store: DynamoCommerce, merchant: str) -> None:
    kept(store, merchant, *(an_order(f"o{number}", number) for number in range(24)))
    found = store.numbered(merchant, "1001")
    assert [one.order.order_id for one in found] == [f"o{number}" for number in range(23, 3, -1)]
    store.commit(merchant, ShopChange(orders=tuple(replace(one, wrong=("w1",)) for one in found)))
    assert all(one.wrong == ("w1",) for one in store.numbered(merchant, "1001"))


def test_an_order_is_found_by_its_number_alone(store: DynamoCommerce, merchant: str) -> None:
    kept(store, merchant, an_order(), an_order("o2", 1, connection_id="cn_two"), an_order("o3", number=""))
    assert [one.order.order_id for one in store.numbered(merchant, "1001")] == ["o2", "o1"]
    assert store.numbered(merchant, "1002") == store.numbered(merchant, "") == []
    kept(store, merchant, replace(an_order(number="#1002"), version=1))
    assert [one.order.order_id for one in store.numbered(merchant, "1001")] == ["o2"]
    assert [one.order.order_id for one in store.numbered(merchant, "1002")] == ["o1"]


@pytest.mark.parametrize("make", [a_cart, an_order])
def test_who_read_something_older_writes_nothing(
    store: DynamoCommerce, merchant: str, make: Callable[..., Any], dues: DynamoDue
) -> None:
    one = make()
    kept(store, merchant, one)
    for stale in (one, replace(one, version=2)):
        work = Due(MindCart(merchant, "cn_shop", "c1"), NOW)
        change = ShopChange(due=(work,), counted=(Counter("2026-11", "reached"),))
        is_cart = isinstance(one, KeptCart)
        with pytest.raises(Conflict):
            store.commit(merchant, replace(change, **{"carts" if is_cart else "orders": (stale,)}))
    assert dues.due(NOW, 10) == []
    assert store.counts(merchant, ["2026-11"]) == {"2026-11": {}}


def test_work_and_counts_are_written_with_it(store: DynamoCommerce, merchant: str, dues: DynamoDue) -> None:
    cart, order = MindCart(merchant, "cn_shop", "c1"), MindOrder(merchant, "cn_shop", "o1")
    counted = (Counter("2026-11", "reached"), Counter("2026-11", "reached", 2), Counter("2026-12", "sold", 7))
    change = ShopChange(
        carts=(a_cart(),), orders=(an_order(),), due=(Due(cart, NOW), Due(order, NOW)), counted=counted
    )
    store.commit(merchant, change)
    assert {due.work for due in dues.due(NOW, 10)} == {cart, order}
    store.commit(merchant, ShopChange(done=(cart,), counted=(Counter("2026-11", "reached", -1),)))
    assert [due.work for due in dues.due(NOW, 10)] == [order]
    months = ["2026-10", "2026-11", "2026-12"]
    assert store.counts(merchant, months) == {
        "2026-10": {},
        "2026-11": {"reached": 2},
        "2026-12": {"sold": 7},
    }


def test_carts_that_move_at_once_are_counted_in_rows_of_their_own(
    store: DynamoCommerce, merchant: str, raw: Any
) -> None:
    for number in range(24):
        change = ShopChange(carts=(a_cart(f"c{number}"),), counted=(Counter("2026-11", "reached"),))
        store.commit(merchant, change)
    less = (Counter("2026-11", "reached", -1), Counter("2026-11", "revenue:GBP", 2450))
    store.commit(merchant, ShopChange(carts=(replace(a_cart("c0"), version=1),), counted=less))
    assert store.counts(merchant, ["2026-11"]) == {"2026-11": {"reached": 23, "revenue:GBP": 2450}}
    rows = [pk for pk in rows_left(raw, merchant) if pk == f"{merchant}#commerce#2026-11"]
    assert 8 <= len(rows) <= 17


def test_a_moment_that_was_found_on_an_older_reading_is_not_set(
    store: DynamoCommerce, merchant: str, dues: DynamoDue
) -> None:
    kept(store, merchant, a_cart())
    work, as_read = MindCart(merchant, "cn_shop", "c1"), CartAsRead(merchant, "cn_shop", "c1", 1)
    store.commit(merchant, ShopChange(as_read=(as_read,), due=(Due(work, NOW),)))
    assert [due.work for due in dues.due(NOW, 10)] == [work]
    cart = store.cart(merchant, "cn_shop", "c1")
    assert cart is not None and cart.version == 1, "nothing of it was written"
    kept(store, merchant, cart)
    for stale in (as_read, replace(as_read, version=3), replace(as_read, cart_id="c2")):
        with pytest.raises(Conflict):
            store.commit(merchant, ShopChange(as_read=(stale,), done=(work,)))
    assert [due.work for due in dues.due(NOW, 10)] == [work]


def test_what_is_forgotten_leaves_nothing(
    store: DynamoCommerce, merchant: str, dues: DynamoDue, raw: Any
) -> None:
    kept(store, merchant, a_cart("c2", 1), an_order("o2", 1))
    before = rows_left(raw, merchant)
    due = (Due(MindCart(merchant, "cn_shop", "c1"), NOW), Due(MindOrder(merchant, "cn_shop", "o1"), NOW))
    store.commit(merchant, ShopChange(carts=(a_cart(),), orders=(an_order(),), due=due))
    for _ in range(2):  # again is harmless
        store.forget(merchant, [a_cart()], [an_order()])
    assert rows_left(raw, merchant) == before
    assert dues.due(NOW, 10) == []
    assert found(store, merchant, EMAIL) == ["c2", "o2"]


@pytest.mark.parametrize("make", [a_cart, an_order])
def test_what_was_erased_is_not_written_as_it_was_told_before(
    store: DynamoCommerce, merchant: str, raw: Any, make: Callable[..., Any]
) -> None:
    memory = MemoryCommerce()
    for each in (store, memory):
        is_cart = isinstance(one := make(), KeptCart)
        field = "carts" if is_cart else "orders"
        each.commit(merchant, ShopChange(**{field: (one,)}))
        for at in (NOW - timedelta(hours=3), NOW + timedelta(hours=9)):  # what was known is gone in any case
            each.forget(merchant, *((one,), ()) if is_cart else ((), (one,)), at)
        assert each.of_shop(merchant, "cn_shop") == each.of_buyers(merchant, [EMAIL]) == Bought()
        assert (each.cart(merchant, "cn_shop", "c1"), each.order(merchant, "cn_shop", "o1")) == (None, None)
        for hours in (-4.0, 0.0):
            with pytest.raises(Erased):
                each.commit(merchant, ShopChange(**{field: (make(hours=hours),)}))
        with pytest.raises(Conflict):
            each.commit(merchant, ShopChange(**{field: (replace(make(hours=0.5), version=1),)}))
        assert len(rows_left(raw, merchant)) == 1 or each is memory
        each.commit(merchant, ShopChange(**{field: (make(hours=1),)}))
    assert store.of_shop(merchant, "cn_shop") == memory.of_shop(merchant, "cn_shop") != Bought()
    assert store.numbered(merchant, "1001") == memory.numbered(merchant, "1001")


@pytest.mark.parametrize(
    ("make", "erased_after", "days"), [(a_cart, 0.5, 90), (a_cart, 40, 100), (an_order, 0.5, 730)]
)
def test_that_it_was_erased_is_remembered_for_as_long_as_it_would_be_without_saying_whose_it_was(
    store: DynamoCommerce,
    merchant: str,
    raw: Any,
    make: Callable[..., Any],
    erased_after: float,
    days: int,
) -> None:
    one = make()
    kept(store, merchant, one)
    given = ([one], []) if isinstance(one, KeptCart) else ([], [one])
    store.forget(merchant, *given, NOW + timedelta(days=erased_after))
    [row] = [row for row in rows_of(raw, "ThreadsTable") if merchant in row["pk"]["S"]]
    assert set(row) == {"pk", "sk", "erased_at", "expires_at", "version", "found_until"}
    assert (int(row["expires_at"]["N"]) - int(NOW.timestamp())) // DAY_S == days


def test_each_row_goes_by_itself_and_none_before_what_it_leads_to(
    store: DynamoCommerce, merchant: str, raw: Any
) -> None:
    def ends() -> dict[str, int]:
        """In days after NOW, by the kind of row and what it leads to."""
        mine = [row for row in rows_of(raw, "ThreadsTable") if merchant in row["pk"]["S"]]
        places = [f"{row['pk']['S'].split('#')[1]} {row['sk']['S'][:1]}" for row in mine]
        found = [int(row["expires_at"]["N"]) - int(NOW.timestamp()) for row in mine]
        return dict(zip(places, (one // DAY_S for one in found), strict=True))

    kept(store, merchant, a_cart())
    assert ends() == {"cart c": 90, "buyer c": 120, "bought c": 120}
    kept(store, merchant, replace(a_cart(at=NOW + timedelta(days=30)), version=1))
    assert ends() == {"cart c": 120, "buyer c": 120, "bought c": 120}
    kept(store, merchant, replace(a_cart(at=NOW + timedelta(days=31)), version=2))
    assert ends() == {"cart c": 121, "buyer c": 151, "bought c": 151}
    of_cart = ends()
    kept(store, merchant, an_order())
    of_order = {name: days for name, days in ends().items() if name not in of_cart}
    assert of_order.pop("order o") == 730
    assert set(of_order.values()) == {760} and len(of_order) == 3


def test_many_of_one_buyer_are_read_in_few_calls(
    store: DynamoCommerce, merchant: str, requests: Requests
) -> None:
    kept(store, merchant, *(a_cart(f"c{number}", number) for number in range(12)))
    requests.clear()
    assert len(found(store, merchant, *keys_of("cn_shop", ANN))) == 12
    assert sorted(requests.names) == ["BatchGetItem"] + ["Query"] * 6


def test_a_shop_is_asked_from_where_it_was_left(store: DynamoCommerce, merchant: str) -> None:
    assert store.caught_up(merchant, "cn_shop") is None
    for at in (NOW, NOW + timedelta(hours=1), NOW):
        store.note_caught_up(merchant, "cn_shop", at)
    assert store.caught_up(merchant, "cn_shop") == NOW + timedelta(hours=1)
    assert store.caught_up(merchant, "cn_two") is None
    for _ in range(2):
        store.forget_caught_up(merchant, "cn_shop")
    assert store.caught_up(merchant, "cn_shop") is None


def test_the_store_in_memory_says_the_same(store: DynamoCommerce, merchant: str) -> None:
    memory = MemoryCommerce()
    for each in (store, memory):
        each.commit(merchant, ShopChange(carts=(a_cart(), a_cart("c2", 1)), orders=(an_order(),)))
        each.commit(merchant, ShopChange(carts=(replace(a_cart(buyer=Buyer(email="b@x.co")), version=1),)))
        with pytest.raises(Conflict):
            each.commit(merchant, ShopChange(carts=(a_cart(),)))
    for keys in ([EMAIL], [PHONE, EMAIL], [BuyerKey("email", "b@x.co")], []):
        assert store.of_buyers(merchant, keys) == memory.of_buyers(merchant, keys)
    assert store.numbered(merchant, "1001") == memory.numbered(merchant, "1001")
    assert store.of_shop(merchant, "cn_shop") == memory.of_shop(merchant, "cn_shop")


@pytest.mark.parametrize("make", [a_cart, an_order])
def test_rows_that_went_by_themselves_hide_nothing_of_a_shop(
    store: DynamoCommerce, merchant: str, raw: Any, make: Callable[..., Any]
) -> None:
    old = make("1", -1)
    kept(store, merchant, old, *(make(f"{number}", number) for number in range(2, 9)))
    rows = rows_of(raw, "ThreadsTable")
    for row in rows:  # what leads to them lives longer than they do
        is_theirs = merchant in row["pk"]["S"] and "document" in row
        if is_theirs and '_id":"1"' not in row["document"]["S"]:
            raw.delete_item(TableName="ThreadsTable", Key={"pk": row["pk"], "sk": row["sk"]})
    bought = store.of_shop(merchant, "cn_shop", 2)
    assert len(bought.carts) + len(bought.orders) == 1
    store.forget(merchant, bought.carts, bought.orders)
    assert store.of_shop(merchant, "cn_shop", 2) == Bought()


def of_everybody(one: Any, name: str, place: int) -> Any:
    """With all by which something can be found, none of it as before."""
    phones = tuple(f"4477009{number:05}" for number in range(place, place + 3))
    buyer = Buyer(customer_id=name, email=f"{name}@example.com", phones=phones)
    return replace(one, buyer=buyer, connection_id="cn_shop")


def test_the_most_that_an_order_changes_at_once_is_written_in_one_transaction(
    store: DynamoCommerce, merchant: str, requests: Requests
) -> None:
    def everything(name: str, place: int, hours: float, version: int) -> ShopChange:
        carts = [a_cart(f"c{number}", hours) for number in range(MOST_WITH_ORDER)]
        order = an_order("o1", hours, number=f"#{place}")
        later = NOW + timedelta(days=place)
        return ShopChange(
            carts=tuple(
                KeptCart(
                    cart=of_everybody(replace(one.cart, at=later), f"{name}{number}", place + 10 * number),
                    flow=Flow(shopper_id=f"sh_{name}{number}"),
                    version=version,
                )
                for number, one in enumerate(carts)
            ),
            orders=(
                KeptOrder(
                    order=of_everybody(replace(order.order, at=later), name, place + 90),
                    claims=tuple(f"sh_{name}_{number}" for number in range(4)),
                    version=version,
                ),
            ),
            due=(
                Due(MindOrder(merchant, "cn_shop", "o1"), NOW),
                Due(ForgetShop(merchant, "cn_shop"), NOW),
            ),
            done=tuple(MindCart(merchant, "cn_shop", one.cart.cart_id) for one in carts),
            bought_by=tuple(f"sh_{name}__{number}" for number in range(MOST_BUYERS)),
        )

    store.commit(merchant, everything("ann", 100, 0, 0))
    requests.clear()
    store.commit(merchant, everything("ben", 500, -5, 1))
    [written] = [body for name, body in requests.made if name == "TransactWriteItems"]
    assert len(written["TransactItems"]) <= 100
    assert store.of_buyers(merchant, [BuyerKey("email", "ann@example.com")]) == Bought()
    assert len(store.of_buyers(merchant, [BuyerKey("email", "ben@example.com")]).orders) == 1
