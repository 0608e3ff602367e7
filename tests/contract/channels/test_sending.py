"""What leaves for a platform, and what each of its answers means for the message."""

import hashlib
import hmac
import logging
import socket
from dataclasses import replace
from typing import Any

import pytest
import requests
from scripted_platform import Script
from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address
from chalicelib.ports import (
    Channel,
    NotSent,
    OutboundMessage,
    OutcomeUnknown,
    Profile,
    RetryLater,
    SendError,
    SendRejected,
)
from integrations import http
from integrations.registry import CHANNELS, BaseUrls

TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"
DETAILS = {
    "whatsapp": {"waba_id": "200"},
    "messenger": {},
    "instagram": {"login": "instagram"},
    "telegram": {"username": "shop_bot"},
}
SHOPPERS = {
    "whatsapp": Address("phone", "447700900123"),
    "messenger": Address("psid", "65432"),
    "instagram": Address("igsid", "12549"),
    "telegram": Address("chat", "5550001234567"),
}
SENT: dict[str, dict[str, Any]] = {
    "whatsapp": {
        "messaging_product": "whatsapp",
        "contacts": [{"wa_id": "4"}],
        "messages": [{"id": "wamid.1"}],
    },
    "messenger": {"recipient_id": "65432", "message_id": "m_1"},
    "instagram": {"recipient_id": "12549", "message_id": "aWdf1"},
    "telegram": {"ok": True, "result": {"message_id": 77, "chat": {"id": 5550001234567}}},
}
IDS = {"whatsapp": "wamid.1", "messenger": "m_1", "instagram": "aWdf1", "telegram": "77"}


def channel_at(name: str, url: str) -> Channel:
    return CHANNELS[name](BaseUrls(graph=url, instagram=url + "/instagram", telegram=url))


def connection_of(name: str, token: str = TOKEN, **details: str) -> Connection:
    return Connection(
        merchant_id="me_1",
        connection_id="cn_1",
        channel=name,
        account="100",
        name="Shop",
        status="active",
        token=token,
        details=DETAILS[name] | details,
    )


def message_to(name: str, **more: str) -> OutboundMessage:
    return OutboundMessage(
        **{"to": SHOPPERS[name], "text": "Yes, in blue. 💙", "reference": "th_1/2#3"} | more
    )


def failure_of(name: str, platform: Script) -> SendError:
    with pytest.raises(SendError) as caught:
        channel_at(name, platform.url).send(message_to(name), connection_of(name))
    return caught.value


@pytest.mark.parametrize("name", CHANNELS)
def test_a_message_is_sent_and_its_id_comes_back(name: str, platform: Script) -> None:
    platform.will(200, SENT[name])
    assert channel_at(name, platform.url).send(message_to(name), connection_of(name)) == IDS[name]
    (call,) = platform.calls
    assert call.method == "POST"
    assert call.headers["content-type"] == "application/json"
    if name != "telegram":
        assert call.headers["authorization"] == f"Bearer {TOKEN}"
        assert call.params == {}


PATHS = {
    "whatsapp": "/v25.0/100/messages",
    "messenger": "/v25.0/100/messages",
    "instagram": "/instagram/v25.0/100/messages",
    "telegram": f"/bot{TOKEN}/sendMessage",
}
BODIES: dict[str, dict[str, Any]] = {
    "whatsapp": {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+447700900123",
        "type": "text",
        "text": {"body": "Yes, in blue. 💙", "preview_url": False},
        "biz_opaque_callback_data": "th_1/2#3",
    },
    "messenger": {
        "messaging_type": "RESPONSE",
        "recipient": {"id": "65432"},
        "message": {"text": "Yes, in blue. 💙", "metadata": "th_1/2#3"},
    },
    "instagram": {"recipient": {"id": "12549"}, "message": {"text": "Yes, in blue. 💙"}},
    "telegram": {"chat_id": 5550001234567, "text": "Yes, in blue. 💙"},
}
REPLIES: dict[str, dict[str, Any]] = {
    "whatsapp": {"context": {"message_id": "41"}},
    "messenger": {"reply_to": {"mid": "41"}},
    "instagram": {"reply_to": {"mid": "41"}},
    "telegram": {"reply_parameters": {"message_id": 41, "allow_sending_without_reply": True}},
}


@pytest.mark.parametrize("name", CHANNELS)
def test_the_body_is_what_the_platform_documents(name: str, platform: Script) -> None:
    platform.will(200, SENT[name])
    channel = channel_at(name, platform.url)
    channel.send(message_to(name), connection_of(name))
    channel.send(message_to(name, reply_to="41"), connection_of(name))
    assert [call.path for call in platform.calls] == [PATHS[name]] * 2
    assert [call.body for call in platform.calls] == [BODIES[name], BODIES[name] | REPLIES[name]]


def test_a_shopper_without_a_number_is_written_to_by_scoped_id(platform: Script) -> None:
    platform.will(200, SENT["whatsapp"])
    message = OutboundMessage(to=Address("bsuid", "US.777"), text="Hi", reference="r")
    channel_at("whatsapp", platform.url).send(message, connection_of("whatsapp"))
    assert platform.calls[0].body["recipient"] == "US.777"
    assert "to" not in platform.calls[0].body


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_a_known_app_secret_is_proven_with_every_message(name: str, platform: Script) -> None:
    platform.will(200, SENT[name])
    connection = replace(connection_of(name), signing_secrets=("sec",))
    channel_at(name, platform.url).send(message_to(name), connection)
    made = hmac.new(b"sec", TOKEN.encode(), hashlib.sha256).hexdigest()
    assert platform.calls[0].params == {"appsecret_proof": made}


def test_instagrams_own_tokens_come_without_a_proof(platform: Script) -> None:
    platform.will(200, SENT["instagram"])
    connection = replace(connection_of("instagram"), signing_secrets=("sec", "igsec"))
    channel_at("instagram", platform.url).send(message_to("instagram"), connection)
    assert platform.calls[0].params == {}


@pytest.mark.parametrize("name", ["messenger", "instagram"])
def test_a_persons_late_answer_carries_the_tag(name: str, platform: Script) -> None:
    platform.will(200, SENT[name])
    channel_at(name, platform.url).send(message_to(name, tag="HUMAN_AGENT"), connection_of(name))
    body = platform.calls[0].body
    assert (body["messaging_type"], body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


def test_with_facebook_login_the_page_sends_for_instagram(platform: Script) -> None:
    platform.will(200, SENT["instagram"])
    connection = connection_of("instagram", login="facebook", page_id="300")
    channel_at("instagram", platform.url).send(message_to("instagram"), connection)
    assert platform.calls[0].path == "/v25.0/300/messages"


def graph_error(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    error = {"message": "(#1) refused", "type": "OAuthException", "code": code, "fbtrace_id": "A"} | more
    return {"error": error if subcode is None else error | {"error_subcode": subcode}}


def telegram_error(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    body = {"ok": False, "error_code": code, "description": description}
    return body | ({"parameters": parameters} if parameters else {})


REFUSALS: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("whatsapp", 400, graph_error(131047), "131047", "window_closed"),
    ("whatsapp", 401, graph_error(190, 463), "190/463", "token_rejected"),
    ("whatsapp", 401, graph_error(0), "0", "token_rejected"),
    ("whatsapp", 403, graph_error(10), "10", "not_permitted"),
    ("whatsapp", 403, graph_error(200), "200", "not_permitted"),
    ("whatsapp", 403, graph_error(299), "299", "not_permitted"),
    ("whatsapp", 400, graph_error(131005), "131005", "not_permitted"),
    ("whatsapp", 400, graph_error(131042), "131042", "not_permitted"),
    ("whatsapp", 400, graph_error(100, 33), "100/33", "not_permitted"),
    ("whatsapp", 400, graph_error(131026), "131026", "unreachable"),
    ("whatsapp", 400, graph_error(131050), "131050", "unreachable"),
    ("whatsapp", 400, graph_error(100), "100", "invalid"),
    ("whatsapp", 400, graph_error(100, message="Invalid appsecret_proof"), "100", "token_rejected"),
    ("whatsapp", 400, graph_error(131999), "131999", "invalid"),
    ("messenger", 403, graph_error(10, 2018278), "10/2018278", "window_closed"),
    ("messenger", 403, graph_error(10, 2018065), "10/2018065", "window_closed"),
    ("messenger", 403, graph_error(10), "10", "not_permitted"),
    ("messenger", 400, graph_error(551, 1545041), "551/1545041", "unreachable"),
    ("messenger", 400, graph_error(200, 1545041), "200/1545041", "unreachable"),
    ("messenger", 400, graph_error(100, 2018001), "100/2018001", "unreachable"),
    ("messenger", 401, graph_error(190, 460), "190/460", "token_rejected"),
    ("messenger", 403, graph_error(200, 2018028), "200/2018028", "not_permitted"),
    ("messenger", 400, graph_error(10, 2018300), "10/2018300", "not_permitted"),
    ("messenger", 400, graph_error(100), "100", "invalid"),
    ("instagram", 403, graph_error(10, 2534022), "10/2534022", "window_closed"),
    ("instagram", 400, graph_error(100, 2534014), "100/2534014", "unreachable"),
    ("instagram", 403, graph_error(200, 2534041), "200/2534041", "not_permitted"),
    ("instagram", 400, graph_error(100, 2534037), "100/2534037", "not_permitted"),
    ("instagram", 418, {}, "418", "invalid"),
    ("instagram", 401, {}, "401", "token_rejected"),
    ("instagram", 302, {}, "302", "invalid"),
    ("telegram", 403, telegram_error(403, "Forbidden: bot was blocked by the user"), "403", "unreachable"),
    ("telegram", 403, telegram_error(403, "Forbidden: user is deactivated"), "403", "unreachable"),
    ("telegram", 403, telegram_error(403, "Forbidden: something new"), "403", "not_permitted"),
    ("telegram", 400, telegram_error(400, "Bad Request: chat not found"), "400", "unreachable"),
    ("telegram", 400, telegram_error(400, "Bad Request: message is too long"), "400", "too_long"),
    ("telegram", 400, telegram_error(400, "Bad Request: something new"), "400", "invalid"),
    ("telegram", 401, telegram_error(401, "Unauthorized"), "401", "token_rejected"),
    ("telegram", 404, telegram_error(404, "Not Found"), "404", "token_rejected"),
]


@pytest.mark.parametrize(("name", "status", "answer", "code", "reason"), REFUSALS)
def test_a_refusal_for_good(
    name: str, status: int, answer: dict[str, Any], code: str, reason: str, platform: Script
) -> None:
    error = failure_of(name, platform.will(status, answer))
    assert isinstance(error, SendRejected)
    assert (error.code, error.reason) == (code, reason)
    assert len(platform.calls) == 1


USAGE = '{"100": [{"type": "messenger", "call_count": 100, "estimated_time_to_regain_access": 3}]}'
DELAYS: list[tuple[str, int, dict[str, Any], dict[str, str], float]] = [
    ("whatsapp", 400, graph_error(131056), {}, 6.0),
    ("whatsapp", 429, graph_error(130429), {}, 5.0),
    ("whatsapp", 400, graph_error(80007), {"X-Business-Use-Case-Usage": USAGE}, 180.0),
    ("whatsapp", 400, graph_error(80007), {"X-Business-Use-Case-Usage": "no json"}, 60.0),
    ("whatsapp", 500, graph_error(131000), {}, 10.0),
    ("whatsapp", 400, graph_error(987, is_transient=True), {}, 10.0),
    ("whatsapp", 400, graph_error(131049), {}, 86_400.0),
    ("messenger", 400, graph_error(613), {}, 60.0),
    ("messenger", 400, graph_error(4), {"X-Business-Use-Case-Usage": USAGE}, 180.0),
    ("messenger", 400, graph_error(100, 2018294), {}, 10.0),
    ("messenger", 429, {}, {}, 60.0),
    ("instagram", 400, graph_error(80002), {}, 60.0),
    ("instagram", 503, {}, {}, 10.0),
    ("telegram", 429, telegram_error(429, "Too Many Requests", retry_after=17), {}, 17.0),
    ("telegram", 429, telegram_error(429, "Too Many Requests"), {"Retry-After": "9"}, 9.0),
    ("telegram", 429, telegram_error(429, "Too Many Requests", retry_after="soon"), {}, 5.0),
    ("telegram", 429, telegram_error(429, "Too Many Requests", retry_after=10**6), {}, 86_400.0),
    ("telegram", 500, telegram_error(500, "Internal Server Error"), {}, 10.0),
]


@pytest.mark.parametrize("status", [500, 502, 504])
@pytest.mark.parametrize("name", CHANNELS)
def test_a_gateway_that_gives_up_on_the_platform_leaves_the_outcome_unknown(
    name: str, status: int, platform: Script
) -> None:
    error = failure_of(name, platform.will(status, {}))
    assert isinstance(error, OutcomeUnknown)
    assert len(platform.calls) == 1


@pytest.mark.parametrize(("name", "status", "answer", "headers", "after_s"), DELAYS)
def test_a_refusal_for_now_says_when_to_try_again(
    name: str, status: int, answer: dict[str, Any], headers: dict[str, str], after_s: float, platform: Script
) -> None:
    error = failure_of(name, platform.will(status, answer, headers))
    assert isinstance(error, RetryLater)
    assert error.after_s == after_s
    assert len(platform.calls) == 1


@pytest.mark.parametrize("name", CHANNELS)
def test_where_nobody_listens_nothing_was_sent(name: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(NotSent):
            channel_at(name, url).send(message_to(name), connection_of(name))


@pytest.mark.parametrize("name", CHANNELS)
def test_a_call_that_was_hung_up_may_have_arrived(name: str, platform: Script) -> None:
    assert isinstance(failure_of(name, platform.will(200, {}, how="drop")), OutcomeUnknown)
    assert len(platform.calls) == 1


@pytest.mark.parametrize("name", CHANNELS)
def test_a_call_without_an_answer_in_time_may_have_arrived(
    name: str, platform: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.will(200, {}, how="hang")
    channel = channel_at(name, platform.url)
    monkeypatch.setattr(requests.Session, "request", _impatient(requests.Session.request))
    with pytest.raises(OutcomeUnknown):
        channel.send(message_to(name), connection_of(name))


def _impatient(request: Any) -> Any:
    """The real call with a deadline of 0.3 s."""

    def hurried(*args: Any, **more: Any) -> Any:
        return request(*args, **more | {"timeout": (0.3, 0.3)})

    return hurried


CERTIFICATE = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"
FAULTS = [
    (requests.ConnectTimeout("no connection in time"), NotSent),
    (requests.ConnectionError(NewConnectionError(None, "unresolved")), NotSent),
    (requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(CERTIFICATE))), NotSent),
    (requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError("eof"))), OutcomeUnknown),
    (requests.ReadTimeout("no answer in time"), OutcomeUnknown),
    (requests.ConnectionError("hung up"), OutcomeUnknown),
    (requests.exceptions.ChunkedEncodingError("half an answer"), OutcomeUnknown),
    (requests.exceptions.InvalidHeader("a line break"), SendRejected),
]


@pytest.mark.parametrize(("fault", "outcome"), FAULTS)
def test_a_fault_before_the_first_byte_is_told_apart_from_one_after_it(
    fault: Exception, outcome: type[SendError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **more: Any) -> Any:
        raise fault

    monkeypatch.setattr(requests.Session, "request", fail)
    with pytest.raises(outcome):
        channel_at("whatsapp", "http://127.0.0.1:9").send(message_to("whatsapp"), connection_of("whatsapp"))


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"ok": true, "messages": []}', b"\xff"])
def test_a_success_that_can_not_be_read_may_have_arrived(name: str, answer: bytes, platform: Script) -> None:
    assert isinstance(failure_of(name, platform.will(200, answer)), OutcomeUnknown)


@pytest.mark.parametrize("name", CHANNELS)
def test_no_error_holds_the_token_or_the_text(
    name: str, platform: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    platform.will(200, {}, how="drop").will(400, graph_error(100)).will(200, b"<html>")
    channel, connection = channel_at(name, platform.url), connection_of(name)
    for _ in range(3):
        with pytest.raises(SendError) as caught:
            channel.send(message_to(name), connection)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        assert TOKEN not in str(caught.value) + repr(caught.value)
        assert "blue" not in str(caught.value)
    assert TOKEN not in caplog.text + repr(connection) + repr(channel)


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("token", ["", "line\nbreak", "ä", "1/../2", "\ud800"])
def test_a_token_that_no_call_can_carry_is_refused(name: str, token: str, platform: Script) -> None:
    platform.will(401, graph_error(190) if name != "telegram" else telegram_error(401, "Unauthorized"))
    with pytest.raises(SendRejected):
        channel_at(name, platform.url).send(message_to(name), connection_of(name, token))
    assert all(call.path == PATHS[name] for call in platform.calls)


@pytest.mark.parametrize("name", CHANNELS)
def test_connections_are_kept_open_between_messages_and_not_after_a_pause(
    name: str, platform: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.will(200, SENT[name])
    channel = channel_at(name, platform.url)
    for _ in range(3):
        channel.send(message_to(name), connection_of(name))
    assert platform.connections == 1
    monkeypatch.setattr(http, "IDLE_S", -1.0)
    channel.send(message_to(name), connection_of(name))
    assert platform.connections == 2


PROFILES = [
    ("messenger", {"first_name": "Ann", "locale": "pt_BR", "id": "65432"}, Profile("Ann", "pt_BR")),
    ("messenger", {"id": "65432"}, Profile()),
    ("instagram", {"name": "Ann", "id": "12549"}, Profile("Ann")),
    ("instagram", {"username": "ann_e", "id": "12549"}, Profile()),
]


@pytest.mark.parametrize(("name", "answer", "expected"), PROFILES)
def test_a_profile_is_what_the_platform_tells(
    name: str, answer: dict[str, str], expected: Profile, platform: Script
) -> None:
    platform.will(200, answer)
    assert channel_at(name, platform.url).profile(SHOPPERS[name], connection_of(name)) == expected


def test_no_shoppers_id_can_change_what_is_asked(platform: Script) -> None:
    platform.will(200, {"first_name": "Ann"})
    channel_at("messenger", platform.url).profile(Address("psid", "../me?x"), connection_of("messenger"))
    assert platform.calls[0].path == "/v25.0/..%2Fme%3Fx"


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize(("how", "status"), [("drop", 0), ("answer", 400), ("answer", 500), ("answer", 200)])
def test_no_profile_is_no_trouble(name: str, how: str, status: int, platform: Script) -> None:
    platform.will(status, graph_error(100, 2018218) if status != 200 else b"<html>", how=how)
    assert channel_at(name, platform.url).profile(SHOPPERS[name], connection_of(name)) == Profile()


@pytest.mark.parametrize("name", ["whatsapp", "telegram"])
def test_where_names_come_with_the_messages_nobody_is_asked(name: str, platform: Script) -> None:
    channel_at(name, platform.url).profile(SHOPPERS[name], connection_of(name))
    assert platform.calls == []
