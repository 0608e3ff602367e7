"""WhatsApp as the shopper sees it: what they do, and the webhooks that tell of it.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages
"""

import base64
import hashlib
import re
from typing import Any, ClassVar

from . import ids
from .base import MEDIA_KINDS, Act, Doing, Platform
from .state import Account, Json, Phone, Shopper
from .world import show

STATUS_AFTER_S = (("sent", 0.05), ("delivered", 0.15), ("read", 0.4))


class WhatsAppPhone(Platform):
    channel: ClassVar[str] = "whatsapp"

    @property
    def acts(self) -> dict[str, Doing]:
        return {
            "text": self.writes,
            **dict.fromkeys(MEDIA_KINDS, self.sends_media),
            "location": self.sends_location,
            "contact": self.sends_contact,
            "reaction": self.reacts,
            "button": self.taps,
            "referral": self.comes_from_ad,
            "order": self.orders,
            "edit": self.edits,
            "delete": self.deletes,
            "unsupported": self.sends_unsupported,
            "echo": self.merchant_writes,
            "block": self.blocks,
            "unblock": self.blocks,
            "raw": self.sends_raw,
        }

    def new_account(self, options: Json) -> Account:
        """`waba_id` adds a number to that WABA; `coexistence` keeps the number on the phone app as well."""
        siblings = [
            each
            for each in self.sandbox.state.accounts_on("whatsapp")
            if each.waba_id == options.get("waba_id")
        ]
        if siblings:
            options = {"app_id": siblings[0].app_id} | options
        number = ids.digits(7)
        return Account(
            channel="whatsapp",
            id=ids.digits(15),
            name=options.get("name", "Sandbox Shop"),
            token=siblings[0].token if siblings else ids.graph_token(),
            app_id=self.app_for(options).id,
            waba_id=str(options.get("waba_id") or ids.digits(15)),
            number=f"+1 555-{number[:3]}-{number[3:]}",
            on_business_app=bool(options.get("coexistence")),
            subscription=siblings[0].subscription if siblings else None,
        )

    def setup_body(self, account: Account) -> Json:
        app = self.app(account)
        return {
            "account": account.id,
            "access_token": account.token,
            "phone_number_id": account.id,
            "waba_id": account.waba_id,
            "app_id": app.id,
            "app_secret": app.secret,
        }

    def address_for(self, shopper: Shopper) -> str:
        return re.sub(r"\D", "", shopper.phone)

    def phone_with_ids(self, account: Account, shopper: Shopper) -> Phone:
        phone = self.sandbox.phone_of(account, shopper)
        self.before(account, phone)
        return phone

    def before(self, account: Account, phone: Phone) -> None:
        shopper = self.sandbox.state.shoppers[phone.shopper]
        phone.address = self.address_for(shopper)
        phone.user_id = ids.bsuid(account.waba_id, shopper.name, country_of(shopper.phone))

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

    # What a shopper does

    def writes(self, account: Account, phone: Phone, act: Act) -> str:
        return self._message(account, phone, act, "text", {"body": act.text})

    def sends_media(self, account: Account, phone: Phone, act: Act) -> str:
        media = self.keep_media(account, act)
        content = base64.b64decode(media.content)
        sha256 = base64.b64encode(hashlib.sha256(content).digest()).decode()
        body: Json = {"id": media.id, "mime_type": media.mime_type, "sha256": sha256}
        if act.text and act.kind in ("image", "video", "document"):
            body["caption"] = act.text
        if act.kind == "audio":
            body["voice"] = bool(act.more.get("voice", True))
        if act.kind == "document":
            body["filename"] = media.filename
        if act.kind == "sticker":
            body["animated"] = False
        return self._message(account, phone, act, act.kind, body, url=self.cdn_url(media))

    def sends_location(self, account: Account, phone: Phone, act: Act) -> str:
        place: Json = {
            "latitude": act.more.get("latitude", 51.5007),
            "longitude": act.more.get("longitude", -0.1246),
        }
        if act.text:
            place["name"] = act.text
        return self._message(account, phone, act, "location", place)

    def sends_contact(self, account: Account, phone: Phone, act: Act) -> str:
        name = act.text or "Sam Example"
        number = str(act.more.get("number", "+15550100200"))
        contact = {
            "name": {"formatted_name": name, "first_name": name.split()[0]},
            "phones": [{"phone": number, "wa_id": re.sub(r"\D", "", number), "type": "CELL"}],
        }
        return self._message(account, phone, act, "contacts", [contact])

    def reacts(self, account: Account, phone: Phone, act: Act) -> str:
        """Sets an emoji under a message of the shop; `"emoji": ""` takes it away."""
        row = self.target_row(phone, act, "shop")
        emoji = str(act.more.get("emoji", act.text or "👍"))
        row["reaction"] = emoji
        return self._message(
            account, phone, act, "reaction", {"message_id": row["id"], "emoji": emoji}, is_shown=False
        )

    def taps(self, account: Account, phone: Phone, act: Act) -> str:
        row, button = self.tap(phone, act)
        act.text = button["title"]
        context = {"from": _digits(account.number), "id": row["id"]} if row else None
        if button["type"] == "template":
            content: Json = {"payload": button["payload"], "text": button["title"]}
            return self._message(account, phone, act, "button", content, context=context)
        kind = button["type"] or "button_reply"
        reply = {"id": button["payload"], "title": button["title"]}
        if button.get("description"):
            reply["description"] = button["description"]
        return self._message(account, phone, act, "interactive", {"type": kind, kind: reply}, context=context)

    def comes_from_ad(self, account: Account, phone: Phone, act: Act) -> str:
        act.text = act.text or "Hello! Can I get more info on this?"
        referral = {
            "source_url": "https://fb.me/sandbox-ad",
            "source_id": str(act.more.get("ref", "120200000000000001")),
            "source_type": "ad",
            "headline": "New in our shop",
            "body": "Write to us",
            "media_type": "image",
            "image_url": "https://scontent.example/ad.jpg",
            "ctwa_clid": "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LE",
        }
        return self._message(account, phone, act, "text", {"body": act.text}, referral=referral)

    def orders(self, account: Account, phone: Phone, act: Act) -> str:
        items = act.more.get("items") or [
            {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 12.5, "currency": "USD"}
        ]
        content = {"catalog_id": "194836987003835", "text": act.text, "product_items": items}
        return self._message(account, phone, act, "order", content)

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": act.text, "edited": True}
        edit = {"original_message_id": row["id"], "message": {"type": "text", "text": {"body": act.text}}}
        return self._message(account, phone, act, "edit", edit, is_shown=False)

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        return self._message(
            account, phone, act, "revoke", {"original_message_id": row["id"]}, is_shown=False
        )

    def sends_unsupported(self, account: Account, phone: Phone, act: Act) -> str:
        details = {"details": "Message type is currently not supported."}
        error = {"code": 131051, "title": "Message type unknown", "message": "Message type unknown"}
        return self._message(
            account, phone, act, "unsupported", {"type": act.more.get("type", "poll_creation")},
            errors=[error | {"error_data": details}],
        )  # fmt: skip

    def sends_raw(self, account: Account, phone: Phone, act: Act) -> str:
        return self._message(account, phone, act, str((act.more.get("raw") or {}).get("type", "text")), None)

    def merchant_writes(self, account: Account, phone: Phone, act: Act) -> str:
        """The merchant answers in the WhatsApp Business app of a number that kept it (coexistence)."""
        message_id = str(act.more.get("id") or ids.wamid(phone.address))
        echo: Json = {
            "from": _digits(account.number),
            "to": phone.address,
            "to_user_id": phone.user_id,
            "id": message_id,
            "timestamp": str(int(act.at)),
            "type": "text",
            "text": {"body": act.text},
        }
        value = self._value(account) | {"message_echoes": [echo | (act.more.get("raw") or {})]}
        show(self.sandbox, phone, "shop", "text", act.text, message_id, act.at, via="app")
        self._deliver(account, phone.address, "smb_message_echoes", value)
        return message_id

    def blocks(self, account: Account, phone: Phone, act: Act) -> str:
        """WhatsApp tells the business nothing; its messages become undeliverable."""
        phone.is_blocked = act.kind == "block"
        return ids.wamid(phone.address)

    # What the platform tells

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
            value = self._value(account)
            if error:
                entry["errors"] = [error]
            else:
                value["contacts"] = [self._contact(phone)]
            value["statuses"] = [entry]
        self._deliver(account, f"{phone.address}/statuses", "messages", value)

    def _message(
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
            message["context"] = {"from": _digits(account.number), "id": act.more["reply_to"]}
        message |= {name: value for name, value in more.items() if value is not None}
        message |= act.more.get("raw") or {}
        if is_shown:
            self.show_act(phone, act, message_id, url=url)
        value = self._value(account) | {"contacts": [self._contact(phone)], "messages": [message]}
        self._deliver(account, phone.address, "messages", value)
        return message_id

    def _contact(self, phone: Phone) -> Json:
        shopper = self.sandbox.state.shoppers[phone.shopper]
        profile = {"name": shopper.name} | ({"username": shopper.username} if shopper.username else {})
        address = {} if shopper.hides_phone else {"wa_id": phone.address}
        return {"profile": profile, **address, "user_id": phone.user_id}

    def _value(self, account: Account) -> Json:
        return {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": _digits(account.number), "phone_number_id": account.id},
        }

    def _deliver(self, account: Account, lane: str, field: str, value: Json) -> None:
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


def country_of(phone: str) -> str:
    """The country of a telephone number, as a BSUID begins with it."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone)
        code = number.country_code or 1
        return phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(code)
    except phonenumbers.NumberParseException:
        return "US"


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _own(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _events(value: Json) -> list[Json]:
    return [each for name in ("messages", "statuses", "message_echoes") for each in value.get(name, [])]
