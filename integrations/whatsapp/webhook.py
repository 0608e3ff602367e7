"""How a WhatsApp webhook body is cut into its events.

Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components,
developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.domain.events import Address, Piece, Unsplittable
from integrations.meta.webhook import entries, with_entry
from integrations.reading import MAX_EVENTS, gathered, identifier, listed, mapping

KIND: Final = "whatsapp_business_account"
# The lists of a change's value that hold one event each item.
EVENT_LISTS: Final = (
    "messages",
    "statuses",
    "message_echoes",
    "user_preferences",
    "calls",
    "automatic_events",
)
# Chats and contacts of before: no news, and large. Nothing in them is taken for something that happened now.
# Source: developers.facebook.com/docs/whatsapp/embedded-signup/custom-flows/onboarding-business-app-users
OF_BEFORE: Final = frozenset({"history", "smb_app_state_sync"})
# How the events call the shopper: phone number first, then the business-scoped id that is there without one.
_PHONES: Final = ("from", "recipient_id", "wa_id")
_SCOPED: Final = ("from_user_id", "recipient_user_id", "user_id")
_ECHO_NAMES: Final = (("to",), ("to_user_id",))


def cut(body: Mapping[str, Any]) -> list[Piece]:
    """Cut a body into its events: entries, changes, and what their values list. Raises Unsplittable.

    A piece keeps all that stood around its event, but of `contacts` only those that are not another event's.
    """
    return gathered(piece for entry in entries(body, KIND) for piece in _of_entry(body, entry))


def addresses_of(event: Mapping[str, Any], list_name: str) -> tuple[Address, ...]:
    """The shopper of an event: the business-scoped id first, then the phone number, whichever are there."""
    is_to_them = list_name == "message_echoes" or event.get("direction") == "BUSINESS_INITIATED"
    phones, scoped = _ECHO_NAMES if is_to_them else (_PHONES, _SCOPED)
    found = [Address("bsuid", value) for name in scoped if (value := identifier(event.get(name)))]
    found += [Address("phone", value) for name in phones if (value := phone_of(event.get(name)))]
    return tuple(found)


def wire_of(addresses: tuple[Address, ...]) -> Address | None:
    """Where an answer goes: the phone number while we are told it, else the business-scoped id."""
    return addresses[-1] if addresses else None


def phone_of(value: Any) -> str:
    """A phone number in digits, '' when it is none."""
    digits = identifier(value).removeprefix("+")
    return digits if digits.isascii() and digits.isdigit() and len(digits) <= 20 else ""


def _of_entry(body: Mapping[str, Any], entry: Any) -> Iterator[Piece]:
    changes = mapping(entry).get("changes")
    group = identifier(mapping(entry).get("id"))
    if not isinstance(changes, list) or not changes:
        yield Piece(f"waba:{group}" if group else "", "", with_entry(body, entry))
        return
    for change in changes:
        account = _account_of(mapping(change), group)
        for address, part in _of_change(change):
            yield Piece(account, address, with_entry(body, {**entry, "changes": [part]}))


def _account_of(change: Mapping[str, Any], group: str) -> str:
    """The number where one is named, else the business account.

    What partners do is told with the partner's id on the entry, and the business account inside.
    """
    value = mapping(change.get("value"))
    number = identifier(mapping(value.get("metadata")).get("phone_number_id"))
    if change.get("field") == "account_update":
        group = identifier(mapping(value.get("waba_info")).get("waba_id")) or group
    return number or (f"waba:{group}" if group else "")


def _of_change(change: Any) -> Iterator[tuple[str, Any]]:
    """Each event of a change: its address, and the change as if it had held nothing else."""
    value = mapping(mapping(change).get("value"))
    lists = () if identifier(mapping(change).get("field")) in OF_BEFORE else EVENT_LISTS
    events = [(name, found) for name, found in value.items() if name in lists and found]
    if not events:
        yield "", change
        return
    frame = {name: found for name, found in value.items() if name not in (*EVENT_LISTS, "contacts")}
    if len(listed(value.get("contacts"))) > MAX_EVENTS:
        raise Unsplittable("the body holds too many contacts")
    contacts = _Contacts(value.get("contacts"), events)
    for name, found in events:
        if not isinstance(found, list):
            yield "", {**change, "value": {**frame, name: found}}
            continue
        for event in found:
            part = {**frame, **contacts.beside(event), name: [event]}
            yield _group_of(mapping(event), name), {**change, "value": part}


def _group_of(event: Mapping[str, Any], list_name: str) -> str:
    """Whose events stay in order: a shopper under a new id may be named by the old one only, and inside."""
    wire = wire_of(addresses_of(event, list_name))
    if wire is not None:
        return wire.value
    system = mapping(event.get("system"))
    return identifier(system.get("previous_user_id")) or phone_of(system.get("customer"))


class _Contacts:
    """The contacts of one value, found by the ids that events and contacts share, never by position."""

    def __init__(self, contacts: Any, events: list[tuple[str, Any]]) -> None:
        self._contacts = listed(contacts)
        self._by_name: dict[str, list[int]] = {}
        for index, contact in enumerate(self._contacts):
            for name in _names_in(contact):
                self._by_name.setdefault(name, []).append(index)
        meant = {name for _, found in events for event in listed(found) for name in _names_in(event)}
        known = {index for name in meant for index in self._by_name.get(name, ())}
        self._of_nobody = set(range(len(self._contacts))) - known

    def beside(self, event: Any) -> dict[str, Any]:
        """The `contacts` that go with this event: its own, and those that are no event's."""
        own = {index for name in _names_in(event) for index in self._by_name.get(name, ())}
        beside = [self._contacts[index] for index in sorted(own | self._of_nobody)]
        return {"contacts": beside} if beside else {}


def _names_in(item: Any) -> set[str]:
    """Every id by which an event or a contact calls the shopper."""
    fields = (*_PHONES, *_SCOPED, "to", "to_user_id")
    return {found for field in fields if (found := identifier(mapping(item).get(field)))}
