"""The message templates that every WhatsApp Business Account here has: a few, so that each case exists."""

import re
from typing import Any, Final

from .graph import GraphError
from .state import Json

_VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def _template(
    name: str, language: str, category: str, body: str, status: str = "APPROVED", **more: Any
) -> Json:
    components: list[Json] = [{"type": "BODY", "text": body}]
    if "buttons" in more:
        components.append({"type": "BUTTONS", "buttons": more["buttons"]})
    return {
        "name": name,
        "language": language,
        "category": category,
        "status": status,
        "components": components,
    }


_YES_NO: Final = [{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "Stop"}]

TEMPLATES: Final[list[Json]] = [
    {"id": str(900_000_000_000_001 + n), "parameter_format": "POSITIONAL"} | template
    for n, template in enumerate(
        [
            _template("hello_world", "en_US", "UTILITY", "Hello World. This is a test message."),
            _template(
                "order_update", "en", "UTILITY", "Hello {{1}}, your order {{2}} is now {{3}}. Thank you!"
            ),
            _template("order_update", "ru", "UTILITY", "Здравствуйте, {{1}}! Заказ {{2}}: {{3}}. Спасибо!"),
            _template("order_update", "ar", "UTILITY", "مرحبا {{1}}، حالة طلبك {{2}} الآن: {{3}}. شكرا!"),
            _template(
                "we_answered",
                "en",
                "UTILITY",
                "Hello {{1}}, we have an answer to your question. Write to us.",
            ),
            _template(
                "cart_waiting", "en", "MARKETING", "Hello {{1}}, {{2}} still waits for you.", buttons=_YES_NO
            ),
            _template(
                "cart_waiting", "es", "MARKETING", "Hola, {{1}}: {{2}} te espera todavía.", buttons=_YES_NO
            ),
            _template(
                "news", "en", "MARKETING", "Hello {{1}}, this is new in our shop: {{2}}.", buttons=_YES_NO
            ),
            _template("paused_offer", "en", "MARKETING", "An offer for you.", status="PAUSED"),
            _template("refused_offer", "en", "MARKETING", "An offer that was refused.", status="REJECTED"),
        ]
    )
]


def find(name: str, language: str) -> Json:
    """The approved template, or the error that Graph answers.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
    """
    for template in TEMPLATES:
        if template["name"] == name and template["language"] == language:
            if template["status"] == "PAUSED":
                raise _refusal(132015, "Template is paused due to low quality")
            if template["status"] == "APPROVED":
                return template
    raise _refusal(132001, f"template name ({name}) does not exist in {language}", status=404)


def filled(template: Json, sent: Json) -> tuple[str, list[Json]]:
    """The text as the shopper reads it, and the template's quick replies with the payloads sent along."""
    body = next(each for each in template["components"] if each["type"] == "BODY")["text"]
    values = [
        str(parameter.get("text", ""))
        for component in sent.get("components") or []
        if str(component.get("type", "")).lower() == "body"
        for parameter in component.get("parameters") or []
    ]
    expected = len(set(_VARIABLE.findall(body)))
    if len(values) != expected:
        detail = (
            f"body: number of localizable_params ({len(values)}) does not match the expected ({expected})"
        )
        raise _refusal(132000, detail)
    text = _VARIABLE.sub(lambda match: values[int(match[1]) - 1], body)
    return text, _buttons(template, sent)


def _buttons(template: Json, sent: Json) -> list[Json]:
    payloads = {
        str(component.get("index")): component["parameters"][0].get("payload")
        for component in sent.get("components") or []
        if str(component.get("type", "")).lower() == "button" and component.get("parameters")
    }
    shown = [each for component in template["components"] for each in component.get("buttons", [])]
    return [
        {"type": "template", "title": button["text"], "payload": payloads.get(str(index)) or button["text"]}
        for index, button in enumerate(shown)
    ]


def _refusal(code: int, details: str, status: int = 400) -> GraphError:
    titles = {
        132000: "Number of parameters does not match the expected number of params",
        132001: "Template name does not exist in the translation",
        132015: "Template is Paused",
    }
    data = {"messaging_product": "whatsapp", "details": details}
    return GraphError(code, f"(#{code}) {titles[code]}", status=status, details=data)
