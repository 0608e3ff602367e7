"""How shoppers of Messenger and Instagram come to a thread, what they ask to be told, and who holds it.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_referrals,
developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_optins,
developers.facebook.com/docs/messenger-platform/conversation-control
"""

from typing import Final

from . import ids
from .base import Act, Refused
from .messaging_wire import MessagingWire
from .state import Account, Json, Phone

STATUSES: Final = {"opt_in": "", "stop": "STOP NOTIFICATIONS", "resume": "RESUME NOTIFICATIONS"}


class MessagingArrivals(MessagingWire):
    def comes_by_link(self, account: Account, phone: Phone, act: Act) -> str:
        """By a link with `ref`, or by an ad (`ad_id`)."""
        if not act.more.get("ad_id"):
            act.more["ref"] = str(act.more.get("ref") or act.text or "summer")
        return self.event(account, phone, act, "messaging_referrals", {"referral": link_of(act)})

    def opts_in(self, account: Account, phone: Phone, act: Act) -> str:
        """By a plugin on the shop's own pages, which carries `ref`; somebody new has a `user_ref` only."""
        optin = {"ref": str(act.more.get("ref") or act.text or "summer")}
        event: Json = {"optin": optin}
        if act.more.get("user_ref"):
            reference = {"user_ref": str(act.more["user_ref"])}
            event = {"sender": reference, "optin": optin | reference}
        return self.event(account, phone, act, "messaging_optins", event)

    def prefers(self, account: Account, phone: Phone, act: Act) -> str:
        """Wants the shop's notifications, stops or resumes them (`value`: opt_in, stop, resume)."""
        value = str(act.more.get("value") or "opt_in")
        if value not in STATUSES:
            raise Refused(f"value is one of: {', '.join(STATUSES)}", field="event.value")
        optin: Json = {
            "type": "notification_messages",
            "payload": str(act.more.get("payload") or "restock"),
            "title": act.text or "Back in stock",
            "notification_messages_token": ids.digits(19),
            "notification_messages_timezone": "Europe/London",
            "token_expiry_timestamp": int((act.at + 365 * 24 * 3600) * 1000),
            "user_token_status": "NOT_REFRESHED",
        }
        if STATUSES[value]:
            optin["notification_messages_status"] = STATUSES[value]
        return self.event(account, phone, act, "messaging_optins", {"optin": optin})

    def hands_over(self, account: Account, phone: Phone, act: Act) -> str:
        """The thread is passed to us, taken from us or asked for (`action`: pass, take, request)."""
        action = str(act.more.get("action") or "pass")
        ours, theirs = str(account.app_id), str(self.inbox_app_id)
        told = {
            "pass": {"previous_owner_app_id": theirs, "new_owner_app_id": ours},
            "take": {"previous_owner_app_id": ours, "new_owner_app_id": theirs},
            "request": {"requested_owner_app_id": theirs},
        }.get(action)
        if told is None:
            raise Refused("action is pass, take or request", field="event.action")
        metadata = {"metadata": act.text} if act.text else {}
        event = {f"{action}_thread_control": told | metadata}
        return self.event(account, phone, act, "messaging_handovers", event)


def link_of(act: Act) -> Json:
    """What a link or an ad says of itself."""
    ref = {"ref": str(act.more["ref"])} if act.more.get("ref") else {}
    if not act.more.get("ad_id"):
        return {**ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
    words = {"ad_title": "Spring mugs", "photo_url": "https://scontent.example/ad.jpg"}
    return {
        **ref,
        "source": "ADS",
        "type": "OPEN_THREAD",
        "ad_id": str(act.more["ad_id"]),
        "ads_context_data": words,
    }
