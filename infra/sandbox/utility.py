"""Messenger's utility messages: an approved template of the Page, filled in. They need no window.

Source: developers.facebook.com/docs/messenger-platform/send-messages/utility-messages
"""

from collections.abc import Iterator
from typing import Final

from .graph import GraphError
from .messaging_content import invalid
from .state import Account, Json
from .template_filling import ended, parameters, words
from .templates import template_named

_PLACE: Final = "{{"


def utility(account: Account, sent: Json, body: Json) -> tuple[str, str, Json, Json]:
    """Kind and text on the phone, what else it shows, and how the echo tells of it. Raises GraphError."""
    if body.get("messaging_type") != "UTILITY":
        raise invalid("A message template is sent with messaging_type UTILITY")
    name, language = str(sent.get("name")), str((sent.get("language") or {}).get("code"))
    template = template_named(account, name, language)
    if template is None or template["status"] != "APPROVED":
        raise invalid(f"The message template {name} is not approved in {language}")
    try:
        return _filled(template, sent)
    except GraphError as error:
        details = error.body["error"].get("error_data", {}).get("details", "")
        raise invalid(f"The message template can't be filled: {details}") from None


def _filled(template: Json, sent: Json) -> tuple[str, str, Json, Json]:
    parts = {each["type"]: each for each in template["components"]}
    is_named = template["parameter_format"] == "NAMED"
    text = words(parts["BODY"]["text"], parameters(sent, "body"), "body", is_named)
    title = parts.get("HEADER", {}).get("text", "")
    header = words(title, parameters(sent, "header"), "header", is_named)
    shown: Json = {"template": template["name"], "buttons": [], "links": []}
    given = iter(parameters(sent, "buttons"))
    for button in parts.get("BUTTONS", {}).get("buttons", []):
        if button["type"] == "URL":
            url = _ended(button["url"], "URL", "url", given)
            shown["links"].append({"title": button["text"], "url": url})
        else:
            payload = _ended(button.get("payload", button["text"]), "POSTBACK", "payload", given)
            shown["buttons"].append({"type": "postback", "title": button["text"], "payload": payload})
    if next(given, None) is not None:
        raise invalid("there are more parameters than buttons with places")
    if not header and "BUTTONS" not in parts:
        return "template", text, shown, {"text": text}
    elements = [{"title": header or text, "subtitle": text}]
    generic = {"template_type": "generic", "elements": elements}
    echoed = {"attachments": [{"type": "template", "payload": generic}]}
    return "template", text, shown | ({"header": header} if header else {}), echoed


def _ended(whole: str, kind: str, name: str, given: Iterator[Json]) -> str:
    """With the next parameter at its end, where it has a place for one."""
    if _PLACE not in whole:
        return whole
    parameter = next(given, {})
    if parameter.get("type") != kind or not parameter.get(name):
        raise invalid(f"a button needs a parameter of the type {kind} with {name}")
    return ended(whole, str(parameter[name]))
