"""What a shopper's Telegram message holds, by the kind of the control call's event.

Source: core.telegram.org/bots/api#message
"""

from collections.abc import Callable
from typing import Any, Final

from .base import Act
from .state import Json, Shopper

# Keeps a file of a kind that `samples` knows, and tells of it as the Bot API does.
Keep = Callable[[str], Json]
_SIZE: Final = {"width": 640, "height": 360, "duration": 5}
_PRICE: Final = {"currency": "EUR", "total_amount": 2400}


def content_of(act: Act, shopper: Shopper, keep: Keep) -> Json:
    """The fields of the message that say what it is, and the words with it."""
    content = CONTENTS[act.kind](act, shopper, keep)
    if act.text and act.kind in _CAPTIONED:
        content["caption"] = act.text
    if act.more.get("album"):
        content["media_group_id"] = str(act.more["album"])
    if act.more.get("quote"):
        content["quote"] = {"text": str(act.more["quote"]), "position": 0, "is_manual": True}
    if act.more.get("forwarded_from"):
        hidden = {"type": "hidden_user", "sender_user_name": str(act.more["forwarded_from"])}
        content["forward_origin"] = hidden | {"date": int(act.at)}
    return content


def text_of(text: str) -> Json:
    """A text; a command that opens it is marked."""
    if not text.startswith("/"):
        return {"text": text}
    length = len(text.split()[0].encode("utf-16-le")) // 2
    return {"text": text, "entities": [{"offset": 0, "length": length, "type": "bot_command"}]}


def _text(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return text_of(act.text)


def _photo(file: Json) -> list[Json]:
    """In two sizes, the largest last."""
    small = file | {"file_id": f"{file['file_id']}s", "width": 90, "height": 90}
    return [small, file | {"width": 800, "height": 800}]


def _image(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"photo": _photo(_named(keep("image"), "file_size"))}


def _video(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"video": keep("video") | _SIZE}


def _audio(act: Act, shopper: Shopper, keep: Keep) -> Json:
    """Spoken into the phone, unless it is said to be no voice."""
    file = keep("audio")
    if act.more.get("voice", True):
        return {"voice": _named(file, "file_size") | {"duration": 3, "mime_type": "audio/ogg"}}
    return {"audio": file | {"duration": 3}}


def _document(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"document": keep("document")}


def _sticker(act: Act, shopper: Shopper, keep: Keep) -> Json:
    flags = {"is_animated": False, "is_video": False, "type": "regular", "width": 512, "height": 512}
    emoji = act.text or act.more.get("emoji", "👍")
    return {"sticker": _named(keep("sticker"), "file_size") | {"emoji": emoji} | flags}


def _animation(act: Act, shopper: Shopper, keep: Keep) -> Json:
    """For older bots it is a document as well."""
    file = keep("video")
    return {"animation": file | _SIZE, "document": file}


def _video_note(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"video_note": _named(keep("video"), "file_size") | {"length": 240, "duration": 5}}


def _live_photo(act: Act, shopper: Shopper, keep: Keep) -> Json:
    still = _photo(_named(keep("image"), "file_size"))
    return {"live_photo": _named(keep("video"), "file_size", "mime_type") | _SIZE | {"photo": still}}


def _paid_media(act: Act, shopper: Shopper, keep: Keep) -> Json:
    part = {"type": "photo", "photo": _photo(_named(keep("image"), "file_size"))}
    return {"paid_media": {"star_count": int(act.more.get("stars", 25)), "paid_media": [part]}}


def _location(act: Act, shopper: Shopper, keep: Keep) -> Json:
    """With words, a place that has a name."""
    place = {"latitude": act.more.get("latitude", 51.5007), "longitude": act.more.get("longitude", -0.1246)}
    if act.text or act.kind == "venue":
        title = act.text or "Corner shop"
        venue = {"location": place, "title": title, "address": act.more.get("address", title)}
        return {"location": place, "venue": venue}
    live = {"live_period": int(act.more["live_period"])} if "live_period" in act.more else {}
    return {"location": place | live}


def _contact(act: Act, shopper: Shopper, keep: Keep) -> Json:
    """Without a name the shopper shares their own number."""
    contact: Json = {
        "phone_number": act.more.get("number", shopper.phone),
        "first_name": act.text or shopper.name,
    }
    return {"contact": contact | ({} if act.text else {"user_id": shopper.telegram_id})}


def _poll(act: Act, shopper: Shopper, keep: Keep) -> Json:
    options = [
        {"persistent_id": str(number), "text": str(text), "voter_count": 0}
        for number, text in enumerate(act.more.get("options", ["Yes", "No"]))
    ]
    flags = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
    return {"poll": {"id": "1", "question": act.text or "Blue?", "options": options} | flags}


def _dice(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"dice": {"emoji": act.text or "🎲", "value": int(act.more.get("value", 5))}}


def _story(act: Act, shopper: Shopper, keep: Keep) -> Json:
    chat = {"id": shopper.telegram_id, "type": "private", "first_name": shopper.name}
    return {"story": {"chat": chat, "id": int(act.more.get("story_id", 1))}}


def _checklist(act: Act, shopper: Shopper, keep: Keep) -> Json:
    tasks = [{"id": 1, "text": "Mugs"}, {"id": 2, "text": "Cups"}]
    return {"checklist": {"title": act.text or "To buy", "tasks": tasks}}


def _rich_message(act: Act, shopper: Shopper, keep: Keep) -> Json:
    blocks = [{"type": "heading", "text": "A list", "size": 1}, {"type": "paragraph", "text": act.text}]
    return {"rich_message": {"blocks": blocks}}


def _invoice(act: Act, shopper: Shopper, keep: Keep) -> Json:
    words = {"title": act.text or "Two mugs", "description": "Blue", "start_parameter": ""}
    return {"invoice": words | _PRICE}


def _payment(act: Act, shopper: Shopper, keep: Keep) -> Json:
    ids = {"telegram_payment_charge_id": "t1", "provider_payment_charge_id": "p1"}
    return {"successful_payment": _PRICE | ids | {"invoice_payload": act.text}}


def _web_app_data(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"web_app_data": {"data": str(act.more.get("data", "{}")), "button_text": act.text or "Open"}}


def _users_shared(act: Act, shopper: Shopper, keep: Keep) -> Json:
    return {"users_shared": {"request_id": 1, "users": [{"user_id": 9, "first_name": act.text or "Ben"}]}}


def _named(file: Json, *names: str) -> Json:
    """Only what this kind of file has."""
    return {name: file[name] for name in ("file_id", "file_unique_id", *names)}


Content = Callable[[Act, Shopper, Keep], dict[str, Any]]
CONTENTS: Final[dict[str, Content]] = {
    "text": _text,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "document": _document,
    "sticker": _sticker,
    "animation": _animation,
    "video_note": _video_note,
    "live_photo": _live_photo,
    "paid_media": _paid_media,
    "location": _location,
    "venue": _location,
    "contact": _contact,
    "poll": _poll,
    "dice": _dice,
    "story": _story,
    "checklist": _checklist,
    "rich_message": _rich_message,
    "invoice": _invoice,
    "successful_payment": _payment,
    "web_app_data": _web_app_data,
    "users_shared": _users_shared,
}
_CAPTIONED: Final = ("image", "video", "audio", "document", "animation", "live_photo", "paid_media")
