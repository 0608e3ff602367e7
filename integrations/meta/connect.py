"""Proving credentials, as far as the three Meta channels do it alike."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SendError, SendRejected, SetupError
from integrations.http import Answer
from integrations.meta.graph import Access, Graph, GraphError, error_in
from integrations.reading import identifier, listed, mapping

# Source: developers.facebook.com/docs/graph-api/guides/error-handling
_TOKEN: Final = frozenset({0, 102, 104, 190})
_PERMISSION: Final = frozenset({3, 10, *range(200, 300), 131005})
_BUSY: Final = frozenset({1, 2, 4, 17, 32, 341, 613, 80001, 80002, 80006, 80007, 80008, 131000, 131016})
_HANDSHAKE: Final = 2200
_OWN_ID: Final = re.compile(r"[0-9]{1,32}", re.ASCII)


def own_id(credentials: Mapping[str, str], field: str) -> str:
    """An id that goes into a URL: digits. Raises SetupError."""
    value = credentials.get(field, "")
    if not _OWN_ID.fullmatch(value):
        raise CredentialsRejected("invalid", f"{field} must be the numeric id that Meta shows.", field)
    return value


def expect_account(credentials: Mapping[str, str], account: str) -> None:
    """Raise SetupError when the merchant named another account than the credentials are for."""
    if credentials.get("account", account) != account:
        raise CredentialsRejected("account_mismatch", f"These credentials are for {account}.", "account")


def ask(
    graph: Graph,
    path: str,
    access: Access,
    field: str,
    *,
    method: str = "GET",
    params: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    token_field: str = "access_token",
) -> Mapping[str, Any]:
    """One call of the setup; `field` is the credential to blame when what it names does not exist."""
    try:
        answer = graph.call(method, path, access, params=params, body=body)
    except SendRejected:
        text = f"{token_field} holds characters that no token has."
        raise CredentialsRejected("invalid", text, token_field) from None
    except SendError:
        raise ChannelDown("channel_down", "Meta did not answer. Nothing was changed: try again.") from None
    if answer.is_ok and answer.body is not None and "error" not in answer.body:
        return answer.body
    raise _setup_error(answer, field, token_field)


def _setup_error(answer: Answer, field: str, token_field: str) -> SetupError:
    """Meta's own sentence is left out: it may quote what it was given."""
    error = error_in(answer)
    told = f"Meta's code: {error.name if error.code >= 0 else answer.status}."
    if error.code == _HANDSHAKE:
        text = "Meta called our webhook address in vain. Is it public, with a valid certificate?"
        return SetupError("handshake_failed", f"{text} {told}")
    if error.needs_other_proof:
        text = "The app secret is not that of the app the token was made for."
        return CredentialsRejected("secret_rejected", f"{text} {told}", "app_secret")
    if error.code in _TOKEN:
        return CredentialsRejected("token_rejected", f"The token is not valid: renew it. {told}", token_field)
    if error.code in _PERMISSION:
        return CredentialsRejected("permission_missing", f"The token lacks a permission. {told}", token_field)
    if _is_busy(answer, error):
        return ChannelDown("channel_down", f"Meta could not answer now. Nothing was changed. {told}")
    if error.subcode == 33 or error.code == 803 or answer.status == 404:
        text = f"{field} names nothing that this token can see."
        return CredentialsRejected("not_found", f"{text} {told}", field)
    return CredentialsRejected("invalid", f"Meta refused {field}. {told}", field)


def _is_busy(answer: Answer, error: GraphError) -> bool:
    is_status = answer.status == 429 or answer.status >= 500 or answer.is_ok
    return is_status or error.is_transient or error.code in _BUSY


def access_given(credentials: Mapping[str, str], token_field: str) -> Access:
    """What is to be proven: every call that is made with it proves token and app secret together."""
    return Access(credentials[token_field], credentials.get("app_secret", ""))


def app_access(app_id: str, app_secret: str) -> Access:
    """The app itself, instead of an account's token."""
    return Access(f"{app_id}|{app_secret}")


def prove_app(graph: Graph, credentials: Mapping[str, str]) -> Access | None:
    """Prove that app id and secret belong together. None without an app id: there is nothing to ask."""
    app_id, secret = credentials.get("app_id", ""), credentials.get("app_secret", "")
    if not app_id or not secret:
        return None
    app = app_access(own_id(credentials, "app_id"), secret)
    try:
        ask(graph, app_id, app, "app_id", token_field="app_secret")
    except CredentialsRejected:
        text = "app_id and app_secret don't belong together: copy both from the app's basic settings."
        raise CredentialsRejected("secret_rejected", text, "app_secret") from None
    return app


@dataclass(frozen=True, slots=True)
class TokenProven:
    """warnings: in plain words. owner_id: the person who made the token, as its app knows them; '' where
    Meta may not be asked."""

    warnings: tuple[str, ...] = ()
    owner_id: str = ""


def check_permissions(
    graph: Graph, credentials: Mapping[str, str], token_field: str, needed: Iterable[str]
) -> TokenProven:
    """Prove what the token may do, where an app id is given; returns what to warn of, and whose it is.

    Source: developers.facebook.com/docs/graph-api/reference/debug_token
    """
    app = prove_app(graph, credentials)
    if app is None:
        return TokenProven()
    # Its page knows it by GET alone, so that the token stands in the address: nothing of ours logs one.
    params = {"input_token": credentials[token_field]}
    answer = ask(graph, "debug_token", app, token_field, params=params, token_field=token_field)
    data = mapping(answer.get("data"))
    if data.get("is_valid") is not True:
        raise CredentialsRejected("token_rejected", "The token is not valid: make a new one.", token_field)
    if identifier(data.get("app_id")) not in ("", credentials["app_id"]):
        raise CredentialsRejected("account_mismatch", "The token was made for another app.", "app_id")
    missing = sorted(set(needed) - {identifier(scope) for scope in listed(data.get("scopes"))})
    if missing:
        text = f"The token lacks: {', '.join(missing)}. Make a new one that has them."
        raise CredentialsRejected("permission_missing", text, token_field)
    return TokenProven(tuple(_expiry(data.get("expires_at"))), identifier(data.get("user_id")))


def _expiry(expires_at: Any) -> list[str]:
    if not isinstance(expires_at, int) or not 0 < expires_at < 4_102_444_800:
        return []
    day = datetime.fromtimestamp(expires_at, UTC).date()
    return [f"The token expires on {day}. A system user's token can be made without an end."]


def secrets_of(credentials: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """The secrets that may sign: none when the deployment's shared app does."""
    return tuple(secret for name in names if (secret := credentials.get(name, "")))


def given(**details: str) -> dict[str, str]:
    """The details that there are."""
    return {name: value for name, value in details.items() if value}


def try_call(
    graph: Graph, method: str, path: str, access: Access, body: Mapping[str, Any] | None = None
) -> None:
    """A call whose failure changes nothing for us: a dead token must not keep a merchant from leaving."""
    with suppress(SendError):
        graph.call(method, path, access, body=body)
