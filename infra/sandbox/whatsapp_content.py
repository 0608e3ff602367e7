"""What WhatsApp takes in a message, and the errors for what it does not.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

from typing import Any

from .graph import GraphError
from .links import is_link
from .state import Json


def refusal(code: int, title: str, details: str = "", status: int = 400) -> GraphError:
    data = {"messaging_product": "whatsapp", "details": details or title}
    return GraphError(code, f"(#{code}) {title}", status=status, details=data)


def invalid(details: str) -> GraphError:
    return refusal(100, "Invalid parameter", details)


def bounded(text: Any, name: str, limit: int, least: int = 1) -> str:
    if not isinstance(text, str) or len(text) < least:
        raise invalid(f"Param {name} is required.")
    if len(text) > limit:
        raise invalid(f"Param {name} must be at most {limit} characters long.")
    return text


def interactive(content: Json) -> tuple[str, Json]:
    """Reply buttons, a list, or a link.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#interactive-messages
    """
    kind, action = content.get("type"), content.get("action")
    if not isinstance(action, dict):
        raise invalid("interactive['action'] is required.")
    text = bounded((content.get("body") or {}).get("text"), "interactive['body']['text']", 1024)
    around = _around(content, kind)
    if kind == "button":
        return text, around | {"buttons": _reply_buttons(action)}
    if kind == "list":
        menu = bounded(action.get("button"), "action['button']", 20)
        return text, around | {"buttons": _list_rows(action), "menu": menu}
    if kind == "cta_url":
        return text, around | {"links": [_link(action)]}
    if kind in ("contact_request", "location_request_message"):
        return text, around
    raise invalid(f"interactive['type']: {kind!r} is not known")


def _around(content: Json, kind: Any) -> Json:
    """The lines above and below: a header may be a file as well, but not a list's."""
    header, footer = content.get("header"), content.get("footer")
    shown: Json = {}
    if header is not None:
        known = ("text",) if kind == "list" else ("text", "image", "video", "document")
        if header.get("type") not in known:
            raise invalid(f"header['type'] must be one of {{{', '.join(known)}}}")
        if header["type"] == "text":
            shown["header"] = bounded(header.get("text"), "header['text']", 60)
    if footer is not None:
        shown["footer"] = bounded(footer.get("text"), "footer['text']", 60)
    return shown


def _link(action: Json) -> Json:
    if action.get("name") != "cta_url":
        raise invalid("action['name'] must be cta_url")
    link = action.get("parameters") or {}
    title = bounded(link.get("display_text"), "action['parameters']['display_text']", 20)
    if not is_link(link.get("url")):
        raise invalid("action['parameters']['url'] is not a valid URI.")
    return {"title": title, "url": link["url"]}


def place(content: Json) -> str:
    """A place as a phone shows it: its name and address, else where it is. Raises GraphError."""
    latitude, longitude = (_degrees(content.get(name)) for name in ("latitude", "longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise invalid("location: latitude and longitude are required")
    lines = [content[name] for name in ("name", "address") if content.get(name)]
    return "\n".join(lines) or f"{latitude}, {longitude}"


def _degrees(value: Any) -> float | None:
    """A number, or one in digits: the platform's own examples have both."""
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def _reply_buttons(action: Json) -> list[Json]:
    replies = [button.get("reply") or {} for button in action.get("buttons") or []]
    if not 1 <= len(replies) <= 3 or len({reply.get("id") for reply in replies}) < len(replies):
        raise invalid("action['buttons'] must hold 1 to 3 buttons with different ids.")
    return [
        {
            "type": "button_reply",
            "title": bounded(reply.get("title"), "button title", 20),
            "payload": bounded(reply.get("id"), "button id", 256),
        }
        for reply in replies
    ]


def _list_rows(action: Json) -> list[Json]:
    sections = action.get("sections") or []
    if not 1 <= len(sections) <= 10:
        raise invalid("action['sections'] must hold 1 to 10 sections.")
    for section in sections:
        bounded(section.get("title") or "", "section title", 24, least=1 if len(sections) > 1 else 0)
    rows = [row for section in sections for row in section.get("rows") or []]
    if not 1 <= len(rows) <= 10 or len({row.get("id") for row in rows}) < len(rows):
        raise invalid("action['sections'] must hold 1 to 10 rows in total, with different ids.")
    return [
        {
            "type": "list_reply",
            "title": bounded(row.get("title"), "row title", 24),
            "payload": bounded(row.get("id"), "row id", 200),
            "description": bounded(row.get("description") or "", "row description", 72, least=0),
        }
        for row in rows
    ]
