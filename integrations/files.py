"""Fetches files from where channels say that they are, and from nowhere inside.

A link in a webhook is somebody else's word. So: https only; the name is resolved here, once; every address
must be one of the public internet, and the connection goes to the address that was checked, whatever the
name says by then. Redirects are followed by hand under the same rules, and what is in the headers (a token)
stays with the origin it was made for. Only origins that the deployment itself names are trusted as they are.

An adapter of our own on a hook of requests: Advocate is no longer maintained and holds to urllib3 1,
requests-hardened looks at the first address alone, Microsoft's AntiSSRF loses the port of `Host`, and none
lets the resolver be given.
Source: requests.readthedocs.io/en/latest/api (HTTPAdapter.build_connection_pool_key_attributes)
"""

import logging
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from chalicelib.domain.public_addresses import is_public
from chalicelib.ports.channel import Download
from chalicelib.ports.files import Fetched, FetchLater, FileGone, FileNotTaken

# All addresses of a host, as text. Raises OSError.
Resolve = Callable[[str, int], Sequence[str]]

MOST_REDIRECTS: Final = 3
CONNECT_S: Final = 3.0
# Between two pieces of an answer.
SILENCE_S: Final = 10.0
CHUNK: Final = 256 * 1024
_HEADERS: Final = {"User-Agent": "parley", "Accept": "*/*", "Accept-Encoding": "identity"}
_PORTS: Final = {"https": 443, "http": 80}
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({400, 401, 403, 404, 410})
# At debug level urllib3 logs whole URLs: Telegram's hold the token.
logging.getLogger("urllib3").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom a request goes to."""

    scheme: str
    host: str
    port: int


class Pinned(HTTPAdapter):
    """Connects to this address; certificate and SNI stay those of the host that the URL names."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def build_connection_pool_key_attributes(self, *args: Any, **named: Any) -> Any:
        """Where requests asks whom to connect to."""
        where, how = super().build_connection_pool_key_attributes(*args, **named)
        name = where["host"]
        return {**where, "host": self._address}, {**how, "server_hostname": name, "assert_hostname": name}


class SafeFetcher:
    """The Fetcher."""

    def __init__(
        self,
        own_urls: Sequence[str],
        resolve: Resolve | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """own_urls: the deployment's platforms; their origins may be anywhere, and without TLS."""
        self._own = {_origin(urlsplit(url)) for url in own_urls}
        self._resolve, self._seconds = resolve or resolved, seconds

    @contextmanager
    def fetch(self, download: Download, most_bytes: int, within_s: float) -> Iterator[Fetched]:
        """The file, while the context lasts."""
        deadline = self._seconds() + within_s
        with TemporaryFile() as content:
            try:
                mime_type = self._follow(download, content, most_bytes, deadline)
            except ValueError:  # no URL at all
                raise FileGone("no link") from None
            except (requests.RequestException, HTTPError, OSError) as error:
                raise FetchLater(type(error).__name__) from None
            size = content.tell()
            content.seek(0)
            yield Fetched(content, mime_type, size)

    def _follow(self, download: Download, content: BinaryIO, most_bytes: int, deadline: float) -> str:
        url, headers = download.url, dict(download.headers)
        first: Origin | None = None
        for _ in range(MOST_REDIRECTS + 1):
            request = requests.Request("GET", url, headers=_HEADERS).prepare()
            # What requests has made of the URL, so that no two readers of it disagree about the host.
            origin = _origin(urlsplit(request.url or ""))
            first = first or origin
            headers = headers if origin == first else {}
            request.headers.update(headers)
            with requests.Session() as session, self._sent(session, request, origin, deadline) as response:
                if response.status_code not in _MOVED:
                    return self._take(response, content, most_bytes, deadline)
                url = urljoin(url, response.headers.get("Location", ""))
        raise FetchLater("too many redirects")

    def _sent(
        self, session: requests.Session, request: requests.PreparedRequest, origin: Origin, deadline: float
    ) -> requests.Response:
        place = urlsplit(request.url or "").netloc
        if "@" in place:
            raise FileNotTaken("private_address")
        if origin not in self._own:
            request.headers["Host"] = place
            session.mount("https://", Pinned(self._checked(origin)))
        session.trust_env = False  # neither a proxy nor a .netrc
        left = deadline - self._seconds()
        if left <= 0:
            raise FetchLater("no time left")
        timeout = (min(CONNECT_S, left), min(SILENCE_S, left))
        return session.send(request, stream=True, allow_redirects=False, timeout=timeout)

    def _checked(self, origin: Origin) -> str:
        """An address of the host, when none of them is inside."""
        if origin.scheme != "https":
            raise FileNotTaken("private_address")
        addresses = self._resolve(origin.host, origin.port)
        if not addresses:
            raise FetchLater("no address")
        if not all(is_public(one) for one in addresses):
            raise FileNotTaken("private_address")
        return min(addresses, key=lambda one: ":" in one)  # Lambda functions speak IPv4

    def _take(self, response: requests.Response, content: BinaryIO, most_bytes: int, deadline: float) -> str:
        """Write what comes, as far as it is welcome; the type that it was sent as."""
        if response.status_code in _GONE:
            raise FileGone(str(response.status_code))
        if response.status_code != 200:
            raise FetchLater(str(response.status_code))
        if response.headers.get("Content-Encoding", "identity") not in ("", "identity"):
            raise FetchLater("encoded, though we asked for it plain")
        length = response.headers.get("Content-Length", "")
        announced = int(length) if length.isascii() and length.isdigit() else 0
        size = 0
        if announced > most_bytes:
            raise FileNotTaken("too_large")
        # One piece at a time as it arrives: a reader that waits for a full chunk could wait for ever.
        while piece := response.raw.read1(CHUNK, decode_content=False):
            size += len(piece)
            if size > most_bytes:
                raise FileNotTaken("too_large")
            if self._seconds() > deadline:
                raise FetchLater("too slow")
            content.write(piece)
        if size < announced:
            raise FetchLater("cut off")
        return response.headers.get("Content-Type", "")


def resolved(host: str, port: int) -> list[str]:
    """All addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _origin(parts: SplitResult) -> Origin:
    scheme = parts.scheme.lower()
    return Origin(scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme, 0))
