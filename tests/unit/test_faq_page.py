"""The FAQ's page: what it shows to whom, and that nothing in it can be more than text."""

from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import pytest

import schemas
from chalicelib.domain.answering.asks import Ask
from chalicelib.domain.faq.articles import ARTICLE_ID, faq_url
from chalicelib.domain.faq.asking import is_worth_counting
from chalicelib.domain.faq.matching import Faq, faq_from
from chalicelib.domain.faq.page_words import PAGE_WORDS
from chalicelib.domain.faq.reading import language_for, languages_of, searched
from chalicelib.domain.faq.unanswered import Asked
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.messages import MessageRef
from chalicelib.ports.errors import StoreBusy
from chalicelib.services.faq.count_unanswered import CountUnanswered
from chalicelib.services.faq.known_faq import KnownFaq
from functions import faq_page
from functions.looks import luminance, text_on

ARTICLES = [
    {"id": "time", "language": "en", "question": "How long does delivery take?", "answer": "Two days."},
    {"id": "time", "language": "ar", "question": "كم يستغرق التوصيل؟", "answer": "يومان."},
    {"id": "pay", "language": "en", "question": "How can I pay?", "answer": "By card.", "keywords": "visa"},
]
FAQ = faq_from(ARTICLES)


def ids(text: str, language: str = "en") -> list[str]:
    return [one.article_id for one in searched(FAQ, text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["time", "pay"]),
        ("  ?! ", ["time", "pay"]),
        ("delivrey time", ["time"]),
        ("two DAYS", ["time"]),
        ("visa", ["pay"]),
        ("car", ["pay"]),
        ("التوصيل", ["time"]),
        ("submarine", []),
        ("x" * 5000, []),
    ],
)
def test_a_search_finds_by_meaning_and_by_letters(text: str, found: list[str]) -> None:
    assert ids(text) == found


@pytest.mark.parametrize(
    ("asked", "accepts", "language"),
    [
        ("ar", "en", "ar"),
        ("de", "ar", "ar"),
        ("", "ar-EG,en;q=0.5", "ar"),
        ("", "en;q=0.2, ar;q=0.8", "ar"),
        ("", "ar;q=0, en;q=0.1", "en"),
        ("", "fr, *", "en"),
        ("", "ar;q=much", "ar"),
        ("", ",;;q=,=", "en"),
        ("<script>", "\u0000" * 9000, "en"),
        ("", "", "en"),
    ],
)
def test_a_reader_gets_their_language_where_it_is_written(asked: str, accepts: str, language: str) -> None:
    assert language_for(asked, accepts, languages_of(FAQ)) == language


def test_where_english_is_not_written_the_first_language_is_shown() -> None:
    assert language_for("de", "fr", ["tr", "kk"]) == "tr"


def test_the_page_speaks_all_languages() -> None:
    assert list(PAGE_WORDS) == list(LANGUAGES)
    for words in PAGE_WORDS.values():
        assert all((words.own_name, words.title, words.search, words.nothing, words.everything))


def test_every_colour_has_a_text_that_is_read_easily() -> None:
    """WCAG 2.2, contrast of at least 4.5 to 1."""
    for red in range(0, 256, 15):
        for green in range(0, 256, 15):
            for blue in range(0, 256, 51):
                colour = f"#{red:02x}{green:02X}{blue:02x}"
                dark, light = sorted((luminance(colour), luminance(text_on(colour))))
                assert (light + 0.05) / (dark + 0.05) >= 4.5, colour
    assert (text_on("#ffffff"), text_on("#000000")) == ("#000000", "#ffffff")


EVIL = "<script>alert(1)</script>\" onload='x' & https://shop.example/a?b=1&c=2."


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)


def test_whatever_is_written_stays_text() -> None:
    faq = faq_from([{"id": "evil", "language": "en", "question": EVIL, "answer": f"{EVIL}\n\n{EVIL}"}])
    page = faq_page.Page(
        name=EVIL, language="en", languages=["en", "ar"], search=EVIL, found=list(faq.articles.values())
    )
    html = faq_page.whole(page, faq_page.style({"accent": "red;}</style>", "background": "#123456"}))
    seen = Tags()
    seen.feed(html)
    assert "script" not in seen.tags and "onload" not in seen.attributes
    assert seen.tags.count("style") == 1
    assert 'href="https://shop.example/a?b=1&amp;c=2" rel="nofollow noopener"' in html
    assert unescape(html).count("alert(1)") >= 5
    assert "--accent:#2f5d50" in html and "--ground:#123456" in html


def test_an_article_in_another_language_keeps_its_own_direction() -> None:
    page = faq_page.Page(
        name="Luna", language="ar", languages=["en", "ar"], search="", found=list(FAQ.articles.values())
    )
    html = faq_page.whole(page, faq_page.style({}))
    assert '<html lang="ar" dir="rtl">' in html
    assert '<article id="pay" lang="en" dir="ltr">' in html
    assert '<article id="time">' in html


def test_a_page_of_many_articles_is_small_and_lists_its_questions() -> None:
    faq = faq_from(
        {"id": f"a{place}", "language": "en", "question": f"Question {place}?", "answer": "Yes. " * 60}
        for place in range(100)
    )
    found = list(faq.articles.values())
    page = faq_page.Page(name="Luna", language="en", languages=["en"], search="", found=found)
    html = faq_page.whole(page, faq_page.style({}))
    assert len(html.encode()) < 60_000
    assert html.count('href="#a99"') == 2
    assert "<footer>" not in html


def test_an_answer_links_to_its_article() -> None:
    assert (
        faq_url("https://x.example/api", "mt_1", "time", "ar")
        == "https://x.example/api/faq/mt_1?lang=ar#time"
    )
    assert faq_url("https://x.example", "mt_1") == "https://x.example/faq/mt_1"
    assert faq_url("", "mt_1", "time") == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Do you sell tents?", True),
        ("when do you close", True),
        ("有帐篷吗？", True),
        ("есть палатки؟", True),
        ("tents?", False),
        ("I like it", False),
        ("???", False),
        ("", False),
        ("Where is it? " * 20, False),
        ("好吗", False),
    ],
)
def test_what_is_counted_is_a_short_question(text: str, is_one: bool) -> None:
    assert is_worth_counting(text) is is_one


class Shelf:
    """The FaqStore of one merchant, which counts how often it is read."""

    def __init__(self) -> None:
        self.rows, self.reads = ARTICLES, 0

    def articles(self, merchant_id: str, after: str = "", limit: int | None = None):
        self.reads += 1
        return list(faq_from(self.rows if merchant_id == "mt_1" else []).articles.values())


def test_a_faq_is_read_once_a_minute_and_made_ready_when_it_has_changed() -> None:
    shelf, clock = Shelf(), [0.0]
    known = KnownFaq(shelf, lambda: clock[0])
    first = known("mt_1")
    assert known("mt_1") is first and known.article("mt_1", "pay") is first.articles["pay"]
    assert known.article("mt_1", "gone") is None
    assert not known("mt_2") and not known("mt_2")
    assert shelf.reads == 2
    clock[0] = 61.0
    assert known("mt_1") is first
    shelf.rows, clock[0] = ARTICLES[:1], 122.0
    assert list(known("mt_1").articles) == ["time"]
    for place in range(60):
        known(f"mt_{place}")
    assert isinstance(known("mt_1"), Faq)


class Counter:
    """The FaqStore of a shop with articles, which writes down what was counted."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def count_unanswered(self, asked: Asked) -> None:
        if asked.text == "Is it busy?":
            raise StoreBusy("now")
        self.asked.append(asked)


@pytest.mark.parametrize(
    ("merchant", "text", "ask", "count"),
    [
        ("mt_1", "Do you sell tents?", Ask("words"), 1),
        ("mt_1", "Do you sell tents?", Ask("suggestion", ("time",)), 0),
        ("mt_1", "I like tents", Ask("words"), 0),
        ("mt_2", "Do you sell tents?", Ask("words"), 0),
        ("mt_1", "Is it busy?", Ask("words"), 0),
    ],
)
def test_a_question_is_counted_where_an_article_could_be_written(
    merchant: str, text: str, ask: Ask, count: int
) -> None:
    store, now = Counter(), datetime(2026, 11, 22, tzinfo=UTC)
    counts = CountUnanswered(store, lambda merchant_id: FAQ if merchant_id == "mt_1" else Faq())
    counts(MessageRef(merchant, "th_1", "0#ms_1"), text, "en", ask, now)
    assert len(store.asked) == count


TEXT = {"question": "Q?", "answer": "A."}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "texts"),
        ({"texts": {}}, "texts"),
        ({"texts": {"tlh": TEXT}}, "texts.tlh"),
        ({"texts": {"en": {"question": "Q?"}}}, "texts.en.answer"),
        ({"texts": {"en": TEXT | {"question": " "}}}, "texts.en.question"),
        ({"texts": {"en": TEXT | {"answer": "x" * 2001}}}, "texts.en.answer"),
        ({"texts": {"en": TEXT | {"keywords": ["k"] * 21}}}, "texts.en.keywords"),
        ({"texts": {"en": TEXT | {"also": ["x" * 201]}}}, "texts.en.also.0"),
        ({"texts": {"en": TEXT | {"more": ""}}}, "texts.en.more"),
    ],
)
def test_an_article_that_does_not_fit_is_refused_by_its_field(body: dict, field: str) -> None:
    with pytest.raises(schemas.Invalid) as refused:
        schemas.check("faq_article", body)
    assert refused.value.field == field


def test_an_article_in_every_language_is_taken() -> None:
    body = {"texts": {code: TEXT | {"keywords": ["k"], "also": ["Why?"]} for code in LANGUAGES}}
    assert schemas.check("faq_article", body) == body


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g", "#123456;}"])
def test_a_colour_that_is_none_is_refused(colour: str) -> None:
    with pytest.raises(schemas.Invalid):
        schemas.check("settings", {"colours": {"accent": colour}})
    assert schemas.check("settings", {"colours": {"accent": "#2F6f4e"}})


@pytest.mark.parametrize(
    ("article_id", "is_taken"), [("a-1_B", True), ("", False), ("a b", False), ("é", False)]
)
def test_an_articles_id_is_plain(article_id: str, is_taken: bool) -> None:
    assert (ARTICLE_ID.fullmatch(article_id) is not None) is is_taken
