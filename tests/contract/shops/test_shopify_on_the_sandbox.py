"""A shop on the sandbox platform: connected, looked after, heard, and asked what was missed."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import requests
from shopify_shop import ShopifyShop, opened, own, until

from chalicelib.domain.commerce.carts import joined
from chalicelib.domain.commerce.events import BuyerWish, CartTold, OrderTold, ShopLeft
from chalicelib.domain.events import SelfTest
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, InvalidSignature, SetupError
from infra.sandbox.server import Server
from integrations.shopify.subscriptions import TOPICS


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


@pytest.fixture
def shop(sandbox: str) -> Iterator[ShopifyShop]:
    with opened(sandbox) as shop:
        shop.connect()
        yield shop


def test_a_shop_is_proven_and_all_its_webhooks_come_here(sandbox: str) -> None:
    with opened(sandbox, currency="EUR", name="Mugs & more") as shop:
        steps = shop.connect()
        assert shop.connection.name == "Mugs & more"
        assert shop.connection.account == shop.credentials["shop"]
        assert shop.connection.signing_secrets == (shop.credentials["client_secret"],)
        assert shop.connection.details == {"currency": "EUR", "time_zone": "America/New_York"}
        assert shop.subscribed() == set(TOPICS)
        assert len(steps) == 1
        assert shop.url in steps[0]
        assert shop.findings().keys() == {"ok"}


def test_connecting_again_subscribes_to_nothing_twice(shop: ShopifyShop) -> None:
    shop.connect()
    shop.does("checkout")
    shop.hears(1)
    assert shop.topics() == ["checkouts/create"]
    made = [call for call in shop.ask("calls") if call["call"] == "Subscribe"]
    assert len(made) == 1


def test_a_shop_that_moved_is_no_longer_told_at_its_old_address(shop: ShopifyShop) -> None:
    here = shop.url
    shop.url = shop.url.replace("127.0.0.1", "localhost")
    shop.system.register(shop.connection, shop.url)
    assert shop.subscribed() == set(TOPICS)
    shop.url = here
    assert shop.subscribed() == set()


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"token": "shpat_of_another_shop"}, "token_rejected", "token"),
        ({"token": "shpat_ключ"}, "token_rejected", "token"),
        ({"shop": "unknown.myshopify.com", "account": "unknown.myshopify.com"}, "not_found", "shop"),
        ({"shop": "internal.example"}, "invalid", "shop"),
        ({"shop": "evil.example/.myshopify.com"}, "invalid", "shop"),
        ({"shop": "127.0.0.1:80#.myshopify.com"}, "invalid", "shop"),
        ({"shop": "a@b.myshopify.com"}, "invalid", "shop"),
        ({"shop": "a.b.myshopify.com"}, "invalid", "shop"),
        ({"account": "another.myshopify.com"}, "account_mismatch", "account"),
    ],
)
def test_what_is_not_the_shops_own_is_refused_with_what_to_mend(
    sandbox: str, given: dict[str, str], code: str, field: str
) -> None:
    with opened(sandbox) as shop:
        with pytest.raises(CredentialsRejected) as caught:
            shop.system.check(shop.credentials | given)
        assert (caught.value.code, caught.value.field) == (code, field)
        assert shop.credentials["token"] not in str(caught.value)


def test_an_app_without_orders_can_not_be_connected_and_says_which_scope_it_lacks(sandbox: str) -> None:
    with opened(sandbox) as shop:
        shop.control("token", scopes=["write_fulfillments"])
        with pytest.raises(CredentialsRejected, match="read_orders") as caught:
            shop.system.check(shop.credentials)
        assert "read_fulfillments" not in caught.value.message


def test_what_goes_without_a_scope_is_said_before_anybody_buys(sandbox: str) -> None:
    with opened(sandbox) as shop:
        shop.control("token", scopes=["read_orders", "read_fulfillments", "no_buyers"])
        warnings = shop.system.check(shop.credentials).warnings
        assert len(warnings) == 3
        assert ["read_customers" in warnings[0], "read_products" in warnings[1]] == [True, True]
        assert "protected customer data" in warnings[2]


def test_scopes_that_were_taken_away_are_found_later(shop: ShopifyShop) -> None:
    shop.control("token", scopes=["read_fulfillments", "read_products"])
    assert shop.findings().keys() >= {"permission_missing", "scope_missing"}
    shop.control("token", scopes=["read_orders", "read_fulfillments", "read_products", "no_buyers"])
    assert shop.findings().keys() == {"scope_missing", "buyers_hidden"}


def test_a_dead_token_is_found_and_does_not_keep_the_merchant_from_leaving(shop: ShopifyShop) -> None:
    shop.control("token", state="revoked")
    assert shop.findings().keys() == {"token_rejected"}
    with pytest.raises(CredentialsRejected):
        shop.changed()
    shop.system.unregister(shop.connection, last_of_group=True)


def test_who_leaves_is_told_nothing_more(shop: ShopifyShop) -> None:
    shop.system.unregister(shop.connection, last_of_group=True)
    assert shop.subscribed() == set()


def test_webhooks_that_shopify_took_away_are_subscribed_again(shop: ShopifyShop) -> None:
    shop.answers = [500] * 8
    shop.does("checkout")
    until(lambda: "CHECKOUTS_CREATE" not in shop.subscribed())
    [delivery] = shop.ask("deliveries")
    assert (delivery["state"], delivery["tries"], delivery["status"]) == ("given up", 8, 500)
    repeated = {headers["x-shopify-webhook-id"] for headers, _ in shop.heard}
    assert (len(shop.heard), len(repeated)) == (8, 1)
    assert "checkouts/create" in shop.findings()["webhook_repaired"]
    assert shop.subscribed() == set(TOPICS)
    assert shop.findings().keys() == {"ok"}


@pytest.mark.parametrize(("status", "call"), [(429, "graphql"), (500, "graphql"), (423, "Shop")])
def test_a_busy_shopify_decides_nothing(shop: ShopifyShop, status: int, call: str) -> None:
    shop.control("faults", call=call, fault="status", status=status, times=1)
    with pytest.raises(ChannelDown):
        shop.system.examine(shop.connection, shop.url)
    assert shop.findings().keys() == {"ok"}


def test_a_throttled_question_is_asked_later(shop: ShopifyShop) -> None:
    shop.control("faults", call="Orders", fault="status", status=429, times=1)
    with pytest.raises(ChannelDown, match="THROTTLED"):
        shop.changed()
    assert shop.changed() == []


def test_a_call_that_is_cut_off_is_no_answer(shop: ShopifyShop) -> None:
    shop.control("faults", call="Subscriptions", fault="drop_answer", times=1)
    with pytest.raises(SetupError):
        shop.system.register(shop.connection, shop.url)


def test_the_old_secret_signs_for_an_hour_after_it_was_changed(shop: ShopifyShop) -> None:
    old = shop.connection.signing_secrets
    shop.does("rotate_secret")
    [about] = shop.ask("accounts")
    new = (about["setup"]["client_secret"],)
    shop.does("checkout")
    until(lambda: shop.heard)
    shop.system.verify(*shop.heard[-1], old)
    with pytest.raises(InvalidSignature):
        shop.system.verify(*shop.heard[-1], new)
    shop.system.verify(*shop.heard[-1], (*new, *old))
    account = shop.system.check(about["setup"] | {"old_client_secret": old[0]})
    assert account.signing_secrets == (*new, *old)
    shop.system.verify(*shop.heard[-1], account.signing_secrets)


def test_a_cart_is_told_with_all_that_a_reminder_needs(shop: ShopifyShop) -> None:
    lines = [{"title": "Blue mug", "quantity": 2, "price": "19.90", "variant": "Large"}]
    token = shop.does(
        "checkout",
        lines=lines,
        phone="+44 7700 900123",
        country="GB",
        language="en-GB",
        email="a@example.com",
    )
    shop.hears(1)
    cart = shop.cart(token)
    assert (cart.total, cart.currency) == (Decimal("39.80"), "GBP")
    [line] = cart.lines
    assert (line.title, line.variant, line.quantity, line.price) == ("Blue mug", "Large", 2, Decimal("19.90"))
    assert cart.buyer.phones == ("+44 7700 900123",)
    assert (cart.buyer.email, cart.buyer.country, cart.buyer.language) == ("a@example.com", "GB", "en-GB")
    page = requests.get(cart.url, timeout=30)
    assert page.ok
    assert "Blue mug" in page.text


def test_a_cart_that_is_changed_keeps_what_was_not(shop: ShopifyShop) -> None:
    ours = f"pl_{'B' * 40}"
    token = shop.does("checkout", phone="07700 900123", ref=ours, total="50")
    shop.does("checkout_update", email="b@example.com", lines=[{"title": "Pin", "price": "2", "quantity": 3}])
    shop.hears(2)
    cart = shop.cart(token)
    assert (cart.buyer.phones, cart.buyer.email) == (("07700 900123",), "b@example.com")
    assert (cart.ref, cart.total, cart.lines[0].title) == (ours, Decimal("6.00"), "Pin")
    assert cart.at > cart.created_at
    shop.does("checkout_delete", told_token=True)
    shop.hears(3)
    assert shop.cart(token).gone_at is not None


def test_what_was_left_and_then_bought_ends_as_bought_and_names_its_order(shop: ShopifyShop) -> None:
    token = shop.does("checkout")
    order_id = shop.does("order")
    shop.hears(4)
    assert shop.topics() == ["checkouts/create", "checkouts/update", "orders/create", "orders/paid"]
    assert shop.cart(token).bought_at is not None
    order = shop.order(order_id)
    assert token in order.carts
    assert (order.number, order.paid, order.is_confirmed, order.state) == ("#1001", "paid", True, "open")


def test_an_order_goes_its_way_to_the_door_and_back(shop: ShopifyShop) -> None:
    order_id = shop.does("order", new=True, paid=False)
    shop.does("order_paid")
    shop.does("fulfil", courier="Sample Post", number="TRK7", promised="2026-12-01T18:00:00-05:00")
    shop.does("parcel", state="out_for_delivery")
    shop.does("parcel", state="delivered")
    shop.does("refund", amount="5")
    shop.hears(9)
    order = shop.order(order_id)
    [parcel], [refund] = order.parcels, order.refunds
    assert (parcel.state, parcel.courier, parcel.number) == ("delivered", "Sample Post", "TRK7")
    assert parcel.lines == tuple(line.line_id for line in order.lines)
    assert (refund.amount, order.paid) == (Decimal("5.00"), "part_refunded")
    shop.does("order_cancel")
    shop.hears(11)
    assert shop.order(order_id).state == "cancelled"


def test_the_api_tells_the_same_order_and_more(shop: ShopifyShop) -> None:
    order_id = shop.does("order", new=True, note_attributes=[{"name": "gift", "value": "yes"}])
    shop.does("fulfil", promised="2026-12-01T18:00:00-05:00")
    shop.does("refund", amount="5")
    shop.hears(6)
    by_webhook, by_api = shop.order(order_id), shop.system.order(shop.connection, order_id)
    assert by_api is not None
    [parcel] = by_api.parcels
    assert parcel.promised_on == date(2026, 12, 1)
    assert [line.picture for line in by_api.lines] == ["https://cdn.shopify.com/s/files/1/0001/mug.png"]
    plain = replace(by_api, parcels=(replace(parcel, promised_on=None),))
    assert own(plain) == own(by_webhook)
    assert by_api.connection_id == "cn_1"
    assert by_api.at > by_webhook.at


@pytest.mark.parametrize("order_id", ["1", "999999999999", "", "../1", "1) { id } }"])
def test_an_order_that_is_not_there_is_none(shop: ShopifyShop, order_id: str) -> None:
    assert shop.system.order(shop.connection, order_id) is None


def test_what_webhooks_have_missed_is_found_page_by_page(shop: ShopifyShop) -> None:
    bought = [shop.does("order", f"Buyer {n}", new=True, unheard=True, at=9_000 - n * 60) for n in range(9)]
    left = [shop.does("checkout", f"Idler {n}", unheard=True, at=9_030 - n * 60) for n in range(20)]
    found = shop.changed()
    orders = [one.order for one in found if isinstance(one, OrderTold)]
    carts = [one.cart for one in found if isinstance(one, CartTold)]
    assert [one.order_id for one in orders] == bought
    assert sorted(one.cart_id for one in carts) == sorted(left)
    assert {one.connection_id for one in (*orders, *carts)} == {"cn_1"}
    assert shop.heard == []


def test_who_stops_after_any_page_has_missed_nothing_before_its_latest(shop: ShopifyShop) -> None:
    for n in range(9):
        shop.does("order", f"Buyer {n}", new=True, unheard=True, at=9_000 - n * 60)
        shop.does("checkout", f"Idler {n}", unheard=True, at=9_030 - n * 60)
    whole = {(_at(one), _id(one)) for one in shop.changed()}
    since, after, told = datetime(2026, 1, 1, tzinfo=UTC), "", set()
    while True:
        page = shop.system.changed(shop.connection, since, after)
        told |= {(_at(one), _id(one)) for one in page.events}
        latest = max(at for at, _ in told)
        assert {one for one in whole if one[0] <= latest} <= told
        after = page.after
        if not after:
            break
    assert told == whole


def _at(event: CartTold | OrderTold) -> datetime:
    return event.order.at if isinstance(event, OrderTold) else event.cart.at


def _id(event: CartTold | OrderTold) -> str:
    return event.order.order_id if isinstance(event, OrderTold) else event.cart.cart_id


def test_only_what_was_changed_since_is_told(shop: ShopifyShop) -> None:
    shop.does("order", "Ann Example", new=True, unheard=True, at=20 * 86_400)
    late = shop.does("order", "Ben Example", new=True, unheard=True, at=3_600)
    [told] = shop.changed(timedelta(days=1))
    assert isinstance(told, OrderTold)
    assert told.order.order_id == late


def test_an_order_with_more_lines_than_a_page_holds_does_not_replace_the_whole_one(shop: ShopifyShop) -> None:
    lines = [{"title": f"Mug {n}", "quantity": 1, "price": "5"} for n in range(25)]
    order_id = shop.does("order", lines=lines)
    shop.hears(2)
    [told] = shop.changed()
    assert isinstance(told, OrderTold)
    assert (len(told.order.lines), len(shop.order(order_id).lines)) == (20, 25)
    assert told.order.at < shop.order(order_id).at
    whole = shop.system.order(shop.connection, order_id)
    assert whole is not None
    assert len(whole.lines) == 25


def test_a_cart_gets_its_pictures_from_the_api_where_that_knows_the_buyer_as_well(shop: ShopifyShop) -> None:
    known = shop.does("checkout", "Ann Example", phone="+447700900123", phone_in="phone", language="pt-BR")
    gift = shop.does("checkout", "Ben Example", phone="+447700900124", phone_in="shipping_address")
    shop.hears(2)
    told = {one.cart.cart_id: one.cart for one in shop.changed() if isinstance(one, CartTold)}
    by_api, by_webhook = told[known], shop.cart(known)
    assert joined(by_api, by_webhook).lines[0].picture.startswith("https://cdn.shopify.com/")
    assert (by_api.buyer, by_api.url) == (by_webhook.buyer, by_webhook.url)
    assert joined(told[gift], shop.cart(gift)) == shop.cart(gift)


def test_people_are_shown_and_forgotten_as_the_law_wants(shop: ShopifyShop) -> None:
    order_id = shop.does("order", new=True, phone="+447700900123", email="a@example.com")
    shop.does("data_request")
    shop.does("redact")
    shop.does("shop_redact")
    wishes = [one for one in shop.hears(5) if isinstance(one, BuyerWish | ShopLeft)]
    assert {(one.wish, one.email, one.order_ids) for one in wishes if isinstance(one, BuyerWish)} == {
        ("export", "a@example.com", (order_id,)),
        ("erase", "a@example.com", (order_id,)),
    }
    assert ShopLeft(is_erased=True) in wishes


def test_who_takes_the_app_out_says_so_and_the_token_is_dead(shop: ShopifyShop) -> None:
    shop.does("uninstall")
    assert shop.hears(1) == [ShopLeft()]
    assert shop.findings().keys() == {"token_rejected"}


def test_a_consent_to_e_mail_says_nothing_to_a_messenger(shop: ShopifyShop) -> None:
    shop.does("consent")
    shop.does("checkout", accepts_marketing=True, consent="Write to me on WhatsApp about this cart")
    shop.hears(1)
    [told] = [one for one in shop.events() if isinstance(one, CartTold)]
    assert told.cart.buyer.opt_in_text == "Write to me on WhatsApp about this cart"


def test_our_own_test_event_goes_the_whole_way(shop: ShopifyShop) -> None:
    headers, body = shop.system.self_test(shop.connection, "n0nce")
    shop.heard.append((dict(headers), body))
    assert shop.events() == [SelfTest("n0nce")]


def test_headers_without_the_x_are_heard_as_well(sandbox: str) -> None:
    with opened(sandbox, unprefixed=True) as shop:
        shop.connect()
        shop.does("checkout")
        [told] = shop.hears(1)
        assert isinstance(told, CartTold)
        assert "shopify-topic" in shop.heard[0][0]


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("duplicate", {"times": 3}),
    ("shuffle", {"times": 6}),
    ("status", {"times": 2, "status": 503}),
    ("drop_answer", {"times": 2}),
]


@pytest.mark.parametrize(("fault", "more"), FAULTS)
def test_whatever_happens_on_the_way_the_order_ends_the_same(
    shop: ShopifyShop, fault: str, more: dict[str, Any]
) -> None:
    shop.control("faults", call="webhook", fault=fault, **more)
    order_id = shop.does("order", new=True)
    shop.does("fulfil")
    shop.does("parcel", state="delivered")
    shop.does("order_cancel")
    until(lambda: all(one["state"] == "delivered" for one in shop.ask("deliveries")) and shop.heard)
    assert len({headers["x-shopify-webhook-id"] for headers, _ in shop.heard}) == 7
    order = shop.order(order_id)
    by_api = shop.system.order(shop.connection, order_id)
    assert by_api is not None
    assert order.state == "cancelled"
    assert own(order) == own(by_api)


def test_the_control_api_delivers_what_it_is_given_and_has_no_phone(shop: ShopifyShop) -> None:
    signed = shop.control("deliver", topic="orders/updated", body={"id": 1})
    forged = shop.control("deliver", topic="orders/updated", body={"id": 2}, sign="wrong")
    assert (signed["status"], forged["status"]) == (200, 200)
    shop.system.verify(*shop.heard[0], shop.connection.signing_secrets)
    with pytest.raises(InvalidSignature):
        shop.system.verify(*shop.heard[1], shop.connection.signing_secrets)
    query = {"channel": "shopify", "account": shop.account, "shopper": "Ann Example"}
    refused = requests.get(f"{shop.sandbox}/control/phone", params=query, timeout=30)
    assert refused.status_code == 400
    assert "phone" in refused.json()["error"]["message"]


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("query O { orders(first: 1) { nodes { colour } } }", "colour"),
        ("query S($after: URL) { orders(first: 1, after: $after) { nodes { id } } }", "Type mismatch"),
        ("query B { orders(first: 1) { nodes { id }", "syntax"),
        ("query P { products(first: 1) { nodes { id } } }", "products"),
    ],
)
def test_a_question_that_the_api_does_not_know_is_refused(
    shop: ShopifyShop, document: str, says: str
) -> None:
    shop.does("order", new=True)
    assert says in shop.graphql(document)["errors"][0]["message"]


def test_a_question_that_costs_too_much_is_refused_by_the_sandbox_as_by_shopify(shop: ShopifyShop) -> None:
    document = "query Big { orders(first: 100) { nodes { lineItems(first: 100) { nodes { id } } } } }"
    assert shop.graphql(document)["errors"][0]["extensions"]["code"] == "MAX_COST_EXCEEDED"
