"""Whole webhooks of Shopify, as their own pages and samples have them, and sad ones."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.commerce import carts, orders
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import BuyerWish, CartTold, OrderTold, ShopLeft
from chalicelib.domain.commerce.orders import NEVER, Order, Parcel, Refund
from chalicelib.domain.events import SelfTest, Unreadable, Unsplittable
from chalicelib.domain.plain import from_plain, to_plain
from integrations.shopify.parse import SAYS_NOTHING, TOPICS
from integrations.shopify.shop_system import Shopify
from integrations.shopify.webhook import SELF_TEST

FIXTURES = Path(__file__).parents[2] / "fixtures" / "shopify"
SHOPIFY = Shopify("https://{shop}")
TOKEN = "exuw7apwoycchjuwtiqg8nytfhphr62a"
ORDER = "820982911946154508"
OURS = f"pl_{'A' * 40}"

# Fixture -> what it says, in short: a cart's or an order's id, its total and what became of it.
CASES: dict[str, list[str]] = {
    "checkout_created": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_updated": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_by_the_newer_way": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_completed": [f"cart {TOKEN} 44.75 GBP bought"],
    "checkout_closed": [f"cart {TOKEN} 44.75 GBP gone"],
    "checkout_deleted": [],
    "checkout_deleted_by_its_token": [f"cart {TOKEN} 0  gone"],
    "checkout_with_five_phones": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_from_our_link": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_with_our_token_as_an_attribute": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_with_a_ticked_box": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_of_nobody": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_emptied": [f"cart {TOKEN} 0.00 GBP empty"],
    "checkout_of_odd_types": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_with_a_link_that_is_none": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_without_a_token": ["malformed"],
    "checkout_without_a_time": [f"cart {TOKEN} 44.75 GBP open"],
    "checkout_without_any_time": ["malformed"],
    "cart_created": [],
    "cart_updated": [],
    "order_created": [f"order {ORDER} #9999 44.75 GBP open paid"],
    "order_updated": [f"order {ORDER} #9999 44.75 GBP open paid"],
    "order_paid": [f"order {ORDER} #9999 44.75 GBP open paid"],
    "order_to_be_paid_on_delivery": [f"order {ORDER} #9999 44.75 GBP open pending"],
    "order_cancelled": [f"order {ORDER} #9999 44.75 GBP cancelled failed"],
    "order_fulfilled": [f"order {ORDER} #9999 44.75 GBP open pending shipped"],
    "order_refunded": [f"order {ORDER} #9999 24.85 GBP open part_refunded -19.90"],
    "order_deleted": [f"order {ORDER}  0  gone pending"],
    "order_of_nulls": [f"order {ORDER}  0  open pending"],
    "order_of_odd_types": [f"order {ORDER} #1234 44.75 GBP open pending shipped"],
    "order_without_an_id": ["malformed"],
    "fulfillment_created": [f"order {ORDER}  0  open pending shipped"],
    "fulfillment_in_transit": [f"order {ORDER}  0  open pending in_transit"],
    "fulfillment_delivered": [f"order {ORDER}  0  open pending delivered"],
    "fulfillment_cancelled": [f"order {ORDER}  0  open pending cancelled"],
    "fulfillment_without_an_order": ["malformed"],
    "refund_created": [f"order {ORDER}  0  open pending -19.90"],
    "refund_without_an_order": ["malformed"],
    "customer_created": [],
    "customer_updated": [],
    "customer_deleted": [],
    "consent_to_sms": [],
    "consent_to_e_mail": [],
    "app_uninstalled": ["left"],
    "data_requested": ["export 191167 ann@example.com 555-625-1199 299938 280263"],
    "customer_redacted": ["erase 191167 ann@example.com 555-625-1199 299938"],
    "customer_redacted_who_is_nobody": ["malformed"],
    "shop_redacted": ["left for good"],
    "topic_of_tomorrow": ["unknown_kind:products_update"],
    "topic_not_told": ["unknown_kind:other"],
    "body_that_is_a_list": ["malformed"],
}


def heard(name: str) -> dict[str, Any]:
    """A fixture as it comes out of the queue."""
    call = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    headers = {header.lower(): value for header, value in call["headers"].items()}
    [piece] = SHOPIFY.split(SHOPIFY.framed(headers, json.dumps(call["body"]).encode()))
    return dict(piece.body)


def read(name: str) -> Any:
    [event] = SHOPIFY.parse(heard(name))
    return event


@cache
def cart(name: str) -> Cart:
    event = read(name)
    assert isinstance(event, CartTold)
    return event.cart


@cache
def order(name: str) -> Order:
    event = read(name)
    assert isinstance(event, OrderTold)
    return event.order


def in_short(event: Any) -> str:
    match event:
        case CartTold(cart=told):
            became = "bought" if told.bought_at else "gone" if told.gone_at else ""
            became = became or ("open" if carts.is_open(told) else "empty")
            return f"cart {told.cart_id} {told.total} {told.currency} {became}"
        case OrderTold(order=told):
            states = [parcel.state for parcel in told.parcels]
            back = [f"-{refund.amount}" for refund in told.refunds]
            about = f"order {told.order_id} {told.number} {told.total} {told.currency}"
            return " ".join([about, told.state, told.paid, *states, *back])
        case BuyerWish():
            ids = " ".join(event.order_ids)
            return f"{event.wish} {event.customer_id} {event.email} {event.phone} {ids}"
        case ShopLeft():
            return "left for good" if event.is_erased else "left"
        case Unreadable():
            return event.reason
    return repr(event)


@pytest.mark.parametrize("name", CASES)
def test_each_webhook_says_what_it_says(name: str) -> None:
    assert [in_short(event) for event in SHOPIFY.parse(heard(name))] == CASES[name]


def test_every_fixture_has_a_case() -> None:
    assert {path.stem for path in FIXTURES.glob("*.json")} == CASES.keys()


def test_every_topic_that_says_something_has_a_fixture() -> None:
    told = {
        json.loads(path.read_text())["headers"].get("X-Shopify-Topic") for path in FIXTURES.glob("*.json")
    }
    assert TOPICS.keys() - told == {SELF_TEST, "orders/partially_fulfilled"}
    assert {"carts/create", "customers_marketing_consent/update"} <= SAYS_NOTHING & told


@pytest.mark.parametrize("name", [name for name, said in CASES.items() if said and ":" in said[0]])
def test_what_is_not_known_is_kept_whole(name: str) -> None:
    assert read(name).body == heard(name)


def test_a_checkout_is_read_to_its_last_field() -> None:
    told = cart("checkout_updated")
    [line] = told.lines
    assert (line.title, line.variant, line.quantity, line.price) == ("Blue mug", "Large", 2, Decimal("19.90"))
    assert (line.product_id, line.sku, line.line_id) == ("632910392", "MUG-BLUE-L", "")
    assert told.at == datetime(2026, 11, 3, 14, 15, tzinfo=UTC)
    assert told.created_at == datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
    assert told.url == f"https://little-shop.example/548380009/checkouts/{TOKEN}/recover?key=7d7a1c3d0f7e4d52"
    buyer = told.buyer
    assert (buyer.customer_id, buyer.name, buyer.email) == (
        "603851970716743426",
        "Ann Example",
        "Ann@Example.com",
    )
    assert (buyer.phones, buyer.country, buyer.postcode, buyer.language) == (
        ("0117 496 0123",),
        "GB",
        "BS1 4DJ",
        "en-GB",
    )


def test_numbers_are_found_in_all_five_places_as_they_were_written() -> None:
    written = (
        "+44 7700 900001",
        "+447700900002",
        "555-555-SHIP",
        "(0117) 496 0004",
        "+44 7700 900005",
    )
    assert cart("checkout_with_five_phones").buyer.phones == written


@pytest.mark.parametrize("name", ["checkout_from_our_link", "checkout_with_our_token_as_an_attribute"])
def test_who_came_by_our_link_is_known_by_it(name: str) -> None:
    assert cart(name).ref == OURS


def test_only_a_box_that_was_ticked_for_messages_is_an_opt_in() -> None:
    assert cart("checkout_with_a_ticked_box").buyer.opt_in_text == "Remind me of this cart on WhatsApp"
    assert cart("checkout_updated").buyer.opt_in_text == ""  # though e-mails are wanted


def test_odd_lines_cost_their_neighbours_nothing() -> None:
    told = cart("checkout_of_odd_types")
    assert [(line.title, line.quantity, line.price) for line in told.lines] == [
        ("Blue mug", 3, Decimal("19.9")),
        ("Pin", 1, Decimal(0)),
    ]
    assert told.buyer.phones == ("447700900001",)


def test_a_link_that_is_none_is_given_to_nobody() -> None:
    assert cart("checkout_with_a_link_that_is_none").url == ""


def test_what_has_no_time_of_its_own_has_that_of_its_webhook() -> None:
    assert cart("checkout_without_a_time").at == datetime(2026, 11, 3, 14, 16, 2, 123456, tzinfo=UTC)


def test_an_order_is_read_to_its_last_field() -> None:
    told = order("order_created")
    assert told.at == datetime(2026, 11, 3, 14, 20, 1, tzinfo=UTC)
    assert told.placed_at == datetime(2026, 11, 3, 14, 19, 58, tzinfo=UTC)
    assert told.carts == ("68778783ad298f1c80c3bafcddeea02f", TOKEN)
    assert told.url.startswith("https://little-shop.example/548380009/orders/")
    assert (told.created_by, told.is_confirmed) == ("web", True)
    assert [line.line_id for line in told.lines] == ["866550311766439020"]
    assert told.buyer.email == "ann@example.com"


def test_an_order_that_nobody_has_paid_is_taken_on_once_it_is_packed() -> None:
    assert not order("order_to_be_paid_on_delivery").is_confirmed
    assert order("order_fulfilled").is_confirmed


def test_a_parcel_tells_courier_number_link_and_day() -> None:
    told = order("fulfillment_in_transit")
    assert told.at == NEVER
    assert told.parcels == (
        Parcel(
            parcel_id="123456",
            state="in_transit",
            at=datetime(2026, 11, 5, 13, 0, tzinfo=UTC),
            courier="UPS",
            number="1z827wk74630",
            url="https://www.ups.com/WebTracking?trackNums=1z827wk74630",
            promised_on=date(2026, 11, 7),  # in the shop's zone; in UTC it would be the 8th
            lines=("866550311766439020",),
        ),
    )


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_moment_that_no_calendar_in_greenwich_has_costs_no_more_than_itself(at: str) -> None:
    whole = heard("order_updated")
    [event] = SHOPIFY.parse({**whole, "body": {**whole["body"], "processed_at": at}})
    assert isinstance(event, OrderTold)
    assert replace(event.order, placed_at=None) == replace(order("order_updated"), placed_at=None)


@pytest.mark.parametrize("transactions", [[], [{"kind": "refund", "status": "pending", "amount": "5.00"}]])
def test_what_is_only_put_back_on_the_shelf_is_no_refund(transactions: list[Any]) -> None:
    """An order that is called off before anybody has paid has one too, without any money."""
    alone = heard("refund_created")
    alone["body"] = {**alone["body"], "transactions": transactions}
    assert SHOPIFY.parse(alone) == []
    whole = heard("order_refunded")
    refunds = [{**one, "transactions": transactions} for one in whole["body"]["refunds"]]
    [event] = SHOPIFY.parse({**whole, "body": {**whole["body"], "refunds": refunds}})
    assert isinstance(event, OrderTold) and event.order.refunds == ()


def test_money_counts_as_given_back_once_it_has_gone() -> None:
    [refund] = order("refund_created").refunds
    at = datetime(2026, 11, 4, 13, 0, tzinfo=UTC)
    assert refund == Refund(
        refund_id="890088186047892319", at=at, amount=Decimal("19.90"), lines=("866550311766439020",)
    )


def test_a_couriers_link_without_tls_is_left_out() -> None:
    [parcel] = order("order_of_odd_types").parcels
    assert (parcel.url, parcel.number) == ("", "1827")


HISTORY = ("order_created", "order_paid", "fulfillment_created", "fulfillment_in_transit")
HISTORY += ("fulfillment_delivered", "refund_created", "order_updated")


@settings(deadline=None)
@given(st.permutations(HISTORY))
def test_a_history_ends_the_same_in_whatever_order_it_comes(names: list[str]) -> None:
    end = reduce(orders.joined, map(order, names))
    assert end == reduce(orders.joined, map(order, HISTORY))
    assert [parcel.state for parcel in end.parcels] == ["delivered"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(HISTORY), min_size=1, max_size=14))
def test_repeated_tellings_change_nothing(names: list[str]) -> None:
    told = [order(name) for name in names]
    once = reduce(orders.joined, [order(name) for name in dict.fromkeys(names)])
    assert reduce(orders.joined, told) == once


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name] and " " in CASES[name][0]])
def test_what_was_told_can_be_kept_and_read_again(name: str) -> None:
    match read(name):
        case CartTold(cart=told):
            assert from_plain(Cart, json.loads(json.dumps(to_plain(told)))) == told
        case OrderTold(order=told):
            assert from_plain(Order, json.loads(json.dumps(to_plain(told)))) == told


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A webhook of which any value, however deep, was replaced by anything, or taken out."""
    frame = heard(draw(st.sampled_from(sorted(CASES))))
    for _ in range(draw(st.integers(1, 4))):
        node: Any = frame
        while True:
            inner = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not inner:
                break
            key = draw(st.sampled_from(inner))
            is_deeper = isinstance(node[key], dict | list) and draw(st.booleans())
            if not is_deeper:
                node[key] = draw(ANY_JSON)
                break
            node = node[key]
    return frame


def is_known(event: Any) -> bool:
    return isinstance(event, CartTold | OrderTold | BuyerWish | ShopLeft | SelfTest | Unreadable)


@settings(max_examples=200, deadline=None)
@given(spoilt())
def test_no_spoilt_webhook_is_lost_or_raises(frame: dict[str, Any]) -> None:
    for event in SHOPIFY.parse(frame):
        assert is_known(event)
        if isinstance(event, CartTold | OrderTold):
            told = event.cart if isinstance(event, CartTold) else event.order
            assert json.dumps(to_plain(told)).isascii()
    for piece in SHOPIFY.split(json.dumps(frame).encode()):
        assert isinstance(piece.address, str)


@settings(deadline=None)
@given(st.sampled_from(sorted((*TOPICS, *SAYS_NOTHING, "x/y", ""))), ANY_JSON)
def test_any_json_on_any_topic_is_read_or_kept(topic: str, body: Any) -> None:
    frame = {"topic": topic, "body": body, "triggered_at": "2026-11-03T14:16:02Z"}
    assert all(is_known(event) for event in SHOPIFY.parse(frame))
    assert all(is_known(event) for event in SHOPIFY.parse(body))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"a": 1} x', b'{"a": 1, "a": 2}', b"NaN"])
def test_a_body_that_is_no_json_can_not_be_cut(body: bytes) -> None:
    with pytest.raises(Unsplittable):
        SHOPIFY.split(SHOPIFY.framed({"x-shopify-topic": "orders/create"}, body))
