"""How a shopper came to the thread: by a link, an ad, a product; and what they asked to be told.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_referrals,
developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_optins
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from chalicelib.domain.events import Notice, Preference, Referral
from integrations.meta.frame import Frame, Told, all_kept, kept, moment_or_none
from integrations.reading import mapping, text_of, unknown

_NAMES: Final = ("source", "type", "ad_id", "referer_uri", "is_guest_user")
# Longer than any link can carry.
_LONGEST: Final = 2048
_NOTIFICATIONS: Final = "notification_messages"
_WANTED: Final[dict[str, Literal["stop", "resume", "opt_in"]]] = {
    "": "opt_in",  # the status is there when it has changed; see `_refreshed`
    "STOP NOTIFICATIONS": "stop",
    "RESUME NOTIFICATIONS": "resume",
}


def came_by(raw: Any) -> tuple[str, dict[str, Any]]:
    """What a link or an ad carried, and what else a message's or a postback's `referral` says, as JSON."""
    referral = mapping(raw)
    details: dict[str, Any] = {}
    if product := all_kept(referral.get("product")):
        details["product"] = product
    if told := _told(referral):
        details["referral"] = told
    return _ref(referral), details


def referral(frame: Frame, content: Mapping[str, Any]) -> Told:
    """They opened the thread again by a link or an ad, and have written nothing."""
    shopper = frame.shopper
    details = _told(content)
    if product := all_kept(content.get("product")):
        details["product"] = product
    return [Referral(addresses=(shopper,), wire=shopper, at=frame.at, ref=_ref(content), details=details)]


def opt_in(frame: Frame, content: Mapping[str, Any]) -> Told:
    """Of a plugin on the shop's own pages, which carries a `ref`, or of notifications."""
    what = content.get("type")
    if what == _NOTIFICATIONS:
        return _notifications(frame, content)
    if what is not None or not ("ref" in content or "user_ref" in content):
        return unknown("optin", frame.piece)
    shopper = frame.shopper
    details = {"source": "optin", **kept(content, ("user_ref",))}
    return [Referral(addresses=(shopper,), wire=shopper, at=frame.at, ref=_ref(content), details=details)]


def _notifications(frame: Frame, content: Mapping[str, Any]) -> Told:
    status = text_of(content.get("notification_messages_status")).upper().replace("_", " ")
    value = _WANTED.get(status)
    if value is None:  # words that nobody knows are no consent
        return unknown("optin", frame.piece)
    shopper = frame.shopper
    if not status and text_of(content.get("user_token_status")).upper() == "REFRESHED":
        return [_refreshed(frame, content)]
    named = {
        "token": content.get("notification_messages_token"),
        "timezone": content.get("notification_messages_timezone"),
        "frequency": content.get("notification_messages_frequency"),
        "token_status": content.get("user_token_status"),
        **{name: content.get(name) for name in ("topic", "payload", "title")},
    }
    details = kept(named, named)
    if expires_at := moment_or_none(content.get("token_expiry_timestamp")):
        details["expires_at"] = expires_at.isoformat()
    return [Preference(addresses=(shopper,), wire=shopper, at=frame.at, value=value, details=details)]


def _refreshed(frame: Frame, content: Mapping[str, Any]) -> Notice:
    """The platform has prolonged an earlier consent by itself: the shopper has said nothing. The token, by
    which anybody could write to them, is no part of what the shop is shown."""
    named = {
        "shopper": frame.shopper.value,
        "frequency": content.get("notification_messages_frequency"),
        **{name: content.get(name) for name in ("topic", "payload", "title")},
    }
    details = kept(named, named)
    if expires_at := moment_or_none(content.get("token_expiry_timestamp")):
        details["expires_at"] = expires_at.isoformat()
    return Notice(kind="notification_token", at=frame.at, details=details)


def _ref(raw: Mapping[str, Any]) -> str:
    return text_of(raw.get("ref"), _LONGEST)


def _told(raw: Mapping[str, Any]) -> dict[str, Any]:
    told = kept(raw, _NAMES)
    if context := all_kept(raw.get("ads_context_data")):
        told["ads_context_data"] = context
    return told
