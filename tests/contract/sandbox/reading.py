"""What a shop of WhatsApp's hears, read by its own reader."""

from typing import Any

from chalicelib.domain.events import Event, Notice, ShopperMessage, Unreadable
from integrations.registry import CHANNELS, BaseUrls

from .harness import Connected, until

SPEAKER = CHANNELS["whatsapp"](BaseUrls())


def heard(account: Connected, path: str = "") -> list[Any]:
    bodies = [each.body for each in account.shop.on(path or account.path)]
    return [event for body in bodies for event in SPEAKER.parse(body)]


def after(account: Connected, count: int = 1, **event: Any) -> list[Any]:
    """What the shop hears of an event: so many things."""
    before = len(heard(account))
    account.says(**event)
    until(lambda: len(heard(account)) >= before + count)
    return heard(account)[before:]


def only(account: Connected, **event: Any) -> Any:
    (found,) = after(account, **event)
    return found


def told(event: Event | Unreadable) -> tuple[str, ...]:
    match event:
        case ShopperMessage():
            return (event.kind, event.text, event.payload)
        case Notice():
            return ("notice", event.kind, event.subject, event.problem)
        case Unreadable():
            return ("kept", event.reason)
        case _:
            return (type(event).__name__,)
