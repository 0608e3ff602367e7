"""Whose a cart or an order is, is proven by what is theirs alone, or nobody is named."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from a_shop_and_its_chat import ANNS_PHONE, KEY, MUG, NOON, RAW_ID, World, a_cart, after, an_order
from commerce_in_memory import MERCHANT

from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.goods import NOBODY, Buyer
from chalicelib.domain.links import Link, link_id_of, token_for
from chalicelib.domain.people import Person
from chalicelib.domain.work import MindCart, MindOrder, due_id
from chalicelib.services.receiving.pointers import Source


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
        (nothing, NOBODY, REF, ""),
    ],
)
def test_whose_a_cart_is_is_proven_or_not_said(before: Tell, buyer: Buyer, ref: str, whose: str) -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.knows("sh_ben", "447700900555")
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
