"""A shop's messages on WhatsApp: who may be written to, what is taken, and what the phone shows of it.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

import re
from typing import Any, Final

from . import ids
from .graph import Call
from .links import Fetched
from .state import Account, Json, Phone
from .template_filling import filled, find, header_file
from .whatsapp_content import bounded, interactive, invalid, place, refusal
from .whatsapp_media import MEDIA, WhatsAppMedia
from .world import first_of, show

WINDOW_S: Final = 24 * 3600
TEXT_LIMIT: Final = 4096
CALLBACK_DATA_LIMIT: Final = 512
TYPING_S: Final = 25.0
_TYPES: Final = (*MEDIA, "text", "location", "contacts", "interactive", "template", "reaction")


def _content_of(body: Json) -> tuple[str, Any]:
    """What kind of message it is, and the part of that name. Raises GraphError."""
    kind = body.get("type", "text")
    if kind not in _TYPES:
        raise invalid(f"Param type must be one of {{{', '.join(_TYPES).upper()}}} - got {kind!r}.")
    content = body.get(kind)
    if not isinstance(content, dict if kind != "contacts" else list):
        raise invalid(f"The parameter {kind} is required.")
    return kind, content


def _file_of(kind: str, content: Any) -> tuple[Json, str]:
    """The part that may hold a link: a file, or the header of a template."""
    if kind in MEDIA:
        return content, kind
    header = header_file(content) if kind == "template" else None
    return (header[1], header[0]) if header else ({}, kind)


class WhatsAppSending(WhatsAppMedia):
    def post_message(self, call: Call) -> Json:
        account = call.of_account()
        if call.parameters.get("messaging_product") != "whatsapp":
            raise refusal(100, "The parameter messaging_product is required.")
        if call.parameters.get("status") is not None:
            with self.sandbox.lock:
                return self._mark_read(account, call.parameters)
        kind, content = _content_of(call.parameters)
        file = self.fetch(*_file_of(kind, content))
        with self.sandbox.lock:
            return self._send(account, call.parameters, kind, content, file)

    def _mark_read(self, account: Account, body: Json) -> Json:
        if body["status"] != "read":
            raise invalid("Param status must be one of {READ}")
        for phone in self.sandbox.state.phones_of(account):
            row = phone.row(str(body.get("message_id")))
            if row is not None and row["from"] == "shopper":
                for each in phone.rows:
                    if each["from"] == "shopper" and each["at"] <= row["at"]:
                        each["seen"] = True
                if typing := body.get("typing_indicator"):
                    if typing.get("type") != "text":
                        raise invalid("typing_indicator['type'] must be text")
                    phone.typing_until = self.sandbox.now() + TYPING_S
                return {"success": True}
        raise invalid("message_id: no such message")

    def _send(self, account: Account, body: Json, kind: str, content: Any, file: Fetched | None) -> Json:
        mark = body.get("biz_opaque_callback_data", "")
        if not isinstance(mark, str) or len(mark) > CALLBACK_DATA_LIMIT:
            raise invalid(
                f"Param biz_opaque_callback_data must be at most {CALLBACK_DATA_LIMIT} characters long."
            )
        text, more = self._content(account, kind, content, file)
        phone = self._recipient(account, body)
        self._check_may_send(phone, kind, str(more.get("category", "")))
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
        if body.get("to"):
            contact = {"input": str(body["to"]), "wa_id": phone.address}
        else:
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

    def _check_may_send(self, phone: Phone, kind: str, category: str) -> None:
        if phone.is_blocked:
            raise refusal(131026, "Message undeliverable")
        if phone.stops_marketing and category == "marketing":
            raise refusal(131050, "User stopped marketing messages from this business")
        if kind != "template" and self.sandbox.now() - phone.last_wrote_at > WINDOW_S:
            details = (
                "Message failed to send because more than 24 hours have passed since the customer last "
                "replied to this number."
            )
            raise refusal(131047, "Re-engagement message", details)

    def _content(self, account: Account, kind: str, content: Any, file: Fetched | None) -> tuple[str, Json]:
        """The text that a phone shows, and what else. Raises GraphError for content out of bounds."""
        if kind == "text":
            return bounded(content.get("body"), "text['body']", TEXT_LIMIT), {}
        if kind in MEDIA:
            return self.media_row(account, kind, content, file)
        if kind == "template":
            return self._template(account, content, file)
        if kind == "interactive":
            return interactive(content)
        if kind == "location":
            return place(content), {"place": content}
        if kind == "contacts":
            return ", ".join(str((each.get("name") or {}).get("formatted_name", "")) for each in content), {}
        return str(content.get("emoji") or ""), {}

    def _template(self, account: Account, content: Json, file: Fetched | None) -> tuple[str, Json]:
        template = find(account, str(content.get("name")), str((content.get("language") or {}).get("code")))
        text, more = filled(template, content)
        header = header_file(content)
        if header is not None:
            _, shown = self.media_row(account, *header, file)
            more |= shown
        return text, more | {"category": template["category"].lower(), "template": template["name"]}

    def _react(self, phone: Phone, content: Any) -> None:
        row = phone.row(str(content.get("message_id")))
        if row is None:
            raise refusal(131009, "Parameter value is not valid", "reaction.message_id: no such message")
        row["shop_reaction"] = str(content.get("emoji") or "")


def _wa(phone: str) -> str:
    return re.sub(r"\D", "", phone)
