"""What Messenger and Instagram share on the shop's side: the Send API.

Sources: developers.facebook.com/docs/messenger-platform/reference/send-api,
developers.facebook.com/docs/messenger-platform/instagram/features/send-message
"""

from abc import abstractmethod
from typing import Any, ClassVar, Final

from .graph import Call, GraphError, names
from .messaging_phone import MessagingPhone
from .state import Account, Json, Phone
from .world import first_of, show

WINDOW_S: Final = 24 * 3600
HUMAN_AGENT_S: Final = 7 * 24 * 3600
METADATA_LIMIT: Final = 1000
TYPING_S: Final = 20.0
RETIRED_TAGS: Final = ("CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE")
_ACTIONS: Final = ("typing_on", "typing_off", "mark_seen", "react", "unreact")


def invalid(message: str, subcode: int | None = None) -> GraphError:
    return GraphError(100, f"(#100) {message}", subcode=subcode)


class Messaging(MessagingPhone):
    tags: ClassVar[tuple[str, ...]]
    window_subcode: ClassVar[int]
    unknown_subcode: ClassVar[int]

    @abstractmethod
    def check_text(self, text: str) -> None:
        """Raise GraphError for a text that is too long."""

    def post_message(self, call: Call) -> Json:
        account = call.of_account()
        body = call.parameters
        with self.sandbox.lock:
            recipient = body.get("recipient")
            if not isinstance(recipient, dict) or not recipient:
                raise invalid("The parameter recipient is required")
            phone = self._recipient(account, recipient)
            action = body.get("sender_action")
            message = body.get("message")
            if action is not None:
                return self._act(phone, str(action), body)
            if not isinstance(message, dict):
                raise invalid("The parameter message is required")
            self._check_may_send(phone, body)
            return self._send(account, phone, message, body)

    def get_profile(self, call: Call) -> Json:
        if call.phone is None:
            raise invalid("no such person")
        shopper = self.sandbox.state.shoppers[call.phone.shopper]
        first, _, last = shopper.name.partition(" ")
        return self.profile(
            call, shopper.name, first, last, f"{self.sandbox.base_url}/cdn/avatar/{call.phone.address}"
        )

    @abstractmethod
    def profile(self, call: Call, name: str, first: str, last: str, picture: str) -> Json: ...

    def subscribe(self, call: Call) -> Json:
        fields = names(call.parameters.get("subscribed_fields"))
        if not fields:
            raise invalid("The parameter subscribed_fields is required.")
        with self.sandbox.lock:
            call.of_account().subscription = {"fields": fields}
        self.sandbox.store.changed()
        return {"success": True}

    def unsubscribe(self, call: Call) -> Json:
        with self.sandbox.lock:
            call.of_account().subscription = None
        self.sandbox.store.changed()
        return {"success": True}

    def get_subscribed(self, call: Call) -> Json:
        account = call.of_account()
        if account.subscription is None:
            return {"data": []}
        app = self.app(account)
        fields = account.subscription["fields"]
        return {
            "data": [{"id": app.id, "name": app.name, "category": "Business", "subscribed_fields": fields}]
        }

    def _recipient(self, account: Account, recipient: Json) -> Phone:
        phones = self.sandbox.state.phones_of(account)
        if "comment_id" in recipient:
            found = first_of(
                phone for phone in phones if f"comment_{phone.address}" == str(recipient["comment_id"])
            )
        else:
            found = first_of(phone for phone in phones if phone.address == str(recipient.get("id")))
        if found is None:
            raise invalid("No matching user found", self.unknown_subcode)
        return found

    def _act(self, phone: Phone, action: str, body: Json) -> Json:
        if action not in _ACTIONS:
            raise invalid(f"Param sender_action must be one of {{{', '.join(_ACTIONS).upper()}}}")
        if body.get("message") is not None:
            raise invalid("message and sender_action can't go together")
        if action.startswith("typing"):
            phone.typing_until = self.sandbox.now() + TYPING_S if action == "typing_on" else 0.0
        elif action == "mark_seen":
            for row in phone.rows:
                if row["from"] == "shopper":
                    row["seen"] = True
        else:
            payload = body.get("payload") or {}
            subject = phone.row(str(payload.get("message_id")))
            if subject is None:
                raise invalid("payload.message_id: no such message")
            subject["shop_reaction"] = str(payload.get("reaction") or "") if action == "react" else ""
        return {"recipient_id": phone.address}

    def _check_may_send(self, phone: Phone, body: Json) -> None:
        if phone.is_blocked:
            raise GraphError(551, "(#551) This person isn't available right now.", subcode=1545041)
        kind, tag = body.get("messaging_type"), body.get("tag")
        if kind not in (None, "RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"):
            raise invalid("Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG, UTILITY}")
        if kind == "MESSAGE_TAG" and not tag:
            raise invalid("The parameter tag is required with messaging_type MESSAGE_TAG")
        if tag is not None and tag not in self.tags:
            why = "is no longer supported" if tag in RETIRED_TAGS else "is not a message tag"
            raise invalid(f"Invalid parameter: the tag {tag} {why}")
        silent_s = self.sandbox.now() - phone.last_wrote_at
        if silent_s > (HUMAN_AGENT_S if tag else WINDOW_S):
            message = "(#10) This message is sent outside of allowed window."
            raise GraphError(10, message, subcode=self.window_subcode, status=403)

    def _send(self, account: Account, phone: Phone, message: Json, body: Json) -> Json:
        metadata = message.get("metadata", "")
        if not isinstance(metadata, str) or len(metadata) >= METADATA_LIMIT:
            raise invalid(f"Param metadata must be a string of less than {METADATA_LIMIT} characters")
        kind, text, more, echoed = self._content(message)
        reply_to = (body.get("reply_to") or {}).get("mid")
        if reply_to is not None and phone.row(str(reply_to)) is None:
            raise invalid("reply_to.mid: no such message")
        mid = self.new_mid()
        row = show(
            self.sandbox,
            phone,
            "shop",
            kind,
            text,
            mid,
            self.sandbox.now(),
            mark=metadata,
            reply_to=reply_to,
            **more,
        )
        echoed = {"mid": mid, **echoed, "is_echo": True, "app_id": int(account.app_id)}
        self.progress(account, phone, row, echoed | ({"metadata": metadata} if metadata else {}))
        return {"recipient_id": phone.address, "message_id": mid}

    def _content(self, message: Json) -> tuple[str, str, Json, Json]:
        """Kind and text on the phone, what else it shows, and how the echo tells of it."""
        text = message.get("text")
        attachment: Json | None = message.get("attachment") or first_of(message.get("attachments") or [])
        if (text is None) == (attachment is None):
            raise invalid("The message must hold either text or an attachment")
        buttons = _quick_replies(message.get("quick_replies") or [])
        if attachment is None:
            if not isinstance(text, str) or not text:
                raise invalid("Param message[text] must be a non-empty UTF-8 encoded string")
            self.check_text(text)
            return "text", text, {"buttons": buttons}, {"text": text}
        kind, payload = attachment.get("type"), attachment.get("payload") or {}
        if kind == "template":
            words, more = _template(payload)
            return "template", words, more, {"attachments": [{"type": "template", "payload": payload}]}
        if kind not in ("image", "audio", "video", "file", "like_heart", "MEDIA_SHARE"):
            raise invalid(f"Param message[attachment][type]: {kind!r} is not known", 2018047)
        url = payload.get("url", "")
        if kind not in ("like_heart", "MEDIA_SHARE") and not (url or payload.get("attachment_id")):
            raise invalid("message[attachment][payload] needs url or attachment_id")
        shown = "document" if kind == "file" else kind
        return (
            shown,
            "",
            {"url": url, "buttons": buttons},
            {"attachments": [{"type": kind, "payload": {"url": url}}]},
        )


def _quick_replies(replies: list[Json]) -> list[Json]:
    """Source: developers.facebook.com/docs/messenger-platform/send-messages/quick-replies"""
    if len(replies) > 13:
        raise invalid("Param message[quick_replies] must hold at most 13 quick replies")
    for reply in replies:
        if reply.get("content_type") == "text" and not (reply.get("title") and reply.get("payload")):
            raise invalid("A quick reply of the type text needs title and payload")
        if len(str(reply.get("payload", ""))) > 1000:
            raise invalid("The payload of a quick reply must be at most 1000 characters long")
    return [
        {
            "type": "quick_reply",
            "title": str(reply.get("title", ""))[:20],
            "payload": reply.get("payload", ""),
        }
        for reply in replies
    ]


def _template(payload: Json) -> tuple[str, Json]:
    """Source: developers.facebook.com/docs/messenger-platform/send-messages/templates"""
    kind = payload.get("template_type")
    if kind == "button":
        text = payload.get("text") or ""
        if not text or len(text) > 640:
            raise invalid("The text of a button template must have 1 to 640 characters")
        return text, _buttons(payload.get("buttons"))
    if kind == "generic":
        elements: list[Json] = payload.get("elements") or []
        if not 1 <= len(elements) <= 10 or not all(element.get("title") for element in elements):
            raise invalid("A generic template must hold 1 to 10 elements with titles")
        shown: Json = {"buttons": [], "links": []}
        for element in elements:
            if element.get("buttons"):
                for name, buttons in _buttons(element["buttons"]).items():
                    shown[name] += buttons
        return "\n".join(str(element["title"]) for element in elements), shown
    raise invalid(f"template_type {kind!r} is not known")


def _buttons(buttons: Any) -> dict[str, list[Json]]:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise invalid("A template must have 1 to 3 buttons")
    return {
        "buttons": [
            {"type": "postback", "title": str(each.get("title", ""))[:20], "payload": each.get("payload", "")}
            for each in buttons
            if each.get("type") == "postback"
        ],
        "links": [
            {"title": str(each.get("title", ""))[:20], "url": each.get("url", "")}
            for each in buttons
            if each.get("type") == "web_url"
        ],
    }


def page_node(account: Account, page_id: str) -> Json:
    """A Facebook page; `instagram_business_account` is there when an Instagram account is linked to it."""
    node: Json = {
        "id": page_id,
        "name": account.name,
        "category": "Shopping & retail",
        "link": f"https://www.facebook.com/{page_id}",
        "username": account.username or None,
        "access_token": account.token,
        "tasks": ["MESSAGING", "MODERATE", "MANAGE"],
        "instagram_business_account": None,
        "connected_instagram_account": None,
    }
    if account.channel == "instagram":
        linked = {"id": account.id, "username": account.username, "name": account.name}
        node |= {"instagram_business_account": linked, "connected_instagram_account": linked}
    return node
