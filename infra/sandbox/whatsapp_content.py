"""What WhatsApp takes in a message, and the errors for what it does not.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

from typing import Any

from .graph import GraphError
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
    if kind == "button":
        return text, {"buttons": _reply_buttons(action)}
    if kind == "list":
        return text, {
            "buttons": _list_rows(action),
            "menu": bounded(action.get("button"), "action['button']", 20),
        }
    if kind == "cta_url":
        link = action.get("parameters") or {}
        bounded(link.get("display_text"), "action['parameters']['display_text']", 20)
        return text, {"links": [{"title": link["display_text"], "url": link.get("url", "")}]}
    if kind in ("contact_request", "location_request_message"):
        return text, {}
    raise invalid(f"interactive['type']: {kind!r} is not known")


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
    rows = [row for section in action.get("sections") or [] for row in section.get("rows") or []]
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
