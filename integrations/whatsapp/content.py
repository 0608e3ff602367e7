"""What a WhatsApp message holds, by its type: text, files, a tapped button, a form, an order.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components,
developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.domain.events import Media, Unsplittable
from integrations.reading import Malformed, first, identifier, listed, load, mapping, text_of

_MOST_CARDS: Final = 100
_MOST_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Said:
    """What a message holds; the names are those of `ShopperMessage`."""

    kind: str
    text: str = ""
    media: tuple[Media, ...] = ()
    payload: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def content_of(event: Mapping[str, Any]) -> Said:
    """What this message holds. A type that we do not know is `unsupported`: somebody wrote. Raises
    Malformed."""
    what = identifier(event.get("type"))
    return TYPES[what](event) if what in TYPES else _nobody_knows(what)


def storable(value: Any) -> Any:
    """The same JSON as every store can keep it: no half characters, and no numbers beyond 64 bits."""
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, dict):
        return {text_of(name): storable(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return value if identifier(value) else str(value)[:40]
    return value


def given(**details: Any) -> dict[str, Any]:
    """The details that there are."""
    return {name: value for name, value in details.items() if value not in ("", None, [], {})}


def _nobody_knows(what: str) -> Said:
    return Said("unsupported", details=given(what=what[:64]))


def _text(event: Mapping[str, Any]) -> Said:
    body = mapping(event.get("text")).get("body")
    if not isinstance(body, str):
        raise Malformed("a text without text")
    return Said("text", text_of(body))


def _file(event: Mapping[str, Any]) -> Said:
    """The file is fetched by its id; an id is good for 7 days, the link beside it for 5 minutes.

    There is none where WhatsApp could not take it in: an error stands beside the message then.
    """
    what = event["type"]
    content = mapping(event.get(what))
    media_id = identifier(content.get("id"))
    mime_type, filename = text_of(content.get("mime_type"), 255), text_of(content.get("filename"), 255)
    media = (Media(mime_type=mime_type, channel_media_id=media_id, filename=filename),) if media_id else ()
    marks = {name: True for name in ("voice", "animated") if content.get(name) is True}
    return Said(what, text_of(content.get("caption")), media, details=marks)


def _location(event: Mapping[str, Any]) -> Said:
    place = mapping(event.get("location"))
    name, address = text_of(place.get("name")), text_of(place.get("address"))
    details = given(
        latitude=_degrees(place.get("latitude")),
        longitude=_degrees(place.get("longitude")),
        name=name,
        address=address,
        url=text_of(place.get("url"), 2000),
    )
    return Said("location", name or address, details=details)


def _degrees(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and -180 <= value <= 180 else None


def _contacts(event: Mapping[str, Any]) -> Said:
    cards = [_card(mapping(card)) for card in listed(event.get("contacts"))[:_MOST_CARDS]]
    names = ", ".join(card["name"] for card in cards if card["name"])
    return Said("contacts", names, details={"cards": cards})


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    """`is_own`: it is the shopper's own, who was asked for their number. The name may be missing."""
    name = mapping(card.get("name"))
    parts = (text_of(name.get(part)) for part in ("first_name", "last_name"))
    return {
        "name": text_of(name.get("formatted_name")) or " ".join(part for part in parts if part),
        "phones": [found for each in listed(card.get("phones")) if (found := _phone_on(mapping(each)))],
        "is_own": card.get("origin") == "contact_request",
        **given(
            emails=[
                found for each in listed(card.get("emails")) if (found := text_of(mapping(each).get("email")))
            ],
            company=text_of(mapping(card.get("org")).get("company")),
        ),
    }


def _phone_on(phone: Mapping[str, Any]) -> str:
    wa_id = identifier(phone.get("wa_id"))
    return text_of(phone.get("phone"), 64) or (f"+{wa_id}" if wa_id else "")


def _button(event: Mapping[str, Any]) -> Said:
    """A quick reply below a template."""
    tapped = mapping(event.get("button"))
    text = text_of(tapped.get("text"))
    return Said("button", text, payload=text_of(tapped.get("payload"), 512) or text[:512])


def _order(event: Mapping[str, Any]) -> Said:
    order = mapping(event.get("order"))
    lines = [_line(mapping(item)) for item in listed(order.get("product_items"))[:_MOST_LINES]]
    details = {"catalog_id": identifier(order.get("catalog_id")), "lines": lines}
    return Said("order", text_of(order.get("text")), details=details)


def _line(item: Mapping[str, Any]) -> dict[str, Any]:
    """The price as it was written, so that no cent is lost; without a quantity it is one."""
    return {
        "product_id": identifier(item.get("product_retailer_id")),
        "quantity": _quantity(item.get("quantity")),
        "price": _price(item.get("item_price")),
        "currency": text_of(item.get("currency"), 8),
    }


def _quantity(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
    return value if is_count else 1


def _price(value: Any) -> str:
    if isinstance(value, str):
        return text_of(value, 32)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number and abs(value) < 10**15 else ""


def _interactive(event: Mapping[str, Any]) -> Said:
    """A tapped button or list row, a filled-in form, leave to call. The object itself may be missing."""
    content = mapping(event.get("interactive"))
    what = identifier(content.get("type"))
    name = what if what in INTERACTIVE else next((each for each in INTERACTIVE if each in content), "")
    if not isinstance(content.get(name), dict):
        return _nobody_knows(what or "interactive")
    return INTERACTIVE[name](content[name])


def _tapped(reply: Mapping[str, Any]) -> Said:
    title, row = text_of(reply.get("title")), text_of(reply.get("description"))
    payload = text_of(reply.get("id"), 512)
    return Said("button", title, payload=payload, details=given(description=row))


def _form(reply: Mapping[str, Any]) -> Said:
    """`response_json` is JSON within a string; what is none is kept as it was written.

    Source: developers.facebook.com/docs/whatsapp/flows/reference/responsemsgwebhook
    """
    raw = reply.get("response_json")
    response = storable(raw) if isinstance(raw, dict) else _answers(raw)
    details = given(
        response_text="" if response is not None else text_of(raw),
        name=text_of(reply.get("name"), 64),
        flow_token=identifier(mapping(response).get("flow_token")),
    )
    if response is not None:
        details["response"] = response
    return Said("form", text_of(reply.get("body")), details=details)


def _answers(raw: Any) -> Any:
    if not isinstance(raw, str):
        return None
    try:
        return storable(load(raw.encode()))
    except (Unsplittable, UnicodeEncodeError):
        return None


def _call_permission(reply: Mapping[str, Any]) -> Said:
    """Whether, and until when, the shop may call.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions
    """
    until = reply.get("expiration_timestamp")
    details = given(
        response=text_of(reply.get("response"), 32),
        until=until if isinstance(until, int) and not isinstance(until, bool) else None,
        source=text_of(reply.get("response_source"), 32),
    )
    return Said("call", details=storable(details))


def _unsupported(event: Mapping[str, Any]) -> Said:
    """The error that stands beside it is read with those of all messages."""
    return _nobody_knows(identifier(mapping(event.get("unsupported")).get("type")))


def error_in(errors: Any) -> str:
    """The code of the first error, as text; '' where there is none."""
    return identifier(mapping(first(errors)).get("code"))


INTERACTIVE: Final[dict[str, Callable[[Mapping[str, Any]], Said]]] = {
    "button_reply": _tapped,
    "list_reply": _tapped,
    "nfm_reply": _form,
    "call_permission_reply": _call_permission,
}
# What a shopper can write; everything else in `messages` is about a message, or about the shopper.
TYPES: Final[dict[str, Callable[[Mapping[str, Any]], Said]]] = {
    "text": _text,
    **dict.fromkeys(("image", "video", "audio", "document", "sticker"), _file),
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "order": _order,
    "interactive": _interactive,
    "unsupported": _unsupported,
}
