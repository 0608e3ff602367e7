"""Links of campaigns: which address they lead to, who they were made for, and who it is that follows one.

A token is base64url of a link's own 10 bytes, 13 of the shopper's id, and the first 9 bytes of an HMAC-SHA256
over both with a key that only this merchant's links have: 43 letters. It names nobody, nobody can make up
another, and where it leads stands in a row of ours: never in the token, never in the request.
"""

import hmac
import re
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from chalicelib.domain.ids import digest, packed, unpacked

_LINK_BYTES: Final = 10
_MAC_BYTES: Final = 9
_MEANS: Final = b"parley campaign link 1:"
_LETTERS: Final = 43
_IN_URLS: Final = "%/:?#[]@!$&'()*+,;=~"
# What fetches a page before a person does, or instead: channels that show a preview of it, search engines,
# scripts. Phones of the make Cubot are phones.
# Source: developers.facebook.com/docs/sharing/webmasters/web-crawlers, core.telegram.org/bots/webhooks
_NO_PERSON: Final = re.compile(
    r"(?<!cu)bot\b|bot[/;-]|^whatsapp/|facebookexternalhit|facebookcatalog|facebot|meta-external|crawler|spider"
    r"|preview|slurp|skypeuri|vkshare|headless|lighthouse|^(curl|wget|python|java|go-http|okhttp|node|axios)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLink:
    """An address in a run's messages; there is one of each, whoever they go to. at: the run's moment."""

    link_id: str
    merchant_id: str
    campaign_id: str
    run_id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Follower:
    """What a token says. Whether it is proven is for `is_proven`."""

    link_id: str
    shopper_id: str
    said: bytes
    mac: bytes


def campaign_link(merchant_id: str, campaign_id: str, run_id: str, url: str, at: datetime) -> CampaignLink:
    """The same each time."""
    raw = bytes.fromhex(digest("campaign link", merchant_id, run_id, url))[:_LINK_BYTES]
    return CampaignLink(
        link_id=_link_id(raw),
        merchant_id=merchant_id,
        campaign_id=campaign_id,
        run_id=run_id,
        url=url,
        at=at,
    )


def token_for(key: bytes, link: CampaignLink, shopper_id: str) -> str:
    """The same each time; '' where the shopper's id is not of our making."""
    whose = packed(shopper_id.removeprefix("sh_"))
    said = b32decode(link.link_id.removeprefix("cl_").upper()) + whose
    return urlsafe_b64encode(said + _mac(key, said)).decode().rstrip("=") if whose else ""


def read_token(token: str) -> Follower | None:
    """What it says, proven or not; None for what is none."""
    if len(token) != _LETTERS or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(f"{token}=")
    except ValueError:
        return None
    # One token, one spelling: base64 reads over letters that it does not know.
    if urlsafe_b64encode(raw).decode().rstrip("=") != token:
        return None
    shopper = unpacked(raw[_LINK_BYTES:-_MAC_BYTES])
    if not shopper:
        return None
    return Follower(_link_id(raw[:_LINK_BYTES]), f"sh_{shopper}", raw[:-_MAC_BYTES], raw[-_MAC_BYTES:])


def is_proven(key: bytes, follower: Follower) -> bool:
    """Whether the token was made with this key."""
    return hmac.compare_digest(follower.mac, _mac(key, follower.said))


def is_person(method: str, headers: Mapping[str, str]) -> bool:
    """Whether somebody opens it, as far as their browser says: only that counts as a click."""
    told = {name.lower(): value for name, value in headers.items()}
    agent = told.get("user-agent", "")
    purpose = f"{told.get('sec-purpose', '')} {told.get('purpose', '')} {told.get('x-purpose', '')}".lower()
    is_ahead = "prefetch" in purpose or "preview" in purpose
    return method == "GET" and bool(agent.strip()) and not is_ahead and not _NO_PERSON.search(agent)


def location_of(url: str) -> str:
    """As a header bears it: the host of other scripts by its registered letters, the rest percent-encoded.

    Source: www.rfc-editor.org/rfc/rfc3987#section-3.1
    """
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        host = quote(parts.netloc, safe=_IN_URLS)
    rest = (quote(part, safe=_IN_URLS) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, *rest))


def _link_id(raw: bytes) -> str:
    return f"cl_{b32encode(raw).decode().lower()}"


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, _MEANS + said, sha256).digest()[:_MAC_BYTES]
