"""Filling a template in: what is sent must fit its places, and the phone shows the whole.

Sources: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates,
developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

import re
from typing import Any, Final

from .graph import GraphError
from .state import Account, Json
from .templates import templates_of
from .whatsapp_content import place, refusal

BODY_LIMIT: Final = 1024
_VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_TITLES: Final = {
    131008: "Required parameter is missing",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132005: "Translated text too long",
    132012: "Parameter format does not match format in the created template",
    132015: "Template is Paused",
    132016: "Template is Disabled",
}
# What the parameter of a button is called, by the kind of button.
_BUTTON_VALUES: Final = {
    "QUICK_REPLY": ("quick_reply", "payload", "payload"),
    "URL": ("url", "text", "text"),
    "COPY_CODE": ("copy_code", "coupon_code", "coupon_code"),
}


def find(account: Account, name: str, language: str) -> Json:
    """The approved template. Raises GraphError for any other."""
    for template in templates_of(account):
        if template["name"] == name and template["language"] == language:
            if template["status"] == "PAUSED":
                raise _refusal(132015, "Template is paused due to low quality")
            if template["status"] == "DISABLED":
                raise _refusal(132016, "Template is disabled: it was paused too often")
            if template["status"] == "APPROVED":
                return template
    raise _refusal(132001, f"template name ({name}) does not exist in {language}", status=404)


def filled(template: Json, sent: Json) -> tuple[str, Json]:
    """The text as the shopper reads it, and what else the phone shows. Raises GraphError."""
    parts = {each["type"]: each for each in template["components"]}
    is_named = template["parameter_format"] == "NAMED"
    text = words(parts["BODY"]["text"], parameters(sent, "body"), "body", is_named)
    if len(text) > BODY_LIMIT:
        raise _refusal(132005, f"body: the filled text has {len(text)} characters")
    header = _header(parts.get("HEADER"), parameters(sent, "header"), is_named)
    footer = parts.get("FOOTER", {}).get("text")
    return text, {**header, "footer": footer, **_buttons(parts.get("BUTTONS", {}), sent)}


def header_file(sent: Json) -> tuple[str, Json] | None:
    """The kind and the content of the file that a template's header is sent with."""
    for parameter in parameters(sent, "header"):
        kind = parameter.get("type")
        if kind in ("image", "video", "document") and isinstance(parameter.get(kind), dict):
            return kind, parameter[kind]
    return None


def parameters(sent: Json, where: str) -> list[Json]:
    return [
        parameter
        for component in sent.get("components") or []
        if str(component.get("type", "")).lower() == where
        for parameter in component.get("parameters") or []
    ]


def words(text: str, given: list[Json], where: str, is_named: bool) -> str:
    """The text with its places filled: numbered in their order, or by name."""
    places = list(dict.fromkeys(_VARIABLE.findall(text)))
    if len(given) != len(places):
        detail = f"number of localizable_params ({len(given)}) does not match the expected"
        raise _refusal(132000, f"{where}: {detail} ({len(places)})")
    for parameter in given:
        if parameter.get("type") != "text" or not isinstance(parameter.get("text"), str):
            raise _refusal(132012, f"{where}: format mismatch, expected TEXT")
        if not parameter["text"]:
            raise _refusal(131008, f"{where}: Parameter of type text is missing text value")
    names = [parameter.get("parameter_name") for parameter in given]
    if is_named and set(names) != set(places):
        raise _refusal(132012, f"{where}: parameter_name must be one each of {', '.join(places)}")
    if not is_named and any(names):
        raise _refusal(132012, f"{where}: the places of this template are numbered")
    keys = names if is_named else places
    values = {key: parameter["text"] for key, parameter in zip(keys, given, strict=True)}
    return _VARIABLE.sub(lambda match: str(values[match[1]]), text)


def _header(header: Json | None, given: list[Json], is_named: bool) -> Json:
    """The line above the text, or the place; a file is looked at where files are."""
    if header is None:
        if given:
            raise _refusal(132000, "header: this template has none")
        return {}
    if header["format"] == "TEXT":
        return {"header": words(header["text"], given, "header", is_named)}
    wanted = header["format"].lower()
    if len(given) != 1 or given[0].get("type") != wanted:
        raise _refusal(132012, f"header: Format mismatch, expected {header['format']}")
    if wanted != "location":
        return {}
    return {"header": place(given[0].get("location") or {}), "place": given[0]["location"]}


def _buttons(buttons: Json, sent: Json) -> Json:
    """Buttons to tap, with the payloads sent along; links; codes to copy. Raises GraphError."""
    shown: Json = {"buttons": [], "links": [], "codes": []}
    known: list[Json] = buttons.get("buttons", [])
    given = _given_to_buttons(sent, known)
    for index, button in enumerate(known):
        value, kind = given.get(index), button["type"]
        if value is None and (kind == "COPY_CODE" or "{{" in button.get("url", "")):
            raise _refusal(131008, f"buttons: Button at index {index} of type {kind} requires a parameter")
        if kind == "QUICK_REPLY":
            payload = value or button["text"]
            shown["buttons"].append({"type": "template", "title": button["text"], "payload": payload})
        elif kind == "URL":
            shown["links"].append({"title": button["text"], "url": ended(button["url"], value)})
        else:
            shown["codes"].append(value)
    return shown


def ended(url: str, end: str | None) -> str:
    """A link with its own end, where it has a place for one."""
    return _VARIABLE.sub(lambda _: str(end), url)


def _given_to_buttons(sent: Json, known: list[Json]) -> dict[int, str]:
    given: dict[int, str] = {}
    for component in sent.get("components") or []:
        if str(component.get("type", "")).lower() != "button":
            continue
        index = int(component.get("index", -1))
        if not 0 <= index < len(known):
            raise _refusal(132000, f"buttons: there is no button at index {index}")
        given[index] = _button_value(known[index]["type"], index, component)
    return given


def _button_value(kind: str, index: int, component: Json) -> str:
    sub_type, type_, field = _BUTTON_VALUES[kind]
    parameters: list[Any] = component.get("parameters") or []
    if str(component.get("sub_type", "")).lower() != sub_type or len(parameters) != 1:
        raise _refusal(132012, f"buttons: Button at index {index} is of type {kind}")
    value = parameters[0].get(field)
    if parameters[0].get("type") != type_ or not isinstance(value, str) or not value:
        raise _refusal(131008, f"buttons: Button at index {index} needs {field}")
    return value


def _refusal(code: int, details: str, status: int = 400) -> GraphError:
    return refusal(code, _TITLES[code], details, status=status)
