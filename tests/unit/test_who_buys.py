"""Whose a cart or an order is, is proven by what is theirs alone, or nobody is named."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from a_shop_and_its_chat import ANNS_PHONE, KEY, MUG, NOON, RAW_ID, World, a_cart, after, an_order
from commerce_in_memory import MERCHANT
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.goods import NOBODY, Buyer
from chalicelib.domain.links import Link, link_id_of, token_for
from chalicelib.domain.people import Person
from chalicelib.domain.work import MindCart, MindOrder, due_id
from chalicelib.ports.commerce import KeptCart
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.know_cart import KnowCart


def test_a_cart_that_a_link_brought_to_a_chat_is_theirs() -> None:
    world = World()
    world.knows("sh_ann", carts=("c1", "c2"))
    world.knows("sh_ben", ANNS_PHONE)
    world.tell(CartTold(a_cart()))
    assert world.cart("c1").flow.shopper_id == "sh_ben"
    world.hear.tied(MERCHANT, "c1", "sh_ann", after(1))
    assert world.cart("c1").flow.shopper_id == "sh_ann"
    world.tell(CartTold(a_cart(at=9)))
    assert world.cart("c1").flow.shopper_id == "sh_ann"
    world.hear.tied(MERCHANT, "c2", "sh_ann", after(1))
    world.tell(CartTold(a_cart("c2", buyer=NOBODY)))
    assert (world.cart("c2").flow.shopper_id, world.cart("c2").cart.lines) == ("sh_ann", MUG)
    assert due_id(MindCart(MERCHANT, "cn_shop", "c2")) in world.store.due


Tell = Callable[[World], None]


def knows_by_order(world: World) -> None:
    world.tell(OrderTold(an_order("o9", buyer=Buyer(email="ann@example.com", phones=("07700900123",)))))


def knows_by_customer(world: World) -> None:
    world.tell(CartTold(a_cart("c9", buyer=Buyer(customer_id="77", phones=("07700900123",)))))


def came_by(**link: str) -> Tell:
    def note(world: World) -> None:
        made = Link(
            merchant_id=MERCHANT,
            link_id=link_id_of(RAW_ID),
            connection_id="cn_chat",
            ends_at=after(60),
            **link,
        )
        world.links[made.link_id] = made

    return note


def nothing(world: World) -> None:
    return None


REF = token_for(KEY, RAW_ID, after(60))


@pytest.mark.parametrize(
    ("before", "buyer", "ref", "whose"),
    [
        (nothing, Buyer(phones=("07700 900123",)), "", "sh_ann"),
        (nothing, Buyer(phones=("+447700900123",)), "", "sh_ann"),
        (nothing, Buyer(phones=("07700 900124",)), "", ""),
        (nothing, Buyer(phones=("555-SHIP",)), "", ""),
        (nothing, Buyer(phones=("07700 900123", "07700 900555")), "", ""),
        (nothing, Buyer(name="Ann", postcode="N1"), "", ""),
        (nothing, Buyer(email="ann@example.com"), "", ""),
        (knows_by_order, Buyer(email="ann@example.com", phones=("07700 900555",)), "", "sh_ben"),
        (knows_by_order, Buyer(email="ann@example.com", phones=("07700 900124",)), "", ""),
        (knows_by_customer, Buyer(customer_id="77"), "", ""),
        (came_by(shopper_id="sh_ben"), NOBODY, REF, "sh_ben"),
        (came_by(used_by="sh_ann"), NOBODY, REF, "sh_ann"),
        (came_by(used_by="sh_merged"), NOBODY, REF, "sh_ann"),
        (came_by(), NOBODY, REF, ""),
        (came_by(opt_in_text="Yes", used_by="sh_ann"), NOBODY, REF, ""),
        (came_by(used_by="sh_erased"), NOBODY, REF, ""),
        (came_by(shopper_id="sh_ben"), NOBODY, REF[:-1] + "A", ""),
        (came_by(shopper_id="sh_ben"), Buyer(phones=("07700 900123",)), REF, ""),
        (came_by(shopper_id="sh_ben"), Buyer(phones=("07700 900555",)), REF, "sh_ben"),
        (came_by(shopper_id="sh_ben"), Buyer(phones=("07700 900124",)), REF, ""),
        (came_by(used_by="sh_ann"), Buyer(phones=("07700 900124",)), REF, ""),
        (came_by(shopper_id="sh_eve"), Buyer(phones=("07700 900124",)), REF, "sh_eve"),
        (nothing, NOBODY, REF, ""),
    ],
)
def test_whose_a_cart_is_is_proven_or_not_said(before: Tell, buyer: Buyer, ref: str, whose: str) -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.knows("sh_ben", "447700900555")
    world.knows("sh_eve")  # where there are no numbers
    world.persons["sh_merged"] = Person(merchant_id=MERCHANT, shopper_id="sh_merged", merged_into="sh_ann")
    before(world)
    world.tell(CartTold(a_cart(buyer=buyer, ref=ref)))
    assert world.cart("c1").flow.shopper_id == whose
    world.tell(OrderTold(an_order(buyer=buyer, ref=ref)))
    assert world.order("o1").shopper_id == whose


def test_a_link_that_had_ended_when_the_cart_was_begun_proves_nothing() -> None:
    world = World()
    world.knows("sh_ben")
    came_by(shopper_id="sh_ben")(world)
    world.tell(CartTold(a_cart(buyer=NOBODY, ref=REF, created_at=after(61), at=61)))
    assert world.cart("c1").flow.shopper_id == ""


MALLORYS = "447700900666"
TYPED = Buyer(email="ann@example.com", phones=(f"+{MALLORYS}",))
UNKNOWN_ANN = Buyer(email="ann@example.com", phones=("07700900124",))
BY_MAIL = Buyer(email="ann@example.com")


def sold(order_id: str, buyer: Buyer, **other: Any) -> OrderTold:
    return OrderTold(an_order(order_id, buyer=buyer, **other))


@pytest.mark.parametrize(
    ("earlier", "email", "whose"),
    [
        ((sold("o9", replace(BY_MAIL, phones=("07700900123",))),), " Ann@Example.COM", "sh_ann"),
        ((sold("o9", replace(BY_MAIL, phones=("07700900123",))),), "ann@example.org", ""),
        ((sold("o9", replace(BY_MAIL, phones=("07700900123",)), paid="failed"),), "ann@example.com", ""),
        ((CartTold(a_cart("c9")),), "ann@example.com", ""),
        ((sold("o8", TYPED), sold("o9", replace(BY_MAIL, phones=("07700900123",)))), "ann@example.com", ""),
        ((sold("o8", TYPED), sold("o9", UNKNOWN_ANN)), "ann@example.com", ""),
    ],
)
def test_a_cart_without_a_number_goes_by_its_email_to_who_alone_has_bought_under_it(
    earlier: tuple[ShopEvent, ...], email: str, whose: str
) -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.knows("sh_mallory", MALLORYS)
    world.tell(*earlier, CartTold(a_cart(buyer=Buyer(email=email))))
    assert world.cart("c1").flow.shopper_id == whose
    world.tell(sold("o1", Buyer(email=email), carts=("c1",)))
    assert world.order("o1").shopper_id == "", "an e-mail never says whose an order is"


@pytest.mark.parametrize("typed", [CartTold(a_cart("m1", buyer=TYPED)), sold("m1", TYPED)])
@pytest.mark.parametrize("is_first", [True, False])
def test_who_types_somebody_elses_email_gets_neither_their_orders_nor_their_carts(
    typed: ShopEvent, is_first: bool
) -> None:
    world, theirs = World(), (sold("o9", UNKNOWN_ANN), CartTold(a_cart("a1", buyer=UNKNOWN_ANN)))
    world.knows("sh_mallory", MALLORYS)
    world.tell(*((typed, *theirs) if is_first else (*theirs, typed)))
    assert (world.order("o9").shopper_id, world.cart("a1").flow.shopper_id) == ("", "")


def test_who_comes_to_a_shops_counter_gets_nothing_of_others_who_do() -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.tell(sold("o1", Buyer(customer_id="1", phones=("07700900123",))))
    world.tell(
        sold("o2", Buyer(customer_id="1", phones=("07700900999",))), sold("o3", Buyer(customer_id="1"))
    )
    assert [world.order(one).shopper_id for one in ("o1", "o2", "o3")] == ["sh_ann", "", ""]


def test_a_cart_that_went_by_its_email_goes_to_nobody_once_it_names_a_strangers_number() -> None:
    world = World()
    world.knows("sh_mallory", MALLORYS)
    world.tell(sold("m1", TYPED), CartTold(a_cart(buyer=BY_MAIL)))
    assert world.cart("c1").flow.shopper_id == "sh_mallory"
    world.tell(CartTold(a_cart(at=1, buyer=UNKNOWN_ANN)))
    assert world.cart("c1").flow.shopper_id == ""


@pytest.mark.parametrize("is_tied_first", [True, False])
def test_an_order_is_theirs_whose_cart_it_was_by_a_link(is_tied_first: bool) -> None:
    world = World()
    world.knows("sh_ann", carts=("c1",))
    world.tell(CartTold(a_cart(buyer=NOBODY)))
    order = sold("o1", BY_MAIL, carts=("c1",))
    if not is_tied_first:
        world.tell(order)
    world.hear.tied(MERCHANT, "c1", "sh_ann", after(1))
    if is_tied_first:
        world.tell(order)
    assert (world.order("o1").shopper_id, world.cart("c1").flow.shopper_id) == ("sh_ann", "sh_ann")
    assert MindOrder(MERCHANT, "cn_shop", "o1") in [work for work, _ in world.works]


BEN = Buyer(phones=("07700900555",))


@pytest.mark.parametrize(
    ("told_by", "buyer", "whose"),
    [
        ((), NOBODY, []),
        (("cn_shop",), NOBODY, ["sh_ann"]),
        (("cn_two",), NOBODY, ["sh_ann"]),
        (("cn_two",), BEN, ["sh_ben"]),
        (("cn_two",), UNKNOWN_ANN, ["sh_ann"]),
        (("cn_shop", "cn_two"), NOBODY, ["", ""]),
    ],
)
def test_of_several_shops_a_link_brings_the_cart_of_the_only_one_that_has_told_of_it(
    told_by: tuple[str, ...], buyer: Buyer, whose: list[str]
) -> None:
    world = World(other_shops=("cn_two",))
    world.knows("sh_ann", carts=("order-123",))
    world.knows("sh_ben", "447700900555")
    for one in told_by:
        world.hear(Source(MERCHANT, one, "shopify"), CartTold(a_cart("order-123", buyer=buyer)), NOON, NOON)
    world.hear.tied(MERCHANT, "order-123", "sh_ann", after(5))
    assert [one.flow.shopper_id for one in world.store.carts.values()] == whose


@pytest.mark.parametrize("in_chat", ["5511987654321", "551187654321"])
def test_a_number_is_the_same_as_chats_spelled_it_before(in_chat: str) -> None:
    world, buyer = World(), Buyer(phones=("+55 11 98765-4321",))
    world.knows("sh_rui", in_chat)
    world.tell(CartTold(a_cart(buyer=buyer)), sold("o1", buyer))
    assert (world.cart("c1").flow.shopper_id, world.order("o1").shopper_id) == ("sh_rui", "sh_rui")
    know: Any = KnowCart
    empty = KeptCart(cart=a_cart(buyer=NOBODY))
    reader = know(world.store, world, world, world).reader(MERCHANT, "sh_rui", empty)
    assert BuyerKey("phone", "5511987654321") in reader.keys, "what they order ends the reminders of a cart"
    world = World(erased={in_chat: after(30)})
    world.tell(CartTold(a_cart(buyer=buyer)), sold("o1", buyer))
    assert (world.store.carts, world.store.orders) == ({}, {})


def test_an_order_stays_its_buyers_when_their_number_is_somebody_elses() -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.tell(OrderTold(an_order(at=30)))
    world.knows("sh_ann", "447700900777")
    world.knows("sh_cat", ANNS_PHONE)
    for minutes in (40, 40, 50, 60):
        world.tell(OrderTold(an_order(at=minutes)))
        assert world.order("o1").shopper_id in ("", "sh_ann")
        assert world.order("o1").owners != ("sh_cat",)
    found = world.store.of_buyers(MERCHANT, [BuyerKey("shopper", "sh_ann")]).orders
    assert [one.order.order_id for one in found] == ["o1"], "she may have it erased"
    world.persons["sh_cat"] = replace(world.persons["sh_cat"], merged_into="sh_ann")
    world.tell(OrderTold(an_order(at=60)))
    assert (world.order("o1").shopper_id, world.order("o1").claims) == ("sh_ann", ())


@pytest.mark.parametrize("number", ["07700 900555", "07700 900124", ""])
@given(again=st.lists(st.booleans(), max_size=3), is_last=st.booleans())
def test_of_two_numbers_the_newer_says_whose_an_order_is_in_whatever_order_they_come(
    number: str, again: list[bool], is_last: bool
) -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.knows("sh_ben", "447700900555")
    numbers = (number,) if number else ()
    newer = sold("o1", Buyer(phones=numbers), at=40)
    older = sold("o1", Buyer(phones=("07700 900123",)), at=30)
    world.tell(*((older, newer) if is_last else (newer, older)))
    world.tell(*((newer if one else older) for one in again))
    assert world.order("o1").shopper_id == ("sh_ben" if number.endswith("555") else "")
