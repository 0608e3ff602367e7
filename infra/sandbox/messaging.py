"""What Messenger and Instagram share on the shop's side: the Send API.

Sources: developers.facebook.com/docs/messenger-platform/reference/send-api,
developers.facebook.com/docs/messenger-platform/instagram/features/send-message
"""

from abc import abstractmethod
from typing import ClassVar, Final

from .graph import Call, GraphError, names
from .links import Fetched
from .messaging_comments import MessagingComments
from .messaging_content import attachment_of, check_file, content_of, fetch, invalid
from .state import Account, Json, Phone
from .world import first_of, show

WINDOW_S: Final = 24 * 3600
HUMAN_AGENT_S: Final = 7 * 24 * 3600
METADATA_LIMIT: Final = 1000
TYPING_S: Final = 20.0
RETIRED_TAGS: Final = ("CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE")
_ACTIONS: Final = ("typing_on", "typing_off", "mark_seen", "react", "unreact")
# A reaction may be given by name.
_NAMED: Final = {"love": "❤"}


class Messaging(MessagingComments):
    tags: ClassVar[tuple[str, ...]]
    window_subcode: ClassVar[int]
    unknown_subcode: ClassVar[int]
    # The beginnings of the types that a kind of attachment may have, and its bytes.
    file_limits: ClassVar[dict[str, tuple[tuple[str, ...], int]]]

    @abstractmethod
    def check_text(self, text: str) -> None:
        """Raise GraphError for a text that is too long."""

    def content(self, account: Account, message: Json, body: Json) -> tuple[str, str, Json, Json]:
        """Kind and text on the phone, what else it shows, and how the echo tells of it. Raises GraphError."""
        return content_of(message)

    def needs_window(self, message: Json) -> bool:
        return True

    def post_message(self, call: Call) -> Json:
        account, body = call.of_account(), call.parameters
        file = fetch(body.get("message"))
        with self.sandbox.lock:
            recipient = body.get("recipient")
            if not isinstance(recipient, dict) or not recipient:
                raise invalid("The parameter recipient is required")
            comment = self.comment_named(account, str(recipient.get("comment_id", "")))
            phone = comment[0] if comment else self._recipient(account, recipient)
            action = body.get("sender_action")
            message = body.get("message")
            if action is not None:
                return self._act(phone, str(action), body)
            if not isinstance(message, dict):
                raise invalid("The parameter message is required")
            if comment:
                self.check_private_reply(*comment)
            else:
                self._check_may_send(phone, body)
            answer = self._send(account, phone, message, body, file)
            if comment:
                comment[1]["answered"] = True
            return answer

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
        wanted = str(recipient.get("id", ""))
        found = first_of(phone for phone in phones if wanted and phone.address == wanted)
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
            reaction = str(payload.get("reaction") or "") if action == "react" else ""
            if action == "react" and not reaction:
                raise invalid("payload.reaction is required")
            subject["shop_reaction"] = _NAMED.get(reaction, reaction)
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
        if not self.needs_window(body.get("message") or {}):
            return
        silent_s = self.sandbox.now() - phone.last_wrote_at
        if silent_s > (HUMAN_AGENT_S if tag else WINDOW_S):
            message = "(#10) This message is sent outside of allowed window."
            raise GraphError(10, message, subcode=self.window_subcode, status=403)

    def _send(self, account: Account, phone: Phone, message: Json, body: Json, file: Fetched | None) -> Json:
        metadata = message.get("metadata", "")
        if not isinstance(metadata, str) or len(metadata) >= METADATA_LIMIT:
            raise invalid(f"Param metadata must be a string of less than {METADATA_LIMIT} characters")
        kind, text, more, echoed = self.content(account, message, body)
        if "text" in message:
            self.check_text(text)
        if file is not None:
            more["url"] = self._kept_at(account, message, file)
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

    def _kept_at(self, account: Account, message: Json, file: Fetched) -> str:
        """Where the phone finds a file that was sent by link, whatever becomes of the link."""
        check_file(str((attachment_of(message) or {}).get("type")), file, self.file_limits)
        media = file.kept(account, "")
        self.sandbox.state.media[media.id] = media
        return self.cdn_url(media)


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
