"""A shop's settings, changed: all that they say is checked together before any of it is stored."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.merchants import Shop, tuple_of
from chalicelib.domain.promise.hours import hours_from
from chalicelib.domain.promise.opening_rules import BadHours, check_date
from chalicelib.domain.texts.overrides import problems_in
from chalicelib.ports.calendar import HolidayCalendar
from chalicelib.services.shops.cart_settings import changed_carts, problems_in_carts
from chalicelib.services.shops.order_settings import changed_orders


class BadSetting(ValueError):
    """What is wrong and what to do, and the `field` in which it stands."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.message, self.field = message, field


def changed_shop(
    before: Shop, body: Mapping[str, Any], own: Collection[str], calendar: HolidayCalendar, now: datetime
) -> Shop:
    """The shop with what the body names, which has the schema's shape; the rest stays as it is.

    own: the ids of the merchant's connections. What a connection has of its own is replaced as a whole, or
    taken away by null or nothing in it. Raises BadSetting.
    """
    changes = {name: tuple_of(value) for name, value in body.items()}
    if "marketing" in changes:
        changes["marketing"] = {**before.marketing, **body["marketing"]}
    if "carts" in changes:
        changes["carts"] = changed_carts(before.carts, body["carts"], now)
    if "orders" in changes:
        changes["orders"] = changed_orders(before.orders, body["orders"], now)
    if "returns" in changes:
        changes["returns"] = {**before.returns, **body["returns"]}
    if "connections" in changes:
        changes["connections"] = _connections(before, body["connections"], own)
    for field, message in problems_in(body.get("texts", {})):
        raise BadSetting(message, field)
    shop = replace(before, **changes)
    for field, message in problems_in_carts(shop.carts):
        raise BadSetting(message, field)
    named = body.get("carts", {}).get("catalogue_shop")
    if named and named not in own:
        text = "There is no such connection of yours; `GET /setup` lists them."
        raise BadSetting(text, "carts.catalogue_shop")
    _check(shop, calendar, "")
    for connection_id in shop.connections:
        _check(shop.at(connection_id), calendar, f"connections.{connection_id}.")
    return shop


def _connections(
    before: Shop, named: Mapping[str, Mapping[str, Any] | None], own: Collection[str]
) -> dict[str, Mapping[str, Any]]:
    for connection_id, settings in named.items():
        if connection_id not in own and (settings or connection_id not in before.connections):
            text = "There is no such connection of yours; `GET /setup` lists them."
            raise BadSetting(text, f"connections.{connection_id[:64]}")
    merged = {**before.connections, **named}
    return {connection_id: settings for connection_id, settings in merged.items() if settings}


def _check(shop: Shop, calendar: HolidayCalendar, where: str) -> None:
    """where: what goes before the field's name."""
    try:
        hours_from(shop.zone, shop.opening_hours or {}, shop.holidays, special_days=shop.special_days)
    except BadHours as error:
        raise BadSetting(str(error), where + error.field) from error
    if shop.public_holidays is not None:
        _check_public(shop.public_holidays, calendar, f"{where}public_holidays")
    if shop.currency and shop.currency not in _currencies():
        text = f"{shop.currency} is no currency in use; write its ISO 4217 code, such as EUR"
        raise BadSetting(text, f"{where}currency")


def _check_public(kept: Mapping[str, Any], calendar: HolidayCalendar, field: str) -> None:
    country, region = kept["country"], kept.get("region", "")
    regions = calendar.regions(country)
    if regions is None:
        text = f"the public holidays of {country} are not known; name the closed dates in `holidays`"
        raise BadSetting(text, f"{field}.country")
    if region and region not in regions:
        known = f"use one of {', '.join(regions)}, or leave it out" if regions else "leave it out"
        raise BadSetting(
            f"{country} has no region {region!r} with holidays of its own; {known}", f"{field}.region"
        )
    try:
        for text in kept.get("open_on", ()):
            check_date(text)
    except ValueError as error:
        raise BadSetting(str(error), f"{field}.open_on") from error


def _currencies() -> frozenset[str]:
    """Those that are legal tender somewhere today."""
    from babel.core import get_global

    used = get_global("territory_currencies").values()
    return frozenset(code for spans in used for code, _, until, tender in spans if tender and until is None)
