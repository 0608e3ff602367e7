"""Who is calling, and how a call is cut: `{"loft": "77", "events": [{"kind": "letter", …}, …]}`."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Piece, Unsplittable
from chalicelib.ports.errors import InvalidSignature
from integrations.reading import gathered, identifier, mapping

SEAL: Final = "x-pigeon-seal"
SELF_TEST: Final = "parley_test"


def verify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
    """Raise InvalidSignature unless one of the secrets made the seal."""
    given = headers.get(SEAL, "").encode("utf-8", "surrogatepass")
    is_sealed = False
    for secret in secrets:
        is_sealed |= hmac.compare_digest(given, seal(body, secret).encode()) and secret != ""
    if not is_sealed:
        raise InvalidSignature


def seal(body: bytes, secret: str) -> str:
    return hmac.new(secret.encode("utf-8", "surrogatepass"), body, hashlib.sha256).hexdigest()


def cut(body: Mapping[str, Any]) -> list[Piece]:
    """One piece for each event. Raises Unsplittable."""
    loft, events = identifier(body.get("loft")), body.get("events")
    if not loft or not isinstance(events, list) or not events:
        raise Unsplittable("the body is no call of the pigeon post")
    return gathered(Piece(loft, shopper_of(event), {**body, "events": [event]}) for event in events)


def shopper_of(event: Any) -> str:
    """The shopper's ring: they write, are written to, or put up a net."""
    names = ("from", "to", "who")
    return next((found for name in names if (found := identifier(mapping(event).get(name)))), "")


def self_test(connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
    """A call of our own, of a kind that the post does not have."""
    events = [{"kind": SELF_TEST, "nonce": nonce}]
    body = json.dumps({"loft": connection.account, "events": events}).encode()
    secret = next(iter(connection.signing_secrets), "")
    return {"content-type": "application/json", SEAL: seal(body, secret)}, body
