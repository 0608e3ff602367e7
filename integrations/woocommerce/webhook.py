"""Who is calling, and what one call holds: one thing of the shop, as it is in this moment.

Source: github.com/woocommerce/woocommerce (plugins/woocommerce/includes/class-wc-webhook.php),
woocommerce.github.io/woocommerce-rest-api-docs (webhooks)
"""

import hmac
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from chalicelib.domain.events import Piece
from chalicelib.ports.errors import InvalidSignature
from integrations.reading import identifier, mapping, text_of
from integrations.woocommerce.addresses import site_of

SIGNATURE: Final = "x-wc-webhook-signature"
TOPIC: Final = "x-wc-webhook-topic"
SOURCE: Final = "x-wc-webhook-source"
# The same for all deliveries of one webhook in one second: nothing is told apart by it.
DELIVERY: Final = "x-wc-webhook-delivery-id"
# A topic of our own, which no shop sends.
SELF_TEST: Final = "parley.test"
_PING: Final = re.compile(rb"webhook_id=[0-9]{1,20}")
_LONGEST: Final = 300


def is_ping(headers: Mapping[str, str], body: bytes) -> bool:
    """What comes with a new webhook: a form with its number, without topic or signature. The shop wants 200
    for it, and nothing else."""
    return SIGNATURE not in headers and TOPIC not in headers and bool(_PING.fullmatch(body.strip()))


def signature(body: bytes, secret: str) -> str:
    key = secret.encode("utf-8", "surrogatepass")
    return b64encode(hmac.new(key, body, sha256).digest()).decode()


def verify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> None:
    """Raise InvalidSignature unless one of the secrets has signed exactly these bytes."""
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogatepass")
    is_known = False
    for secret in secrets:
        is_known |= hmac.compare_digest(given, signature(body, secret).encode()) and secret != ""
    if not is_known:
        raise InvalidSignature


def framed(headers: Mapping[str, str], body: bytes) -> bytes:
    """The body stays as it came: what is no JSON makes no JSON of the whole, and is kept as it is."""
    told = {
        "topic": headers.get(TOPIC, "")[:_LONGEST],
        "source": headers.get(SOURCE, "")[:_LONGEST],
        "delivery": headers.get(DELIVERY, "")[:_LONGEST],
    }
    return json.dumps(told)[:-1].encode() + b', "resource": ' + body + b"}"


def cut(body: Mapping[str, Any], own: str) -> list[Piece]:
    """The one event. Its account is the shop that the call names: a copy of a shop on another address brings
    the webhooks of the first one along, with their secrets."""
    return [Piece(_account_of(body, own), _address_of(body), body)]


def self_test(account: str, secrets: Sequence[str], nonce: str) -> tuple[Mapping[str, str], bytes]:
    """A call that only who knows the secret can make."""
    body = json.dumps({"nonce": nonce}).encode()
    headers = {"content-type": "application/json", TOPIC: SELF_TEST, SOURCE: account}
    return headers | {SIGNATURE: signature(body, next(iter(secrets), ""))}, body


def _account_of(body: Mapping[str, Any], own: str) -> str:
    source = identifier(body.get("source"))
    return site_of(source, own) or source


def _address_of(body: Mapping[str, Any]) -> str:
    topic = text_of(body.get("topic"))
    number = identifier(mapping(body.get("resource")).get("id"))
    return f"order {number}" if topic.startswith("order.") and number else ""
