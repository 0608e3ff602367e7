"""Templates as Meta lists them and tells of them, for WhatsApp's business accounts and Messenger's Pages.

Standard library only: webhooks that tell of a template are read with this as well.
Source: developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates,
developers.facebook.com/docs/graph-api/reference/page/message_templates,
developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components,
developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.domain.templates.definitions import (
    CATEGORIES,
    QUALITIES,
    STATES,
    ButtonKind,
    Category,
    DefinedButton,
    HeaderKind,
    Quality,
    TemplateDefinition,
    TemplateNews,
    TemplateState,
    Words,
    is_named,
    places_in,
)
from integrations.reading import first, identifier, listed, mapping, text_of

Node = Mapping[str, Any]

_AS: Final[Mapping[str, TemplateState]] = {"reinstated": "approved", "unarchived": "approved"}
_HEADERS: Final[Mapping[str, HeaderKind]] = {
    "TEXT": "text",
    "IMAGE": "image",
    "VIDEO": "video",
    "DOCUMENT": "document",
    "LOCATION": "location",
}
_BUTTONS: Final[Mapping[str, ButtonKind]] = {
    "URL": "url",
    "QUICK_REPLY": "quick_reply",
    "POSTBACK": "quick_reply",
    "COPY_CODE": "copy_code",
    "PHONE_NUMBER": "phone",
}
# A button that needs something of ours that Parley has no word for.
_UNFILLED: Final = frozenset({"MPM", "SPM", "ORDER_DETAILS", "REMINDER"})
_KNOWN: Final = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS"})
# More than any template has, so that a row has room for it.
_LONGEST: Final = 4_000
_MOST_BUTTONS: Final = 20


def definition_of(node: Node, *, of_page: bool = False) -> TemplateDefinition | None:
    """One entry of the list. None for one without name or language: nothing could be sent by it.

    of_page: a picture above it is the template's own, so that nothing is sent for it; and what is listed
    without a status is approved.
    """
    name, language = identifier(node.get("name")), identifier(node.get("language"))
    if not name or not language:
        return None
    parts = {_word(one.get("type")): one for one in map(mapping, listed(node.get("components")))}
    header, body = parts.get("HEADER", {}), text_of(parts.get("BODY", node).get(_text_of(parts)), _LONGEST)
    header_text = text_of(header.get("text") or node.get("header"), _LONGEST)
    nodes = listed(parts.get("BUTTONS", node).get("buttons"))[:_MOST_BUTTONS]
    buttons = [mapping(one) for one in nodes]
    kind = _header_kind(header, header_text, of_page)
    named = _word(node.get("parameter_format")) == "NAMED" or is_named(body) or is_named(header_text)
    return TemplateDefinition(
        name=name,
        language=language,
        id=identifier(node.get("id")),
        category=category_of(node.get("category")),
        state="approved" if of_page and "status" not in node else state_of(node.get("status")),
        reason=reason_of(node.get("rejected_reason")),
        quality=quality_of(mapping(node.get("quality_score")).get("score")),
        is_named=named,
        header_kind=kind,
        header=header_text if kind == "text" else "",
        body=body,
        footer=text_of(parts.get("FOOTER", {}).get("text") or node.get("footer"), _LONGEST),
        buttons=tuple(map(_button, buttons)),
        examples=dict(_examples(header_text, header, body, parts.get("BODY", node))),
        unsupported=tuple(dict.fromkeys(_unsupported(header, parts, buttons))),
    )


def state_of(word: Any) -> TemplateState:
    """`unknown` for a word of tomorrow: it is not sent until the channel says a word that we know."""
    state = _word(word).lower()
    known: Mapping[str, TemplateState] = {one: one for one in STATES} | dict(_AS)
    return known.get(state, "unknown")


def category_of(word: Any) -> Category:
    known: Mapping[str, Category] = {one: one for one in CATEGORIES}
    return known.get(_word(word).lower(), "")


def quality_of(word: Any) -> Quality:
    known: Mapping[str, Quality] = {one: one for one in QUALITIES}
    return known.get(_word(word).lower(), "")


def reason_of(word: Any) -> str:
    """`NONE` is no reason."""
    reason = text_of(word, 200)
    return "" if reason.upper() == "NONE" else reason


def news_of(value: Node) -> TemplateNews | None:
    """What a notice says of a template. None where it does not say which one; a word of tomorrow changes
    nothing until the next fetch."""
    name = identifier(value.get("message_template_name"))
    language = identifier(value.get("message_template_language"))
    if not name or not language:
        return None
    state = state_of(value.get("event"))
    element = value.get("message_template_element")
    return TemplateNews(
        name=name,
        language=language,
        id=identifier(value.get("message_template_id")),
        state="" if state == "unknown" else state,
        reason=reason_of(value.get("reason")),
        category=category_of(value.get("new_category") or value.get("message_template_category")),
        quality=quality_of(value.get("new_quality_score")),
        words=_words(value) if isinstance(element, str) else None,
    )


def _words(value: Node) -> Words:
    header, footer = value.get("message_template_title"), value.get("message_template_footer")
    return Words(
        header=text_of(header, _LONGEST) if isinstance(header, str) else None,
        body=text_of(value.get("message_template_element"), _LONGEST),
        footer=text_of(footer, _LONGEST) if isinstance(footer, str) else None,
    )


def _text_of(parts: Mapping[str, Node]) -> str:
    """Pages list their templates with the body's words beside the name, business accounts in components."""
    return "text" if "BODY" in parts else "body"


def _header_kind(header: Node, text: str, of_page: bool) -> HeaderKind:
    found = "" if of_page else _HEADERS.get(_word(header.get("format")), "")
    return found or ("text" if text else "")


def _button(node: Node) -> DefinedButton:
    kind = _BUTTONS.get(_word(node.get("type")), "other")
    return DefinedButton(
        kind=kind,
        text=text_of(node.get("text"), 200),
        url=text_of(node.get("url"), _LONGEST) if kind == "url" else "",
        payload=text_of(node.get("payload"), _LONGEST) if kind == "quick_reply" else "",
        phone=text_of(node.get("phone_number"), 40),
    )


def _unsupported(header: Node, parts: Mapping[str, Node], buttons: list[Node]) -> Iterator[str]:
    yield from (part.lower()[:40] for part in parts if part not in _KNOWN)
    if header and _word(header.get("format")) not in _HEADERS:
        yield "header"
    for index, button in enumerate(buttons):
        if _word(button.get("type")) in _UNFILLED:
            yield f"buttons.{index}"


def _examples(header: str, header_part: Node, body: str, body_part: Node) -> Iterator[tuple[str, str]]:
    """The values that the merchant gave when they submitted it, by place."""
    told = mapping(header_part.get("example"))
    yield from _given("header", header, listed(told.get("header_text")), told.get("header_text_named_params"))
    told = mapping(body_part.get("example"))
    numbered = first(told.get("body_text"))
    values = listed(numbered) or listed(body_part.get("body_params"))
    yield from _given("body", body, values, told.get("body_text_named_params"))


def _given(where: str, text: str, numbered: list[Any], named: Any) -> Iterator[tuple[str, str]]:
    places = places_in(text)
    for place, value in zip(places, numbered, strict=False):
        yield f"{where}.{place}", text_of(value, 200)
    for one in map(mapping, listed(named)):
        if one.get("param_name") in places:
            yield f"{where}.{one['param_name']}", text_of(one.get("example"), 200)


def _word(value: Any) -> str:
    return identifier(value).upper()
