"""Comments as a shop answers them: in public under them, and once in private.

Sources: developers.facebook.com/docs/graph-api/reference/object/comments,
developers.facebook.com/docs/instagram-platform/comment-moderation,
developers.facebook.com/docs/messenger-platform/discovery/private-replies
"""

from typing import Final

from . import ids
from .base import Act
from .graph import Call, GraphError, unknown_object
from .messaging_content import invalid
from .messaging_phone import MessagingPhone
from .state import Account, Json, Phone
from .world import show

PRIVATE_REPLY_S: Final = 7 * 24 * 3600


class MessagingComments(MessagingPhone):
    def post_comment(self, call: Call) -> Json:
        """The shop writes under a comment, where everybody reads it; the webhook tells of that too."""
        account, phone, text = call.of_account(), call.phone, call.text("message")
        if not text:
            raise invalid("The parameter message is required")
        with self.sandbox.lock:
            comment = phone.row(call.object_id) if phone else None
            if phone is None or comment is None or comment.get("deleted"):
                raise unknown_object(call)
            post, now = str(comment.get("post", "")), self.sandbox.now()
            is_page = self.channel == "messenger"
            reply_id = f"{call.object_id.partition('_')[0]}_{ids.digits(15)}" if is_page else ids.digits(17)
            about = {"post": post, "reply_to": call.object_id}
            show(self.sandbox, phone, "shop", "comment", text, reply_id, now, **about)
        tell = self._told_on_page if is_page else self._told_on_instagram
        field, value = tell(account, reply_id, call.object_id, post, text)
        self.change(account, phone.address, Act("comment", text, now, {}), field, value)
        return {"id": reply_id}

    def _told_on_page(self, account: Account, id: str, parent: str, post: str, text: str) -> tuple[str, Json]:
        return "feed", {
            "item": "comment",
            "verb": "add",
            "comment_id": id,
            "post_id": post,
            "parent_id": parent,
            "created_time": int(self.sandbox.now()),
            "from": {"id": account.id, "name": account.name},
            "message": text,
        }

    def _told_on_instagram(
        self, account: Account, id: str, parent: str, post: str, text: str
    ) -> tuple[str, Json]:
        return "comments", {
            "id" if account.login == "instagram" else "comment_id": id,
            "from": {"id": account.id, "username": account.username},
            "text": text,
            "media": {"id": post, "media_product_type": "FEED"},
            "parent_id": parent,
        }

    def comment_named(self, account: Account, comment_id: str) -> tuple[Phone, Json] | None:
        """A comment that is to be answered in private, and whose it is; None when no comment is named."""
        if not comment_id:
            return None
        for phone in self.sandbox.state.phones_of(account):
            row = phone.row(comment_id)
            if row is not None and row["kind"] == "comment" and not row.get("deleted"):
                return phone, row
        raise invalid("The comment is invalid: it is gone, or was never there", 2534025)

    def check_private_reply(self, phone: Phone, comment: Json) -> None:
        """Once, within seven days, whether or not a window is open.

        Source: developers.facebook.com/docs/messenger-platform/discovery/private-replies
        """
        if phone.is_blocked:
            raise GraphError(551, "(#551) This person isn't available right now.", subcode=1545041)
        if comment.get("answered"):
            raise GraphError(10900, "(#10900) Activity already replied to")
        if self.sandbox.now() - comment["at"] > PRIVATE_REPLY_S:
            raise invalid("The comment is invalid: it is older than seven days", 2534025)
