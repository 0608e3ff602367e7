"""Asking the shop for its orders: what its webhooks have missed, and one as it is now.

Source: woocommerce.github.io/woocommerce-rest-api-docs (v3, orders, list all orders: modified_after,
dates_are_gmt, orderby)
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.commerce.events import ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.ports.commerce import Changed
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.reading import Malformed, listed, mapping
from integrations.woocommerce.order import read_order
from integrations.woocommerce.parse import told
from integrations.woocommerce.site import NotThere, Sites
from integrations.woocommerce.values import moment

PATH: Final = "wc/v3/orders"
ON_A_PAGE: Final = 25
_SHORTLY_S: Final = 3.5
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a reading came. page: where a time is of no help: more changed within one second than a page
    holds, or nobody can read when. binned: the page of the bin that is next, 0 where the orders are first;
    then until: up to when the bin is read, and following: the place after it, '' for none of both."""

    begin: str
    page: int = 1
    binned: int = 0
    until: str = ""
    following: str = ""


def changed(sites: Sites, connection: Connection, since: datetime, after: str) -> Changed:
    """Pages by time and not by number: an order that changes meanwhile moves to the end, and all behind it
    move up.

    What lies in the bin is no part of `any`, and is asked for beside each page.
    """
    place = _Place(**json.loads(after)) if after else _Place(since.astimezone(UTC).isoformat()[:19])
    orders: list[Mapping[str, Any]] = []
    if not place.binned:
        paged = {"page": str(place.page), "per_page": str(ON_A_PAGE)}
        orders = _listed(sites, connection, place.begin, paged)
        place = _followed(place, orders)
    binned = _listed(sites, connection, place.begin, _in_the_bin(place))
    events = tuple(_events(sites, connection, [*orders, *binned]))
    if len(binned) == ON_A_PAGE:
        return Changed(events, _told(replace(place, binned=place.binned + 1)))
    told_until = moment(place.until) if place.until else None
    return Changed(events, place.following, told_until - _SECOND if told_until else None)


def order(sites: Sites, connection: Connection, order_id: str) -> Order | None:
    """None where the shop does not have it. Somebody who has asked in a chat waits for it."""
    if not order_id.isdecimal():
        return None
    try:
        raw = mapping(_asked(sites.within(_SHORTLY_S), connection, f"{PATH}/{order_id}", {}))
        return read_order(raw, connection.account, sites.own_url, connection.connection_id)
    except (NotThere, Malformed):
        return None


def _followed(place: _Place, orders: list[Mapping[str, Any]]) -> _Place:
    """The bin beside this page, and what comes after both."""
    if len(orders) < ON_A_PAGE:
        return replace(place, binned=1)
    last = moment(orders[-1].get("date_modified_gmt"))
    if last is None:
        return replace(place, binned=1, following=_told(_Place(place.begin, place.page + 1)))
    begin = _time(last - _SECOND)
    following = _Place(begin) if begin > place.begin else _Place(place.begin, place.page + 1)
    return replace(place, binned=1, until=_time(last), following=_told(following))


def _listed(
    sites: Sites, connection: Connection, begin: str, more: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    params = {
        "status": "any",
        "modified_after": begin,
        "dates_are_gmt": "true",
        "orderby": "modified",
        "order": "asc",
    }
    return [mapping(one) for one in listed(_asked(sites, connection, PATH, params | dict(more)))]


def _in_the_bin(place: _Place) -> dict[str, str]:
    asked = {"status": "trash", "page": str(place.binned), "per_page": str(ON_A_PAGE)}
    until = moment(place.until) if place.until else None
    return asked | ({"modified_before": _time(until + _SECOND)} if until else {})


def _asked(sites: Sites, connection: Connection, path: str, params: Mapping[str, str]) -> Any:
    """Raises ChannelDown, CredentialsRejected."""
    try:
        return sites.ask(connection.account, connection.token, "GET", path, params)
    except (ChannelDown, CredentialsRejected):
        raise
    except SetupError as error:
        raise ChannelDown("channel_down", error.message) from None


def _events(sites: Sites, connection: Connection, orders: list[Mapping[str, Any]]) -> list[ShopEvent]:
    """The oldest change first; one that can't be read holds up no other."""
    found: list[tuple[str, list[ShopEvent]]] = []
    for raw in orders:
        try:
            events = told(raw, connection.account, sites.own_url, connection.connection_id)
        except Malformed:
            continue
        found.append((str(raw.get("date_modified_gmt")), events))
    return [event for _, events in sorted(found, key=lambda one: one[0]) for event in events]


def _told(place: _Place) -> str:
    return json.dumps(asdict(place))


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")
