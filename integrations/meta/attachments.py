"""What a message of Messenger or Instagram holds: its kind, its words, its files and what else there is.

Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages,
developers.facebook.com/docs/messenger-platform/instagram/features/webhook
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.domain.events import Media
from integrations.meta.frame import kept, scalar
from integrations.meta.kinds import ATTACHMENTS, FILES, SHARES, STORIES
from integrations.reading import first, identifier, listed, mapping, text_of

# A story is up for a day: so long, at most, its link lives after somebody wrote about it.
STORY_LIVES: Final = timedelta(hours=24)
# An answer to a story is one, whatever file it comes with.
_ANSWERS: Final = frozenset({"text", "image", "video", "audio", "document", "sticker"})
_APPOINTMENT: Final = ("booking_id", "status", "start_time", "end_time", "timezone")
_PRODUCT: Final = ("id", "retailer_id", "title", "subtitle", "image_url")
_SHARE: Final = ("url", "title", "id", "reel_video_id", "ig_post_media_id")


@dataclass(frozen=True, slots=True)
class Held:
    """kind and text as `ShopperMessage` has them; details: what else there is, as JSON."""

    kind: str
    text: str = ""
    media: tuple[Media, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


def held_in(message: Mapping[str, Any], sent_at: datetime) -> Held:
    """What has neither words nor a known attachment is `unsupported`: somebody wrote."""
    attachments = _without_doubles([mapping(each) for each in listed(message.get("attachments"))])
    text = text_of(message.get("text"))
    media = tuple(found for each in attachments if (found := _file(each, sent_at)))
    details, kind = _details(attachments, sent_at), _kind(message, attachments, text)
    answered = mapping(message.get("reply_to"))
    if "story" in answered:
        details |= _story(mapping(answered["story"]), sent_at)
        kind = "story_reply" if kind in _ANSWERS else kind
    return Held(kind, text or _title(attachments), media, details)


def _kind(message: Mapping[str, Any], attachments: list[Mapping[str, Any]], text: str) -> str:
    if "quick_reply" in message:
        return "button"
    if attachments:
        return ATTACHMENTS.get(_type(attachments[0]), "unsupported")
    return "text" if text else "unsupported"


def _without_doubles(attachments: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A sticker was an image with a sticker id once, came as both until 2026-08-30, and has its own type
    now."""
    if any(_type(each) == "sticker" for each in attachments):
        return [each for each in attachments if _type(each) != "image"]
    return [
        {**each, "type": "sticker"} if _type(each) == "image" and "sticker_id" in _payload(each) else each
        for each in attachments
    ]


def _file(attachment: Mapping[str, Any], sent_at: datetime) -> Media | None:
    """A file is a link; when it dies is not told, but for what was put up for a day."""
    what, url = _type(attachment), text_of(_payload(attachment).get("url"))
    if not url or what not in FILES | STORIES:
        return None
    return Media(url=url, expires_at=sent_at + STORY_LIVES if what in STORIES else None)


def _title(attachments: list[Mapping[str, Any]]) -> str:
    """What a share or a place is called: on its payload, or beside it; what a template or product says."""
    attachment = attachments[0] if attachments else {}
    payload = _payload(attachment)
    named = (payload.get("title"), attachment.get("title"), payload.get("text"))
    elements = [*_products(payload), mapping(first(payload.get("elements")))]
    return next((found for each in named if (found := text_of(each))), "") or text_of(
        elements[0].get("title")
    )


def _details(attachments: list[Mapping[str, Any]], sent_at: datetime) -> dict[str, Any]:
    """Of several of one sort the first stands alone, and all of them beside it under the plural."""
    shares = [found for each in attachments if _type(each) in SHARES and (found := _share(each))]
    products = [
        found
        for each in attachments
        for product in _products(_payload(each))
        if (found := kept(product, _PRODUCT))
    ]
    named = {"share": shares, "product": products}
    details: dict[str, Any] = {name: found[0] for name, found in named.items() if found}
    several = {"shares": shares, "products": products}
    details |= {name: found[:20] for name, found in several.items() if len(found) > 1}
    for each in attachments:
        if _type(each) == "location":
            details |= _place(each)
        elif _type(each) == "appointment_booking":
            details |= kept(_payload(each), _APPOINTMENT)
        elif _type(each) in STORIES:
            details |= _story(_payload(each), sent_at)
    return details


def _share(attachment: Mapping[str, Any]) -> dict[str, Any]:
    """A link stands on the payload or, without one, beside it."""
    share = kept(attachment, ("url", "title")) | kept(_payload(attachment), _SHARE)
    return {"type": _type(attachment), **share} if share else {}


def _products(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [mapping(each) for each in listed(mapping(payload.get("product")).get("elements"))]


def _place(attachment: Mapping[str, Any]) -> dict[str, Any]:
    coordinates = mapping(_payload(attachment).get("coordinates"))
    place = {"latitude": scalar(coordinates.get("lat")), "longitude": scalar(coordinates.get("long"))}
    if not all(isinstance(value, float | int) and value is not True for value in place.values()):
        return {}
    return {**place, **kept({"name": attachment.get("title"), "url": attachment.get("url")}, ("name", "url"))}


def _story(raw: Mapping[str, Any], sent_at: datetime) -> dict[str, Any]:
    """A story may be gone already: it lives a day at most."""
    named = {"id": identifier(raw.get("id")), "url": text_of(raw.get("url"), 4096)}
    story = {name: value for name, value in named.items() if value}
    return {"story": {**story, "expires_at": (sent_at + STORY_LIVES).isoformat()}} if story else {}


def _type(attachment: Mapping[str, Any]) -> str:
    return identifier(attachment.get("type"))


def _payload(attachment: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(attachment.get("payload"))
