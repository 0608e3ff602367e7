"""A shop of any kind is connected by its name; it signs nothing and can't be asked."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Unreadable, Unsplittable
from chalicelib.ports.account import Examination
from chalicelib.ports.commerce import Changed
from chalicelib.ports.errors import InvalidSignature
from integrations.any_shop import AnyShop

SHOP = AnyShop()
CONNECTION = Connection(
    merchant_id="mt_1", connection_id="cn_1", channel="shop", account="mt_1/tea", name="Tea", status="active"
)


def test_two_merchants_may_call_their_shops_the_same() -> None:
    account = SHOP.check({"name": " Tea House "})
    assert (account.account, account.name, account.is_their_own) == ("tea house", "Tea House", True)
    assert not account.signing_secrets and not account.takes_our_secret


def test_the_merchant_is_told_where_its_carts_and_orders_go() -> None:
    (step,) = SHOP.register(CONNECTION, "https://parley.example/webhooks/shop/cn_1")
    assert "/shops/cn_1/carts/" in step and "/shops/cn_1/orders/" in step


def test_nobody_can_call_its_webhook() -> None:
    with pytest.raises(InvalidSignature):
        SHOP.verify({}, b"{}", ["secret"])
    with pytest.raises(Unsplittable):
        SHOP.split(SHOP.framed({}, b"{}"))
    assert not SHOP.is_ping({}, b"webhook_id=1")
    assert SHOP.handshake({"hub.challenge": "1"}, "token") is None
    assert SHOP.parse({"id": 1}) == [Unreadable("unknown_event", {"id": 1})]
    assert SHOP.self_test(CONNECTION, "nonce") == ({}, b"")


def test_it_has_nothing_to_tell_of_its_own_accord() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert SHOP.changed(CONNECTION, now) == Changed(())
    assert SHOP.order(CONNECTION, "1") is None
    assert SHOP.examine(CONNECTION, "") == Examination()
    assert SHOP.renew(CONNECTION) is None
    SHOP.unregister(CONNECTION, last_of_group=True)
