"""What Messenger and Instagram take in a message, and the errors for what they do not.

Sources: developers.facebook.com/docs/messenger-platform/reference/send-api,
developers.facebook.com/docs/messenger-platform/instagram/features/send-message
"""

from typing import Any, Final

from .graph import GraphError
from .links import Fetched, NotFetched, fetched, is_link
from .state import Json
from .world import first_of

_FILES: Final = {"image": "image", "audio": "audio", "video": "video", "file": "document"}
_POSTS: Final = ("like_heart", "MEDIA_SHARE")
_PAYLOAD_LIMIT: Final = 1000


def invalid(message: str, subcode: int | None = None) -> GraphError:
    return GraphError(100, f"(#100) {message}", subcode=subcode)


def attachment_of(message: Json) -> Json | None:
    found: Json | None = message.get("attachment") or first_of(message.get("attachments") or [])
    return found


def fetch(message: Any) -> Fetched | None:
    """What stands behind the link of an attachment, before the sandbox is locked. Raises GraphError."""
    attachment = attachment_of(message) if isinstance(message, dict) else None
    if attachment is None or attachment.get("type") not in _FILES:
        return None
    url = (attachment.get("payload") or {}).get("url")
    if url is None:
        return None
    if not is_link(url):
        raise invalid("message[attachment][payload][url] should represent a valid URI")
    try:
        return fetched(url)
    except NotFetched as problem:
        raise invalid(f"Failed to fetch the file from the url: {problem}", 2018008) from None


def check_file(kind: str, file: Fetched, limits: dict[str, tuple[tuple[str, ...], int]]) -> None:
    """`limits`: the beginnings of the types that each kind may have, and its bytes."""
    types, most_bytes = limits[kind]
    if not file.mime_type.startswith(types):
        raise invalid(f"{file.mime_type} is no type of {kind} that is taken", 2018047)
    if len(file.content) > most_bytes:
        raise invalid("Attachment size exceeds allowable limit", 2018109)


def content_of(message: Json) -> tuple[str, str, Json, Json]:
    """Kind and text on the phone, what else it shows, and how the echo tells of it."""
    text, attachment = message.get("text"), attachment_of(message)
    if (text is None) == (attachment is None):
        raise invalid("The message must hold either text or an attachment")
    buttons = _quick_replies(message.get("quick_replies") or [])
    if attachment is None:
        if not isinstance(text, str) or not text:
            raise invalid("Param message[text] must be a non-empty UTF-8 encoded string")
        return "text", text, {"buttons": buttons}, {"text": text}
    kind, payload = str(attachment.get("type")), attachment.get("payload") or {}
    if kind == "template":
        words, more = _template(payload)
        return "template", words, more, {"attachments": [{"type": "template", "payload": payload}]}
    if kind not in _FILES and kind not in _POSTS:
        raise invalid(f"Param message[attachment][type]: {kind!r} is not known", 2018047)
    url = payload.get("url", "")
    if kind in _FILES and not (url or payload.get("attachment_id")):
        raise invalid("message[attachment][payload] needs url or attachment_id")
    shown = _FILES.get(kind, kind)
    echoed = {"attachments": [{"type": kind, "payload": {"url": url}}]}
    return shown, "", {"url": url, "buttons": buttons}, echoed


def _quick_replies(replies: list[Json]) -> list[Json]:
    """Source: developers.facebook.com/docs/messenger-platform/send-messages/quick-replies"""
    if len(replies) > 13:
        raise invalid("Param message[quick_replies] must hold at most 13 quick replies")
    for reply in replies:
        if reply.get("content_type") == "text" and not (reply.get("title") and reply.get("payload")):
            raise invalid("A quick reply of the type text needs title and payload")
        if len(str(reply.get("payload", ""))) > _PAYLOAD_LIMIT:
            raise invalid("The payload of a quick reply must be at most 1000 characters long")
    return [
        {
            "type": "quick_reply",
            "title": str(reply.get("title", ""))[:20],
            "payload": reply.get("payload", ""),
        }
        for reply in replies
    ]


def _template(payload: Json) -> tuple[str, Json]:
    """Source: developers.facebook.com/docs/messenger-platform/send-messages/templates"""
    kind = payload.get("template_type")
    if kind == "button":
        text = payload.get("text") or ""
        if not text or len(text) > 640:
            raise invalid("The text of a button template must have 1 to 640 characters")
        return text, _buttons(payload.get("buttons"))
    if kind == "generic":
        elements: list[Json] = payload.get("elements") or []
        if not 1 <= len(elements) <= 10 or not all(element.get("title") for element in elements):
            raise invalid("A generic template must hold 1 to 10 elements with titles")
        shown: Json = {"buttons": [], "links": []}
        for element in elements:
            if element.get("buttons"):
                for name, buttons in _buttons(element["buttons"]).items():
                    shown[name] += buttons
        return "\n".join(str(element["title"]) for element in elements), shown
    raise invalid(f"template_type {kind!r} is not known")


def _buttons(buttons: Any) -> dict[str, list[Json]]:
    """Source: developers.facebook.com/docs/messenger-platform/reference/buttons"""
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise invalid("A template must have 1 to 3 buttons")
    return {
        "buttons": [_postback(each) for each in buttons if each.get("type") == "postback"],
        "links": [_link(each) for each in buttons if each.get("type") == "web_url"],
    }


def _postback(button: Json) -> Json:
    payload = button.get("payload", "")
    if not payload or len(payload) > _PAYLOAD_LIMIT:
        raise invalid("The payload of a button must have 1 to 1000 characters")
    return {"type": "postback", "title": _title(button), "payload": payload}


def _link(button: Json) -> Json:
    if not is_link(button.get("url")):
        raise invalid("The url of a button should represent a valid URI")
    return {"title": _title(button), "url": button["url"]}


def _title(button: Json) -> str:
    title = str(button.get("title", ""))
    if not 1 <= len(title) <= 20:
        raise invalid("The title of a button must have 1 to 20 characters")
    return title
