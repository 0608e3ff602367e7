"""Whoever connected an account takes that back: in the tables, and only theirs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from samples import NOW

from chalicelib.domain.connections import Connection
from chalicelib.domain.taking_back import SignedWish, Wish
from chalicelib.ports.errors import Conflict
from chalicelib.services.connections.take_back import TakeBack
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.shops import DynamoShops

AT: Final = NOW + timedelta(days=1)


def connect(shops: DynamoShops, merchant: str, number: str, **changes: Any) -> Connection:
    plain = Connection(
        merchant_id=merchant,
        connection_id=f"cn_{merchant}_{number}",
        channel="messenger",
        account=f"{merchant}{number}",
        name="Little Shop",
        status="active",
        token="token",
        signing_secrets=("own secret",),
        verify_token="verify",
        details={"owner_id": f"person of {merchant}", "app_id": "1"},
        connected_at=NOW,
    )
    connection = replace(plain, **changes)
    shops.save_connection(connection)
    return connection


def wish_of(merchant: str, **changes: Any) -> SignedWish:
    plain = SignedWish(f"person of {merchant}", f"dl_{merchant}", "own secret", AT)
    return replace(plain, **changes)


def take_back(shops: DynamoShops, wish: SignedWish, own: str, what: Wish = "deauthorize") -> None:
    TakeBack(shops, DynamoErasing())(what, wish, own, AT)


def now(shops: DynamoShops, one: Connection) -> Connection:
    found = shops.connection(one.connection_id)
    assert found is not None
    return found


def test_the_token_is_destroyed_and_webhooks_are_still_proven(shops: DynamoShops, merchant: str) -> None:
    before = connect(shops, merchant, "1")
    for _ in range(2):
        take_back(shops, wish_of(merchant), merchant)
    after = now(shops, before)
    assert (after.status, after.token) == ("needs_reauth", "")
    assert (after.signing_secrets, after.verify_token) == (before.signing_secrets, before.verify_token)
    assert [one.code for one in after.findings] == ["permission_taken_back"]
    assert after.details == before.details
    (listed,) = shops.connections(merchant)
    assert listed.status == "needs_reauth"
    assert shops.claimed("messenger", before.account) == before.connection_id


def test_a_deletion_forgets_who_it_was_too(shops: DynamoShops, merchant: str) -> None:
    before = connect(shops, merchant, "1")
    other = connect(shops, f"{merchant}x", "1")
    for _ in range(2):
        take_back(shops, wish_of(merchant), merchant, "data-deletion")
    assert "owner_id" not in now(shops, before).details
    assert shops.connected_by(f"person of {merchant}") == []
    assert now(shops, other) == other
    deletion = DynamoErasing().deletion(f"dl_{merchant}")
    assert deletion is not None and (deletion.connections, deletion.at) == (1, AT)


def test_all_accounts_of_the_person_with_that_app_go(shops: DynamoShops, merchant: str) -> None:
    first, second = (connect(shops, merchant, number) for number in "12")
    foreign = connect(shops, merchant, "3", signing_secrets=("another app's",))
    take_back(shops, wish_of(merchant), merchant)
    assert [now(shops, one).token for one in (first, second, foreign)] == ["", "", "token"]


@pytest.mark.parametrize(
    ("changes", "own"),
    [
        ({"user_id": "somebody else"}, True),
        ({"secret": "another secret"}, True),
        ({"issued_at": NOW - timedelta(seconds=2)}, True),
        ({}, False),
    ],
)
def test_what_is_not_their_wish_about_this_app_changes_nothing(
    shops: DynamoShops, merchant: str, changes: dict[str, Any], own: bool
) -> None:
    before = connect(shops, merchant, "1")
    take_back(shops, wish_of(merchant, **changes), merchant if own else "")
    assert now(shops, before) == before


def test_no_merchants_app_speaks_about_another_merchant(shops: DynamoShops, merchant: str) -> None:
    before = connect(shops, merchant, "1")
    take_back(shops, wish_of(merchant), f"{merchant}x")
    assert now(shops, before) == before


def test_a_shared_app_speaks_about_accounts_on_shared_apps_alone(shops: DynamoShops, merchant: str) -> None:
    details = {"owner_id": f"person of {merchant}", "app": "shared"}
    shared = connect(shops, merchant, "1", signing_secrets=(), details=details)
    own = connect(shops, merchant, "2")
    take_back(shops, wish_of(merchant, secret="of the shared app"), "")
    assert [now(shops, one).token for one in (shared, own)] == ["", "token"]


def test_connected_anew_it_is_not_taken_back(shops: DynamoShops, merchant: str) -> None:
    before = connect(shops, merchant, "1")
    anew = connect(shops, merchant, "1", connected_at=AT + timedelta(hours=1))
    take_back(shops, wish_of(merchant), merchant)
    assert now(shops, before) == anew
    with pytest.raises(Conflict):
        shops.take_back(before, is_forgotten=True)


def test_of_what_was_disconnected_nothing_tells_who_connected_it(shops: DynamoShops, merchant: str) -> None:
    before = connect(shops, merchant, "1")
    shops.close_connection(before)
    after = now(shops, before)
    assert (after.status, after.details) == ("disconnected", {"app_id": "1"})
    assert shops.connected_by(f"person of {merchant}") == []
