"""What WhatsApp tells a shop about its account, its number and its templates, field by field.

Source: developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account,
developers.facebook.com/docs/whatsapp/business-management-api/webhooks/components
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.events import Notice
from integrations.meta.templates import news_of
from integrations.reading import Malformed, identifier, listed, mapping, seconds, text_of
from integrations.whatsapp.content import error_in, storable
from integrations.whatsapp.errors import verdict_for

Value = Mapping[str, Any]

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
_ACCOUNT_EVENTS: Final[dict[str, str]] = {
    "ACCOUNT_DELETED": "account_blocked",
    "ACCOUNT_RESTRICTION": "account_blocked",
    "ACCOUNT_VIOLATION": "account_at_risk",
    "ACCOUNT_OFFBOARDED": "access_removed",
    "PARTNER_REMOVED": "access_removed",
    "PARTNER_APP_UNINSTALLED": "access_removed",
}
_BANS: Final[dict[str, str]] = {"REINSTATE": "", "SCHEDULE_FOR_DISABLE": "account_at_risk"}
_NUMBER_EVENTS: Final[dict[str, str]] = {"FLAGGED": "quality_low", "DOWNGRADE": "limit_low"}
# A new number may write to 250 shoppers a day first; less than that is a penalty.
_FIRST_LIMIT: Final = 250
_LIMITS: Final = (
    "max_daily_conversations_per_business",
    "max_daily_conversation_per_phone",
    "current_limit",
)
_UNLIMITED: Final = -1
_TIMES: Final = {"K": 1_000, "M": 1_000_000}
# What the shop must see to when WhatsApp reports an error of its account without a message.
_ERRORS_TO_SEE: Final = frozenset({"account_blocked", "template_broken", "token_rejected", "not_permitted"})
# Their long names within a notice, and ours.
_NAMES: Final[dict[str, str]] = {
    "message_template_id": "id",
    "message_template_language": "language",
    "message_template_category": "category",
}
_FRAME: Final = frozenset({"messaging_product", "metadata", "contacts"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the account. subject: how what it is about may be named, the first that is there counts.
    needed: without any of these the notice says nothing."""

    kind: str
    subject: tuple[str, ...]
    needed: tuple[str, ...]
    problem: Callable[[Value], str]


def notice_of(name: str, value: Value, sent_at: Any) -> Notice:
    """The notice of this field; `sent_at` is the entry's `time`. Raises Malformed."""
    known = FIELDS[name]
    if not any(value.get(each) not in (None, "") for each in known.needed):
        raise Malformed("a notice of nothing")
    return Notice(
        kind=known.kind,
        at=_moment(sent_at),
        subject=next((found for each in known.subject if (found := identifier(value.get(each)))), ""),
        problem=known.problem(value),
        details={**_details(value, _FRAME), **_until(value), **_limit(value)},
        template=news_of(value) if known.subject == _TEMPLATE else None,
    )


def call_notice(call: Value, sent_at: Any) -> Notice:
    """A call began, rings or ended. What the two devices agree on between them is of no use later.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/calling/reference
    """
    if not identifier(call.get("id")):
        raise Malformed("a call without id")
    at = _moment(call.get("timestamp")) or _moment(sent_at)
    return Notice(kind="calls", at=at, subject=identifier(call["id"]), details=_details(call, {"session"}))


def automatic_notice(event: Value, sent_at: Any) -> Notice:
    """WhatsApp has found a lead or a purchase in a thread that an ad began."""
    if not identifier(event.get("event_name")):
        raise Malformed("an event without name")
    at = _moment(event.get("timestamp")) or _moment(sent_at)
    subject = identifier(event["event_name"])
    return Notice(kind="automatic_event", at=at, subject=subject, details=_details(event, frozenset()))


def errors_of(errors: Any, sent_at: Any) -> list[Notice]:
    """Errors of the account or the app that stand without a message: one notice each."""
    found = [mapping(error) for error in listed(errors) if error_in([error])]
    if not found:
        raise Malformed("errors without a code")
    return [
        Notice(
            kind="error",
            at=_moment(sent_at),
            subject=identifier(error["code"]),
            problem=_problem_of_error(error),
            details=storable(dict(error)),
        )
        for error in found
    ]


def _details(value: Value, left_out: Set[str]) -> dict[str, Any]:
    """All of it but what is null, in Meta's names where ours are not shorter."""
    kept = {name: one for name, one in value.items() if name not in left_out and one is not None}
    return {_NAMES.get(name, text_of(name)): storable(one) for name, one in kept.items()}


def _problem_of_error(error: Value) -> str:
    code = identifier(error.get("code"))
    verdict = verdict_for(int(code)) if code.isascii() and code.isdigit() else ""
    return verdict if isinstance(verdict, str) and verdict in _ERRORS_TO_SEE else ""


def _moment(value: Any) -> datetime | None:
    """The platform's time of the notice, where it gives one that makes sense."""
    try:
        return seconds(value)
    except Malformed:
        return None


def _until(value: Value) -> dict[str, str]:
    """When the last of an account's restrictions ends."""
    ends = [_moment(mapping(one).get("expiration")) for one in listed(value.get("restriction_info"))]
    known = [end for end in ends if end is not None]
    return {"until": max(known).isoformat()} if known else {}


def _limit(value: Value) -> dict[str, int]:
    """How many shoppers a day the shop may write to first; -1 where there is no limit."""
    found = next((_tier(value[name]) for name in _LIMITS if name in value), None)
    return {"daily_limit": found} if found is not None else {}


def _tier(value: Any) -> int | None:
    """`TIER_2K`, `TIER_UNLIMITED` or a number; None for `TIER_NOT_SET` and what we can't read."""
    word = identifier(value).removeprefix("TIER_")
    if word in ("UNLIMITED", "-1"):
        return _UNLIMITED
    digits, times = (word[:-1], _TIMES[word[-1]]) if word[-1:] in _TIMES else (word, 1)
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
    return int(digits) * times if is_number else None


def _no_problem(value: Value) -> str:
    return ""


def _template_status(value: Value) -> str:
    return "template_broken" if identifier(value.get("event")) in _BROKEN_TEMPLATE else ""


def _template_quality(value: Value) -> str:
    return "quality_low" if value.get("new_quality_score") == "RED" else ""


def _number_quality(value: Value) -> str:
    return _NUMBER_EVENTS.get(identifier(value.get("event"))) or _capability(value)


def _capability(value: Value) -> str:
    """A limit below the first one, or below what it was, is a penalty."""
    now, before = _limit(value).get("daily_limit"), _tier(value.get("old_limit"))
    if now is None or now == _UNLIMITED:
        return ""
    is_lower = before is not None and (now < before or before == _UNLIMITED)
    return "limit_low" if now < _FIRST_LIMIT or is_lower else ""


def _account_update(value: Value) -> str:
    event = identifier(value.get("event"))
    if event == "DISABLED_UPDATE":
        ban = identifier(mapping(value.get("ban_info")).get("waba_ban_state"))
        return _BANS.get(ban, "account_blocked")
    return _ACCOUNT_EVENTS.get(event, "")


def _account_alert(value: Value) -> str:
    """What keeps the shop's limit from being raised. It came on its own first, within `alert_info` later."""
    kind = identifier(value.get("alert_type")) or identifier(
        mapping(value.get("alert_info")).get("alert_type")
    )
    return "limit_low" if kind.startswith("INCREASED_CAPABILITIES_ELIGIBILITY_") else ""


def _decided_against(problem: str) -> Callable[[Value], str]:
    return lambda value: problem if text_of(value.get("decision")).upper() == "REJECTED" else ""


def _form_health(value: Value) -> str:
    return "form_broken" if value.get("new_status") in ("THROTTLED", "BLOCKED") else ""


_TEMPLATE: Final = ("message_template_name", "message_template_id")
_NUMBER: Final = ("display_phone_number",)

FIELDS: Final[dict[str, Field]] = {
    "message_template_status_update": Field("template_status", _TEMPLATE, ("event",), _template_status),
    "message_template_quality_update": Field(
        "template_quality", _TEMPLATE, ("new_quality_score",), _template_quality
    ),
    "message_template_components_update": Field("template_components", _TEMPLATE, _TEMPLATE, _no_problem),
    "template_category_update": Field("template_category", _TEMPLATE, _TEMPLATE, _no_problem),
    "phone_number_quality_update": Field("number_quality", _NUMBER, ("event", *_LIMITS), _number_quality),
    "phone_number_name_update": Field(
        "number_name", _NUMBER, ("decision",), _decided_against("name_rejected")
    ),
    "business_username_update": Field("username", _NUMBER, ("username", "status"), _no_problem),
    "security": Field("security", _NUMBER, ("event",), _no_problem),
    "account_update": Field("account_update", ("event",), ("event",), _account_update),
    "account_review_update": Field(
        "account_review", ("decision",), ("decision",), _decided_against("account_blocked")
    ),
    "account_alerts": Field("account_alert", ("alert_type",), ("alert_type", "alert_info"), _account_alert),
    "business_capability_update": Field("capability", (), _LIMITS, _capability),
    "payment_configuration_update": Field(
        "payment_configuration", ("configuration_name",), ("configuration_name", "status"), _no_problem
    ),
    "partner_solutions": Field("partner_solution", ("solution_id",), ("event",), _no_problem),
    "flows": Field("form", ("flow_id",), ("event",), _form_health),
}
