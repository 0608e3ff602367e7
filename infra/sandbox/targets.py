"""Where an account's webhooks go, and how they are signed."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from .delivery import TRIES, dumps
from .state import Account, App, Json, State

OBJECTS: Final = {"whatsapp": "whatsapp_business_account", "messenger": "page", "instagram": "instagram"}


class Nowhere(Exception):
    """Nothing is delivered, and this is why."""


@dataclass(frozen=True)
class Target:
    """tries: how often it is tried, the first included."""

    url: str
    channel: str
    secret: str
    tries: int = TRIES

    def content(self, body: Json) -> bytes:
        """What is sent of a delivery, as it is at this moment."""
        return dumps(body)

    def headers(self, body: bytes) -> dict[str, str]:
        """Meta signs the raw bytes; Telegram sends back the secret it was given.

        Sources: developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads,
        core.telegram.org/bots/api#setwebhook
        """
        headers = {"Content-Type": "application/json"}
        if self.channel != "telegram":
            digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
            return headers | {"X-Hub-Signature-256": f"sha256={digest}", "User-Agent": "facebookexternalua"}
        return headers | ({"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {})

    def is_taken(self, status: int) -> bool:
        return status == 200 or (self.channel == "telegram" and 200 <= status < 300)


def target(state: State, account: Account, subject: str) -> Target:
    """The callback for one webhook of this field (Meta) or update kind (Telegram). Raises Nowhere."""
    if account.subscription is None:
        raise Nowhere(_NOT_SUBSCRIBED[account.channel])
    if account.channel == "telegram":
        return _telegram(account.subscription, subject)
    app = state.apps[account.app_id]
    secret = account.instagram_app_secret or app.secret
    return Target(_meta_url(account, app, subject), account.channel, secret)


_NOT_SUBSCRIBED: Final = {
    "whatsapp": "no app is subscribed to this WhatsApp Business Account",
    "messenger": "no app is subscribed to this page",
    "instagram": "no app is subscribed to this Instagram account",
    "telegram": "no webhook is set for this bot",
}
# An override takes a number's messages; what concerns templates and the account goes to the app's callback.
# Source: developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
_FOR_THE_APP: Final = frozenset(
    {
        "account_alerts",
        "account_review_update",
        "account_update",
        "business_capability_update",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "security",
        "template_category_update",
    }
)
_NOT_BY_DEFAULT: Final = ("chat_member", "message_reaction", "message_reaction_count")


def _telegram(webhook: Json, subject: str) -> Target:
    allowed = webhook["allowed_updates"]
    if subject and (subject not in allowed if allowed else subject in _NOT_BY_DEFAULT):
        raise Nowhere(f"{subject} is not among the bot's allowed_updates")
    return Target(webhook["url"], "telegram", webhook["secret_token"])


def _meta_url(account: Account, app: App, subject: str) -> str:
    subscription = account.subscription or {}
    override = account.number_override or subscription.get("override")
    registered = app.subscriptions.get(OBJECTS[account.channel])
    is_for_app = subject in _FOR_THE_APP and registered and _holds(registered["fields"], subject)
    if override and not is_for_app:
        return str(override["override_callback_uri"])
    if registered is None:
        raise Nowhere(f"the app has no callback for the object {OBJECTS[account.channel]}")
    if not _holds(registered["fields"], subject):
        raise Nowhere(f"the app's subscription does not hold the field {subject}")
    if account.channel == "messenger" and not _holds(subscription["fields"], subject):
        raise Nowhere(f"the page's subscription does not hold the field {subject}")
    return str(registered["callback_url"])


def _holds(fields: list[str], subject: str) -> bool:
    """Meta's own pages name some fields both in the singular and in the plural."""
    return not subject or subject.rstrip("s") in {field.rstrip("s") for field in fields}
