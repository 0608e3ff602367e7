"""Who is calling: the signature and the handshake that all Meta channels share.

Source: developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Final

from chalicelib.ports.errors import InvalidSignature

_SIGNATURE: Final = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)


def verify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
    """Raise InvalidSignature unless one of the secrets made the HMAC-SHA256 of exactly these bytes.

    The bytes hold Meta's own \\u escapes: parsing and writing them again before hashing breaks the signature.
    Every secret is tried, so that the time taken tells nothing.
    """
    given = _SIGNATURE.fullmatch(headers.get("x-hub-signature-256", ""))
    if given is None:
        raise InvalidSignature
    is_signed = False
    for secret in secrets:
        expected = hmac.new(as_key(secret), body, hashlib.sha256).hexdigest()
        is_signed |= hmac.compare_digest(expected, given[1]) and secret != ""
    if not is_signed:
        raise InvalidSignature


def sign(body: bytes, secret: str) -> str:
    """The header that Meta would send with this body."""
    return "sha256=" + hmac.new(as_key(secret), body, hashlib.sha256).hexdigest()


def signed(body: bytes, secrets: Sequence[str]) -> tuple[dict[str, str], bytes]:
    """A webhook call of our own making, as Meta would make it; `secrets`: the first of them signs."""
    made = sign(body, next(iter(secrets), ""))
    return {"content-type": "application/json", "x-hub-signature-256": made}, body


def handshake(query: Mapping[str, str], verify_token: str) -> str | None:
    """The challenge, when the caller knows the verify token. To be answered as plain text, never as HTML."""
    given = query.get("hub.verify_token", "")
    knows = hmac.compare_digest(as_key(given), as_key(verify_token)) and verify_token != ""
    if query.get("hub.mode") != "subscribe" or not knows:
        return None
    return query.get("hub.challenge")


def as_key(text: str) -> bytes:
    """The bytes of any text, even one that is no proper Unicode."""
    return text.encode("utf-8", "surrogatepass")
