"""The message templates that every WhatsApp Business Account and every Page here has: a few, so that each
case exists; and what became of them on one account.

Sources: developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components,
developers.facebook.com/docs/messenger-platform/send-messages/utility-messages
"""

from typing import Any, Final

from .graph import Call, picked
from .state import Account, Json


def _template(
    name: str, language: str, category: str, body: str, status: str = "APPROVED", **more: Any
) -> Json:
    """`header`, `footer` and `buttons` are components; `parameter_format` is POSITIONAL unless given."""
    components: list[Json] = [more["header"]] if "header" in more else []
    components.append({"type": "BODY", "text": body})
    if "footer" in more:
        components.append({"type": "FOOTER", "text": more["footer"]})
    if "buttons" in more:
        components.append({"type": "BUTTONS", "buttons": more["buttons"]})
    return {
        "parameter_format": more.get("parameter_format", "POSITIONAL"),
        "name": name,
        "language": language,
        "category": category,
        "status": status,
        "components": components,
        "quality_score": {"score": "UNKNOWN"},
        "rejected_reason": more.get("rejected_reason", "NONE"),
    }


def _header(format: str, **more: str) -> Json:
    return {"type": "HEADER", "format": format, **more}


_YES_NO: Final = [{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "QUICK_REPLY", "text": "Stop"}]
_TRACK: Final = {"type": "URL", "text": "Track", "url": "https://shop.example/track/{{1}}"}
_SHOP: Final = {"type": "URL", "text": "To the shop", "url": "https://shop.example"}
_COPY: Final = {"type": "COPY_CODE", "example": "SAVE10"}

_PLAIN: Final = [
    _template("hello_world", "en_US", "UTILITY", "Hello World. This is a test message."),
    _template("order_update", "en", "UTILITY", "Hello {{1}}, your order {{2}} is now {{3}}. Thank you!"),
    _template("order_update", "ru", "UTILITY", "Здравствуйте, {{1}}! Заказ {{2}}: {{3}}. Спасибо!"),
    _template("order_update", "ar", "UTILITY", "مرحبا {{1}}، حالة طلبك {{2}} الآن: {{3}}. شكرا!"),
    _template(
        "we_answered", "en", "UTILITY", "Hello {{1}}, we have an answer to your question. Write to us."
    ),
    _template("cart_waiting", "en", "MARKETING", "Hello {{1}}, {{2}} still waits for you.", buttons=_YES_NO),
    _template("cart_waiting", "es", "MARKETING", "Hola, {{1}}: {{2}} te espera todavía.", buttons=_YES_NO),
    _template("news", "en", "MARKETING", "Hello {{1}}, this is new in our shop: {{2}}.", buttons=_YES_NO),
]
_REFUSED: Final = [
    _template("paused_offer", "en", "MARKETING", "An offer for you.", status="PAUSED"),
    _template(
        "refused_offer",
        "en",
        "MARKETING",
        "An offer that was refused.",
        status="REJECTED",
        rejected_reason="PROMOTIONAL",
    ),
    _template("stopped_offer", "en", "MARKETING", "An offer that was paused too often.", status="DISABLED"),
]
_RICH: Final = [
    _template(
        "parcel_sent",
        "en",
        "UTILITY",
        "Hello {{shopper}}, your parcel left today and comes {{day}}. Thank you!",
        parameter_format="NAMED",
        header=_header("TEXT", text="Order {{order}}"),
        footer="Blue Kettle",
        buttons=[_TRACK, {"type": "QUICK_REPLY", "text": "Where is it?"}],
    ),
    _template(
        "spring_offer",
        "en",
        "MARKETING",
        "Hello {{1}}, take {{2}} % off until Sunday.",
        header=_header("IMAGE"),
        buttons=[_COPY, _SHOP, {"type": "QUICK_REPLY", "text": "Stop"}],
    ),
    _template("how_to_use", "en", "UTILITY", "This is how to use your {{1}} well.", header=_header("VIDEO")),
    _template("invoice", "en", "UTILITY", "Your invoice {{1}} is attached.", header=_header("DOCUMENT")),
    _template(
        "ready_to_collect",
        "en",
        "UTILITY",
        "Order {{1}} waits for you here.",
        header=_header("LOCATION"),
    ),
]

TEMPLATES: Final[list[Json]] = [
    {"id": str(900_000_000_000_001 + n)} | template for n, template in enumerate([*_PLAIN, *_REFUSED, *_RICH])
]

_WHERE: Final = {"type": "POSTBACK", "text": "Where is it?", "payload": "where_{{2}}"}
_ON_PAGES: Final = [
    _template("order_update", "en", "UTILITY", "Hello {{1}}, your order {{2}} is now {{3}}. Thank you!"),
    _template(
        "parcel_sent",
        "en",
        "UTILITY",
        "Hello {{shopper}}, your parcel left today and comes {{day}}. Thank you!",
        parameter_format="NAMED",
        header=_header("TEXT", text="Order {{order}}"),
        buttons=[_TRACK, _WHERE],
    ),
    _template("paused_update", "en", "UTILITY", "Your order is on its way to you.", status="PAUSED"),
]
PAGE_TEMPLATES: Final[list[Json]] = [
    {"id": str(700_000_000_000_001 + n)} | template for n, template in enumerate(_ON_PAGES)
]
# Not listed any more, whatever asks.
GONE: Final = ("DELETED", "ARCHIVED")
PAGE: Final = 25
_DEFAULT: Final = ("name", "parameter_format", "components", "language", "status", "category", "id")


def key_of(name: str, language: str) -> str:
    return f"{name}/{language}"


def templates_of(account: Account) -> list[Json]:
    """The account's templates as they are now, in the order in which they were made."""
    made = TEMPLATES if account.channel == "whatsapp" else PAGE_TEMPLATES
    found = {key_of(each["name"], each["language"]): each for each in made}
    for key, changed in account.templates.items():
        found[key] = found.get(key, {}) | changed
    return [each for each in found.values() if each["status"] not in GONE]


def template_named(account: Account, name: str, language: str = "") -> Json | None:
    """The first of this name, in this language where one is given."""
    fitting = (each for each in templates_of(account) if each["name"] == name)
    return next((each for each in fitting if language in ("", each["language"])), None)


def listed(account: Account, call: Call) -> Json:
    """The answer to `GET …/message_templates`, with filters, fields and pages.

    Source: developers.facebook.com/docs/graph-api/results
    """
    wanted = {name: call.text(name) for name in ("name", "language", "status", "category") if call.text(name)}
    found = [
        each for each in templates_of(account) if all(each[name] == value for name, value in wanted.items())
    ]
    begin, size = int(call.text("after", "0")), int(call.text("limit", str(PAGE)))
    page = found[begin : begin + size]
    paging: Json = {"cursors": {"before": str(begin), "after": str(begin + len(page))}}
    if begin + size < len(found):
        paging["next"] = f"https://graph.facebook.com/{call.object_id}/message_templates?after={begin + size}"
    return {"data": [picked(call, each, _DEFAULT) for each in page], "paging": paging}
