"""The public FAQ page, as shoppers see it on a phone and on a desk, through the API that serves it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or ""
needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("CI"), reason="Debian's chromium is not installed"
)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
COLOURS = {"accent": "#f2b705", "background": "#fffaf0"}
ARTICLES = {
    "delivery": {
        "en": (
            "How long does delivery take?",
            "Two to five working days.\nTrack it at https://post.example/track.",
        ),
        "ar": ("كم يستغرق التوصيل؟", "من يومين إلى خمسة أيام عمل.\nللتتبع: https://post.example/track"),
    },
    "returns": {
        "en": ("Can I return an item?", "Within 30 days, unworn.\n\nWrite to us, and we send a label."),
        "ar": ("هل يمكنني إرجاع منتج؟", "خلال 30 يومًا، من دون استعمال.\n\nتكفي رسالة وسنرسل الملصق."),
    },
    "payment": {
        "en": ("How can I pay?", "By card, PayPal, or in cash on delivery."),
        "ar": ("كيف يمكنني الدفع؟", "بالبطاقة أو PayPal أو نقدًا عند الاستلام."),
    },
    "hours": {
        "en": ("When are you open?", "Monday to Saturday from 10:00 to 19:00."),
        "ar": ("متى تفتحون؟", "من الاثنين إلى السبت، من 10:00 إلى 19:00."),
    },
    "gift-wrap": {"en": ("Do you wrap gifts?", "Yes, <b>for 2 euro</b>, with a card in your words.")},
    "sizes": {
        "en": ("Which size should I take?", "Our sizes run true. " * 12),
        "ar": ("أي مقاس أختار؟", "مقاساتنا مطابقة للمعتاد."),
    },
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def faq_url(stack: Any) -> str:
    """The page of a shop that has written its articles and chosen its colours."""
    made = stack.call("POST", "/merchants", key=stack.admin_key, json={"name": "Casa Luna"}).json()
    key = made["api_key"]
    settings = {"name": "Casa Luna", "languages": ["en", "ar"], "colours": COLOURS}
    assert stack.call("PUT", "/settings", key=key, json=settings).ok
    for article_id, texts in ARTICLES.items():
        written = {code: {"question": asked, "answer": told} for code, (asked, told) in texts.items()}
        answer = stack.call("PUT", f"/faq/{article_id}", key=key, json={"texts": written})
        assert answer.ok, answer.text
    return str(stack.call("GET", "/faq", key=key).json()["page_url"])


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": request.param, "height": 860}, locale="en-GB")
    broken: list[str] = []
    opened.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert broken == []


@needs_chromium
def test_a_shopper_reads_the_answer_that_a_message_linked_to(
    page: Page, faq_url: str, tmp_path: Path
) -> None:
    page.goto(f"{faq_url}#hours")
    expect(page.get_by_role("heading", name="Casa Luna")).to_be_visible()
    expect(page.get_by_role("heading", name="When are you open?")).to_be_in_viewport()
    assert page.get_by_role("heading", level=2).count() == len(ARTICLES)
    expect(page.get_by_text("<b>for 2 euro</b>")).to_be_visible()
    assert _colour(page, "header", "backgroundColor") == "rgb(242, 183, 5)"
    assert _colour(page, "header", "color") == "rgb(0, 0, 0)"
    assert _colour(page, "body", "backgroundColor") == "rgb(255, 250, 240)"
    assert _fits(page)
    page.goto(faq_url)
    _look(page, tmp_path / "faq-en.png")


@needs_chromium
def test_a_shopper_searches_with_slips_and_comes_back(page: Page, faq_url: str, tmp_path: Path) -> None:
    page.goto(faq_url)
    page.get_by_role("searchbox").fill("delivrey time")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("heading", level=2).all_inner_texts()[0] == "How long does delivery take?"
    expect(page.get_by_role("link", name="https://post.example/track", exact=True)).to_be_visible()
    _look(page, tmp_path / "faq-found.png")
    page.get_by_role("searchbox").fill("submarine")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("a person will answer")
    _look(page, tmp_path / "faq-nothing.png")
    page.get_by_role("link", name="Show all questions").click()
    assert page.get_by_role("heading", level=2).count() == len(ARTICLES)


@needs_chromium
def test_arabic_is_read_from_the_right(page: Page, faq_url: str, tmp_path: Path) -> None:
    page.goto(faq_url)
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html[lang=ar][dir=rtl]")).to_have_count(1)
    expect(page.get_by_role("heading", name="كم يستغرق التوصيل؟")).to_be_visible()
    left_to_right = page.locator("article[lang=en][dir=ltr]")
    expect(left_to_right.get_by_role("heading")).to_have_text("Do you wrap gifts?")
    assert _fits(page)
    _look(page, tmp_path / "faq-ar.png")


def test_the_page_runs_nothing_and_may_be_kept_a_minute(faq_url: str) -> None:
    answer = requests.get(faq_url, headers={"Accept-Language": "ar"}, timeout=60)
    assert answer.status_code == 200
    assert 'lang="ar"' in answer.text and "<script" not in answer.text
    assert len(answer.content) < 50_000
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_a_marketer_writes_articles_and_an_agent_reads_them(stack: Any) -> None:
    owner = stack.call("POST", "/merchants", key=stack.admin_key, json={"name": "Luna"}).json()["api_key"]
    keys = {
        role: stack.call("POST", "/keys", key=owner, json={"name": role, "role": role}).json()["api_key"]
        for role in ("marketer", "agent")
    }
    body = {"texts": {"ro": {"question": "Cât durează?", "answer": "O zi.", "keywords": ["livrare"]}}}
    for article_id in ("b", "a"):
        assert stack.call("PUT", f"/faq/{article_id}", key=keys["marketer"], json=body).json() == {
            "article_id": article_id,
            **body,
        }
    refused = [
        stack.call("PUT", "/faq/a", key=keys["agent"], json=body),
        stack.call("PUT", "/faq/a%20b", key=owner, json=body),
        stack.call("PUT", "/faq/a", key=owner, json={"texts": {"xx": body["texts"]["ro"]}}),
        stack.call("DELETE", "/faq/c", key=owner),
    ]
    assert [(one.status_code, one.json()["error"]["code"]) for one in refused] == [
        (403, "forbidden"),
        (400, "invalid"),
        (400, "invalid"),
        (404, "not_found"),
    ]
    first = stack.call("GET", "/faq?limit=1", key=keys["agent"]).json()
    second = stack.call("GET", f"/faq?limit=1&next={first['next']}", key=keys["agent"]).json()
    assert [page["items"][0]["article_id"] for page in (first, second)] == ["a", "b"]
    assert stack.call("DELETE", "/faq/a", key=keys["marketer"]).ok
    assert len(stack.call("GET", "/faq", key=owner).json()["items"]) == 1
    report = stack.call("GET", "/insights/unanswered", key=keys["agent"])
    assert (report.status_code, report.json()["items"]) == (200, [])


def test_whoever_has_no_page_is_answered_alike(stack: Any, faq_url: str) -> None:
    """Nobody of this id, a merchant without articles, what is no id at all."""
    quiet = stack.call("POST", "/merchants", key=stack.admin_key, json={"name": "Quiet"}).json()
    home = faq_url.rpartition("/")[0]
    ids = ("mt_00000000000000000000", quiet["merchant_id"], "delivery", "%3Cscript%3E")
    answers = [requests.get(f"{home}/{one}", timeout=60) for one in ids]
    assert {(one.status_code, one.text, one.headers["Cache-Control"]) for one in answers} == {
        (404, answers[0].text, "no-store")
    }


def _colour(page: Page, place: str, name: str) -> str:
    return str(page.locator(place).evaluate(f"one => getComputedStyle(one).{name}"))


def _fits(page: Page) -> bool:
    """Nobody has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def _look(page: Page, path: Path) -> None:
    """Kept in the test's folder, to be looked at; a page that drew nothing would be a few hundred bytes."""
    page.screenshot(path=path, full_page=True)
    assert path.stat().st_size > 10_000
