"""How the API shows templates."""

from typing import Any

from chalicelib.domain.templates.checks import Problem
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate
from chalicelib.domain.templates.use import Part
from chalicelib.services.templates.use_templates import Previewed, Shown
from functions.views import time


def template(one: KnownTemplate, channel: str) -> dict[str, Any]:
    """One template as it stands. variables: the places that want a value, with the merchant's example."""
    found = one.definition
    return {
        "template_id": one.template_id,
        "connection_id": one.connection_id,
        "channel": channel,
        "name": found.name,
        "language": found.language,
        "category": found.category or None,
        "state": found.state,
        "reason": found.reason or None,
        "quality": found.quality or None,
        "header": _header(found),
        "body": found.body,
        "footer": found.footer or None,
        "buttons": [_button(button) for button in found.buttons],
        "variables": [{"place": place, "example": found.examples.get(place)} for place in found.places],
        "unsupported": list(found.unsupported),
        "fetched_at": time(one.fetched_at),
        "told_at": time(one.told_at),
    }


def previewed(one: Previewed) -> dict[str, Any]:
    return {
        "items": [_shown(shown) for shown in one.shown],
        "problems": [problem(found) for found in one.problems],
        "next": None,
    }


def problem(one: Problem) -> dict[str, str]:
    return {"code": one.code, "place": one.place, "message": one.message}


def _shown(one: Shown) -> dict[str, Any]:
    return {
        "thread_id": one.thread.thread_id,
        "shopper_name": one.thread.shopper_name,
        "parts": [_part(part) for part in one.parts],
        "used_fallbacks": list(one.used_fallbacks),
    }


def _part(one: Part) -> dict[str, str]:
    told = {"kind": one.kind, "text": one.text, "media": one.media, "value": one.value}
    return {name: value for name, value in told.items() if value}


def _header(found: TemplateDefinition) -> dict[str, str] | None:
    if not found.header_kind:
        return None
    return {"kind": found.header_kind} | ({"text": found.header} if found.header else {})


def _button(button: DefinedButton) -> dict[str, str]:
    told = {"text": button.text, "url": button.url, "payload": button.payload, "phone": button.phone}
    return {"kind": button.kind} | {name: value for name, value in told.items() if value}
