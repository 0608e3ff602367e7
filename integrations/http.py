"""Calls to the platforms: pooled, with deadlines, and with nothing secret in any error.

Source: requests.readthedocs.io/en/latest/user/advanced (timeouts, sessions)
"""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import ClosedPoolError, ConnectTimeoutError, MaxRetryError, NewConnectionError

from chalicelib.ports.errors import NotSent, OutcomeUnknown, SendRejected

# (to connect, to answer), in seconds.
SENDING: Final = (3.0, 10.0)
ASKING: Final = (2.0, 2.0)
# Platforms and gateways drop idle connections without a word, above all while a function is frozen between
# two events. A message written into a dead one would have to count as perhaps sent.
IDLE_S: Final = 15.0
# As many threads as one process has at most: each keeps its connection for the next message.
AT_ONCE: Final = 20
# Without a word of the platform itself, these come from a gateway that gave up on it: it may have been done.
CUT_OFF: Final = frozenset({500, 502, 504})
_MOST_BYTES: Final = 1_000_000
# At debug level urllib3 logs whole URLs: Telegram's hold the token.
logging.getLogger("urllib3").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform answered. body: its JSON object, None for anything else. headers: in lower case."""

    status: int
    body: Mapping[str, Any] | None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


class _Bearer(AuthBase):
    """The token in a header: a URL would show up in logs along the way."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        written = self._token.encode("utf-8", "surrogatepass").decode("latin-1")
        request.headers["Authorization"] = f"Bearer {written}"
        return request


class Http:
    """One pool of connections for one channel."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False  # no .netrc, which would take the place of our token
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=AT_ONCE))
        self._used_at = 0.0

    def call(
        self,
        method: str,
        url: str,
        *,
        token: str = "",
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: tuple[float, float] = SENDING,
    ) -> Answer:
        """One call, never repeated here. headers: for a token that goes by another way than as a bearer's.
        Raises NotSent while no byte has left, OutcomeUnknown after that, and SendRejected when the call can't
        even be written (a token that no header can carry)."""
        now = time.time()
        if now - self._used_at > IDLE_S:
            self._session.close()
        self._used_at = now
        try:
            response = self._session.request(
                method,
                url,
                params=params,
                data=None if body is None else json.dumps(body),
                headers=({} if body is None else {"Content-Type": "application/json"}) | dict(headers or {}),
                auth=_Bearer(token) if token else None,
                timeout=timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise _fault(error) from None
        except (ValueError, UnicodeError):
            raise SendRejected("local", "invalid") from None
        return Answer(response.status_code, _object(response.content), _lower(response.headers))


def _fault(error: requests.RequestException) -> Exception:
    """Name what became of a call without an answer. Only the kind of fault: the rest may hold the token."""
    kind = type(error).__name__
    if isinstance(error, requests.ConnectTimeout):
        return NotSent(kind)
    if isinstance(error, requests.exceptions.InvalidHeader | requests.exceptions.InvalidURL):
        return SendRejected("local", "invalid")
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    # The last: another thread has dropped what was idle, before a connection was taken.
    if isinstance(reason, NewConnectionError | ConnectTimeoutError | ClosedPoolError):
        return NotSent(kind)
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(reason):
        return NotSent("certificate")
    return OutcomeUnknown(kind)


def _object(content: bytes) -> Mapping[str, Any] | None:
    if len(content) > _MOST_BYTES:
        return None
    try:
        loaded = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return loaded if isinstance(loaded, dict) else None


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
