"""Everything that a WooCommerce shop sends: who has signed it, and what it says."""

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from woo_connection import connected

from chalicelib.domain.commerce import carts, orders
from chalicelib.domain.commerce.carts import Cart, is_open
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.orders import NEVER, Order
from chalicelib.domain.events import SelfTest, Unreadable, Unsplittable
from chalicelib.ports.errors import InvalidSignature
from infra.package import PROJECT
from integrations.registry import SHOPS, BaseUrls
from integrations.woocommerce.order import read_order

FIXTURES = Path(__file__).parents[2] / "fixtures" / "woocommerce"
SHOP = "https://shop.example"
WOO = SHOPS["woocommerce"](BaseUrls())
SECRET = "s3cret-s3cret"
PAY_LINK = f"{SHOP}/checkout/order-pay/727/?pay_for_order=true&key=wc_order_58d2d042d1d"
SIGNATURE = "x-wc-webhook-signature"
TOKEN = "pl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
MOMENT = datetime(2026, 11, 3, 9, 4, 5, tzinfo=UTC)


def fixture(name: str) -> dict[str, Any]:
    loaded = json.loads((FIXTURES / f"{name}.json").read_text())
    assert isinstance(loaded, dict)
    return loaded


def signed(name: str, secret: str = SECRET) -> tuple[dict[str, str], bytes]:
    """As the shop sends it."""
    told = fixture(name)
    body = json.dumps(told["body"]).replace("/", "\\/").encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return told["headers"] | {SIGNATURE: base64.b64encode(digest).decode()}, body


def said(name: str) -> list[ShopEvent | SelfTest | Unreadable]:
    headers, body = signed(name)
    WOO.verify(headers, body, [SECRET])
    return [event for piece in WOO.split(WOO.framed(headers, body)) for event in WOO.parse(piece.body)]


def order_of(name: str) -> Order:
    (event,) = [event for event in said(name) if isinstance(event, OrderTold)]
    return event.order


def cart_of(name: str) -> Cart:
    (event,) = [event for event in said(name) if isinstance(event, CartTold)]
    return event.cart


def brief(event: ShopEvent | SelfTest | Unreadable) -> str:
    match event:
        case CartTold(cart):
            state = "open" if is_open(cart) else "bought" if cart.bought_at else "gone"
            return f"cart {cart.cart_id} {state}" + (" now" if event.is_now else "")
        case OrderTold(order):
            held = "confirmed" if order.is_confirmed else "bought" if order.is_bought else "unbought"
            parcels = "".join(f" {one.parcel_id}:{one.state}" for one in order.parcels)
            back = "".join(f" -{one.amount}" for one in order.refunds)
            words = f"order {order.number or order.order_id} {order.state} {order.paid} {held}"
            return words + parcels + back + (" now" if event.is_now else "")
        case SelfTest(nonce):
            return f"test {nonce}"
        case Unreadable(reason):
            return reason
    raise AssertionError(event)


OPEN, BOUGHT, GONE = (f"cart order-727 {state}" for state in ("open", "bought", "gone"))
CASES = {  # fixture -> what it says, in order
    "action_add_to_cart": [],
    "coupon_created": [],
    "coupon_deleted": [],
    "coupon_restored": [],
    "coupon_updated": [],
    "customer_created": [],
    "customer_deleted": [],
    "customer_updated": [],
    "order_created_bank_transfer": [BOUGHT, "order 727 open pending bought"],
    "order_created_by_the_merchant": ["order 727 open pending unbought"],
    "order_created_cash_on_delivery": [BOUGHT, "order 727 open pending confirmed"],
    "order_created_draft": [OPEN, "order 727 open pending unbought"],
    "order_created_paid": [BOUGHT, "order 727 open paid confirmed"],
    "order_created_pending": [OPEN, "order 727 open pending unbought"],
    "order_deleted": [f"{GONE} now", "order 727 gone pending bought now"],
    "order_deleted_without_an_id": ["malformed"],
    "order_in_yen": [OPEN, "order 727 open pending unbought"],
    "order_of_a_customer": [OPEN, "order 727 open pending unbought"],
    "order_of_a_shop_in_a_folder": [OPEN, "order 727 open pending unbought"],
    "order_of_an_old_shop": [OPEN, "order 727 open pending unbought"],
    "order_of_nothing": [BOUGHT, "order 727 open pending confirmed"],
    "order_of_wrong_types": [OPEN, "order 727 open pending unbought"],
    "order_restored": [BOUGHT, "order 727 open paid confirmed"],
    "order_that_is_a_list": ["malformed"],
    "order_that_the_owner_may_not_see": ["malformed"],
    "order_updated_cancelled": [GONE, "order 727 cancelled pending unbought"],
    "order_updated_cancelled_after_payment": [GONE, "order 727 cancelled paid unbought"],
    "order_updated_collected": [BOUGHT, "order 727 open paid confirmed 1:delivered"],
    "order_updated_completed": [BOUGHT, "order 727 open paid confirmed 1:shipped"],
    "order_updated_completed_download": [BOUGHT, "order 727 open paid confirmed"],
    "order_updated_delivered": [BOUGHT, "order 727 open paid confirmed 1:delivered"],
    "order_updated_failed": [OPEN, "order 727 open failed unbought"],
    "order_updated_in_the_bin": [GONE, "order 727 gone pending unbought"],
    "order_updated_number_of_its_own": [BOUGHT, "order #A-2026/0042 open paid confirmed"],
    "order_updated_paid": [BOUGHT, "order 727 open paid confirmed"],
    "order_updated_part_refunded": [BOUGHT, "order 727 open part_refunded confirmed -19.90"],
    "order_updated_refunded": [BOUGHT, "order 727 open refunded confirmed -44.80"],
    "order_updated_refunded_in_two": [
        BOUGHT,
        "order 727 open refunded confirmed 1:shipped -19.90 -24.90",
    ],
    "order_updated_status_of_a_plugin": [BOUGHT, "order 727 open paid confirmed"],
    "order_updated_tracked": [BOUGHT, "order 727 open paid confirmed 1:shipped 2:shipped"],
    "order_updated_tracked_with_a_gap": [BOUGHT, "order 727 open paid confirmed 1:shipped"],
    "order_with_a_refund_without_an_id": [BOUGHT, "order 727 open pending confirmed"],
    "order_with_a_token": [OPEN, "order 727 open pending unbought"],
    "order_with_a_token_noted": [OPEN, "order 727 open pending unbought"],
    "order_with_variations_and_tax": [OPEN, "order 727 open pending unbought"],
    "order_without_a_status": ["malformed"],
    "order_without_a_time": ["malformed"],
    "order_without_an_id": ["malformed"],
    "product_created": [],
    "product_deleted": [],
    "product_published": [],
    "product_restored": [],
    "product_updated": [],
    "self_test": ["test n_1"],
    "self_test_without_a_nonce": ["malformed"],
    "topic_missing": ["unknown_kind:other"],
    "topic_of_another_plugin": ["unknown_kind:subscription_created"],
    "topic_of_tomorrow": ["unknown_kind:order_archived"],
    "topic_that_is_none": ["unknown_kind:other"],
}


@pytest.mark.parametrize("name", CASES)
def test_each_webhook_says(name: str) -> None:
    if name == "order_of_nothing" or name == "order_of_wrong_types":  # no lines are left to be bought
        assert [brief(event) for event in said(name)][1:] == CASES[name][1:]
        return
    assert [brief(event) for event in said(name)] == CASES[name]


def test_every_fixture_has_a_case() -> None:
    assert {path.stem for path in FIXTURES.glob("*.json")} == CASES.keys()


@pytest.mark.parametrize("name", [name for name, told in CASES.items() if "malformed" in told])
def test_what_can_not_be_read_is_kept_whole(name: str) -> None:
    (event,) = said(name)
    assert isinstance(event, Unreadable)
    assert event.body["resource"] == fixture(name)["body"]


# What an order tells


def test_an_order_is_told_with_all_that_the_shop_knows() -> None:
    order = order_of("order_updated_paid")
    (line,) = order.lines
    assert order.at.replace(microsecond=0) == datetime(2026, 11, 3, 10, 10, tzinfo=UTC)
    assert (order.placed_at, order.total, order.currency) == (MOMENT, Decimal("44.80"), "EUR")
    assert order.bought_at == datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
    assert order.url == f"{SHOP}/checkout/order-received/727/?key=wc_order_58d2d042d1d"
    assert (order.carts, order.created_by) == (("order-727",), "checkout")
    assert (line.title, line.quantity, line.price, line.sku) == ("Blue mug", 2, Decimal("19.90"), "MUG-B")
    assert (line.line_id, line.product_id) == ("315", "93")
    assert line.picture == f"{SHOP}/wp-content/uploads/mug.jpg"
    buyer = order.buyer
    assert (buyer.name, buyer.email, buyer.phones) == ("Ann Example", "Ann@Example.com", ("07700 900123",))
    assert (buyer.customer_id, buyer.country, buyer.postcode) == ("", "GB", "AB1 2CD")


@pytest.mark.parametrize("total", ["-0.00", "0", ""])
def test_what_is_only_put_back_on_the_shelf_is_no_refund(total: str) -> None:
    raw = fixture("order_updated_part_refunded")["body"]
    refunds = [{**one, "total": total} for one in raw["refunds"]]
    told = read_order({**raw, "refunds": refunds}, SHOP, "")
    assert (told.refunds, told.paid) == ((), "paid")


def test_a_customer_is_known_by_number_language_and_both_addresses() -> None:
    buyer = order_of("order_of_a_customer").buyer
    assert (buyer.customer_id, buyer.language, buyer.country) == ("26", "ar", "AE")
    assert (buyer.name, buyer.phones) == ("آن مثال", ("07700 900123", "+971 50 123 4567"))
    assert buyer.postcode == "00000"


def test_a_price_is_what_the_buyer_saw_with_tax_where_the_shop_shows_it() -> None:
    (line,) = order_of("order_with_variations_and_tax").lines
    assert (line.title, line.variant) == ("Cups & saucers", "Blue, Large")
    assert (line.price, line.picture) == (Decimal("11.99"), "")
    order = order_of("order_in_yen")
    assert (order.lines[0].price, order.total, order.currency) == (Decimal(1990), Decimal(4480), "JPY")


def test_parcels_bear_courier_number_and_link() -> None:
    first, second = order_of("order_updated_tracked").parcels
    assert (first.courier, first.number, first.url) == ("royal-mail", "AB123456789GB", "")
    assert (second.courier, second.number) == ("Nova Post", "20450000000001")
    assert second.url == "https://courier.example/track/20450000000001"
    (told,) = order_of("order_updated_tracked_with_a_gap").parcels
    assert (told.number, told.url) == ("20450000000001", "")


def test_a_parcel_that_gets_its_number_later_stays_the_same_parcel() -> None:
    tracked = order_of("order_updated_tracked")
    both = orders.joined(order_of("order_updated_completed"), tracked)
    assert [one.parcel_id for one in both.parcels] == ["1", "2"]


@pytest.mark.parametrize("name", ["order_with_a_token", "order_with_a_token_noted"])
def test_a_token_of_ours_comes_back_with_the_order(name: str) -> None:
    assert (order_of(name).ref, cart_of(name).ref) == (TOKEN, TOKEN)


# Carts


@pytest.mark.parametrize(
    ("name", "url"),
    [
        (
            "order_created_pending",
            PAY_LINK,
        ),
        (
            "order_of_an_old_shop",
            PAY_LINK,
        ),
        ("order_created_draft", f"{SHOP}/checkout/"),
        ("order_of_wrong_types", ""),
    ],
)
def test_an_unpaid_order_is_a_cart_whose_link_pays_it(name: str, url: str) -> None:
    cart = cart_of(name)
    assert (cart.cart_id, cart.url, cart.order_id) == ("order-727", url, "")


def test_a_cart_is_bought_when_it_is_paid() -> None:
    cart = cart_of("order_updated_paid")
    assert (cart.bought_at, cart.created_at) == (datetime(2026, 11, 3, 9, 5, tzinfo=UTC), MOMENT)
    assert cart.order_id == "727"


def test_what_was_deleted_has_no_time_of_its_own() -> None:
    cart, order = said("order_deleted")
    assert isinstance(cart, CartTold) and isinstance(order, OrderTold)
    assert (cart.is_now, order.is_now, order.order.at) == (True, True, NEVER)


LIFE = ("order_created_pending", "order_updated_paid", "order_updated_completed")


@pytest.mark.parametrize("names", list(permutations(LIFE)))
def test_the_same_webhooks_in_any_order_end_in_the_same_state(names: tuple[str, ...]) -> None:
    cart, order = cart_of(names[0]), order_of(names[0])
    for name in (*names[1:], *names):
        cart, order = carts.joined(cart, cart_of(name)), orders.joined(order, order_of(name))
    assert (order.paid, [one.state for one in order.parcels], is_open(cart)) == ("paid", ["shipped"], False)


def test_of_two_changes_within_one_second_the_one_of_the_later_life_holds() -> None:
    paid, pending = order_of("order_created_paid"), order_of("order_created_pending")
    assert paid.at > pending.at
    assert orders.joined(paid, pending) == orders.joined(pending, paid)
    assert orders.joined(paid, pending).is_confirmed


# The call


@pytest.mark.parametrize("name", CASES)
def test_whoever_does_not_know_the_secret_is_refused(name: str) -> None:
    headers, body = signed(name)
    WOO.verify(headers, body, ["another", SECRET])
    for wrong in ([], ["another"], [""], [SECRET.upper()]):
        with pytest.raises(InvalidSignature):
            WOO.verify(headers, body, wrong)
    for changed in (body + b" ", body.replace(b"7", b"8", 1), b""):
        if changed != body:
            with pytest.raises(InvalidSignature):
                WOO.verify(headers, changed, [SECRET])
    unsigned = {name: value for name, value in headers.items() if name != SIGNATURE}
    for given_ in (unsigned, unsigned | {SIGNATURE: ""}, unsigned | {SIGNATURE: "\udcff"}):
        with pytest.raises(InvalidSignature):
            WOO.verify(given_, body, [SECRET])


@pytest.mark.parametrize(
    ("headers", "body", "is_ping"),
    [
        ({"content-type": "application/x-www-form-urlencoded"}, b"webhook_id=12", True),
        ({}, b"webhook_id=12\n", True),
        ({}, b"webhook_id=", False),
        ({}, b"webhook_id=12&x=1", False),
        ({}, b"webhook_id=" + b"1" * 21, False),
        ({}, b"", False),
        ({}, b'{"id": 727}', False),
        ({SIGNATURE: "x"}, b"webhook_id=12", False),
        ({"x-wc-webhook-topic": "order.created"}, b"webhook_id=12", False),
    ],
)
def test_a_ping_is_a_form_without_signature_and_topic(
    headers: dict[str, str], body: bytes, is_ping: bool
) -> None:
    assert WOO.is_ping(headers, body) is is_ping


@pytest.mark.parametrize(
    ("name", "account", "address"),
    [
        ("order_created_paid", SHOP, "order 727"),
        ("order_deleted", SHOP, "order 727"),
        ("order_of_a_shop_in_a_folder", "https://www.shop.example/store", "order 727"),
        ("product_updated", SHOP, ""),
        ("order_without_an_id", SHOP, ""),
        ("order_that_is_a_list", SHOP, ""),
    ],
)
def test_a_call_names_its_shop_and_keeps_an_orders_events_in_order(
    name: str, account: str, address: str
) -> None:
    (piece,) = WOO.split(WOO.framed(*signed(name)))
    assert (piece.account, piece.address) == (account, address)
    assert piece.body["topic"] == fixture(name)["headers"].get("x-wc-webhook-topic", "")
    assert piece.body["delivery"] == fixture(name)["headers"]["x-wc-webhook-delivery-id"]


def test_a_copy_of_the_shop_on_another_address_is_told_apart() -> None:
    headers, body = signed("order_created_paid")
    for source in ("https://staging.shop.example/", "nowhere", "https://shop.example/copy"):
        (piece,) = WOO.split(WOO.framed(headers | {"x-wc-webhook-source": source}, body))
        assert piece.account not in ("", SHOP)


def test_our_own_test_call_comes_through() -> None:
    connection = connected("https://shop.example")
    headers, body = WOO.self_test(connection, "n_7")
    WOO.verify(headers, body, connection.signing_secrets)
    (piece,) = WOO.split(WOO.framed(headers, body))
    assert (piece.account, WOO.parse(piece.body)) == (connection.account, [SelfTest("n_7")])
    assert not WOO.is_ping(headers, body)


@pytest.mark.parametrize("body", [b"", b"no JSON", b"{", b"\xff\xfe", b'{"a": 1, "a": 2}', b"NaN"])
def test_what_is_no_json_is_kept_as_it_came(body: bytes) -> None:
    framed = WOO.framed({"x-wc-webhook-topic": "order.created"}, body)
    assert body in framed
    with pytest.raises(Unsplittable):
        WOO.split(framed)


ANSWER_AND_TELL = """
import json, sys
from integrations.registry import SHOPS, BaseUrls
headers, body = json.loads(sys.argv[1])
woo = SHOPS["woocommerce"](BaseUrls())
woo.verify(headers, body.encode(), [sys.argv[2]])
assert woo.split(woo.framed(headers, body.encode())) and not woo.is_ping(headers, body.encode())
print(json.dumps(sorted(sys.modules)))
"""


def test_answering_a_webhook_loads_only_what_it_needs() -> None:
    headers, body = signed("order_created_paid")
    command = [sys.executable, "-c", ANSWER_AND_TELL, json.dumps([headers, body.decode()]), SECRET]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not {"requests", "urllib3", "fastjsonschema", "html"} & set(json.loads(done.stdout))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PENDING = fixture("order_updated_tracked")["body"]
TOPICS = st.sampled_from(["order.created", "order.updated", "order.deleted", "parley.test", "action.x"])


@settings(deadline=None)
@given(topic=TOPICS | st.text(max_size=20), resource=ANYTHING, source=st.text(max_size=30))
def test_no_json_makes_it_fail(topic: str, resource: Any, source: str) -> None:
    headers = {"x-wc-webhook-topic": topic, "x-wc-webhook-source": source}
    for piece in WOO.split(WOO.framed(headers, json.dumps(resource).encode())):
        WOO.parse(piece.body)
    WOO.parse(resource)


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(PENDING)),
    inner=st.none() | st.sampled_from(["id", "key", "value", "quantity", "total", "name", "phone", "src"]),
    value=ANYTHING,
)
def test_any_value_in_any_field_is_read_or_kept(name: str, inner: str | None, value: Any) -> None:
    there = PENDING[name]
    if inner and isinstance(there, list):
        broken: Any = [one | {inner: value} if isinstance(one, dict) else one for one in there]
    else:
        broken = there | {inner: value} if inner and isinstance(there, dict) else value
    body = json.dumps(PENDING | {name: broken}).encode()
    headers = {"x-wc-webhook-topic": "order.updated", "x-wc-webhook-source": SHOP}
    for piece in WOO.split(WOO.framed(headers, body)):
        for event in WOO.parse(piece.body):
            if isinstance(event, OrderTold):
                assert orders.joined(event.order, event.order) == event.order
