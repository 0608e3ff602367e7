"""Whoever a gift goes to has not bought it: their number says neither whose an order is nor who said yes."""

from typing import Any

import pytest

from integrations.shopify import goods as shopify
from integrations.woocommerce import goods as woocommerce

HERS, THEIRS = "+447700900123", "+33612345678"
ANN, ROSA = {"first_name": "Ann", "last_name": "Example"}, {"first_name": "Rosa", "last_name": "Ward"}
NOBODY: dict[str, str] = {}
TO = {"phone": THEIRS, "country_code": "FR", "country": "FR"}


@pytest.mark.parametrize(
    ("customer", "billing", "shipping", "is_own"),
    [
        (ANN, NOBODY, ROSA, False),
        (NOBODY, ANN, ROSA, False),
        (ROSA, ANN, ROSA, False),
        (ANN, NOBODY, NOBODY, False),
        (ANN, NOBODY, {"name": " ann  EXAMPLE "}, True),
        (ROSA, ANN, ANN, True),
        (NOBODY, NOBODY, ROSA, True),
    ],
)
def test_at_shopify_a_number_to_send_to_is_the_buyers_under_the_buyers_name_alone(
    customer: dict[str, str], billing: dict[str, str], shipping: dict[str, str], is_own: bool
) -> None:
    raw: dict[str, Any] = {
        "customer": customer,
        "billing_address": billing | {"phone": HERS, "country_code": "GB"},
        "shipping_address": shipping | TO,
    }
    buyer = shopify.buyer(raw)
    assert set(buyer.phones) == ({HERS, THEIRS} if is_own else {HERS})
    assert buyer.country == ("FR" if is_own else "GB")


@pytest.mark.parametrize(
    ("billing", "shipping", "is_own"),
    [(ANN, ROSA, False), (ANN, NOBODY, False), (ANN, ANN, True), (NOBODY, ROSA, True)],
)
def test_at_woocommerce_as_well(billing: dict[str, str], shipping: dict[str, str], is_own: bool) -> None:
    buyer = woocommerce.buyer_of({"billing": billing | {"phone": HERS}, "shipping": shipping | TO})
    assert set(buyer.phones) == ({HERS, THEIRS} if is_own else {HERS})
