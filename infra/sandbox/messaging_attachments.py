"""What a shopper's message carries on Messenger and Instagram, as its `attachments` tell of it.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages,
developers.facebook.com/docs/messenger-platform/instagram/features/webhook
"""

from typing import Final

from .base import Refused
from .state import Json

STICKER_ID: Final = 369239263222822
_PAGES: Final = "https://www.facebook.com/sandbox"
SHARES: Final = (
    *("fallback", "template", "post", "ig_post", "reel", "ig_reel"),
    *("share", "media", "story", "ig_story"),
)


def file(kind: str, url: str) -> list[Json]:
    return [{"type": kind, "payload": {"url": url}}]


def sticker(url: str, before: str) -> list[Json]:
    """Its own type; `before` its time an image with a sticker id (`image`), or twice over (`both`)."""
    types = {"": ("sticker",), "image": ("image",), "both": ("image", "sticker")}
    if before not in types:
        raise Refused("as is image or both", field="event.as")
    payload = {"url": url, "sticker_id": STICKER_ID}
    return [{"type": each, "payload": payload} for each in types[before]]


def share(kind: str, more: Json, url: str) -> list[Json]:
    """A link, a post, a reel, a story or a product of the shop's catalogue (`template`)."""
    if kind not in SHARES:
        raise Refused(f"type is one of: {', '.join(SHARES)}", field="event.type")
    if kind == "template":
        name = str(more.get("title") or "Blue mug")
        product = {"id": "771", "retailer_id": "mug-blue", "title": name, "subtitle": "£12.00"}
        return [{"type": kind, "payload": {"product": {"elements": [product | {"image_url": url}]}}}]
    link = str(more.get("url") or (_PAGES if kind in ("fallback", "post") else url))
    title: Json = {"title": str(more["title"])} if more.get("title") else {}
    if kind == "fallback" and more.get("payload") is False:
        return [{"type": kind, "url": link, **title}]
    return [{"type": kind, "payload": {"url": link, **title}}]


def location(more: Json) -> list[Json]:
    place = {"lat": more.get("latitude", 51.5074), "long": more.get("longitude", -0.1278)}
    title = str(more.get("title") or "Pinned location")
    return [{"type": "location", "title": title, "payload": {"coordinates": place}}]


def appointment(more: Json) -> list[Json]:
    booking = {
        "booking_id": str(more.get("booking_id") or "7741"),
        "status": str(more.get("status") or "requested"),
        "start_time": "2026-11-05T14:00:00+0000",
        "end_time": "2026-11-05T14:30:00+0000",
        "timezone": "Europe/London",
    }
    return [{"type": "appointment_booking", "payload": booking}]
