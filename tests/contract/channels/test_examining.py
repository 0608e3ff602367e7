"""Looking after a connection: what the platform is asked, what is mended, and what the merchant is told."""

import json
import logging
import threading
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from sandboxed import KINDS, Shop, opened
from scripted_platform import Script

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import SelfTest
from chalicelib.ports.account import Renewal
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import ChannelDown
from infra.sandbox.server import Server
from integrations.instagram.connect import FIELDS, OWN_LOGIN_FIELDS, PAGES_FIELDS
from integrations.meta.subscriptions import PAGE_FIELDS
from integrations.registry import CHANNELS, BaseUrls

HOOKS = "https://parley.example/api/webhooks"
NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SHORTLY = int(NOW.timestamp()) + 40 * 24 * 3600
SECRETS = ("EAAtoken", "s3cret", "verify-me", "IGtoken")
DETAILS: dict[str, dict[str, str]] = {
    "whatsapp": {"waba_id": "200", "app_id": "9"},
    "messenger": {"app_id": "9"},
    "instagram": {"login": "instagram", "app_id": "9"},
    "instagram by page": {"login": "facebook", "page_id": "300", "app_id": "9"},
}
SCOPES = {
    "whatsapp": ["whatsapp_business_management", "whatsapp_business_messaging"],
    "messenger": ["pages_messaging", "pages_manage_metadata"],
    "instagram by page": ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"],
}


def connected(kind: str, **changes: Any) -> Connection:
    plain = Connection(
        merchant_id="mt_1",
        connection_id="cn_1",
        channel=kind.partition(" ")[0],
        account="100",
        name="Mug Shop",
        status="active",
        token="EAAtoken",
        signing_secrets=("s3cret",),
        verify_token="verify-me",
        details=DETAILS[kind],
        connected_at=NOW,
    )
    return replace(plain, **changes)


def callback(connection: Connection) -> str:
    return f"{HOOKS}/{connection.channel}/cn_1"


def channel_at(connection: Connection, url: str) -> Channel:
    return CHANNELS[connection.channel](BaseUrls(graph=url, instagram=f"{url}/instagram", telegram=url))


class Answers:
    """A platform that answers by what it is asked, whatever the order."""

    def __init__(self, connection: Connection) -> None:
        url, fields = callback(connection), {"messenger": PAGE_FIELDS}
        is_page = connection.details.get("login") == "facebook"
        on_account = fields.get(connection.channel, PAGES_FIELDS if is_page else OWN_LOGIN_FIELDS)
        kind = "instagram by page" if is_page else connection.channel
        account: dict[str, Any] = {"id": "9", "subscribed_fields": list(on_account)}
        self.by_path: dict[str, tuple[int, Any]] = {}
        self.number: dict[str, Any] = {
            "id": "100",
            "status": "CONNECTED",
            "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED",
            "throughput": {"level": "STANDARD"},
            "platform_type": "CLOUD_API",
            "is_on_biz_app": False,
            "webhook_configuration": {"phone_number": url, "application": url},
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "health_status": {"can_send_message": "AVAILABLE", "entities": []},
        }
        self.page: dict[str, Any] = {
            "id": "300" if is_page else "100",
            "user_id": "100",
            "instagram_business_account": {"id": "100"},
        }
        self.subscribed: dict[str, Any] = (
            {"whatsapp_business_api_data": {"id": "9"}, "override_callback_uri": url}
            if connection.channel == "whatsapp"
            else account
        )
        self.app: dict[str, Any] = {
            "object": {"whatsapp": "whatsapp_business_account", "messenger": "page"}.get(
                connection.channel, "instagram"
            ),
            "callback_url": url,
            "fields": [{"name": name} for name in ("messages", *on_account, *FIELDS)],
        }
        self.token: dict[str, Any] = {
            "app_id": "9",
            "type": "SYSTEM_USER",
            "is_valid": True,
            "expires_at": 0,
            "scopes": SCOPES.get(kind, []),
        }

    def answer(self, path: str) -> tuple[int, Any]:
        for end, given in self.by_path.items():
            if path.endswith(end):
                return given
        if path.endswith("/subscribed_apps"):
            return 200, {"data": [self.subscribed] if self.subscribed else []}
        if path.endswith("/subscriptions"):
            return 200, {"data": [self.app] if self.app else []}
        if path.endswith("/debug_token"):
            return 200, {"data": self.token}
        return 200, self.number if "whatsapp_business_api_data" in self.subscribed else self.page


class Routed(Script):
    """Hands each call to `Answers`."""

    answers_by: Answers

    def next(self) -> tuple[str, int, Any, dict[str, str]]:
        call = self.calls[-1]
        status, body = (200, {"success": True}) if call.method == "POST" else (0, None)
        given = self.answers_by.by_path.get(f"{call.method} {call.path.rpartition('/')[2]}")
        if given is not None:
            status, body = given
        elif not status:
            status, body = self.answers_by.answer(call.path)
        return "answer", status, body, {}


@pytest.fixture(params=list(DETAILS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def routed(served: Any) -> Iterator[Routed]:
    script = Routed(url=f"http://127.0.0.1:{served.server_address[1]}")
    served.script = script
    yield script
    script.released.set()


def examine(routed: Routed, connection: Connection, answers: Answers, url: str = "") -> Any:
    routed.answers_by = answers
    examined = channel_at(connection, routed.url).examine(connection, url or callback(connection))
    told = " ".join(one.message for one in examined.findings)
    assert not any(secret in told for secret in SECRETS)
    assert all(one.message.rstrip().endswith((".", "?")) for one in examined.findings)
    return examined


def codes(examined: Any) -> list[str]:
    return [one.code for one in examined.findings]


def posted(routed: Routed) -> list[str]:
    return [call.path.partition("/v25.0/")[2] for call in routed.calls if call.method == "POST"]


def refusal(code: int, subcode: int | None = None) -> tuple[int, Any]:
    error = {"message": "refused EAAtoken", "type": "OAuthException", "code": code}
    return 400, {"error": error | ({"error_subcode": subcode} if subcode else {})}


def test_a_healthy_connection_is_ok_and_nothing_is_changed(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    examined = examine(routed, connection, Answers(connection))
    assert codes(examined) == ["ok"]
    assert posted(routed) == []


def test_a_dead_token_is_the_one_thing_that_is_told(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.by_path = {"": refusal(190, 463)}
    assert codes(examine(routed, connection, answers)) == ["token_rejected"]
    assert len(routed.calls) == 1


@pytest.mark.parametrize("status", [(503, {}), (200, {"error": {"code": 4, "message": "busy"}})])
def test_a_platform_that_does_not_answer_has_decided_nothing(
    routed: Routed, kind: str, status: tuple[int, Any]
) -> None:
    connection = connected(kind)
    routed.answers_by = Answers(connection)
    routed.answers_by.by_path = {"": status}
    with pytest.raises(ChannelDown):
        channel_at(connection, routed.url).examine(connection, callback(connection))


def test_a_platform_that_falls_silent_half_way_has_decided_nothing(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    routed.answers_by = Answers(connection)
    routed.answers_by.by_path = {"/subscribed_apps": (500, {})}
    with pytest.raises(ChannelDown):
        channel_at(connection, routed.url).examine(connection, callback(connection))


def test_a_subscription_that_is_gone_is_made_again(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.subscribed = {"whatsapp_business_api_data": {"id": "another app"}} if kind == "whatsapp" else {}
    assert codes(examine(routed, connection, answers)) == ["webhook_repaired"]
    holder = {"whatsapp": "200", "instagram by page": "300"}.get(kind, "100")
    assert f"{holder}/subscribed_apps" in posted(routed)


@pytest.mark.parametrize("kind", ["messenger", "instagram", "instagram by page"], indirect=True)
def test_fields_that_are_missing_are_subscribed_beside_those_that_are_there(
    routed: Routed, kind: str
) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.subscribed |= {"subscribed_fields": ["messages", "leadgen"]}
    assert codes(examine(routed, connection, answers)) == ["webhook_repaired"]
    (call,) = [call for call in routed.calls if call.method == "POST"]
    fields = call.params["subscribed_fields"].split(",")
    assert {"messages", "leadgen", "standby", "messaging_postbacks"} <= set(fields)


@pytest.mark.parametrize("kind", ["messenger", "instagram by page"], indirect=True)
def test_another_app_on_the_same_account_is_not_ours(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.subscribed |= {"id": "8"}
    assert codes(examine(routed, connection, answers)) == ["webhook_repaired"]


@pytest.mark.parametrize("kind", ["messenger", "instagram", "instagram by page"], indirect=True)
def test_an_apps_callback_that_is_anothers_is_told_and_never_replaced(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.app |= {"callback_url": "https://other.example/hook?key=theirs"}
    examined = examine(routed, connection, answers)
    assert codes(examined) == ["callback_elsewhere"]
    (finding,) = examined.findings
    assert "other.example" in finding.message and callback(connection) in finding.message
    assert "theirs" not in finding.message
    assert posted(routed) == []


@pytest.mark.parametrize("kind", ["messenger", "instagram", "instagram by page"], indirect=True)
@pytest.mark.parametrize("app", [{}, {"fields": [{"name": "messages"}]}])
def test_an_apps_callback_that_is_gone_or_lacks_fields_is_set_again(
    routed: Routed, kind: str, app: dict[str, Any]
) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.app = answers.app | app if app else {}
    assert codes(examine(routed, connection, answers)) == ["webhook_repaired"]
    assert posted(routed) == ["9/subscriptions"]


def test_an_address_that_meta_calls_in_vain_can_not_be_subscribed(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.subscribed = {"whatsapp_business_api_data": {}} if kind == "whatsapp" else {}
    answers.by_path = {"POST subscribed_apps": refusal(2200)}
    assert codes(examine(routed, connection, answers)) == ["webhook_missing"]


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
def test_a_permission_that_was_taken_away_is_named(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    gone = answers.token["scopes"][0]
    answers.token |= {"scopes": answers.token["scopes"][1:]}
    examined = examine(routed, connection, answers)
    assert codes(examined) == ["permission_missing"]
    assert gone in examined.findings[0].message


def test_a_call_that_the_token_may_not_make_is_a_missing_permission(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.by_path = {"/subscribed_apps": refusal(200)}
    assert codes(examine(routed, connection, answers)) == ["permission_missing"]


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
@pytest.mark.parametrize("expires_at", [0, SHORTLY])
def test_the_end_of_a_token_is_what_meta_says(routed: Routed, kind: str, expires_at: int) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.token |= {"expires_at": expires_at}
    examined = examine(routed, connection, answers)
    assert examined.token_expires_at == (NOW + timedelta(days=40) if expires_at else None)
    assert codes(examined) == ["ok"]


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
def test_an_app_secret_that_was_changed_is_told_as_that(routed: Routed, kind: str) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.by_path = {"/debug_token": refusal(190), "/subscriptions": refusal(190)}
    assert set(codes(examine(routed, connection, answers))) == {"secret_rejected"}


@pytest.mark.parametrize("kind", list(DETAILS), indirect=True)
def test_on_the_shared_app_the_token_is_asked_about_by_itself_and_the_app_is_let_alone(
    routed: Routed, kind: str
) -> None:
    plain = {name: value for name, value in DETAILS[kind].items() if name != "app_id"}
    connection = connected(kind, signing_secrets=(), details=plain | {"app": "shared"})
    url = f"{HOOKS}/{connection.channel}"
    answers = Answers(connection)
    answers.subscribed.pop("override_callback_uri", None)
    answers.number["webhook_configuration"] = {"application": url}
    assert codes(examine(routed, connection, answers, url)) == ["ok"]
    assert not [call for call in routed.calls if call.path.endswith("/subscriptions")]


def test_a_page_token_of_another_page_is_told(routed: Routed) -> None:
    connection = connected("messenger")
    answers = Answers(connection)
    answers.page |= {"id": "101"}
    assert codes(examine(routed, connection, answers)) == ["account_mismatch"]


@pytest.mark.parametrize("linked", [None, {"id": "101"}])
def test_a_page_that_is_no_longer_linked_is_told(routed: Routed, linked: Any) -> None:
    connection = connected("instagram by page")
    answers = Answers(connection)
    answers.page |= {"instagram_business_account": linked}
    assert codes(examine(routed, connection, answers)) == ["page_not_linked"]


@pytest.mark.parametrize(
    ("number", "details"),
    [
        ({}, {"per_second": "80", "tier": "TIER_2K", "quality": "GREEN"}),
        ({"throughput": {"level": "HIGH"}}, {"per_second": "1000", "tier": "TIER_2K", "quality": "GREEN"}),
        ({"is_on_biz_app": True}, {"per_second": "20", "tier": "TIER_2K", "quality": "GREEN"}),
        ({"throughput": {"level": "NOT_APPLICABLE"}}, {"tier": "TIER_2K", "quality": "GREEN"}),
        ({"throughput": None, "quality_rating": None}, {"tier": "TIER_2K"}),
    ],
)
def test_a_numbers_speed_and_limit_are_learned(
    routed: Routed, number: dict[str, Any], details: Mapping[str, str]
) -> None:
    connection = connected("whatsapp")
    answers = Answers(connection)
    answers.number |= number
    assert examine(routed, connection, answers).details == details


BLOCKED = {"can_send_message": "BLOCKED", "entities": [{"errors": [{"error_code": 141006}]}]}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ({"status": "BANNED"}, ["account_blocked"]),
        ({"status": "RESTRICTED"}, ["account_blocked"]),
        ({"status": "PENDING"}, ["number_not_ready"]),
        ({"status": "DISCONNECTED"}, ["number_not_ready"]),
        ({"status": "FLAGGED"}, ["quality_low"]),
        ({"status": "RATE_LIMITED"}, ["limit_low"]),
        ({"quality_rating": "RED"}, ["quality_low"]),
        ({"quality_rating": "YELLOW"}, ["ok"]),
        ({"code_verification_status": "NOT_VERIFIED"}, ["number_not_ready"]),
        ({"code_verification_status": "EXPIRED"}, ["ok"]),
        ({"health_status": BLOCKED}, ["account_blocked"]),
        ({"health_status": {"can_send_message": "LIMITED"}}, ["limit_low"]),
        ({"status": None, "health_status": None}, ["ok"]),
    ],
)
def test_a_numbers_standing_is_told(routed: Routed, number: dict[str, Any], expected: list[str]) -> None:
    connection = connected("whatsapp")
    answers = Answers(connection)
    answers.number |= number
    assert codes(examine(routed, connection, answers)) == expected


ELSEWHERE = "https://other.example/hook"


@pytest.mark.parametrize(
    ("of_group", "of_number", "expected"),
    [
        (f"{HOOKS}/whatsapp/cn_1", f"{HOOKS}/whatsapp/cn_1", "ok"),
        # Another number of the same business account, connected here later.
        (f"{HOOKS}/whatsapp/cn_2", f"{HOOKS}/whatsapp/cn_1", "ok"),
        (f"{HOOKS}/whatsapp/cn_2", f"{HOOKS}/whatsapp/cn_2", "webhook_repaired"),
        (f"{HOOKS}/whatsapp/cn_1", "", "webhook_repaired"),
        (f"{HOOKS}/whatsapp/cn_1", ELSEWHERE, "webhook_repaired"),
        (ELSEWHERE, f"{HOOKS}/whatsapp/cn_1", "webhook_repaired"),
        ("", f"{HOOKS}/whatsapp/cn_1", "webhook_repaired"),
    ],
)
def test_a_callback_that_leads_elsewhere_is_taken_back(
    routed: Routed, of_group: str, of_number: str, expected: str
) -> None:
    connection = connected("whatsapp")
    answers = Answers(connection)
    answers.subscribed |= {"override_callback_uri": of_group}
    answers.number["webhook_configuration"] = {"phone_number": of_number, "application": ELSEWHERE}
    assert codes(examine(routed, connection, answers)) == [expected]
    assert posted(routed) == ([] if expected == "ok" else ["200/subscribed_apps", "100"])


def test_an_app_that_gets_no_messages_is_subscribed_to_them(routed: Routed) -> None:
    connection = connected("whatsapp")
    answers = Answers(connection)
    answers.app |= {"fields": [{"name": "flows"}]}
    assert codes(examine(routed, connection, answers)) == ["webhook_repaired"]
    assert "9/subscriptions" in posted(routed)


def test_an_app_that_gets_no_messages_and_is_anothers_is_told(routed: Routed) -> None:
    connection = connected("whatsapp")
    answers = Answers(connection)
    answers.app |= {"fields": [{"name": "flows"}], "callback_url": ELSEWHERE}
    assert codes(examine(routed, connection, answers)) == ["callback_elsewhere"]
    assert posted(routed) == []


def test_an_instagram_app_may_go_by_another_id(routed: Routed) -> None:
    connection = connected("instagram")
    answers = Answers(connection)
    answers.subscribed |= {"id": "8"}
    assert codes(examine(routed, connection, answers)) == ["ok"]


@pytest.mark.parametrize("garbage", [[], "x", 7, None, {"data": 5}, {"data": [None, 3]}])
def test_an_answer_that_makes_no_sense_breaks_nothing(routed: Routed, kind: str, garbage: Any) -> None:
    connection = connected(kind)
    answers = Answers(connection)
    answers.by_path = {"/debug_token": (200, {"data": garbage}), "/subscriptions": (200, {"data": garbage})}
    assert codes(examine(routed, connection, answers))


def test_an_instagram_token_is_refreshed(platform: Script) -> None:
    platform.will(200, {"access_token": "IGfresh", "token_type": "bearer", "expires_in": 5_184_000})
    connection = connected("instagram", token="IGtoken")
    assert channel_at(connection, platform.url).renew(connection) == Renewal("IGfresh", timedelta(days=60))
    (call,) = platform.calls
    assert (call.method, call.path) == ("GET", "/instagram/v25.0/refresh_access_token")
    assert call.params == {"grant_type": "ig_refresh_token"}
    assert call.headers["authorization"] == "Bearer IGtoken"


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
def test_a_system_users_token_with_an_end_is_exchanged(platform: Script, kind: str) -> None:
    platform.will(200, {"data": {"type": "SYSTEM_USER", "is_valid": True, "scopes": []}})
    platform.will(200, {"access_token": "EAAfresh", "token_type": "bearer", "expires_in": 5_100_000})
    connection = connected(kind, token_expires_at=NOW)
    fresh = channel_at(connection, platform.url).renew(connection)
    assert fresh == Renewal("EAAfresh", timedelta(seconds=5_100_000))
    exchange = platform.calls[1]
    assert (exchange.method, exchange.path, exchange.params) == ("POST", "/v25.0/oauth/access_token", {})
    assert exchange.body == {
        "grant_type": "fb_exchange_token",
        "client_id": "9",
        "client_secret": "s3cret",
        "set_token_expires_in_60_days": "true",
        "fb_exchange_token": "EAAtoken",
    }


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
@pytest.mark.parametrize("token", ["USER", "PAGE", ""])
def test_a_persons_token_takes_the_person(platform: Script, kind: str, token: str) -> None:
    platform.will(200, {"data": {"type": token, "is_valid": True, "scopes": []}})
    connection = connected(kind, token_expires_at=NOW)
    assert channel_at(connection, platform.url).renew(connection) is None
    assert len(platform.calls) == 1


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
@pytest.mark.parametrize("without", [{"token_expires_at": None}, {"signing_secrets": ()}])
def test_a_token_without_an_end_or_an_app_is_left_as_it_is(
    platform: Script, kind: str, without: dict[str, Any]
) -> None:
    connection = replace(connected(kind, token_expires_at=NOW), **without)
    assert channel_at(connection, platform.url).renew(connection) is None
    assert platform.calls == []


def test_what_is_signed_for_a_self_test_is_read_as_one(kind: str) -> None:
    connection = connected(kind)
    channel = CHANNELS[connection.channel](BaseUrls())
    headers, body = channel.self_test(connection, "n-0nce")
    channel.verify(headers, body, connection.signing_secrets)
    (piece,) = channel.split(body)
    assert piece.account == "100"
    assert channel.parse(piece.body) == [SelfTest("n-0nce")]
    json.loads(body)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    server = Server(0, None, None)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.http.shutdown()
    thread.join()


@pytest.fixture(params=KINDS)
def shop(request: pytest.FixtureRequest, sandbox: str) -> Iterator[Shop]:
    name, options = KINDS[request.param]
    with opened(sandbox, name, options) as shop:
        shop.connect()
        yield shop


def found(shop: Shop) -> list[str]:
    return [one.code for one in shop.channel.examine(shop.connection, shop.url).findings]


def webhook_of(shop: Shop) -> str | None:
    accounts = requests.get(f"{shop.sandbox}/control/accounts", timeout=30).json()["accounts"]
    (mine,) = [each for each in accounts if each["account"] == shop.connection.account]
    return str(mine["webhook"]) if mine["webhook"] else None


def test_what_was_just_connected_is_healthy(shop: Shop) -> None:
    assert found(shop) == ["ok"]


def test_a_webhook_that_somebody_took_away_is_set_again(shop: Shop) -> None:
    shop.channel.unregister(shop.connection, last_of_group=True)
    assert webhook_of(shop) is None
    assert found(shop) == ["webhook_repaired"]
    assert webhook_of(shop) == shop.url
    assert found(shop) == ["ok"]
    assert shop.message().text


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_a_token_that_died_is_found(shop: Shop, state: str) -> None:
    shop.control("token", state=state)
    assert found(shop) == ["token_rejected"]
    shop.control("token", state="valid")
    assert found(shop) == ["ok"]


def ends_in_days(shop: Shop) -> float | None:
    ends_at = shop.channel.examine(shop.connection, shop.url).token_expires_at
    now = requests.get(f"{shop.sandbox}/control/clock", timeout=30).json()["now"]
    left = None if ends_at is None else ends_at - datetime.fromisoformat(now)
    return None if left is None else round(left / timedelta(days=1), 1)


def test_a_token_with_an_end_tells_it_and_is_renewed_where_it_can_be(shop: Shop) -> None:
    if shop.name == "telegram":
        assert shop.channel.renew(shop.connection) is None
        return
    shop.control("token", expires_in_days=9)
    by_itself = shop.connection.details.get("login") == "instagram"
    assert ends_in_days(shop) == (None if by_itself else 9.0)
    ends_at = datetime.now(UTC) + timedelta(days=9)
    if by_itself:
        requests.post(f"{shop.sandbox}/control/clock", json={"advance_s": 25 * 3600}, timeout=30)
    fresh = shop.channel.renew(replace(shop.connection, token_expires_at=ends_at))
    is_renewed = by_itself or shop.name == "whatsapp"
    assert (fresh is not None) is is_renewed
    if fresh is not None:
        assert fresh.lasts == timedelta(days=60)


def test_a_token_that_lost_a_permission_is_found(shop: Shop) -> None:
    if shop.name == "telegram" or shop.connection.details.get("login") == "instagram":
        pytest.skip("the channel tells of no permissions")
    shop.control("token", scopes=["public_profile"])
    assert found(shop) == ["permission_missing"]


@pytest.mark.parametrize("kind", list(SCOPES), indirect=True)
@pytest.mark.parametrize("how", ["drop", "answer", "nobody listens"])
def test_no_log_and_no_error_holds_what_an_address_asks_with(
    platform: Script, kind: str, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Who asks about a token names it in the address, since that call is a GET."""
    caplog.set_level(logging.DEBUG)
    platform.will(500, {}, how="drop" if how == "drop" else "answer")
    connection = connected(kind, token_expires_at=NOW)
    url = "http://127.0.0.1:9" if how == "nobody listens" else platform.url
    with pytest.raises(ChannelDown) as caught:
        channel_at(connection, url).renew(connection)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caplog.text
    assert not [secret for secret in SECRETS if secret in told]
