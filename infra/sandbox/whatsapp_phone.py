"""WhatsApp as the shopper sees it: what they do with their phone."""

import base64
import hashlib
import re
from typing import Final

from . import ids
from . import whatsapp_said as said
from .base import MEDIA_KINDS, SILENT_KINDS, Act, Doing
from .state import Account, Json, Media, Phone, Shopper
from .whatsapp_notices import NOTICE_KINDS
from .whatsapp_people import WhatsAppPeople

# What is no message of the shopper's: their window stays as it is.
_SILENT: Final = frozenset(
    {*SILENT_KINDS, *NOTICE_KINDS, "number_change", "id_change", "identity_key", "preference", "play"}
)


class WhatsAppPhone(WhatsAppPeople):
    silent_kinds = _SILENT

    @property
    def acts(self) -> dict[str, Doing]:
        return {
            "text": self.writes,
            **dict.fromkeys((*MEDIA_KINDS, "voice"), self.sends_media),
            "location": self.sends_location,
            "contact": self.sends_contact,
            "reaction": self.reacts,
            "button": self.taps,
            "form": self.fills_in,
            "call": self.permits_calls,
            "referral": self.comes_from_ad,
            "order": self.orders,
            "edit": self.edits,
            "delete": self.deletes,
            "unsupported": self.sends_unsupported,
            "number_change": self.changes_number,
            "id_change": self.changes_id,
            "identity_key": self.changes_key,
            "preference": self.prefers,
            "play": self.plays,
            "echo": self.merchant_acts,
            "block": self.blocks,
            "unblock": self.blocks,
            "raw": self.sends_raw,
            **self.notices,
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
        moved = f"{shopper.name}/{shopper.moves}" if shopper.moves else shopper.name
        phone.user_id = ids.bsuid(account.waba_id, moved, country_of(shopper.phone))

    # What a shopper does

    def writes(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, "text", {"body": act.text})

    def sends_media(self, account: Account, phone: Phone, act: Act) -> str:
        """`error` (131052) is a file that WhatsApp could not take in: it comes without one."""
        is_voice = act.kind == "voice"
        act.kind = "audio" if is_voice else act.kind
        media = self.keep_media(account, act)
        code = act.more.get("error")
        body = None if code else self._file(act, media, is_voice)
        errors = [said.error(int(code))] if code else None
        return self.message(account, phone, act, act.kind, body, url=self.cdn_url(media), errors=errors)

    def _file(self, act: Act, media: Media, is_voice: bool) -> Json:
        content = base64.b64decode(media.content)
        sha256 = base64.b64encode(hashlib.sha256(content).digest()).decode()
        body: Json = {"id": media.id, "mime_type": media.mime_type, "sha256": sha256}
        if act.text and act.kind in ("image", "video", "document"):
            body["caption"] = act.text
        if act.kind == "audio":
            body["voice"] = is_voice or bool(act.more.get("voice", True))
        if act.kind == "document":
            body["filename"] = media.filename
        if act.kind == "sticker":
            body["animated"] = bool(act.more.get("animated", False))
        return body

    def sends_location(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, "location", said.location(act))

    def sends_contact(self, account: Account, phone: Phone, act: Act) -> str:
        """`own`: the shopper's own card, with the number of this phone."""
        if act.more.get("own"):
            shopper = self.sandbox.state.shoppers[phone.shopper]
            act.text, act.more = act.text or shopper.name, act.more | {"number": shopper.phone}
        return self.message(account, phone, act, "contacts", [said.contact(act)])

    def reacts(self, account: Account, phone: Phone, act: Act) -> str:
        """Sets an emoji under a message of the shop; `"emoji": ""` takes it away."""
        row = self.target_row(phone, act, "shop")
        content = said.reaction(act, row["id"])
        row["reaction"] = content.get("emoji", "")
        return self.message(account, phone, act, "reaction", content, is_shown=False)

    def taps(self, account: Account, phone: Phone, act: Act) -> str:
        """`type` is what a button is that no message on the phone has: template, button_reply, list_reply."""
        row, button = self.tap(phone, act)
        act.text = button["title"]
        answered = row["id"] if row and not act.more.get("without_context") else None
        kind = button["type"] or act.more.get("type", "button_reply")
        if kind == "template":
            content: Json = {"payload": button["payload"], "text": button["title"]}
            return self.message(account, phone, act, "button", content, answered=answered)
        reply = {"id": button["payload"], "title": button["title"]}
        if description := button.get("description") or act.more.get("description"):
            reply["description"] = description
        content = {"type": kind, kind: reply}
        return self.message(account, phone, act, "interactive", content, answered=answered)

    def fills_in(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, "interactive", said.form(act))

    def permits_calls(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, "interactive", said.call_permission(act))

    def comes_from_ad(self, account: Account, phone: Phone, act: Act) -> str:
        act.text = act.text or "Hello! Can I get more info on this?"
        act.more = {"referral": True} | act.more
        return self.message(account, phone, act, "text", {"body": act.text})

    def orders(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, "order", said.order(act))

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": act.text, "edited": True}
        edit = {"original_message_id": row["id"], "message": said.changed(row, act.text)}
        return self.message(account, phone, act, "edit", edit, is_shown=False)

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        return self.message(account, phone, act, "revoke", {"original_message_id": row["id"]}, is_shown=False)

    def sends_unsupported(self, account: Account, phone: Phone, act: Act) -> str:
        """`type`: poll_creation, gif, group_invite, …; null is an older webhook, which does not say."""
        what = act.more.get("type", "poll_creation")
        content = None if what is None else {"type": what}
        errors = [said.error(int(act.more.get("code", 131051)))]
        return self.message(account, phone, act, "unsupported", content, errors=errors)

    def plays(self, account: Account, phone: Phone, act: Act) -> str:
        """The shopper listens to a voice message of the shop's."""
        row = self.target_row(phone, act, "shop")
        self.report(account, phone, row["id"], "played")
        return str(row["id"])

    def sends_raw(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, str((act.more.get("raw") or {}).get("type", "text")), None)

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
