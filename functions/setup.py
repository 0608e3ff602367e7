"""Merchants connect, look at and leave channels and shops."""

from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.connections import Connection
from chalicelib.services.connections.connect import callback_url
from functions import views
from functions.api import ApiError, as_json, body_of, key_of
from functions.wiring import wired

NOTICES_SHOWN: Final = 20


def connect(request: Request, channel: str) -> Response:
    """Credentials are proven, stored encrypted, the webhook registered where the channel allows it."""
    owner = key_of(request, "owner")
    try:
        adapter = wired().platform(channel)
    except KeyError:
        raise ApiError(404, "unknown_channel", f"Parley does not speak {channel[:40]!r}.") from None
    body = body_of(request, f"setup_{channel}")
    now = wired().clock.now()
    made = wired().work.connect(owner.merchant_id, channel, adapter, body, public_url(request), now)
    return as_json(_whole(request, made), 201)


def listing(request: Request) -> Response:
    """The merchant's connections, also those that were disconnected."""
    key = key_of(request)
    found = wired().shops.connections(key.merchant_id)
    return as_json({"items": [_view(request, one) for one in found], "next": None})


def read(request: Request, connection_id: str) -> Response:
    """One connection, with the verify token that its handshake wants and what the channel has told of it."""
    return as_json(_whole(request, _own(request, connection_id)))


def check(request: Request, connection_id: str) -> Response:
    """Ask the channel now, send a test event all the way, and say what there is to see to."""
    connection = _own(request, connection_id)
    if connection.status == "disconnected":
        raise ApiError(409, "disconnected", "This account is disconnected: connect it again.")
    done = wired().work.check.on_demand(connection, public_url(request), wired().clock.now())
    after = done.connection
    shown = {"connection_id": connection_id, "status": after.status}
    return as_json(shown | views.health(after, done.findings))


def disconnect(request: Request, connection_id: str) -> Response:
    """Stops the webhooks and destroys the secrets; threads stay, and connecting again finds them."""
    connection = _own(request, connection_id)
    if connection.status != "disconnected":
        platform = wired().platform(connection.channel)
        wired().work.disconnect(connection, platform, wired().clock.now())
    return as_json({"connection_id": connection_id, "status": "disconnected"})


def public_url(request: Request) -> str:
    """Where the world reaches this deployment: as set, else as the request came."""
    settings = wired().settings
    if settings.public_url:
        return settings.public_url
    context = request.context
    return f"https://{context['domainName']}/{context['stage']}"


def _own(request: Request, connection_id: str) -> Connection:
    owner = key_of(request, "owner")
    connection = wired().shops.connection(connection_id)
    if connection is None or connection.merchant_id != owner.merchant_id:
        raise ApiError(404, "not_found", "There is no such connection.")
    return connection


def _whole(request: Request, connection: Connection) -> dict[str, Any]:
    notices = wired().work.check.notices(connection, NOTICES_SHOWN)
    return _view(request, connection) | {"notices": [views.notice(one) for one in notices]}


def _view(request: Request, connection: Connection) -> dict[str, Any]:
    findings = wired().work.check.findings(connection, wired().clock.now())
    channel = wired().channel_or_none(connection.channel)
    takes = channel.capabilities if channel else None
    return views.connection(connection, takes, callback_url(public_url(request), connection), findings)
