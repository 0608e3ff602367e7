"""Carts that are left, day after day: who is reminded, when and by what; and who is not, and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from cart_shop import DAY, HOUR, MINUTE, MORNING, OTHER, SHOP, TELEGRAM, WHATSAPP, CartShop
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_people import MERCHANT

from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.goods import Line as Product
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.content import text_content
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate, template_id_of
from chalicelib.domain.threads import mark
from chalicelib.ports import KeptOrder, ShopChange

IDLE = 45 * MINUTE
BY_MAIL = Buyer(email="ana@mail.example")


def reader_of(shop: CartShop, **other: str) -> Buyer:
    """Somebody on Telegram whom the shop knows by their e-mail."""
    shop.knows(TELEGRAM)
    buyer = replace(BY_MAIL, **other)
    shop.leaves("earlier", buyer, created_at=shop.now - DAY, lines=())
    shop.hear.tied(MERCHANT, "earlier", TELEGRAM.shopper_id, shop.now)
    return buyer


def with_templates(shop: CartShop, **step: object) -> None:
    """The channel has approved one for carts, and the shop uses it for both steps."""
    definition = TemplateDefinition(
        name="cart",
        language="en_GB",
        id="1",
        category="marketing",
        state="approved",
        body="Hi {{1}}, {{2}} for {{3}} is still there.",
        buttons=(DefinedButton(kind="url", text="Back", url="https://shop.example/{{1}}"),),
    )
    named = template_id_of("cn_whatsapp", "cart", "en_GB")
    shop.templates.known[named] = KnownTemplate(
        template_id=named, connection_id="cn_whatsapp", definition=definition, fetched_at=MORNING
    )
    use = {
        "name": "cart",
        "language": "en_GB",
        "variables": {
            "body.1": {"field": "shopper.first_name", "fallback": "there"},
            "body.2": {"field": "cart.items", "fallback": "your cart"},
            "body.3": {"field": "cart.total", "fallback": "its price"},
            "buttons.0": {"field": "cart.link_end", "fallback": "cart"},
        },
    }
    own = {"templates": {"cn_whatsapp": {"en": use}}, **step}
    shop.shops.save(steps=[own, own])


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


def test_without_a_yes_nobody_is_reminded_and_the_reason_is_kept():
    shop = CartShop()
    shop.writes(WHATSAPP, "Hello")
    shop.passes(MINUTE)
    shop.replies(WHATSAPP, text_content("Hello!"))
    shop.passes(2 * HOUR)
    shop.leaves()
    shop.passes(3 * DAY)
    assert shop.reminders == [] and shop.minded == 1
    assert shop.counts == {"abandoned": 1, "skipped:no_opt_in": 1}
    assert [step.code for step in shop.kept().flow.steps] == ["no_opt_in"]


def test_who_has_had_an_offer_today_is_reminded_tomorrow():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.intends(TELEGRAM, "campaign", text_content("Sale!"))
    shop.passes(MINUTE)
    left_at = shop.now
    shop.leaves(buyer=buyer)
    shop.passes(3 * DAY)
    assert [step.code for step in shop.kept().flow.steps] == ["frequency_cap", "sent"]
    assert shop.sent_at == [left_at + IDLE + DAY]


def test_outside_the_window_a_template_goes_with_the_carts_own_words():
    shop = CartShop()
    with_templates(shop)
    shop.knows(WHATSAPP)
    shop.passes(2 * DAY)
    shop.leaves()
    shop.passes(HOUR)
    [reminder] = shop.reminders
    template = reminder.content.template
    assert [one.value for one in template.variables] == ["there", "2 × Blue mug", "£24.50"]
    assert [one.value for one in template.buttons] == ["cart/c1"]
    assert reminder.status == "sent" and shop.memory.wrong == []


def test_outside_the_window_and_without_a_template_nobody_is_reminded():
    shop = CartShop()
    shop.knows(WHATSAPP)
    shop.passes(2 * DAY)
    shop.leaves()
    shop.passes(3 * DAY)
    assert shop.reminders == [] and shop.counts["skipped:no_template"] == 1


def test_where_one_window_is_closed_another_channel_of_theirs_is_open():
    shop = CartShop()
    shop.knows(WHATSAPP)
    shop.knows(TELEGRAM)
    shop.merges(WHATSAPP, TELEGRAM)
    shop.passes(2 * DAY)
    shop.leaves()
    shop.passes(HOUR)
    assert [list(rows) != [] for rows in shop.threads.messages_of.values()]
    [reminder] = shop.reminders
    assert reminder in shop.threads.messages_of[TELEGRAM.thread_id].values()


def test_a_number_that_said_yes_at_the_checkout_is_written_to_for_the_first_time_by_template():
    shop = CartShop()
    with_templates(shop)
    shop.leaves(buyer=Buyer(phones=("+447400123457",), opt_in_text="Send me offers on WhatsApp"))
    shop.says(OTHER, "yes", "box", ("marketing",), ())
    shop.passes(HOUR)
    assert [one.kind for one in shop.reminders] == ["template"]
    assert shop.reminders[0] in shop.threads.messages_of[OTHER.thread_id].values()
    assert shop.kept().flow.shopper_id == OTHER.shopper_id and shop.memory.wrong == []


def test_a_number_that_has_not_said_yes_gets_no_thread():
    shop = CartShop()
    with_templates(shop)
    shop.leaves(buyer=Buyer(phones=("+447400123457",)))
    shop.passes(3 * DAY)
    assert shop.threads.messages_of == {} and shop.people.rows == {}
    assert shop.counts == {"abandoned": 1, "skipped:nobody_known": 1}


def test_whoever_is_held_out_is_never_written_to_and_what_they_buy_is_watched():
    shop = CartShop()
    shop.shops.save(holdout=100)
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(2 * DAY)
    shop.buys(buyer=buyer, carts=("c1",))
    shop.passes(MINUTE)
    shop.leaves("c2", buyer)
    shop.passes(10 * DAY)
    assert shop.reminders == []
    of_first = {"abandoned": 2, "reachable": 2, "held_out": 2, "control": 2}
    assert shop.counts == of_first | {"control_bought": 1}


def test_without_a_group_to_compare_with_nothing_is_compared():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(2 * DAY)
    assert not {"treated", "control"} & set(shop.counts)


def test_a_shop_that_could_remind_of_a_thousand_carts_a_month_holds_a_tenth_out():
    shop = CartShop()
    shop.commerce.counted[MERCHANT, "2026-11"] = {"reachable": 1000}
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(2 * DAY)
    assert shop.counts.get("treated", 0) + shop.counts.get("control", 0) == 1


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
    assert shop.kept("c1").flow.ended == "newer_cart"


@pytest.mark.parametrize(
    ("setting", "code"),
    [({"min_value": 24.51}, "too_small"), ({"excluded": ["p1"]}, "excluded")],
)
def test_what_is_not_worth_a_word_or_must_not_be_named_is_left_alone(setting, code):
    shop = CartShop()
    shop.shops.save(**setting)
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(3 * DAY)
    assert shop.reminders == [] and shop.counts == {"abandoned": 1, f"skipped:{code}": 1}
    more = (Product(title="Mug", product_id="p1"), Product(title="Tea", product_id="p2"))
    shop.leaves(buyer=buyer, lines=more, total=Decimal(30))
    shop.passes(HOUR)
    assert len(shop.sent_at) == 1, "with more in it, it is another cart"
    assert "skipped:excluded" not in shop.counts


def test_switched_off_nothing_that_waits_is_sent():
    shop = CartShop()
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(HOUR)
    shop.shops.save(on=False)
    shop.passes(3 * DAY)
    assert len(shop.reminders) == 1


def test_a_step_has_the_shops_own_words_and_its_code_where_they_are_set():
    shop = CartShop()
    own = "Your {items} at {shop}: {total}, and {code} takes off a tenth. {url}"
    shop.shops.save(steps=[{"texts": {"en": own}, "code": "TENTH"}])
    buyer = reader_of(shop)
    shop.leaves(buyer=buyer)
    shop.passes(5 * DAY)
    [reminder] = shop.reminders
    told = "Your 2 × Blue mug at Little Shop: £24.50, and TENTH takes off a tenth. "
    assert reminder.text == told + "https://shop.example/cart/c1\n\nNo more reminders: STOP"
    assert reminder.kind == "text"


def test_a_picture_goes_with_it_where_the_channel_takes_it():
    shop = CartShop()
    buyer = reader_of(shop)
    mug = Product(title="Mug", picture="https://shop.example/mug.jpg")
    shop.leaves(buyer=buyer, lines=(mug,))
    shop.passes(HOUR)
    [reminder] = shop.reminders
    assert reminder.kind == "image" and reminder.content.file.url == mug.picture
    assert "https://shop.example/cart/c1" in reminder.text


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
    assert SHOP.connection_id == "cn_shop"
