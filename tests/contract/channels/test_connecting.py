"""Connecting an account: what is proven, what is registered, and what is said when it can't be."""

import hashlib
import hmac
import socket
from collections.abc import Callable
from typing import Any

import pytest
from scripted_platform import Script

from chalicelib.domain.connections import Account, Connection
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.registry import CHANNELS, BaseUrls

CALLBACK = "https://parley.example/api/webhooks/x/cn_1"
BOT_TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"
GIVEN: dict[str, dict[str, str]] = {
    "whatsapp": {"access_token": "EAAtoken", "phone_number_id": "100", "waba_id": "200", "app_secret": "sec"},
    "messenger": {"page_token": "EAAtoken", "page_id": "100", "app_secret": "sec"},
    "instagram": {"access_token": "IGtoken", "account_id": "100", "login": "instagram", "app_secret": "sec"},
    "telegram": {"bot_token": BOT_TOKEN},
}
PAGE_LOGIN = GIVEN["instagram"] | {"login": "facebook", "page_id": "300"}
NUMBER = {
    "id": "100",
    "verified_name": "Mug Shop",
    "display_phone_number": "+44 7700 900000",
    "status": "CONNECTED",
    "platform_type": "CLOUD_API",
    "is_on_biz_app": False,
}
OK: dict[str, list[dict[str, Any]]] = {
    "whatsapp": [NUMBER, {"data": [{"id": "99"}, {"id": "100"}]}],
    "messenger": [{"id": "100", "name": "Mug Shop"}],
    "instagram": [{"id": "555", "user_id": "100", "username": "mug_shop", "name": "Mug Shop"}],
    "telegram": [
        {"ok": True, "result": {"id": 100, "is_bot": True, "first_name": "Mug Shop", "username": "mug_bot"}},
        {"ok": True, "result": {"url": "", "pending_update_count": 0}},
    ],
}
TOKEN_FIELDS = {
    "whatsapp": "access_token",
    "messenger": "page_token",
    "instagram": "access_token",
    "telegram": "bot_token",
}
PERMISSIONS = {
    "whatsapp": ["whatsapp_business_management", "whatsapp_business_messaging"],
    "messenger": ["pages_messaging", "pages_manage_metadata"],
}


def channel_at(name: str, url: str) -> Channel:
    return CHANNELS[name](BaseUrls(graph=url, instagram=url + "/instagram", telegram=url))


def check(name: str, platform: Script, *answers: dict[str, Any], **more: str) -> Account:
    for answer in answers:
        platform.will(200, answer)
    return channel_at(name, platform.url).check(GIVEN[name] | more)


def refused(action: Callable[[], object]) -> SetupError:
    with pytest.raises(SetupError) as caught:
        action()
    error = caught.value
    assert error.message
    assert not any(secret in error.message for secret in ("EAAtoken", "IGtoken", "AAsecret"))
    assert error.__cause__ is None
    return error


def graph_error(code: int, subcode: int | None = None, message: str = "refused") -> dict[str, Any]:
    error: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code}
    return {"error": error if subcode is None else error | {"error_subcode": subcode}}


@pytest.mark.parametrize("name", CHANNELS)
def test_credentials_that_hold_become_an_account(name: str, platform: Script) -> None:
    account = check(name, platform, *OK[name], account="100")
    assert (account.account, account.name) == ("100", "Mug Shop")
    assert account.token == GIVEN[name][TOKEN_FIELDS[name]]
    assert account.signing_secrets == (() if name == "telegram" else ("sec",))
    assert all(call.method == ("POST" if name == "telegram" else "GET") for call in platform.calls)


@pytest.mark.parametrize("name", ["whatsapp", "messenger", "instagram"])
def test_the_merchant_is_warned_of_a_second_answer_from_the_platforms_own_inbox(
    name: str, platform: Script
) -> None:
    account = check(name, platform, *OK[name])
    assert any("away message" in warning for warning in account.warnings)


@pytest.mark.parametrize(
    ("number", "warned"),
    [
        (NUMBER, True),
        (NUMBER | {"is_on_biz_app": True}, False),
        (NUMBER | {"is_on_biz_app": True, "platform_type": "NOT_APPLICABLE"}, True),
        ({"id": "100"}, True),
    ],
)
def test_only_coexistence_keeps_the_phone_app(number: dict[str, Any], warned: bool, platform: Script) -> None:
    account = check("whatsapp", platform, number, OK["whatsapp"][1])
    assert any("no longer works" in warning for warning in account.warnings) is warned


@pytest.mark.parametrize(
    ("number", "per_second"),
    [
        ({"throughput": {"level": "STANDARD"}}, "80"),
        ({"throughput": {"level": "HIGH"}}, "1000"),
        ({"throughput": {"level": "HIGH"}, "is_on_biz_app": True}, "20"),
        ({"throughput": {"level": "NOT_APPLICABLE"}}, None),
        ({}, None),
    ],
)
def test_a_numbers_speed_is_known_from_the_first_message(
    number: dict[str, Any], per_second: str | None, platform: Script
) -> None:
    account = check("whatsapp", platform, NUMBER | number, OK["whatsapp"][1])
    assert account.details.get("per_second") == per_second


def test_a_number_that_is_not_registered_is_warned_of(platform: Script) -> None:
    account = check("whatsapp", platform, NUMBER | {"status": "PENDING"}, OK["whatsapp"][1])
    assert any("PENDING" in warning for warning in account.warnings)


def test_the_number_is_looked_for_on_every_page_of_the_business_account(platform: Script) -> None:
    first = {"data": [{"id": "1"}], "paging": {"cursors": {"after": "MTAw"}, "next": "https://x"}}
    check("whatsapp", platform, NUMBER, first, {"data": [{"id": "100"}]})
    assert platform.calls[2].params["after"] == "MTAw"


def test_a_number_of_another_business_account_is_refused(platform: Script) -> None:
    error = refused(lambda: check("whatsapp", platform, NUMBER, {"data": [{"id": "1"}]}))
    assert (error.code, error.field) == ("account_mismatch", "waba_id")


@pytest.mark.parametrize(
    ("name", "answer", "field"),
    [
        ("messenger", {"id": "777", "name": "A person"}, "page_id"),
        ("instagram", {"id": "100", "user_id": "555"}, "account_id"),
    ],
)
def test_a_token_of_another_account_is_refused(
    name: str, answer: dict[str, Any], field: str, platform: Script
) -> None:
    error = refused(lambda: check(name, platform, answer))
    assert (error.code, error.field) == ("account_mismatch", field)


@pytest.mark.parametrize("name", CHANNELS)
def test_credentials_for_another_account_than_named_are_refused(name: str, platform: Script) -> None:
    error = refused(lambda: check(name, platform, *OK[name], account="999"))
    assert (error.code, error.field) == ("account_mismatch", "account")


def test_with_facebook_login_the_page_must_be_linked_to_the_account(platform: Script) -> None:
    platform.will(
        200, {"id": "300", "name": "Mug Page", "instagram_business_account": {"id": "100", "username": "m"}}
    )
    platform.will(200, {"id": "300", "name": "Mug Page"})
    channel = channel_at("instagram", platform.url)
    account = channel.check(PAGE_LOGIN)
    assert (account.name, account.details["page_id"], account.details["login"]) == ("m", "300", "facebook")
    error = refused(lambda: channel.check(PAGE_LOGIN))
    assert (error.code, error.field) == ("account_mismatch", "account_id")


def test_either_instagram_secret_may_sign(platform: Script) -> None:
    account = check("instagram", platform, *OK["instagram"], instagram_app_secret="igsec")
    assert account.signing_secrets == ("sec", "igsec")


def test_without_an_app_secret_the_deployments_shared_app_signs(platform: Script) -> None:
    platform.will(200, OK["messenger"][0])
    account = channel_at("messenger", platform.url).check({"page_token": "EAAtoken", "page_id": "100"})
    assert account.signing_secrets == ()


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_the_app_secret_is_proven_with_the_token(name: str, platform: Script) -> None:
    check(name, platform, *OK[name])
    expected = hmac.new(b"sec", b"EAAtoken", hashlib.sha256).hexdigest()
    assert platform.calls[0].params["appsecret_proof"] == expected


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_a_secret_of_another_app_is_refused(name: str, platform: Script) -> None:
    platform.will(400, graph_error(100, message="Invalid appsecret_proof provided in the API argument"))
    error = refused(lambda: check(name, platform))
    assert (error.code, error.field) == ("secret_rejected", "app_secret")


@pytest.mark.parametrize("name", ["whatsapp", "messenger", "instagram"])
def test_app_id_and_secret_must_belong_together(name: str, platform: Script) -> None:
    for answer in OK[name]:
        platform.will(200, answer)
    platform.will(400, graph_error(190, message="Invalid OAuth access token signature."))
    error = refused(lambda: check(name, platform, app_id="400"))
    assert (error.code, error.field) == ("secret_rejected", "app_secret")
    assert platform.calls[-1].headers["authorization"] == "Bearer 400|sec"
    assert platform.calls[-1].path == "/v25.0/400"


def debugged(name: str, **more: Any) -> dict[str, Any]:
    data = {"app_id": "400", "is_valid": True, "expires_at": 0, "scopes": PERMISSIONS[name]}
    return {"data": data | more}


@pytest.mark.parametrize("name", PERMISSIONS)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"scopes": ["whatsapp_business_management", "pages_messaging"]}, "permission_missing"),
        ({"scopes": None}, "permission_missing"),
        ({"is_valid": False}, "token_rejected"),
        ({"app_id": "401"}, "account_mismatch"),
    ],
)
def test_what_the_token_may_do_is_looked_at(
    name: str, data: dict[str, Any], code: str, platform: Script
) -> None:
    answers = [*OK[name], {"id": "400"}, debugged(name, **data)]
    error = refused(lambda: check(name, platform, *answers, app_id="400"))
    assert error.code == code


@pytest.mark.parametrize("name", PERMISSIONS)
def test_a_token_that_ends_is_warned_of(name: str, platform: Script) -> None:
    answers = [*OK[name], {"id": "400"}, debugged(name, expires_at=1798761600)]
    account = check(name, platform, *answers, app_id="400")
    assert any("2027-01-01" in warning for warning in account.warnings)
    assert platform.calls[-1].params == {"input_token": "EAAtoken"}


FAULTS: list[tuple[int, dict[str, Any], str]] = [
    (401, graph_error(190, 463), "token_rejected"),
    (403, graph_error(200), "permission_missing"),
    (403, graph_error(10), "permission_missing"),
    (400, graph_error(100, 33), "not_found"),
    (400, graph_error(100), "invalid"),
    (500, graph_error(2), "channel_down"),
    (500, {}, "channel_down"),
    (429, {}, "channel_down"),
    (400, graph_error(4), "channel_down"),
    (200, graph_error(190), "token_rejected"),
]


@pytest.mark.parametrize("name", ["whatsapp", "messenger", "instagram"])
@pytest.mark.parametrize(("status", "answer", "code"), FAULTS)
def test_metas_refusals_have_stable_codes(
    name: str, status: int, answer: dict[str, Any], code: str, platform: Script
) -> None:
    platform.will(status, answer)
    error = refused(lambda: check(name, platform))
    assert error.code == code
    assert isinstance(error, ChannelDown if code == "channel_down" else CredentialsRejected)
    if code == "token_rejected":
        assert error.field == TOKEN_FIELDS[name]


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, "token_rejected"),
        (404, {"ok": False, "error_code": 404, "description": "Not Found"}, "token_rejected"),
        (429, {"ok": False, "error_code": 429, "description": "Too Many Requests"}, "channel_down"),
        (502, {}, "channel_down"),
        (200, {}, "channel_down"),
    ],
)
def test_telegrams_refusals_have_stable_codes(
    status: int, answer: dict[str, Any], code: str, platform: Script
) -> None:
    platform.will(status, answer)
    assert refused(lambda: check("telegram", platform)).code == code


@pytest.mark.parametrize("name", CHANNELS)
def test_a_platform_that_does_not_answer_decides_nothing(name: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        channel = channel_at(name, f"http://127.0.0.1:{free.getsockname()[1]}")
        error = refused(lambda: channel.check(GIVEN[name]))
    assert isinstance(error, ChannelDown)


@pytest.mark.parametrize(
    ("name", "field", "value", "code"),
    [
        ("whatsapp", "phone_number_id", "100/../me", "invalid"),
        ("whatsapp", "waba_id", "", "invalid"),
        ("messenger", "page_id", "me", "invalid"),
        ("instagram", "account_id", "١٢٣", "invalid"),
        ("messenger", "page_token", "two\nlines", "invalid"),
        ("telegram", "bot_token", "123:short", "token_rejected"),
        ("telegram", "bot_token", f"{BOT_TOKEN}/../getMe", "token_rejected"),
    ],
)
def test_nothing_else_gets_into_a_url(name: str, field: str, value: str, code: str, platform: Script) -> None:
    error = refused(lambda: check(name, platform, **{field: value}))
    assert (error.code, error.field) == (code, field)
    assert platform.calls == []


def test_a_bot_that_is_in_use_elsewhere_is_warned_of(platform: Script) -> None:
    there = {"ok": True, "result": {"url": "https://other.example/secret/path"}}
    (warning,) = check("telegram", platform, OK["telegram"][0], there).warnings
    assert "other.example" in warning
    assert "secret" not in warning


def connection_of(name: str, account: Account, **more: Any) -> Connection:
    given = {"signing_secrets": account.signing_secrets or ("s3cret-s3cret",)} | more
    return Connection(
        merchant_id="me_1",
        connection_id="cn_1",
        channel=name,
        account=account.account,
        name=account.name,
        status="connecting",
        token=account.token,
        verify_token="verify-me",
        details=account.details,
        **given,
    )


def connected(name: str, platform: Script, **more: str) -> tuple[Channel, Connection]:
    """A checked account; the platform has forgotten the calls that it took."""
    account = check(name, platform, *OK[name], **more)
    platform.answers.clear()
    platform.calls.clear()
    return channel_at(name, platform.url), connection_of(name, account)


def told(platform: Script) -> list[tuple[str, str]]:
    return [(call.method, call.path) for call in platform.calls]


def test_a_whatsapp_number_gets_a_callback_of_its_own(platform: Script) -> None:
    channel, connection = connected("whatsapp", platform)
    platform.will(200, {"success": True})
    (step,) = channel.register(connection, CALLBACK)
    assert CALLBACK in step
    assert "verify-me" in step
    callback = {"override_callback_uri": CALLBACK, "verify_token": "verify-me"}
    assert [(call.path, call.body) for call in platform.calls] == [
        ("/v25.0/200/subscribed_apps", callback),
        ("/v25.0/100", {"webhook_configuration": callback}),
    ]


def test_the_last_number_takes_the_subscription_with_it(platform: Script) -> None:
    channel, connection = connected("whatsapp", platform)
    platform.will(401, graph_error(190))
    channel.unregister(connection, last_of_group=False)
    channel.unregister(connection, last_of_group=True)
    assert told(platform) == [
        ("POST", "/v25.0/100"),
        ("POST", "/v25.0/100"),
        ("DELETE", "/v25.0/200/subscribed_apps"),
    ]
    assert platform.calls[0].body == {"webhook_configuration": {"override_callback_uri": ""}}


def test_a_page_is_subscribed_and_what_is_left_is_said(platform: Script) -> None:
    channel, connection = connected("messenger", platform)
    platform.will(200, {"success": True})
    (step,) = channel.register(connection, CALLBACK)
    assert (CALLBACK in step, "verify-me" in step, "message_reads" in step) == (True, True, True)
    (call,) = platform.calls
    assert (call.method, call.path) == ("POST", "/v25.0/100/subscribed_apps")
    assert "messages" in call.params["subscribed_fields"].split(",")


SUBSCRIBED = {"object": "page", "callback_url": CALLBACK, "fields": [{"name": "messages"}]}


@pytest.mark.parametrize("there", [[], [SUBSCRIBED], [SUBSCRIBED | {"object": "user", "callback_url": "x"}]])
def test_with_an_app_id_the_apps_own_webhook_is_set_too(there: list[Any], platform: Script) -> None:
    channel = channel_at("messenger", platform.url)
    connection = connection_of("messenger", Account("100", "n", "EAAtoken", ("sec",), {"app_id": "400"}))
    platform.will(200, {"success": True}).will(200, {"data": there}).will(200, {"success": True})
    assert channel.register(connection, CALLBACK) == []
    call = platform.calls[-1]
    assert (call.method, call.path) == ("POST", "/v25.0/400/subscriptions")
    assert call.headers["authorization"] == "Bearer 400|sec"
    assert (call.body["object"], call.body["callback_url"]) == ("page", CALLBACK)
    assert call.body["verify_token"] == "verify-me"


def test_a_webhook_of_somebody_else_is_left_alone(platform: Script) -> None:
    channel = channel_at("messenger", platform.url)
    connection = connection_of("messenger", Account("100", "n", "EAAtoken", ("sec",), {"app_id": "400"}))
    foreign = SUBSCRIBED | {"callback_url": "https://other.example/hook"}
    platform.will(200, {"success": True}).will(200, {"data": [foreign]})
    (step,) = channel.register(connection, CALLBACK)
    assert "https://other.example/hook" in step
    assert CALLBACK in step
    assert told(platform)[-1] == ("GET", "/v25.0/400/subscriptions")


def test_a_shared_app_needs_no_click(platform: Script) -> None:
    channel = channel_at("messenger", platform.url)
    platform.will(200, {"success": True})
    shared = connection_of("messenger", Account("100", "n", "EAAtoken"), signing_secrets=())
    assert channel.register(shared, CALLBACK) == []


@pytest.mark.parametrize(
    ("details", "path", "field"),
    [
        ({"login": "instagram"}, "/instagram/v25.0/100/subscribed_apps", "messaging_referral"),
        ({"login": "facebook", "page_id": "300"}, "/v25.0/300/subscribed_apps", "message_reads"),
    ],
)
def test_instagram_is_subscribed_where_it_is_logged_in(
    details: dict[str, str], path: str, field: str, platform: Script
) -> None:
    channel = channel_at("instagram", platform.url)
    connection = connection_of("instagram", Account("100", "n", "IGtoken", ("sec",), details))
    platform.will(200, {"success": True})
    (step,) = channel.register(connection, CALLBACK)
    assert "'instagram'" in step
    channel.unregister(connection, last_of_group=True)
    assert told(platform) == [("POST", path), ("DELETE", path)]
    assert field in platform.calls[0].params["subscribed_fields"].split(",")


@pytest.mark.parametrize("name", ["messenger", "instagram"])
def test_a_page_that_another_connection_hangs_on_stays_subscribed(name: str, platform: Script) -> None:
    channel = channel_at(name, platform.url)
    details = {"login": "facebook", "page_id": "300", "webhook_group": "page:300"}
    channel.unregister(connection_of(name, Account("100", "n", "t", ("sec",), details)), last_of_group=False)
    assert platform.calls == []


def test_a_bot_gets_the_connections_secret_and_named_updates(platform: Script) -> None:
    channel, connection = connected("telegram", platform)
    platform.will(200, {"ok": True, "result": True}).will(200, {"ok": True, "result": {"url": CALLBACK}})
    assert channel.register(connection, CALLBACK) == []
    body = platform.calls[0].body
    assert (body["url"], body["secret_token"]) == (CALLBACK, "s3cret-s3cret")
    assert {"message", "message_reaction", "my_chat_member"} <= set(body["allowed_updates"])
    channel.unregister(connection, last_of_group=True)
    assert platform.calls[-1].path.endswith("/deleteWebhook")


@pytest.mark.parametrize("name", ["whatsapp", "messenger", "instagram"])
def test_a_callback_that_meta_can_not_reach_is_told_as_such(name: str, platform: Script) -> None:
    channel, connection = connected(name, platform)
    platform.will(400, graph_error(2200, message="(#2200) Callback verification failed"))
    assert refused(lambda: channel.register(connection, CALLBACK)).code == "handshake_failed"


def test_a_callback_that_telegram_does_not_take_is_told_as_such(platform: Script) -> None:
    channel, connection = connected("telegram", platform)
    platform.will(400, {"ok": False, "error_code": 400, "description": "Bad Request: bad webhook: no HTTPS"})
    assert refused(lambda: channel.register(connection, CALLBACK)).code == "handshake_failed"


def test_a_bot_webhook_that_did_not_stay_is_told_as_such(platform: Script) -> None:
    channel, connection = connected("telegram", platform)
    platform.will(200, {"ok": True, "result": True}).will(200, {"ok": True, "result": {"url": ""}})
    assert refused(lambda: channel.register(connection, CALLBACK)).code == "handshake_failed"


@pytest.mark.parametrize("name", CHANNELS)
def test_leaving_never_fails(name: str, platform: Script) -> None:
    channel, connection = connected(name, platform)
    platform.will(500, b"<html>", how="drop")
    channel.unregister(connection, last_of_group=True)
    assert platform.calls
