"""Asking a WooCommerce shop what changed: nothing is left out by a long or an odd list."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from woo_connection import connected
from woo_site import Site, opened, says

from chalicelib.domain.commerce.events import OrderTold
from chalicelib.ports.commerce import Changed
from integrations.woocommerce.live import ON_A_PAGE, changed
from integrations.woocommerce.site import Sites

BEGIN = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Listing:
    """A shop with so many orders and so many more in its bin, one a second. undated: numbers of orders that
    nobody can read when they were changed."""

    def __init__(self, site: Site, live: int = 0, binned: int = 0, undated: tuple[int, ...] = ()) -> None:
        self.site, self.undated = site, undated
        self.lists = {"any": range(live), "trash": range(1_000, 1_000 + binned)}
        site.answer = self.answer

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        found = [one for one in map(self.order, self.lists[asked["status"]]) if _is_within(one, asked)]
        start = (int(asked["page"]) - 1) * int(asked["per_page"])
        says(found[start : start + int(asked["per_page"])])(handler)

    def order(self, number: int) -> dict[str, Any]:
        at = (BEGIN + timedelta(seconds=number % 1_000)).isoformat()[:19]
        status = "trash" if number >= 1_000 else "processing"
        shown = "odd" if number in self.undated else at
        return {"id": number + 1, "number": str(number + 1), "status": status, "date_modified_gmt": shown} | {
            "date_created_gmt": at,
            "_at": at,
        }

    def pages(self) -> Iterator[Changed]:
        after = ""
        for _ in range(40):
            connection = connected(f"{self.site.url}/shop")
            page = changed(Sites(self.site.url), connection, BEGIN - timedelta(days=1), after)
            yield page
            after = page.after
            if not after:
                return
        raise AssertionError("it never ends")


def _is_within(order: dict[str, Any], asked: dict[str, str]) -> bool:
    return bool(asked["modified_after"] < order["_at"] < asked.get("modified_before", "9"))


def _told(page: Changed) -> dict[int, datetime]:
    """The orders of a page, by number, and when they were changed."""
    orders = [event.order for event in page.events if isinstance(event, OrderTold)]
    return {int(one.order_id) - 1: one.at for one in orders}


@pytest.fixture
def site() -> Iterator[Site]:
    with opened() as site:
        yield site


def test_an_order_whose_time_can_not_be_read_does_not_end_the_list(site: Site) -> None:
    found = [_told(page) for page in Listing(site, live=60, undated=(ON_A_PAGE - 1,)).pages()]
    assert {number for page in found for number in page} >= set(range(60)) - {ON_A_PAGE - 1}


@pytest.mark.parametrize("live", [0, 60])
def test_a_bin_that_is_fuller_than_a_page_is_read_to_its_ground(live: int, site: Site) -> None:
    found = [_told(page) for page in Listing(site, live=live, binned=230).pages()]
    assert {number for page in found for number in page} == {*range(live), *range(1_000, 1_230)}


def test_a_page_vouches_only_for_what_was_told(site: Site) -> None:
    whole = {n: BEGIN + timedelta(seconds=n % 1_000) for n in (*range(60), *range(1_000, 1_230))}
    told: set[int] = set()
    vouched = []
    for page in Listing(site, live=60, binned=230).pages():
        assert len(_told(page)) <= 2 * ON_A_PAGE, "a function has half a minute to hear them"
        told |= set(_told(page))
        if page.until is not None:
            vouched.append(page.until)
            assert {n for n, at in whole.items() if at < page.until} <= told
    assert vouched == sorted(vouched)
    assert vouched
