"""Telegram as the shopper sees it: what they do, and the updates that tell a bot of it.

Source: core.telegram.org/bots/api#update
"""

from typing import ClassVar

import requests

from . import ids
from .base import MEDIA_KINDS, Act, Doing, Platform
from .delivery import Delivery
from .state import Account, Json, Phone, Shopper


class TelegramPhone(Platform):
    channel: ClassVar[str] = "telegram"

    @property
    def acts(self) -> dict[str, Doing]:
        return {
            "text": self.writes,
            **dict.fromkeys(MEDIA_KINDS, self.sends_media),
            "location": self.sends_location,
            "contact": self.sends_contact,
            "start": self.starts,
            "referral": self.starts,
            "reaction": self.reacts,
            "button": self.taps,
            "edit": self.edits,
            "delete": self.deletes,
            "block": self.blocks,
            "unblock": self.blocks,
            "raw": self.sends_raw,
        }

    def new_account(self, options: Json) -> Account:
        bot_id = ids.digits(10)
        return Account(
            channel="telegram",
            id=bot_id,
            name=options.get("name", "Sandbox Shop"),
            token=ids.bot_token(bot_id),
            username=options.get("username", f"sandbox_{bot_id[-5:]}_bot"),
            last_update_id=int(ids.digits(9)),
        )

    def setup_body(self, account: Account) -> Json:
        return {"account": account.id, "bot_token": account.token}

    def address_for(self, shopper: Shopper) -> str:
        return str(shopper.telegram_id)

    def merge(self, bodies: list[Json]) -> list[Json]:
        """Telegram never batches."""
        return bodies

    def callback_answered(self, delivery: Delivery, answer: requests.Response) -> None:
        """An answer that holds a `method` is carried out as a call, as the Bot API does."""
        try:
            body = answer.json()
        except ValueError:
            return
        account = self.sandbox.state.account("telegram", delivery.account)
        if account and isinstance(body, dict) and isinstance(body.get("method"), str):
            self.reply_with(account, body)

    def reply_with(self, account: Account, body: Json) -> None:
        """Carry out the call that a webhook's answer holds."""

    # What a shopper does

    def writes(self, account: Account, phone: Phone, act: Act) -> str:
        message: Json = {"text": act.text}
        if act.text.startswith("/"):
            length = len(act.text.split()[0].encode("utf-16-le")) // 2
            message["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
        return self._message(account, phone, act, message)

    def sends_media(self, account: Account, phone: Phone, act: Act) -> str:
        media = self.keep_media(account, act)
        part: Json = {
            "file_id": media.id,
            "file_unique_id": f"u{media.id}",
            "file_size": len(media.content) * 3 // 4,
        }
        if act.kind == "image":
            sizes = [
                part | {"file_id": f"{media.id}s", "width": 90, "height": 90},
                part | {"width": 800, "height": 800},
            ]
            message: Json = {"photo": sizes}
        elif act.kind == "audio" and act.more.get("voice", True):
            message = {"voice": part | {"duration": 3, "mime_type": "audio/ogg"}}
        elif act.kind == "sticker":
            flags = {"is_animated": False, "is_video": False, "type": "regular"}
            message = {
                "sticker": part | {"width": 512, "height": 512, "emoji": act.more.get("emoji", "👍")} | flags
            }
        else:
            message = {act.kind: part | {"file_name": media.filename, "mime_type": media.mime_type}}
            if act.kind == "video":
                message["video"] |= {"width": 640, "height": 360, "duration": 5}
        if act.text and act.kind != "sticker":
            message["caption"] = act.text
        if act.more.get("album"):
            message["media_group_id"] = str(act.more["album"])
        return self._message(account, phone, act, message, self.cdn_url(media))

    def sends_location(self, account: Account, phone: Phone, act: Act) -> str:
        place = {
            "latitude": act.more.get("latitude", 51.5007),
            "longitude": act.more.get("longitude", -0.1246),
        }
        message: Json = {"location": place}
        if act.text:
            message["venue"] = {"location": place, "title": act.text, "address": act.text}
        return self._message(account, phone, act, message)

    def sends_contact(self, account: Account, phone: Phone, act: Act) -> str:
        """Without a name the shopper shares their own number."""
        shopper = self.sandbox.state.shoppers[phone.shopper]
        contact: Json = {
            "phone_number": act.more.get("number", shopper.phone),
            "first_name": act.text or shopper.name,
        }
        if not act.text:
            contact["user_id"] = shopper.telegram_id
        return self._message(account, phone, act, {"contact": contact})

    def starts(self, account: Account, phone: Phone, act: Act) -> str:
        """Presses Start, with the payload of the link that led to the bot if there was one."""
        payload = str(act.more.get("payload") or act.more.get("ref") or act.text or "")
        act.text = f"/start {payload}".strip()
        return self.writes(account, phone, act)

    def reacts(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shop")
        old, emoji = row.get("reaction"), str(act.more.get("emoji", act.text or "👍"))
        row["reaction"] = emoji
        reaction = {
            "chat": self.chat(phone),
            "message_id": int(row["id"]),
            "user": self.person(phone),
            "date": int(act.at),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        return self._update(account, phone, act, "message_reaction", reaction, lane="reactions")

    def taps(self, account: Account, phone: Phone, act: Act) -> str:
        """An inline button comes as a callback query; a key of a reply keyboard as its text."""
        row, button = self.tap(phone, act)
        if button["type"] == "keyboard":
            act.text = button["title"]
            return self.writes(account, phone, act)
        query: Json = {
            "id": ids.digits(18),
            "from": self.person(phone),
            "chat_instance": ids.digits(18),
            "data": button["payload"],
        }
        if row:
            query["message"] = self.shop_message(account, phone, row)
        return self._update(account, phone, act, "callback_query", query, lane="callbacks")

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        row |= {"text": act.text, "edited": True}
        message = {
            "message_id": int(row["id"]),
            "from": self.person(phone),
            "chat": self.chat(phone),
            "date": int(row["at"]),
            "edit_date": int(act.at),
            "text": act.text,
        }
        return self._update(account, phone, act, "edited_message", message)

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        """A bot is not told; the message goes from the phone only."""
        row = self.target_row(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        return str(row["id"])

    def blocks(self, account: Account, phone: Phone, act: Act) -> str:
        phone.is_blocked = act.kind == "block"
        bot = {
            "id": int(account.id),
            "is_bot": True,
            "first_name": account.name,
            "username": account.username,
        }
        statuses = ("kicked", "member") if phone.is_blocked else ("member", "kicked")
        new: Json = {"user": bot, "status": statuses[0]}
        old: Json = {"user": bot, "status": statuses[1]}
        if phone.is_blocked:
            new["until_date"] = 0
        change = {
            "chat": self.chat(phone),
            "from": self.person(phone),
            "date": int(act.at),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        return self._update(account, phone, act, "my_chat_member", change, lane="members")

    def sends_raw(self, account: Account, phone: Phone, act: Act) -> str:
        """Delivers the update given as `raw`, with an update_id if it has none."""
        return self._update(account, phone, act, "", None)

    # What the platform tells

    def person(self, phone: Phone) -> Json:
        shopper = self.sandbox.state.shoppers[phone.shopper]
        return {"is_bot": False, **_names(phone, shopper), "language_code": shopper.language}

    def chat(self, phone: Phone) -> Json:
        return {**_names(phone, self.sandbox.state.shoppers[phone.shopper]), "type": "private"}

    def shop_message(self, account: Account, phone: Phone, row: Json) -> Json:
        """A message of the bot as the Bot API describes it."""
        message: Json = {
            "message_id": int(row["id"]),
            "from": {
                "id": int(account.id),
                "is_bot": True,
                "first_name": account.name,
                "username": account.username,
            },
            "chat": self.chat(phone),
            "date": int(row["at"]),
        }
        if row["kind"] == "text":
            message["text"] = row["text"]
        elif row["text"]:
            message["caption"] = row["text"]
        message |= row.get("content", {})
        if row.get("markup"):
            message["reply_markup"] = row["markup"]
        replied = phone.row(str(row["reply_to"])) if row.get("reply_to") else None
        if replied:
            message["reply_to_message"] = {
                "message_id": int(replied["id"]), "chat": self.chat(phone), "date": int(replied["at"])
            }  # fmt: skip
        return message

    def next_message_id(self, phone: Phone) -> int:
        phone.last_message_id += 1
        return phone.last_message_id

    def _message(
        self, account: Account, phone: Phone, act: Act, content: Json, url: str | None = None
    ) -> str:
        message_id = int(act.more.get("id") or self.next_message_id(phone))
        message: Json = {
            "message_id": message_id,
            "from": self.person(phone),
            "chat": self.chat(phone),
            "date": int(act.at),
            **content,
        }
        replied = phone.row(str(act.more["reply_to"])) if act.more.get("reply_to") else None
        if replied:
            message["reply_to_message"] = self.shop_message(account, phone, replied)
        self.show_act(phone, act, str(message_id), url=url)
        self._update(account, phone, act, "message", message)
        return str(message_id)

    def _update(
        self, account: Account, phone: Phone, act: Act, kind: str, content: Json | None, lane: str = ""
    ) -> str:
        """Deliver one update. Messages and edits of a chat keep their order; others may overtake them."""
        account.last_update_id += 1
        update: Json = {"update_id": int(act.more.get("update_id") or account.last_update_id)}
        raw = act.more.get("raw") or {}
        if content is not None:
            update[kind] = content | raw
        else:
            update |= raw
            kind = next((name for name in raw if name != "update_id"), "")
        self.sandbox.deliver(account, f"{phone.address}/{lane}", kind, update)
        return str(update["update_id"])


def _names(phone: Phone, shopper: Shopper) -> Json:
    first, _, last = shopper.name.partition(" ")
    names = {"first_name": first, "last_name": last, "username": shopper.username}
    return {"id": int(phone.address), **{name: value for name, value in names.items() if value}}
