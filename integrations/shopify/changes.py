"""What the shop has changed, and one order as it is: what webhooks have missed, or do not tell.

Source: shopify.dev/docs/api/admin-graphql/latest/queries/orders,
shopify.dev/docs/api/admin-graphql/latest/queries/abandonedCheckouts
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.events import CartTold, OrderTold
from chalicelib.domain.commerce.orders import Order
from chalicelib.domain.connections import Connection
from chalicelib.ports.commerce import Changed
from integrations.reading import Malformed, mapping, text_of
from integrations.shopify import nodes, values
from integrations.shopify.admin import SHORTLY, Admin, denied
from integrations.shopify.carts import cart_of
from integrations.shopify.orders import order_of
from integrations.shopify.queries import CARTS, ONE_ORDER, ORDERS

# Of the same moment both the webhook and the API may tell. Of an order the API knows more (pictures, promised
# days): it counts as told a moment later. So does a cart whose buyer has an account with a number: of others
# the API does not know how to reach who buys, only perhaps who is to get it. That, and whatever has more
# lines than a page holds, counts as told a moment before.
_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a reading came: in the orders; from which moment on in the carts, and in the list of those that
    were changed before `until`, '' for all."""

    orders: str = ""
    carts_from: str = ""
    carts: str = ""
    until: str = ""


def changed(admin: Admin, connection: Connection, since: datetime, after: str) -> Changed:
    """A page of orders, the oldest change first, then page by page all carts that were changed before the
    last of them; while some of those are left, nobody can say until when all is told: carts come by the time
    when they were made. Raises ChannelDown, CredentialsRejected."""
    place = _Place(**json.loads(after)) if after else _Place(carts_from=_written(since))
    events: list[OrderTold | CartTold] = []
    until, further = "", ""
    if not place.carts:
        page = _page(admin, connection, ORDERS, "orders", place.orders, f"updated_at:>='{_written(since)}'")
        if page is None:  # carts alone may be hidden: nothing hangs on those that webhooks have missed
            raise denied()
        listed = nodes.nodes_of(page)
        events += [OrderTold(one) for node in listed if (one := _order(node, connection))]
        further = _cursor(page) if nodes.is_cut_off(page) else ""
        until = _latest(listed, place.carts_from) if further else ""
    else:
        further, until = place.orders, place.until
    carts, rest = _carts(admin, connection, place, until)
    events += [CartTold(one) for one in carts]
    events.sort(key=_at)
    if rest:
        return Changed(tuple(events), _told(_Place(further, place.carts_from, rest, until)))
    if not further:
        return Changed(tuple(events))
    return Changed(tuple(events), _told(_Place(further, until)), values.moment(until))


def order(admin: Admin, connection: Connection, order_id: str) -> Order | None:
    """One order. Raises ChannelDown, CredentialsRejected."""
    if not order_id.isascii() or not order_id.isdigit():
        return None
    told = admin.of(connection, ONE_ORDER, {"id": f"gid://shopify/Order/{order_id}"}, SHORTLY)
    node = mapping(told.data.get("order"))
    return _order(node, connection) if node else None


def _carts(admin: Admin, connection: Connection, place: _Place, until: str) -> tuple[list[Cart], str]:
    """A page of the carts that were changed before a moment, and where the rest of them begins: they come by
    the time when they were made, so that they are all read before anything later is."""
    if until == place.carts_from:
        return [], ""
    wanted = f"updated_at:>='{place.carts_from}'" + (f" AND updated_at:<'{until}'" if until else "")
    page = _page(admin, connection, CARTS, "abandonedCheckouts", place.carts, wanted)
    found = [one for node in nodes.nodes_of(page) if (one := _cart(node, connection))]
    return found, _cursor(page) if nodes.is_cut_off(page) else ""


def _page(
    admin: Admin, connection: Connection, document: str, name: str, cursor: str, wanted: str
) -> Mapping[str, Any] | None:
    """None where the token may not see it."""
    told = admin.of(connection, document, {"after": cursor or None, "filter": wanted})
    return mapping(told.data[name]) if told.data.get(name) is not None else None


def _order(node: Mapping[str, Any], connection: Connection) -> Order | None:
    try:
        told = order_of(nodes.order(node), connection.connection_id)
    except Malformed:
        return None
    return replace(told, at=told.at + _rank(node, knows_more=True))


def _cart(node: Mapping[str, Any], connection: Connection) -> Cart | None:
    try:
        told = cart_of(nodes.cart(node), connection.connection_id)
    except Malformed:
        return None
    customer = mapping(node.get("customer"))
    return replace(told, at=told.at + _rank(node, knows_more=bool(customer.get("defaultPhoneNumber"))))


def _rank(node: Mapping[str, Any], *, knows_more: bool) -> timedelta:
    is_whole = not nodes.is_cut_off(node.get("lineItems"))
    return _MOMENT if knows_more and is_whole else -_MOMENT


def _cursor(page: Any) -> str:
    return text_of(mapping(mapping(page).get("pageInfo")).get("endCursor"), 2_000)


def _latest(listed: list[Mapping[str, Any]], known: str) -> str:
    """When the last of a page's orders was changed, as Shopify has it, also where no more of it can be read;
    what is known already where none tells."""
    told = [at for node in listed if (at := values.moment(node.get("updatedAt")))]
    return max(known, _written(max(told))) if told else known


def _at(event: OrderTold | CartTold) -> datetime:
    return event.order.at if isinstance(event, OrderTold) else event.cart.at


def _written(at: datetime) -> str:
    """Whole seconds, the earlier: as Shopify's search takes them."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _told(place: _Place) -> str:
    return json.dumps({name: getattr(place, name) for name in ("orders", "carts_from", "carts", "until")})
