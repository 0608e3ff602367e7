"""Deep links: what they carry, and how it is told from what anybody could make up.

A token is `pl_` and 40 letters of base64url: when it ends (4 bytes, seconds since 1970), the link's id (10)
and the first 16 bytes of an HMAC-SHA256 over both, with a key that only this merchant's links have. So it
fits what Telegram takes (64 of A-Z a-z 0-9 _ -, core.telegram.org/bots/features#deep-linking) and is found in
whatever text it comes with.
"""

import hmac
import re
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

KEY_BYTES: Final = 32
ID_BYTES: Final = 10
_MAC_BYTES: Final = 16
_PREFIX: Final = "pl_"
_TOKEN: Final = re.compile(r"(?<![A-Za-z0-9_-])pl_[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])")
_MEANS: Final = b"parley deep link 1:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a token stands for: a cart, the shopper whose further address it ties, a yes, or one of the shop's
    own people.

    opt_in_text: what stands beside the link for whoever comes by it, and how many they are does not matter.
    used_by: the shopper who first came by it; it works for no other. used_in: the thread they came in.
    """

    merchant_id: str
    link_id: str
    connection_id: str
    cart_id: str = ""
    shopper_id: str = ""
    opt_in_text: str = ""
    staff_id: str = ""
    ends_at: datetime
    used_by: str = ""
    used_in: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a token says, once its signature is proven."""

    link_id: str
    ends_at: datetime


def find_token(text: str) -> str | None:
    """The first token in a text, by its shape alone: an ordinary text costs nothing more."""
    if _PREFIX not in text:
        return None
    found = _TOKEN.search(text)
    return found.group() if found else None


def link_id_of(raw: bytes) -> str:
    """A link's id from its ten random bytes."""
    return f"ln_{b32encode(raw).decode().lower()}"


def token_for(key: bytes, raw_id: bytes, ends_at: datetime) -> str:
    """ends_at: whole seconds; a fraction is cut off."""
    said = int(ends_at.timestamp()).to_bytes(4, "big") + raw_id
    return _PREFIX + urlsafe_b64encode(said + _mac(key, said)).decode()


def read_token(key: bytes, token: str) -> Ticket | None:
    """What a token says; None when it was not made with this key. Whether it has ended is for the caller."""
    try:
        raw = urlsafe_b64decode(token.removeprefix(_PREFIX))
    except ValueError:
        return None
    said, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    # One token, one spelling: base64 reads over letters that it does not know.
    is_whole = len(said) == 4 + ID_BYTES and token == _PREFIX + urlsafe_b64encode(raw).decode()
    if not is_whole or not hmac.compare_digest(mac, _mac(key, said)):
        return None
    return Ticket(link_id_of(said[4:]), datetime.fromtimestamp(int.from_bytes(said[:4], "big"), UTC))


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, _MEANS + said, sha256).digest()[:_MAC_BYTES]
