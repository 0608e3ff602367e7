"""What Meta sends when the person who connected an account takes that back, or wants their data deleted.

A form with one field, `signed_request`: a signature and a payload, both base64url without padding, with a dot
between them. The signature is HMAC-SHA256 over the payload as it is encoded, keyed with an app's secret.

Source: developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback,
developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow (deauthorize callback)
"""

import binascii
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qs

from chalicelib.domain.taking_back import SignedWish
from chalicelib.ports.errors import InvalidSignature
from integrations.reading import Malformed, identifier, mapping, seconds

_LONGEST: Final = 10_000
_ALGORITHM: Final = "HMAC-SHA256"


class NoSignedRequest(Exception):
    """There is no signed request, or it can't be read."""


def signed_wish(body: bytes, secrets: Sequence[str]) -> SignedWish:
    """Raises NoSignedRequest, or InvalidSignature unless one of `secrets` has signed it. Takes as long for
    each secret."""
    signature, encoded = _parts(body)
    given = _decoded(signature)
    payload = _payload(_decoded(encoded))
    made = [(one, hmac.new(one.encode(), encoded.encode(), sha256).digest()) for one in secrets if one]
    right = [secret for secret, expected in made if hmac.compare_digest(expected, given)]
    if not right:
        raise InvalidSignature
    user_id = identifier(payload.get("user_id"))
    if not user_id:
        raise NoSignedRequest
    return SignedWish(user_id, f"dl_{given.hex()[:40]}", right[0], _moment(payload.get("issued_at")))


def _parts(body: bytes) -> tuple[str, str]:
    if len(body) > _LONGEST:
        raise NoSignedRequest
    try:
        form = parse_qs(body.decode("ascii"), max_num_fields=20)
    except ValueError:
        raise NoSignedRequest from None
    signature, dot, encoded = form.get("signed_request", [""])[0].partition(".")
    if not signature or not dot or not encoded:
        raise NoSignedRequest
    return signature, encoded


def _decoded(text: str) -> bytes:
    try:
        plain = text.rstrip("=").encode("ascii")
        return binascii.a2b_base64(_standard(plain), strict_mode=True)
    except ValueError:
        raise NoSignedRequest from None


def _standard(plain: bytes) -> bytes:
    """Strictly: the letters of base64url alone, and padded."""
    if b"+" in plain or b"/" in plain:
        raise ValueError("not base64url")
    return plain.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(plain) % 4)


def _payload(raw: bytes) -> Any:
    try:
        payload = mapping(json.loads(raw))
    except (ValueError, RecursionError):
        raise NoSignedRequest from None
    if str(payload.get("algorithm", "")).upper() != _ALGORITHM:
        raise NoSignedRequest
    return payload


def _moment(value: Any) -> datetime | None:
    try:
        return seconds(value)
    except Malformed:
        return None
