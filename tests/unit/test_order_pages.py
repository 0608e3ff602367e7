"""The page of an order: what it shows, whom it never names, and that its address can't be made up."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order, Parcel, Refund
from chalicelib.domain.commerce.stages import STAGES
from chalicelib.domain.commerce.tracking import is_proven, read_token, token_for
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.links import Link
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.stage_titles import STAGE_TITLES
from chalicelib.ports.commerce import KeptOrder
from chalicelib.services.shops.tracking_pages import TrackingPages
from functions.looks import colours_of, luminance
from functions.tracking_html import Page, missing, whole
from functions.tracking_look import style
from functions.tracking_page import _language
from tests.commerce_in_memory import MemoryCommerce

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY: Final = b"k" * 32
MERCHANT, SHOP_ID = "mt_0123456789abcdef0123", "cn_abcdefghij234567abcd"
PARCEL: Final = Parcel(
    parcel_id="p1",
    state="in_transit",
    at=NOW,
    courier="DHL",
    number="0034",
    url="https://dhl.example/0034",
    promised_on=date(2026, 11, 24),
)
ORDER: Final = Order(
    connection_id=SHOP_ID,
    order_id="5678901234567",
    number="#1001",
    at=NOW,
    placed_at=NOW,
    is_confirmed=True,
    parcels=(PARCEL,),
    lines=(Line(title="Linen dress", variant="Blue", quantity=2, picture="https://pic.example/1.jpg"),),
    currency="EUR",
)
PICKS: Final = [
    {"title": "Straw hat", "url": "https://shop.example/hat", "picture": "https://pic.example/h.jpg"},
    {"title": "Belt", "url": "https://shop.example/belt", "price": "29,90 €"},
]


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(order: Order = ORDER, language: str = "en", **shop: Any) -> str:
    page = Page(order=order, shop=Shop(**({"name": "Casa Luna"} | shop)), language=language, now=NOW)
    return whole(page, style(page.shop.colours))


def steps(html: str) -> list[tuple[str, str]]:
    return re.findall(r"<li(?: class=\"?(\w+)(?: odd)?\"?(?: aria-current=step)?)?>([^<]+)</li>", html)


def titles(*names: Any) -> list[str]:
    return [STAGE_TITLES["en"][name] for name in names]


WAY: Final = ("placed", "confirmed", "packed", "shipped", "in_transit", "out_for_delivery", "delivered")


@pytest.mark.parametrize(
    ("order", "way", "here"),
    [
        (replace(ORDER, parcels=(), is_confirmed=False), WAY, "placed"),
        (replace(ORDER, parcels=()), WAY, "confirmed"),
        (ORDER, WAY, "in_transit"),
        (replace(ORDER, parcels=(replace(PARCEL, state="delivered"),)), WAY, "delivered"),
        (
            replace(ORDER, parcels=(replace(PARCEL, state="attempted"),)),
            (*WAY[:6], "attempted", "delivered"),
            "attempted",
        ),
        (
            replace(ORDER, parcels=(replace(PARCEL, state="ready_for_pickup"),)),
            (*WAY[:5], "ready_for_pickup", "delivered"),
            "ready_for_pickup",
        ),
        (replace(ORDER, parcels=(replace(PARCEL, state="failed"),)), (*WAY[:6], "failed"), "failed"),
        (replace(ORDER, state="cancelled"), ("placed", "cancelled"), "cancelled"),
        (replace(ORDER, parcels=(replace(PARCEL, state="cancelled"),)), WAY, "confirmed"),
    ],
)
def test_the_way_of_an_order_is_shown_as_far_as_it_has_come(order: Order, way: tuple, here: str) -> None:
    found = steps(shown(order))
    assert [title for _, title in found] == titles(*way)
    place = way.index(here)
    assert [kind for kind, _ in found] == ["done"] * place + ["here"] + [""] * (len(way) - place - 1)


def test_each_of_several_parcels_has_its_own_way() -> None:
    two = replace(ORDER, parcels=(PARCEL, replace(PARCEL, parcel_id="p2", state="delivered", number="0035")))
    html = shown(two)
    assert "Parcel 1" in html and "Parcel 2" in html and "0034" in html and "0035" in html
    assert [title for kind, title in steps(html) if kind == "here"] == titles("in_transit", "delivered")


@pytest.mark.parametrize(
    ("promised", "state", "holds", "lacks"),
    [
        (date(2026, 11, 24), "in_transit", "Tuesday, November 24", "longer than"),
        (date(2026, 11, 22), "in_transit", "Sunday, November 22", "longer than"),
        (date(2026, 11, 21), "in_transit", "taking longer than we promised", "November"),
        (date(2026, 11, 21), "delivered", "has been delivered", "longer than"),
        (None, "shipped", "on its way", "Expected"),
    ],
)
def test_the_promised_day_is_shown_until_it_is_over(
    promised: date | None, state: Any, holds: str, lacks: str
) -> None:
    html = shown(replace(ORDER, parcels=(replace(PARCEL, promised_on=promised, state=state),)))
    assert holds in html and lacks not in html


def test_what_went_back_stands_below() -> None:
    refunded = replace(ORDER, refunds=(Refund(refund_id="r", at=NOW, amount=Decimal("12.5")),))
    assert "We have refunded: <bdi>€12.50</bdi>" in shown(refunded)
    assert "We have sent your money back." in shown(replace(ORDER, paid="refunded"))


def test_nobody_is_named_on_it() -> None:
    buyer = Buyer(
        customer_id="cus-991",
        name="Ana Popescu",
        email="ana@example.com",
        phones=("40712345678",),
        postcode="010101",
        country="RO",
    )
    html = shown(replace(ORDER, buyer=buyer, ref="pl_secret", carts=("cart-5",)))
    for word in ("cus-991", "Ana", "Popescu", "example.com", "40712345678", "010101", "pl_secret", "cart-5"):
        assert word not in html


EVIL: Final = "<script>alert(1)</script>\" onload='x' & "


def test_whatever_a_shop_writes_stays_text() -> None:
    parcel = replace(PARCEL, courier=EVIL, number=EVIL, url=f"https://x.example/{EVIL}")
    line = Line(title=EVIL, variant=EVIL, picture="javascript:alert(1)", url=EVIL)
    picks = [
        {"title": EVIL, "url": 'https://shop.example/"onclick="x', "price": EVIL, "picture": "http://x"},
        {"title": "no link", "url": "javascript:alert(1)"},
    ]
    html = shown(
        replace(ORDER, number=EVIL, parcels=(parcel,), lines=(line,)),
        name=EVIL,
        colours={"accent": "red;}</style>", "logo": 'https://x.example/"onerror="x'},
        orders={"suggestions": picks},
    )
    seen = Seen(html)
    assert "script" not in seen.tags and seen.tags.count("style") == 1
    names = {name for name, _ in seen.attributes}
    assert not {one for one in names if one.startswith("on")}
    urls = [value for name, value in seen.attributes if name in ("href", "src")]
    assert urls and all(url.startswith(("https://", "?lang=")) for url in urls)
    assert "no link" not in html


def test_pictures_logo_and_products_come_from_where_the_shop_has_them() -> None:
    html = shown(colours={"logo": "https://pic.example/logo.png"}, orders={"suggestions": PICKS})
    seen = Seen(html)
    assert [value for name, value in seen.attributes if name == "src"] == [
        "https://pic.example/logo.png",
        "https://pic.example/1.jpg",
        "https://pic.example/h.jpg",
    ]
    assert "29,90 €" in html and "Linen dress, Blue" in html and "× 2" in html
    assert 'name="robots" content="noindex,nofollow"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole_in_every_language_and_from_the_right_where_that_is_read_so(language: str) -> None:
    html = shown(language=language, languages=("en", "ar", "xx"), orders={"suggestions": PICKS})
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert "{" not in html.partition("</style>")[2]
    assert html.count("hreflang") == 2
    for stage in STAGES:
        assert STAGE_TITLES[language][stage]
    assert f'lang="{language}"' in missing(language, style({}))


def test_the_largest_order_is_under_50_kb() -> None:
    parcels = tuple(
        replace(
            PARCEL,
            parcel_id=f"p{n}",
            courier='"' * 500,
            number='"' * 500,
            url="https://d.example/" + "x" * 380,
        )
        for n in range(30)
    )
    line = Line(title='"' * 900, variant="ख" * 900, picture="https://p.example/" + "x" * 380)
    pick = {"title": '"' * 120, "url": "https://s.example/" + "x" * 380, "price": '"' * 40}
    refunds = tuple(Refund(refund_id=str(n), at=NOW, amount=Decimal(n + 1)) for n in range(50))
    order = replace(ORDER, parcels=parcels, lines=(line,) * 300, refunds=refunds, number="#" * 64)
    html = shown(
        order,
        "hi",
        name="क" * 100,
        languages=LANGUAGES,
        orders={"suggestions": [{**pick, "picture": pick["url"]}] * 6},
    )
    assert len(html.encode()) < 50_000
    assert "+ 280" in html


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_in_whatever_colours_it_is_read_easily(accent: str, background: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1. All words stand in these four colours, on these two."""
    made = colours_of({"accent": accent, "background": background})
    for on, text in (("accent", "on_accent"), ("ground", "ink")):
        dark, light = sorted((luminance(made[on]), luminance(made[text])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5
    used = set(re.findall(r"[^-]color:([^;}]+)", style({}).partition("}")[2]))
    assert used <= {"var(--ink)", "var(--on-accent)", "inherit"}


@pytest.mark.parametrize(
    ("asked", "accepts", "buyer", "shop", "language"),
    [
        ("ar", "de", "fr", ("ro",), "ar"),
        ("", "de-AT,en;q=0.5", "fr", ("ro",), "de"),
        ("tlh", "", "fr-CA", ("ro",), "fr"),
        ("", "*", "", ("ro", "en"), "ro"),
        ("", "xx", "xx", (), "en"),
    ],
)
def test_it_is_in_the_readers_language(
    asked: str, accepts: str, buyer: str, shop: tuple[str, ...], language: str
) -> None:
    order = replace(ORDER, buyer=Buyer(language=buyer))
    assert _language(asked, accepts, order, Shop(languages=shop)) == language


def test_an_address_names_its_order_and_is_as_short_as_a_link_in_a_chat_should_be() -> None:
    token = token_for(KEY, MERCHANT, SHOP_ID, ORDER.order_id)
    assert len(token) < 80 and re.fullmatch(r"[A-Za-z0-9_-]+", token)
    tracked = read_token(token)
    assert tracked is not None and is_proven(KEY, tracked)
    assert (tracked.merchant_id, tracked.connection_id, tracked.order_id) == (
        MERCHANT,
        SHOP_ID,
        ORDER.order_id,
    )
    assert not is_proven(b"another" * 5, tracked)


@given(st.text(min_size=1, max_size=200))
def test_any_order_id_of_a_shop_is_named(order_id: str) -> None:
    if any("\ud800" <= letter <= "\udfff" for letter in order_id):
        return
    tracked = read_token(token_for(KEY, MERCHANT, SHOP_ID, order_id))
    assert tracked is not None and tracked.order_id == order_id and is_proven(KEY, tracked)


def test_ids_that_are_not_ours_have_no_address() -> None:
    assert token_for(KEY, "mt_1", SHOP_ID, "7") == token_for(KEY, MERCHANT, "cn_ÄÖ", "7") == ""
    assert token_for(KEY, MERCHANT, SHOP_ID, "") == ""


@given(st.integers(0, 70), st.sampled_from("ABab01_-"))
def test_a_letter_that_was_changed_makes_it_worthless(place: int, letter: str) -> None:
    token = token_for(KEY, MERCHANT, SHOP_ID, ORDER.order_id)
    place %= len(token)
    other = token[:place] + letter + token[place + 1 :]
    tracked = read_token(other)
    assert other == token or tracked is None or not is_proven(KEY, tracked)


@given(st.one_of(st.text(max_size=120), st.binary(max_size=90).map(lambda raw: raw.hex())))
def test_whatever_stands_in_an_address_is_read_without_a_fault(token: str) -> None:
    tracked = read_token(token)
    assert tracked is None or not is_proven(KEY, tracked)


class Links:
    """The LinkStore, of keys alone."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def link_key(self, merchant_id: str) -> bytes | None:
        return self.keys.get(merchant_id)

    def make_link_key(self, merchant_id: str, key: bytes) -> bytes:
        return self.keys.setdefault(merchant_id, key)

    def link(self, merchant_id: str, link_id: str) -> Link | None:
        return None


def test_an_address_leads_to_its_order_as_long_as_there_is_one() -> None:
    kept = KeptOrder(order=ORDER)
    where = (MERCHANT, SHOP_ID, ORDER.order_id)
    store, links = MemoryCommerce(orders={where: kept}), Links()
    pages = TrackingPages(links, store)
    url = pages.url("https://p.example/api", *where, "ar")
    assert url == pages.url("https://p.example/api", *where, "ar")
    token = url.removeprefix("https://p.example/api/t/").removesuffix("?lang=ar")
    found = pages.order(token)
    assert found is not None and found[1] == kept
    other = TrackingPages(Links(), store)
    assert other.order(token) is None
    assert pages.order(token + "A") is pages.order("") is pages.order("../x") is None
    store.orders[where] = KeptOrder(order=replace(ORDER, state="gone"))
    assert pages.order(token) is None
    store.orders.clear()
    assert pages.order(token) is None
    assert pages.url("", *where) == ""
