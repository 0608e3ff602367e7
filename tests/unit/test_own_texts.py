"""A shop's own words: checked when they are saved, filled in when they are said."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.texts.overrides import LONGEST, VARIABLES, filled, own_text, problems_in
from chalicelib.services.sending.wording import (
    Speaker,
    complaint,
    faq_answer,
    greeting,
    handover,
    still_on_it,
    survey_question,
)
from chalicelib.services.shop_settings import BadSetting, changed_shop

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)  # a Wednesday, noon in Bucharest
ZONE = "Europe/Bucharest"
TWO_HOURS = Promise("within", NOW, within_s=7200)
MONDAY = Promise("back", opens=datetime(2026, 10, 19, 9, tzinfo=ZoneInfo(ZONE)))
URL = "https://parley.example/faq/m_1"
OWN = {
    "ro": {
        "greeting": "Salut, {name}! Aici {shop}. Îți scriem {estimate}.",
        "out_of_hours": "Salut, {name}! Dormim acum, revenim {next_open}.",
        "complaint": "{name}, ne pare rău. Revenim {estimate}.",
        "handover": "Te preia un om, {estimate}.",
        "still_on_it": "Mai durează, {name}: {estimate}.",
        "faq_after": "Vezi și {url} sau scrie-ne.",
        "survey": "Cum a fost la {shop}, {name}?",
    },
    "en": {"greeting": "Hey {name}! Back {estimate}."},
    "ar": {"greeting": "أهلًا {name}! هنا {shop}. الرد {estimate}."},
    "de": {"greeting": "  "},
}


def speaker(language: str, name: str = "Ana Pop", shop: str = "Casa Verde") -> Speaker:
    return Speaker(Shop(name=shop, zone=ZONE, texts=OWN), language, name, NOW)


def test_the_shops_own_words_are_said_in_place_of_ours():
    one = speaker("ro")
    assert greeting(one, TWO_HOURS) == "Salut, Ana! Aici Casa Verde. Îți scriem în cel mult 2 ore."
    assert greeting(one, MONDAY) == "Salut, Ana! Dormim acum, revenim luni la ora 09:00."
    assert complaint(one, TWO_HOURS, True) == "Ana, ne pare rău. Revenim în cel mult 2 ore."
    assert handover(one, MONDAY) == "Te preia un om, luni după ora 09:00."
    assert still_on_it(one, Promise("none")) == "Mai durează, Ana: cât mai curând."
    assert survey_question(one) == "Cum a fost la Casa Verde, Ana?"
    assert faq_answer(one, "Două zile.", URL) == f"Două zile.\n\nVezi și {URL} sau scrie-ne."


def test_only_their_own_language_is_said_in_their_words():
    assert greeting(speaker("fr"), TWO_HOURS).startswith("Bonjour Ana")
    assert greeting(speaker("de"), TWO_HOURS).startswith("Hallo Ana!"), "spaces alone are no text"
    assert greeting(speaker("en"), MONDAY).startswith("Hi Ana! Thanks"), "nothing was set for out of hours"
    assert greeting(speaker("xx"), TWO_HOURS) == "Hey Ana! Back within 2 hours."
    assert own_text({"en": {"greeting": 3}, "ro": "x"}, "en", "greeting") == ""
    assert own_text({"ro": "x"}, "ro", "greeting") == ""


def test_what_is_filled_in_keeps_its_own_direction():
    text = greeting(speaker("ar"), TWO_HOURS)
    assert text == "أهلًا \u2068Ana\u2069! هنا \u2068Casa Verde\u2069. الرد \u2068خلال ساعتين\u2069."
    assert "Hey \u2068محمد\u2069!" in greeting(speaker("en", "محمد"), TWO_HOURS)
    turned = filled("\u202eHi {name}\u2068", {"name": "Ana"})
    assert turned == "Hi Ana"


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Hi, {name}!", "Hi!"),
        ("Hi {name}, thanks.", "Hi, thanks."),
        ("Hi {name}.", "Hi."),
        ("{name}, welcome!", "Welcome!"),
        ("{name}! Welcome", "Welcome"),
        ("{name} – welcome", "Welcome"),
        ("{name}", ""),
        ("Thanks, {name}, for writing.", "Thanks, for writing."),
        ("Hi! {name}, we are closed.", "Hi! We are closed."),
        ("Thanks. {name}!", "Thanks."),
        ("Hi ({name})!", "Hi!"),
        ("Hi «{name}»!", "Hi!"),
        ("¡Hola, {name}! ¿Qué tal?", "¡Hola! ¿Qué tal?"),
        ("¡{name}, hola!", "¡Hola!"),
        ("Bonjour {name}\u00a0!", "Bonjour\u00a0!"),
        ("您好，{name}！请稍候。", "您好！请稍候。"),
        ("مرحبًا، {name}! أهلًا", "مرحبًا! أهلًا"),
        ("Hi {name}!\n\n{name}, see you.", "Hi!\n\nSee you."),
        ("Hi  there, {name}.", "Hi  there."),
    ],
)
def test_a_text_reads_well_where_the_name_is_not_known(text, without):
    assert filled(text, {"name": ""}) == without
    assert filled(text, {}) == without
    assert filled(text, {"name": "Ana"}) == text.replace("{name}", "Ana")


def test_a_sentence_begins_with_the_languages_own_capital():
    assert filled("{name}, iyi günler!", {}, "tr") == "İyi günler!"
    assert filled("{name}, in case", {}, "en") == "In case"


def test_a_value_is_never_filled_in_itself():
    assert filled("Hi {name} at {shop}", {"name": "{shop}", "shop": "{name}"}) == "Hi {shop} at {name}"


@pytest.mark.parametrize(
    ("texts", "field", "words"),
    [
        ({"ro": {"greeting": "Salut {nume}!"}}, "texts.ro.greeting", "{nume} can't be filled in here."),
        ({"ro": {"greeting": "Salut {}!"}}, "texts.ro.greeting", "{name}, {shop}, {estimate}"),
        ({"ro": {"greeting": "Salut {name.x}!"}}, "texts.ro.greeting", "{name.x}"),
        ({"ro": {"greeting": "Salut {next_open}!"}}, "texts.ro.greeting", "{next_open} can't"),
        ({"ro": {"survey": "Cum? {estimate}"}}, "texts.ro.survey", "Variables allowed here: {name}, {shop}."),
        (
            {"ro": {"greeting": "Salut {name!"}},
            "texts.ro.greeting",
            "A brace stands alone: each { needs its }.",
        ),
        ({"ro": {"greeting": "Salut name}!"}}, "texts.ro.greeting", "A brace stands alone"),
        ({"ro": {"greeting": "Salut {{name}}!"}}, "texts.ro.greeting", "A brace stands alone"),
        ({"ro": {"greeting": "a" * 601}}, "texts.ro.greeting", "601 characters; 600 are allowed"),
        ({"ro": {"greeting": 3}}, "texts.ro.greeting", "string"),
        ({"ro": {"greting": "Salut"}}, "texts.ro.greting", "There are: greeting, out_of_hours, complaint"),
        ({"it": {"greeting": "Ciao"}}, "texts.it", "en, ru, ro, ar"),
        ({"ro": "Salut"}, "texts.ro", "greeting, out_of_hours"),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_is_allowed(texts, field, words):
    [(found, message)] = problems_in(texts)
    assert found == field
    assert words in message
    assert message.endswith(".")


def test_all_that_is_wrong_is_found_and_what_is_right_is_not():
    assert problems_in({}) == problems_in(OWN) == []
    assert problems_in({"ro": {"greeting": "a" * LONGEST, "survey": ""}}) == []
    wrong = {"ro": {"greeting": "{x}", "survey": "{"}, "xx": {}}
    assert [field for field, _ in problems_in(wrong)] == ["texts.ro.greeting", "texts.ro.survey", "texts.xx"]
    every = {name: " ".join(f"{{{one}}}" for one in variables) for name, variables in VARIABLES.items()}
    assert problems_in(dict.fromkeys(LANGUAGES, every)) == []


class NoHolidays:
    """The HolidayCalendar of a world without any."""

    def dates(self, country: str, region: str, year: int) -> frozenset[date]:
        return frozenset()

    def regions(self, country: str) -> tuple[str, ...] | None:
        return None


def test_wrong_texts_are_not_saved_and_right_ones_take_the_place_of_all_before():
    def saved(texts: dict[str, object]) -> Shop:
        body = schemas.check("settings", {"texts": texts})
        return changed_shop(Shop(texts=OWN), body, (), NoHolidays(), NOW)

    assert saved({"en": {"survey": "How was it?"}}).texts == {"en": {"survey": "How was it?"}}
    with pytest.raises(BadSetting) as refused:
        saved({"en": {"survey": "How was it, {nam}?"}})
    assert refused.value.field == "texts.en.survey"
    assert "{name}, {shop}" in refused.value.message
    assert changed_shop(Shop(texts={"old": {}}), {"name": "Nida"}, (), NoHolidays(), NOW).texts == {"old": {}}


def test_the_settings_describe_every_text_and_its_variables():
    described = schemas.schema("settings")["properties"]["texts"]["additionalProperties"]["properties"]
    assert described.keys() == VARIABLES.keys()
    for name, text in described.items():
        assert text["maxLength"] == LONGEST
        assert set(re.findall(r"\{(\w+)\}", text["description"])) == set(VARIABLES[name])


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(VARIABLES)),
    st.lists(
        st.sampled_from(
            ["{name}", "{shop}", "{estimate}", "{", "}", "{x}", ", ", " ", "!", "(", ")", "\n", "Salut"]
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["", "Ana"]),
)
def test_whatever_is_accepted_can_be_said(name, text, shopper):
    if problems_in({"ro": {name: text}}):
        return
    said = filled(text, {"name": shopper, "shop": "", "estimate": "azi"})
    assert not re.search(r"[{}\x00]", said)
    assert said == said.strip()
    assert said.count("azi") == text.count("{estimate}")
