"""The GraphQL Admin API as we use it: one document, and what its errors mean.

A query has a price, paid out of a bucket that fills up again: none of ours costs more than 1,000, which is
the most that one may.
Source: shopify.dev/docs/api/admin-graphql, shopify.dev/docs/api/usage/limits
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SendError, SendRejected, SetupError
from integrations.http import Answer, Http
from integrations.reading import listed, mapping, text_of

VERSION: Final = "2026-10"
TOKEN_HEADER: Final = "X-Shopify-Access-Token"
_DENIED: Final = "ACCESS_DENIED"
# To connect, to answer, in seconds: the longest of what is asked here takes a few.
_ASKING: Final = (3.0, 10.0)
# For what somebody waits for who has asked in a chat.
SHORTLY: Final = (1.0, 2.5)
_MOVED_FOR_GOOD: Final = (301, 308)
_MESSAGES: Final[dict[int, tuple[str, str, str]]] = {
    401: (
        "token_rejected",
        "Shopify does not know this token: install the app again, and connect with its new Admin API token.",
        "token",
    ),
    403: (
        "permission_missing",
        "Shopify does not let this token use the Admin API: see the app's Admin API scopes.",
        "token",
    ),
    404: ("not_found", "Shopify has no shop of this name: see the address of its admin pages.", "shop"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The `data` of an answer. is_whole: False where the token may not see a part of it: that is null."""

    data: Mapping[str, Any]
    is_whole: bool = True


class Admin:
    """The Admin APIs of all shops. base_url: with `{shop}` where a shop's domain stands."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._http = Http()

    def ask(
        self,
        shop: str,
        token: str,
        document: str,
        variables: Mapping[str, Any] | None = None,
        within: tuple[float, float] = _ASKING,
    ) -> Told:
        """within: to connect, and to answer, in seconds. Raises ChannelDown, also where it was too much at
        once or can't be understood any more, and CredentialsRejected."""
        url = f"{self._base_url.replace('{shop}', shop)}/admin/api/{VERSION}/graphql.json"
        body = {"query": document, "variables": dict(variables or {})}
        try:
            answer = self._http.call("POST", url, body=body, headers={TOKEN_HEADER: token}, timeout=within)
        except SendRejected:
            text = "The token holds characters that no token has."
            raise CredentialsRejected("token_rejected", text, "token") from None
        except SendError:
            raise _down("Shopify did not answer.") from None
        return _told(answer)

    def of(
        self,
        connection: Connection,
        document: str,
        variables: Mapping[str, Any] | None = None,
        within: tuple[float, float] = _ASKING,
    ) -> Told:
        """The same, of a connected shop."""
        return self.ask(connection.account, connection.token, document, variables, within)


def _told(answer: Answer) -> Told:
    """Shopify's own sentences are left out: they may quote what they were given."""
    if not answer.is_ok:
        raise _refusal(answer.status)
    if answer.body is None:
        raise _down("Shopify's answer could not be read.")
    codes = [_code(one) for one in listed(answer.body.get("errors"))]
    if answer.body.get("errors") and not codes:  # a sentence alone: what stands before the API has refused
        raise _down("Shopify could not answer now.")
    data = mapping(answer.body.get("data"))
    fault = next((code for code in codes if code != _DENIED), None)
    if fault is not None:  # THROTTLED above all; also what a later version no longer understands
        raise _down(f"Shopify could not answer ({fault or 'no code'}).")
    return Told(data, is_whole=not codes)


def _refusal(status: int) -> SetupError:
    if status in _MESSAGES:
        return CredentialsRejected(*_MESSAGES[status])
    if status in (402, 423):
        return _down("The shop is frozen or locked at Shopify: its owner sees why in its admin pages.")
    if status in _MOVED_FOR_GOOD:
        return CredentialsRejected(*_MESSAGES[404])
    return _down(f"Shopify could not answer now ({status}).")


def denied() -> CredentialsRejected:
    """The token may see nothing of what was asked for."""
    return CredentialsRejected(*_MESSAGES[403])


def _down(text: str) -> ChannelDown:
    return ChannelDown("channel_down", f"{text} Nothing was changed: try again.")


def _code(error: Any) -> str:
    code = text_of(mapping(mapping(error).get("extensions")).get("code"), 40)
    return code if code.isascii() else ""
