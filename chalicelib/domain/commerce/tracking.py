"""What stands in the address of an order's page: which order it is, and proof that we have made it.

A token is base64url of 13 bytes of the merchant's id, 13 of the connection's, the order's own id, and the
first 12 bytes of an HMAC-SHA256 over them with a key that only this merchant's links have. It names nobody,
and nobody can make up another.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from chalicelib.domain.ids import PACKED_BYTES, packed, unpacked

LONGEST: Final = 1200  # characters
_MAC_BYTES: Final = 12
_MEANS: Final = b"parley order page 1:"


@dataclass(frozen=True, slots=True)
class Tracked:
    """Which order a token names. Whether it is proven is for `is_proven`."""

    merchant_id: str
    connection_id: str
    order_id: str
    mac: bytes


def token_for(key: bytes, merchant_id: str, connection_id: str, order_id: str) -> str:
    """The same each time. '' where the ids are not of our making."""
    said = _said(merchant_id, connection_id, order_id)
    return urlsafe_b64encode(said + _mac(key, said)).decode().rstrip("=") if said else ""


def read_token(token: str) -> Tracked | None:
    """What a token says, proven or not; None for what is none."""
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        order_id = raw[2 * PACKED_BYTES : -_MAC_BYTES].decode()
    except ValueError:
        return None
    merchant, connection = unpacked(raw[:PACKED_BYTES]), unpacked(raw[PACKED_BYTES : 2 * PACKED_BYTES])
    # One token, one spelling: base64 reads over letters that it does not know.
    is_whole = urlsafe_b64encode(raw).decode().rstrip("=") == token
    if not (is_whole and order_id and merchant and connection):
        return None
    return Tracked(f"mt_{merchant}", f"cn_{connection}", order_id, raw[-_MAC_BYTES:])


def is_proven(key: bytes, tracked: Tracked) -> bool:
    """Whether the token was made with this key."""
    said = _said(tracked.merchant_id, tracked.connection_id, tracked.order_id)
    return bool(said) and hmac.compare_digest(tracked.mac, _mac(key, said))


def _said(merchant_id: str, connection_id: str, order_id: str) -> bytes:
    ids = [packed(merchant_id.removeprefix("mt_")), packed(connection_id.removeprefix("cn_"))]
    whole = b"".join(ids) + order_id.encode()
    return whole if all(ids) and order_id else b""


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, _MEANS + said, sha256).digest()[:_MAC_BYTES]
