"""One webhook on its way to the shop, and how it is written."""

import json
from dataclasses import dataclass
from typing import Any, Final

from .state import Json

TRIES: Final = 15


@dataclass
class Delivery:
    """One webhook on its way. `state`: waiting, delivered, given up, dropped or nowhere, for `reason`."""

    id: str
    channel: str
    account: str
    lane: str
    subject: str
    body: Json
    state: str = "waiting"
    reason: str = ""
    tries: int = 0
    status: int | None = None
    at: float = 0.0
    answer: str = ""


def dumps(body: Any) -> bytes:
    r"""JSON as Meta puts it on the wire: ASCII with lowercase \u escapes, and `\/` for each slash.

    Source: developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads
    """
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def retry_delay(tries: int, channel: str = "") -> float:
    """Seconds of real time to wait after so many tries. Shopify gives up within hours, others within days."""
    longest = 0.5 if channel == "shopify" else 8.0
    return 0.0 if tries == 1 else min(longest, 0.3 * 2.0 ** (tries - 2))


def copied(delivery: Delivery, new_id: str) -> Delivery:
    """The same body in a lane of its own, so that copies arrive at the same time."""
    return Delivery(
        new_id,
        delivery.channel,
        delivery.account,
        f"copy/{new_id}",
        delivery.subject,
        delivery.body,
        at=delivery.at,
    )
