"""What shops tell, in whatever order and how often, ends in the same carts and orders, and the same work."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from a_shop_and_its_chat import ANN, ANNS_PHONE, MUG, NOON, World, a_cart, after, an_order
from commerce_in_memory import MERCHANT, MemoryCommerce
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.commerce.carts import is_open
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.goods import NOBODY, Buyer
from chalicelib.domain.commerce.orders import NEVER, Order, Parcel
from chalicelib.domain.consent.records import Consent, standing
from chalicelib.domain.work import ForgetShop, MindCart, MindOrder, due_id
from chalicelib.ports.commerce import ShopChange
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.services.shops.opt_ins import NoteOptIns

PARCEL = Parcel(parcel_id="p1", state="shipped", at=after(60))
# One buyer's carts and orders, as a shop would tell of them: who they are shows in their cart after a while,
# one order is bought with the first cart, another fails, a third is cancelled later.
HISTORY: tuple[ShopEvent, ...] = (
    CartTold(a_cart(buyer=NOBODY)),
    CartTold(a_cart(at=5)),
    CartTold(a_cart("c2", at=10, created_at=after(10), buyer=Buyer(email="ann@example.com"))),
    CartTold(a_cart("c3", at=200, created_at=after(200))),
    OrderTold(an_order(carts=("c1",))),
    OrderTold(an_order(at=70, carts=("c1",), is_confirmed=True)),
    OrderTold(Order(connection_id="", order_id="o1", parcels=(PARCEL,))),
    OrderTold(an_order("o2", at=210, placed_at=after(205), number="#1002", paid="failed")),
    OrderTold(an_order("o3", at=40, placed_at=after(40), number="#1003", carts=("gone",))),
    OrderTold(an_order("o3", at=90, placed_at=after(40), number="#1003", state="cancelled")),
)


def a_world(hears: Sequence[ShopEvent]) -> World:
    world = World()
    world.knows("sh_ann", ANNS_PHONE)
    world.tell(*hears, at=after(300))
    return world


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_history_comes_to_the_same_in_any_order(data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(HISTORY), max_size=4))
    world = a_world(data.draw(st.permutations([*HISTORY, *again])))
    assert world.state == a_world(HISTORY).state


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_history_comes_to_the_same_when_others_write_in_between(data: st.DataObject) -> None:
    told, world = data.draw(st.permutations(HISTORY)), World()
    world.knows("sh_ann", ANNS_PHONE)
    waiting = list(told)

    def others() -> None:
        if waiting and data.draw(st.booleans()):
            world.tell(waiting.pop(), at=after(300))

    world.store.before_commit = others
    while waiting:
        world.tell(waiting.pop(), at=after(300))
    assert world.state == a_world(HISTORY).state


def test_what_is_told_again_writes_nothing() -> None:
    world = a_world(HISTORY)
    commits, works = world.store.commits, len(world.works)
    world.tell(*HISTORY, at=after(300))
    assert (world.store.commits, len(world.works)) == (commits, works)


class Crash(StoreBusy):
    """The process is gone, or its answer."""


@dataclass
class Crashing(MemoryCommerce):
    """Fails once, before or after one of its commits."""

    at: int = 0
    is_written: bool = False

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        self.at -= 1
        if self.at == 0 and not self.is_written:
            raise Crash
        super().commit(merchant_id, change)
        if self.at == 0:
            raise Crash


@pytest.mark.parametrize("is_written", [False, True])
def test_a_crash_anywhere_comes_to_the_same_once_it_is_told_again(is_written: bool) -> None:
    expected, crashes = a_world(HISTORY), 0
    for number in range(1, expected.store.commits + 1):
        world = World(store=Crashing(at=number, is_written=is_written))
        world.knows("sh_ann", ANNS_PHONE)
        for event in HISTORY:
            with suppress(Crash):
                world.tell(event, at=after(300))
                continue
            crashes += 1
            world.tell(event, at=after(300))
        assert world.state == expected.state
        assert {due_id(work) for work, _ in world.works} <= world.store.due.keys()
        assert world.store.due.keys() == expected.store.due.keys()
    assert crashes == expected.store.commits


def test_a_history_leaves_what_it_tells() -> None:
    world = a_world(HISTORY)
    assert [is_open(world.cart(one).cart) for one in ("c1", "c2", "c3")] == [False, False, True]
    assert world.cart("c1").cart.order_id == "o1"
    assert world.cart("c1").cart.buyer.phones == (ANNS_PHONE,)
    assert world.cart("c2").flow.shopper_id == "sh_ann"
    assert {one.shopper_id for one in world.store.orders.values()} == {"sh_ann"}
    assert world.order("o1").order.parcels == (PARCEL,)


def test_a_cart_is_looked_at_when_it_lies_idle_for_long_enough() -> None:
    world = World()
    world.tell(CartTold(a_cart()))
    due = world.store.due[due_id(MindCart(MERCHANT, "cn_shop", "c1"))]
    assert due.at == after(45)
    world.tell(CartTold(a_cart(at=20)))
    assert world.store.due[due.due_id].at == after(65)
    world.tell(OrderTold(an_order(carts=("c1",))))
    assert due.due_id not in world.store.due


def test_an_order_that_has_changed_is_looked_at_at_once() -> None:
    world, work = World(), MindOrder(MERCHANT, "cn_shop", "o1")
    world.tell(OrderTold(an_order()))
    world.tell(OrderTold(an_order(at=40, is_confirmed=True)))
    assert world.works == [(work, "1"), (work, "2")]
    assert world.store.due[due_id(work)].at == NOON + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("changes", "is_bought"),
    [
        ({}, True),
        ({"buyer": Buyer(email="ANN@example.com")}, True),
        ({"buyer": Buyer(phones=("+44 7700 900123",))}, True),
        ({"buyer": Buyer(customer_id="77")}, True),
        ({"buyer": Buyer(email="ben@example.com"), "carts": ("c1",)}, True),
        ({"buyer": Buyer(email="ben@example.com")}, False),
        ({"state": "cancelled"}, False),
        ({"paid": "failed"}, False),
        ({"is_bought": False}, False),
        ({"placed_at": after(-1)}, False),
    ],
)
def test_a_cart_is_bought_by_whatever_its_buyer_orders_after_it(
    changes: dict[str, Any], is_bought: bool
) -> None:
    world = World()
    world.tell(CartTold(a_cart()), OrderTold(an_order(**changes)))
    assert is_open(world.cart("c1").cart) != is_bought


@dataclass
class Noting(MemoryCommerce):
    """Remembers what was written."""

    changes: list[ShopChange] = field(default_factory=list)

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        super().commit(merchant_id, change)
        self.changes.append(change)


def test_who_has_a_cart_under_the_same_email_is_shown_to_have_bought() -> None:
    store = Noting()
    world = World(store=store)
    world.knows("sh_ann", ANNS_PHONE)
    world.tell(CartTold(a_cart()), OrderTold(an_order(buyer=Buyer(email="ann@example.com"))))
    [told] = [one for one in store.changes if one.orders]
    assert (told.bought_by, world.order("o1").shopper_id) == (("sh_ann",), "")


def test_an_order_from_another_address_of_the_same_person_buys_the_cart() -> None:
    world = World()
    world.knows("sh_ann", ANNS_PHONE, "447700900999")
    world.tell(CartTold(a_cart(buyer=Buyer(phones=("07700900999",)))))
    world.tell(OrderTold(an_order(buyer=Buyer(phones=("07700900123",)))))
    assert not is_open(world.cart("c1").cart)


def test_what_has_no_time_of_its_own_happened_when_its_webhook_came() -> None:
    world = World()
    world.tell(OrderTold(an_order(), is_now=True), at=after(31))
    assert world.order("o1").order.at == after(30)
    gone = Order(connection_id="", order_id="o1", state="gone")
    world.tell(OrderTold(gone, is_now=True), at=after(40))
    assert (world.order("o1").order.state, world.order("o1").order.at) == ("gone", after(40))
    parcel = Parcel(parcel_id="p", state="shipped", at=NEVER)
    world.tell(OrderTold(replace(gone, state="open", parcels=(parcel,)), is_now=True), at=after(50))
    assert world.order("o1").order.parcels == (replace(parcel, at=after(50)),)
    assert world.order("o1").order.state == "gone"


def test_a_box_that_was_ticked_is_noted_as_their_yes() -> None:
    world = World()
    world.tell(CartTold(a_cart(buyer=replace(ANN, opt_in_text="Send me offers"))), CartTold(a_cart("c2")))
    assert world.yes == [("c1", after(0), "box")]


def test_an_order_hands_on_the_box_as_of_its_cart_or_as_of_nobody_knows_when() -> None:
    world, ann = World(), replace(ANN, opt_in_text="Send me offers")
    world.tell(OrderTold(an_order(buyer=ann, carts=("c1",))))
    world.tell(CartTold(a_cart(at=5, buyer=ann)))
    world.tell(OrderTold(an_order(at=40, buyer=ann, carts=("c1",))))
    assert world.yes == [("o1", after(30), "import"), ("c1", after(0), "box"), ("o1", after(0), "box")]


def test_a_box_counts_as_it_was_ticked_last() -> None:
    world, ann = World(), replace(ANN, opt_in_text="Send me offers")
    world.tell(CartTold(a_cart(at=5)), CartTold(a_cart(buyer=ann)))
    world.tell(OrderTold(an_order(at=40)), OrderTold(an_order(buyer=ann)))
    assert world.yes == []
    typed = replace(ann, phones=("07700 900555",))
    world.tell(CartTold(a_cart(at=6, buyer=ann)), CartTold(a_cart(at=4, buyer=typed)))
    assert world.yes == [("c1", after(0), "box")]


def test_a_box_is_not_noted_once_its_buyer_is_erased() -> None:
    world, ann = World(), replace(ANN, opt_in_text="Send me offers")
    told = (CartTold(a_cart(buyer=ann)), OrderTold(an_order(buyer=ann)))
    world.tell(*told)
    noted = list(world.yes)
    bought = world.store.of_shop(MERCHANT, "cn_shop")
    world.store.forget(MERCHANT, bought.carts, bought.orders, after(60))
    world.tell(*told)
    assert world.yes == noted != []


class Noted:
    """What is written down."""

    def __init__(self) -> None:
        self.records: list[Consent] = []

    def add(self, records: Sequence[Consent], shopper_id: str = "") -> None:
        self.records.extend(records)


@pytest.mark.parametrize(
    ("boxes", "state"),
    [
        ([(0, "box")], "withdrawn"),
        ([(0, "box"), (30, "import")], "withdrawn"),
        ([(30, "box")], "given"),
    ],
)
def test_a_stop_holds_against_the_box_of_the_cart_that_is_bought_after_it(
    boxes: list[tuple[int, Any]], state: str
) -> None:
    noted: Any = Noted()
    told = replace(ANN, phones=(ANNS_PHONE,), opt_in_text="Send me offers")
    for minutes, how in boxes:
        NoteOptIns(noted)(MERCHANT, told, "c1", after(minutes), after(60), how)
    given = noted.records[0]
    stop = replace(given, state="withdrawn", how="word", at=after(10))
    assert standing([*noted.records, stop], "marketing", "whatsapp", [given.address]).state == state


def test_when_others_always_come_first_it_is_tried_again_later() -> None:
    world = World()

    def others() -> None:
        raise Conflict

    world.store.before_commit = others
    with pytest.raises(StoreBusy):
        world.tell(CartTold(a_cart()))
    with pytest.raises(StoreBusy):
        world.tell(OrderTold(an_order()))


def test_what_was_told_before_its_buyer_was_erased_is_dropped() -> None:
    world = World(erased={ANNS_PHONE: after(30)})
    world.tell(CartTold(a_cart(at=29)), OrderTold(an_order(at=30)))
    assert (world.store.carts, world.store.orders) == ({}, {})
    world.tell(CartTold(a_cart(at=31)), OrderTold(an_order(at=31)))
    assert (len(world.store.carts), len(world.store.orders)) == (1, 1)


@pytest.mark.parametrize("is_at_once", [False, True])
def test_what_names_no_number_stays_erased_however_often_it_is_told(is_at_once: bool) -> None:
    world, by_mail = World(), Buyer(email="ann@example.com", name="Ann")
    told = (
        CartTold(a_cart("c1", buyer=by_mail)),
        OrderTold(an_order("o1", at=5, buyer=by_mail, carts=("c1",))),
        CartTold(a_cart("c2", at=6, created_at=after(6), buyer=by_mail)),
    )
    world.tell(*told, at=after(6))

    def erased() -> None:
        bought = world.store.of_buyers(MERCHANT, [BuyerKey("email", "ann@example.com")])
        world.store.forget(MERCHANT, bought.carts, bought.orders, after(100))

    if is_at_once:  # in the middle of what changes it
        world.store.before_commit = erased
    else:
        erased()
    world.tell(*told, CartTold(a_cart("c2", at=90, created_at=after(6), buyer=by_mail)), at=after(110))
    erased()
    assert (world.store.carts, world.store.orders) == ({}, {})
    world.store.before_commit = lambda: None
    world.tell(OrderTold(an_order("o1", at=120, buyer=by_mail)), at=after(120))
    assert world.order("o1").order.buyer.name == "Ann", "what they do afterwards is told anew"


@pytest.mark.parametrize("told", [CartTold(a_cart()), OrderTold(an_order())])
@pytest.mark.parametrize("disconnected", [(), ("cn_chat",), ("cn_shop",)])
def test_what_comes_of_a_shop_after_it_was_disconnected_goes_with_the_rest(
    told: ShopEvent, disconnected: tuple[str, ...]
) -> None:
    world = World(disconnected=disconnected)
    world.tell(told, at=after(300))
    due = world.store.due.get(due_id(ForgetShop(MERCHANT, "cn_shop")))
    assert (due.at if due else None) == (
        after(300) + timedelta(days=3) if "cn_shop" in disconnected else None
    )


def test_garbage_is_left_out() -> None:
    world = World()
    buyer = Buyer(email="not an e-mail", phones=("call me", "12"), country="Narnia", name="A" * 999)
    world.tell(CartTold(a_cart(buyer=buyer, lines=MUG * 500, url="https://x.example/" + "u" * 5000)))
    cart = world.cart("c1").cart
    assert (cart.buyer.email, cart.buyer.phones, cart.buyer.country) == ("", (), "")
    assert (len(cart.lines), cart.url, len(cart.buyer.name)) == (100, "", 200)
    assert world.store.of_buyers(MERCHANT, [BuyerKey("email", "not an e-mail")]).carts == ()


def test_a_yes_is_noted_under_the_number_as_chats_spell_it_too() -> None:
    noted: Any = Noted()
    told = Buyer(phones=("5511987654321", ANNS_PHONE), opt_in_text="Send me offers")
    NoteOptIns(noted)(MERCHANT, told, "c1", after(0), after(0))
    numbers = ["5511987654321", "551187654321", ANNS_PHONE]
    assert [one.address for one in noted.records] == [f"phone#{one}" for one in numbers]
