"""Who is calling, and what one call holds: one event, of which half stands in the headers.

The names of headers begin with `X-Shopify-`, or with `Shopify-` where the event comes by the newer way.
Source: shopify.dev/docs/apps/build/webhooks/verify-deliveries,
shopify.dev/docs/apps/build/webhooks/delivery-structure
"""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalicelib.domain.events import Piece
from chalicelib.ports.errors import InvalidSignature
from integrations.reading import identifier, mapping, text_of

SIGNATURE: Final = "hmac-sha256"
# An event of our own, which no shop can get from Shopify.
SELF_TEST: Final = "parley/self_test"
# What a header is called, without its prefix -> as it stands beside the body.
_TOLD: Final = {
    "topic": "topic",
    "shop-domain": "shop",
    "webhook-id": "delivery",
    "event-id": "event",
    "api-version": "version",
    "triggered-at": "triggered_at",
}
_LONGEST: Final = 255
# The resource of a topic -> what an event's neighbours are, and which field names them. Events of one order
# stay in order, and those of one cart.
_NEIGHBOURS: Final = {
    "checkouts": ("cart", "token"),
    "carts": ("cart", "token"),
    "orders": ("order", "id"),
    "fulfillments": ("order", "order_id"),
    "refunds": ("order", "order_id"),
}


def verify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
    """Raise InvalidSignature unless one of the secrets made the HMAC-SHA256 of exactly these bytes.

    After an app's secret was changed, the old one signs for up to an hour: any of them will do.
    """
    given = _header(headers, SIGNATURE).strip().encode("utf-8", "surrogatepass")
    is_signed = False
    for secret in secrets:
        is_signed |= hmac.compare_digest(sign(body, secret).encode(), given) and secret != ""
    if not is_signed:
        raise InvalidSignature


def sign(body: bytes, secret: str) -> str:
    """The header that Shopify would send with this body."""
    made = hmac.new(secret.encode("utf-8", "surrogatepass"), body, hashlib.sha256)
    return b64encode(made.digest()).decode()


def framed(headers: Mapping[str, str], body: bytes) -> bytes:
    """The body as it came, within an object that tells what the headers did: cheap, and nothing is lost."""
    told = {name: _header(headers, header)[:_LONGEST] for header, name in _TOLD.items()}
    return json.dumps(told)[:-1].encode() + b', "body": ' + body + b"}"


def cut(frame: Mapping[str, Any]) -> list[Piece]:
    """The one event. Its account is the shop's domain: one app, with one secret, may be in many shops."""
    resource = topic_of(frame).partition("/")[0]
    kind, field = _NEIGHBOURS.get(resource, ("", ""))
    named = identifier(mapping(frame.get("body")).get(field)) if kind else ""
    shop = text_of(frame.get("shop"), _LONGEST).lower()
    return [Piece(shop, identifier(f"{kind} {named}") if named else "", frame)]


def topic_of(frame: Mapping[str, Any]) -> str:
    """What has happened, such as `orders/create`."""
    return text_of(frame.get("topic"), 64).lower()


def self_test(shop: str, secrets: Sequence[str], nonce: str) -> tuple[Mapping[str, str], bytes]:
    """A call that only who knows the secret can make, on a topic that Shopify does not have."""
    body = json.dumps({"nonce": nonce}).encode()
    headers = {
        "content-type": "application/json",
        "x-shopify-topic": SELF_TEST,
        "x-shopify-shop-domain": shop,
        f"x-shopify-{SIGNATURE}": sign(body, next(iter(secrets), "")),
    }
    return headers, body


def _header(headers: Mapping[str, str], name: str) -> str:
    return headers.get(f"x-shopify-{name}") or headers.get(f"shopify-{name}") or ""
