"""Merchants, their keys, their settings, and the deployment's shared Meta apps."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.connections import SharedApp
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.services.shop_settings import BadSetting, changed_shop
from functions import views
from functions.api import ApiError, as_json, body_of, key_of, need_admin, query_of
from functions.wiring import wired

SAVES: Final = 5


def create(request: Request) -> Response:
    """A merchant with an owner's key, which is shown this once."""
    need_admin(request)
    body = body_of(request, "merchant")
    merchant, issued = wired().work.merchants.create(body["name"], wired().clock.now())
    return as_json(views.merchant(merchant) | {"api_key": issued.secret}, 201)


def listing(request: Request) -> Response:
    """All merchants, by id."""
    need_admin(request)
    query = query_of(request)
    limit = query.limit()
    found = wired().shops.merchants(query.cursor(), limit)
    following = found[-1].merchant_id if len(found) == limit else None
    return as_json({"items": [views.merchant(one) for one in found], "next": following})


def remove(request: Request, merchant_id: str) -> Response:
    """Disconnects every account, then removes the merchant and all keys."""
    need_admin(request)
    if wired().shops.merchant(merchant_id) is None:
        raise ApiError(404, "not_found", "There is no such merchant.")
    for listed in wired().shops.connections(merchant_id):
        connection = wired().shops.connection(listed.connection_id)
        if connection is not None and connection.status != "disconnected":
            platform = wired().platform(connection.channel)
            wired().work.disconnect(connection, platform, wired().clock.now())
    wired().work.segments.remove_all(merchant_id, wired().clock.now())
    wired().shops.remove_merchant(merchant_id)
    return as_json({"merchant_id": merchant_id, "removed": True})


def create_key(request: Request) -> Response:
    """A further key with a role; its secret is shown this once."""
    owner = key_of(request, "owner")
    body = body_of(request, "key")
    issued = wired().work.merchants.add_key(
        owner.merchant_id, body["name"], body["role"], wired().clock.now()
    )
    return as_json(views.key(issued.key) | {"api_key": issued.secret}, 201)


def keys(request: Request) -> Response:
    """The merchant's keys, without their secrets."""
    owner = key_of(request, "owner")
    found = wired().shops.keys(owner.merchant_id)
    return as_json({"items": [views.key(one) for one in found], "next": None})


def remove_key(request: Request, key_id: str) -> Response:
    """It opens nothing any more. The last owner's key stays, or nobody could make another."""
    owner = key_of(request, "owner")
    found = wired().shops.keys(owner.merchant_id)
    wanted = next((one for one in found if one.key_id == key_id), None)
    if wanted is None:
        raise ApiError(404, "not_found", "There is no such key.")
    if wanted.role == "owner" and sum(one.role == "owner" for one in found) == 1:
        raise ApiError(409, "last_owner", "This is the last owner's key. Make another one first.")
    wired().shops.remove_key(wanted)
    return as_json({"key_id": key_id, "removed": True})


def settings(request: Request) -> Response:
    """The shop's settings."""
    key = key_of(request)
    return as_json(views.shop(wired().shops.shop(key.merchant_id)))


def save_settings(request: Request) -> Response:
    """Change what is named in the body; the rest stays, also what somebody else changes at this moment."""
    owner = key_of(request, "owner")
    body = body_of(request, "settings")
    names_some = bool({"connections", "carts", "orders"} & set(body))
    own = [one.connection_id for one in wired().shops.connections(owner.merchant_id)] if names_some else []
    _check_templates(owner.merchant_id, body, own)
    for _ in range(SAVES):
        before = wired().shops.shop(owner.merchant_id)
        try:
            shop = changed_shop(before, body, own, wired().calendar, wired().clock.now())
            wired().shops.save_shop(owner.merchant_id, shop)
        except BadSetting as error:
            raise ApiError(400, "invalid", error.message, error.field) from error
        except Conflict:
            continue
        return as_json(views.shop(shop))
    raise StoreBusy("too many save these settings at once")


def _check_templates(merchant_id: str, body: Mapping[str, Any], own: Sequence[str]) -> None:
    """Raises ApiError where a channel would not send one of those that reminders and updates are to go
    with."""
    work = wired().work
    for check, name in ((work.check_cart_templates, "carts"), (work.check_order_templates, "orders")):
        for field, message in check(merchant_id, body.get(name, {}), own):
            raise ApiError(400, "invalid", message, field)


def save_app(request: Request, app_id: str) -> Response:
    """A Meta app that many merchants share: the secret that signs, and the token of its handshake."""
    need_admin(request)
    body = body_of(request, "app")
    if len(app_id) > 100:
        raise ApiError(400, "invalid", "An app's id has at most 100 characters.", "id")
    secrets = tuple(filter(None, (body["app_secret"], body.get("instagram_app_secret"))))
    wired().shops.save_shared_app(SharedApp(app_id, secrets, body["verify_token"]))
    return as_json({"app_id": app_id, "saved": True})
