"""Meta's callbacks about the person who connected an account, and the page that tells what became of it."""

from html import escape
from typing import Final

from chalice.app import Request, Response

from chalicelib.domain.taking_back import WISHES, Deletion, SignedWish
from chalicelib.ports.errors import InvalidSignature
from functions.api import ApiError, as_json, query_of
from functions.logs import count
from functions.setup import public_url
from functions.wiring import wired

_NOT_SIGNED: Final = "Send a signed_request that is signed with the app's secret."


def hear(request: Request, name: str) -> Response:
    """They took it back (`deauthorize`), or want what is kept of them deleted (`data-deletion`)."""
    what = next((one for one in WISHES if one == name), None)
    if what is None:
        raise ApiError(404, "not_found", f"There are: {', '.join(WISHES)}.")
    wish, own_app_of = _read(request, query_of(request).text("connection") or "")
    wired().work.take_back(what, wish, own_app_of, wired().clock.now())
    if what == "deauthorize":
        return as_json({})
    url = f"{public_url(request)}/privacy/{wish.code}"
    return as_json({"url": url, "confirmation_code": wish.code})


def status(request: Request, code: str) -> Response:
    """What was done, for the person who asked."""
    deletion = wired().erasing.deletion(code)
    if deletion is None:
        raise ApiError(404, "not_found", "There is no such deletion.")
    headers: dict[str, str | list[str]] = {"Content-Type": "text/html; charset=utf-8"}
    return Response(_page(deletion), status_code=200, headers=headers)


def _read(request: Request, connection_id: str) -> tuple[SignedWish, str]:
    """Who wishes, and the merchant whose own app has signed; '' for an app that the deployment shares."""
    raw = request.raw_body
    connection = wired().shops.connection(connection_id) if connection_id else None
    own = connection.signing_secrets if connection is not None else ()
    shared = tuple(one for app in wired().shops.shared_apps() for one in app.signing_secrets)
    try:
        wish = wired().signed_wish(raw if isinstance(raw, bytes) else raw.encode(), (*own, *shared))
    except InvalidSignature:
        count("InvalidSignature", stage=wired().settings.stage, channel="privacy")
        raise ApiError(403, "forbidden", _NOT_SIGNED) from None
    if wish is None:
        raise ApiError(400, "invalid", _NOT_SIGNED, "signed_request")
    return wish, connection.merchant_id if connection is not None and wish.secret in own else ""


def _page(deletion: Deletion) -> str:
    done = f"Done at {deletion.at:%Y-%m-%d %H:%M} UTC."
    told = f"{done} Nothing was kept of you."
    if deletion.connections:
        accounts = "one account" if deletion.connections == 1 else f"{deletion.connections} accounts"
        told = f"{done} The access that you had given to {accounts} is destroyed, and your id is deleted."
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Data deletion</title><h1>Data deletion</h1><p>Code: {escape(deletion.code)}</p>"
        f"<p>{told}</p></html>"
    )
