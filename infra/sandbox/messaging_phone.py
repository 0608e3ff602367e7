"""What Messenger and Instagram share on the shopper's side: `messaging` events, echoes, deliveries and reads.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/instagram-platform/webhooks/examples
"""

from abc import abstractmethod
from typing import ClassVar, Final

from . import ids
from .base import Act, Doing, Platform
from .state import Account, Json, Phone, Shopper
from .targets import OBJECTS
from .world import show

STATUS_AFTER_S: Final = {"echo": 0.03, "delivered": 0.15, "read": 0.4}
MOODS: Final = {
    "👍": "like",
    "❤": "love",
    "😆": "smile",
    "😮": "wow",
    "😢": "sad",
    "😠": "angry",
    "👎": "dislike",
}


class MessagingPhone(Platform):
    """`inbox_app_id` is the platform's own inbox, where the merchant answers by hand."""

    inbox_app_id: ClassVar[int]
    attachment_types: ClassVar[dict[str, str]]

    @property
    def acts(self) -> dict[str, Doing]:
        return {
            "text": self.writes,
            **dict.fromkeys(self.attachment_types, self.sends_media),
            "reaction": self.reacts,
            "button": self.taps,
            "start": self.starts,
            "referral": self.comes_by_link,
            "edit": self.edits,
            "delete": self.deletes,
            "read": self.reads,
            "echo": self.merchant_writes,
            "block": self.blocks,
            "unblock": self.blocks,
            "raw": self.sends_raw,
        }

    @abstractmethod
    def new_mid(self) -> str: ...

    @abstractmethod
    def read_event(self, row: Json) -> Json:
        """The `read` object for a message that the shopper has seen."""

    def address_for(self, shopper: Shopper) -> str:
        return ids.digits(17)

    def merge(self, bodies: list[Json]) -> list[Json]:
        """All events in one body: up to two in one entry."""
        events = [event for body in bodies for entry in body["entry"] for event in entry["messaging"]]
        first = bodies[0]["entry"][0]
        entries = [first | {"messaging": events[n : n + 2]} for n in range(0, len(events), 2)]
        return [bodies[0] | {"entry": entries}]

    # What a shopper does

    def writes(self, account: Account, phone: Phone, act: Act) -> str:
        return self._message(account, phone, act, {"text": act.text} if act.text else {})

    def sends_media(self, account: Account, phone: Phone, act: Act) -> str:
        """On both platforms a text that goes with a file is a message of its own."""
        url = act.more.get("url") or self.cdn_url(self.keep_media(account, act))
        kind = self.attachment_types[act.kind]
        payload: Json = {"url": url} | ({"sticker_id": 369239263222822} if kind == "sticker" else {})
        return self._message(account, phone, act, {"attachments": [{"type": kind, "payload": payload}]}, url)

    def reacts(self, account: Account, phone: Phone, act: Act) -> str:
        """Sets an emoji under a message of the shop; `"emoji": ""` takes it away."""
        row = self.target_row(phone, act, "shop")
        emoji = str(act.more.get("emoji", act.text or "❤"))
        row["reaction"] = emoji
        reaction: Json = {"mid": row["id"], "action": "react" if emoji else "unreact"}
        if emoji:
            reaction |= {"reaction": MOODS.get(emoji.rstrip("\ufe0f"), "other"), "emoji": emoji}
        self._event(account, phone, act, "message_reactions", {"reaction": reaction})
        return str(row["id"])

    def taps(self, account: Account, phone: Phone, act: Act) -> str:
        """A quick reply comes as a message, a button of a template as a postback."""
        _row, button = self.tap(phone, act)
        act.text = button["title"]
        if button["type"] in ("quick_reply", ""):
            message = {"text": button["title"], "quick_reply": {"payload": button["payload"]}}
            return self._message(account, phone, act, message)
        return self._postback(account, phone, act, {"title": button["title"], "payload": button["payload"]})

    def starts(self, account: Account, phone: Phone, act: Act) -> str:
        payload = str(act.more.get("payload") or act.text or "GET_STARTED")
        act.text = "Get Started"
        postback: Json = {"title": "Get Started", "payload": payload}
        if act.more.get("ref"):
            postback["referral"] = _link(act.more["ref"])
        return self._postback(account, phone, act, postback)

    def comes_by_link(self, account: Account, phone: Phone, act: Act) -> str:
        ref = str(act.more.get("ref") or act.text or "summer")
        self._event(account, phone, act, "messaging_referrals", {"referral": _link(ref)})
        return f"{phone.address}:{int(act.at * 1000)}"

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shopper")
        edits = int(row.get("edits", 0)) + 1
        row |= {"text": act.text, "edited": True, "edits": edits}
        edit = {"mid": row["id"], "text": act.text, "num_edit": edits}
        self._event(account, phone, act, "message_edits", {"message_edit": edit})
        return str(row["id"])

    @abstractmethod
    def deletes(self, account: Account, phone: Phone, act: Act) -> str: ...

    def reads(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.target_row(phone, act, "shop")
        row["status"] = "read"
        self._event(account, phone, act, self.read_field, {"read": self.read_event(row)})
        return str(row["id"])

    def merchant_writes(self, account: Account, phone: Phone, act: Act) -> str:
        """The merchant answers by hand in the platform's inbox."""
        mid = str(act.more.get("id") or self.new_mid())
        show(self.sandbox, phone, "shop", "text", act.text, mid, act.at, via="app")
        message = {"mid": mid, "text": act.text, "is_echo": True, "app_id": self.inbox_app_id}
        self.echo(account, phone, act.at, message | (act.more.get("raw") or {}))
        return mid

    def blocks(self, account: Account, phone: Phone, act: Act) -> str:
        """The business is told nothing; the person can't be written to."""
        phone.is_blocked = act.kind == "block"
        return f"{phone.address}:{int(act.at * 1000)}"

    def sends_raw(self, account: Account, phone: Phone, act: Act) -> str:
        """Delivers the event given as `raw`, with sender, recipient and timestamp filled in where missing."""
        raw = act.more.get("raw") or {}
        self._event(account, phone, act, "messages", {})
        return str((raw.get("message") or {}).get("mid") or f"{phone.address}:{int(act.at * 1000)}")

    # What the platform tells

    @property
    def read_field(self) -> str:
        return "message_reads"

    def progress(self, account: Account, phone: Phone, row: Json, message: Json) -> None:
        """Report a shop's message: its echo, then delivered (Messenger only), then read."""
        later = self.sandbox.courier.later
        at = row["at"]
        later(STATUS_AFTER_S["echo"], lambda: self.echo(account, phone, at, message))
        later(STATUS_AFTER_S["delivered"], lambda: self._delivered(account, phone, row))
        if self.sandbox.state.shoppers[phone.shopper].reads:
            later(STATUS_AFTER_S["read"], lambda: self._read(account, phone, row))

    def echo(self, account: Account, phone: Phone, at: float, message: Json) -> None:
        event: Json = {
            "sender": {"id": account.id},
            "recipient": {"id": phone.address},
            "timestamp": int(at * 1000),
            "message": message,
        }
        self._deliver(account, f"{phone.address}/statuses", "message_echoes", event)

    def _delivered(self, account: Account, phone: Phone, row: Json) -> None:
        row["status"] = "delivered"
        if self.channel == "messenger":
            watermark = int(self.sandbox.now() * 1000)
            event = _between(account, phone, self.sandbox.now())
            event["delivery"] = {"mids": [row["id"]], "watermark": watermark}
            self._deliver(account, f"{phone.address}/statuses", "message_deliveries", event)

    def _read(self, account: Account, phone: Phone, row: Json) -> None:
        row["status"] = "read"
        event = _between(account, phone, self.sandbox.now()) | {"read": self.read_event(row)}
        self._deliver(account, f"{phone.address}/statuses", self.read_field, event)

    def _message(
        self, account: Account, phone: Phone, act: Act, message: Json, url: str | None = None
    ) -> str:
        mid = str(act.more.get("id") or self.new_mid())
        message = {"mid": mid, **message}
        if act.more.get("reply_to"):
            message["reply_to"] = {"mid": act.more["reply_to"]}
        self.show_act(phone, act, mid, url=url)
        self._event(account, phone, act, "messages", {"message": message})
        return mid

    def _postback(self, account: Account, phone: Phone, act: Act, postback: Json) -> str:
        mid = str(act.more.get("id") or self.new_mid())
        self.show_act(phone, act, mid)
        self._event(account, phone, act, "messaging_postbacks", {"postback": {"mid": mid} | postback})
        return mid

    def _event(self, account: Account, phone: Phone, act: Act, field: str, event: Json) -> None:
        """Deliver an event of the shopper's, with the control call's `raw` laid over it and its parts."""
        event = _between(account, phone, act.at) | event
        for name, value in (act.more.get("raw") or {}).items():
            is_part = isinstance(value, dict) and isinstance(event.get(name), dict)
            event[name] = event[name] | value if is_part else value
        self._deliver(account, phone.address, field, event)

    def _deliver(self, account: Account, lane: str, field: str, event: Json) -> None:
        entry = {"id": account.id, "time": int(self.sandbox.now() * 1000), "messaging": [event]}
        body = {"object": OBJECTS[self.channel], "entry": [entry]}
        self.sandbox.deliver(account, lane, self.field_name(account, field), body)

    def field_name(self, account: Account, field: str) -> str:
        """The webhook field that an event belongs to."""
        return field


def _between(account: Account, phone: Phone, at: float) -> Json:
    return {"sender": {"id": phone.address}, "recipient": {"id": account.id}, "timestamp": int(at * 1000)}


def _link(ref: str) -> Json:
    return {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
