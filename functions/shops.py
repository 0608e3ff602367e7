"""Any shop brings its carts and orders by plain JSON."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import CartTold, OrderTold, ShopEvent
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order, Parcel, Refund
from chalicelib.domain.connections import Connection
from chalicelib.services.receiving.pointers import Source
from functions import views
from functions.api import ApiError, as_json, body_of, key_of
from functions.wiring import wired

# Clocks differ; what is further ahead would keep every later telling out.
_AHEAD: Final = timedelta(hours=1)
_LONGEST_ID: Final = 200


def save_cart(request: Request, connection_id: str, cart_id: str) -> Response:
    """A cart as it is now; an older telling changes nothing."""
    shop, body = _shop(request, connection_id), body_of(request, "cart")
    now = wired().clock.now()
    _check_id(cart_id, "cart_id")
    at = _time(body, "updated_at", now, now)
    created_at = _time(body, "created_at", at, now)
    state = body.get("state", "bought" if body.get("order_id") else "open")
    cart = Cart(
        connection_id=shop.connection_id,
        cart_id=cart_id,
        at=at,
        created_at=created_at,
        buyer=_buyer(body.get("buyer", {})),
        lines=tuple(_line(one) for one in body.get("lines", [])),
        total=_amount(body.get("total", 0)),
        currency=body.get("currency") or _currency(shop),
        url=body.get("url", ""),
        ref=body.get("ref", ""),
        bought_at=at if state == "bought" else None,
        order_id=body.get("order_id", ""),
        gone_at=at if state == "gone" else None,
    )
    _tell(shop, CartTold(cart), now)
    kept = wired().commerce.cart(shop.merchant_id, shop.connection_id, cart_id)
    return as_json(views.kept_cart(kept) if kept else {"cart_id": cart_id})


def save_order(request: Request, connection_id: str, order_id: str) -> Response:
    """An order as it is now; an older telling changes nothing."""
    shop, body = _shop(request, connection_id), body_of(request, "order")
    now = wired().clock.now()
    _check_id(order_id, "order_id")
    at = _time(body, "updated_at", now, now)
    placed_at = _time(body, "placed_at", at, now)
    paid = body.get("paid", "pending")
    order = Order(
        connection_id=shop.connection_id,
        order_id=order_id,
        at=at,
        number=body.get("number") or order_id,
        placed_at=placed_at,
        state=body.get("state", "open"),
        paid=paid,
        is_confirmed=body.get("confirmed", paid in ("paid", "part_refunded", "refunded")),
        buyer=_buyer(body.get("buyer", {})),
        lines=tuple(_line(one) for one in body.get("lines", [])),
        total=_amount(body.get("total", 0)),
        currency=body.get("currency") or _currency(shop),
        parcels=tuple(
            _parcel(one, f"parcels.{place}", at, now) for place, one in enumerate(body.get("parcels", []))
        ),
        refunds=tuple(
            _refund(one, f"refunds.{place}", at, now) for place, one in enumerate(body.get("refunds", []))
        ),
        carts=tuple(sorted(set(body.get("carts", [])))),
        url=body.get("url", ""),
        ref=body.get("ref", ""),
        promised_on=_day(body, "promised_on", ""),
    )
    _tell(shop, OrderTold(order), now)
    kept = wired().commerce.order(shop.merchant_id, shop.connection_id, order_id)
    page_url = wired().order_page(shop, order_id, "") or None
    return as_json((views.kept_order(kept) if kept else {"order_id": order_id}) | {"page_url": page_url})


def _tell(shop: Connection, event: ShopEvent, now: datetime) -> None:
    source = Source(shop.merchant_id, shop.connection_id, shop.channel)
    wired().work.hear_shop(source, event, now, now)


def _shop(request: Request, connection_id: str) -> Connection:
    """The merchant's own. Raises ApiError."""
    owner = key_of(request, "owner")
    connection = wired().shops.connection(connection_id)
    if connection is None or connection.merchant_id != owner.merchant_id:
        raise ApiError(404, "not_found", "There is no such shop; `GET /setup` lists what is connected.")
    if not wired().is_shop_system(connection.channel):
        text = "This is a messenger's account: connect a shop with `POST /setup/shop`, and name that."
        raise ApiError(409, "no_shop", text)
    if connection.status == "disconnected":
        raise ApiError(409, "disconnected", "This shop is disconnected: connect it again.")
    return connection


def _check_id(given: str, field: str) -> None:
    if not given.strip() or len(given) > _LONGEST_ID or not given.isprintable():
        text = f"It must have from 1 to {_LONGEST_ID} characters that can be seen."
        raise ApiError(400, "invalid", text, field)


def _currency(shop: Connection) -> str:
    return wired().shops.shop(shop.merchant_id).at(shop.connection_id).currency


def _time(body: Mapping[str, Any], field: str, default: datetime, now: datetime, where: str = "") -> datetime:
    given = body.get(field)
    if given is None:
        return default
    try:
        at = datetime.fromisoformat(given).astimezone(UTC)
    except (ValueError, OverflowError):
        text = "It must be a moment in ISO 8601 with its zone, such as 2026-11-22T15:04:05Z."
        raise ApiError(400, "invalid", text, where + field) from None
    if at > now + _AHEAD:
        raise ApiError(400, "invalid", "It lies in the future: is the shop's clock right?", where + field)
    return at


def _day(body: Mapping[str, Any], field: str, where: str) -> date | None:
    try:
        return date.fromisoformat(body[field]) if body.get(field) else None
    except ValueError:
        raise ApiError(400, "invalid", "There is no such day.", where + field) from None


def _amount(given: str | float) -> Decimal:
    return Decimal(str(given))


def _buyer(given: Mapping[str, Any]) -> Buyer:
    return Buyer(
        customer_id=given.get("customer_id", ""),
        name=given.get("name", ""),
        email=given.get("email", ""),
        phones=(given["phone"],) if given.get("phone") else (),
        country=given.get("country", "").upper(),
        postcode=given.get("postcode", ""),
        language=given.get("language", ""),
        opt_in_text=given.get("opt_in", {}).get("text", ""),
    )


def _line(given: Mapping[str, Any]) -> Line:
    return Line(
        title=given["title"],
        quantity=given.get("quantity", 1),
        price=_amount(given.get("price", 0)),
        line_id=given.get("line_id", ""),
        product_id=given.get("product_id", ""),
        variant=given.get("variant", ""),
        sku=given.get("sku", ""),
        picture=given.get("picture", ""),
        url=given.get("url", ""),
    )


def _parcel(given: Mapping[str, Any], where: str, at: datetime, now: datetime) -> Parcel:
    return Parcel(
        parcel_id=given["parcel_id"],
        state=given["state"],
        at=_time(given, "updated_at", at, now, f"{where}."),
        courier=given.get("courier", ""),
        number=given.get("number", ""),
        url=given.get("url", ""),
        promised_on=_day(given, "promised_on", f"{where}."),
        lines=tuple(given.get("lines", [])),
    )


def _refund(given: Mapping[str, Any], where: str, at: datetime, now: datetime) -> Refund:
    return Refund(
        refund_id=given["refund_id"],
        at=_time(given, "at", at, now, f"{where}."),
        amount=_amount(given.get("amount", 0)),
        lines=tuple(given.get("lines", [])),
    )
