"""Opaque ids. The same parts make the same id, so that a second delivery writes the same rows."""

import hashlib
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from typing import Final

# What `packed` makes of an id without its prefix.
PACKED_BYTES: Final = 13
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTERS: Final = 20
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


def stable_id(prefix: str, *parts: str) -> str:
    """`prefix_` and 100 bits of a hash over the parts, which may hold anything."""
    return f"{prefix}_{b32encode(_hash(parts).digest())[:20].decode().lower()}"


def digest(*parts: str) -> str:
    """SHA-256 in hex over the parts: for queue group and deduplication ids (SQS takes 128 characters)."""
    return _hash(parts).hexdigest()


def _hash(parts: tuple[str, ...]) -> "hashlib._Hash":
    """Each part goes in with its length, so that no two lists of parts look alike."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        whole.update(len(raw).to_bytes(4, "big") + raw)
    return whole


def packed(letters: str) -> bytes:
    """An id without its prefix, for tokens, which are to be short; b'' for what is no id of ours."""
    if len(letters) != _LETTERS or not set(letters) <= set(_DIGITS):
        return b""
    return int(letters, 36).to_bytes(PACKED_BYTES, "big")


def unpacked(raw: bytes) -> str:
    """What `packed` was given; '' for what twenty letters can't be."""
    number, letters = int.from_bytes(raw, "big"), ""
    while number:
        number, place = divmod(number, len(_DIGITS))
        letters = _DIGITS[place] + letters
    return letters.zfill(_LETTERS) if len(letters) <= _LETTERS else ""


def sort_key(at: datetime, message_id: str) -> str:
    """Where a message stands in its thread: the time in ms, zero-padded so that text order is time order."""
    return f"{to_ms(at):013d}#{message_id}"


def to_ms(at: datetime) -> int:
    """In whole milliseconds: floating seconds would lose one now and then."""
    return max(0, (at - _EPOCH) // _MS)


def from_ms(ms: int) -> datetime:
    return _EPOCH + ms * _MS
