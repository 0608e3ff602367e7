"""What WhatsApp tells a shop beside messages: its account, number and templates; calls; chats of before.

Source: developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account
"""

from collections.abc import Callable
from typing import Any, Final

from . import ids
from .base import Act, Doing
from .state import Account, Json, Phone
from .template_changes import remember
from .templates import TEMPLATES, template_named
from .whatsapp_said import error
from .whatsapp_webhooks import WhatsAppWebhooks, digits_of

_PARTNER: Final = "2949482758682047"
_ACCOUNT_EVENTS: Final[dict[str, Json]] = {
    "ACCOUNT_VIOLATION": {"violation_info": {"violation_type": "SPAM"}},
    "DISABLED_UPDATE": {"ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "November 2, 2026"}},
    "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE": {"country": "GB"},
}


def _template(account: Account, act: Act) -> Json:
    """The template named, or the first that there is."""
    name = str(act.more.get("template") or act.more.get("name") or TEMPLATES[0]["name"])
    known = template_named(account, name) or TEMPLATES[0]
    return {
        "message_template_id": int(known["id"]),
        "message_template_name": name,
        "message_template_language": act.more.get("language") or known["language"],
    }


def _template_status(account: Account, act: Act) -> Json:
    event = str(act.more.get("event") or act.more.get("status") or "APPROVED").upper()
    about = {"event": event, **_template(account, act), "reason": act.more.get("reason")}
    if event == "PAUSED":
        about["other_info"] = {"title": "FIRST_PAUSE", "description": "Paused for 3 hours."}
    return about


def _template_quality(account: Account, act: Act) -> Json:
    before, now = act.more.get("previous", "GREEN"), act.more.get("score", "RED")
    return {"previous_quality_score": before, "new_quality_score": now, **_template(account, act)}


def _template_category(account: Account, act: Act) -> Json:
    before, now = act.more.get("previous", "UTILITY"), act.more.get("category", "MARKETING")
    return {"previous_category": before, "new_category": now, **_template(account, act)}


def _template_components(account: Account, act: Act) -> Json:
    return {**_template(account, act), "message_template_element": act.text or "Hello {{1}}"}


def _number_quality(account: Account, act: Act) -> Json:
    limit = act.more.get("limit", "TIER_1K")
    event = act.more.get("event", "FLAGGED")
    return {**_number(account), "event": event, "max_daily_conversations_per_business": limit}


def _number_name(account: Account, act: Act) -> Json:
    name = act.text or account.name
    decision = act.more.get("decision", "APPROVED")
    return {**_number(account), "decision": decision, "requested_verified_name": name}


def _username(account: Account, act: Act) -> Json:
    return {**_number(account), "username": act.text or "shop", "status": act.more.get("status", "approved")}


def _security(account: Account, act: Act) -> Json:
    return {**_number(account), "event": act.more.get("event", "PIN_CHANGED"), "requester": ids.digits(14)}


def _account_update(account: Account, act: Act) -> Json:
    event = str(act.more.get("event", "ACCOUNT_RESTRICTION"))
    about: Json = {"event": event, **_ACCOUNT_EVENTS.get(event, {})}
    if event == "ACCOUNT_RESTRICTION":
        until = int(act.at) + int(act.more.get("for_s", 24 * 3600))
        restriction = {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": until}
        about["restriction_info"] = [restriction]
    if event == "DISABLED_UPDATE" and "state" in act.more:
        about["ban_info"] = {**about["ban_info"], "waba_ban_state": act.more["state"]}
    if event.startswith("PARTNER_"):
        about["waba_info"] = {"waba_id": account.waba_id, "owner_business_id": ids.digits(16)}
    return about


def _account_alert(account: Account, act: Act) -> Json:
    kind = act.more.get("type", "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED")
    return {
        "entity_type": "WABA",
        "entity_id": account.waba_id,
        "alert_severity": "WARNING",
        "alert_status": "ACTIVE",
        "alert_type": kind,
        "alert_description": act.text or "The limit stays as it is.",
    }


def _number(account: Account) -> Json:
    return {"display_phone_number": digits_of(account.number)}


# Event kind -> Meta's field, and what it holds.
_FIELDS: Final[dict[str, tuple[str, Callable[[Account, Act], Json]]]] = {
    "template_status": ("message_template_status_update", _template_status),
    "template_quality": ("message_template_quality_update", _template_quality),
    "template_category": ("template_category_update", _template_category),
    "template_components": ("message_template_components_update", _template_components),
    "number_quality": ("phone_number_quality_update", _number_quality),
    "number_name": ("phone_number_name_update", _number_name),
    "business_username": ("business_username_update", _username),
    "security": ("security", _security),
    "account_update": ("account_update", _account_update),
    "account_review": (
        "account_review_update",
        lambda account, act: {"decision": act.more.get("decision", "APPROVED")},
    ),
    "account_alert": ("account_alerts", _account_alert),
    "business_capability": (
        "business_capability_update",
        lambda account, act: {
            "max_daily_conversations_per_business": act.more.get("limit", 2000),
            "max_phone_numbers_per_business": 25,
        },
    ),
    "payment_configuration": (
        "payment_configuration_update",
        lambda account, act: {"configuration_name": act.text or "upi", "status": "Active"},
    ),
    "partner_solution": (
        "partner_solutions",
        lambda account, act: {"event": "SOLUTION_UPDATE", "solution_id": "774485461512159"},
    ),
    "form_status": (
        "flows",
        lambda account, act: {
            "event": "FLOW_STATUS_CHANGE",
            "flow_id": "6627390910605886",
            "new_status": act.more.get("status", "BLOCKED"),
        },
    ),
    "field": ("", lambda account, act: {}),
}
NOTICE_KINDS: Final = frozenset(
    {*_FIELDS, "phone_call", "automatic_event", "account_error", "history", "phone_book"}
)


class WhatsAppNotices(WhatsAppWebhooks):
    @property
    def notices(self) -> dict[str, Doing]:
        return {
            **dict.fromkeys(_FIELDS, self.tells),
            "phone_call": self.calls_by_phone,
            "automatic_event": self.finds_a_lead,
            "account_error": self.reports_an_error,
            "history": self.shares_history,
            "phone_book": self.shares_phone_book,
        }

    def tells(self, account: Account, phone: Phone, act: Act) -> str:
        """A field of the account; `raw` is laid over what it holds, and is all of it for kind `field`."""
        field, value = _FIELDS[act.kind]
        about = value(account, act) | (act.more.get("raw") or {})
        if act.kind.startswith("template_"):
            remember(self.sandbox, account, act)
        group = _PARTNER if str(about.get("event", "")).startswith("PARTNER_") else account.waba_id
        name = field or str(act.more.get("name", "field_of_tomorrow"))
        self.deliver(account, "account", name, about, group=group, at=act.at)
        return ids.hex_id(16)

    def calls_by_phone(self, account: Account, phone: Phone, act: Act) -> str:
        """`event`: connect or terminate; `direction`: USER_INITIATED or BUSINESS_INITIATED."""
        direction = act.more.get("direction", "USER_INITIATED")
        sides = (phone.address, digits_of(account.number))
        caller, called = sides if direction == "USER_INITIATED" else sides[::-1]
        event = act.more.get("event", "connect")
        call: Json = {
            "id": str(act.more.get("id") or f"wacid.{ids.letters(40)}"),
            "from": caller,
            "to": called,
            "event": event,
            "direction": direction,
            "timestamp": str(int(act.at)),
        }
        if event == "connect":
            call["session"] = {"sdp": "v=0\r\n", "sdp_type": "offer"}
        self._put(account, phone.address, "calls", {"contacts": [self.contact(phone)], "calls": [call]})
        return str(call["id"])

    def finds_a_lead(self, account: Account, phone: Phone, act: Act) -> str:
        row = phone.last("shopper")
        event = {
            "id": row["id"] if row else ids.wamid(phone.address),
            "event_name": act.more.get("event", "LeadSubmitted"),
            "timestamp": int(act.at),
            "ctwa_clid": "ARAkLkA8rmlFeiCktEJQ",
        }
        self._put(account, "account", "automatic_events", {"automatic_events": [event]})
        return str(event["id"])

    def reports_an_error(self, account: Account, phone: Phone, act: Act) -> str:
        """An error of the account (`code`), with no message to it."""
        self._put(account, "account", "messages", {"errors": [error(int(act.more.get("code", 131031)))]})
        return ids.hex_id(16)

    def shares_history(self, account: Account, phone: Phone, act: Act) -> str:
        """A chat from before the number was connected: news to nobody."""
        at = str(int(act.at) - 10**6)
        message: Json = {"from": phone.address, "id": ids.wamid(phone.address), "timestamp": at}
        message |= {"type": "text", "text": {"body": act.text or "Long ago"}}
        thread = {"id": phone.address, "messages": [message]}
        chunk = {"metadata": {"phase": 0, "chunk_order": 1, "progress": 100}, "threads": [thread]}
        self._put(account, "account", "history", {"history": [chunk]})
        return ids.hex_id(16)

    def shares_phone_book(self, account: Account, phone: Phone, act: Act) -> str:
        card = {"full_name": phone.shopper, "phone_number": phone.address}
        entry = {"type": "contact", "action": "add", "contact": card}
        self._put(account, "account", "smb_app_state_sync", {"state_sync": [entry]})
        return ids.hex_id(16)

    def _put(self, account: Account, lane: str, field: str, held: dict[str, Any]) -> None:
        self.deliver(account, lane, field, self.value(account) | held)
