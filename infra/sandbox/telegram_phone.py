"""Telegram as the shopper sees it: what they do, and the updates that tell a bot of it.

Source: core.telegram.org/bots/api#update
"""

import base64
from dataclasses import replace
from typing import ClassVar

import requests

from . import ids
from .base import Act, Doing, Platform
from .delivery import Delivery
from .state import Account, Json, Media, Phone, Shopper
from .telegram_said import CONTENTS, content_of, text_of


class TelegramPhone(Platform):
    channel: ClassVar[str] = "telegram"

    @property
    def acts(self) -> dict[str, Doing]:
        return {
            **dict.fromkeys(CONTENTS, self.writes),
            "album": self.sends_album,
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
        """Sends a message of any kind."""
        files: list[Media] = []

        def keep(kind: str) -> Json:
            media = self.keep_media(account, replace(act, kind=kind))
            media.size = int(act.more.get("size") or len(base64.b64decode(media.content)))
            files.append(media)
            file: Json = {"file_id": media.id, "file_unique_id": f"u{media.id}", "file_size": media.size}
            return file | {"file_name": media.filename, "mime_type": media.mime_type}

        content = content_of(act, self.sandbox.state.shoppers[phone.shopper], keep)
        return self._message(account, phone, act, content, self.cdn_url(files[0]) if files else None)

    def sends_album(self, account: Account, phone: Phone, act: Act) -> str:
        """Several pictures at once, the words with the first: each is a message, answers the first one's."""
        album = ids.digits(17)
        parts = [
            replace(act, kind="image", text="" if number else act.text, more=act.more | {"album": album})
            for number in range(int(act.more.get("parts", 3)))
        ]
        sent = [self.writes(account, phone, part) for part in parts]
        return sent[0]

    def starts(self, account: Account, phone: Phone, act: Act) -> str:
        """Presses Start, with the payload of the link that led to the bot if there was one."""
        payload = str(act.more.get("payload") or act.more.get("ref") or act.text or "")
        act.text = f"/start {payload}".strip()
        return self._message(account, phone, act, text_of(act.text))

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
            return self._message(account, phone, act, text_of(act.text))
        query: Json = {
            "id": ids.digits(18),
            "from": self.person(phone),
            "chat_instance": ids.digits(18),
            "data": button["payload"],
        }
        if row:
            query["message"] = self.message_of(account, phone, row)
        return self._update(account, phone, act, "callback_query", query, lane="callbacks")

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        """Other words, or another caption; the rest stays."""
        row = self.target_row(phone, act, "shopper")
        words = "text" if row["kind"] in ("text", "start", "referral", "button") else "caption"
        row |= {"text": act.text, "edited": True}
        row["content"] = row.get("content", {}) | {words: act.text}
        message = self.message_of(account, phone, row) | {"edit_date": int(act.at)}
        return self._update(account, phone, act, "edited_message", message)

    def deletes(self, account: Account, phone: Phone, act: Act) -> str:
        """A bot is not told; the message goes from the phone only."""
        row = self.target_row(phone, act, "shopper")
        row |= {"text": "", "deleted": True}
        return str(row["id"])

    def blocks(self, account: Account, phone: Phone, act: Act) -> str:
        phone.is_blocked = act.kind == "block"
        bot = self.bot(account)
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

    def bot(self, account: Account) -> Json:
        names = {"first_name": account.name, "username": account.username}
        return {"id": int(account.id), "is_bot": True} | names

    def message_of(self, account: Account, phone: Phone, row: Json) -> Json:
        """A message of either side as the Bot API describes it."""
        message: Json = {
            "message_id": int(row["id"]),
            "from": self.person(phone) if row["from"] == "shopper" else self.bot(account),
            "chat": self.chat(phone),
            "date": int(row["at"]),
        }
        if row["from"] == "shop":
            message |= {"text" if row["kind"] == "text" else "caption": row["text"]} if row["text"] else {}
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
        message_id = str(act.more.get("id") or self.next_message_id(phone))
        self.show_act(phone, act, message_id, url=url, content=content)
        message = self.message_of(account, phone, phone.rows[-1])
        replied = phone.row(str(act.more["reply_to"])) if act.more.get("reply_to") else None
        if replied:
            message["reply_to_message"] = self.message_of(account, phone, replied)
        self._update(account, phone, act, "message", message)
        return message_id

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
