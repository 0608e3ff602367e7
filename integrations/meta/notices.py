"""What Meta tells a shop about its account, its templates and what is said of it elsewhere.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/instagram-platform/webhooks/examples
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.events import Notice
from integrations.meta.frame import Frame, Told, kept, moment_or_none
from integrations.meta.kinds import POLICY
from integrations.meta.templates import news_of
from integrations.reading import MAX_ID, Malformed, identifier, listed, required_id, text_of, unknown

# A template that can't be sent (any more), or soon will not be.
_BROKEN_TEMPLATE: Final = frozenset(
    {
        "REJECTED",
        "PAUSED",
        "DISABLED",
        "FLAGGED",
        "LOCKED",
        "LIMIT_EXCEEDED",
        "ARCHIVED",
        "DELETED",
        "PENDING_DELETION",
    }
)
_MOST_APPS: Final = 20
_MOST_ROLES: Final = 5


def policy(frame: Frame, content: Mapping[str, Any]) -> Told:
    """The platform warns, blocks or lets the account write again. It names no shopper."""
    action = identifier(content.get("action"))
    if action not in POLICY:
        return unknown("policy_enforcement", frame.piece)
    details = kept(content, ("action", "reason"))
    return [Notice(kind="policy", at=frame.at, problem=POLICY[action], details=details)]


def app_roles(frame: Frame, content: Mapping[str, Any]) -> Told:
    """Which apps receive first, and which stand by."""
    roles = {
        text_of(app): [identifier(role) for role in listed(given)[:_MOST_ROLES]]
        for app, given in list(content.items())[:_MOST_APPS]
        if len(app) <= MAX_ID
    }
    return [Notice(kind="app_roles", at=frame.at, details={"roles": roles})]


def account_linking(frame: Frame, content: Mapping[str, Any]) -> Told:
    """A shopper has linked their account with the shop, or unlinked it; what proves it is not kept."""
    details = {**kept(content, ("status",)), "shopper": frame.shopper.value}
    return [Notice(kind="account_linking", at=frame.at, details=details)]


def mention(value: Mapping[str, Any], sent_at: Any) -> Notice:
    """Somebody named the shop under a post of their own, or in its caption (then there is no comment)."""
    subject = required_id(value.get("media_id"))
    details = {"comment_id": comment} if (comment := identifier(value.get("comment_id"))) else {}
    return Notice(kind="mention", at=moment_or_none(sent_at), subject=subject, details=details)


def template_status(value: Mapping[str, Any], sent_at: Any) -> Notice:
    event = identifier(value.get("event")).upper()
    subject = identifier(value.get("message_template_name")) or identifier(value.get("message_template_id"))
    if not event or not subject:
        raise Malformed("no event, or of which template")
    named = {
        "event": event,
        "reason": value.get("reason"),
        **{name: value.get(f"message_template_{name}") for name in ("id", "language", "category")},
    }
    return Notice(
        kind="template_status",
        at=moment_or_none(sent_at),
        subject=subject,
        problem="template_broken" if event in _BROKEN_TEMPLATE else "",
        details=kept(named, named),
        template=news_of(value),
    )
