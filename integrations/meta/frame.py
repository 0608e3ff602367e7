"""What stands around one event of Messenger or Instagram, and how its parts are taken over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, Final

from chalicelib.domain.events import Address, Event, Piece, Unreadable
from integrations.reading import MAX_ID, Malformed, identifier, mapping, milliseconds, seconds, text_of

Told = list[Event | Unreadable]

# Longer than any button's payload, link or title may be.
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Frame:
    """One event of `messaging` or `standby`: between whom, when, and how it came.

    wire: the shopper, None where the event names none. by_shop: the account itself did it.
    is_sample: it came wrapped in `changes`, as the dashboard's tests do: their times are in seconds.
    """

    piece: Piece
    event: Mapping[str, Any]
    wire: Address | None
    by_shop: bool
    is_standby: bool = False
    is_sample: bool = False

    @property
    def shopper(self) -> Address:
        """Raises Malformed when nobody could say who it is."""
        if self.wire is None or not self.piece.account:
            raise Malformed("nobody could say who it is")
        return self.wire

    @property
    def at(self) -> datetime:
        """Raises Malformed."""
        return self.time(self.event.get("timestamp"))

    def time(self, value: Any) -> datetime:
        """Raises Malformed."""
        return moment(value) if self.is_sample else milliseconds(value)


def sender_of(event: Mapping[str, Any]) -> str:
    return identifier(mapping(event.get("sender")).get("id"))


def moment(value: Any) -> datetime:
    """A time in seconds or in milliseconds: no moment can be meant by both. Raises Malformed."""
    try:
        return seconds(value)
    except Malformed:
        return milliseconds(value)


def moment_or_none(value: Any) -> datetime | None:
    try:
        return moment(value)
    except Malformed:
        return None


def kept(raw: Any, names: Iterable[str]) -> dict[str, Any]:
    """What stands under these names, as JSON that any row takes: no nesting, nothing empty or endless."""
    found = {name: scalar(mapping(raw).get(name)) for name in names}
    return {name: value for name, value in found.items() if value is not None and value != ""}


def scalar(value: Any) -> str | int | float | bool | None:
    if isinstance(value, str):
        return text_of(value, _LONGEST)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else None
    return value if isinstance(value, float) and isfinite(value) else None


def all_kept(raw: Any, most: int = 20) -> dict[str, Any]:
    """Like `kept`, whatever the names are."""
    names = [name for name in mapping(raw) if isinstance(name, str) and len(name) <= MAX_ID]
    return {text_of(name): value for name, value in kept(raw, names[:most]).items()}
