"""Asking the shop for its orders: what its webhooks have missed, and one as it is now.

Source: woocommerce.github.io/woocommerce-rest-api-docs (v3, orders, list all orders: modified_after,
dates_are_gmt, orderby)
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.commerce.events import ShopEvent
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.ports import Changed, ChannelDown, CredentialsRejected, SetupError
from integrations.reading import Malformed, listed, mapping
from integrations.woocommerce.order import read_order
from integrations.woocommerce.parse import told
from integrations.woocommerce.site import NotThere, Sites
from integrations.woocommerce.values import moment

PATH: Final = "wc/v3/orders"
ON_A_PAGE: Final = 25
# What was put into the bin within one page's time: more than a merchant does by hand in a quarter of an hour.
_MOST_BINNED: Final = 100
_SECOND: Final = timedelta(seconds=1)


def changed(sites: Sites, connection: Connection, since: datetime, after: str) -> Changed:
    """Pages by time and not by number: an order that changes meanwhile moves to the end, and all behind it
    move up. after: the time from which to go on, and the page where more changed in one second than a page
    holds.

    What lies in the bin is no part of `any`, and is asked for beside each page.
    """
    begin, page = _place(after) if after else (since.astimezone(UTC).replace(microsecond=0), 1)
    orders = _listed(sites, connection, begin, {"page": str(page), "per_page": str(ON_A_PAGE)})
    last = moment(orders[-1].get("date_modified_gmt")) if len(orders) == ON_A_PAGE else None
    binned = _listed(sites, connection, begin, _in_the_bin(last))
    following = ""
    if last is not None:
        is_further = last - _SECOND > begin
        following = _written(last - _SECOND, 1) if is_further else _written(begin, page + 1)
    return Changed(tuple(_events(sites, connection, [*orders, *binned])), following)


def order(sites: Sites, connection: Connection, order_id: str) -> Order | None:
    """None where the shop does not have it."""
    if not order_id.isdecimal():
        return None
    try:
        raw = mapping(_asked(sites, connection, f"{PATH}/{order_id}", {}))
        return read_order(raw, connection.account, sites.own_url, connection.connection_id)
    except (NotThere, Malformed):
        return None


def _listed(
    sites: Sites, connection: Connection, begin: datetime, more: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    params = {
        "status": "any",
        "modified_after": _time(begin),
        "dates_are_gmt": "true",
        "orderby": "modified",
        "order": "asc",
    }
    return [mapping(one) for one in listed(_asked(sites, connection, PATH, params | dict(more)))]


def _in_the_bin(until: datetime | None) -> dict[str, str]:
    """until: where a further page follows."""
    asked = {"status": "trash", "per_page": str(_MOST_BINNED)}
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


def _place(after: str) -> tuple[datetime, int]:
    begin, _, page = after.partition("/")
    return datetime.fromisoformat(begin), int(page)


def _written(begin: datetime, page: int) -> str:
    return f"{begin.isoformat()}/{page}"


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")
