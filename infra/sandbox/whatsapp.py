"""WhatsApp Business Cloud API: the calls of a shop.

Source: developers.facebook.com/docs/whatsapp/cloud-api
"""

import base64
import hashlib
import re
from typing import Any, Final

from . import ids
from .graph import Call, Routes, picked, unknown_object
from .graph_apps import handshake
from .state import Account, Json, Media, Phone
from .templates import TEMPLATES, filled, find
from .whatsapp_content import bounded, interactive, invalid, refusal
from .whatsapp_phone import WhatsAppPhone
from .world import first_of, show

WINDOW_S: Final = 24 * 3600
TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
CALLBACK_DATA_LIMIT: Final = 512
MEDIA_URL_LIVES_S: Final = 300
TYPING_S: Final = 25.0
_MEDIA: Final = ("image", "video", "audio", "document", "sticker")
_TYPES: Final = (*_MEDIA, "text", "location", "contacts", "interactive", "template", "reaction")
_NUMBER_FIELDS: Final = (
    "verified_name",
    "display_phone_number",
    "quality_rating",
    "code_verification_status",
)


class WhatsApp(WhatsAppPhone):
    def routes(self) -> Routes:
        return {
            ("phone_number", "", "GET"): self.get_number,
            ("phone_number", "", "POST"): self.set_number,
            ("phone_number", "messages", "POST"): self.post_message,
            ("phone_number", "media", "POST"): self.post_media,
            ("media", "", "GET"): self.get_media,
            ("media", "", "DELETE"): self.delete_media,
            ("waba", "", "GET"): self.get_waba,
            ("waba", "phone_numbers", "GET"): self.get_numbers,
            ("waba", "message_templates", "GET"): self.get_templates,
            ("waba", "subscribed_apps", "GET"): self.get_subscribed,
            ("waba", "subscribed_apps", "POST"): self.subscribe,
            ("waba", "subscribed_apps", "DELETE"): self.unsubscribe,
        }

    def get_number(self, call: Call) -> Json:
        return picked(call, _number(call.of_account()), _NUMBER_FIELDS)

    def set_number(self, call: Call) -> Json:
        """Takes `webhook_configuration`, the callback of this one number; an empty one clears it."""
        account = call.of_account()
        override = call.parameters.get("webhook_configuration")
        if not isinstance(override, dict):
            raise invalid("webhook_configuration is required")
        if override.get("override_callback_uri"):
            handshake(override["override_callback_uri"], str(override.get("verify_token", "")))
        account.number_override = override if override.get("override_callback_uri") else None
        self.sandbox.store.changed()
        return {"success": True}

    def get_waba(self, call: Call) -> Json:
        account = call.of_account()
        waba = {
            "id": account.waba_id,
            "name": account.name,
            "currency": "USD",
            "timezone_id": "1",
            "country": "US",
            "account_review_status": "APPROVED",
            "business_verification_status": "verified",
            "ownership_type": "CLIENT_OWNED",
            "message_template_namespace": "sandbox",
            "status": "ACTIVE",
        }
        return picked(call, waba, ("name", "timezone_id", "message_template_namespace"))

    def get_numbers(self, call: Call) -> Json:
        return {
            "data": [
                picked(call, _number(each), _NUMBER_FIELDS) for each in self._siblings(call.of_account())
            ]
        }

    def get_templates(self, call: Call) -> Json:
        wanted = {
            name: call.text(name) for name in ("name", "language", "status", "category") if call.text(name)
        }
        found = [each for each in TEMPLATES if all(each[name] == value for name, value in wanted.items())]
        return {"data": found, "paging": {"cursors": {"before": "MAZDZD", "after": "MjQZD"}}}

    def get_subscribed(self, call: Call) -> Json:
        account = call.of_account()
        if account.subscription is None:
            return {"data": []}
        app = self.app(account)
        entry: Json = {"whatsapp_business_api_data": {"id": app.id, "name": app.name, "link": ""}}
        if override := account.subscription.get("override"):
            entry["override_callback_uri"] = override["override_callback_uri"]
        return {"data": [entry]}

    def subscribe(self, call: Call) -> Json:
        """Subscribe the app to all of the WABA; a call without an override removes the one there was."""
        account = call.of_account()
        url, verify_token = call.text("override_callback_uri"), call.text("verify_token")
        override = None
        if url or verify_token:
            if not url or not verify_token:
                raise invalid("override_callback_uri and verify_token go together")
            handshake(url, verify_token)
            override = {"override_callback_uri": url, "verify_token": verify_token}
        with self.sandbox.lock:
            for each in self._siblings(account):
                each.subscription = {"override": override}
        self.sandbox.store.changed()
        return {"success": True}

    def unsubscribe(self, call: Call) -> Json:
        with self.sandbox.lock:
            for each in self._siblings(call.of_account()):
                each.subscription = None
        self.sandbox.store.changed()
        return {"success": True}

    def post_media(self, call: Call) -> Json:
        account = call.of_account()
        if call.text("messaging_product") != "whatsapp":
            raise invalid("The parameter messaging_product is required.")
        if "file" not in call.files:
            raise invalid("The parameter file is required.")
        name, mime_type, content = call.files["file"]
        text = base64.b64encode(content).decode()
        media = Media(ids.digits(16), "whatsapp", account.id, call.text("type") or mime_type, text, name)
        with self.sandbox.lock:
            self.sandbox.state.media[media.id] = media
        self.sandbox.store.changed()
        return {"id": media.id}

    def get_media(self, call: Call) -> Json:
        if call.media is None or call.media.channel != "whatsapp":
            raise unknown_object(call)
        content = base64.b64decode(call.media.content)
        until = int(self.sandbox.now()) + MEDIA_URL_LIVES_S
        path = f"/graph/whatsapp_business/attachments/?mid={call.media.id}&ext={until}&hash={ids.letters(24)}"
        return {
            "messaging_product": "whatsapp",
            "url": self.sandbox.base_url + path,
            "mime_type": call.media.mime_type,
            "sha256": hashlib.sha256(content).hexdigest(),
            "file_size": str(len(content)),
            "id": call.media.id,
        }

    def delete_media(self, call: Call) -> Json:
        with self.sandbox.lock:
            self.sandbox.state.media.pop(call.object_id, None)
        return {"success": True}

    def attachment(self, token: str, media_id: str, until: str) -> Media | None:
        """The file behind a media URL: only with the account's token, and for five minutes."""
        media = self.sandbox.state.media.get(media_id)
        account = self.sandbox.state.account("whatsapp", media.account) if media else None
        if (
            account is None
            or token != account.token
            or not until.isdigit()
            or int(until) < self.sandbox.now()
        ):
            return None
        return media

    def post_message(self, call: Call) -> Json:
        account = call.of_account()
        with self.sandbox.lock:
            if call.parameters.get("messaging_product") != "whatsapp":
                raise refusal(100, "The parameter messaging_product is required.")
            if call.parameters.get("status") is not None:
                return self._mark_read(account, call.parameters)
            return self._send(account, call.parameters)

    def _mark_read(self, account: Account, body: Json) -> Json:
        if body["status"] != "read":
            raise invalid("Param status must be one of {READ}")
        for phone in self.sandbox.state.phones_of(account):
            row = phone.row(str(body.get("message_id")))
            if row is not None and row["from"] == "shopper":
                for each in phone.rows:
                    if each["from"] == "shopper" and each["at"] <= row["at"]:
                        each["seen"] = True
                if body.get("typing_indicator"):
                    phone.typing_until = self.sandbox.now() + TYPING_S
                return {"success": True}
        raise invalid("message_id: no such message")

    def _send(self, account: Account, body: Json) -> Json:
        kind = body.get("type", "text")
        if kind not in _TYPES:
            raise invalid(f"Param type must be one of {{{', '.join(_TYPES).upper()}}} - got {kind!r}.")
        content = body.get(kind)
        if not isinstance(content, dict if kind != "contacts" else list):
            raise invalid(f"The parameter {kind} is required.")
        mark = body.get("biz_opaque_callback_data", "")
        if not isinstance(mark, str) or len(mark) > CALLBACK_DATA_LIMIT:
            raise invalid(
                f"Param biz_opaque_callback_data must be at most {CALLBACK_DATA_LIMIT} characters long."
            )
        text, more = self._content(account, kind, content)
        phone = self._recipient(account, body)
        self._check_may_send(phone, kind)
        context = (body.get("context") or {}).get("message_id")
        if context is not None and phone.row(str(context)) is None:
            raise refusal(131009, "Parameter value is not valid", "context.message_id: no such message")
        message_id = ids.wamid(phone.address)
        if kind == "reaction":
            self._react(phone, content)
        else:
            show(
                self.sandbox, phone, "shop", kind, text, message_id, self.sandbox.now(),
                mark=mark, reply_to=context, category=more.pop("category", None), **more,
            )  # fmt: skip
            self.progress(account, phone, message_id)
        return self._accepted(body, phone, message_id)

    def _accepted(self, body: Json, phone: Phone, message_id: str) -> Json:
        contact = {"input": str(body["to"]), "wa_id": phone.address}
        if not body.get("to"):
            contact = {"input": str(body["recipient"]), "user_id": phone.user_id}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": message_id}]}

    def _recipient(self, account: Account, body: Json) -> Phone:
        """The phone that `to` (a number) or `recipient` (a BSUID) names; `to` wins.

        Without a plus sign the business's own country code is put in front.
        Source: developers.facebook.com/docs/whatsapp/cloud-api/messages/send-messages#phone-number-formats
        """
        to, recipient = body.get("to"), body.get("recipient")
        if not to and not recipient:
            raise refusal(100, "The parameter to is required.")
        phones = self.sandbox.state.phones_of(account)
        if to:
            number = re.sub(r"\D", "", str(to))
            if not number:
                raise refusal(100, "Invalid parameter", "to: not a phone number")
            if "+" not in str(to):
                number = account.number.removeprefix("+").split(" ")[0] + number
            known = first_of(
                shopper for shopper in self.sandbox.state.shoppers.values() if _wa(shopper.phone) == number
            )
            if known:
                return self.phone_with_ids(account, known)
            if str(account.number) == f"+{number}":
                raise refusal(131021, "Recipient cannot be sender")
            hint = (
                "" if "+" in str(to) else " (without a plus sign the business's country code is put in front)"
            )
            raise refusal(131026, "Message undeliverable", f"{number} is not on WhatsApp{hint}")
        found = first_of(phone for phone in phones if phone.user_id == str(recipient))
        if found is None:
            raise refusal(131026, "Message undeliverable", "recipient: no such user")
        return found

    def _check_may_send(self, phone: Phone, kind: str) -> None:
        if phone.is_blocked:
            raise refusal(131026, "Message undeliverable")
        if kind != "template" and self.sandbox.now() - phone.last_wrote_at > WINDOW_S:
            details = (
                "Message failed to send because more than 24 hours have passed since the customer last "
                "replied to this number."
            )
            raise refusal(131047, "Re-engagement message", details)

    def _content(self, account: Account, kind: str, content: Any) -> tuple[str, Json]:
        """The text that a phone shows, and what else. Raises GraphError for content out of bounds."""
        if kind == "text":
            return bounded(content.get("body"), "text['body']", TEXT_LIMIT), {}
        if kind in _MEDIA:
            return self._media(account, kind, content)
        if kind == "template":
            template = find(str(content.get("name")), str((content.get("language") or {}).get("code")))
            text, buttons = filled(template, content)
            return text, {
                "buttons": buttons,
                "category": template["category"].lower(),
                "template": template["name"],
            }
        if kind == "interactive":
            return interactive(content)
        if kind == "location":
            if not all(isinstance(content.get(name), int | float) for name in ("latitude", "longitude")):
                raise invalid("location: latitude and longitude are required")
            return str(content.get("name") or f"{content['latitude']}, {content['longitude']}"), {}
        if kind == "contacts":
            return ", ".join(str((each.get("name") or {}).get("formatted_name", "")) for each in content), {}
        return str(content.get("emoji") or ""), {}

    def _media(self, account: Account, kind: str, content: Json) -> tuple[str, Json]:
        caption = str(content.get("caption") or "")
        if len(caption) > CAPTION_LIMIT:
            raise invalid(f"Param {kind}['caption'] must be at most {CAPTION_LIMIT} characters long.")
        if link := content.get("link"):
            if not re.match(r"https?://", str(link)):
                raise invalid(f"Param {kind}['link'] is not a valid URI.")
            return caption, {"url": link}
        media = self.sandbox.state.media.get(str(content.get("id")))
        if media is None or media.account != account.id:
            raise refusal(
                131009, "Parameter value is not valid", f"{kind}: give a link or the id of an uploaded file"
            )
        return caption, {"url": self.cdn_url(media), "filename": content.get("filename")}

    def _react(self, phone: Phone, content: Any) -> None:
        row = phone.row(str(content.get("message_id")))
        if row is None:
            raise refusal(131009, "Parameter value is not valid", "reaction.message_id: no such message")
        row["shop_reaction"] = str(content.get("emoji") or "")

    def _siblings(self, account: Account) -> list[Account]:
        return [
            each for each in self.sandbox.state.accounts_on("whatsapp") if each.waba_id == account.waba_id
        ]


def _wa(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _number(account: Account) -> Json:
    return {
        "id": account.id,
        "verified_name": account.name,
        "display_phone_number": account.number,
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "account_mode": "LIVE",
        "platform_type": "CLOUD_API",
        "is_on_biz_app": account.on_business_app,
        "is_official_business_account": False,
        "is_pin_enabled": True,
        "throughput": {"level": "STANDARD"},
        "messaging_limit_tier": "TIER_2K",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "webhook_configuration": {
            name: each["override_callback_uri"]
            for name, each in (
                ("phone_number", account.number_override),
                ("whatsapp_business_account", (account.subscription or {}).get("override")),
            )
            if each
        },
        "health_status": {"can_send_message": "AVAILABLE", "entities": []},
    }
