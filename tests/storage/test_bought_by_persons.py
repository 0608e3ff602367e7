"""What a person has in carts and has ordered is handed to them, and goes with them; nobody else's does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from persons import SAID, picture, wrote
from samples import NOW

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.flows import Flow
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.commerce.returns import Reached, Return, ReturnedLine
from chalicelib.domain.erasing import Erasure
from chalicelib.domain.events import Address
from chalicelib.domain.people import Person, Place
from chalicelib.domain.work import Due, EraseShopper, MindCart
from chalicelib.ports.commerce import KeptCart, KeptOrder, ShopChange
from chalicelib.ports.returns import KeptReturn
from chalicelib.services.people.erase import BeginErasing, ErasePerson
from chalicelib.services.people.export import ExportPerson, PageOfPerson
from chalicelib.services.people.people import MergePeople
from chalicelib.services.shops.of_person import BoughtByPerson
from chalicelib.storage.commerce import DynamoCommerce
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.returns import DynamoReturns
from chalicelib.storage.surveys import DynamoSurveys
from chalicelib.storage.threads import DynamoThreads
from tests.crash.doubles import Bodies, Files, MovableClock, Queues

LATER = NOW + timedelta(hours=1)
BY_PHONE = Buyer(phones=("447700900123",), email="ann@example.com")
SOMEBODY = Buyer(phones=("447700900999",), email="cat@example.com")


def a_cart(cart_id: str, buyer: Buyer, shopper_id: str = "") -> KeptCart:
    cart = Cart(connection_id="cn_shop", cart_id=cart_id, at=NOW, created_at=NOW, buyer=buyer)
    return KeptCart(cart=cart, flow=Flow(shopper_id=shopper_id))


def an_order(order_id: str, buyer: Buyer, shopper_id: str = "") -> KeptOrder:
    order = Order(connection_id="cn_shop", order_id=order_id, at=NOW, placed_at=NOW, number=order_id)
    return KeptOrder(order=replace(order, buyer=buyer), shopper_id=shopper_id)


def a_return(return_id: str, order_id: str, shopper_id: str) -> KeptReturn:
    told = Return(
        return_id=return_id,
        place=1,
        connection_id="cn_shop",
        order_id=order_id,
        thread_id="th_1",
        shopper_id=shopper_id,
        lines=(ReturnedLine(line_id="1"),),
        steps=(Reached("requested", NOW),),
    )
    return KeptReturn(told)


@pytest.fixture
def store(bound: str, merchant: str, threads: DynamoThreads, people: DynamoPeople) -> DynamoCommerce:
    """Ann, who turned out to be Ben, and Eve have written; they and somebody else have bought."""
    for name in ("ann", "ben", "eve"):
        wrote(threads, merchant, name)
    MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, LATER)
    store = DynamoCommerce()
    carts = (
        a_cart("by phone", BY_PHONE),
        a_cart("as Ann", Buyer(email="a@x.co"), "sh_ann"),
        a_cart("as Ben", Buyer(), "sh_ben"),
        a_cart("Eve's", Buyer(), "sh_eve"),
        a_cart("somebody's", SOMEBODY),
    )
    orders = (an_order("o1", BY_PHONE, "sh_ann"), an_order("o2", SOMEBODY), an_order("o3", Buyer(), "sh_eve"))
    # What Eve has bought when the number was hers; and what nobody knows whose it is.
    orders += (
        an_order("o4", BY_PHONE, "sh_eve"),
        replace(an_order("o5", BY_PHONE), claims=("sh_ann", "sh_eve")),
    )
    store.commit(merchant, ShopChange(carts=carts, due=(Due(MindCart(merchant, "cn_shop", "as Ben"), NOW),)))
    store.commit(merchant, ShopChange(orders=orders))
    for return_id, order_id, shopper_id in (
        ("rt_1", "o1", "sh_eve"),  # opened in her thread, of an order that was proven to be another's later
        ("rt_2", "o9", "sh_ann"),
        ("rt_3", "o3", "sh_eve"),
    ):
        DynamoReturns().save(merchant, a_return(return_id, order_id, shopper_id), ())
    return store


def names(page: PageOfPerson) -> set[str]:
    carts = {one.cart.cart_id for one in page.bought.carts}
    return carts | {one.order.order_id for one in page.bought.orders}


def test_a_person_is_told_what_they_have_bought(
    store: DynamoCommerce, threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    export = ExportPerson(people, threads, DynamoSurveys(), BoughtByPerson(store, DynamoReturns()).shown)
    assert names(export(merchant, "sh_ben", "", 10)) == {"by phone", "as Ann", "as Ben", "o1"}
    assert names(export(merchant, "sh_eve", "", 10)) == {"Eve's", "o3", "o4"}
    assert names(export(merchant, "sh_ann", "th_ann 1#ms_1", 10)) == set()
    assert [one.told.return_id for one in export(merchant, "sh_ben", "", 10).bought.returns] == ["rt_2"]


def test_who_turned_out_to_be_somebody_by_way_of_another_is_told_of_all_of_it(
    store: DynamoCommerce, threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    export = ExportPerson(people, threads, DynamoSurveys(), BoughtByPerson(store, DynamoReturns()).shown)
    MergePeople(people)(merchant, "sh_eve", "sh_ann", SAID, LATER)
    assert names(export(merchant, "sh_eve", "", 10)) >= {"as Ben", "as Ann", "Eve's", "o1", "o5"}


def test_what_was_bought_by_a_number_that_a_chat_spells_as_it_was_before_goes_with_its_person(
    store: DynamoCommerce, merchant: str
) -> None:
    place, rui = Place("cn_one", Address("phone", "551187654321")), Buyer(phones=("5511987654321",))
    store.commit(merchant, ShopChange(carts=(a_cart("Rui's", rui),), orders=(an_order("o9", rui),)))
    bought = BoughtByPerson(store, DynamoReturns())
    person = Person(merchant_id=merchant, shopper_id="sh_rui", places=(place,))
    shown = bought.shown(person, ("sh_rui",))
    assert [len(shown.carts), len(shown.orders)] == [1, 1]
    erasure = Erasure(
        merchant_id=merchant,
        shopper_id="sh_rui",
        erasure_id="er_1",
        by="Kim",
        at=LATER,
        shoppers=("sh_rui",),
        places=(place,),
    )
    assert [bought.forget(erasure), bought.forget(erasure)] == [2, 0]


def test_who_is_erased_leaves_no_cart_and_no_order(
    store: DynamoCommerce,
    threads: DynamoThreads,
    people: DynamoPeople,
    dues: DynamoDue,
    merchant: str,
    raw: Any,
) -> None:
    store.commit(merchant, ShopChange(due=(Due(MindCart(merchant, "cn_shop", "as Ben"), NOW),)))
    queues, erasing = Queues(MovableClock(NOW)), DynamoErasing()
    erasure = BeginErasing(people, erasing, queues)(merchant, "sh_ann", "Kim", LATER)
    work = EraseShopper(merchant, erasure.shopper_id, erasure.erasure_id)
    forget = BoughtByPerson(store, DynamoReturns()).forget
    erase = ErasePerson(erasing, threads, Files(), Bodies(), dues, queues, lambda: 0.0, forget_bought=forget)
    erase(work, LATER)
    assert {one.cart.cart_id for one in store.of_shop(merchant, "cn_shop").carts} == {"somebody's", "Eve's"}
    assert {one.order.order_id for one in store.of_shop(merchant, "cn_shop").orders} == {"o2", "o3", "o4"}
    assert [DynamoReturns().one(merchant, f"rt_{one}") is None for one in (1, 2, 3)] == [True, True, False]
    left = store.order(merchant, "cn_shop", "o4")
    assert left is not None and left.shopper_id == "sh_eve"
    store.forget(merchant, [], [left])
    assert "ann@example.com" not in str(picture(raw, merchant))
    assert dues.due(LATER, 10) == []
