"""The frame of a Meta webhook body, and how Messenger's and Instagram's are cut.

Source: developers.facebook.com/docs/messenger-platform/webhooks,
developers.facebook.com/docs/instagram-platform/webhooks
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.domain.events import Piece, Unsplittable
from integrations.reading import gathered, identifier, mapping

# `standby` replaces `messaging` while another app holds the thread; `changes` carries comments and notices.
# Instagram's own login may put `field` and `value` of a change on the entry itself.
EVENT_LISTS: Final = ("messaging", "standby", "changes")


def entries(body: Mapping[str, Any], kind: str) -> list[Any]:
    """The entries of a body whose `object` is this kind. Raises Unsplittable when there are none."""
    found = body.get("entry")
    if body.get("object") != kind or not isinstance(found, list) or not found:
        raise Unsplittable(f"the body is no {kind} webhook")
    return found


def with_entry(body: Mapping[str, Any], entry: Any) -> dict[str, Any]:
    """The same body with this entry only."""
    return {**body, "entry": [entry]}


def cut_messaging(body: Mapping[str, Any], kind: str) -> list[Piece]:
    """Cut a Messenger or Instagram body into its events. Raises Unsplittable.

    Every entry gives one piece at least: one that holds nothing we know of is a piece as it stands.
    """
    return gathered(piece for entry in entries(body, kind) for piece in _of_entry(body, entry))


def _of_entry(body: Mapping[str, Any], entry: Any) -> Iterator[Piece]:
    account = identifier(mapping(entry).get("id"))
    events = [(name, event) for name, event in mapping(entry).items() if name in EVENT_LISTS and event]
    if not events:
        yield Piece(account, address_of("changes", entry, account), with_entry(body, entry))
        return
    frame = {name: value for name, value in entry.items() if name not in EVENT_LISTS}
    if "field" in frame:
        yield Piece(account, address_of("changes", frame, account), with_entry(body, frame))
        frame = {name: value for name, value in frame.items() if name not in ("field", "value")}
    for name, found in events:
        if not isinstance(found, list):
            yield Piece(account, "", with_entry(body, {**frame, name: found}))
            continue
        for event in found:
            address = address_of(name, event, account)
            yield Piece(account, address, with_entry(body, {**frame, name: [event]}))


def address_of(name: str, event: Any, account: str) -> str:
    """Whose event of this list it is: a comment names its author, all others who talk with each other."""
    if name != "changes":
        return shopper_of(mapping(event), account)
    value = mapping(mapping(event).get("value"))
    author = identifier(mapping(value.get("from")).get("id"))
    if author:
        return "" if author == account else author
    return shopper_of(value, account)


def shopper_of(event: Mapping[str, Any], account: str) -> str:
    """The shopper's id: whichever of sender and recipient is not the account, '' where there is none."""
    sender = identifier(mapping(event.get("sender")).get("id"))
    recipient = identifier(mapping(event.get("recipient")).get("id"))
    other = recipient if is_of_shop(event) or sender == account else sender
    return "" if other == account else other


def is_of_shop(event: Mapping[str, Any]) -> bool:
    """The event itself says that the shop's side did it."""
    return any(mapping(event.get(name)).get("is_echo") for name in ("message", "message_edit"))
