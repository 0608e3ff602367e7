"""The webhooks of WhatsApp: messages, statuses, and how they are batched.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from . import ids
from . import whatsapp_said as said
from .base import Act, Platform
from .state import Account, Json, Phone
from .whatsapp_said import error

_LISTS: Final = (
    "messages",
    "statuses",
    "message_echoes",
    "user_preferences",
    "calls",
    "automatic_events",
)
STATUS_AFTER_S: Final = (("sent", 0.05), ("delivered", 0.15), ("read", 0.4))


class WhatsAppWebhooks(Platform):
    channel = "whatsapp"

    def merge(self, bodies: list[Json]) -> list[Json]:
        """Up to three events in one value, two values in one entry, all entries in one body."""
        parts: list[tuple[Json, Json]] = []
        for frame, change in _changes(bodies):
            last_frame, last = parts[-1] if parts else ({}, {})
            if last and last_frame == frame and _may_join(last, change):
                _join(last["value"], change["value"])
            else:
                value = {name: _own(held) for name, held in change["value"].items()}
                parts.append((frame, {"value": value, "field": change["field"]}))
        entries: list[Json] = []
        for frame, change in parts:
            has_room = entries and len(entries[-1]["changes"]) < 2
            if has_room and {k: v for k, v in entries[-1].items() if k != "changes"} == frame:
                entries[-1]["changes"].append(change)
            else:
                entries.append({**frame, "changes": [change]})
        return [{"object": "whatsapp_business_account", "entry": entries}]

    def progress(self, account: Account, phone: Phone, message_id: str) -> None:
        """Report a shop's message sent, delivered and read, in that order and shortly after one another."""
        shopper = self.sandbox.state.shoppers[phone.shopper]
        fails = self.sandbox.faults.take(account, ("send", "messages", "*"), ("failed_later",))
        if fails:
            failed = error(fails.status or 131026)
            self.sandbox.courier.later(0.1, lambda: self.report(account, phone, message_id, "failed", failed))
            return
        for status, after_s in STATUS_AFTER_S:
            if status != "read" or shopper.reads:
                self._status_later(after_s, account, phone, message_id, status)

    def _status_later(
        self, after_s: float, account: Account, phone: Phone, message_id: str, status: str
    ) -> None:
        self.sandbox.courier.later(after_s, lambda: self.report(account, phone, message_id, status))

    def report(
        self, account: Account, phone: Phone, message_id: str, status: str, failed: Json | None = None
    ) -> None:
        with self.sandbox.lock:
            row = phone.row(message_id)
            if row is None:
                return
            row["status"] = "read" if status == "played" else status
            hides_phone = self.sandbox.state.shoppers[phone.shopper].hides_phone
            entry: Json = {"id": message_id, "status": status, "timestamp": str(int(self.sandbox.now()))}
            if not hides_phone:
                entry["recipient_id"] = phone.address
            if status != "failed" or hides_phone:
                entry["recipient_user_id"] = phone.user_id
            if row.get("mark"):
                entry["biz_opaque_callback_data"] = row["mark"]
            if status in ("sent", "delivered"):
                category = row.get("category") or "service"
                kind = "regular" if row.get("category") else "free_customer_service"
                billable = kind == "regular"
                entry["pricing"] = {
                    "billable": billable, "pricing_model": "PMP", "type": kind, "category": category
                }  # fmt: skip
            value = self.value(account)
            if failed:
                entry["errors"] = [failed]
            else:
                value["contacts"] = [self.contact(phone)]
            value["statuses"] = [entry]
        self.deliver(account, f"{phone.address}/statuses", "messages", value)

    def message(
        self,
        account: Account,
        phone: Phone,
        act: Act,
        kind: str,
        content: Any,
        is_shown: bool = True,
        url: str | None = None,
        **more: Any,
    ) -> str:
        """Show what the shopper sent and deliver the webhook. `more` is put beside the content, but for
        `answered`: the message that this one answers."""
        message_id = str(act.more.get("id") or ids.wamid(phone.address))
        shopper = self.sandbox.state.shoppers[phone.shopper]
        message: Json = {} if shopper.hides_phone else {"from": phone.address}
        message |= {
            "from_user_id": phone.user_id,
            "id": message_id,
            "timestamp": str(int(act.at)),
            "type": kind,
        }
        if content is not None:
            message[kind] = content
        answered = more.pop("answered", None) or act.more.get("reply_to")
        more |= {
            "context": said.context(act, digits_of(account.number), answered),
            "referral": said.referral(act),
        }
        message |= {name: value for name, value in more.items() if value is not None}
        message |= act.more.get("raw") or {}
        if is_shown:
            self.show_act(phone, act, message_id, url=url)
        value = self.value(account) | {"contacts": [self.contact(phone)], "messages": [message]}
        self.deliver(account, phone.address, "messages", value)
        return message_id

    def contact(self, phone: Phone) -> Json:
        shopper = self.sandbox.state.shoppers[phone.shopper]
        profile = {"name": shopper.name} | ({"username": shopper.username} if shopper.username else {})
        address = {} if shopper.hides_phone else {"wa_id": phone.address}
        return {"profile": profile, **address, "user_id": phone.user_id}

    def value(self, account: Account) -> Json:
        return {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": digits_of(account.number), "phone_number_id": account.id},
        }

    def deliver(
        self,
        account: Account,
        lane: str,
        field: str,
        value: Json,
        group: str = "",
        at: float | None = None,
    ) -> None:
        """`group` is the entry's id where it is not the business account's; `at` stands on its entry."""
        sent_at = {} if at is None else {"time": int(at)}
        changes = [{"value": value, "field": field}]
        entry = {"id": group or account.waba_id, **sent_at, "changes": changes}
        body = {"object": "whatsapp_business_account", "entry": [entry]}
        self.sandbox.deliver(account, lane, field, body)


def digits_of(number: str) -> str:
    return re.sub(r"\D", "", number)


def _changes(bodies: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every change with what stands around it in its entry."""
    for body in bodies:
        for entry in body["entry"]:
            frame = {name: held for name, held in entry.items() if name != "changes"}
            yield from ((frame, change) for change in entry["changes"])


def _may_join(last: Json, change: Json) -> bool:
    """Only lists of events are made longer, and of a number at a time."""
    is_one_number = last["value"].get("metadata") == change["value"].get("metadata")
    has_room = 0 < len(_events(last["value"])) < 3 and _events(change["value"])
    return bool(last["field"] == change["field"] and is_one_number and has_room)


def _join(value: Json, more: Json) -> None:
    for name in ("contacts", *_LISTS):
        if name in more:
            value.setdefault(name, []).extend(more[name])


def _own(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _events(value: Json) -> list[Json]:
    return [each for name in _LISTS for each in value.get(name, [])]
