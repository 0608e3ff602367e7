"""WhatsApp as the shopper sees it: what they do with their phone."""

import base64
import hashlib
import re

from . import ids
from .base import MEDIA_KINDS, Act, Doing
from .state import Account, Json, Phone, Shopper
from .whatsapp_webhooks import WhatsAppWebhooks, digits_of
from .world import show


class WhatsAppPhone(WhatsAppWebhooks):
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

    # What a shopper does

    def writes(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, "text", {"body": act.text})

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
        return self.message(account, phone, act, act.kind, body, url=self.cdn_url(media))

    def sends_location(self, account: Account, phone: Phone, act: Act) -> str:
        place: Json = {
            "latitude": act.more.get("latitude", 51.5007),
            "longitude": act.more.get("longitude", -0.1246),
        }
        if act.text:
            place["name"] = act.text
        return self.message(account, phone, act, "location", place)

    def sends_contact(self, account: Account, phone: Phone, act: Act) -> str:
        name = act.text or "Sam Example"
        number = str(act.more.get("number", "+15550100200"))
        contact = {
            "name": {"formatted_name": name, "first_name": name.split()[0]},
            "phones": [{"phone": number, "wa_id": re.sub(r"\D", "", number), "type": "CELL"}],
        }
        return self.message(account, phone, act, "contacts", [contact])

    def reacts(self, account: Account, phone: Phone, act: Act) -> str:
        """Sets an emoji under a message of the shop; `"emoji": ""` takes it away."""
        row = self.target_row(phone, act, "shop")
        emoji = str(act.more.get("emoji", act.text or "👍"))
        row["reaction"] = emoji
        return self.message(
            account, phone, act, "reaction", {"message_id": row["id"], "emoji": emoji}, is_shown=False
        )

    def taps(self, account: Account, phone: Phone, act: Act) -> str:
        row, button = self.tap(phone, act)
        act.text = button["title"]
        context = {"from": digits_of(account.number), "id": row["id"]} if row else None
        if button["type"] == "template":
            content: Json = {"payload": button["payload"], "text": button["title"]}
            return self.message(account, phone, act, "button", content, context=context)
        kind = button["type"] or "button_reply"
        reply = {"id": button["payload"], "title": button["title"]}
        if button.get("description"):
            reply["description"] = button["description"]
        return self.message(account, phone, act, "interactive", {"type": kind, kind: reply}, context=context)

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
        return self.message(account, phone, act, "text", {"body": act.text}, referral=referral)

    def orders(self, account: Account, phone: Phone, act: Act) -> str:
        items = act.more.get("items") or [
            {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 12.5, "currency": "USD"}
        ]
        content = {"catalog_id": "194836987003835", "text": act.text, "product_items": items}
        return self.message(account, phone, act, "order", content)

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": act.text, "edited": True}
        edit = {"original_message_id": row["id"], "message": {"type": "text", "text": {"body": act.text}}}
        return self.message(account, phone, act, "edit", edit, is_shown=False)

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        return self.message(account, phone, act, "revoke", {"original_message_id": row["id"]}, is_shown=False)

    def sends_unsupported(self, account: Account, phone: Phone, act: Act) -> str:
        details = {"details": "Message type is currently not supported."}
        error = {"code": 131051, "title": "Message type unknown", "message": "Message type unknown"}
        return self.message(
            account, phone, act, "unsupported", {"type": act.more.get("type", "poll_creation")},
            errors=[error | {"error_data": details}],
        )  # fmt: skip

    def sends_raw(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, str((act.more.get("raw") or {}).get("type", "text")), None)

    def merchant_writes(self, account: Account, phone: Phone, act: Act) -> str:
        """The merchant answers in the WhatsApp Business app of a number that kept it (coexistence)."""
        message_id = str(act.more.get("id") or ids.wamid(phone.address))
        echo: Json = {
            "from": digits_of(account.number),
            "to": phone.address,
            "to_user_id": phone.user_id,
            "id": message_id,
            "timestamp": str(int(act.at)),
            "type": "text",
            "text": {"body": act.text},
        }
        value = self.value(account) | {"message_echoes": [echo | (act.more.get("raw") or {})]}
        show(self.sandbox, phone, "shop", "text", act.text, message_id, act.at, via="app")
        self.deliver(account, phone.address, "smb_message_echoes", value)
        return message_id

    def blocks(self, account: Account, phone: Phone, act: Act) -> str:
        """WhatsApp tells the business nothing; its messages become undeliverable."""
        phone.is_blocked = act.kind == "block"
        return ids.wamid(phone.address)


def country_of(phone: str) -> str:
    """The country of a telephone number, as a BSUID begins with it."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone)
        code = number.country_code or 1
        return phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(code)
    except phonenumbers.NumberParseException:
        return "US"
