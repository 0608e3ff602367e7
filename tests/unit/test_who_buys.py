"""Whose a cart or an order is, is proven by what is theirs alone, or nobody is named."""

from collections.abc import Callable

import pytest
from a_shop_and_its_chat import ANNS_PHONE, KEY, MUG, RAW_ID, World, a_cart, after, an_order
from commerce_in_memory import MERCHANT

from chalicelib.domain.commerce.events import CartTold, OrderTold
from chalicelib.domain.commerce.goods import NOBODY, Buyer
from chalicelib.domain.links import Link, link_id_of, token_for
from chalicelib.domain.people import Person
from chalicelib.domain.work import MindCart, due_id


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
        (knows_by_order, Buyer(email=" Ann@Example.COM"), "", "sh_ann"),
        (knows_by_order, Buyer(email="ann@example.org"), "", ""),
        (knows_by_order, Buyer(email="ann@example.com", phones=("07700 900555",)), "", ""),
        (knows_by_customer, Buyer(customer_id="77"), "", "sh_ann"),
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
