"""What Meta signs about the person who connected an account is taken exactly as it was signed."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.ports.errors import InvalidSignature
from integrations.meta.signed_request import NoSignedRequest, signed_wish

SECRET: Final = "a secret of the app"
ISSUED_S: Final = 1793620800


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed(payload: Any, secret: str = SECRET) -> str:
    part = encoded(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
    return f"{encoded(hmac.new(secret.encode(), part.encode(), hashlib.sha256).digest())}.{part}"


def a_wish(**changes: Any) -> dict[str, Any]:
    return {"algorithm": "HMAC-SHA256", "user_id": "1001", "issued_at": ISSUED_S, **changes}


def form(text: str) -> bytes:
    return f"signed_request={quote(text)}".encode()


def test_a_wish_says_who_and_when_and_which_secret_has_signed() -> None:
    wish = signed_wish(form(signed(a_wish())), ["another", SECRET])
    assert (wish.user_id, wish.secret) == ("1001", SECRET)
    assert wish.issued_at == datetime.fromtimestamp(ISSUED_S, UTC)
    assert SECRET not in repr(wish)


@pytest.mark.parametrize("user_id", ["1001", 1001])
def test_an_id_may_be_a_number(user_id: Any) -> None:
    assert signed_wish(form(signed(a_wish(user_id=user_id))), [SECRET]).user_id == "1001"


@pytest.mark.parametrize("issued_at", [None, "soon", -1, {}])
def test_a_wish_without_a_moment_is_taken(issued_at: Any) -> None:
    assert signed_wish(form(signed(a_wish(issued_at=issued_at))), [SECRET]).issued_at is None


def test_the_same_wish_has_the_same_code_and_no_other_has() -> None:
    wishes = [a_wish(), a_wish(issued_at=ISSUED_S + 1), a_wish(user_id="1002")]
    codes = [signed_wish(form(signed(one)), [SECRET]).code for one in wishes]
    assert len(set(codes)) == 3 and all(code.isascii() and len(code) == 43 for code in codes)
    assert signed_wish(form(signed(a_wish())), [SECRET]).code == codes[0]


@pytest.mark.parametrize("secrets", [[], [""], ["another"], [f"{SECRET} "]])
def test_what_no_secret_of_ours_has_signed_is_refused(secrets: list[str]) -> None:
    with pytest.raises(InvalidSignature):
        signed_wish(form(signed(a_wish())), secrets)


def test_a_signature_of_other_words_is_refused() -> None:
    signature = signed(a_wish()).partition(".")[0]
    other = signed(a_wish(user_id="1002")).partition(".")[2]
    with pytest.raises(InvalidSignature):
        signed_wish(form(f"{signature}.{other}"), [SECRET])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"signed_request=",
        b"signed_request=.",
        form(signed(a_wish()).replace(".", "")),
        form(signed(a_wish(algorithm="HMAC-SHA1"))),
        form(signed(a_wish(algorithm=None))),
        form(signed(a_wish(user_id=""))),
        form(signed(a_wish(user_id=None))),
        form(signed(b"no JSON")),
        form(signed(b"[]")),
        form(signed(a_wish(note="x" * 20_000))),
        form(f"*{signed(a_wish())}"),
        form(f"+/{signed(a_wish())}"),
        b"signed_request=" + b"%" * 9,
        b"&".join([b"a=1"] * 100),
    ],
)
def test_what_can_not_be_read_is_none(body: bytes) -> None:
    with pytest.raises(NoSignedRequest):
        signed_wish(body, [SECRET])


@given(st.binary(max_size=200) | st.text(max_size=200).map(form))
def test_nothing_else_comes_of_anything(body: bytes) -> None:
    with pytest.raises((NoSignedRequest, InvalidSignature)):
        signed_wish(body, [SECRET])
