"""Calls to a shop's REST API, wherever on the public internet the merchant says that the shop is.

So: https only, every address of the host must be a public one, the connection goes to the address that was
checked, and no redirect is followed: the keys go nowhere else.
Source: woocommerce.github.io/woocommerce-rest-api-docs (introduction, authentication over HTTPS)
"""

import json
import math
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from chalicelib.domain.public_addresses import is_public
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.files import Pinned, Resolve, resolved
from integrations.reading import mapping, text_of

# To connect, and for all of a call, in seconds: shops are slow, and a function has 29 for all that it asks.
CONNECT_S: Final = 3.0
WITHIN_S: Final = 10.0
# With less than that left, nothing is begun any more.
_LEAST_S: Final = 0.2
# A page of orders: one takes some 5 KB, with many lines and notes 50.
MOST_BYTES: Final = 8_000_000
_PIECE: Final = 256 * 1024
_HEADERS: Final = {"User-Agent": "parley", "Accept": "application/json", "Accept-Encoding": "identity"}
_MOVED_FOR_GOOD: Final = (301, 308)
_NO_WRITE: Final = "write permissions"


class ReadOnly(CredentialsRejected):
    """The keys may read, and not change anything."""


class NotThere(ChannelDown):
    """The shop has nothing at this path."""


@dataclass(frozen=True, slots=True)
class Answered:
    """status, and the JSON that came with it; None for anything else. place: where a redirect leads."""

    status: int
    content: Any
    place: str = ""


class Sites:
    """Any shop. own_url: addresses below it may be anywhere, and without TLS; '' for none. until_s: when all
    calls together must be over, on the clock that only runs forward."""

    def __init__(self, own_url: str, resolve: Resolve = resolved, until_s: float = math.inf) -> None:
        self.own_url, self._resolve, self._until_s = own_url, resolve, until_s

    def within(self, seconds: float) -> "Sites":
        """The same, for calls that share so much time from now on."""
        return Sites(self.own_url, self._resolve, time.monotonic() + seconds)

    def ask(
        self,
        site: str,
        token: str,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """The JSON of one call below `wp-json`. token: `key:secret`, '' for what is open to all. Raises
        SetupError: ChannelDown where nothing was decided."""
        request = requests.Request(
            method,
            f"{site}/wp-json/{path}",
            params=dict(params or {}),
            json=body,
            headers=_HEADERS,
            auth=_keys(token),
        )
        try:
            answered = self._sent(request.prepare())
        except (requests.RequestException, HTTPError, OSError) as error:
            raise down(f"The shop did not answer ({type(error).__name__}).") from None
        except ValueError:
            raise rejected("address_refused", "This is no address of a shop.", "url") from None
        if 200 <= answered.status < 300 and answered.content is not None:
            return answered.content
        raise _refusal(answered)

    def _sent(self, request: requests.PreparedRequest) -> Answered:
        with requests.Session() as session:
            session.trust_env = False  # neither a proxy nor a .netrc
            place = urlsplit(request.url or "")
            if not (self.own_url and (request.url or "").startswith(f"{self.own_url}/")):
                request.headers["Host"] = place.netloc
                session.mount("https://", Pinned(self._checked(place.scheme, place.hostname, place.port)))
            now_s = time.monotonic()
            left_s = min(self._until_s - now_s, WITHIN_S)
            if left_s < _LEAST_S:
                raise down("The shop takes too long to answer.")
            connect_s = min(CONNECT_S, left_s / 3)
            timeout = (connect_s, left_s - connect_s)
            sent = session.send(request, stream=True, allow_redirects=False, timeout=timeout)
            with closing(sent) as response:
                content = _read(response, now_s + left_s)
            return Answered(response.status_code, content, response.headers.get("Location", ""))

    def _checked(self, scheme: str, host: str | None, port: int | None) -> str:
        """An address of the host, when none of them is inside."""
        if scheme != "https":
            raise rejected("address_refused", "A shop must be reached by https.", "url")
        addresses: Sequence[str] = self._resolve(host or "", port or 443)
        if not addresses or not all(is_public(one) for one in addresses):
            text = "This address does not lead to a shop on the public internet."
            raise rejected("address_refused", text, "url")
        return min(addresses, key=lambda one: ":" in one)  # Lambda functions speak IPv4


def down(text: str) -> ChannelDown:
    return ChannelDown("channel_down", f"{text} Nothing was changed: try again.")


def rejected(code: str, text: str, field: str = "") -> CredentialsRejected:
    return CredentialsRejected(code, text, field)


def _keys(token: str) -> tuple[str, str] | None:
    key, _, secret = token.partition(":")
    return (key, secret) if token else None


def _read(response: requests.Response, until_s: float) -> Any:
    """The JSON of an answer, None for anything else. Raises ChannelDown for what is too long or too slow."""
    if response.headers.get("Content-Encoding", "identity") not in ("", "identity"):
        raise down("The shop's answer is compressed, though we asked for it plain.")
    taken = b""
    while piece := response.raw.read1(_PIECE, decode_content=False):
        taken += piece
        if len(taken) > MOST_BYTES or time.monotonic() > until_s:
            raise down("The shop's answer is too long, or too slow.")
    try:
        return json.loads(taken.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _refusal(answered: Answered) -> SetupError:
    """The shop's own sentence is left out: it may quote what it was given."""
    status, code = answered.status, text_of(mapping(answered.content).get("code"), 80)
    said = text_of(mapping(answered.content).get("message"), 200)
    if status in (401, 403) and _NO_WRITE in said:
        return ReadOnly("permission_missing", "These keys may only read.", "consumer_key")
    if status == 401:
        text = (
            "The shop does not know these keys: copy both again from WooCommerce › Settings › Advanced › "
            "REST API. If they are right, the shop's server does not pass the Authorization header on: ask "
            "its host."
        )
        return rejected("token_rejected", text, "consumer_key")
    if status == 403 and answered.content is None:  # a page of HTML: WooCommerce's own refusals are JSON
        return down("What stands before the shop, a firewall as it seems, let this call not through (403).")
    if status == 403:
        text = (
            "The shop does not let these keys see its orders: make them for an administrator. If they are, "
            "a firewall stands before the shop: ask its host to let calls to /wp-json/ through."
        )
        return rejected("permission_missing", text, "consumer_key")
    if status in _MOVED_FOR_GOOD:
        host = urlsplit(answered.place).netloc[:100] or "another address"
        return rejected("shop_moved", f"The shop answers from {host}: connect it by that.", "url")
    if status in (400, 422):
        return SetupError("refused", f"The shop does not take what it was asked ({code or 'no code'}).")
    if status == 404:
        return NotThere(
            "channel_down",
            "There is no REST API at this address. Is it the shop's own, and are its permalinks (Settings › "
            f"Permalinks) anything but “Plain”? ({code or 'no code'})",
        )
    return down(f"The shop could not answer now ({status}).")
