"""What leaves for a platform, and what becomes of it when the answer is late, cut off or unreadable."""

import hashlib
import hmac
import logging
import socket
from dataclasses import replace
from typing import Any

import pytest
import requests
from outgoing import (
    IDS,
    PATHS,
    SENT,
    SHOPPERS,
    TOKEN,
    channel_at,
    connection_of,
    failure_of,
    graph_error,
    message_to,
    send,
    telegram_error,
)
from scripted_platform import Script
from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

from chalicelib.domain.events import Address
from chalicelib.ports.channel import Profile
from chalicelib.ports.errors import NotSent, OutcomeUnknown, SendError, SendRejected
from integrations import http
from integrations.registry import CHANNELS


@pytest.mark.parametrize("name", CHANNELS)
def test_a_message_is_sent_and_its_id_comes_back(name: str, platform: Script) -> None:
    platform.will(200, SENT[name])
    assert send(name, platform) == IDS[name]
    (call,) = platform.calls
    assert call.method == "POST"
    assert call.headers["content-type"] == "application/json"
    if name != "telegram":
        assert call.headers["authorization"] == f"Bearer {TOKEN}"
        assert call.params == {}


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


@pytest.mark.parametrize("status", [500, 502, 504])
@pytest.mark.parametrize("name", CHANNELS)
def test_a_gateway_that_gives_up_on_the_platform_leaves_the_outcome_unknown(
    name: str, status: int, platform: Script
) -> None:
    error = failure_of(name, platform.will(status, {}))
    assert isinstance(error, OutcomeUnknown)
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
