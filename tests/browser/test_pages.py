"""Pages as a person sees them, in a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or ""
needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("CI"), reason="Debian's chromium is not installed"
)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(viewport={"width": 1280, "height": 860})
        browser.close()


@needs_chromium
@pytest.mark.parametrize("channel", ["WhatsApp", "Messenger", "Instagram", "Telegram"])
def test_a_shopper_types_on_the_phone_and_sees_the_answer_arrive(stack, page, channel, tmp_path):
    page.goto(stack.sandbox_url)
    accounts = page.locator(f"section.account.{channel.lower()}")
    expect(page.get_by_role("button", name=channel, exact=True)).to_be_visible()
    known = accounts.count()
    page.get_by_role("button", name=channel, exact=True).click()
    expect(accounts).to_have_count(known + 1)
    account = accounts.last
    account.get_by_role("button", name="Connect to the sample shop").click()
    expect(account.get_by_text("Delivers to")).to_be_visible()
    account.get_by_placeholder("Shopper").fill("Leyla")
    account.get_by_role("combobox").select_option("tr")
    account.get_by_role("button", name="Open").click()
    phone = page.get_by_role("article", name=f"Leyla on {channel}")
    phone.get_by_placeholder("Message").fill("Merhaba, mavi elbise var mı?")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Merhaba Leyla", exact=False)).to_be_visible(timeout=30_000)
    _look(page, tmp_path / f"phone-{channel}.png")


@needs_chromium
def test_the_api_is_described_on_a_page(stack, page, tmp_path):
    page.goto(f"{stack.api_url}/docs")
    expect(page.get_by_role("heading", name="Parley's API")).to_be_visible()
    expect(page.get_by_text("/threads/{id}/messages")).to_be_visible()
    expect(page.get_by_text("bot_token")).to_be_visible()
    _look(page, tmp_path / "docs.png")


def _look(page: Page, path: Path) -> None:
    """Kept in the test's folder, to be looked at; a page that drew nothing would be a few hundred bytes."""
    page.screenshot(path=path)
    assert path.stat().st_size > 10_000
