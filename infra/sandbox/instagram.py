"""Instagram messaging in both forms: through a linked page (Facebook Login) and by itself (Instagram Login).

Sources: developers.facebook.com/docs/messenger-platform/instagram,
developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login
"""

from typing import ClassVar, Final

from . import ids
from .base import Act, Doing, Refused
from .graph import Call, GraphError, Routes, picked
from .graph_apps import TOKEN_LIVES_S
from .messaging import Messaging, page_node
from .messaging_content import invalid
from .messaging_public import username_of
from .messaging_wire import between, laid_over
from .state import Account, Json, Phone

TEXT_LIMIT_BYTES: Final = 1000
_MB: Final = 1024 * 1024
REFRESHABLE_AFTER_S: Final = 24 * 3600


class Instagram(Messaging):
    channel: ClassVar[str] = "instagram"
    inbox_app_id: ClassVar[int] = 1217981644879628
    attachment_types: ClassVar[dict[str, str]] = {
        "image": "image", "video": "video", "audio": "audio", "document": "file", "sticker": "image",
        "story_mention": "story_mention",
    }  # fmt: skip
    shared_as: ClassVar[str] = "ig_post"
    tags: ClassVar[tuple[str, ...]] = ("HUMAN_AGENT",)
    window_subcode: ClassVar[int] = 2534022
    unknown_subcode: ClassVar[int] = 2534014
    file_limits: ClassVar[dict[str, tuple[tuple[str, ...], int]]] = {
        "image": (("image/png", "image/jpeg"), 8 * _MB),
        "video": (("video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm"), 25 * _MB),
        "audio": (("audio/aac", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav"), 25 * _MB),
        "file": (("application/pdf",), 25 * _MB),
    }

    def routes(self) -> Routes:
        return {
            ("ig_account", "", "GET"): self.get_account,
            ("ig_account", "messages", "POST"): self.post_message,
            ("ig_account", "subscribed_apps", "GET"): self.get_subscribed,
            ("ig_account", "subscribed_apps", "POST"): self.subscribe,
            ("ig_account", "subscribed_apps", "DELETE"): self.unsubscribe,
            ("page", "", "GET"): self.get_page,
            ("page", "messages", "POST"): self.post_message,
            ("page", "subscribed_apps", "GET"): self.get_subscribed,
            ("page", "subscribed_apps", "POST"): self.subscribe,
            ("page", "subscribed_apps", "DELETE"): self.unsubscribe,
            ("comment", "replies", "POST"): self.post_comment,
            ("user_profile", "", "GET"): self.get_profile,
            ("refresh_access_token", "", "GET"): self.refresh_token,
        }

    @property
    def acts(self) -> dict[str, Doing]:
        return super().acts | {
            "story_reply": self.answers_story,
            "view_once": self.sends_view_once,
            "live_comment": self.comments,
            "mention": self.mentions,
            "test": self.is_tested,
        }

    def new_account(self, options: Json) -> Account:
        """`login`: instagram (the default) or facebook."""
        login = options.get("login", "instagram")
        if login not in ("instagram", "facebook"):
            raise Refused("login is instagram or facebook", field="login")
        by_itself = login == "instagram"
        account_id = "1784" + ids.digits(13)
        return Account(
            channel="instagram",
            id=account_id,
            name=options.get("name", "Sandbox Shop"),
            token=ids.instagram_token() if by_itself else ids.graph_token(),
            app_id=self.app_for(options).id,
            page_id="" if by_itself else ids.digits(15),
            login=login,
            instagram_app_secret=ids.hex_id(32) if by_itself else "",
            username=options.get("username", f"sandbox_shop_{account_id[-4:]}"),
            created_at=self.sandbox.now(),
        )

    def setup_body(self, account: Account) -> Json:
        app = self.app(account)
        body = {
            "account": account.id,
            "access_token": account.token,
            "account_id": account.id,
            "login": account.login,
        }
        if account.page_id:
            body["page_id"] = account.page_id
        body |= {"app_id": app.id, "app_secret": app.secret}
        if account.instagram_app_secret:
            body["instagram_app_secret"] = account.instagram_app_secret
        return body

    def new_mid(self) -> str:
        return ids.instagram_mid()

    def read_event(self, row: Json) -> Json:
        return {"mid": row["id"]}

    @property
    def read_field(self) -> str:
        return "messaging_seen"

    def field_name(self, account: Account, field: str) -> str:
        """A page's echoes come with the field `messages`."""
        return "messages" if field == "message_echoes" and account.login == "facebook" else field

    def answers_story(self, account: Account, phone: Phone, act: Act) -> str:
        """Of the shop, in words (`story_id`, `url`)."""
        act.text = act.text or "Love it"
        story = {"id": str(act.more.get("story_id") or ids.digits(17)), "url": self.file_url(account, act)}
        return self.message(account, phone, act, {"text": act.text, "reply_to": {"story": story}})

    def sends_view_once(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, {"attachments": [{"type": "ephemeral"}]})

    def sends_the_unsupported(self, account: Account, phone: Phone, act: Act) -> str:
        return self.message(account, phone, act, {"is_unsupported": True})

    def is_tested(self, account: Account, phone: Phone, act: Act) -> str:
        """The dashboard's button: somebody who is nobody writes, wrapped in a change."""
        event = between(account, phone, act.at) | {"timestamp": str(int(act.at))}
        event |= {"sender": {"id": "12334"}, "recipient": {"id": "23245"}}
        event["message"] = {"mid": "random_mid", "text": act.text or "random_text"}
        told = {"changes": [{"field": "messages", "value": laid_over(event, act)}]}
        self.deliver(account, "test", "messages", told)
        return "random_mid"

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.row_of(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        row.pop("url", None)
        self.event(account, phone, act, "messages", {"message": {"mid": row["id"], "is_deleted": True}})
        return str(row["id"])

    def check_text(self, text: str) -> None:
        if len(text.encode()) > TEXT_LIMIT_BYTES:
            raise invalid("Length of param message[text] must be less than or equal to 1000 bytes", 2018023)

    def get_account(self, call: Call) -> Json:
        account = call.of_account()
        node = {
            "id": account.id if account.login == "facebook" else f"9{account.id[1:]}",
            "user_id": account.id,
            "username": account.username,
            "name": account.name,
            "account_type": "BUSINESS",
            "profile_picture_url": f"{self.sandbox.base_url}/cdn/avatar/{account.id}",
            "followers_count": 1234,
            "follows_count": 12,
            "media_count": 56,
        }
        return picked(call, node, ("username",))

    def get_page(self, call: Call) -> Json:
        return picked(call, page_node(call.of_account(), call.object_id), ("name",))

    def profile(self, call: Call, name: str, first: str, last: str, picture: str) -> Json:
        person = {
            "id": call.object_id,
            "name": name,
            "username": username_of(name),
            "profile_pic": picture,
            "follower_count": 42,
            "is_user_follow_business": True,
            "is_business_follow_user": False,
            "is_verified_user": False,
        }
        return picked(call, person, ("name", "username"))

    def refresh_token(self, call: Call) -> Json:
        """A day-old, valid token lives 60 days more; the sandbox keeps its text."""
        account = call.of_account()
        if call.text("grant_type") != "ig_refresh_token":
            raise invalid("Invalid grant_type")
        if self.sandbox.now() - account.created_at < REFRESHABLE_AFTER_S:
            raise GraphError(
                10, "(#10) The access token must be at least 24 hours old to be refreshed", status=403
            )
        account.created_at = self.sandbox.now()
        account.token_expires_at = account.created_at + TOKEN_LIVES_S
        self.sandbox.store.changed()
        permissions = "instagram_business_basic,instagram_business_manage_messages"
        return {
            "access_token": account.token,
            "token_type": "bearer",
            "expires_in": TOKEN_LIVES_S,
            "permissions": permissions,
        }
