"""Where is my order? What is read in the question, what proves whose it is, and what is told to whom."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import orders as bench
from chalicelib.domain.answering.orders import bare_codes, emails_in, order_number_in
from chalicelib.domain.answering.understanding import understand
from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.commerce.orders import NEVER, Order, Refund
from chalicelib.domain.commerce.proof import (
    ASKED_FOR,
    REMEMBERED,
    Desk,
    Who,
    desk_from_json,
    desk_to_json,
    fits,
    is_theirs,
)
from chalicelib.domain.ids import to_ms
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.texts.order_sentences import order_texts
from chalicelib.ports.commerce import KeptOrder, ShopChange
from chalicelib.ports.errors import ChannelDown, CredentialsRejected
from tests.commerce_in_memory import MemoryCommerce
from tests.order_talk import MERCHANT, NOW, SHOP, Chat, System, an_order, shop_with

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
OWN_PHONE: Final = "49170001001"


@pytest.mark.parametrize("table", ["orders_shoppers", "orders_shoppers_later", "orders_unseen"])
def test_messages_of_shoppers_are_read_as_a_fluent_reader_would(table: str) -> None:
    read = bench.read_all(FIXTURES / f"{table}.json")
    rows = {row.name: row.value for row in bench.rows(read)}
    assert min(rows.values()) >= bench.LEAST, "\n".join(bench.told(read))
    assert sum(one.number == one.asked.number for one in read) / len(read) >= bench.LEAST


def test_the_tables_speak_every_language_and_hold_numbers_that_are_no_orders() -> None:
    read = bench.read_all(FIXTURES / "orders_shoppers.json")
    assert {one.asked.language for one in read} == set(LANGUAGES)
    assert len(read) >= 150
    assert sum(not one.asked.number and any(map(str.isdigit, one.asked.text)) for one in read) > 20


NUMBERS = [
    ("where is order #1001", "1001"),
    ("№ 1001", "1001"),
    ("заказ №1001", "1001"),
    ("Order no. 1001", "1001"),
    ("الطلب ١٠٠١", "1001"),
    ("ऑर्डर १००१", "1001"),
    ("我的订单1001到哪了", "1001"),
    ("order RO-10234 please", "ro10234"),
    ("I paid 1299 for my order", ""),
    ("my order is not here since 2026-11-02", ""),
    ("where is my order, my number is +40 721 234 567", ""),
    ("my order's tracking number is 00340434161094021501", ""),
    ("my order, tracking RB123456789CN", ""),
    ("I want to order 100 mugs", ""),
    ("the order costs 1499", ""),
    ("order 2 mugs", ""),
    ("https://shop.example/orders/1001", ""),
    ("mail me at order1001@example.com", ""),
    ("1001", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_an_orders_number_is_found_among_other_numbers(text: str, number: str) -> None:
    assert order_number_in(text) == number


@pytest.mark.parametrize("text", ["1001", " 1001 ", "#1001", "it's 1001", "١٠٠١", "1001 anna@example.com"])
def test_a_number_that_we_asked_for_may_stand_alone(text: str) -> None:
    assert order_number_in(text, is_asked_for=True) == "1001"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    number = order_number_in(text, is_asked_for=True)
    assert number == "" or (number.isalnum() and number == number.casefold())
    assert all("@" in one for one in emails_in(text))
    assert all(one.isalnum() for one in bare_codes(text))


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    """Patterns that go back and forth would hold the queue up."""
    for text in ("order " * 5000, "1 " * 5000, "a1" * 5000, "#" * 5000, "order number is " * 3000):
        order_number_in(text, is_asked_for=True)
        understand(text)


@pytest.mark.parametrize(
    "text",
    ["please cancel my order 1001", "I want to return the shoes from order 1001", "верните деньги за 1001"],
)
def test_an_order_to_be_cancelled_or_returned_is_no_question_where_it_is(text: str) -> None:
    assert understand(text).call != "order"


PROOFS = [  # postcode of the order, what is told, whether it proves it
    ("10115", "10115", True),
    ("10115", "10116", False),
    ("SW1A 1AA", "sw1a1aa", True),
    ("SW1A 1AA", "11", False),
    ("1012 AB", "1012", True),
    ("MD-2001", "2001", True),
    ("MD-2001", "md2001", True),
    ("90210-1234", "90210", True),
    ("90210-1234", "902101234", True),
    ("90210-1234", "1234", False),
    ("", "10115", False),
    ("", "", False),
    ("123", "12", False),
    ("10115", "Ann@Example.com", False),
]


@pytest.mark.parametrize(("postcode", "told", "is_proof"), PROOFS)
def test_a_postcode_proves_an_order_however_it_is_spaced(postcode: str, told: str, is_proof: bool) -> None:
    assert fits(an_order("1001", buyer=Buyer(postcode=postcode, email="x@y.example")), told) == is_proof


def test_an_order_without_an_email_is_proven_by_none() -> None:
    order = an_order("1001", buyer=Buyer())
    assert not fits(order, "") and not fits(order, "ann@example.com")
    nobody = Who(shopper_id="", phones=frozenset())
    assert not is_theirs(order, (), nobody)


@given(
    st.builds(
        Desk,
        awaits=st.sampled_from(["", "number", "proof"]),
        number=st.text(max_size=5),
        wrong=st.integers(0, 5),
        proven=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        at_ms=st.integers(0, 10**13),
    )
)
def test_a_row_keeps_how_far_the_talk_has_come(desk: Desk) -> None:
    assert desk_from_json(desk_to_json(desk)) == desk


def is_told(text: str, number: str = "1001") -> bool:
    return f"TRACK{number}" in text


def test_the_chats_own_number_proves_an_order() -> None:
    chat = Chat(shop_with(an_order("1001"), an_order("1002")), "whatsapp", OWN_PHONE)
    text = chat.says("where is my order?")
    assert is_told(text) and "Postman" in text and "24" in text and "https://courier.example/1001" in text
    assert (chat.thread.waiting_since, chat.answers[-1].decision["proof"]) == (None, "phone")


def test_who_the_order_was_proven_to_belong_to_is_told_at_once() -> None:
    store = shop_with(KeptOrder(order=an_order("1001"), shopper_id="sh_1", version=1))
    assert is_told(Chat(store, "telegram").says("where is order 1001?"))
    assert not is_told(Chat(store, "telegram", name="2").says("where is order 1001?"))


@pytest.mark.parametrize("channel", ["whatsapp", "telegram", "messenger", "instagram"])
@pytest.mark.parametrize("secret", ["BUYER1001@example.com", "my postcode is 91001", "it's 91001 :)"])
def test_number_and_email_or_postcode_prove_it_on_every_channel(channel: str, secret: str) -> None:
    chat = Chat(shop_with(an_order("1001")), channel, "490000")
    texts = order_texts("en")
    assert chat.says("where is my order?") == texts.number
    assert chat.says("1001") == texts.proof
    assert is_told(chat.says(secret))
    assert is_told(chat.says("and where is my order now?")), "it stays proven"


@pytest.mark.parametrize(
    "burst",
    [
        ["where is order 1001? buyer1001@example.com"],
        ["where is my order", "1001", "buyer1001@example.com"],
        ["where is my order", "1001 91001"],
        ["hi", "order #1001", "postcode 91001"],
    ],
)
def test_a_burst_that_tells_all_is_answered_at_once(burst: list[str]) -> None:
    assert is_told(Chat(shop_with(an_order("1001"))).says(*burst))


def test_the_same_words_whether_number_or_proof_was_wrong() -> None:
    store = shop_with(an_order("1001"))
    wrong_proof = Chat(store).says("where is order 1001? nobody@example.com")
    wrong_number = Chat(store, name="2").says("where is order 1999? buyer1001@example.com")
    assert wrong_proof == wrong_number == order_texts("en").not_found


def test_a_mistake_is_set_right_in_the_next_message() -> None:
    chat = Chat(shop_with(an_order("1001")))
    assert not is_told(chat.says("where is order 1010?", "buyer1001@example.com"))
    assert is_told(chat.says("sorry, 1001 buyer1001@example.com"))


def test_after_five_wrong_attempts_a_person_takes_over_for_good() -> None:
    chat = Chat(shop_with(an_order("1001")))
    chat.says("where is order 1001?")
    for guess in range(4):
        assert chat.says(f"x{guess}@example.com") == order_texts("en").not_found
    last = chat.says("x4@example.com")
    assert "team" in last and chat.answers[-1].decision["decision"] == "person"
    assert chat.thread.waiting_since is not None and chat.answers[-1].promised_at is not None
    assert not is_told(chat.says("order 1001 buyer1001@example.com"))
    later = chat.says("where is order 1001?", "buyer1001@example.com", after_s=7200)
    assert not is_told(later)


def test_many_guesses_in_one_message_are_many_attempts() -> None:
    chat = Chat(shop_with(an_order("1001")))
    for _ in range(3):
        chat.says("order 1001 " + " ".join(f"x{guess}@example.com" for guess in range(9)) + " 90000 90001")
    assert chat.thread.spell.desk.is_shut


def test_an_order_counts_attempts_of_all_threads() -> None:
    store = shop_with(an_order("1001"))
    for name in range(10):
        Chat(store, name=f"thief{name}").says("where is order 1001?", f"9000{name}")
    assert len(store.orders[MERCHANT, "cn_shop", "id1001"].wrong) == 10
    text = Chat(store, name="11").says("where is order 1001?", "91001")
    assert text == order_texts("en").not_found, "as if it were not there"
    assert is_told(Chat(store, "whatsapp", OWN_PHONE, name="12").says("where is my order?"))
    assert is_told(Chat(store, name="13").says("where is order 1001?", "91001", after_s=25 * 3600))


def test_two_who_guess_do_not_shut_an_order_to_its_buyer() -> None:
    store = shop_with(an_order("1001"))
    for name in range(2):
        thief = Chat(store, name=f"thief{name}")
        for guess in range(3 - name):
            thief.says(f"where is order 1001? x{guess}@example.com")
    assert is_told(Chat(store, name="buyer").says("where is order 1001? buyer1001@example.com"))


def test_an_attempt_counts_once_however_often_its_answer_is_decided() -> None:
    store = shop_with(an_order("1001"))
    chat = Chat(store)
    chat.says("where is order 1001?")
    chat._hears("x@example.com", "")
    for _ in range(4):
        assert chat.composed() is not None
    assert len(store.orders[MERCHANT, "cn_shop", "id1001"].wrong) == 1
    assert chat.thread.spell.desk.wrong == 0, "until it is said"


def test_two_attempts_at_once_both_count() -> None:
    store = shop_with(an_order("1001"))
    key = (MERCHANT, "cn_shop", "id1001")

    def somebody_else_first() -> None:
        store.before_commit = lambda: None
        kept = store.orders[key]
        store.orders[key] = replace(
            kept, wrong=(*kept.wrong, f"{to_ms(NOW)}#theirs"), version=kept.version + 1
        )

    store.before_commit = somebody_else_first
    Chat(store).says("where is order 1001? x@example.com")
    assert len(store.orders[key].wrong) == 2


def test_of_several_orders_they_choose_by_a_button_or_its_number() -> None:
    mine = Buyer(phones=(OWN_PHONE,))
    store = shop_with(an_order("1001"), an_order("1002", buyer=mine), an_order("1003"))
    chat = Chat(store, "whatsapp", OWN_PHONE)
    assert chat.says("where is my order?") == order_texts("en").which
    offered = chat.answers[-1].content
    assert offered is not None and {one.id for one in offered.buttons} == {"order:1001", "order:1002"}
    assert is_told(chat.says("Order #1002", payload="order:1002"), "1002")
    chat.says("where is my order?")
    assert is_told(chat.says("1001"))


def test_a_button_that_nobody_was_offered_proves_nothing() -> None:
    chat = Chat(shop_with(an_order("1001")))
    assert chat.says("Order #1001", payload="order:1001") == order_texts("en").proof


def test_what_is_on_its_way_is_meant_before_what_has_come() -> None:
    old = an_order("1002", buyer=Buyer(phones=(OWN_PHONE,)))
    came = replace(old, parcels=(replace(old.parcels[0], state="delivered"),))
    assert is_told(Chat(shop_with(an_order("1001"), came), "whatsapp", OWN_PHONE).says("where is my order?"))


def test_who_has_no_number_to_tell_is_given_to_a_person() -> None:
    chat = Chat(shop_with(an_order("1001")))
    chat.says("where is my order?")
    assert "team" in chat.says("but where is my order??")
    assert chat.thread.waiting_since is not None


def test_what_we_asked_for_is_waited_for_a_day() -> None:
    chat = Chat(shop_with(an_order("1001")))
    chat.says("where is order 1001?")
    late = ASKED_FOR.total_seconds() + 60
    assert not is_told(chat.says("buyer1001@example.com", after_s=late))


def test_what_was_proven_is_forgotten_in_the_end() -> None:
    chat = Chat(shop_with(an_order("1001")))
    assert is_told(chat.says("where is order 1001? postcode 91001"))
    later = REMEMBERED.total_seconds() + 60
    assert chat.says("where is order 1001?", after_s=later) == order_texts("en").proof


def test_without_a_connected_shop_a_person_is_promised_as_ever() -> None:
    for connected in ((), ("whatsapp", "telegram")):
        chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE, connected=connected)
        assert "within 1 hour" in chat.says("where is my order?")
        assert chat.thread.waiting_since is not None
        assert chat.says("where is order 1001?") == ""


def test_a_late_order_is_regretted_with_how_it_stands() -> None:
    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE)
    text = chat.says("My order still hasn't arrived")
    assert is_told(text) and "sorry" in text.casefold() and "within 1 hour" in text
    assert (chat.thread.flag, chat.thread.waiting_since is not None) == ("complaint", True)
    stranger = Chat(shop_with(an_order("1001")), "telegram")
    assert not is_told(stranger.says("My order 1001 still hasn't arrived"))


def test_another_question_is_still_owed_its_answer() -> None:
    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE)
    chat.says("do you make mugs with photos of cats")
    assert is_told(chat.says("and where is my order?"))
    assert chat.thread.waiting_since is not None


def test_what_the_shop_says_now_is_told_if_it_answers() -> None:
    old = an_order("1001")
    now = replace(old, at=NOW, parcels=(replace(old.parcels[0], state="out_for_delivery", at=NOW),))
    system = System(tells={"id1001": now}.get)
    text = Chat(shop_with(old), "whatsapp", OWN_PHONE, system=system).says("where is my order?")
    assert "The courier is on the way to you" in text and system.asked == ["id1001"]


@pytest.mark.parametrize("error", [ChannelDown("shop", "down"), CredentialsRejected("shop", "no")])
def test_a_shop_that_is_down_is_told_as_it_was(error: Exception) -> None:
    def down(order_id: str) -> Order | None:
        raise error

    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE, system=System(tells=down))
    assert is_told(chat.says("where is my order?"))


def test_what_has_changed_just_now_is_not_asked_for_again() -> None:
    chat = Chat(shop_with(an_order("1001", at=NOW)), "whatsapp", OWN_PHONE)
    assert is_told(chat.says("where is my order?")) and chat.system.asked == []


def test_an_order_that_is_gone_is_told_to_nobody() -> None:
    gone = shop_with(an_order("1001", state="gone"))
    assert Chat(gone, "whatsapp", OWN_PHONE).says("where is my order?") == order_texts("en").number
    said = Chat(gone, name="2").says("where is order 1001? postcode 91001")
    assert said == order_texts("en").not_found


def test_what_is_not_paid_yet_is_no_order_that_the_shop_has() -> None:
    """A checkout that its buyer has left; whoever names one that they could not pay gets a person."""
    left = an_order("1001", is_bought=False, parcels=(), is_confirmed=False, paid="failed")
    texts = order_texts("en")
    assert Chat(shop_with(left), "whatsapp", OWN_PHONE).says("where is my order?") == texts.number
    both = shop_with(left, an_order("1002", buyer=left.buyer))
    assert is_told(Chat(both, "whatsapp", OWN_PHONE).says("where is my order?"), "1002")
    for words in ("where is order 1001?", "where is order 1001? postcode 91001"):
        for chat in (Chat(shop_with(left), "whatsapp", OWN_PHONE), Chat(shop_with(left), name="2")):
            said = chat.says(words)
            assert "team" in said or said == texts.proof
    once_bought = replace(left, bought_at=NOW - timedelta(days=2), paid="paid")
    chat = Chat(shop_with(once_bought), "whatsapp", OWN_PHONE)
    assert "We have your order" in chat.says("where is my order?")


STANDS: Final[list[tuple[dict[str, Any], str]]] = [
    ({"parcels": (), "is_confirmed": False}, "We have your order"),
    ({"parcels": ()}, "confirmed"),
    ({"state": "cancelled"}, "cancelled"),
    ({"state": "cancelled", "paid": "refunded"}, "money back"),
    ({"paid": "refunded", "refunds": (Refund(refund_id="r", at=NOW, amount=Decimal(20)),)}, "€20.00"),
    ({"promised_on": date(2026, 11, 10), "parcels": ()}, "taking longer"),
]


@pytest.mark.parametrize(("changes", "words"), STANDS)
def test_how_it_stands_is_told_in_words(changes: dict[str, Any], words: str) -> None:
    order = replace(an_order("1001"), **changes)
    assert words in Chat(shop_with(order), "whatsapp", OWN_PHONE).says("where is my order?")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", ["friendly", "polite"])
def test_every_language_asks_without_saying_whether_there_is_an_order(language: str, tone: str) -> None:
    texts = order_texts(language, tone)
    asked = (texts.number, texts.proof, texts.not_found, texts.which)
    assert len(set(asked)) == 4 and all(asked)
    assert not any(re.search(r"[{}\d]", one) for one in asked)
    assert texts.order.count("{number}") == 1
    shop = replace(SHOP, languages=(language,), tone=tone)
    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE, shop=shop)
    assert is_told(chat.says("#1001 order status"))


def test_an_order_of_which_only_a_parcel_was_told_is_nobodys() -> None:
    bare = replace(an_order("1001"), at=NEVER, buyer=Buyer())
    assert Chat(shop_with(bare)).says("where is order 1001? postcode 91001") == order_texts("en").not_found


def test_a_question_asked_at_night_has_the_same_answer() -> None:
    night = replace(SHOP, opening_hours={"mon": [["09:00", "09:05"]]})
    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE, shop=night)
    assert is_told(chat.says("where is my order?", after_s=timedelta(hours=9).total_seconds()))


def test_another_attempt_says_the_same() -> None:
    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE)
    text = chat.says("where is my order?")
    chat.thread = replace(chat.thread, waiting_since=NOW)
    again = chat.composed(chat.answers[-1].decision)
    assert again is not None and (again.text, again.spell, again.settles) == (text, None, False)


@pytest.mark.parametrize("text", ["hi", "how much is the blue mug?", "my mug came broken", "a person please"])
def test_nothing_is_read_for_what_is_about_no_order(text: str) -> None:
    """Each look costs, and most messages are about something else."""
    chat = Chat(shop_with(an_order("1001")), "whatsapp", OWN_PHONE)
    nowhere: Any = None
    chat.desk._store = nowhere
    chat.desk.live._store = chat.desk.live._shops = nowhere
    assert chat.says(text)


def test_another_question_with_a_number_is_no_attempt() -> None:
    chat = Chat(shop_with(an_order("1001")))
    chat.says("where is order 1001?")
    for text in (
        "do you have shoes in size 42",
        "and would you please also have that blue one for 1499 or so",
    ):
        chat.says(text)
    assert chat.thread.spell.desk.wrong == 0


def test_a_price_beside_the_question_is_no_attempt() -> None:
    chat = Chat(shop_with(an_order("1001")))
    assert chat.says("where is order 1001, I have paid 1299 for it already") == order_texts("en").proof
    assert chat.thread.spell.desk.wrong == 0


@pytest.mark.parametrize(
    ("shopper_id", "claims", "is_told"),
    [
        ("", (), True),
        ("sh_1", (), True),
        ("sh_before", (), True),  # turned out to be them
        ("sh_ann", (), False),
        ("", ("sh_1", "sh_ann"), False),
        ("", ("sh_1", "sh_before"), True),
    ],
)
def test_who_has_somebody_elses_former_number_is_told_nothing_of_their_orders(
    shopper_id: str, claims: tuple[str, ...], is_told: bool
) -> None:
    kept = KeptOrder(order=an_order("1001"), shopper_id=shopper_id, claims=claims, version=1)
    chat = Chat(shop_with(kept), "whatsapp", OWN_PHONE)
    chat.rows.merged["sh_before"] = "sh_1"
    assert ("TRACK1001" in chat.says("where is my order?")) == is_told
    assert "TRACK1001" in chat.says("order 1001, buyer1001@example.com")


class Written(MemoryCommerce):
    """Remembers how many orders were written at once."""

    def commit(self, merchant_id: str, change: ShopChange) -> None:
        super().commit(merchant_id, change)
        self.at_once = [*getattr(self, "at_once", ()), len(change.orders)]


def test_a_wrong_guess_is_noted_on_each_order_of_this_number_some_at_a_time() -> None:
    orders = [an_order("1001", order_id=f"o{place}") for place in range(12)]
    store = Written(orders=shop_with(*orders).orders)
    told = Chat(store).says("where is order 1001? my postcode is 99999")
    assert told and not is_told(told)
    assert store.at_once == [5, 5, 2]
    assert {len(one.wrong) for one in store.orders.values()} == {1}
