"""Channels call: the handshake, and signed bodies that are kept before they are answered."""

from collections.abc import Sequence

from chalice.app import Request, Response

from chalicelib.domain.connections import Connection
from chalicelib.ports import Channel, InvalidSignature, StoreBusy
from chalicelib.services.receiving.receive_webhook import Owner, owner_of
from functions.logs import count
from functions.wiring import wired

REFUSED = Response("", status_code=403, headers={"Content-Type": "text/plain"})


def handshake(request: Request, name: str, connection_id: str = "") -> Response:
    """Echo the challenge to whoever knows the verify token."""
    channel = _channel(name)
    if channel is None:
        return REFUSED
    for token in _verify_tokens(name, connection_id):
        challenge = channel.handshake(request.query_params or {}, token)
        if challenge is not None:
            return Response(challenge, status_code=200, headers={"Content-Type": "text/plain"})
    return REFUSED


def receive(request: Request, name: str, connection_id: str = "") -> Response:
    """200 once every event is kept, 503 when it could not be, 403 when it is not signed as it must be."""
    channel = _channel(name)
    if channel is None:
        return REFUSED
    try:
        if connection_id:
            _receive_for_connection(request, channel, name, connection_id)
        else:
            _receive_shared(request, channel, name)
    except InvalidSignature:
        count("InvalidSignature", stage=wired().settings.stage, channel=name)
        return REFUSED
    except StoreBusy:
        return Response("", status_code=503, headers={"Content-Type": "text/plain", "Retry-After": "5"})
    return Response("", status_code=200, headers={"Content-Type": "text/plain"})


def _receive_for_connection(request: Request, channel: Channel, name: str, connection_id: str) -> None:
    known = wired().connections
    connection = _of_channel(known.connection(connection_id), name)
    try:
        _verify(request, channel, connection)
    except InvalidSignature:
        connection = _of_channel(known.again(connection_id), name)
        _verify(request, channel, connection)
    assert connection is not None
    whole = Owner(connection.merchant_id, connection.connection_id)
    _keep(request, channel, name, connection, whole)


def _verify(request: Request, channel: Channel, connection: Connection | None) -> None:
    if connection is None:
        raise InvalidSignature
    channel.verify(_headers(request), _raw(request), connection.signing_secrets)


def _keep(request: Request, channel: Channel, name: str, connection: Connection | None, whole: Owner) -> None:
    owner = owner_of(connection) if connection else wired().connections.owner_by_claim(name)
    wired().receive_webhook(name, channel, _raw(request), owner, whole, wired().clock.now())


def _receive_shared(request: Request, channel: Channel, name: str) -> None:
    secrets: Sequence[str] = [
        secret for app in wired().connections.shared_apps() for secret in app.signing_secrets
    ]
    channel.verify(_headers(request), _raw(request), secrets)
    _keep(request, channel, name, None, Owner("", ""))


def _verify_tokens(name: str, connection_id: str) -> list[str]:
    # The handshake comes while the app or the account is being set up, so nothing remembered is used.
    if not connection_id:
        return [app.verify_token for app in wired().shops.shared_apps()]
    connection = _of_channel(wired().shops.connection(connection_id), name)
    return [connection.verify_token] if connection and connection.verify_token else []


def _of_channel(connection: Connection | None, name: str) -> Connection | None:
    return connection if connection is not None and connection.channel == name else None


def _channel(name: str) -> Channel | None:
    try:
        return wired().channel(name)
    except KeyError:
        return None


def _headers(request: Request) -> dict[str, str]:
    return {key.lower(): value for key, value in request.headers.items()}


def _raw(request: Request) -> bytes:
    """The body's bytes exactly as they were signed."""
    raw = request.raw_body
    return raw if isinstance(raw, bytes) else raw.encode()
