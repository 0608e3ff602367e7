"""What Messenger and Instagram share on the shopper's side: `messaging` events, echoes, deliveries and reads.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events,
developers.facebook.com/docs/instagram-platform/webhooks/examples
"""

from abc import abstractmethod
from dataclasses import replace
from typing import ClassVar, Final

from . import ids
from . import messaging_attachments as attachments
from .base import Act, Doing, Refused
from .messaging_arrivals import MessagingArrivals, link_of
from .messaging_public import MessagingPublic
from .messaging_wire import between
from .state import Account, Json, Phone, Shopper
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


class MessagingPhone(MessagingArrivals, MessagingPublic):
    """`shared_as`: what a post is called that a shopper shares."""

    attachment_types: ClassVar[dict[str, str]]
    shared_as: ClassVar[str]

    @property
    def acts(self) -> dict[str, Doing]:
        return {
            "text": self.writes,
            **dict.fromkeys(self.attachment_types, self.sends_media),
            "images": self.sends_images,
            "share": self.shares,
            "unsupported": self.sends_the_unsupported,
            "reaction": self.reacts,
            "button": self.taps,
            "start": self.starts,
            "referral": self.comes_by_link,
            "opt_in": self.opts_in,
            "preference": self.prefers,
            "edit": self.edits,
            "delete": self.deletes,
            "read": self.reads,
            "echo": self.merchant_writes,
            "handover": self.hands_over,
            "comment": self.comments,
            "policy": self.enforces_policy,
            "block": self.blocks,
            "unblock": self.blocks,
            "raw": self.sends_raw,
        }

    @abstractmethod
    def read_event(self, row: Json) -> Json:
        """The `read` object for a message that the shopper has seen."""

    def address_for(self, shopper: Shopper) -> str:
        return ids.digits(17)

    # What a shopper does

    def writes(self, account: Account, phone: Phone, act: Act) -> str:
        """After an ad (`ad_id`, `ref`), or about a product of the shop's (`product_id`)."""
        message: Json = {"text": act.text} if act.text else {}
        if act.more.get("product_id"):
            message["referral"] = {"product": {"id": str(act.more["product_id"])}}
        elif act.more.get("ad_id"):
            message["referral"] = link_of(act)
        return self.message(account, phone, act, message)

    def sends_media(self, account: Account, phone: Phone, act: Act) -> str:
        """On both platforms a text that goes with a file is a message of its own."""
        url, kind = self.file_url(account, act), self.attachment_types[act.kind]
        if kind == "sticker":
            carried = attachments.sticker(url, str(act.more.get("as") or ""))
        else:
            carried = attachments.file(kind, url)
        return self.message(account, phone, act, {"attachments": carried}, url)

    def sends_images(self, account: Account, phone: Phone, act: Act) -> str:
        """Several in one message: `count`, 2."""
        urls = [self.file_url(account, act) for _ in range(int(act.more.get("count", 2)))]
        carried = [each for url in urls for each in attachments.file("image", url)]
        return self.message(account, phone, replace(act, kind="image"), {"attachments": carried}, urls[0])

    def shares(self, account: Account, phone: Phone, act: Act) -> str:
        """A post, reel, story, link or product: `type`, `title`, `url`."""
        url = self.file_url(account, act)
        carried = attachments.share(str(act.more.get("type") or self.shared_as), act.more, url)
        text: Json = {"text": act.text} if act.text else {}
        return self.message(account, phone, act, {**text, "attachments": carried}, url)

    @abstractmethod
    def sends_the_unsupported(self, account: Account, phone: Phone, act: Act) -> str: ...

    def file_url(self, account: Account, act: Act) -> str:
        """The link that the event gives, else one to its bytes or to a sample of its kind."""
        sample = act.kind if act.kind in ("video", "audio", "document", "sticker") else "image"
        return str(act.more.get("url") or self.cdn_url(self.keep_media(account, replace(act, kind=sample))))

    def reacts(self, account: Account, phone: Phone, act: Act) -> str:
        """Sets an emoji under a message of the shop; `"emoji": ""` takes it away."""
        row = self.row_of(phone, act, "shop")
        emoji = str(act.more.get("emoji", act.text or "❤"))
        row["reaction"] = emoji
        reaction: Json = {"mid": row["id"], "action": "react" if emoji else "unreact"}
        if emoji:
            reaction |= {"reaction": MOODS.get(emoji.rstrip("\ufe0f"), "other"), "emoji": emoji}
        self.event(account, phone, act, "message_reactions", {"reaction": reaction})
        return str(row["id"])

    def taps(self, account: Account, phone: Phone, act: Act) -> str:
        """A quick reply comes as a message, a button of a template as a postback."""
        _row, button = self.tap(phone, act)
        act.text = button["title"]
        if button["type"] in ("quick_reply", ""):
            message = {"text": button["title"], "quick_reply": {"payload": button["payload"]}}
            return self.message(account, phone, act, message)
        return self.postback(account, phone, act, {"title": button["title"], "payload": button["payload"]})

    def starts(self, account: Account, phone: Phone, act: Act) -> str:
        payload = str(act.more.get("payload") or act.text or "GET_STARTED")
        act.text = "Get Started"
        postback: Json = {"title": "Get Started", "payload": payload}
        if act.more.get("ref") or act.more.get("ad_id"):
            postback["referral"] = link_of(act)
        return self.postback(account, phone, act, postback)

    def edits(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.row_of(phone, act, "shopper")
        edits = int(row.get("edits", 0)) + 1
        row |= {"text": act.text, "edited": True, "edits": edits}
        edit = {"mid": row["id"], "text": act.text, "num_edit": edits}
        self.event(account, phone, act, "message_edits", {"message_edit": edit})
        return str(row["id"])

    @abstractmethod
    def deletes(self, account: Account, phone: Phone, act: Act) -> str: ...

    def reads(self, account: Account, phone: Phone, act: Act) -> str:
        row = self.row_of(phone, act, "shop")
        row["status"] = "read"
        self.event(account, phone, act, self.read_field, {"read": self.read_event(row)})
        return str(row["id"])

    def merchant_writes(self, account: Account, phone: Phone, act: Act) -> str:
        """The merchant answers by hand in the platform's inbox, with a file too (`attachment`: its kind)."""
        mid = str(act.more.get("id") or self.new_mid())
        kind, url = str(act.more.get("attachment") or "text"), None
        message: Json = {"mid": mid}
        if kind != "text":
            if kind not in self.attachment_types:
                raise Refused(
                    f"attachment is one of: {', '.join(self.attachment_types)}", field="event.attachment"
                )
            url = self.file_url(account, replace(act, kind=kind))
            message["attachments"] = attachments.file(self.attachment_types[kind], url)
        elif act.text:
            message["text"] = act.text
        reply_to = act.more.get("reply_to")
        show(self.sandbox, phone, "shop", kind, act.text, mid, act.at, via="app", url=url, reply_to=reply_to)
        message |= {"is_echo": True, "app_id": self.inbox_app_id}
        message |= {"reply_to": {"mid": reply_to}} if reply_to else {}
        message |= act.more.get("raw") or {}
        self.echo(account, phone, act.at, message, standby=bool(act.more.get("standby")))
        return mid

    def blocks(self, account: Account, phone: Phone, act: Act) -> str:
        """The business is told nothing; the person can't be written to."""
        phone.is_blocked = act.kind == "block"
        return f"{phone.address}:{int(act.at * 1000)}"

    def sends_raw(self, account: Account, phone: Phone, act: Act) -> str:
        """Delivers the event given as `raw`, with sender, recipient and timestamp filled in where missing."""
        raw = act.more.get("raw") or {}
        self.event(account, phone, act, "messages", {})
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

    def echo(self, account: Account, phone: Phone, at: float, message: Json, standby: bool = False) -> None:
        event: Json = {
            "sender": {"id": account.id},
            "recipient": {"id": phone.address},
            "timestamp": int(at * 1000),
            "message": message,
        }
        field = "standby" if standby else self.field_name(account, "message_echoes")
        told = {"standby" if standby else "messaging": [event]}
        self.deliver(account, f"{phone.address}/statuses", field, told)

    def _delivered(self, account: Account, phone: Phone, row: Json) -> None:
        row["status"] = "delivered"
        if self.channel == "messenger":
            watermark = int(self.sandbox.now() * 1000)
            receipt = {"delivery": {"mids": [row["id"]], "watermark": watermark}}
            self._receipt(account, phone, "message_deliveries", receipt)

    def _read(self, account: Account, phone: Phone, row: Json) -> None:
        row["status"] = "read"
        self._receipt(account, phone, self.read_field, {"read": self.read_event(row)})

    def _receipt(self, account: Account, phone: Phone, field: str, receipt: Json) -> None:
        event = between(account, phone, self.sandbox.now()) | receipt
        lane, field = f"{phone.address}/statuses", self.field_name(account, field)
        self.deliver(account, lane, field, {"messaging": [event]})
