"""What is no message: reactions, edits, deletions, shoppers under a new id, and what they want to get.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components,
developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from chalicelib.domain.events import (
    Address,
    Deletion,
    Edit,
    Event,
    IdentityChange,
    Notice,
    Piece,
    Preference,
    Reaction,
    Unreadable,
    scope_of,
)
from integrations.reading import Malformed, identifier, mapping, required_id, seconds, text_of, unknown
from integrations.whatsapp.content import TYPES, content_of, given, storable
from integrations.whatsapp.webhook import addresses_of, phone_of, wire_of

Value = Mapping[str, Any]
Addresses = tuple[Address, ...]
Told = list[Event | Unreadable]

PREFERENCES: Final[dict[str, Literal["stop", "resume", "opt_in"]]] = {
    "stop": "stop",
    "resume": "resume",
    "signup": "opt_in",
}
_MARKETING: Final = ("", "marketing_messages")
# Told as `system` as well, and about nobody's id: their messages are sealed with another key.
NEW_KEY: Final = "customer_identity_changed"


def required_wire(addresses: Addresses) -> Address:
    """Where the shopper is reached. Raises Malformed."""
    wire = wire_of(addresses)
    if wire is None:
        raise Malformed("nobody could be answered")
    return wire


def reaction(event: Value, addresses: Addresses, piece: Piece, by_shop: bool = False) -> Told:
    """Taking it back is an empty `emoji`, or none."""
    content, wire = mapping(event.get("reaction")), required_wire(addresses)
    emoji = content.get("emoji")
    if not isinstance(emoji, str | None):
        raise Malformed("a reaction that is no emoji")
    found = Reaction(
        addresses=addresses,
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(content.get("message_id")),
        emoji=text_of(emoji, 64),
        at=seconds(event.get("timestamp")),
        by_shop=by_shop,
    )
    return [found]


def edit(event: Value, addresses: Addresses, piece: Piece, by_shop: bool = False) -> Told:
    """The message as it is now, whole, stands within."""
    content, wire = mapping(event.get("edit")), required_wire(addresses)
    message = mapping(content.get("message"))
    if identifier(message.get("type")) not in TYPES:
        return unknown("edit", piece)
    found = Edit(
        wire=wire,
        chat=scope_of(wire),
        target_id=required_id(content.get("original_message_id")),
        at=seconds(event.get("timestamp")),
        text=content_of(message).text,
        by_shop=by_shop,
    )
    return [found]


def deletion(event: Value, addresses: Addresses, piece: Piece, by_shop: bool = False) -> Told:
    wire = wire_of(addresses)
    found = Deletion(
        wire=wire,
        chat=scope_of(wire) if wire else "",
        target_id=required_id(mapping(event.get("revoke")).get("original_message_id")),
        at=seconds(event.get("timestamp")),
        by_shop=by_shop,
    )
    return [found]


def system(event: Value, addresses: Addresses, piece: Piece) -> Told:
    """A shopper has another number, another business-scoped id, or another key.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages/system
    """
    content, at = mapping(event.get("system")), seconds(event.get("timestamp"))
    what = identifier(content.get("type"))
    if what == NEW_KEY:
        details = storable(dict(mapping(event.get("identity"))))
        subject = required_wire(addresses).value
        return [Notice(kind="identity_key_changed", at=at, subject=subject, details=details)]
    if what not in SYSTEM:
        return unknown("system", piece)
    old, new = SYSTEM[what](content, addresses)
    if not old or not new or old == new:
        raise Malformed("nobody has become nobody else")
    details = given(what=what, parent_user_id=identifier(content.get("parent_user_id")))
    return [IdentityChange(old=old, new=new, at=at, details=details)]


def _new_number(content: Value, addresses: Addresses) -> tuple[Addresses, Addresses]:
    """Old webhooks say `customer` and `new_wa_id`, and no `from`."""
    old = addresses or _addresses("", content.get("customer"))
    return old, _addresses(content.get("user_id"), content.get("wa_id") or content.get("new_wa_id"))


def _new_user_id(content: Value, addresses: Addresses) -> tuple[Addresses, Addresses]:
    """The old id is named within, or by the sender; the number may have stayed what it was."""
    new = _addresses(content.get("user_id"), content.get("wa_id"))
    named = _addresses(content.get("previous_user_id"), "")
    rest = tuple(one for one in addresses if one not in named and (one.kind == "phone" or one not in new))
    return (*named, *rest), new


def _addresses(user_id: Any, phone: Any) -> Addresses:
    scoped, number = identifier(user_id), phone_of(phone)
    found = [Address("bsuid", scoped)] if scoped else []
    return (*found, Address("phone", number)) if number else tuple(found)


def preference(event: Value, value: Value, piece: Piece) -> Told:
    """The shopper's word to WhatsApp on the shop's marketing.

    Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/user_preferences
    """
    wish = PREFERENCES.get(identifier(event.get("value")))
    if wish is None or identifier(event.get("category")) not in _MARKETING:
        return unknown("user_preferences", piece)
    addresses = addresses_of(event, "user_preferences")
    found = Preference(
        addresses=addresses,
        wire=required_wire(addresses),
        at=seconds(event.get("timestamp")),
        value=wish,
        purpose="marketing",
        details=given(detail=text_of(event.get("detail"), 500)),
    )
    return [found]


# How somebody has become somebody else: who they were, and who they are.
SYSTEM: Final[dict[str, Callable[[Value, Addresses], tuple[Addresses, Addresses]]]] = {
    "user_changed_number": _new_number,
    "customer_changed_number": _new_number,
    "user_changed_user_id": _new_user_id,
}
# What both a shopper and the shop may do to a message.
ACTS: Final = {"reaction": reaction, "edit": edit, "revoke": deletion}
