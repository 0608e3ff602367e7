"""The Graph API as the three Meta channels use it: one call, and the error that its answer may hold.

Source: developers.facebook.com/docs/graph-api/guides/error-handling
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.domain.connections import Connection
from integrations.http import SENDING, Answer, Http
from integrations.meta.signature import as_key
from integrations.reading import mapping, text_of

VERSION: Final = "v25.0"


@dataclass(frozen=True, slots=True)
class GraphError:
    """The error object of an answer; `code` is -1 where there is none. details: WhatsApp's longer words."""

    code: int
    subcode: int | None
    message: str
    is_transient: bool
    details: str = ""

    @property
    def name(self) -> str:
        """As it is written in the platform's lists: `131047`, `10/2018278`."""
        return str(self.code) if self.subcode is None else f"{self.code}/{self.subcode}"

    @property
    def needs_other_proof(self) -> bool:
        """The app secret that we know is not the app's; the code alone (100) does not tell."""
        return "appsecret_proof" in self.message


@dataclass(frozen=True, slots=True)
class Access:
    """What a call is made with: a token, and the secret of its app where it is known.

    An app may be set to refuse calls without a proof of its secret, and a wrong proof is always refused.
    Source: developers.facebook.com/docs/graph-api/guides/secure-requests
    """

    token: str = field(repr=False)
    app_secret: str = field(default="", repr=False)

    @property
    def proof(self) -> dict[str, str]:
        """`appsecret_proof`, as a parameter; none without a secret."""
        if not self.app_secret:
            return {}
        made = hmac.new(as_key(self.app_secret), as_key(self.token), hashlib.sha256)
        return {"appsecret_proof": made.hexdigest()}


def access_of(connection: Connection) -> Access:
    """How a connection calls: the Meta app's secret is the first of those that sign."""
    return Access(connection.token, next(iter(connection.signing_secrets), ""))


class Graph:
    """One host of the Graph API: graph.facebook.com, or graph.instagram.com."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._http = Http()

    def call(
        self,
        method: str,
        path: str,
        access: Access,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        timeout: tuple[float, float] = SENDING,
    ) -> Answer:
        """One call. Raises NotSent or OutcomeUnknown when no answer came."""
        url = f"{self._base_url}/{VERSION}/{path}"
        given = {**(params or {}), **access.proof}
        return self._http.call(method, url, token=access.token, params=given, body=body, timeout=timeout)


def error_in(answer: Answer) -> GraphError:
    """The error that an answer holds. The HTTP status says little, the code says all."""
    raw = mapping(mapping(answer.body).get("error"))
    subcode = raw.get("error_subcode")
    return GraphError(
        code=_number(raw.get("code"), -1),
        subcode=subcode if isinstance(subcode, int) else None,
        message=text_of(raw.get("message"), 500),
        is_transient=raw.get("is_transient") is True,
        details=text_of(mapping(raw.get("error_data")).get("details"), 500),
    )


def _number(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
