"""The webhooks of WhatsApp: messages, statuses, and how they are batched.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages
"""

import re
from typing import Any, Final

from . import ids
from .base import Act, Platform
from .state import Account, Json, Phone

STATUS_AFTER_S: Final = (("sent", 0.05), ("delivered", 0.15), ("read", 0.4))


class WhatsAppWebhooks(Platform):
    channel = "whatsapp"

    def merge(self, bodies: list[Json]) -> list[Json]:
        """Up to three events in one value, two values in one entry, all entries in one body."""
        changes = [change for body in bodies for entry in body["entry"] for change in entry["changes"]]
        values: list[Json] = []
        for change in changes:
            last = values[-1] if values else None
            if last and last["field"] == change["field"] and len(_events(last["value"])) < 3:
                for name in ("contacts", "messages", "statuses", "message_echoes"):
                    if name in change["value"]:
                        last["value"].setdefault(name, []).extend(change["value"][name])
            else:
                values.append(
                    {"value": {k: _own(v) for k, v in change["value"].items()}, "field": change["field"]}
                )
        waba = bodies[0]["entry"][0]["id"]
        entries = [{"id": waba, "changes": values[n : n + 2]} for n in range(0, len(values), 2)]
        return [{"object": "whatsapp_business_account", "entry": entries}]

    def progress(self, account: Account, phone: Phone, message_id: str) -> None:
        """Report a shop's message sent, delivered and read, in that order and shortly after one another."""
        shopper = self.sandbox.state.shoppers[phone.shopper]
        fails = self.sandbox.faults.take(account, ("send", "messages", "*"), ("failed_later",))
        if fails:
            error = failure(fails.status or 131026)
            self.sandbox.courier.later(0.1, lambda: self._status(account, phone, message_id, "failed", error))
            return
        for status, after_s in STATUS_AFTER_S:
            if status != "read" or shopper.reads:
                self._status_later(after_s, account, phone, message_id, status)

    def _status_later(
        self, after_s: float, account: Account, phone: Phone, message_id: str, status: str
    ) -> None:
        self.sandbox.courier.later(after_s, lambda: self._status(account, phone, message_id, status))

    def _status(
        self, account: Account, phone: Phone, message_id: str, status: str, error: Json | None = None
    ) -> None:
        with self.sandbox.lock:
            row = phone.row(message_id)
            if row is None:
                return
            row["status"] = status
            entry: Json = {
                "id": message_id,
                "status": status,
                "timestamp": str(int(self.sandbox.now())),
                "recipient_id": phone.address,
            }
            if status != "failed":
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
            if error:
                entry["errors"] = [error]
            else:
                value["contacts"] = [self._contact(phone)]
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
        """Show what the shopper sent and deliver the webhook. `more` is put beside the content."""
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
        if act.more.get("reply_to"):
            message["context"] = {"from": digits_of(account.number), "id": act.more["reply_to"]}
        message |= {name: value for name, value in more.items() if value is not None}
        message |= act.more.get("raw") or {}
        if is_shown:
            self.show_act(phone, act, message_id, url=url)
        value = self.value(account) | {"contacts": [self._contact(phone)], "messages": [message]}
        self.deliver(account, phone.address, "messages", value)
        return message_id

    def _contact(self, phone: Phone) -> Json:
        shopper = self.sandbox.state.shoppers[phone.shopper]
        profile = {"name": shopper.name} | ({"username": shopper.username} if shopper.username else {})
        address = {} if shopper.hides_phone else {"wa_id": phone.address}
        return {"profile": profile, **address, "user_id": phone.user_id}

    def value(self, account: Account) -> Json:
        return {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": digits_of(account.number), "phone_number_id": account.id},
        }

    def deliver(self, account: Account, lane: str, field: str, value: Json) -> None:
        entry = {"id": account.waba_id, "changes": [{"value": value, "field": field}]}
        body = {"object": "whatsapp_business_account", "entry": [entry]}
        self.sandbox.deliver(account, lane, field, body)


def failure(code: int) -> Json:
    """The error object inside a `failed` status."""
    titles = {131026: "Message undeliverable", 131047: "Re-engagement message", 131049: "Healthy ecosystem"}
    title = titles.get(code, "Something went wrong")
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": f"{title}."},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }


def digits_of(number: str) -> str:
    return re.sub(r"\D", "", number)


def _own(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _events(value: Json) -> list[Json]:
    return [each for name in ("messages", "statuses", "message_echoes") for each in value.get(name, [])]
