"""The page of an order, as its buyer sees it on a phone and on a desk, through the API that serves it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or ""
needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("CI"), reason="Debian's chromium is not installed"
)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PICTURES = "https://pictures.example"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" '
    'fill="#2f6f4e"/><circle cx="200" cy="200" r="120" fill="#f2b705"/></svg>'
)
SETTINGS = {
    "name": "Casa Luna",
    "zone": "Europe/Bucharest",
    "languages": ["en", "ar"],
    "colours": {"accent": "#7a1f3d", "background": "#fff8f2", "logo": f"{PICTURES}/logo"},
    "orders": {
        "suggestions": [
            {"title": "Straw hat", "url": "https://shop.example/hat", "picture": f"{PICTURES}/hat"},
            {
                "title": "Leather belt, brown, with a brass buckle",
                "url": "https://shop.example/belt",
                "picture": f"{PICTURES}/belt",
                "price": "29,90 €",
            },
        ]
    },
}
ORDER = {
    "number": "#1001",
    "paid": "paid",
    "buyer": {
        "name": "Ana Popescu",
        "email": "ana@example.com",
        "phone": "+40712345678",
        "postcode": "010101",
    },
    "lines": [
        {"line_id": "1", "title": "Linen dress, midi", "variant": "Blue / M", "picture": f"{PICTURES}/dress"},
        {"line_id": "2", "title": "A cotton scarf with a name that goes on for quite a while", "quantity": 2},
    ],
    "parcels": [
        {
            "parcel_id": "p1",
            "state": "in_transit",
            "courier": "DHL Express",
            "number": "JJD 0003 4012 7788",
            "url": "https://dhl.example/0034",
            "promised_on": "2090-11-21",
        }
    ],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def order_url(stack: Any) -> str:
    """The page of an order of a shop that has chosen its colours, its logo and what stands below."""
    made = stack.call("POST", "/merchants", key=stack.admin_key, json={"name": "Casa Luna"}).json()
    key = made["api_key"]
    saved = stack.call("PUT", "/settings", key=key, json=SETTINGS)
    assert saved.ok, saved.text
    shop = stack.call("POST", "/setup/shop", key=key, json={"name": "Webshop"})
    assert shop.ok, shop.text
    path = f"/shops/{shop.json()['connection_id']}/orders/5001"
    answer = stack.call("PUT", path, key=key, json=ORDER)
    assert answer.ok, answer.text
    return str(answer.json()["page_url"])


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": request.param, "height": 860}, locale="en-GB")
    broken: list[str] = []
    opened.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    opened.route(f"{PICTURES}/**", _draw)
    yield opened
    opened.close()
    assert broken == []


def _draw(route: Route) -> None:
    route.fulfill(body=PICTURE, content_type="image/svg+xml")


@needs_chromium
def test_a_buyer_sees_how_far_their_order_is(page: Page, order_url: str, tmp_path: Path) -> None:
    page.goto(order_url)
    expect(page.get_by_role("heading", name="Order #1001")).to_be_in_viewport()
    expect(page.get_by_text("It is travelling to you.")).to_be_in_viewport()
    expect(page.get_by_text("Tuesday, November 21")).to_be_in_viewport()
    here = page.locator("[aria-current=step]")
    expect(here).to_have_text("In transit")
    assert page.locator("ol.way li").all_inner_texts() == [
        "Placed",
        "Confirmed",
        "Packed",
        "Shipped",
        "In transit",
        "Out for delivery",
        "Delivered",
    ]
    assert page.get_by_role("link", name="See the courier's page").get_attribute("href") == (
        "https://dhl.example/0034"
    )
    expect(page.get_by_role("link", name="Leather belt")).to_be_visible()
    assert _colour(page, "header", "backgroundColor") == "rgb(122, 31, 61)"
    assert _colour(page, "header", "color") == "rgb(255, 255, 255)"
    assert all(page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth > 0)"))
    assert _fits(page)
    _look(page, tmp_path / "order-en.png")


@needs_chromium
def test_arabic_is_read_from_the_right(page: Page, order_url: str, tmp_path: Path) -> None:
    page.goto(order_url)
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html[lang=ar][dir=rtl]")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("#1001")
    step = page.locator("[aria-current=step]")
    expect(step).to_have_text("في الطريق")
    box, width = step.bounding_box(), page.evaluate("innerWidth")
    assert box is not None and box["x"] + box["width"] > width / 2
    assert _fits(page)
    _look(page, tmp_path / "order-ar.png")


@needs_chromium
def test_an_address_that_leads_nowhere_says_so(page: Page, order_url: str, tmp_path: Path) -> None:
    answer = page.request.get(f"{order_url}A")
    assert answer.status == 404
    page.set_content(answer.text())
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    assert _fits(page)


def test_the_page_runs_nothing_and_names_nobody(order_url: str) -> None:
    answer = requests.get(order_url, headers={"Accept-Language": "ar"}, timeout=60)
    assert answer.status_code == 200
    assert 'lang="ar"' in answer.text and "<script" not in answer.text
    assert len(answer.content) < 50_000
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "img-src https:;" in policy
    for word in ("Ana", "Popescu", "ana@", "40712345678", "010101"):
        assert word not in answer.text


def _colour(page: Page, place: str, name: str) -> str:
    return str(page.locator(place).first.evaluate(f"one => getComputedStyle(one).{name}"))


def _fits(page: Page) -> bool:
    """Nobody has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def _look(page: Page, path: Path) -> None:
    """Kept in the test's folder, to be looked at; a page that drew nothing would be a few hundred bytes."""
    page.screenshot(path=path, full_page=True)
    assert path.stat().st_size > 10_000
