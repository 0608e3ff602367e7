"""Shopify's webhooks: signed, tried eight times, and no longer sent once one has failed that often.

Source: shopify.dev/docs/apps/build/webhooks/delivery-structure,
shopify.dev/docs/apps/build/webhooks/troubleshooting-webhooks
"""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from . import ids
from .delivery import dumps
from .shopify_bodies import next_id, public, stamp
from .state import Account, Json
from .targets import Nowhere, Target

TRIES: Final = 8
VERSION: Final = "2026-10"
# After a secret was changed, the old one signs for so long.
OLD_SECRET_S: Final = 3600.0
# What an app has to take by law is set in the app, not by call.
BY_LAW: Final = ("customers/data_request", "customers/redact", "shop/redact")


@dataclass(frozen=True)
class ShopifyTarget(Target):
    """told: the headers of this delivery, the same at each try."""

    tries: int = TRIES
    told: Mapping[str, str] = field(default_factory=dict)

    def content(self, body: Json) -> bytes:
        return dumps(public(body["payload"]))

    def headers(self, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": "Shopify-Captain-Hook",
            "X-Shopify-Hmac-Sha256": signature(body, self.secret),
            **self.told,
        }

    def is_taken(self, status: int) -> bool:
        return 200 <= status < 300


def signature(body: bytes, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def target(account: Account, topic: str, body: Json, now: float) -> ShopifyTarget:
    """body: of a delivery; without, the first subscription to the topic, or to anything. Raises Nowhere."""
    if body:
        uri, told = body["uri"], body["headers"]
    else:
        uri = next((one["uri"] for one in concerned(account, topic)), "")
        told = headers(account, topic or "orders/updated", event_id=str(uuid.uuid4()), at=now)
    if not uri:
        raise Nowhere(f"no webhook is subscribed to {topic or 'any topic'}")
    if body.get("subscription") and body["subscription"] not in account.shop["subscriptions"]:
        raise Nowhere(f"the subscription to {topic} was taken away")
    return ShopifyTarget(uri, account.channel, secret_of(account, now), told=told)


def secret_of(account: Account, now: float) -> str:
    """What signs at this moment."""
    changed_at = account.shop.get("secret_changed_at", 0.0)
    is_old = bool(changed_at) and now - changed_at < OLD_SECRET_S
    return str(account.shop["former_secret"] if is_old else account.shop["secret"])


def headers(account: Account, topic: str, event_id: str, at: float) -> Json:
    """webhook id: of a delivery and its repetitions; event id: of all deliveries of one event. The one
    prefix or, where the account was made with `unprefixed`, the other."""
    prefix = "Shopify" if account.shop.get("unprefixed") else "X-Shopify"
    told = {
        "Topic": topic,
        "Shop-Domain": account.id,
        "API-Version": VERSION,
        "Webhook-Id": str(uuid.uuid4()),
        "Event-Id": event_id,
        "Triggered-At": stamp(at),
    }
    return {f"{prefix}-{name}": value for name, value in told.items()}


def concerned(account: Account, topic: str) -> list[Json]:
    """The subscriptions to a topic; those by law go where the first of the others went."""
    found = list(account.shop["subscriptions"].values())
    if topic in BY_LAW:
        uri = account.shop.get("by_law_uri", "")
        return [{"id": "", "topic": topic, "uri": uri}] if uri else []
    return [one for one in found if topic in ("", one["topic"])]


def deliveries_of(account: Account, topic: str, payload: Json, now: float) -> list[Json]:
    """A body for each subscription, with what its headers tell."""
    event_id = str(uuid.uuid4())
    return [
        {
            "subscription": one["id"],
            "uri": one["uri"],
            "headers": headers(account, topic, event_id, now),
            "payload": payload,
        }
        for one in concerned(account, topic)
    ]


def add(account: Account, topic: str, uri: str, now: float) -> Json | None:
    """None where there is just this one already."""
    kept = account.shop["subscriptions"]
    if any((one["topic"], one["uri"]) == (topic, uri) for one in kept.values()):
        return None
    gid = f"gid://shopify/WebhookSubscription/{next_id(account)}"
    kept[gid] = {"id": gid, "topic": topic, "uri": uri, "created_at": stamp(now)}
    account.shop.setdefault("by_law_uri", uri)
    return dict(kept[gid])


def new_secret() -> str:
    return f"shpss_{ids.hex_id(32)}"
