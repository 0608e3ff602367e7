"""A test event of our own reaches our public address as a channel's would; a fault comes back as a word."""

import socket

import pytest
from scripted_platform import Script

from integrations.self_test import call_ourselves


def test_the_body_arrives_byte_for_byte_with_its_signature(platform: Script) -> None:
    platform.will(200, {})
    headers = {"content-type": "application/json", "x-hub-signature-256": "sha256=00"}
    assert call_ourselves(f"{platform.url}/webhooks/whatsapp/cn_1", headers, b'{"a": "b"}') == "200"
    (call,) = platform.calls
    assert (call.method, call.path, call.body) == ("POST", "/webhooks/whatsapp/cn_1", {"a": "b"})
    assert call.headers["x-hub-signature-256"] == "sha256=00"


@pytest.mark.parametrize("status", [301, 403, 503])
def test_what_the_address_answers_is_told_and_no_redirect_is_followed(platform: Script, status: int) -> None:
    platform.will(status, {}, {"Location": f"{platform.url}/elsewhere"})
    assert call_ourselves(f"{platform.url}/webhooks/x", {}, b"{}") == str(status)
    assert len(platform.calls) == 1


def test_an_address_where_nobody_listens_is_named_by_the_fault() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/webhooks/x"
        assert call_ourselves(url, {}, b"{}") == "ConnectionError"


def test_an_address_that_hangs_up_is_named_by_the_fault(platform: Script) -> None:
    platform.will(200, {}, how="drop")
    assert call_ourselves(f"{platform.url}/webhooks/x", {}, b"{}") == "ConnectionError"


def test_an_address_that_never_answers_is_not_waited_for(platform: Script) -> None:
    platform.will(200, {}, how="hang")
    assert call_ourselves(f"{platform.url}/webhooks/x", {}, b"{}", within=(1.0, 0.05)) == "ReadTimeout"


@pytest.mark.parametrize("url", ["", "parley.example", "http://", "nonsense://x"])
def test_an_address_that_is_none_is_named_by_the_fault(url: str) -> None:
    assert call_ourselves(url, {}, b"{}").isidentifier()
