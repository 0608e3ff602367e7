"""Erasing a person: what is still to be done of it, and whose what an event names is.

Of every address a mark stays, a hash with a moment: what happened before that moment is dropped when it comes
late, what happens after it is the first that is heard of somebody.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from chalicelib.domain.ids import digest, stable_id, to_ms
from chalicelib.domain.people import Place

# Queues keep for 14 days, platforms try for 7; what nobody understood can be replayed as long as it is kept.
LONGER_THAN_RAW: Final = timedelta(days=30)
# In this order. detach: nobody finds the person any more. threads, raw, people: what is left of them goes.
Stage = Literal["detach", "threads", "raw", "people", "done"]
STAGES: Final[tuple[Stage, ...]] = ("detach", "threads", "raw", "people", "done")
# Where a connection's raw events, and what was told of it, may name a person.
ROOMS: Final = ("parked", "unreadable", "notices", "bodies")

_LONGEST_ADDRESS: Final = 128
_MOST_LEAVES: Final = 100
_WRITTEN_PHONE: Final = re.compile(r"\+?[0-9][0-9 ().-]{5,24}", re.ASCII)
_WORD: Final = re.compile(rb"[0-9A-Za-z][0-9A-Za-z._-]{3,127}")
# Every channel's ids have digits, and no spaces.
_LIKE_AN_ID: Final = re.compile(r"(?=.*[0-9])\S{4,128}")
# Where channels put the moment of what they tell.
_MOMENTS: Final = frozenset({"timestamp", "time", "date", "edit_date", "created_time"})
_FIRST_S: Final = 1_000_000_000
_FIRST_MS: Final = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Gone:
    """A thread that nobody finds any more, and whose messages are to go."""

    thread_id: str
    connection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One person's erasing, as far as it has come.

    by: the name of the key that asked for it. shoppers: all that they were taken for, the one who stayed
    first. places: their addresses; gone: their threads; rooms, cursor: where raw events are still to be
    looked through, as `<room> <connection>`, and how far the first of them is. All of these are empty at the
    end. rows, files: about how many went. version: 0 until it is stored.
    """

    merchant_id: str
    shopper_id: str
    erasure_id: str
    by: str
    at: datetime
    stage: Stage = "detach"
    shoppers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    gone: tuple[Gone, ...] = ()
    rooms: tuple[str, ...] = ()
    cursor: str = ""
    rows: int = 0
    files: int = 0
    done_at: datetime | None = None
    version: int = 0

    @property
    def state(self) -> Literal["begun", "done"]:
        return "done" if self.stage == "done" else "begun"

    def values_on(self, connection_id: str) -> frozenset[str]:
        """Their addresses on one connection."""
        return frozenset(one.address.value for one in self.places if one.connection_id == connection_id)


def erasure_id_for(merchant_id: str, shopper_id: str, at: datetime) -> str:
    return stable_id("er", merchant_id, shopper_id, str(to_ms(at)))


def rooms_of(connections: Collection[str]) -> tuple[str, ...]:
    """All that is to be looked through of these connections."""
    return (*(f"{room} {one}" for one in sorted(connections) for room in ROOMS), "bodies shared")


def shop_rooms_of(connections: Collection[str]) -> tuple[str, ...]:
    """The same of the merchant's shops, in which nobody writes."""
    return tuple(f"{room} {one}" for one in sorted(connections) for room in ("unreadable", "bodies"))


def mark_of(merchant_id: str, connection_id: str, value: str) -> str:
    """What stays of an address. Its kind is left out: raw events name addresses without saying what they
    are."""
    return digest("erased", merchant_id, connection_id, value)


def again_as(merchant_id: str, shopper_id: str, erased_at: datetime) -> str:
    """Who writes again after they were erased is somebody else."""
    return stable_id("sh", merchant_id, shopper_id, str(to_ms(erased_at)))


def is_past(told_at: datetime | None, erased_at: datetime | None) -> bool:
    """Whether something is older than an erasing. None: nobody knows when it was, or nobody was erased."""
    return told_at is not None and erased_at is not None and told_at <= erased_at


def named_in(body: Any) -> tuple[str, ...]:
    """All that may be an address in a raw event, each once; of bytes that nobody could read all words."""
    found: dict[str, None] = {}
    if isinstance(body, bytes):
        found = dict.fromkeys(word.decode() for word in _WORD.findall(body))
    else:
        for leaf in _leaves(body):
            found |= dict.fromkeys(spellings(leaf))
    return tuple(one for one in found if _LIKE_AN_ID.fullmatch(one))[:_MOST_LEAVES]


def spellings(text: str) -> tuple[str, ...]:
    """A text as an address could be spelled: as it stands, and a phone number as its digits."""
    if not text or len(text) > _LONGEST_ADDRESS:
        return ()
    digits = re.sub(r"[^0-9]", "", text) if _WRITTEN_PHONE.fullmatch(text) else ""
    return (text,) if digits in ("", text) else (text, digits)


def names(body: Any, values: Collection[str]) -> bool:
    """Whether a raw event names one of these addresses."""
    if isinstance(body, bytes):
        return any(
            re.search(rb"(?<![0-9A-Za-z])%b(?![0-9A-Za-z])" % re.escape(one.encode()), body) for one in values
        )
    return any(spelled in values for leaf in _leaves(body) for spelled in spellings(leaf))


def without(body: bytes, values: Collection[str]) -> bytes | None:
    """A webhook body without what names one of these addresses: the items of its lists that do. None where
    nothing is left that could be kept; the same where it names none of them."""
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        return None if names(body, values) else body
    left, is_theirs = _pruned(whole, values)
    if is_theirs:
        return None
    return body if left == whole else json.dumps(left, separators=(",", ":")).encode()


def moment_of(body: Any) -> datetime | None:
    """When a raw event happened, as far as it tells: the latest of its moments (seconds or milliseconds)."""
    return max((at for at in map(_moment, _under(body, _MOMENTS)) if at is not None), default=None)


def _moment(value: Any) -> datetime | None:
    try:
        number = int(value)
    except (TypeError, ValueError):
        return None
    if number >= _FIRST_MS:
        number //= 1000
    if not _FIRST_S <= number < _FIRST_S * 10:
        return None
    return datetime.fromtimestamp(number, UTC)


def _under(node: Any, keys: Collection[str]) -> Iterator[Any]:
    """The values of these keys, however deep."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in keys and isinstance(value, str | int):
                yield value
            yield from _under(value, keys)
    elif isinstance(node, list):
        for one in node:
            yield from _under(one, keys)


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for value in node.values():
            yield from _leaves(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _leaves(value)
    elif isinstance(node, str) or (isinstance(node, int) and not isinstance(node, bool)):
        yield str(node)


def _pruned(node: Any, values: Collection[str]) -> tuple[Any, bool]:
    """What is left of it, and whether it is theirs as a whole: then the list that holds it goes without."""
    if isinstance(node, list):
        each = [_pruned(one, values) for one in node]
        return [left for left, is_theirs in each if not is_theirs], False
    if isinstance(node, dict):
        parts = {key: _pruned(value, values) for key, value in node.items()}
        return {key: left for key, (left, _) in parts.items()}, any(one for _, one in parts.values())
    return node, names([node], values)
