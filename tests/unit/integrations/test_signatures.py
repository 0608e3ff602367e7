"""Nobody gets in without the channel's own signature, and a bad one is refused in one way only."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import InvalidSignature
from integrations.meta.signature import sign
from integrations.registry import CHANNELS, BaseUrls

META = ("whatsapp", "messenger", "instagram")
SECRET = "0123456789abcdef0123456789abcdef"
BODY = b'{"object":"page","entry":[{"text":"\\u00e4 \\/"}]}'
HEADER = {"telegram": "x-telegram-bot-api-secret-token"}


def channel_of(name: str) -> Channel:
    return CHANNELS[name](BaseUrls())


def header_of(name: str, body: bytes = BODY, secret: str = SECRET) -> dict[str, str]:
    return {HEADER[name]: secret} if name == "telegram" else {"x-hub-signature-256": sign(body, secret)}


@pytest.mark.parametrize("name", CHANNELS)
def test_a_signed_body_is_let_in_with_any_of_the_secrets(name: str) -> None:
    channel_of(name).verify(header_of(name), BODY, ["another", SECRET])


def test_the_signature_is_the_documented_one() -> None:
    expected = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    assert sign(BODY, SECRET) == f"sha256={expected}"


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("secrets", [[], [""], ["another"], [SECRET + "x"], [SECRET.upper()]])
def test_no_other_secret_opens(name: str, secrets: list[str]) -> None:
    with pytest.raises(InvalidSignature):
        channel_of(name).verify(header_of(name), BODY, secrets)


@pytest.mark.parametrize("name", META)
def test_an_empty_secret_never_signs(name: str) -> None:
    with pytest.raises(InvalidSignature):
        channel_of(name).verify(header_of(name, secret=""), BODY, [""])


def test_an_empty_telegram_header_never_matches() -> None:
    with pytest.raises(InvalidSignature):
        channel_of("telegram").verify({HEADER["telegram"]: ""}, BODY, [""])


@pytest.mark.parametrize("name", META)
@pytest.mark.parametrize("body", [BODY + b" ", BODY.replace(b"\\u00e4", "ä".encode()), b"", b"\xff\xfe"])
def test_one_changed_byte_closes(name: str, body: bytes) -> None:
    with pytest.raises(InvalidSignature):
        channel_of(name).verify(header_of(name), body, [SECRET])


@pytest.mark.parametrize("name", META)
def test_the_header_must_be_written_as_meta_writes_it(name: str) -> None:
    good = sign(BODY, SECRET)
    for bad in (
        good.upper(),
        good[7:],
        good + "\n",
        " " + good,
        good.replace("sha256", "sha1"),
        good[:-1],
        "ä",
    ):
        with pytest.raises(InvalidSignature):
            channel_of(name).verify({"x-hub-signature-256": bad}, BODY, [SECRET])


@pytest.mark.parametrize("name", CHANNELS)
@given(value=st.text(), body=st.binary(), secret=st.text(st.characters(exclude_categories=[])))
def test_whatever_the_header_holds_it_is_refused_and_no_more(
    name: str, value: str, body: bytes, secret: str
) -> None:
    header = HEADER.get(name, "x-hub-signature-256")
    for headers in ({}, {header: value}):
        with pytest.raises(InvalidSignature):
            channel_of(name).verify(headers, body, [secret + "#" + value])


ASKED = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "known"}


@pytest.mark.parametrize("name", META)
def test_the_handshake_answers_the_challenge_to_who_knows_the_token(name: str) -> None:
    assert channel_of(name).handshake(ASKED, "known") == "1158201444"


@pytest.mark.parametrize("name", META)
@pytest.mark.parametrize(
    ("query", "token"),
    [
        ({}, "known"),
        (ASKED, "other"),
        (ASKED | {"hub.verify_token": "Known"}, "known"),
        (ASKED | {"hub.verify_token": "ä\ud800"}, "known"),
        (ASKED | {"hub.mode": "unsubscribe"}, "known"),
        (ASKED | {"hub.verify_token": ""}, ""),
        ({"hub.mode": "subscribe", "hub.verify_token": "known"}, "known"),
    ],
)
def test_the_handshake_is_refused_otherwise(name: str, query: dict[str, str], token: str) -> None:
    assert channel_of(name).handshake(query, token) is None


def test_telegram_has_no_handshake() -> None:
    assert channel_of("telegram").handshake(ASKED, "known") is None
