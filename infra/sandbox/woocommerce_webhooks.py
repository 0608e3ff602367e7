"""WooCommerce's webhooks: signed, never repeated, and switched off after six failures in a row.

Source: github.com/woocommerce/woocommerce (plugins/woocommerce/includes/class-wc-webhook.php)
"""

import base64
import hashlib
import hmac
import html
import re
import time
from dataclasses import dataclass
from typing import Any, Final

import requests

from .delivery import Delivery, dumps
from .graph_apps import is_callback
from .outward import fetch
from .state import Account, Json
from .targets import Nowhere, Target
from .woocommerce_orders import dated, next_id, shown

# It is switched off by the failure that finds more than so many before it.
MOST_FAILURES: Final = 5
PING_WITHIN_S: Final = 5.0
AGENT: Final = "WooCommerce/10.3.5 Hookshot (WordPress/6.8.3)"
_TOPIC: Final = re.compile(
    r"(coupon|customer|order|product)\.(created|updated|deleted|restored)|product\.published|action\.\w+"
)


@dataclass(frozen=True)
class WooTarget(Target):
    """payload: what is sent, made when it is sent."""

    tries: int = 1
    payload: bytes = b""
    topic: str = ""
    webhook_id: int = 0
    source: str = ""

    def content(self, body: Json) -> bytes:
        return self.payload

    def headers(self, body: bytes) -> dict[str, str]:
        resource, _, event = self.topic.partition(".")
        return {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "X-WC-Webhook-Source": f"{self.source}/",
            "X-WC-Webhook-Topic": self.topic,
            "X-WC-Webhook-Resource": resource,
            "X-WC-Webhook-Event": event,
            "X-WC-Webhook-Signature": signature(body, self.secret),
            "X-WC-Webhook-ID": str(self.webhook_id),
            "X-WC-Webhook-Delivery-ID": delivery_id(self.webhook_id, time.time()),
        }

    def is_taken(self, status: int) -> bool:
        return 200 <= status < 303


def signature(body: bytes, secret: str) -> str:
    """The secret is read with its entities decoded."""
    key = html.unescape(secret).encode()
    return base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode()


def delivery_id(webhook_id: int, at: float) -> str:
    """The same for all deliveries of a webhook within one second."""
    return hashlib.md5(f"{webhook_id}{int(at)}".encode(), usedforsecurity=False).hexdigest()


def target(account: Account, topic: str, body: Json) -> WooTarget:
    """body: `webhook` and `order` (or `payload`, as it is) of a delivery; without, the first webhook of the
    topic. Raises Nowhere."""
    webhooks = account.shop["webhooks"]
    if body:
        webhook = webhooks.get(str(body["webhook"]))
    else:
        webhook = next((one for one in webhooks.values() if topic in ("", one["topic"])), None)
    if webhook is None:
        raise Nowhere(f"no webhook is registered for {topic or 'any topic'}")
    if webhook["status"] != "active":
        raise Nowhere(f"the webhook {webhook['id']} is {webhook['status']}")
    return WooTarget(
        webhook["delivery_url"],
        account.channel,
        webhook["secret"],
        payload=dumps(_payload(account, webhook["topic"], body)),
        topic=webhook["topic"],
        webhook_id=webhook["id"],
        source=account.id,
    )


def concerned(account: Account, topic: str) -> list[int]:
    """The webhooks that hear of a topic."""
    webhooks = account.shop["webhooks"].values()
    return [one["id"] for one in webhooks if one["topic"] == topic and one["status"] == "active"]


def succeeded(account: Account, delivery: Delivery) -> None:
    webhook = account.shop["webhooks"].get(str(delivery.body["webhook"]))
    if webhook:
        webhook["failure_count"] = 0


def failed(account: Account, delivery: Delivery) -> None:
    webhook = account.shop["webhooks"].get(str(delivery.body["webhook"]))
    if webhook and webhook["failure_count"] > MOST_FAILURES:
        webhook["status"] = "disabled"
    elif webhook:
        webhook["failure_count"] += 1


def problem(given: Json) -> tuple[str, str] | None:
    """Code and message of why a webhook can't be made of this, None where it can."""
    if missing := [name for name in ("topic", "delivery_url") if name not in given]:
        return "rest_missing_callback_param", f"Missing parameter(s): {', '.join(missing)}"
    if not _TOPIC.fullmatch(str(given["topic"])):
        return "woocommerce_rest_webhook_invalid_topic", "Webhook topic must be valid."
    if not is_callback(str(given["delivery_url"])):
        return (
            "woocommerce_rest_webhook_invalid_delivery_url",
            "Webhook delivery URL must be a valid URL starting with http:// or https://.",
        )
    return None


def added(account: Account, given: Json, now: float) -> Json:
    webhook: Json = {
        "id": next_id(account),
        "name": str(given.get("name") or "Webhook created by API"),
        "status": given.get("status", "active"),
        "topic": str(given["topic"]),
        "delivery_url": str(given["delivery_url"]),
        "secret": str(given.get("secret") or "the user's own"),
        "failure_count": 0,
        **dated("date_created", now),
        **dated("date_modified", now),
    }
    account.shop["webhooks"][str(webhook["id"])] = webhook
    return webhook


def told(webhook: Json) -> Json:
    """What the API tells of one: never its secret, nor how often it failed."""
    resource, _, event = webhook["topic"].partition(".")
    shown_ = {name: value for name, value in webhook.items() if name not in ("secret", "failure_count")}
    return shown_ | {"resource": resource, "event": event, "hooks": [f"woocommerce_{event}_{resource}"]}


def ping(webhook: Json) -> int:
    """The call that comes with a new webhook: unsigned, a form. The status, 0 where nobody answered."""
    headers = {"User-Agent": AGENT}
    try:
        answer = fetch(
            "POST",
            webhook["delivery_url"],
            PING_WITHIN_S,
            data={"webhook_id": str(webhook["id"])},
            headers=headers,
        )
    except requests.RequestException:
        return 0
    return answer.status_code


def _payload(account: Account, topic: str, body: Json) -> Any:
    """The order as it is now; of what was deleted no more than its id."""
    if not body or "payload" in body:
        return body.get("payload", {})
    order = account.shop["orders"].get(str(body["order"]))
    if topic == "order.deleted" or order is None:
        return {"id": body["order"]}
    return shown(order)
