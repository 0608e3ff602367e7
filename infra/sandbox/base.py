"""What every platform of the sandbox can do, and what a shopper can do on it."""

import base64
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import requests

from . import ids, samples, targets
from .delivery import Delivery
from .state import Account, App, Json, Media, Phone, Shopper
from .world import Sandbox, show

MEDIA_KINDS: Final = ("image", "video", "audio", "document", "sticker")
SILENT_KINDS: Final = (
    *("edit", "delete", "block", "unblock", "echo", "read", "handover", "policy", "template_status", "test"),
    *("comment", "live_comment", "comment_edit", "comment_remove", "mention", "preference"),
)


class Refused(Exception):
    """A control call that can't be carried out; the text says why. `status` is the HTTP status to answer."""

    def __init__(self, message: str, status: int = 400, field: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.field = field


@dataclass
class Act:
    """Something a shopper does. `more` are the other keys of the control call's event."""

    kind: str
    text: str
    at: float
    more: Json


Doing = Callable[[Account, Phone, Act], str]


class Platform(ABC):
    channel: ClassVar[str]
    has_phones: ClassVar[bool] = True
    # What is no message of the shopper's: their window stays as it is.
    silent_kinds: ClassVar[Collection[str]] = SILENT_KINDS

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    @property
    @abstractmethod
    def acts(self) -> dict[str, Doing]:
        """What a shopper can do here: event kind to the method that does it and returns the event's id."""

    @abstractmethod
    def new_account(self, options: Json) -> Account: ...

    @abstractmethod
    def setup_body(self, account: Account) -> Json:
        """What the shop's setup endpoint wants to know."""

    @abstractmethod
    def address_for(self, shopper: Shopper) -> str: ...

    @abstractmethod
    def merge(self, bodies: list[Json]) -> list[Json]:
        """Fewer bodies with the same events, as the platform batches them."""

    def callback_answered(self, delivery: Delivery, answer: requests.Response) -> None:
        """Told of each webhook that was taken."""
        return

    def callback_failed(self, delivery: Delivery) -> None:
        """Told of each webhook that is given up."""
        return

    def target(self, account: Account, subject: str, body: Json) -> targets.Target:
        """Where a webhook goes, and how it is signed. Raises Nowhere."""
        return targets.target(self.sandbox.state, account, subject)

    def act(self, account: Account, shopper: Shopper, act: Act) -> str:
        """Let a shopper do something. A message from one who blocked the account unblocks it first."""
        doing = self.acts.get(act.kind)
        if doing is None:
            known = ", ".join(sorted(self.acts))
            raise Refused(
                f"{self.channel} has no event kind {act.kind!r}; there are: {known}", field="event.kind"
            )
        phone = self.sandbox.phone_of(account, shopper)
        self.before(account, phone)
        if phone.is_blocked and act.kind not in self.silent_kinds:
            self.acts["unblock"](account, phone, Act("unblock", "", act.at, {}))
        event_id = doing(account, phone, act)
        if act.kind not in self.silent_kinds:
            phone.has_written = True
            phone.last_wrote_at = max(phone.last_wrote_at, act.at)
        self.sandbox.store.changed()
        return event_id

    def before(self, account: Account, phone: Phone) -> None:
        """Bring the phone's ids up to date with its shopper."""
        return

    def target_row(self, phone: Phone, act: Act, sender: str) -> Json:
        """The message that a reaction, edit, … is about: the one named, else the sender's last."""
        named = act.more.get("message_id")
        row = phone.row(str(named)) if named is not None else phone.last(sender)
        if row is None:
            raise Refused(f"there is no message of the {sender} to {act.kind}", 409, "event.message_id")
        return row

    def tap(self, phone: Phone, act: Act) -> tuple[Json | None, Json]:
        """The message and the button of it that the shopper taps: by payload, title or text, else its first.

        With no such message on the phone, a button made of the event's own words.
        """
        named = act.more.get("message_id")
        rows = [row for row in reversed(phone.rows) if row.get("buttons") and named in (None, row["id"])]
        wanted = act.more.get("payload") or act.more.get("title") or act.text
        for row in rows:
            for button in row["buttons"]:
                if not wanted or wanted in (button.get("payload"), button.get("title")):
                    return row, button
        if not wanted:
            raise Refused("there is no button on this phone: give a title or a payload", 409, "event.title")
        return None, {"type": "", "title": act.text or act.more.get("title") or wanted, "payload": wanted}

    def keep_media(self, account: Account, act: Act) -> Media:
        """What the shopper's message carries: the bytes of the event, else a small sample of its kind."""
        sample = samples.SAMPLES[act.kind]
        media = Media(
            id=ids.digits(16),
            channel=self.channel,
            account=account.id,
            mime_type=act.more.get("mime_type", sample.mime_type),
            content=act.more.get("base64") or base64.b64encode(sample.content).decode(),
            filename=act.more.get("filename", sample.filename),
        )
        self.sandbox.state.media[media.id] = media
        return media

    def cdn_url(self, media: Media) -> str:
        return f"{self.sandbox.base_url}/cdn/{media.id}/{media.filename or 'file'}"

    def show_act(self, phone: Phone, act: Act, message_id: str, text: str | None = None, **more: Any) -> None:
        shown = act.text if text is None else text
        reply_to = act.more.get("reply_to")
        show(self.sandbox, phone, "shopper", act.kind, shown, message_id, act.at, reply_to=reply_to, **more)

    def app(self, account: Account) -> App:
        return self.sandbox.state.apps[account.app_id]

    def app_for(self, options: Json) -> App:
        """The Meta app named in the options, which several accounts may share, or a new one."""
        named = options.get("app_id")
        if named is not None:
            shared = self.sandbox.state.apps.get(str(named))
            if shared is None:
                raise Refused(f"there is no app {named}", 404, "app_id")
            return shared
        app = App(ids.digits(16), ids.hex_id(32), options.get("app_name", "Parley sandbox app"))
        self.sandbox.state.apps[app.id] = app
        return app
