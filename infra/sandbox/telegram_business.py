"""A person's own Telegram chats that a bot helps with: the owner lets it in, shoppers and owner write there.

On the phone these messages stand with the others of the same shopper, marked `business`.
Source: core.telegram.org/bots/api#businessconnection, core.telegram.org/bots/features#bots-for-business
"""

from collections.abc import Collection
from dataclasses import replace
from typing import ClassVar, Final

from . import ids
from .base import SILENT_KINDS, Act, Doing, Refused
from .state import Account, Json, Phone
from .telegram_content import TelegramError, bad
from .telegram_phone import TelegramPhone
from .telegram_said import text_of

WINDOW_S: Final = 24 * 3600
_RIGHTS: Final = ("can_reply", "can_read_messages")


class TelegramBusiness(TelegramPhone):
    # Nothing that happens in a person's own chat starts the bot's chat, or unblocks it.
    silent_kinds: ClassVar[Collection[str]] = (
        *SILENT_KINDS,
        "business_connection",
        "business_message",
        "business_edit",
        "business_delete",
    )

    @property
    def acts(self) -> dict[str, Doing]:
        return super().acts | {
            "business_connection": self.connects,
            "business_message": self.writes_in_business,
            "business_edit": self.edits_in_business,
            "business_delete": self.deletes_in_business,
        }

    # What happens there

    def connects(self, account: Account, phone: Phone, act: Act) -> str:
        """The owner lets the bot in, changes what it may do, or takes it out (`enabled`: false)."""
        before = account.business or {"id": ids.letters(20), "owner": 7_000_000_000 + int(ids.digits(6))}
        account.business = before | {
            "is_enabled": bool(act.more.get("enabled", True)),
            "rights": {str(right): True for right in act.more.get("rights", _RIGHTS)},
        }
        connection = {
            "id": account.business["id"],
            "user": self.owner(account),
            "user_chat_id": account.business["owner"],
            "date": int(act.at),
            "rights": account.business["rights"],
            "is_enabled": account.business["is_enabled"],
        }
        return self._update(account, phone, act, "business_connection", connection, lane="business")

    def writes_in_business(self, account: Account, phone: Phone, act: Act) -> str:
        """The shopper, or the owner by hand (`by`: `owner`)."""
        self._connected(account)
        is_owner = act.more.get("by") == "owner"
        message_id = str(act.more.get("id") or self.next_message_id(phone))
        words = replace(act, kind="text")
        self.show_act(phone, words, message_id, content=text_of(act.text), business=True)
        if is_owner:
            phone.rows[-1] |= {"from": "shop", "via": "app", "status": "sent"}
        else:
            phone.last_wrote_at = max(phone.last_wrote_at, act.at)
        message = self.message_of(account, phone, phone.rows[-1])
        self._update(account, phone, act, "business_message", message, lane="business")
        return message_id

    def edits_in_business(self, account: Account, phone: Phone, act: Act) -> str:
        row = self._row_in_business(account, phone, act)
        row |= {"text": act.text, "edited": True, "content": text_of(act.text)}
        message = self.message_of(account, phone, row) | {"edit_date": int(act.at)}
        return self._update(account, phone, act, "edited_business_message", message, lane="business")

    def deletes_in_business(self, account: Account, phone: Phone, act: Act) -> str:
        row = self._row_in_business(account, phone, act)
        row |= {"text": "", "deleted": True}
        named = {"business_connection_id": self._connected(account)["id"], "chat": self.chat(phone)}
        deleted = named | {"message_ids": [int(row["id"])]}
        return self._update(account, phone, act, "deleted_business_messages", deleted, lane="business")

    # What the platform tells and asks

    def owner(self, account: Account) -> Json:
        assert account.business is not None
        return {"id": account.business["owner"], "is_bot": False, "first_name": "Olu", "last_name": "Owner"}

    def message_of(self, account: Account, phone: Phone, row: Json) -> Json:
        message = super().message_of(account, phone, row)
        if not row.get("business") or account.business is None:
            return message
        message["business_connection_id"] = account.business["id"]
        if row["from"] == "shop":
            message["from"] = self.owner(account)
            message |= {} if row.get("via") == "app" else {"sender_business_bot": self.bot(account)}
        return message

    def business_chat(self, account: Account, phone: Phone, connection_id: str, right: str) -> None:
        """Raise TelegramError unless the bot may do this in a person's own chat with the shopper."""
        business = account.business
        if business is None or business["id"] != connection_id or not business["is_enabled"]:
            raise bad("business connection not found")
        if not business["rights"].get(right):
            raise TelegramError(403, "Forbidden: not enough rights in the business connection")
        heard = any(row["from"] == "shopper" and row.get("business") for row in phone.rows)
        if not heard or self.sandbox.now() - phone.last_wrote_at > WINDOW_S:
            raise bad("BUSINESS_PEER_USAGE_MISSING")

    def _connected(self, account: Account) -> Json:
        if account.business is None or not account.business["is_enabled"]:
            raise Refused("nobody has let this bot in: say the event business_connection first", 409)
        return account.business

    def _row_in_business(self, account: Account, phone: Phone, act: Act) -> Json:
        """The message named, else the last that the shopper, or the owner, wrote there."""
        self._connected(account)
        sender, named = ("shop" if act.more.get("by") == "owner" else "shopper"), act.more.get("message_id")
        rows = [row for row in reversed(phone.rows) if row.get("business")]
        fits = [row for row in rows if (row["id"] == str(named) if named else row["from"] == sender)]
        if not fits:
            raise Refused(f"there is no message of the {sender} to {act.kind}", 409, "event.message_id")
        return fits[0]
