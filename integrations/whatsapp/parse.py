"""What a WhatsApp webhook body says.

Times are whole seconds, as text. Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components,
developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from chalicelib.domain.events import (
    Address,
    Echo,
    Event,
    Piece,
    SelfTest,
    ShopperMessage,
    StatusChange,
    Unreadable,
    scope_of,
)
from integrations.meta.errors import limits_of
from integrations.reading import (
    Malformed,
    first,
    identifier,
    listed,
    mapping,
    read_each,
    required_id,
    seconds,
    text_of,
    unknown,
)
from integrations.whatsapp import notices
from integrations.whatsapp.changes import (
    ACTS,
    NEW_KEY,
    PREFERENCES,
    SYSTEM,
    preference,
    required_wire,
    system,
)
from integrations.whatsapp.content import INTERACTIVE, TYPES, content_of, error_in, given, storable
from integrations.whatsapp.errors import verdict_for
from integrations.whatsapp.webhook import EVENT_LISTS, OF_BEFORE, addresses_of, cut, wire_of

Value = Mapping[str, Any]

_STATUSES: Final[dict[str, Literal["sent", "delivered", "read", "failed"]]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # a voice message that was played first
    "failed": "failed",
}
SELF_TEST: Final = "parley_test"
# What we leave alone: kept, and counted by these names.
_LEFT: Final = frozenset({"request_welcome"})


def parse(body: Value) -> list[Event | Unreadable]:
    """Translate a body, usually a piece, into what it says. Never raises."""
    return read_each(body, cut, _read)


def _read(piece: Piece) -> list[Event | Unreadable]:
    entry = first(piece.body["entry"])
    change = mapping(first(entry.get("changes")))
    field, value = identifier(change.get("field")), mapping(change.get("value"))
    name = next((name for name in EVENT_LISTS if value.get(name)), "")
    if field in OF_BEFORE:
        return unknown(field, piece)
    if not name:
        return _without_events(field, value, entry.get("time"), piece)
    event = first(value[name])
    if not isinstance(event, dict) or not mapping(value.get("metadata")).get("phone_number_id"):
        raise Malformed("no event, or nobody could say whose number it is")
    if field == "calls":
        return _call(event, value, piece)
    if "group_id" in event or event.get("recipient_type") == "group":
        return unknown("group", piece)
    return _LISTS[name](event, value, piece)


def _without_events(field: str, value: Value, sent_at: Any, piece: Piece) -> list[Event | Unreadable]:
    """What is about the account, or about nothing that we know."""
    if field == SELF_TEST:
        return [SelfTest(required_id(value.get("nonce")))]
    if field in notices.FIELDS:
        return [notices.notice_of(field, value, sent_at)]
    if field == "messages" and "errors" in value:
        return list(notices.errors_of(value["errors"], sent_at))
    return unknown(field, piece)


def _message(event: Value, value: Value, piece: Piece) -> list[Event | Unreadable]:
    what = required_id(event.get("type"))
    if what in _LEFT:
        return unknown(what, piece)
    contact = _contact_of(event, value)
    addresses = _with_scoped_id(addresses_of(event, "messages"), contact)
    if what == "system":
        return system(event, addresses, piece)
    if what in ACTS:
        return ACTS[what](event, addresses, piece)
    wire, said = required_wire(addresses), content_of(event)
    context, referral = mapping(event.get("context")), _referral(event)
    beside = value.get("errors") if said.kind == "unsupported" else None
    error = error_in(event.get("errors")) or error_in(beside)
    message = ShopperMessage(
        addresses=addresses,
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(event.get("id")),
        sent_at=seconds(event.get("timestamp")),
        kind=said.kind,
        text=said.text,
        name=_name_on(contact),
        media=said.media,
        reply_to=identifier(context.get("id")),
        payload=said.payload,
        ref=identifier(referral.get("ctwa_clid")) or identifier(referral.get("source_id")),
        details={**said.details, **_circumstances(context), **given(referral=referral, error=error)},
    )
    return [message]


def _circumstances(context: Value) -> dict[str, Any]:
    """How the message came about, beyond what it answers: passed on, or begun from a product of the shop."""
    product = mapping(context.get("referred_product"))
    forwarded = "once" if context.get("forwarded") is True else ""
    if context.get("frequently_forwarded") is True:
        forwarded = "often"
    named = given(
        catalog_id=identifier(product.get("catalog_id")),
        product_id=identifier(product.get("product_retailer_id")),
    )
    return given(forwarded=forwarded, product=named)


def _referral(event: Value) -> dict[str, Any]:
    """The ad or post that led here; it rides on the message itself, of any type.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#referral-object
    """
    raw = mapping(event.get("referral"))
    welcome = text_of(mapping(raw.get("welcome_message")).get("text"))
    plain = {name: one for name, one in raw.items() if isinstance(one, str | int) and one != ""}
    return {**storable(plain), **given(welcome_message=welcome)}


def _status(event: Value, value: Value, piece: Piece) -> list[Event | Unreadable]:
    """Both names of the recipient may be absent: the message's id and our reference still name it."""
    status = _STATUSES.get(required_id(event.get("status")))
    if status is None:
        return unknown("status", piece)
    wire = wire_of(addresses_of(event, "statuses"))
    change = StatusChange(
        status=status,
        at=seconds(event.get("timestamp")),
        wire=wire,
        chat=scope_of(wire) if wire else "",
        channel_message_id=required_id(event.get("id")),
        reference=identifier(event.get("biz_opaque_callback_data")),
        **(_why_failed(error_in(event.get("errors"))) if status == "failed" else {}),
    )
    return [change]


def _why_failed(code: str) -> dict[str, Any]:
    """What the code means, by the table that answers to our calls are read with too."""
    if not (code.isascii() and code.isdigit()):
        return {"code": code, "reason": "invalid"}
    verdict = verdict_for(int(code))
    if isinstance(verdict, str):
        return {"code": code, "reason": verdict}
    is_marketing = limits_of(int(code)) == "marketing"
    return {"code": code, "retry_after_s": verdict, "limits": "marketing" if is_marketing else ""}


def _echo(event: Value, value: Value, piece: Piece) -> list[Event | Unreadable]:
    """The merchant wrote in the WhatsApp Business app on their phone (a number onboarded by coexistence)."""
    what = required_id(event.get("type"))
    addresses = addresses_of(event, "message_echoes")
    if what in ACTS:
        return ACTS[what](event, addresses, piece, by_shop=True)
    if what == "system" or what in _LEFT:
        return unknown(f"echo_{what}", piece)
    wire, said = required_wire(addresses), content_of(event)
    echo = Echo(
        wire=wire,
        chat=scope_of(wire),
        channel_message_id=required_id(event.get("id")),
        sent_at=seconds(event.get("timestamp")),
        kind=said.kind,
        text=said.text,
        media=said.media,
        reply_to=identifier(mapping(event.get("context")).get("id")),
    )
    return [echo]


def _automatic(event: Value, value: Value, piece: Piece) -> list[Event | Unreadable]:
    return [notices.automatic_notice(event, first(piece.body["entry"]).get("time"))]


def _call(event: Value, value: Value, piece: Piece) -> list[Event | Unreadable]:
    return [notices.call_notice(event, first(piece.body["entry"]).get("time"))]


def _contact_of(event: Value, value: Value) -> Value:
    """The contact that shares an id with the message, never the one at its place in the list."""
    ids = {address.value for address in addresses_of(event, "messages")}
    contacts = map(mapping, listed(value.get("contacts")))
    shared = (one for one in contacts if ids & {identifier(one.get("wa_id")), identifier(one.get("user_id"))})
    return next(shared, {})


def _with_scoped_id(addresses: tuple[Address, ...], contact: Value) -> tuple[Address, ...]:
    """The business-scoped id may stand beside the message only."""
    user_id = identifier(contact.get("user_id"))
    if not user_id or any(address.kind == "bsuid" for address in addresses):
        return addresses
    return (Address("bsuid", user_id), *addresses)


def _name_on(contact: Value) -> str:
    profile = mapping(contact.get("profile"))
    return text_of(profile.get("name"), 200) or text_of(profile.get("username"), 200)


_LISTS: Final = {
    "messages": _message,
    "statuses": _status,
    "message_echoes": _echo,
    "user_preferences": preference,
    "calls": _call,
    "automatic_events": _automatic,
}
# Every name that means something here, by where it stands.
KINDS: Final = frozenset(
    {f"type:{name}" for name in (*TYPES, *ACTS, *_LEFT, "system")}
    | {f"interactive:{name}" for name in INTERACTIVE}
    | {f"system:{name}" for name in (*SYSTEM, NEW_KEY)}
    | {f"status:{name}" for name in _STATUSES}
    | {f"preference:{name}" for name in PREFERENCES}
    | {f"list:{name}" for name in _LISTS}
    | {f"field:{name}" for name in (*notices.FIELDS, *OF_BEFORE, SELF_TEST)}
)
