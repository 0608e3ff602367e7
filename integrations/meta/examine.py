"""Looking after a connection, as far as the three Meta channels do it alike: token, fields, callback.

Source: developers.facebook.com/docs/graph-api/reference/debug_token,
developers.facebook.com/docs/graph-api/reference/app/subscriptions,
developers.facebook.com/docs/graph-api/webhooks/subscriptions-edge
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from chalicelib.domain.connections import Connection, Finding
from chalicelib.domain.health import TOKEN_REJECTED
from chalicelib.ports.account import Renewal
from chalicelib.ports.errors import ChannelDown, SetupError
from integrations.meta.connect import app_access, ask
from integrations.meta.graph import Access, Graph, access_of
from integrations.meta.kinds import SELF_TEST
from integrations.meta.signature import signed
from integrations.meta.subscriptions import fields_of, subscribe_app, subscription
from integrations.reading import Malformed, identifier, listed, mapping, seconds, text_of

# Source: developers.facebook.com/docs/marketing-api/system-users/create-retrieve-update-tokens
_LASTS_S: Final = 60 * 24 * 3600
_OLDEST_S: Final = 10 * 365 * 24 * 3600
_PERMISSION: Final = (
    "The token lacks a permission{which}. Make a new one that has them, and connect the account again."
)
SECRET_REJECTED: Final = Finding(
    code="secret_rejected",
    severity="error",
    message="The app secret is no longer the app's: events that come in can't be verified. Copy it again "
    "from the app's basic settings, and connect the account again.",
)
REPAIRED: Final = (
    "Not all of the account's events came here; they were subscribed again. If this comes again, another "
    "program changes the app's webhooks: end it, or use an app of your own for it."
)
_STILL_MISSING: Final = "The account's events do not come here, and could not be subscribed. "


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What Meta tells of a token: nothing where we may not ask."""

    expires_at: datetime | None = None
    kind: str = ""
    app_id: str = ""
    owner_id: str = ""
    findings: tuple[Finding, ...] = ()


def refusal(error: SetupError) -> Finding:
    """What a refused call means for the connection. Raises ChannelDown for one that was not answered."""
    if isinstance(error, ChannelDown):
        raise error
    if error.code == "token_rejected":
        return TOKEN_REJECTED
    if error.code == "secret_rejected":
        return SECRET_REJECTED
    text = _PERMISSION.format(which="") if error.code == "permission_missing" else error.message
    return Finding(code=error.code, severity="error", message=text)


def token_facts(graph: Graph, connection: Connection, needed: Iterable[str]) -> TokenFacts:
    """Validity, end and permissions of the token, as its app may ask for them, or as itself without an app
    secret. Raises ChannelDown."""
    app = _own_app(connection)
    # Its page knows it by GET alone, so that the token stands in the address: nothing of ours logs one.
    params = {"input_token": connection.token}
    try:
        answer = ask(graph, "debug_token", app or access_of(connection), "access_token", params=params)
    except ChannelDown:
        raise
    except SetupError as error:
        is_secret = app is not None and error.code == "token_rejected"
        return TokenFacts(findings=(SECRET_REJECTED,) if is_secret else ())
    data = mapping(answer.get("data"))
    return TokenFacts(
        expires_at=_moment(data.get("expires_at")),
        kind=identifier(data.get("type")),
        app_id=identifier(data.get("app_id")),
        owner_id=identifier(data.get("user_id")),
        findings=tuple(_token_findings(data, needed)),
    )


def _token_findings(data: Mapping[str, Any], needed: Iterable[str]) -> list[Finding]:
    if data.get("is_valid") is False:
        return [TOKEN_REJECTED]
    if not isinstance(data.get("scopes"), list):
        return []
    missing = sorted(set(needed) - {identifier(scope) for scope in listed(data.get("scopes"))})
    text = _PERMISSION.format(which=f": {', '.join(missing)}")
    return [Finding(code="permission_missing", severity="error", message=text)] if missing else []


def _moment(value: Any) -> datetime | None:
    """When it ends; 0 where it does not."""
    try:
        return seconds(value)
    except Malformed:
        return None


def account_findings(
    graph: Graph, path: str, access: Access, wanted: Iterable[str], app_id: str
) -> list[Finding]:
    """Whether the account sends all wanted fields to the app; what is missing is subscribed again, and what
    was there beyond it stays. app_id: '' where it is not known, then any app counts. Raises ChannelDown."""
    try:
        answer = ask(graph, path, access, "account_id")
        apps = [mapping(one) for one in listed(answer.get("data"))]
        ours = [one for one in apps if not app_id or identifier(one.get("id")) == app_id]
        there = {identifier(name) for one in ours for name in listed(one.get("subscribed_fields"))}
        if ours and (set(wanted) <= there or not any("subscribed_fields" in one for one in ours)):
            return []
        fields = ",".join([*wanted, *sorted(there - set(wanted))])
        ask(graph, path, access, "account_id", method="POST", params={"subscribed_fields": fields})
    except SetupError as error:
        return [not_subscribed(error)]
    return [repaired()]


def app_findings(
    graph: Graph, connection: Connection, kind: str, wanted: Iterable[str], callback_url: str
) -> list[Finding]:
    """Whether the app's own webhook for this `object` points here with all wanted fields.

    One that points to somebody else is never changed. An app whose id or secret we don't know, and the
    deployment's shared one, is not looked at. Raises ChannelDown.
    """
    app, app_id = _own_app(connection), connection.details.get("app_id", "")
    if app is None:
        return []
    try:
        found = subscription(graph, app_id, app, kind)
        there = text_of(found.get("callback_url"))
        if there and there != callback_url:
            return [_elsewhere(kind, there, callback_url)]
        if there and set(wanted) <= fields_of(found):
            return []
        subscribe_app(graph, connection, kind, sorted({*wanted, *fields_of(found)}), callback_url)
    except SetupError as error:
        return [not_subscribed(error, by_app=True)]
    return [repaired()]


def repaired() -> Finding:
    return Finding(code="webhook_repaired", severity="warning", message=REPAIRED)


def not_subscribed(error: SetupError, *, by_app: bool = False) -> Finding:
    """Subscribing was refused: where that is for a token, a secret or a permission, that is to be mended.
    by_app: the app itself has asked, which is known by its secret."""
    found = refusal(error)
    if by_app and found.code == "token_rejected":
        return SECRET_REJECTED
    if found.code in ("token_rejected", "permission_missing", "secret_rejected"):
        return found
    return Finding(code="webhook_missing", severity="error", message=_STILL_MISSING + found.message)


def _elsewhere(kind: str, there: str, callback_url: str) -> Finding:
    """Only the host of the other is told: some keep secrets in their paths."""
    text = (
        f"The app sends its '{kind}' events to {_host_of(there)}; this was not changed. To get them here, "
        f"open the webhooks of the object '{kind}' in Meta's app dashboard, and set the callback URL to "
        f"{callback_url} and the verify token to the one that GET /setup shows for this connection. If "
        "several accounts share this app, ask the operator to register it as shared instead."
    )
    return Finding(code="callback_elsewhere", severity="error", message=text)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or "another address"
    except ValueError:
        return "another address"


def _own_app(connection: Connection) -> Access | None:
    """The merchant's own app, where its id and secret are known."""
    app_id = connection.details.get("app_id")
    if not app_id or not connection.signing_secrets:
        return None
    return app_access(app_id, connection.signing_secrets[0])


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once: what is refused is refused by every call."""
    return tuple({(one.code, one.message): one for one in findings}.values())


def exchanged(graph: Graph, connection: Connection) -> Renewal | None:
    """A system user's token that has an end is exchanged for a later one; the old one lives on to its own.
    Any other of Facebook's takes the person who made it. Raises SetupError."""
    if connection.token_expires_at is None or _own_app(connection) is None:
        return None
    if token_facts(graph, connection, ()).kind != "SYSTEM_USER":
        return None
    # In the body: an address, with what it asks, stands in the logs of whatever passes it on.
    body = {
        "grant_type": "fb_exchange_token",
        "client_id": connection.details["app_id"],
        "client_secret": connection.signing_secrets[0],
        "set_token_expires_in_60_days": "true",
        "fb_exchange_token": connection.token,
    }
    given = ask(graph, "oauth/access_token", Access(""), "access_token", method="POST", body=body)
    return renewal_in(given)


def self_test(kind: str, connection: Connection, nonce: str) -> tuple[Mapping[str, str], bytes]:
    """What Messenger or Instagram would send if it had such a field."""
    change = {"field": SELF_TEST, "value": {"nonce": nonce}}
    body = {"object": kind, "entry": [{"id": connection.account, "changes": [change]}]}
    return signed(json.dumps(body).encode(), connection.signing_secrets)


def renewal_in(answer: Mapping[str, Any]) -> Renewal | None:
    """The new token that an answer holds; None where it can't be read."""
    token, lasts_s = text_of(answer.get("access_token")), answer.get("expires_in")
    if not token:
        return None
    if not isinstance(lasts_s, int) or not 0 < lasts_s < _OLDEST_S:
        lasts_s = _LASTS_S
    return Renewal(token, timedelta(seconds=lasts_s))
