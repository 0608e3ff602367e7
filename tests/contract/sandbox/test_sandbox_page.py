"""The page with a phone for each shopper, in a real browser."""

import shutil
from collections.abc import Iterator

import pytest

from .harness import Running, Shop, connected

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "sync_api.Browser", sandbox: Running) -> Iterator["sync_api.Page"]:
    problems: list[str] = []
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(sandbox.url)
    yield page
    page.close()
    assert problems == []


def test_a_new_user_makes_an_account_and_writes(page: "sync_api.Page") -> None:
    page.get_by_role("button", name="Telegram").click()
    account = page.locator("section.account.telegram").last
    account.get_by_placeholder("Shopper").fill("ليلى حداد")
    account.get_by_role("button", name="Open").click()
    phone = page.locator("article.phone.telegram").last
    phone.get_by_placeholder("Message").fill("مرحبا")
    phone.get_by_role("button", name="Send").click()
    text = phone.locator("li.shopper .text")
    sync_api.expect(text).to_have_text("مرحبا")
    sync_api.expect(text).to_have_attribute("dir", "auto")
    assert text.evaluate("element => getComputedStyle(element).direction") == "rtl"
    sync_api.expect(phone.locator(".note")).to_contain_text("No webhook is registered")


def test_the_answer_and_its_ticks_appear_by_themselves(
    page: "sync_api.Page", sandbox: Running, shop: Shop
) -> None:
    account = connected(sandbox, shop, "whatsapp", name="Blue Kettle")
    to = account.address("Mary Okoro")
    page.locator("section.account.whatsapp").get_by_role("button", name="Mary Okoro").click()
    phone = page.locator("article.phone.whatsapp")
    account.send(to, "<img src=x onerror=alert(1)> & <b>hello</b>")
    answer = phone.locator("li.shop")
    sync_api.expect(answer.locator(".text")).to_have_text("<img src=x onerror=alert(1)> & <b>hello</b>")
    sync_api.expect(answer.locator(".tick.read")).to_have_attribute("title", "read")
    sync_api.expect(phone.locator(".note")).to_be_hidden()


def test_buttons_on_a_phone_can_be_tapped(page: "sync_api.Page", sandbox: Running, shop: Shop) -> None:
    account = connected(sandbox, shop, "telegram")
    to = account.address("Ioana Pop")
    page.locator("section.account.telegram").last.get_by_role("button", name="Ioana Pop").click()
    keyboard = {"inline_keyboard": [[{"text": "Hours", "callback_data": "hours"}]]}
    account.send(to, "What now?", reply_markup=keyboard)
    page.locator("article.phone").last.get_by_role("button", name="Hours").click()
    assert account.hears(2)[-1]["callback_query"]["data"] == "hours"
