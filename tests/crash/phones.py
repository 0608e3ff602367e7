"""What the platforms put on the wire, made from the fixtures: one body for each thing that happens."""

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any, Final

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"

WHATSAPP_NUMBER: Final = "106540352242922"
INSTAGRAM_ACCOUNT: Final = "17841405309211844"
MESSENGER_PAGE: Final = "108824017345866"


def fixture(channel: str, name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / channel / f"{name}.json").read_text())


def encoded(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body).encode()


class WhatsApp:
    """One shopper on WhatsApp, and the shop's own phone."""

    name = "whatsapp"
    account = WHATSAPP_NUMBER

    def says(self, id: str, text: str, at: datetime, name: str = "Ann Example") -> bytes:
        body = fixture("whatsapp", "text")
        value = body["entry"][0]["changes"][0]["value"]
        value["contacts"][0]["profile"]["name"] = name
        value["messages"][0] |= {"id": f"wamid.{id}", "timestamp": _seconds(at), "text": {"body": text}}
        return encoded(body)

    def taps(self, id: str, choice: str, at: datetime) -> bytes:
        """One of our buttons."""
        body = fixture("whatsapp", "button_reply")
        message = body["entry"][0]["changes"][0]["value"]["messages"][0]
        message |= {"id": f"wamid.{id}", "timestamp": _seconds(at)}
        message["interactive"]["button_reply"] |= {"id": choice, "title": "So it was"}
        return encoded(body)

    def orders(self, id: str, at: datetime) -> bytes:
        """What they have chosen in the shop's catalogue."""
        message = {"id": f"wamid.{id}", "timestamp": _seconds(at)}
        return self._changed("order", "messages", message)

    def staff_says(self, id: str, text: str, at: datetime, answers: str = "") -> bytes:
        """A person of the shop, from their own phone. answers: the channel's id of what they reply to."""
        body = json.loads(self.says(id, text, at, "Mihai Staff"))
        value = body["entry"][0]["changes"][0]["value"]
        value["contacts"][0] |= {"wa_id": "40721000001", "user_id": "RO.1000000001"}
        value["messages"][0] |= {"from": "40721000001", "from_user_id": "RO.1000000001"}
        if answers:
            value["messages"][0]["context"] = {"from": "15550783881", "id": answers}
        return encoded(body)

    def reacts(self, target: str, emoji: str, at: datetime) -> bytes:
        said = {"message_id": target, "emoji": emoji}
        message = {"id": f"wamid.reaction.{target}", "timestamp": _seconds(at), "reaction": said}
        return self._changed("reaction", "messages", message)

    def edits(self, target: str, text: str, at: datetime) -> bytes:
        said = {"original_message_id": target, "message": {"type": "text", "text": {"body": text}}}
        message = {"id": f"wamid.edit.{target}.{text}", "timestamp": _seconds(at), "edit": said}
        return self._changed("edit", "messages", message)

    def deletes(self, target: str, at: datetime) -> bytes:
        said = {"original_message_id": target}
        message = {"id": f"wamid.revoke.{target}", "timestamp": _seconds(at), "revoke": said}
        return self._changed("revoke", "messages", message)

    def prefers(self, value: str, at: datetime) -> bytes:
        """They tell WhatsApp whether they want the shop's marketing."""
        body = fixture("whatsapp", "marketing_stopped")
        (told,) = body["entry"][0]["changes"][0]["value"]["user_preferences"]
        told |= {"value": value, "timestamp": int(at.timestamp())}
        return encoded(body)

    def fails(self, id: str, reference: str, code: int, at: datetime) -> bytes:
        """The platform took a message, and tells later that it could not deliver it."""
        body = fixture("whatsapp", "status_failed")
        (status,) = body["entry"][0]["changes"][0]["value"]["statuses"]
        status |= {"id": id, "timestamp": _seconds(at), "biz_opaque_callback_data": reference}
        status["errors"][0]["code"] = code
        return encoded(body)

    def shop_says(self, id: str, text: str, at: datetime) -> bytes:
        """From the shop's phone."""
        message = {"id": f"wamid.{id}", "timestamp": _seconds(at), "text": {"body": text}}
        return self._changed("echo_from_the_phone_app", "message_echoes", message)

    def notice(self, number: int) -> bytes:
        """Something that nobody understands yet."""
        return self._changed("chat_opened", "messages", {"id": f"wamid.opened.{number}"})

    def after_sending(self, id: str, reference: str, text: str, at: datetime) -> list[bytes]:
        """The three statuses of a message that was read, each in a call of its own."""
        body = fixture("whatsapp", "statuses")
        (first, *_) = body["entry"][0]["changes"][0]["value"]["statuses"]
        found = []
        for status in ("sent", "delivered", "read"):
            change = deepcopy(body)
            told = {
                "id": id,
                "status": status,
                "timestamp": _seconds(at),
                "biz_opaque_callback_data": reference,
            }
            change["entry"][0]["changes"][0]["value"]["statuses"] = [{**first, **told}]
            found.append(encoded(change))
        return found

    def _changed(self, name: str, events: str, content: Mapping[str, Any]) -> bytes:
        body = fixture("whatsapp", name)
        body["entry"][0]["changes"][0]["value"][events][0] |= content
        return encoded(body)


class Telegram:
    """One shopper on Telegram, which tells nothing about what was sent."""

    name = "telegram"
    account = "7000000001"

    def says(self, id: str, text: str, at: datetime, name: str = "Ann", language: str = "en") -> bytes:
        body = fixture("telegram", "text")
        body["update_id"] = int(id)
        body["message"] |= {"message_id": int(id), "date": int(at.timestamp()), "text": text}
        body["message"]["from"] |= {"first_name": name, "language_code": language}
        return encoded(body)

    def shows(self, id: str, album: str, caption: str, at: datetime) -> bytes:
        """One picture of an album."""
        body = fixture("telegram", "album_part")
        body["update_id"] = int(id)
        body["message"] |= {"message_id": int(id), "date": int(at.timestamp()), "media_group_id": album}
        body["message"]["photo"][0]["file_id"] = f"file {id}"
        if caption:
            body["message"]["caption"] = caption
        return encoded(body)

    def member(self, status: str, at: datetime) -> bytes:
        """They block the bot, or let it write again."""
        body = fixture("telegram", "blocked")
        body["update_id"] = int(at.timestamp())
        body["my_chat_member"] |= {"date": int(at.timestamp())}
        body["my_chat_member"]["new_chat_member"]["status"] = status
        return encoded(body)

    def edits(self, target: str, text: str, at: datetime) -> bytes:
        body = fixture("telegram", "edited_message")
        body["update_id"] = int(target) + 10_000
        body["edited_message"] |= {
            "message_id": int(target),
            "edit_date": int(at.timestamp()),
            "text": text,
        }
        return encoded(body)

    def after_sending(self, id: str, reference: str, text: str, at: datetime) -> list[bytes]:
        return []


class Instagram:
    """One shopper on Instagram, which echoes all that the shop sends, without a word of whose it is."""

    name = "instagram"
    account = INSTAGRAM_ACCOUNT

    def says(self, id: str, text: str, at: datetime) -> bytes:
        return self._changed("text", id, text, at)

    def after_sending(self, id: str, reference: str, text: str, at: datetime) -> list[bytes]:
        return [self.shop_says(id, text, at)]

    def shop_says(self, id: str, text: str, at: datetime) -> bytes:
        """From Instagram's own inbox, or by us: nobody can tell."""
        return self._changed("echo", id, text, at)

    def _changed(self, name: str, id: str, text: str, at: datetime) -> bytes:
        body = fixture("instagram", name)
        (event,) = body["entry"][0]["messaging"]
        event["timestamp"] = int(at.timestamp() * 1000)
        event["message"] |= {"mid": id, "text": text}
        return encoded(body)


class Messenger:
    """One shopper on Messenger: echoes bear our reference, receipts name a moment."""

    name = "messenger"
    account = MESSENGER_PAGE

    def says(self, id: str, text: str, at: datetime) -> bytes:
        return self._changed("text", at, {"mid": id, "text": text})

    def after_sending(self, id: str, reference: str, text: str, at: datetime) -> list[bytes]:
        echo = self._changed("echo_of_ours", at, {"mid": id, "text": text, "metadata": reference})
        return [echo, self._receipt("delivery", {"mids": [id]}, at), self._receipt("read", {}, at)]

    def _changed(self, name: str, at: datetime, content: Mapping[str, Any]) -> bytes:
        body = fixture("messenger", name)
        (event,) = body["entry"][0]["messaging"]
        event["timestamp"] = int(at.timestamp() * 1000)
        event["message"] |= content
        return encoded(body)

    def _receipt(self, name: str, content: Mapping[str, Any], at: datetime) -> bytes:
        body = fixture("messenger", name)
        (event,) = body["entry"][0]["messaging"]
        event[name] = {**event[name], "watermark": int(at.timestamp() * 1000) + 1, **content}
        return encoded(body)


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))
