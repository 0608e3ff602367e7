"""Merchants, keys, settings, connections: each merchant's own, and an account belongs to one at a time."""

import json
from dataclasses import replace
from datetime import date
from secrets import token_hex
from typing import Any

import pytest
from samples import NOW

from chalicelib.domain.connections import Connection, SharedApp
from chalicelib.domain.merchants import Key, Merchant, Shop
from chalicelib.ports.errors import Conflict
from chalicelib.storage.shops import DynamoShops


@pytest.fixture
def account() -> str:
    """An account of the test's own: claims go over all merchants."""
    return token_hex(6)


def a_key(merchant: str, name: str = "owner", **changes: Any) -> Key:
    plain = Key(
        merchant_id=merchant,
        key_id=f"ky_{name}",
        name=name,
        role="owner",
        secret_hash=f"{merchant}-{name}",
        created_at=NOW,
    )
    return replace(plain, **changes)


def a_connection(merchant: str, account: str, **changes: Any) -> Connection:
    plain = Connection(
        merchant_id=merchant,
        connection_id=f"cn_{merchant}",
        channel="telegram",
        account=account,
        name="Little Shop 💙",
        status="active",
        token="token",
        signing_secrets=("one", "two"),
        verify_token="verify",
        details={"username": "little_shop_bot"},
        next_steps=("Click there.",),
        connected_at=NOW,
    )
    return replace(plain, **changes)


def test_a_merchant_comes_with_the_owners_key(shops: DynamoShops, merchant: str) -> None:
    one, key = Merchant(merchant, "Лавка", NOW), a_key(merchant)
    shops.add_merchant(one, key)
    assert shops.merchant(merchant) == one
    assert one in shops.merchants(after=f"{merchant[:-1]}", limit=50)
    assert shops.key(key.secret_hash) == key
    assert shops.keys(merchant) == [key]


def test_a_merchant_is_not_added_over_another(shops: DynamoShops, merchant: str) -> None:
    shops.add_merchant(Merchant(merchant, "First", NOW), a_key(merchant))
    with pytest.raises(Conflict):
        shops.add_merchant(Merchant(merchant, "Second", NOW), a_key(merchant, "thief"))
    assert shops.key(f"{merchant}-thief") is None
    found = shops.merchant(merchant)
    assert found is not None and found.name == "First"


def test_merchants_are_listed_page_by_page(shops: DynamoShops, merchant: str) -> None:
    names = [f"{merchant}_{n}" for n in range(5)]
    for name in names:
        shops.add_merchant(Merchant(name, name, NOW), a_key(name))
    seen, after = [], merchant
    while page := [one for one in shops.merchants(after, limit=2) if one.merchant_id.startswith(merchant)]:
        assert len(page) <= 2
        seen += [one.merchant_id for one in page]
        after = seen[-1]
    assert seen == names


def test_a_merchant_that_is_removed_takes_keys_and_settings_along(shops: DynamoShops, merchant: str) -> None:
    shops.add_merchant(Merchant(merchant, "Shop", NOW), a_key(merchant))
    shops.add_key(a_key(merchant, "agent", role="agent"))
    shops.save_shop(merchant, Shop(name="Shop"))
    shops.remove_merchant(merchant)
    assert shops.merchant(merchant) is None
    assert merchant not in [one.merchant_id for one in shops.merchants(after=merchant[:-1])]
    assert shops.keys(merchant) == []
    assert shops.key(f"{merchant}-owner") is None and shops.key(f"{merchant}-agent") is None
    assert shops.shop(merchant) == Shop()


def test_a_key_that_is_removed_opens_nothing(shops: DynamoShops, merchant: str) -> None:
    owner, agent = a_key(merchant), a_key(merchant, "agent", role="agent")
    shops.add_merchant(Merchant(merchant, "Shop", NOW), owner)
    shops.add_key(agent)
    assert shops.keys(merchant) == [agent, owner]
    shops.remove_key(agent)
    assert shops.key(agent.secret_hash) is None
    assert shops.keys(merchant) == [owner]


def test_settings_come_back_as_they_were_saved(shops: DynamoShops, merchant: str) -> None:
    assert shops.shop(merchant) == Shop()
    shop = Shop(
        name="Лавка 💙",
        zone="Europe/Chisinau",
        country="MD",
        languages=("ro", "ru"),
        tone="warm",
        currency="MDL",
        opening_hours={"mon": [["09:00", "13:00"], ["14:00", "18:00"]], "sun": []},
        holidays=("2026-12-25", "2027-01-01/2027-01-08"),
        special_days={"2026-12-24": [["09:00", "12:00"]], "2026-12-31": []},
        public_holidays={"country": "MD", "open_on": ["2027-05-01"]},
        connections={
            "cn_one": {"zone": "Asia/Almaty", "languages": ["kk"], "holidays": [], "opening_hours": "24/7"},
            "cn_two": {"opening_hours": None, "public_holidays": None},
        },
        texts={"answer": {"ro": "Salut!"}},
        targets={"whatsapp": 1.5, "telegram": None},
        paused="automatic",
    )
    shops.save_shop(merchant, shop)
    assert shops.shop(merchant) == replace(shop, version=1)


def test_settings_are_read_as_they_are_on_the_connection(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    connection = a_connection(merchant, account)
    own = {"zone": "Asia/Almaty", "languages": ["kk", "ru"], "opening_hours": "24/7"}
    shop = Shop(name="Shop", zone="Europe/Chisinau", connections={connection.connection_id: own})
    shops.save_shop(merchant, shop)
    shops.save_connection(connection)
    there = replace(shop, version=1, zone="Asia/Almaty", languages=("kk", "ru"), opening_hours="24/7")
    assert shops.connection_and_shop(connection.connection_id, merchant) == (connection, there)
    assert shops.connection_and_shop("cn_other", merchant) == (None, replace(shop, version=1))
    assert shops.connection_and_shop("cn_other", f"{merchant}x") == (None, Shop())


def test_settings_of_the_version_before_are_read_and_saved_on(
    shops: DynamoShops, merchant: str, raw: Any
) -> None:
    """Also those of a version after it, which has been taken back."""
    before = {"name": "Shop", "zone": "Europe/Chisinau", "opening_hours": {"mon": [["09:00", "18:00"]]}}
    rows = {
        **before,
        "holidays": ["2026-12-25"],
        "languages": ["ro"],
        "texts": {},
        "paused": None,
        "version": 6,
        "colour": "blue",
    }
    item = {"pk": merchant, "sk": "settings", "settings": json.dumps(rows)}
    written = {name: {"S": value} for name, value in item.items()} | {"version": {"N": "7"}}
    raw.put_item(TableName="ShopsTable", Item=written)
    found = shops.shop(merchant)
    assert found == Shop(**before, holidays=("2026-12-25",), languages=("ro",), version=7)
    shops.save_shop(merchant, replace(found, currency="MDL"))
    assert shops.shop(merchant) == replace(found, currency="MDL", version=8)


class NoVault:
    """Settings have no secrets."""

    def seal(self, owner: str, secrets: Any) -> str:
        raise AssertionError("nothing to seal")

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]:
        raise AssertionError("nothing to open")


def test_shops_ask_about_public_holidays_and_do_not_store_whom(merchant: str, bound: str) -> None:
    shops = DynamoShops(NoVault(), lambda country, region, year: frozenset({date(year, 1, 6)}))
    shops.save_shop(merchant, replace(shops.shop(merchant), public_holidays={"country": "MD"}))
    for shop in (shops.shop(merchant), shops.connection_and_shop("cn_one", merchant)[1]):
        assert shop.is_public_holiday(date(2027, 1, 6)) and not shop.is_public_holiday(date(2027, 1, 7))
    assert not DynamoShops(NoVault()).shop(merchant).is_public_holiday(date(2027, 1, 6))


def test_settings_that_were_saved_meanwhile_are_not_overwritten(shops: DynamoShops, merchant: str) -> None:
    shops.save_shop(merchant, Shop(name="First"))
    with pytest.raises(Conflict):
        shops.save_shop(merchant, Shop(name="Second"))
    shops.save_shop(merchant, Shop(name="Third", version=1))
    assert shops.shop(merchant) == Shop(name="Third", version=2)


def test_a_connection_comes_back_with_its_secrets(shops: DynamoShops, merchant: str, account: str) -> None:
    connection = a_connection(merchant, account)
    shops.save_connection(connection)
    assert shops.connection(connection.connection_id) == connection
    assert shops.claimed("telegram", account) == connection.connection_id


def test_a_listing_of_connections_holds_no_secrets(
    shops: DynamoShops, merchant: str, account: str, raw: Any
) -> None:
    connection = a_connection(merchant, account)
    shops.save_connection(connection)
    (listed,) = shops.connections(merchant)
    assert listed == replace(connection, token="", signing_secrets=(), verify_token="")
    key = {"pk": {"S": merchant}, "sk": {"S": f"connection#{connection.connection_id}"}}
    assert "sealed" not in raw.get_item(TableName="ShopsTable", Key=key)["Item"]


def test_an_account_belongs_to_one_merchant_at_a_time(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    first = a_connection(merchant, account)
    shops.save_connection(first)
    with pytest.raises(Conflict):
        shops.save_connection(a_connection(f"{merchant}x", account))
    assert shops.claimed("telegram", account) == first.connection_id
    assert shops.connections(f"{merchant}x") == []
    assert shops.connection(f"cn_{merchant}x") is None


def test_the_same_id_on_another_channel_is_another_account(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    shops.save_connection(a_connection(merchant, account))
    shops.save_connection(a_connection(f"{merchant}x", account, channel="whatsapp"))
    assert shops.claimed("whatsapp", account) == f"cn_{merchant}x"


def test_a_merchant_may_save_their_own_connection_again(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    shops.save_connection(a_connection(merchant, account, status="connecting"))
    fresh = a_connection(merchant, account, token="fresh")
    shops.save_connection(fresh)
    assert shops.connection(fresh.connection_id) == fresh
    assert len(shops.connections(merchant)) == 1


def test_a_closed_connection_keeps_no_secret_and_frees_its_account(
    shops: DynamoShops, merchant: str, account: str, raw: Any
) -> None:
    connection = a_connection(merchant, account)
    shops.save_connection(connection)
    shops.close_connection(connection)
    closed = shops.connection(connection.connection_id)
    assert closed is not None
    assert (closed.status, closed.token, closed.signing_secrets) == ("disconnected", "", ())
    key = {"pk": {"S": f"connection#{connection.connection_id}"}, "sk": {"S": "connection"}}
    assert "sealed" not in raw.get_item(TableName="ShopsTable", Key=key)["Item"]
    assert shops.claimed("telegram", account) is None
    shops.save_connection(a_connection(f"{merchant}x", account))
    assert shops.claimed("telegram", account) == f"cn_{merchant}x"


def test_closing_twice_frees_no_account_that_another_has_taken(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    connection = a_connection(merchant, account)
    shops.save_connection(connection)
    shops.close_connection(connection)
    shops.save_connection(a_connection(f"{merchant}x", account))
    with pytest.raises(Conflict):
        shops.close_connection(connection)
    assert shops.claimed("telegram", account) == f"cn_{merchant}x"


def test_a_connection_that_never_was_leaves_nothing(shops: DynamoShops, merchant: str, account: str) -> None:
    connection = a_connection(merchant, account)
    shops.save_connection(connection)
    shops.drop_connection(connection)
    assert shops.connection(connection.connection_id) is None
    assert shops.connections(merchant) == []
    assert shops.claimed("telegram", account) is None


@pytest.mark.parametrize(
    ("status", "after"),
    [("active", "needs_reauth"), ("connecting", "connecting"), ("disconnected", "disconnected")],
)
def test_only_an_active_connection_is_shown_as_refused(
    shops: DynamoShops, merchant: str, account: str, status: Any, after: str
) -> None:
    connection = a_connection(merchant, account, status=status)
    shops.save_connection(connection)
    shops.needs_reauth(connection)
    found = shops.connection(connection.connection_id)
    assert found is not None and found.status == after
    assert [one.status for one in shops.connections(merchant)] == [after]


def test_a_connection_that_is_gone_is_not_shown_as_refused(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    shops.needs_reauth(a_connection(merchant, account))
    assert shops.connections(merchant) == []


def test_who_shares_a_subscription_is_known_over_all_merchants(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    group = {"webhook_group": f"waba:{account}"}
    one = a_connection(merchant, f"{account}1", channel="whatsapp", details=group)
    two = a_connection(f"{merchant}x", f"{account}2", channel="whatsapp", details=group)
    alone = a_connection(f"{merchant}y", f"{account}3", channel="whatsapp", details={})
    for connection in (one, two, alone):
        shops.save_connection(connection)
    assert [shops.shares_subscription(each) for each in (one, two, alone)] == [True, True, False]
    shops.close_connection(two)
    assert not shops.shares_subscription(one)


def test_shared_apps_come_back_with_their_secrets(shops: DynamoShops) -> None:
    one, two = SharedApp("1", ("a", "b"), "verify"), SharedApp("2", ("c",), "verify")
    for app in (one, replace(two, verify_token="old"), two):
        shops.save_shared_app(app)
    assert shops.shared_apps() == [one, two]


def test_what_is_not_there_is_none(shops: DynamoShops, merchant: str) -> None:
    assert shops.merchant(merchant) is None
    assert shops.key("nobody") is None
    assert shops.connection("cn_nobody") is None
    assert shops.claimed("telegram", "nobody") is None
    assert shops.keys(merchant) == [] and shops.connections(merchant) == []


def test_a_subscription_is_shared_until_the_last_but_one_leaves(
    shops: DynamoShops, merchant: str, account: str
) -> None:
    """Two merchants with numbers of one business account: neither may cut the other off."""
    shared = {"webhook_group": f"waba:{account}"}
    first = a_connection(merchant, f"{account}1", details=shared)
    second = a_connection(f"{merchant}x", f"{account}2", details=shared)
    alone = a_connection(f"{merchant}y", f"{account}3", details={"webhook_group": f"waba:{account}3"})
    for connection in (first, second, alone):
        shops.save_connection(connection)
    assert [shops.shares_subscription(each) for each in (first, second, alone)] == [True, True, False]
    shops.close_connection(first)
    assert not shops.shares_subscription(second)
    shops.save_connection(first)
    shops.drop_connection(first)
    assert not shops.shares_subscription(second)
    assert not shops.shares_subscription(a_connection(merchant, account, details={}))
