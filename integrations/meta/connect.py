"""Proving credentials and pointing webhooks, as far as the three Meta channels do it alike."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.domain.connections import Connection
from chalicelib.ports import ChannelDown, CredentialsRejected, SendError, SendRejected, SetupError
from integrations.http import Answer
from integrations.meta.graph import Graph, GraphError, error_in, proof
from integrations.reading import identifier, listed, mapping, text_of

# Source: developers.facebook.com/docs/graph-api/guides/error-handling
_TOKEN: Final = frozenset({0, 102, 104, 190})
_PERMISSION: Final = frozenset({3, 10, *range(200, 300), 131005})
_BUSY: Final = frozenset({1, 2, 4, 17, 32, 341, 613, 80001, 80002, 80006, 80007, 80008, 131000, 131016})
_HANDSHAKE: Final = 2200
_OWN_ID: Final = re.compile(r"[0-9]{1,32}", re.ASCII)

# Source: developers.facebook.com/docs/messenger-platform/webhooks
PAGE_FIELDS: Final = (
    "messages",
    "message_deliveries",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_reads",
    "messaging_handovers",
    "messaging_optins",
    "messaging_policy_enforcement",
    "messaging_postbacks",
    "messaging_referrals",
    "standby",
)


def own_id(credentials: Mapping[str, str], field: str) -> str:
    """An id that goes into a URL: digits. Raises SetupError, also when it is not what `account` says."""
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
    token: str,
    field: str,
    *,
    method: str = "GET",
    params: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    token_field: str = "access_token",
) -> Mapping[str, Any]:
    """One call of the setup; `field` is the credential to blame when what it names does not exist."""
    try:
        answer = graph.call(method, path, token, params=params, body=body)
    except SendRejected:
        raise CredentialsRejected(
            "invalid", f"{token_field} holds characters no token has.", token_field
        ) from None
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
        text = (
            "Meta called our webhook address and did not get its answer. Is the address public, with a valid"
        )
        return SetupError("handshake_failed", f"{text} certificate? {told}")
    if "appsecret_proof" in error.message:
        text = "The app secret is not that of the app the token was made for."
        return CredentialsRejected("secret_rejected", f"{text} {told}", "app_secret")
    if error.code in _TOKEN:
        return CredentialsRejected(
            "token_rejected", f"The token is not valid: make a new one. {told}", token_field
        )
    if error.code in _PERMISSION:
        return CredentialsRejected("permission_missing", f"The token lacks a permission. {told}", token_field)
    if _is_busy(answer, error):
        return ChannelDown(
            "channel_down", f"Meta could not answer now. Nothing was changed: try again. {told}"
        )
    if error.subcode == 33 or error.code == 803 or answer.status == 404:
        text = f"{field} names nothing that this token can see."
        return CredentialsRejected("not_found", f"{text} {told}", field)
    return CredentialsRejected("invalid", f"Meta refused {field}. {told}", field)


def _is_busy(answer: Answer, error: GraphError) -> bool:
    return (
        error.is_transient or error.code in _BUSY or answer.status in (429, *range(500, 600)) or answer.is_ok
    )


def proven(token: str, credentials: Mapping[str, str], fields: str) -> dict[str, str]:
    """The parameters of a read that also proves the app secret, where one is given."""
    return {"fields": fields, **proof(token, credentials.get("app_secret", ""))}


def prove_app(graph: Graph, credentials: Mapping[str, str]) -> None:
    """Prove that app id and secret belong together. Without an app id there is nothing to ask."""
    app_id, secret = credentials.get("app_id", ""), credentials.get("app_secret", "")
    if not app_id or not secret:
        return
    try:
        ask(graph, own_id(credentials, "app_id"), f"{app_id}|{secret}", "app_id", token_field="app_secret")
    except ChannelDown:
        raise
    except CredentialsRejected as error:
        text = (
            f"app_id and app_secret don't belong together: copy both from the app's settings. {error.message}"
        )
        raise CredentialsRejected("secret_rejected", text, "app_secret") from None


def check_permissions(
    graph: Graph, credentials: Mapping[str, str], token: str, needed: Iterable[str], token_field: str
) -> list[str]:
    """Prove what the token may do, where an app id is given; returns what to warn of.

    Source: developers.facebook.com/docs/graph-api/reference/debug_token
    """
    prove_app(graph, credentials)
    app_id, secret = credentials.get("app_id", ""), credentials.get("app_secret", "")
    if not app_id or not secret:
        return []
    params = {"input_token": token}
    answer = ask(
        graph, "debug_token", f"{app_id}|{secret}", token_field, params=params, token_field=token_field
    )
    data = mapping(answer.get("data"))
    if data.get("is_valid") is not True:
        raise CredentialsRejected("token_rejected", "The token is not valid: make a new one.", token_field)
    if identifier(data.get("app_id")) not in ("", app_id):
        raise CredentialsRejected("account_mismatch", "The token was made for another app.", "app_id")
    missing = sorted(set(needed) - {identifier(scope) for scope in listed(data.get("scopes"))})
    if missing:
        text = f"The token lacks: {', '.join(missing)}. Make a new one that has them."
        raise CredentialsRejected("permission_missing", text, token_field)
    return _expiry(data.get("expires_at"))


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


def subscribe_app(
    graph: Graph, connection: Connection, kind: str, fields: Iterable[str], callback_url: str
) -> list[str]:
    """Point the app's own webhook for this `object` here, if its id is known; returns what is left to click.

    A callback that is already there and not ours is never replaced: others may live on it.
    Source: developers.facebook.com/docs/graph-api/reference/app/subscriptions
    """
    if not connection.signing_secrets:  # the deployment's shared app: it points to us already
        return []
    app_id = connection.details.get("app_id")
    paste = f"set the callback URL to {callback_url} and the verify token to {connection.verify_token}"
    if not app_id:
        wanted = ", ".join(fields)
        step = f"In Meta's app dashboard, open the webhooks of the object '{kind}', {paste}"
        return [f"{step}, then subscribe to: {wanted}."]
    app_token = f"{app_id}|{connection.signing_secrets[0]}"
    found = _subscription(graph, app_id, app_token, kind)
    there = text_of(found.get("callback_url"))
    if there and there != callback_url:
        step = (
            f"The app sends its '{kind}' events to {there}; this was not changed. To get them here, {paste}"
        )
        shared = "If several accounts share this app, ask the operator to register it as shared instead"
        return [f"{step} in Meta's app dashboard. {shared}."]
    body = {
        "object": kind,
        "callback_url": callback_url,
        "verify_token": connection.verify_token,
        "fields": ",".join(fields),
    }
    ask(
        graph,
        f"{app_id}/subscriptions",
        app_token,
        "app_id",
        method="POST",
        body=body,
        token_field="app_secret",
    )
    return []


def _subscription(graph: Graph, app_id: str, app_token: str, kind: str) -> Mapping[str, Any]:
    answer = ask(graph, f"{app_id}/subscriptions", app_token, "app_id", token_field="app_secret")
    items = map(mapping, listed(answer.get("data")))
    return next((item for item in items if item.get("object") == kind), {})


def is_app_subscribed(graph: Graph, connection: Connection, kind: str, field: str) -> bool:
    """Whether the app already gets this field, wherever it goes."""
    app_id = connection.details.get("app_id")
    if not app_id or not connection.signing_secrets:
        return False
    found = _subscription(graph, app_id, f"{app_id}|{connection.signing_secrets[0]}", kind)
    return any(field in (each, mapping(each).get("name")) for each in listed(found.get("fields")))


def try_call(graph: Graph, method: str, path: str, token: str, body: Mapping[str, Any] | None = None) -> None:
    """A call whose failure changes nothing for us: a dead token must not keep a merchant from leaving."""
    with suppress(SendError):
        graph.call(method, path, token, body=body)
