"""Reading what a platform sent, with doubt in every field. Standard library only: all webhooks pay for it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from math import isfinite
from typing import Any, Final

from chalicelib.domain.events import Event, Piece, Unreadable, Unsplittable

# A deeper body could be read here and then not be written again by who takes it on: it is kept whole.
MAX_DEPTH: Final = 64
# Meta batches a thousand at most. Source: developers.facebook.com/docs/graph-api/webhooks/getting-started
MAX_EVENTS: Final = 2_000
MAX_ID: Final = 512
# 2001 to 2100: no channel is older, and thread order has room for no more digits.
_EARLIEST_S: Final = 1_000_000_000
_LATEST_S: Final = 4_102_444_800
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,47}")


class Malformed(ValueError):
    """A field that we need is missing, of the wrong type or out of range."""


def load(body: bytes) -> dict[str, Any]:
    """The JSON object that a body holds. Raises Unsplittable for everything else, and never anything else."""
    try:
        loaded = json.loads(
            body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once
        )
    except (ValueError, RecursionError):
        raise Unsplittable("the body is no JSON") from None
    if not isinstance(loaded, dict):
        raise Unsplittable("the body is no JSON object")
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH and _is_deep(loaded):
        raise Unsplittable("the body is nested too deeply")
    return loaded


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that comes twice would hide what stood there first."""
    named = dict(pairs)
    if len(named) != len(pairs):
        raise ValueError("a name comes twice")
    return named


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):
        raise ValueError("a number is too large")
    return value


def _is_deep(loaded: dict[str, Any]) -> bool:
    level: list[Any] = [loaded]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def gathered(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of one body. Raises Unsplittable when there are more than a platform ever sends."""
    found = list(islice(pieces, MAX_EVENTS + 1))
    if len(found) > MAX_EVENTS:
        raise Unsplittable("the body holds too many events")
    return found


def read_each(
    body: Mapping[str, Any],
    cut: Callable[[Mapping[str, Any]], list[Piece]],
    read: Callable[[Piece], list[Event | Unreadable]],
) -> list[Event | Unreadable]:
    """Cut and read a body. A piece that can't be read comes back as `Unreadable`, whatever goes wrong in it:
    its neighbours are not lost with it."""
    if not isinstance(body, dict):
        return [Unreadable("malformed")]
    try:
        pieces = cut(body)
    except Exception:
        return [Unreadable("malformed", body)]
    return [event for piece in pieces for event in _read_one(piece, read)]


def _read_one(piece: Piece, read: Callable[[Piece], list[Event | Unreadable]]) -> list[Event | Unreadable]:
    try:
        return read(piece)
    except Exception:  # not even a fault of ours may cost the message: it is kept, and can be replayed
        return [Unreadable("malformed", piece.body)]


def mapping(value: Any) -> Mapping[str, Any]:
    """The object that stands here, or an empty one."""
    return value if isinstance(value, dict) else {}


def first(value: Any) -> Any:
    """The first of the list that stands here, or None."""
    return value[0] if isinstance(value, list) and value else None


def listed(value: Any) -> list[Any]:
    """The list that stands here, or an empty one."""
    return value if isinstance(value, list) else []


def identifier(value: Any) -> str:
    """An id as text, '' where none stands: a number or up to 512 bytes of UTF-8, so that keys have room."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if -(2**63) <= value < 2**64 else ""
    if not isinstance(value, str) or len(value) > MAX_ID or _SURROGATE.search(value):
        return ""
    return value if value.isascii() or len(value.encode()) <= MAX_ID else ""


def required_id(value: Any) -> str:
    """An id that must stand here. Raises Malformed."""
    found = identifier(value)
    if not found:
        raise Malformed("an id is missing")
    return found


def text_of(value: Any, most: int | None = None) -> str:
    """The text that stands here, or ''; half characters are replaced, since nothing can store them."""
    if not isinstance(value, str):
        return ""
    return _SURROGATE.sub("\ufffd", value[:most])


def seconds(value: Any) -> datetime:
    """A moment given in whole seconds since 1970, as a number or as digits. Raises Malformed."""
    return _moment(value, 1)


def milliseconds(value: Any) -> datetime:
    """A moment given in milliseconds since 1970, as a number or as digits. Raises Malformed."""
    return _moment(value, 1000)


def _moment(value: Any, per_second: int) -> datetime:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("a time is missing")
    if not _EARLIEST_S * per_second <= value < _LATEST_S * per_second:
        raise Malformed("a time is out of range")
    return datetime.fromtimestamp(value // per_second, UTC).replace(
        microsecond=value % per_second * (1_000_000 // per_second)
    )


def unknown(what: Any, piece: Piece) -> list[Event | Unreadable]:
    """The piece, kept with a reason that can be counted: names of the platform's own, and few of them."""
    is_word = isinstance(what, str) and _WORD.fullmatch(what)
    return [Unreadable(f"unknown_kind:{what if is_word else 'other'}", piece.body)]
