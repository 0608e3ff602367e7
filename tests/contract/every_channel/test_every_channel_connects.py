"""How every channel is connected, looked after and left."""

import json
from dataclasses import replace

import fastjsonschema
import pytest
from kits import SECRET, TOKEN, Kit

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import SelfTest
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, InvalidSignature, SetupError
from chalicelib.services.receiving.receive_webhook import owner_of
from functions import views
from tests.contract.channels.scripted_platform import Script

NOWHERE = "http://127.0.0.1:9"
CALLBACK = "https://parley.example/api/webhooks/x/cn_one"
# As long as a link's token gets.
LINKED = "pl_" + "Ab-9" * 15


def nothing_secret_in(error: Exception) -> bool:
    told = f"{error} {error!r} {vars(error)}"
    return TOKEN not in told and SECRET not in told and error.__cause__ is None


def test_credentials_have_a_schema_that_names_what_each_is(kit: Kit) -> None:
    fastjsonschema.compile(dict(kit.setup))(dict(kit.credentials))
    assert kit.setup["additionalProperties"] is False
    assert all(field["description"] for field in kit.setup["properties"].values())
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        fastjsonschema.compile(dict(kit.setup))({kit.token_field: TOKEN, "tomorrow": "x"})


def test_credentials_that_hold_become_an_account(kit: Kit, channel: Channel, platform: Script) -> None:
    for answer in kit.proven:
        platform.will(200, answer)
    account = channel.check(kit.credentials)
    assert (account.account, account.name, account.token) == (kit.account, "Little Shop", TOKEN)
    assert account.takes_our_secret or account.signing_secrets == (SECRET,)
    assert not account.takes_our_secret or account.signing_secrets == ()
    assert TOKEN not in json.dumps([*account.details.values(), *account.warnings])
    assert SECRET not in json.dumps([*account.details.values(), *account.warnings])


def test_a_token_that_the_platform_does_not_know_is_refused(
    kit: Kit, channel: Channel, platform: Script
) -> None:
    refusal = kit.refusals["token"]
    platform.will(refusal.status, refusal.body)
    with pytest.raises(CredentialsRejected) as caught:
        channel.check(kit.credentials)
    assert (caught.value.code, caught.value.field) == ("token_rejected", kit.token_field)
    assert nothing_secret_in(caught.value)


@pytest.mark.parametrize("how", ["answer", "drop"])
def test_a_platform_that_is_down_has_decided_nothing(
    kit: Kit, channel: Channel, platform: Script, how: str
) -> None:
    platform.will(503, b"<html>", how=how)
    with pytest.raises(ChannelDown) as caught:
        channel.check(kit.credentials)
    assert nothing_secret_in(caught.value)


@pytest.mark.parametrize("how", ["answer", "drop"])
def test_a_webhook_that_can_not_be_set_is_told(
    kit: Kit, channel: Channel, platform: Script, how: str
) -> None:
    platform.will(503, b"<html>", how=how)
    with pytest.raises(SetupError) as caught:
        channel.register(kit.connection, CALLBACK)
    assert caught.value.message
    assert nothing_secret_in(caught.value)


@pytest.mark.parametrize("is_last", [True, False])
def test_leaving_never_fails(kit: Kit, channel: Channel, platform: Script, is_last: bool) -> None:
    platform.will(401, kit.refusals["token"].body).will(500, b"<html>", how="drop")
    channel.unregister(kit.connection, is_last)
    kit.at(NOWHERE).unregister(kit.connection, is_last)


def examined(kit: Kit, channel: Channel, connection: Connection) -> Examination:
    found = channel.examine(connection, CALLBACK)
    assert found.findings
    assert all(one.code and one.message and one.severity for one in found.findings)
    assert TOKEN not in repr(found)
    assert SECRET not in repr(found)
    return found


def test_a_connection_in_order_is_found_in_order(kit: Kit, channel: Channel, platform: Script) -> None:
    for answer in kit.well(CALLBACK):
        platform.will(answer.status, answer.body, dict(answer.headers))
    found = examined(kit, channel, kit.connection)
    assert [one for one in found.findings if one.severity != "ok"] == []


def test_a_dead_token_is_found(kit: Kit, channel: Channel, platform: Script) -> None:
    refusal = kit.refusals["token"]
    platform.will(refusal.status, refusal.body)
    found = examined(kit, channel, kit.connection)
    assert "token_rejected" in {one.code for one in found.findings if one.severity == "error"}


def test_a_platform_that_is_down_says_nothing_of_a_connection(
    kit: Kit, channel: Channel, platform: Script
) -> None:
    platform.will(503, b"<html>", how="drop")
    with pytest.raises(ChannelDown) as caught:
        channel.examine(kit.connection, CALLBACK)
    assert nothing_secret_in(caught.value)


def test_a_token_is_renewed_or_stays_as_it_is(kit: Kit, channel: Channel, platform: Script) -> None:
    """By a call that can fail, or by none."""
    platform.will(503, b"<html>", how="drop")
    try:
        renewal: Renewal | None = channel.renew(kit.connection)
    except SetupError as error:
        assert nothing_secret_in(error)
        assert platform.calls
    else:
        assert renewal is None
        assert platform.calls == []


def test_the_merchant_is_shown_a_verify_token_where_the_platform_asks_for_one(kit: Kit) -> None:
    takes = kit.at(NOWHERE).capabilities
    shown = views.connection(kit.connection, takes, CALLBACK, ())
    assert ("verify_token" in shown) is takes.handshake
    assert TOKEN not in json.dumps(shown)
    assert SECRET not in json.dumps(shown)


def test_our_own_test_call_is_let_in_and_understood(kit: Kit) -> None:
    channel, nonce = kit.at(NOWHERE), "0123456789abcdef0123456789abcdef"
    headers, body = channel.self_test(kit.connection, nonce)
    lowered = {name.lower(): value for name, value in headers.items()}
    channel.verify(lowered, body, kit.connection.signing_secrets)
    (piece,) = channel.split(body)
    assert owner_of(kit.connection)(piece).reason == ""
    assert channel.parse(piece.body) == [SelfTest(nonce)]
    with pytest.raises(InvalidSignature):
        channel.verify(lowered, body, ["another"])


def test_a_test_call_signed_with_another_secret_stays_out(kit: Kit) -> None:
    channel = kit.at(NOWHERE)
    headers, body = channel.self_test(replace(kit.connection, signing_secrets=("another",)), "1")
    with pytest.raises(InvalidSignature):
        channel.verify({name.lower(): value for name, value in headers.items()}, body, [SECRET])


def test_a_link_carries_its_token_or_there_is_none(kit: Kit) -> None:
    channel = kit.at(NOWHERE)
    link = channel.deep_link(LINKED, kit.connection)
    assert link.startswith("https://")
    assert LINKED in link
    bare = channel.deep_link(LINKED, replace(kit.connection, details={}))
    assert bare == "" or LINKED in bare
