"""The page of an order, for whoever was told its address: no scripts, no cookies, nobody named on it."""

from dataclasses import replace
from typing import Final

from chalice.app import Request, Response

from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.languages import DEFAULT, LANGUAGES, accepted, from_hint
from chalicelib.domain.merchants import Shop
from functions.api import query_of
from functions.looks import page_of
from functions.tracking_html import Page, missing, whole
from functions.tracking_look import style
from functions.wiring import wired

KEPT_S: Final = 60
_UNSEEN: Final = {"X-Robots-Tag": "noindex, nofollow"}
_PICTURES: Final = "img-src https:; "


def shown(request: Request, token: str) -> Response:
    """Whatever is wrong with a token, the answer is one."""
    asked = query_of(request).text("lang") or ""
    accepts = str(request.headers.get("accept-language", ""))
    found = wired().tracking_pages.order(token)
    if found is None:
        look = style({})
        return page_of(404, missing(_language(asked, accepts), look), look, "no-store", _UNSEEN)
    tracked, kept = found
    shop = wired().shops.shop(tracked.merchant_id).at(tracked.connection_id)
    page = Page(
        order=_without_buyer(kept.order),
        shop=shop,
        language=_language(asked, accepts, kept.order, shop),
        now=wired().clock.now(),
    )
    look = style(shop.colours)
    return page_of(200, whole(page, look), look, f"private, max-age={KEPT_S}", _UNSEEN, _PICTURES)


def _language(asked: str, accepts: str, order: Order | None = None, shop: Shop | None = None) -> str:
    """As they ask, else as their browser does, else the buyer's, else the shop's."""
    buyers = order.buyer.language if order else ""
    shops = shop.languages if shop else ()
    wanted = [from_hint(asked[:20]), *accepted(accepts), from_hint(buyers), *map(from_hint, shops)]
    return next((code for code in wanted if code in LANGUAGES), DEFAULT)


def _without_buyer(order: Order) -> Order:
    """What makes the page does not know who they are."""
    return replace(order, buyer=type(order.buyer)())
