"""Files that a shop sends by link: fetched where they are on this machine, so that phones show them for good.

Links elsewhere are taken as they are: the sandbox calls nobody.
"""

import base64
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import requests

from . import ids
from .state import Account, Media

FETCH_WITHIN_S: Final = 5.0
MOST_BYTES: Final = 100 * 1024 * 1024
_HERE: Final = ("127.0.0.1", "localhost", "::1")


class NotFetched(Exception):
    """The link leads to no file; the text says why."""


@dataclass(frozen=True)
class Fetched:
    """mime_type: as its server calls it, without parameters."""

    mime_type: str
    content: bytes

    def kept(self, account: Account, filename: str) -> Media:
        text = base64.b64encode(self.content).decode()
        return Media(ids.digits(16), account.channel, account.id, self.mime_type, text, filename)


def is_link(url: object) -> bool:
    return isinstance(url, str) and urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)


def fetched(url: str) -> Fetched | None:
    """The file behind a link, None for one that is not on this machine. Raises NotFetched. Nobody may hold
    the sandbox's lock meanwhile: the file may be its own."""
    if urlsplit(url).hostname not in _HERE:
        return None
    try:
        answer = requests.get(url, timeout=FETCH_WITHIN_S)
    except requests.RequestException as problem:
        raise NotFetched(f"the link can't be fetched ({type(problem).__name__})") from None
    if not answer.ok:
        raise NotFetched(f"the link can't be fetched (its server answered {answer.status_code})")
    if len(answer.content) > MOST_BYTES:
        raise NotFetched("the file is too large")
    return Fetched(answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(), answer.content)
