"""Who is reminded of the cart that they left, where, and with which words; and who is not, and why."""

from decimal import Decimal

import pytest
from cart_shop import DAY, HOUR, MINUTE, MORNING, OTHER, TELEGRAM, WHATSAPP, CartShop, reader_of
from memory_people import MERCHANT

from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.goods import Line as Product
from chalicelib.domain.content import text_content
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate, template_id_of

IDLE = 45 * MINUTE


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


def test_a_cart_that_two_people_may_have_left_is_told_to_neither():
    shop = CartShop()
    with_templates(shop)
    shop.knows(WHATSAPP)
    shop.knows(OTHER)
    shop.leaves(buyer=Buyer(phones=tuple(f"+{one.address.value}" for one in (WHATSAPP, OTHER))))
    shop.passes(3 * DAY)
    assert shop.reminders == [] and shop.counts == {"abandoned": 1, "skipped:nobody_known": 1}


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
