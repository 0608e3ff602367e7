"""Asking a Shopify shop what changed: no cart and no order is left out of a long list, wherever it breaks."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from chalicelib.domain.commerce.events import CartTold, OrderTold
from chalicelib.domain.connections import Connection
from chalicelib.ports.commerce import Changed
from chalicelib.ports.errors import ChannelDown, CredentialsRejected, SetupError
from integrations.registry import SHOPS, BaseUrls

BEGIN = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONNECTION = Connection(
    merchant_id="me_1",
    connection_id="cn_1",
    channel="shopify",
    account="little.myshopify.com",
    name="Little Shop",
    status="active",
    token="shpat_1",
)
CARTS_ON_A_PAGE, ORDERS_ON_A_PAGE = 8, 4


class Shop:
    """carts: in the order in which they were made, when each was changed. orders: by the time when they were
    changed. unread: orders that can't be read. status: of all that it answers. hidden: what the token may not
    see. asked: how often it was."""

    def __init__(self) -> None:
        self.carts: list[datetime] = []
        self.orders: list[datetime] = []
        self.unread: frozenset[int] = frozenset()
        self.status = 200
        self.hidden: frozenset[str] = frozenset()
        self.asked = 0
        shop = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                content = json.dumps(shop.said(asked["query"], asked["variables"])).encode()
                self.send_response(shop.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is logged."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.system = SHOPS["shopify"](
            BaseUrls(shopify=f"http://127.0.0.1:{self.server.server_port}/{{shop}}")
        )

    def said(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        data = self.data(query, variables)
        if self.hidden & data.keys():
            denied = {"message": "Access denied", "extensions": {"code": "ACCESS_DENIED"}}
            return {"data": dict.fromkeys(data), "errors": [denied]}
        return {"data": data}

    def data(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        is_of_carts = "abandonedCheckouts" in query
        changed_at = self.carts if is_of_carts else self.orders
        found = [n for n, at in enumerate(changed_at) if _is_within(at, variables["filter"])]
        on_a_page = CARTS_ON_A_PAGE if is_of_carts else ORDERS_ON_A_PAGE
        start = int(variables["after"] or 0)
        make = self.cart if is_of_carts else self.order
        page = {
            "nodes": [make(n) for n in found[start : start + on_a_page]],
            "pageInfo": {"hasNextPage": start + on_a_page < len(found), "endCursor": str(start + on_a_page)},
        }
        return {"abandonedCheckouts" if is_of_carts else "orders": page}

    def cart(self, number: int) -> dict[str, Any]:
        url = f"https://little.myshopify.com/1/checkouts/tok{number:08d}/recover?key=1"
        made = BEGIN - timedelta(days=1) + timedelta(minutes=number)
        told = {"createdAt": made.isoformat(), "updatedAt": self.carts[number].isoformat()}
        return told | {"abandonedCheckoutUrl": url, "lineItems": {"nodes": [], "pageInfo": {}}}

    def order(self, number: int) -> dict[str, Any]:
        gid = "" if number in self.unread else f"gid://shopify/Order/{number + 1}"
        at = self.orders[number].isoformat()
        return {"id": gid, "name": f"#{number + 1}", "createdAt": at, "updatedAt": at, "lineItems": {}}

    def pages(self) -> Iterator[Changed]:
        after = ""
        for _ in range(60):
            page = self.system.changed(CONNECTION, BEGIN, after)
            yield page
            after = page.after
            if not after:
                return
        raise AssertionError("it never ends")


def _is_within(at: datetime, wanted: str) -> bool:
    limits = re.findall(r"updated_at:(>=|<)'([^']+)'", wanted)
    moments = [(sign, datetime.fromisoformat(text)) for sign, text in limits]
    return all(at >= moment if sign == ">=" else at < moment for sign, moment in moments)


def _told(page: Changed) -> set[str]:
    carts = {f"cart {int(one.cart.cart_id[3:])}" for one in page.events if isinstance(one, CartTold)}
    orders = {int(one.order.order_id) - 1 for one in page.events if isinstance(one, OrderTold)}
    return carts | {f"order {number}" for number in orders}


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    thread = threading.Thread(target=shop.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield shop
    shop.server.shutdown()
    thread.join()
    shop.server.server_close()


def test_a_page_vouches_only_for_what_was_told(shop: Shop) -> None:
    """The carts that were made first were changed last: in the middle of their list, the newest are known and
    the oldest are not."""
    shop.carts = [BEGIN + timedelta(seconds=(400 - n) * 9) for n in range(400)]
    shop.orders = [BEGIN + timedelta(minutes=25 + n) for n in range(10)]
    whole = {f"cart {n}": at for n, at in enumerate(shop.carts)}
    whole |= {f"order {n}": at for n, at in enumerate(shop.orders)}
    told: set[str] = set()
    vouched = []
    for page in shop.pages():
        told |= _told(page)
        if page.until is not None:
            vouched.append(page.until)
            assert {one for one, at in whole.items() if at < page.until} <= told
    assert told == set(whole)
    assert len(vouched) == 2


def test_however_many_carts_there_are_one_call_asks_for_no_more_than_a_page_of_each(shop: Shop) -> None:
    """A function has half a minute, and a shop may need seconds for each page."""
    shop.carts = [BEGIN + timedelta(seconds=n) for n in range(50)]
    shop.orders = [BEGIN + timedelta(hours=1, minutes=n) for n in range(6)]
    before, told = 0, set[str]()
    for page in shop.pages():
        assert shop.asked - before <= 2
        before, told = shop.asked, told | _told(page)
    assert told == {f"cart {n}" for n in range(50)} | {f"order {n}" for n in range(6)}


def test_a_token_that_may_not_see_orders_is_refused_and_one_that_may_not_see_carts_is_not(shop: Shop) -> None:
    """Else all that changes until it may would count as asked for."""
    shop.carts = shop.orders = [BEGIN]
    shop.hidden = frozenset({"abandonedCheckouts"})
    assert [_told(page) for page in shop.pages()] == [{"order 0"}]
    shop.hidden = frozenset({"orders"})
    with pytest.raises(CredentialsRejected):
        next(shop.pages())


def test_a_page_of_orders_that_can_not_be_read_does_not_end_the_list(shop: Shop) -> None:
    shop.orders = [BEGIN + timedelta(minutes=n) for n in range(10)]
    shop.unread = frozenset(range(ORDERS_ON_A_PAGE))
    told = set().union(*map(_told, shop.pages()))
    assert told == {f"order {n}" for n in range(ORDERS_ON_A_PAGE, 10)}


@pytest.mark.parametrize(
    ("status", "kind"),
    [(301, CredentialsRejected), (308, CredentialsRejected)]
    + [(status, ChannelDown) for status in (302, 303, 307)],
)
def test_a_redirect_for_now_says_nothing_of_the_token(
    status: int, kind: type[SetupError], shop: Shop
) -> None:
    shop.status = status
    with pytest.raises(kind) as caught:
        next(shop.pages())
    assert type(caught.value) is kind
