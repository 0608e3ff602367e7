"""How Messenger and Instagram tell a shop what happened: the frame of their webhooks, and what goes into it.

Sources: developers.facebook.com/docs/messenger-platform/webhooks,
developers.facebook.com/docs/instagram-platform/webhooks
"""

from abc import abstractmethod
from typing import ClassVar

from .base import Act, Platform
from .state import Account, Json, Phone
from .targets import OBJECTS


class MessagingWire(Platform):
    """`inbox_app_id` is the platform's own inbox, where the merchant answers by hand."""

    inbox_app_id: ClassVar[int]

    @abstractmethod
    def new_mid(self) -> str: ...

    def field_name(self, account: Account, field: str) -> str:
        """The webhook field that an event belongs to."""
        return field

    def merge(self, bodies: list[Json]) -> list[Json]:
        """All events in one body: up to two of `messaging` in one entry, all else in entries of their own."""
        entries: list[Json] = []
        for entry in (entry for body in bodies for entry in body["entry"]):
            last = entries[-1] if entries else {}
            if "messaging" in entry and len(last.get("messaging", ())) == 1:
                entries[-1] = last | {"messaging": last["messaging"] + entry["messaging"]}
            else:
                entries.append(entry)
        return [bodies[0] | {"entry": entries}]

    def message(self, account: Account, phone: Phone, act: Act, message: Json, url: str | None = None) -> str:
        mid = str(act.more.get("id") or self.new_mid())
        message = {"mid": mid, **message}
        if act.more.get("reply_to"):
            message["reply_to"] = {"mid": act.more["reply_to"]}
        self.show_act(phone, act, mid, url=url)
        self.event(account, phone, act, "messages", {"message": message})
        return mid

    def postback(self, account: Account, phone: Phone, act: Act, postback: Json) -> str:
        """An app that stands by is not told the payload."""
        if act.more.get("standby"):
            postback.pop("payload")
        mid = str(act.more.get("id") or self.new_mid())
        self.show_act(phone, act, mid)
        self.event(account, phone, act, "messaging_postbacks", {"postback": {"mid": mid} | postback})
        return mid

    def event(self, account: Account, phone: Phone, act: Act, field: str, event: Json) -> str:
        """Deliver an event of the shopper's, with the control call's `raw` laid over it and its parts (null
        takes a part away); with `standby`, as to an app that does not hold the thread."""
        event = laid_over(between(account, phone, act.at) | event, act)
        event = {name: value for name, value in event.items() if value is not None}
        if act.more.get("standby"):
            self.deliver(account, phone.address, "standby", {"standby": [event]})
        else:
            self.deliver(account, phone.address, self.field_name(account, field), {"messaging": [event]})
        return f"{phone.address}:{int(act.at * 1000)}"

    def change(self, account: Account, lane: str, act: Act, field: str, value: Json) -> None:
        """Deliver a change of something public, or of the account. Their times are in seconds.

        Instagram's own login puts field and value on the entry itself.
        """
        change: Json = {"field": field, "value": laid_over(value, act)}
        is_bare = account.login == "instagram"
        told = change if is_bare else {"changes": [change]}
        self.deliver(account, lane, field, {"time": int(self.sandbox.now()), **told})

    def deliver(self, account: Account, lane: str, field: str, told: Json) -> None:
        entry = {"id": account.id, "time": int(self.sandbox.now() * 1000), **told}
        self.sandbox.deliver(account, lane, field, {"object": OBJECTS[self.channel], "entry": [entry]})


def between(account: Account, phone: Phone, at: float) -> Json:
    return {"sender": {"id": phone.address}, "recipient": {"id": account.id}, "timestamp": int(at * 1000)}


def laid_over(event: Json, act: Act) -> Json:
    """The event with `raw` laid over it and its parts."""
    event = dict(event)
    for name, value in (act.more.get("raw") or {}).items():
        is_part = isinstance(value, dict) and isinstance(event.get(name), dict)
        event[name] = event[name] | value if is_part else value
    return event
