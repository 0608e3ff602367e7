"""What is held of one person: to hand it to them, and to take it away."""

from typing import Any

from chalice.app import Request, Response

from chalicelib.domain.erasing import Erasure
from chalicelib.domain.plain import to_plain
from chalicelib.services.people.people import NoSuchShopper
from functions import campaign_views, consents, views
from functions.api import ApiError, as_json, decoded, encoded, key_of, query_of
from functions.wiring import wired

_NO_SHOPPER = "There is no such shopper."


def erase(request: Request, shopper_id: str) -> Response:
    """Begin, or look how far it is."""
    key, now = key_of(request, "owner"), wired().clock.now()
    try:
        erasure = wired().work.begin_erasing(key.merchant_id, shopper_id, key.name, now)
    except NoSuchShopper:
        raise ApiError(404, "not_found", _NO_SHOPPER) from None
    return as_json(_shown(erasure))


def erasing(request: Request, shopper_id: str) -> Response:
    """How far it is."""
    key = key_of(request, "owner")
    erasure = wired().erasing.erasure(key.merchant_id, shopper_id)
    if erasure is None:
        raise ApiError(404, "not_found", "This shopper was not erased.")
    return as_json(_shown(erasure))


def export(request: Request, shopper_id: str) -> Response:
    """Who they are, what they consented to, their threads, carts and orders on the first page, their messages
    on all."""
    key, query = key_of(request, "owner"), query_of(request)
    after, limit = decoded(query.cursor()), query.limit()
    try:
        page = wired().work.export(key.merchant_id, shopper_id, after, limit)
        said = [] if after else wired().work.consents.history(key.merchant_id, shopper_id)
    except NoSuchShopper:
        raise ApiError(404, "not_found", _NO_SHOPPER) from None
    file = views.files(wired().files.link, wired().clock.now())
    items = [{"thread_id": thread_id} | views.message(one, file) for thread_id, one in page.messages]
    shown: dict[str, Any] = {
        "items": items,
        "surveys": [views.survey(one) for one in page.surveys],
        "next": encoded(page.next) if page.next else None,
    }
    if not after:
        channels = {one.connection_id: one.channel for one in wired().shops.connections(key.merchant_id)}
        shown |= {
            "shopper": views.shopper(page.person, channels, page.merges, None),
            "threads": [views.thread(one) for one in page.threads],
            "consents": [consents.shown(one) for one in said],
            "carts": [to_plain(one.cart) for one in page.bought.carts],
            "orders": [to_plain(one.order) for one in page.bought.orders],
            "returns": [to_plain(one.told) for one in page.bought.returns],
            "campaigns": [
                {"campaign_id": one.campaign_id, "run_id": one.run_id}
                | campaign_views.recipient(one.recipient)
                for one in page.got
            ],
        }
    return as_json(shown)


def _shown(erasure: Erasure) -> dict[str, Any]:
    told = {
        "erasure_id": erasure.erasure_id,
        "shopper_id": erasure.shopper_id,
        "state": erasure.state,
        "asked_at": views.time(erasure.at),
        "by": erasure.by,
    }
    if erasure.state == "done":
        told |= {"done_at": views.time(erasure.done_at)}
        return told | {"rows": erasure.rows, "files": erasure.files}
    return told
