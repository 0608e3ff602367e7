"""Links that open a thread in the shopper's app."""

from typing import Final

from chalice.app import Request, Response

from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Key
from chalicelib.services.people.links import NoLink, qr_of
from chalicelib.services.people.people import NoSuchShopper
from functions import views
from functions.api import ApiError, as_json, body_of, key_of
from functions.wiring import wired

_DAYS: Final = 30


def create(request: Request) -> Response:
    """A signed link with its QR image."""
    key, body = key_of(request), body_of(request, "link")
    connection = own_connection(key, body["connection_id"])
    try:
        made = wired().work.make_link(
            connection,
            wired().channel(connection.channel),
            wired().clock.now(),
            days=body.get("days", _DAYS),
            cart_id=body.get("cart_id", ""),
            shopper_id=body.get("shopper_id", ""),
            opt_in_text=body.get("opt_in", {}).get("text", ""),
        )
    except NoSuchShopper:
        raise ApiError(404, "not_found", "There is no such shopper.", "shopper_id") from None
    except NoLink:
        raise no_link() from None
    shown = {
        "url": made.url,
        "qr": qr_of(made.url),
        "token": made.token,
        "expires_at": views.time(made.ends_at),
    }
    return as_json(shown, 201)


def own_connection(key: Key, connection_id: str) -> Connection:
    """The merchant's own, whose account links may open. Raises ApiError."""
    connection = wired().shops.connection(connection_id)
    if connection is None or connection.merchant_id != key.merchant_id:
        raise ApiError(404, "not_found", "There is no such connection.", "connection_id")
    if wired().channel_or_none(connection.channel) is None:
        raise ApiError(409, "no_link", "This is a shop: nobody writes there.", "connection_id")
    if connection.status == "disconnected":
        raise ApiError(409, "disconnected", "This connection was disconnected.", "connection_id")
    return connection


def no_link() -> ApiError:
    text = "Parley does not know the account's public name or number: connect it again."
    return ApiError(409, "no_link", text, "connection_id")
