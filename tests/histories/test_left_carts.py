"""Carts that are left, day after day: when their buyers are reminded, and what stops it in time."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from cart_shop import DAY, HOUR, MINUTE, TELEGRAM, WHATSAPP, CartShop, reader_of, tied
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_people import MERCHANT

from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.content import text_content
from chalicelib.domain.threads import mark
from chalicelib.domain.work import MindCart
from chalicelib.ports.commerce import KeptOrder, ShopChange
from chalicelib.ports.errors import RetryLater, StoreBusy

IDLE = 45 * MINUTE


def test_they_are_reminded_after_45_minutes_and_a_day_after_that_and_then_never_again():
    shop = CartShop()
    buyer = reader_of(shop)
    left_at = shop.now
    shop.leaves(buyer=buyer)
    shop.passes(IDLE - MINUTE)
    assert shop.sent_at == []
    shop.passes(10 * DAY)
    assert shop.sent_at == [left_at + IDLE, left_at + IDLE + DAY]
    first, second = shop.reminders
    assert first.text.startswith("Hi! There's something left in your cart: 2 × Blue mug (£24.50).")
    assert second.text.startswith("Hi! Your cart is still waiting: 2 × Blue mug (£24.50).")
    assert [one.content.buttons[0].url for one in (first, second)] == ["https://shop.example/cart/c1"] * 2
    assert shop.counts == {"abandoned": 1, "reachable": 1, "reached": 1}
    assert shop.minded <= 5, "each look at a cart costs"
    assert not shop.dues.rows and shop.memory.wrong == []


def test_the_second_comes_a_day_after_the_first_was_sent_and_not_after_it_was_meant_to_be():
    shop = CartShop(datetime(2026, 12, 2, 20, tzinfo=UTC))
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(3 * DAY)
    morning = datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert shop.sent_at == [morning, morning + DAY], "nobody is woken, and a day is a whole day"


def test_whoever_buys_in_time_is_never_written_to_nor_counted():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(IDLE - MINUTE)
    shop.buys(buyer=buyer, carts=("c1",))
    shop.passes(10 * DAY)
    assert shop.reminders == [] and shop.counts == {}


def test_whoever_buys_after_the_first_gets_no_second_and_counts_as_recovered():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(3 * HOUR)
    shop.buys(buyer=buyer, carts=("c1",))
    shop.passes(10 * DAY)
    assert len(shop.reminders) == 1
    recovered = {"recovered": 1, "revenue:GBP": 2450}
    assert shop.counts == {"abandoned": 1, "reachable": 1, "reached": 1} | recovered
    assert shop.kept().flow.ended == "bought"


def test_what_is_bought_after_a_week_has_another_reason():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(7 * DAY + HOUR)
    shop.buys(buyer=buyer, carts=("c1",))
    shop.passes(DAY)
    assert shop.counts == {"abandoned": 1, "reachable": 1, "reached": 1}


def test_a_purchase_from_any_address_of_theirs_ends_it():
    shop = CartShop()
    shop.knows(WHATSAPP)
    buyer = reader_of(shop)
    shop.merges(TELEGRAM, WHATSAPP)
    shop.leaves(buyer=buyer)
    shop.passes(HOUR)
    assert len(shop.reminders) == 1
    shop.buys(buyer=Buyer(phones=(f"+{WHATSAPP.address.value}",)))
    shop.passes(10 * DAY)
    assert len(shop.reminders) == 1


def order_row_alone(shop: CartShop, buyer: Buyer) -> None:
    """Whoever records it dies before the cart is marked."""
    at = shop.now
    order = Order(connection_id="cn_shop", order_id="o1", at=at, placed_at=at, bought_at=at, buyer=buyer)
    shopper_id = TELEGRAM.shopper_id
    kept = KeptOrder(order=order, shopper_id=shopper_id)
    shop.commerce.commit(MERCHANT, ShopChange(orders=(kept,), bought_by=(shopper_id,)))


def cart_and_order(shop: CartShop, buyer: Buyer) -> None:
    shop.buys(buyer=buyer, carts=("c1",))


@pytest.mark.parametrize("arrives", [order_row_alone, cart_and_order])
def test_an_order_that_arrives_between_the_check_and_the_send_is_in_time(
    arrives: Callable[[CartShop, Buyer], None],
):
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.meanwhile = lambda: arrives(shop, buyer)
    shop.passes(10 * DAY)
    assert [(one.status, one.reason) for one in shop.reminders] == [("skipped", "bought")]
    assert shop.sent_at == [] and shop.commerce.orders


def test_whoever_dies_once_the_order_is_stored_has_ended_its_carts_reminders():
    """Nothing but the cart tells whose the order is."""
    shop = CartShop()
    shop.knows(TELEGRAM)
    shop.leaves(buyer=Buyer())
    tied(shop, TELEGRAM, "c1")
    stores = shop.commerce.commit

    def dies_after_it(merchant_id: str, change: ShopChange) -> None:
        stores(merchant_id, change)
        raise StoreBusy("gone")

    def buys() -> None:
        shop.commerce.commit = dies_after_it
        with pytest.raises(StoreBusy):
            shop.buys(buyer=Buyer(), carts=("c1",))
        shop.commerce.commit = stores

    shop.meanwhile = buys
    shop.passes(10 * DAY)
    assert [(one.status, one.reason) for one in shop.reminders] == [("skipped", "bought")]
    assert [one.shopper_id for one in shop.commerce.orders.values()] == [TELEGRAM.shopper_id]


def test_a_cart_that_is_touched_between_the_check_and_the_send_has_to_lie_idle_again():
    shop = CartShop()
    buyer = reader_of(shop)
    begun_at = shop.now
    shop.leaves(buyer=buyer)
    shop.meanwhile = lambda: shop.leaves(buyer=buyer, at=shop.now - MINUTE, created_at=begun_at)
    shop.passes(3 * DAY)
    touched_at = begun_at + IDLE - MINUTE
    first = touched_at + IDLE
    assert shop.sent_at == [first, first + DAY]
    assert shop.reminders[0].reason == "cart_changed"


def test_a_cart_that_is_emptied_or_given_up_is_left_alone():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(MINUTE)
    shop.leaves(buyer=buyer, lines=())
    shop.passes(3 * DAY)
    assert shop.reminders == []


def test_a_shop_that_is_given_a_new_token_reminds_of_the_carts_that_it_had():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.shops.moments = {"connected_at": shop.now - DAY, "began_at": shop.now - DAY}
    shop.leaves(buyer=buyer)
    shop.passes(20 * MINUTE)
    shop.shops.moments["connected_at"] = shop.now
    shop.passes(3 * DAY)
    assert len(shop.sent_at) == 2 and shop.kept().flow.ended == ""


def test_what_a_shop_held_before_it_was_connected_is_left_alone():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(20 * MINUTE)
    shop.shops.moments = {"connected_at": shop.now, "began_at": shop.now}
    shop.passes(3 * DAY)
    assert shop.sent_at == [] and shop.kept().flow.ended == "too_old"


def test_while_nobody_knows_what_the_shop_sells_nobody_is_reminded():
    """Whoever takes our app out of the shop takes its token back with it: nothing is told from then on, not
    even what was bought."""
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(10 * MINUTE)
    shop.shops.statuses["cn_shop"] = "needs_reauth"
    shop.passes(20 * HOUR)
    assert shop.reminders == [] and shop.kept().flow.ended == "" and shop.minded <= 25
    shop.shops.statuses["cn_shop"] = "active"
    shop.passes(2 * HOUR)
    assert len(shop.sent_at) == 1
    shop.shops.statuses["cn_shop"] = "needs_reauth"
    shop.passes(10 * DAY)
    assert len(shop.reminders) == 1 and not shop.dues.rows


def test_while_a_shop_is_asked_for_what_it_has_not_told_nobody_is_reminded():
    """What its webhooks have missed is read from its beginning: that they have bought may come last."""
    shop = CartShop()
    buyer = reader_of(shop)
    shop.commerce.note_caught_up(MERCHANT, "cn_shop", shop.now - HOUR)
    shop.leaves(buyer=buyer)
    shop.passes(2 * HOUR)
    assert shop.reminders == [] and shop.kept().flow.ended == ""
    asked_at = shop.now
    shop.commerce.note_caught_up(MERCHANT, "cn_shop", asked_at - 5 * MINUTE)
    shop.passes(15 * MINUTE)
    assert len(shop.sent_at) == 1
    shop.passes(3 * DAY)  # whoever can't ask it for as long hears by its webhooks what is bought, or never
    assert len(shop.sent_at) == 2


def test_a_reminder_that_waits_is_not_sent_once_the_shop_is_disconnected():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.refusals = [RetryLater(60)]
    shop.passes(IDLE)
    shop.connects(TELEGRAM, "needs_reauth")
    shop.passes(HOUR)
    shop.shops.statuses["cn_shop"] = "disconnected"
    shop.connects(TELEGRAM, "active")
    shop.passes(DAY)
    assert [(one.status, one.reason) for one in shop.reminders] == [("skipped", "cart_gone")]


def test_a_reminder_that_waits_for_hours_costs_few_looks_and_writes_nothing():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.refusals = [RetryLater(60)]
    shop.passes(IDLE)
    looks, version = shop.minded, shop.kept().version
    shop.connects(TELEGRAM, "needs_reauth")
    shop.passes(20 * HOUR)
    assert [one.status for one in shop.reminders] == ["queued"]
    assert 5 <= shop.minded - looks <= 12 and shop.kept().version == version
    shop.connects(TELEGRAM, "active")
    shop.passes(7 * HOUR)
    assert len(shop.sent_at) == 1 and shop.counts["reached"] == 1


def test_what_is_bought_while_a_waiting_reminder_is_looked_at_is_not_overlooked():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.refusals = [RetryLater(60)]
    shop.passes(IDLE)

    def buys_first() -> None:
        shop.commerce.before_commit = lambda: None
        shop.buys(buyer=buyer, carts=("c1",))

    shop.connects(TELEGRAM, "needs_reauth")
    shop.commerce.before_commit = buys_first
    shop.passes(HOUR)
    assert shop.kept().flow.ended == "bought"
    assert not any(isinstance(due.work, MindCart) for due in shop.dues.rows.values())


def test_whoever_writes_meanwhile_gets_a_person_and_no_reminder():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(10 * MINUTE)
    shop.writes(TELEGRAM, "Does it come in green?")
    shop.passes(3 * DAY)
    assert shop.reminders == []
    assert {step.code for step in shop.kept().flow.steps} == {"shopper_wrote"}
    assert shop.counts == {"abandoned": 1, "skipped:shopper_wrote": 1}


def test_whoever_writes_after_the_first_reminder_gets_no_second():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(HOUR)
    shop.writes(TELEGRAM, "Is there a discount?")
    shop.passes(MINUTE)
    shop.replies(TELEGRAM, text_content("Yes, for two."))
    shop.passes(3 * DAY)
    assert len(shop.reminders) == 1


def test_words_that_only_bring_their_cart_into_the_chat_stop_no_reminder():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(MINUTE)
    shop.writes(TELEGRAM, "Keep my cart, please")
    told = mark(json.dumps({"cart_id": "c1"}), shop.now)
    shop.threads.mark(MERCHANT, TELEGRAM.thread_id, "link", told)
    shop.passes(HOUR)
    assert len(shop.sent_at) == 1


def test_switched_on_with_two_thousand_old_carts_nobody_hears_of_any():
    shop = CartShop()
    shop.shops.save(on=False)
    buyer = reader_of(shop)
    shop.leaves("old", buyer)
    for number in range(2000):
        cart_id = f"old{number}"
        kept = replace(shop.kept("old"), cart=replace(shop.kept("old").cart, cart_id=cart_id))
        shop.commerce.carts[MERCHANT, "cn_shop", cart_id] = kept
    shop.passes(MINUTE)
    shop.shops.save(on=True, on_since=shop.now.isoformat())
    for number in range(0, 2000, 100):  # a shop that is asked tells of them anew, as they are now
        shop.leaves(f"old{number}", buyer, created_at=shop.now - HOUR, total=Decimal(number))
    shop.passes(10 * DAY)
    assert shop.reminders == [] and shop.minded == 0 and not shop.dues.rows


def test_of_several_carts_one_person_is_reminded_of_the_latest_and_once_a_day():
    shop = CartShop()
    buyer = reader_of(shop)
    first_at = shop.now
    shop.leaves("c1", buyer)
    shop.passes(HOUR)
    shop.leaves("c2", buyer)
    shop.passes(5 * DAY)
    sent = [one.details["cart"] for one in shop.reminders]
    assert sent == ["c1", "c2", "c2"]
    assert shop.sent_at == [first_at + IDLE + step * DAY for step in range(3)]
    assert shop.kept("c1").flow.steps[-1].code == "newer_cart"
    shop.buys(buyer=buyer)
    shop.passes(DAY)
    assert (shop.counts["recovered"], shop.counts["revenue:GBP"]) == (1, 2450), "it was one purchase"


def test_an_older_cart_that_is_touched_again_is_the_latest_then():
    shop = CartShop()
    buyer = reader_of(shop)
    first_at = shop.now
    shop.leaves("c1", buyer)
    shop.passes(10 * MINUTE)
    shop.leaves("c2", buyer)
    shop.passes(IDLE)
    assert [one.details["cart"] for one in shop.reminders] == ["c2"]
    shop.leaves("c1", buyer, created_at=first_at)
    shop.passes(3 * DAY)
    assert [one.details["cart"] for one in shop.reminders] == ["c2", "c1", "c1"]


def test_switched_off_nothing_that_waits_is_sent():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(HOUR)
    shop.shops.save(on=False)
    shop.passes(3 * DAY)
    assert len(shop.reminders) == 1


DID = st.sampled_from(
    ["waits an hour", "waits a day", "leaves", "leaves another", "buys", "writes", "says stop", "is answered"]
)


@settings(max_examples=60, deadline=None)
@given(did=st.lists(DID, min_size=3, max_size=14), is_held_out=st.booleans(), hour=st.integers(0, 23))
def test_whatever_they_do_they_are_never_reminded_of_what_they_bought_nor_too_often(did, is_held_out, hour):
    shop = CartShop(datetime(2026, 12, 2, hour, tzinfo=UTC))
    shop.shops.save(holdout=100 if is_held_out else 0)
    buyer = reader_of(shop)
    for number, done in enumerate(did):
        before = len(shop.sent_at)
        if done.startswith("waits"):
            shop.passes(DAY if "day" in done else HOUR)
        elif done.startswith("leaves"):
            shop.leaves("c2" if "another" in done else "c1", buyer)
        elif done == "buys":
            shop.buys(f"o{number}", buyer)
        elif done == "is answered":
            shop.replies(TELEGRAM, text_content("Here you are."))
        else:
            shop.writes(TELEGRAM, "STOP" if "stop" in done else "And this?")
        assert done.startswith("waits") or len(shop.sent_at) == before
        if done == "buys":
            open_carts = [one.cart for one in shop.commerce.carts.values() if one.cart.bought_at is None]
            assert all(cart.created_at > shop.now or not cart.lines for cart in open_carts)
            sent = len(shop.sent_at)
            shop.passes(3 * DAY)
            assert len(shop.sent_at) == sent, "what is bought is not spoken of again"
    shop.passes(8 * DAY)
    sent = shop.sent_at
    assert not (is_held_out and shop.reminders)
    assert all(later - one >= DAY for one, later in pairwise(sent))
    assert all(
        sum(one.details["cart"] == cart for one in shop.reminders if one.status == "sent") <= 2
        for cart in ("c1", "c2")
    )
    assert shop.memory.wrong == []
    assert shop.counts.get("reached", 0) <= shop.counts.get("reachable", 0) <= shop.counts.get("abandoned", 0)


def test_a_cart_that_another_has_changed_is_decided_on_anew():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    met: list[timedelta] = []

    def changed() -> None:
        if not met:
            met.append(HOUR)
            shop.buys(buyer=buyer, carts=("c1",))

    shop.clock.at += IDLE
    shop.commerce.before_commit = changed
    shop.passes(DAY)
    assert shop.sent_at == [] and shop.kept().cart.bought_at is not None


def test_whoever_dies_between_the_reminder_and_its_note_makes_no_second_one():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.clock.at += IDLE
    work = MindCart(MERCHANT, "cn_shop", "c1")

    def dies() -> None:
        raise StoreBusy("nobody knows whether it was written")

    shop.commerce.before_commit = dies
    with pytest.raises(StoreBusy):
        shop.mind(work, shop.now)
    assert len(shop.reminders) == 1 and shop.kept().flow.steps == ()
    shop.commerce.before_commit = lambda: None
    shop.passes(HOUR)
    assert len(shop.reminders) == 1 and [step.code for step in shop.kept().flow.steps] == ["sent"]
    shop.mind(work, shop.now)
    shop.passes(5 * DAY)
    assert len(shop.sent_at) == 2


def test_whoever_writes_while_the_reminder_waits_to_be_sent_gets_a_person_instead():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.refusals = [RetryLater(60)]
    shop.passes(IDLE)
    shop.writes(TELEGRAM, "Is the mug still there?")
    shop.passes(3 * DAY)
    assert [(one.status, one.reason) for one in shop.reminders] == [("skipped", "shopper_wrote")]
