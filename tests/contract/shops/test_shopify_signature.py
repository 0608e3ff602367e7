"""Who may tell us of a Shopify shop, and what its headers are worth."""

import json
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from hmac import new

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import SelfTest
from chalicelib.ports.errors import InvalidSignature
from infra.package import PROJECT
from integrations.registry import SHOPS, BaseUrls

SHOPIFY = SHOPS["shopify"](BaseUrls())
BODY = '{"id": 820982911946154508, "note": "Grüße / 👋"}'.encode()


def signature(body: bytes, secret: str) -> str:
    return b64encode(new(secret.encode(), body, sha256).digest()).decode()


@pytest.mark.parametrize("header", ["x-shopify-hmac-sha256", "shopify-hmac-sha256"])
@pytest.mark.parametrize("secrets", [("s3cret",), ("new", "s3cret"), ("s3cret", "old"), ("", "s3cret")])
def test_any_of_the_secrets_may_have_signed_under_either_name(header: str, secrets: tuple[str, ...]) -> None:
    SHOPIFY.verify({header: signature(BODY, "s3cret")}, BODY, secrets)


@pytest.mark.parametrize(
    ("headers", "secrets"),
    [
        ({}, ("s3cret",)),
        ({"x-shopify-hmac-sha256": ""}, ("s3cret",)),
        ({"x-shopify-hmac-sha256": signature(BODY, "s3cret")}, ()),
        ({"x-shopify-hmac-sha256": signature(BODY, "")}, ("",)),
        ({"x-shopify-hmac-sha256": signature(BODY, "another")}, ("s3cret", "old")),
        ({"x-shopify-hmac-sha256": signature(BODY + b" ", "s3cret")}, ("s3cret",)),
        ({"x-shopify-hmac-sha256": signature(BODY, "s3cret").lower()}, ("s3cret",)),
        ({"x-shopify-hmac-sha256": new(b"s3cret", BODY, sha256).hexdigest()}, ("s3cret",)),
        ({"x-shopify-hmac-sha256": "\udcff"}, ("s3cret", "\udcff")),
        ({"x-hub-signature-256": signature(BODY, "s3cret")}, ("s3cret",)),
    ],
)
def test_nobody_else_is_let_in(headers: dict[str, str], secrets: tuple[str, ...]) -> None:
    with pytest.raises(InvalidSignature):
        SHOPIFY.verify(headers, BODY, secrets)


@settings(deadline=None)
@given(st.binary(max_size=60), st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_only_the_same_bytes_and_the_same_secret_fit(body: bytes, secret: str, other: str) -> None:
    headers = {"x-shopify-hmac-sha256": signature(body, secret)}
    SHOPIFY.verify(headers, body, (secret,))
    with pytest.raises(InvalidSignature):
        SHOPIFY.verify(headers, body + b"x", (secret,))
    if other != secret:
        with pytest.raises(InvalidSignature):
            SHOPIFY.verify(headers, body, (other,))


def test_nothing_unsigned_is_a_ping_and_nothing_is_asked_by_get() -> None:
    assert not SHOPIFY.is_ping({}, b"")
    assert SHOPIFY.handshake({"hub.challenge": "1"}, "token") is None


@pytest.mark.parametrize("prefix", ["x-shopify", "shopify"])
def test_what_the_headers_tell_is_kept_beside_the_body(prefix: str) -> None:
    headers = {
        f"{prefix}-topic": "orders/create",
        f"{prefix}-shop-domain": "Little-Shop.myshopify.com",
        f"{prefix}-webhook-id": "w1",
        f"{prefix}-event-id": "e1",
        f"{prefix}-api-version": "2026-10",
        f"{prefix}-triggered-at": "2026-11-03T14:16:02Z",
        f"{prefix}-hmac-sha256": "not kept",
    }
    [piece] = SHOPIFY.split(SHOPIFY.framed(headers, BODY))
    assert (piece.account, piece.address) == ("little-shop.myshopify.com", "order 820982911946154508")
    assert piece.body == {
        "topic": "orders/create",
        "shop": "Little-Shop.myshopify.com",
        "delivery": "w1",
        "event": "e1",
        "version": "2026-10",
        "triggered_at": "2026-11-03T14:16:02Z",
        "body": json.loads(BODY),
    }


@pytest.mark.parametrize(
    ("topic", "body", "address"),
    [
        ("checkouts/update", {"token": "t1"}, "cart t1"),
        ("carts/update", {"token": "t2"}, "cart t2"),
        ("orders/updated", {"id": 7}, "order 7"),
        ("fulfillments/update", {"id": 1, "order_id": 7}, "order 7"),
        ("refunds/create", {"id": 1, "order_id": "7"}, "order 7"),
        ("app/uninstalled", {"id": 7}, ""),
        ("orders/updated", {"id": None}, ""),
        ("orders/updated", [], ""),
        ("orders/updated", {"id": "x" * 600}, ""),
    ],
)
def test_what_happens_to_one_order_stays_in_order(topic: str, body: object, address: str) -> None:
    framed = SHOPIFY.framed({"x-shopify-topic": topic}, json.dumps(body).encode())
    assert [piece.address for piece in SHOPIFY.split(framed)] == [address]


def test_a_test_event_of_ours_is_signed_with_the_newest_secret() -> None:
    connection = Connection(
        merchant_id="me_1",
        connection_id="cn_1",
        channel="shopify",
        account="little-shop.myshopify.com",
        name="Little Shop",
        status="active",
        signing_secrets=("new", "old"),
    )
    headers, body = SHOPIFY.self_test(connection, "n0nce")
    SHOPIFY.verify(headers, body, ("new",))
    [piece] = SHOPIFY.split(SHOPIFY.framed(headers, body))
    assert piece.account == connection.account
    assert SHOPIFY.parse(piece.body) == [SelfTest("n0nce")]


ANSWER = """
import sys
from integrations.registry import SHOPS, BaseUrls
shop = SHOPS["shopify"](BaseUrls())
shop.verify({"x-shopify-hmac-sha256": sys.argv[1]}, b"{}", ("s3cret",))
shop.split(shop.framed({}, b"{}"))
print({"requests", "integrations.shopify.parse", "integrations.shopify.admin"} & set(sys.modules))
"""


def test_answering_a_webhook_loads_nothing_that_calls_or_reads() -> None:
    given = [sys.executable, "-c", ANSWER, signature(b"{}", "s3cret")]
    done = subprocess.run(given, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("set()", "")
