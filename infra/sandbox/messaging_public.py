"""What is said about a shop where everybody reads it, and what Meta tells the shop about its account.

Sources: developers.facebook.com/docs/graph-api/webhooks/reference/page#feed,
developers.facebook.com/docs/instagram-platform/webhooks/examples
"""

from typing import Final

from . import ids
from .base import Act, Refused
from .messaging_wire import MessagingWire
from .state import Account, Json, Phone
from .template_changes import remember
from .templates import template_named
from .world import show

POLICY: Final = ("warning", "block", "unblock")


class MessagingPublic(MessagingWire):
    def comments(self, account: Account, phone: Phone, act: Act) -> str:
        """Under a post of the shop (`post_id`), under another comment (`parent_id`), or a live video."""
        is_page, act.text = self.channel == "messenger", act.text or "How much is it?"
        post = str(act.more.get("post_id") or (f"{account.id}_55" if is_page else ids.digits(17)))
        fresh = f"55_{ids.digits(15)}" if is_page else ids.digits(17)
        comment, parent = str(act.more.get("id") or fresh), act.more.get("parent_id")
        about = {"post": post, "reply_to": parent}
        show(self.sandbox, phone, "shopper", "comment", act.text, comment, act.at, **about)
        if is_page:
            value = self._feed(phone, act, "add", comment, post)
            self.change(account, phone.address, act, "feed", value | {"message": act.text})
            return comment
        is_live = act.kind == "live_comment"
        # Instagram's examples name it `comment_id`, its reference, and its own login, `id`.
        value = {
            "id" if account.login == "instagram" else "comment_id": comment,
            "from": {"id": phone.address, "username": username_of(phone.shopper)},
            "text": act.text,
            "media": {"id": post, "media_product_type": "LIVE" if is_live else "FEED"},
        } | ({"parent_id": str(parent)} if parent else {})
        self.change(account, phone.address, act, "live_comments" if is_live else "comments", value)
        return comment

    def edits_comment(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.row_of(phone, act, "shopper", ("comment",))
        row |= {"text": act.text, "edited": True}
        value = self._feed(phone, act, "edited", row["id"], row["post"])
        self.change(account, phone.address, act, "feed", value | {"message": act.text})
        return str(row["id"])

    def removes_comment(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.row_of(phone, act, "shopper", ("comment",))
        row |= {"text": "", "deleted": True}
        self.change(
            account, phone.address, act, "feed", self._feed(phone, act, "remove", row["id"], row["post"])
        )
        return str(row["id"])

    def mentions(self, account: Account, phone: Phone, act: Act) -> str:
        """Under a post of their own. To Instagram's own login it comes as a comment."""
        if account.login == "instagram":
            act.text = act.text or f"@{account.username}"
            return self.comments(account, phone, act)
        media = str(act.more.get("id") or ids.digits(17))
        value = {"media_id": media, "comment_id": ids.digits(17)}
        self.change(account, phone.address, act, "mentions", value)
        return media

    def enforces_policy(self, account: Account, phone: Phone, act: Act) -> str:
        """Meta warns the account (`action`: warning), blocks it or lets it write again."""
        action = str(act.more.get("action") or "warning")
        if action not in POLICY:
            raise Refused(f"action is one of: {', '.join(POLICY)}", field="event.action")
        told = {"action": action} | ({"reason": act.text} if act.text else {})
        event = {"sender": None, "policy_enforcement": told}
        return self.event(account, phone, act, "messaging_policy_enforcement", event)

    def judges_template(self, account: Account, phone: Phone, act: Act) -> str:
        """Meta approves or rejects a template (`status`, `name`)."""
        name = str(act.more.get("name") or "order_shipped")
        known = template_named(account, name, str(act.more.get("language") or "")) or {}
        value: Json = {
            "event": str(act.more.get("status") or "APPROVED"),
            "message_template_id": int(known.get("id") or ids.digits(15)),
            "message_template_name": name,
            "message_template_language": known.get("language") or act.more.get("language") or "en_GB",
            "reason": act.text or act.more.get("reason"),
        }
        remember(self.sandbox, account, act)
        self.change(account, "account", act, "messenger_template_status_update", value)
        return name

    def row_of(self, phone: Phone, act: Act, sender: str, kinds: tuple[str, ...] | None = None) -> Json:
        """The message, or what is of these kinds, that is meant: the one named, else the sender's last."""
        if act.more.get("message_id") is not None:
            return self.target_row(phone, act, sender)
        for row in reversed(phone.rows):
            is_fitting = row["kind"] in kinds if kinds else row["kind"] != "comment"
            if row["from"] == sender and is_fitting:
                return row
        raise Refused(f"there is no message of the {sender} to {act.kind}", 409, "event.message_id")

    def _feed(self, phone: Phone, act: Act, verb: str, comment: str, post: str) -> Json:
        """A comment that answers none has the post for its parent."""
        return {
            "item": "comment",
            "verb": verb,
            "comment_id": comment,
            "post_id": post,
            "parent_id": str(act.more.get("parent_id") or post),
            "created_time": int(act.at),
            "from": {"id": phone.address, "name": phone.shopper},
        }


def username_of(name: str) -> str:
    return "".join(letter for letter in name.lower().replace(" ", "_") if letter.isascii()) or "shopper"
