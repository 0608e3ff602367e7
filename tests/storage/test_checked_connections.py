"""What a check of a connection has found is written to both of its rows, and over nothing newer."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest
from samples import NOW

from chalicelib.domain.connections import Connection, Finding
from chalicelib.storage.shops import DynamoShops

FOUND = (
    Finding(code="webhook_repaired", severity="warning", message="Subscribed again. 💙"),
    Finding(code="token_expires", severity="error", message="Make a new token."),
)


@pytest.fixture
def connection(shops: DynamoShops, merchant: str) -> Connection:
    """Stored, with an account of its own: claims go over all merchants."""
    made = Connection(
        merchant_id=merchant,
        connection_id=f"cn_{merchant}",
        channel="whatsapp",
        account=token_hex(6),
        name="Little Shop",
        status="active",
        token="token",
        signing_secrets=("one", "two"),
        verify_token="verify",
        details={"waba_id": "200"},
        connected_at=NOW,
        began_at=NOW - timedelta(days=90),
    )
    shops.save_connection(made)
    return made


def checked(connection: Connection, **changes: Any) -> Connection:
    plain = replace(
        connection,
        details={"waba_id": "200", "per_second": "80"},
        findings=FOUND,
        checked_at=NOW + timedelta(hours=1),
        token_expires_at=NOW + timedelta(days=60),
    )
    return replace(plain, **changes)


def stored(shops: DynamoShops, connection: Connection) -> Connection:
    found = shops.connection(connection.connection_id)
    assert found is not None
    return found


def test_what_a_check_found_is_shown_with_the_connection_and_in_the_list(
    shops: DynamoShops, connection: Connection
) -> None:
    after = checked(connection)
    shops.note_check(after, is_renewed=False)
    assert stored(shops, connection) == after
    (listed,) = shops.connections(connection.merchant_id)
    assert listed == replace(after, token="", signing_secrets=(), verify_token="")


def test_what_is_over_is_shown_no_longer(shops: DynamoShops, connection: Connection) -> None:
    shops.note_check(checked(connection), is_renewed=False)
    shops.note_check(checked(connection, findings=()), is_renewed=False)
    assert stored(shops, connection).findings == ()


def test_a_renewed_token_takes_the_place_of_the_old_one(
    shops: DynamoShops, connection: Connection, raw: Any
) -> None:
    after = checked(connection, token="fresh")
    shops.note_check(after, is_renewed=True)
    assert stored(shops, connection) == after
    key = {"pk": {"S": connection.merchant_id}, "sk": {"S": f"connection#{connection.connection_id}"}}
    assert "sealed" not in raw.get_item(TableName="ShopsTable", Key=key)["Item"]


def test_the_token_stays_unless_it_was_renewed(shops: DynamoShops, connection: Connection) -> None:
    shops.note_check(checked(connection, token="never stored"), is_renewed=False)
    assert stored(shops, connection).token == "token"


def test_a_check_says_nothing_about_the_status(shops: DynamoShops, connection: Connection) -> None:
    shops.needs_reauth(connection)
    shops.note_check(checked(connection), is_renewed=False)
    assert stored(shops, connection).status == "needs_reauth"


def test_a_check_of_what_was_connected_anew_meanwhile_is_void(
    shops: DynamoShops, connection: Connection
) -> None:
    fresh = replace(connection, token="brought", connected_at=NOW + timedelta(seconds=1))
    shops.save_connection(fresh)
    shops.note_check(checked(connection, token="renewed"), is_renewed=True)
    assert stored(shops, connection) == fresh


def test_connecting_anew_forgets_what_the_last_check_found(
    shops: DynamoShops, connection: Connection
) -> None:
    shops.note_check(checked(connection), is_renewed=False)
    shops.save_connection(connection)
    assert stored(shops, connection) == connection


def test_a_check_of_what_was_closed_meanwhile_brings_no_secret_back(
    shops: DynamoShops, connection: Connection
) -> None:
    shops.close_connection(connection)
    shops.note_check(checked(connection), is_renewed=True)
    found = stored(shops, connection)
    assert (found.status, found.token, found.checked_at) == ("disconnected", "", None)


def test_a_check_of_what_is_gone_leaves_nothing(shops: DynamoShops, connection: Connection) -> None:
    shops.drop_connection(connection)
    for connected_at in (NOW, None):
        shops.note_check(checked(connection, connected_at=connected_at), is_renewed=True)
        shops.works_again(replace(connection, connected_at=connected_at))
    assert shops.connection(connection.connection_id) is None
    assert shops.connections(connection.merchant_id) == []


@pytest.mark.parametrize(
    ("status", "after"),
    [("needs_reauth", "active"), ("active", "active"), ("connecting", "connecting")],
)
def test_only_what_was_refused_works_again(
    shops: DynamoShops, connection: Connection, status: Any, after: str
) -> None:
    shops.save_connection(replace(connection, status=status))
    shops.works_again(connection)
    assert stored(shops, connection).status == after
    assert [one.status for one in shops.connections(connection.merchant_id)] == [after]


def test_what_was_connected_anew_and_refused_again_is_not_revived_by_an_older_check(
    shops: DynamoShops, connection: Connection
) -> None:
    later = NOW + timedelta(seconds=1)
    shops.save_connection(replace(connection, status="needs_reauth", connected_at=later))
    shops.works_again(connection)
    assert stored(shops, connection).status == "needs_reauth"
