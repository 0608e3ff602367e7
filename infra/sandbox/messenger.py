"""Messenger: a Facebook page and the people who write to it.

Source: developers.facebook.com/docs/messenger-platform
"""

from typing import ClassVar, Final

from . import ids
from . import messaging_attachments as attachments
from .base import Act, Doing
from .graph import Call, Routes, picked
from .messaging import Messaging, page_node
from .messaging_content import invalid
from .state import Account, Json, Phone
from .templates import listed
from .utility import utility

TEXT_LIMIT: Final = 2000
FILE_LIMIT: Final = 25 * 1024 * 1024
LOCALES: Final = {
    "en": "en_US", "ru": "ru_RU", "ro": "ro_RO", "ar": "ar_AR", "tr": "tr_TR", "zh": "zh_CN", "kk": "kk_KZ",
    "uk": "uk_UA", "es": "es_ES", "pt": "pt_BR", "fr": "fr_FR", "de": "de_DE", "hi": "hi_IN", "id": "id_ID",
}  # fmt: skip


class Messenger(Messaging):
    channel: ClassVar[str] = "messenger"
    inbox_app_id: ClassVar[int] = 263902037430900
    attachment_types: ClassVar[dict[str, str]] = {
        "image": "image", "video": "video", "audio": "audio", "document": "file", "sticker": "sticker",
    }  # fmt: skip
    shared_as: ClassVar[str] = "fallback"
    tags: ClassVar[tuple[str, ...]] = ("HUMAN_AGENT", "CUSTOMER_FEEDBACK")
    window_subcode: ClassVar[int] = 2018278
    unknown_subcode: ClassVar[int] = 2018001
    file_limits: ClassVar[dict[str, tuple[tuple[str, ...], int]]] = {
        "image": (("image/",), FILE_LIMIT),
        "video": (("video/",), FILE_LIMIT),
        "audio": (("audio/",), FILE_LIMIT),
        "file": (("",), FILE_LIMIT),
    }

    def routes(self) -> Routes:
        return {
            ("page", "", "GET"): self.get_page,
            ("page", "messages", "POST"): self.post_message,
            ("page", "message_templates", "GET"): self.get_templates,
            ("page", "subscribed_apps", "GET"): self.get_subscribed,
            ("page", "subscribed_apps", "POST"): self.subscribe,
            ("page", "subscribed_apps", "DELETE"): self.unsubscribe,
            ("comment", "comments", "POST"): self.post_comment,
            ("user_profile", "", "GET"): self.get_profile,
        }

    @property
    def acts(self) -> dict[str, Doing]:
        return super().acts | {
            "location": self.sends_something,
            "appointment": self.sends_something,
            "comment_edit": self.edits_comment,
            "comment_remove": self.removes_comment,
            "template_status": self.judges_template,
        }

    def new_account(self, options: Json) -> Account:
        page_id = ids.digits(15)
        return Account(
            channel="messenger",
            id=page_id,
            page_id=page_id,
            name=options.get("name", "Sandbox Shop"),
            token=ids.graph_token(),
            app_id=self.app_for(options).id,
            username=f"sandbox.shop.{page_id[-4:]}",
        )

    def setup_body(self, account: Account) -> Json:
        app = self.app(account)
        return {
            "account": account.id,
            "page_token": account.token,
            "page_id": account.id,
            "app_id": app.id,
            "app_secret": app.secret,
        }

    def new_mid(self) -> str:
        return ids.messenger_mid()

    def read_event(self, row: Json) -> Json:
        return {"watermark": int(self.sandbox.now() * 1000)}

    def sends_something(self, account: Account, phone: Phone, act: Act) -> str:
        """A place, as it came once, or an appointment."""
        make = {"location": attachments.location, "appointment": attachments.appointment}[act.kind]
        return self.message(account, phone, act, {"attachments": make(act.more)})

    def sends_the_unsupported(self, account: Account, phone: Phone, act: Act) -> str:
        """What Messenger can't tell of comes as a message that holds nothing."""
        return self.message(account, phone, act, {})

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        """Messenger has no webhook for it: the message goes from the phone only."""
        row = self.row_of(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        return str(row["id"])

    def check_text(self, text: str) -> None:
        if len(text) >= TEXT_LIMIT:
            raise invalid("Length of param message[text] must be less than 2000", 2018023)

    def content(self, account: Account, message: Json, body: Json) -> tuple[str, str, Json, Json]:
        if isinstance(message.get("template"), dict):
            return utility(account, message["template"], body)
        return super().content(account, message, body)

    def needs_window(self, message: Json) -> bool:
        return "template" not in message

    def get_templates(self, call: Call) -> Json:
        return listed(call.of_account(), call)

    def get_page(self, call: Call) -> Json:
        return picked(call, page_node(call.of_account(), call.object_id), ("name",))

    def profile(self, call: Call, name: str, first: str, last: str, picture: str) -> Json:
        shopper = self.sandbox.state.shoppers[name]
        person = {
            "id": call.object_id,
            "name": name,
            "first_name": first,
            "last_name": last,
            "profile_pic": picture,
            "locale": LOCALES.get(shopper.language, "en_US"),
            "timezone": 0,
            "gender": None,
        }
        return picked(call, person, ("first_name", "last_name", "profile_pic"))
