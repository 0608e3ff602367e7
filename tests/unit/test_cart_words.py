"""What a reminder says: in every language and tone, as prices are written there, whole on every channel."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product
from string import Formatter

import pytest

import schemas
from chalicelib.domain.commerce.cart_templates import CART_FIELDS, cart_template
from chalicelib.domain.commerce.carts import Cart
from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.recovery import StepRule
from chalicelib.domain.consent.words import said
from chalicelib.domain.content import File
from chalicelib.domain.languages import LANGUAGES, guess
from chalicelib.domain.merchants import Shop
from chalicelib.domain.rendering import render
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate, template_id_of
from chalicelib.domain.templates.saved import link_end, use_for
from chalicelib.domain.texts.cart_sentences import cart_texts
from chalicelib.services.sending.wording import Speaker
from chalicelib.services.shop_settings import BadSetting, changed_shop
from chalicelib.services.shops.cart_settings import CheckCartTemplates
from chalicelib.services.shops.cart_words import MOST_ITEMS, price_told, reminder
from integrations.registry import CHANNELS, BaseUrls

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TAKES = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
TONES = ("friendly", "polite")
MUG = Line(title="Blue mug", quantity=2, variant="large", picture="https://shop.example/mug.jpg")
CART = Cart(
    connection_id="cn_shop",
    cart_id="c1",
    at=NOW,
    created_at=NOW,
    lines=(MUG, Line(title="Tea")),
    total=Decimal("1234.5"),
    currency="EUR",
    url="https://shop.example/cart/c1?key=k",
)
RULE = StepRule(after=timedelta(minutes=45), has_picture=False)


def speaker(language: str = "en", tone: str | None = None, name: str = "Ana") -> Speaker:
    return Speaker(Shop(name="Casa Luna", tone=tone), language, name, NOW)


@pytest.mark.parametrize(("language", "tone"), list(product(LANGUAGES, TONES)))
def test_every_language_says_it_whole_in_both_tones(language, tone):
    texts = cart_texts(language, tone)
    names = {
        field: {name for _, name, _, _ in Formatter().parse(getattr(texts, field)) if name}
        for field in ("first", "again", "code", "back", "stop", "comma")
    }
    assert names["first"] == names["again"] == {"items", "total"}
    assert (names["code"], names["stop"], names["back"], names["comma"]) == ({"code"}, {"stop"}, set(), set())
    assert texts.first != texts.again and len(texts.back.encode("utf-16-le")) // 2 <= 20
    plain = f"{texts.first} {texts.again} {texts.stop}".format(items="", total="", stop="")
    assert guess(plain, LANGUAGES) in (language, ""), "it is no other language"
    assert not said(texts.back), "whoever taps it says nothing of consent"


@pytest.mark.parametrize(("language", "channel"), list(product(LANGUAGES, TAKES)))
def test_a_reminder_fits_every_channel_and_names_products_price_code_and_link(language, channel):
    takes = TAKES[channel]
    for rule in (
        StepRule(after=RULE.after, code="TENTH"),
        StepRule(after=RULE.after, code="TENTH", has_picture=False),
    ):
        content = reminder(speaker(language), CART, rule, 1, takes)
        parts = render(content, takes)
        told = "\n".join(
            [*(part.text for part in parts), *(one.url for part in parts for one in part.buttons)]
        )
        assert all(word in told for word in ("Blue mug", "Tea", "TENTH", CART.url, "Ana")), told
        assert told.count(CART.url) == 1


def test_only_the_first_products_are_named_and_long_names_are_cut():
    lines = tuple(Line(title=f"Thing {number}" + "!" * 90) for number in range(5))
    text = reminder(speaker(), CART, RULE, 1, TAKES["telegram"]).text
    assert "+" not in text
    cart = Cart(connection_id="c", cart_id="1", at=NOW, created_at=NOW, lines=lines)
    text = reminder(speaker(), cart, RULE, 1, TAKES["telegram"]).text
    assert text.count("…") == MOST_ITEMS and "+2." in text and "(" not in text, "without a price no brackets"


PRICES = [
    ("EUR", "de", "", "1.234,50 €"),
    ("EUR", "en", "IE", "€1,234.50"),
    ("MDL", "ro", "MD", "1.234,50 L"),
    ("JPY", "en", "", "¥1,234"),
    ("MXN", "es", "MX", "$1,234.50"),
    ("TRY", "tr", "TR", "₺1.234,50"),
    ("", "en", "", ""),
]


@pytest.mark.parametrize(("currency", "language", "country", "told"), PRICES)
def test_prices_are_written_as_their_readers_write_them(currency, language, country, told):
    assert price_told(Decimal("1234.5"), currency, language, country).replace("\xa0", " ") == told


def test_a_country_that_does_not_speak_the_language_changes_nothing():
    assert price_told(Decimal(5), "EUR", "hi", "XX") == price_told(Decimal(5), "EUR", "hi")


def test_arabic_keeps_what_is_written_the_other_way_apart_and_leaves_what_is_copied_bare():
    text = reminder(speaker("ar"), CART, StepRule(after=RULE.after, code="TENTH"), 1, TAKES["telegram"]).text
    assert (
        "\u2068Tea\u2069" in text
        and "TENTH\u2069" not in text
        and text.count("\u2068") == text.count("\u2069")
    )


def test_a_picture_that_the_channel_can_not_show_is_left_out():
    for url in ("https://shop.example/mug.webp", ""):
        line = Line(title="Mug", picture=url)
        cart = Cart(
            connection_id="c", cart_id="1", at=NOW, created_at=NOW, lines=(line,), url="https://x.example"
        )
        whole = StepRule(after=RULE.after)
        assert reminder(speaker(), cart, whole, 1, TAKES["whatsapp"]).kind == "buttons"


def test_the_shops_own_words_stand_in_place_of_ours_in_their_language_alone():
    rule = StepRule(after=RULE.after, texts={"ro": "{name}, {items} la {shop}"}, has_picture=False)
    told = reminder(speaker("ro"), CART, rule, 1, TAKES["telegram"]).text
    assert told.startswith("Ana, 2 × Blue mug (large), Tea la Casa Luna\n\n")
    assert reminder(speaker("ro", name=""), CART, rule, 1, TAKES["telegram"]).text.startswith("2 × Blue")
    assert reminder(speaker("fr"), CART, rule, 1, TAKES["telegram"]).text.startswith("Bonjour")


DEFINITION = TemplateDefinition(
    name="cart",
    language="en",
    state="approved",
    header_kind="image",
    body="{{1}} is waiting.",
    buttons=(DefinedButton(kind="url", text="Back", url="https://shop.example/{{1}}"),),
)
USE = {
    "name": "cart",
    "language": "en",
    "variables": {
        "body.1": {"field": "cart.items", "fallback": "Your cart"},
        "buttons.0": {"field": "cart.link_end", "fallback": "cart"},
    },
    "header": {"kind": "image", "url": "https://shop.example/logo.png"},
}


def test_a_template_is_the_readers_else_the_shops_else_any():
    by_language = {"ro": {**USE, "language": "ro"}, "en": USE}
    assert use_for(by_language, ("en", "ro")).language == "en"
    assert use_for(by_language, ("fr", "ro")).language == "ro"
    assert use_for(by_language, ("fr",)).language == "en"
    assert use_for({}, ("en",)) is None


def test_a_template_takes_the_carts_own_picture_and_the_end_of_its_link():
    values = {"cart.items": "Tea", "cart.url": CART.url}
    use = use_for({"en": USE}, ("en",))
    own = cart_template(use, DEFINITION, values, File(url=MUG.picture)).template
    assert own.header_file.url == MUG.picture and own.buttons[0].value == "cart/c1?key=k"
    assert cart_template(use, DEFINITION, values, None).template.header_file.url.endswith("logo.png")
    assert link_end(DEFINITION, "https://elsewhere.example/cart/c1") == ""


class Approved:
    """The TemplateStore with one template."""

    def template(self, merchant_id: str, template_id: str) -> KnownTemplate | None:
        named = template_id_of("cn_1", "cart", "en")
        known = KnownTemplate(template_id=named, connection_id="cn_1", definition=DEFINITION, fetched_at=NOW)
        return known if template_id == named else None


BROKEN = [
    ({"cn_1": {"en": USE}}, ""),
    ({"cn_2": {"en": USE}}, "carts.steps.0.templates.cn_2"),
    ({"cn_1": {"en": {**USE, "name": "other"}}}, "carts.steps.0.templates.cn_1.en"),
    ({"cn_1": {"en": {**USE, "variables": {"buttons.0": "x"}}}}, "carts.steps.0.templates.cn_1.en.body.1"),
    (
        {
            "cn_1": {
                "en": {
                    **USE,
                    "variables": {"body.1": {"field": "cart.colour", "fallback": "x"}, "buttons.0": "x"},
                }
            }
        },
        "carts.steps.0.templates.cn_1.en.body.1",
    ),
    ({"cn_1": {"en": {**USE, "header": {}}}}, "carts.steps.0.templates.cn_1.en.header"),
]


@pytest.mark.parametrize(("templates", "field"), BROKEN)
def test_a_template_that_the_channel_would_refuse_is_refused_when_it_is_saved(templates, field):
    carts = {"steps": [{"templates": templates}]}
    found = [field for field, _ in CheckCartTemplates(Approved())("mt_1", carts, ["cn_1"])]
    assert found[:1] == ([field] if field else [])
    assert {"cart.link_end", "cart.items"} <= set(CART_FIELDS)


class NoHolidays:
    def dates(self, country, region, year):
        return frozenset()

    def regions(self, country):
        return None


def saved(before: Shop, now: datetime = NOW, **carts) -> Shop:
    return changed_shop(before, {"carts": carts}, (), NoHolidays(), now)


def test_switching_on_remembers_since_when_and_each_time_anew():
    on = saved(Shop(), on=True)
    assert on.carts == {"on": True, "on_since": NOW.isoformat()}
    later = NOW + timedelta(days=1)
    kept = saved(on, later, min_value=10)
    assert kept.carts == {"on": True, "on_since": NOW.isoformat(), "min_value": 10}
    off = saved(kept, later, on=False)
    assert off.carts["on_since"] is None
    assert saved(off, later, on=True).carts["on_since"] == later.isoformat()
    assert saved(Shop(), min_value=1).carts["on_since"] is None
    assert changed_shop(on, {"name": "Luna"}, (), NoHolidays(), later).carts == on.carts


WRONG = [
    ({"steps": [{"after_minutes": 9}]}, "carts.steps.0.after_minutes"),
    ({"steps": [{}, {"after_minutes": 2880}], "max_age_days": 2}, "carts.steps"),
    ({"steps": [{"texts": {"en": "Hi {colour}"}}]}, "carts.steps.0.texts.en"),
    ({"steps": [{"texts": {"xx": "Hi"}}]}, "carts.steps.0.texts.xx"),
]


@pytest.mark.parametrize(("carts", "field"), WRONG)
def test_what_can_not_be_meant_is_refused_with_its_place(carts, field):
    with pytest.raises(BadSetting) as refused:
        saved(Shop(), **carts)
    assert refused.value.field == field


def test_the_schema_lets_every_setting_through_and_nobody_sets_what_is_ours():
    step = {"after_minutes": 60, "texts": {"ro": "Hei"}, "templates": {"cn_1": {"en": USE}}}
    whole = {"on": True, "steps": [{**step, "code": "TENTH", "picture": False}], "max_age_days": 3}
    rest = {"spacing_hours": 48, "min_value": 9.5, "excluded": ["p1"], "holdout": None}
    assert schemas.check("settings", {"carts": {**whole, **rest}})
    for said_too in (
        {"on_since": NOW.isoformat()},
        {"steps": []},
        {"steps": [{}] * 4},
        {"spacing_hours": 12},
    ):
        with pytest.raises(schemas.Invalid):
            schemas.check("settings", {"carts": said_too})
