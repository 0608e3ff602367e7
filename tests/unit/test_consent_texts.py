"""What shoppers read about their consent, in every language and tone."""

import re
from collections.abc import Callable
from functools import partial
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.consent.sentences import CONSENT_TEXTS, ConsentTexts, Sentences
from chalicelib.domain.consent.texts import question_text, question_titles, started_text, stopped_text
from chalicelib.domain.consent.words import said
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.texts.tones import tone_of

TEXTS = {"stopped": stopped_text, "started": started_text, "question": question_text}
TONES = ("friendly", "polite", None)
SHOP = "Nida & Söhne"
WIDEST = "\U0001f6cd" * 100  # 400 bytes: no name of 100 characters takes more
MESSENGER_CHARACTERS = 640
INSTAGRAM_BYTES = 1000
EVERYWHERE = (*LANGUAGES, "xx", "")


def ways(language: str) -> list[Callable[[str], str]]:
    """Each text in each tone, as a function of the shop's name."""
    return [partial(text, language, tone) for text in TEXTS.values() for tone in (*TONES, "loud")]


def sentences_of(texts: ConsentTexts) -> list[Sentences]:
    return [texts.polite, *([texts.friendly] if texts.friendly else [])]


def test_every_language_has_its_texts():
    assert tuple(CONSENT_TEXTS) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_has_exactly_its_variables(language):
    def used(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)

    for sentences in sentences_of(CONSENT_TEXTS[language]):
        assert used(sentences.stopped) == ["start", "who"]
        assert used(sentences.started) == ["stop", "who"]
        assert used(sentences.question) == ["stop", "who"]
    assert used(CONSENT_TEXTS[language].them) == ["shop"]
    assert used(CONSENT_TEXTS[language].us) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_a_text_names_do_what_it_says(language):
    texts = CONSENT_TEXTS[language]
    assert said(texts.stop) == "stop"
    assert said(texts.start) == "start"
    for tone in TONES:
        assert texts.start in stopped_text(language, tone, SHOP)
        assert texts.stop in started_text(language, tone, SHOP)
        assert texts.stop in question_text(language, tone, SHOP)
    for quoted in (f"«{texts.stop}»", f"“{texts.stop}”.", texts.stop.lower(), texts.stop.capitalize()):
        assert said(quoted) == "stop"


@pytest.mark.parametrize("language", EVERYWHERE)
def test_every_text_names_the_shop_and_fits_every_channel(language):
    for text in ways(language):
        short = text(SHOP)
        assert SHOP in short
        assert not re.search(r"[{}]|  |^ | $", short)
        for shop in (WIDEST, "Ш" * 100, "ا" * 100, "दु" * 50, "{shop}" * 16, "M" * 100):
            assert shop in text(shop)
            assert len(text(shop)) <= MESSENGER_CHARACTERS
            assert len(text(shop).encode()) <= INSTAGRAM_BYTES


@pytest.mark.parametrize("language", EVERYWHERE)
@pytest.mark.parametrize("shop", ["", "  ", "\u200f", "\n"])
def test_a_shop_without_a_name_says_us(language, shop):
    us = CONSENT_TEXTS.get(language, CONSENT_TEXTS["en"]).us
    for text in ways(language):
        assert us in text(shop)
        assert not re.search(r"«»|“”|\s[.,?]|\s\s", text(shop).replace("\u00a0?", "?"))


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_buttons_fit_and_say_neither_stop_nor_start(language):
    yes, no = question_titles(language)
    assert yes != no
    for title in (yes, no):
        assert 0 < len(title) <= 20
        assert said(title) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_ours_is_taken_for_a_stop_when_it_is_sent_back(language):
    for tone in TONES:
        for text in TEXTS.values():
            assert said(text(language, tone, SHOP)) in ("", "unclear")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tone_changes_the_words_where_the_language_has_two(language):
    texts = CONSENT_TEXTS[language]
    for text in TEXTS.values():
        friendly, polite = text(language, "friendly", SHOP), text(language, "polite", SHOP)
        assert (friendly != polite) == (texts.friendly is not None)
        assert text(language, None, SHOP) == (friendly if tone_of(language, None) == "friendly" else polite)


def test_an_unknown_language_reads_english():
    assert stopped_text("xx", None, "Nida") == (
        "You won't get any more offers or updates from Nida. If you write to us, we'll still answer. "
        "To start again, send START."
    )
    assert question_titles("xx") == ("Yes, please", "No, thanks")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            question_text("de", None, "Nida"),
            "Möchten Sie hier ab und zu Angebote und Neuigkeiten von Nida erhalten? ",
        ),
        (
            question_text("de", "friendly", ""),
            "Möchtest du hier ab und zu Angebote und Neuigkeiten von uns erhalten? ",
        ),
        (
            started_text("ru", None, "Нида"),
            "Теперь вам иногда будут приходить предложения и новости от магазина «Нида». ",
        ),
        (started_text("zh", "friendly", ""), "你会不时收到我们的优惠和新消息。"),
        (stopped_text("tr", "polite", "Nida"), "Artık Nida ekibinden kampanya ve bildirim almayacaksınız. "),
        (stopped_text("ar", None, ""), "لن نرسل بعد الآن عروضًا أو إشعارات منا. "),
    ],
)
def test_sentences_as_they_are_read(text, expected):
    assert text.startswith(expected)


def test_a_name_is_kept_apart_from_the_direction_around_it():
    assert "\u2068Nida\u2069" in stopped_text("ar", None, "Nida")
    assert "\u2068متجر ندى\u2069" in stopped_text("en", None, "متجر ندى")
    assert "from Nida." in stopped_text("en", None, "Nida")
    assert "from Ni da." in stopped_text("en", None, "\u202eNi\n\u2069da ")


def test_a_name_that_is_far_too_long_is_cut_between_letters():
    assert f"from {'M' * 99}…." in stopped_text("en", None, "M" * 101)
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert f"from {family * 19}…." in stopped_text("en", None, family * 40)
    assert "from us." in stopped_text("en", None, "e" + "\u0301" * 200)


@settings(max_examples=60)
@given(st.sampled_from(EVERYWHERE), st.text(max_size=300))
def test_any_name_gives_texts_that_fit(language, shop):
    for text in ways(language):
        assert len(text(shop)) <= MESSENGER_CHARACTERS
        assert len(text(shop).encode("utf-8", "surrogatepass")) <= INSTAGRAM_BYTES
