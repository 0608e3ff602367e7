"""Channels and shops call: the handshake, and signed bodies that are kept before they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from chalice.app import Request, Response

from chalicelib.ports.errors import InvalidSignature, StoreBusy
from chalicelib.services.receiving.receive_webhook import Owner, owner_of
from functions.logs import count
from functions.wiring import wired

if TYPE_CHECKING:
    from chalicelib.domain.connections import Connection
    from chalicelib.ports.account import Webhooks
    from chalicelib.ports.commerce import ShopSystem

_PLAIN: Final[dict[str, str | list[str]]] = {"Content-Type": "text/plain"}
REFUSED: Final = Response("", status_code=403, headers=_PLAIN)
_KEPT: Final = Response("", status_code=200, headers=_PLAIN)
_BUSY: Final = Response("", status_code=503, headers=_PLAIN | {"Retry-After": "5"})


def handshake(request: Request, name: str, connection_id: str = "") -> Response:
    """Echo the challenge to whoever knows the verify token."""
    channel = wired().channel_or_none(name)
    if channel is None:
        return REFUSED
    for token in _verify_tokens(name, connection_id):
        challenge = channel.handshake(request.query_params or {}, token)
        if challenge is not None:
            return Response(challenge, status_code=200, headers={"Content-Type": "text/plain"})
    return REFUSED


def receive(request: Request, name: str, connection_id: str = "") -> Response:
    """200 once every event is kept, 503 when it could not be; when it is not signed as it must be 403 for
    channels, and 401 for shops, as Shopify wants it."""
    if wired().is_shop_system(name):
        return _receive_from_shop(request, wired().shop_system(name), name, connection_id)
    channel = wired().channel_or_none(name)
    if channel is None:
        return REFUSED
    try:
        if connection_id:
            connection = _verified(request, channel, name, connection_id)
            _keep(_raw(request), channel, name, connection)
        else:
            _receive_shared(request, channel, name)
    except InvalidSignature:
        count("InvalidSignature", stage=wired().settings.stage, channel=name)
        return REFUSED
    except StoreBusy:
        return _BUSY
    return _KEPT


def _receive_from_shop(request: Request, shop_system: ShopSystem, name: str, connection_id: str) -> Response:
    """What its headers tell is kept with the body."""
    if shop_system.is_ping(_headers(request), _raw(request)):
        return _KEPT
    try:
        connection = _verified(request, shop_system, name, connection_id)
        _keep(shop_system.framed(_headers(request), _raw(request)), shop_system, name, connection)
    except InvalidSignature:
        count("InvalidSignature", stage=wired().settings.stage, channel=name)
        return Response("", status_code=401, headers=_PLAIN)
    except StoreBusy:
        return _BUSY
    return _KEPT


def _verified(request: Request, source: Webhooks, name: str, connection_id: str) -> Connection:
    """The connection whose secret has signed it. Raises InvalidSignature."""
    known = wired().connections
    try:
        return _signed(request, source, _of_channel(known.connection(connection_id), name))
    except InvalidSignature:
        return _signed(request, source, _of_channel(known.again(connection_id), name))


def _signed(request: Request, source: Webhooks, connection: Connection | None) -> Connection:
    if connection is None:
        raise InvalidSignature
    source.verify(_headers(request), _raw(request), connection.signing_secrets)
    return connection


def _keep(body: bytes, source: Webhooks, name: str, connection: Connection | None) -> None:
    owner = owner_of(connection) if connection else wired().connections.owner_by_claim(name)
    whole = Owner(connection.merchant_id, connection.connection_id) if connection else Owner("", "")
    wired().receive_webhook(name, source, body, owner, whole, wired().clock.now())


def _receive_shared(request: Request, channel: Webhooks, name: str) -> None:
    secrets: Sequence[str] = [
        secret for app in wired().connections.shared_apps() for secret in app.signing_secrets
    ]
    channel.verify(_headers(request), _raw(request), secrets)
    _keep(_raw(request), channel, name, None)


def _verify_tokens(name: str, connection_id: str) -> list[str]:
    # The handshake comes while the app or the account is being set up, so nothing remembered is used.
    if not connection_id:
        return [app.verify_token for app in wired().shops.shared_apps()]
    connection = _of_channel(wired().shops.connection(connection_id), name)
    return [connection.verify_token] if connection and connection.verify_token else []


def _of_channel(connection: Connection | None, name: str) -> Connection | None:
    return connection if connection is not None and connection.channel == name else None


def _headers(request: Request) -> dict[str, str]:
    return {key.lower(): value for key, value in request.headers.items()}


def _raw(request: Request) -> bytes:
    """The body's bytes exactly as they were signed."""
    raw = request.raw_body
    return raw if isinstance(raw, bytes) else raw.encode()
