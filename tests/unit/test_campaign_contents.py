"""What a campaign says to one shopper: in which language, with which name, on every channel."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.campaigns.content_problems import problems
from chalicelib.domain.campaigns.contents import (
    CAMPAIGN_FIELDS,
    content_from,
    free_content,
    template_content,
    template_use,
    urls_in,
    values_for,
    words_for,
)
from chalicelib.domain.consent.sentences import CONSENT_TEXTS
from chalicelib.domain.consent.words import said
from chalicelib.domain.languages import LANGUAGES, guess
from chalicelib.domain.rendering import render
from chalicelib.domain.templates.definitions import DefinedButton, TemplateDefinition
from chalicelib.domain.texts.campaign_sentences import stop_line
from integrations.registry import CHANNELS, BaseUrls

TAKES = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
LINK = "https://shop.example/tea?utm_source=parley"
TRACKED = {LINK: "https://parley.example/c/abc", "https://shop.example/gifts": "https://parley.example/c/def"}
RAW = {
    "link": LINK,
    "messages": {
        "en": {
            "text": "Hi {first_name}, new teas at {shop}: {link}",
            "buttons": [
                {"title": "See them", "url": "{link}"},
                {"title": "Gifts", "url": "https://shop.example/gifts"},
            ],
        },
        "ro": {"text": "Salut, {first_name}! Ceaiuri noi: {link}"},
        "ar": {"text": "مرحبًا {name}، شاي جديد في {shop}"},
    },
    "on": {"telegram": {"en": {"text": "Only here: {link}"}}},
    "fallbacks": {"first_name": {"en": "there", "ro": ""}, "name": {"ar": "بك"}},
    "default_language": "ro",
}
CONTENT = content_from(RAW)
ANA = values_for(shopper_name="Ana Popescu", shop_name="Casa Luna")
NOBODY = values_for(shopper_name="🌸🌸", shop_name="Casa Luna")


def told(content=CONTENT, channel="whatsapp", languages=("en",), values=ANA, links=None):
    return free_content(content, channel, languages, values, TAKES[channel], links)


CHOICES = [
    ("whatsapp", ("en", "ro"), "en", "Hi"),
    ("whatsapp", ("de", "ro"), "ro", "Salut"),
    ("whatsapp", ("de",), "ro", "Salut"),
    ("telegram", ("en",), "en", "Only here"),
    ("telegram", ("ro", "en"), "ro", "Salut"),
]


@pytest.mark.parametrize(("channel", "languages", "code", "begins"), CHOICES)
def test_the_readers_language_comes_first_then_the_campaigns_own(channel, languages, code, begins):
    assert words_for(CONTENT, channel, languages)[0] == code
    assert told(channel=channel, languages=languages).text.startswith(begins)


def test_without_a_language_of_its_own_any_is_said_and_without_words_nothing():
    only = content_from({"messages": {"tr": {"text": "Merhaba"}}})
    assert told(only, languages=("en",)).text.startswith("Merhaba")
    assert told(content_from({"templates": {"cn_1": {}}})) is None
    here = content_from({"on": {"telegram": {"en": {"text": "Hi"}}}})
    assert told(here) is None and told(here, channel="telegram") is not None


def test_names_are_filled_in_and_whoever_has_none_gets_the_fallback():
    assert told().text.startswith(f"Hi Ana, new teas at Casa Luna: {LINK}")
    assert told(values=NOBODY).text.startswith("Hi there, new teas")
    assert told(values=NOBODY, languages=("ro",)).text.startswith("Salut! Ceaiuri noi")


def test_a_name_of_the_other_direction_stands_apart_and_a_link_bare():
    text = told(languages=("ar",)).text
    assert "\u2068Ana Popescu\u2069" in text and "\u2068Casa Luna\u2069" in text
    assert "مرحبًا بك،" in told(languages=("ar",), values=values_for(shopper_name="", shop_name="L")).text
    layla = values_for(shopper_name="ليلى", shop_name="Casa Luna")
    text = told(values=layla).text
    assert "Hi \u2068ليلى\u2069, new" in text and f": {LINK}\n" in text


def test_a_name_brings_no_line_break_and_no_turning_sign():
    values = values_for(shopper_name="Ana\n\u202eevil", shop_name="Casa\r\nLuna")
    text = told(content_from({"messages": {"en": {"text": "{name} {shop}"}}}), values=values).text
    assert text.partition("\n\n")[0] == "Ana evil Casa Luna"


def test_braces_in_a_name_are_only_braces():
    values = values_for(shopper_name="{shop}", shop_name="Casa Luna")
    text = told(content_from({"messages": {"en": {"text": "{name}!"}}}), values=values).text
    assert text.startswith("{shop}!")


def test_each_address_is_followed_by_where_it_is_counted():
    assert set(urls_in(CONTENT)) == set(TRACKED)
    content = told(links=TRACKED)
    assert TRACKED[LINK] in content.text and LINK not in content.text
    assert [one.url for one in content.buttons] == [TRACKED[LINK], TRACKED["https://shop.example/gifts"]]
    assert [one.id for one in content.buttons] == ["campaign:1", "campaign:2"]


@pytest.mark.parametrize("channel", TAKES)
@pytest.mark.parametrize("language", ["en", "ro", "ar"])
def test_it_can_be_sent_on_every_channel_with_its_link_and_how_to_stop(channel, language):
    parts = render(told(channel=channel, languages=(language,), links=TRACKED), TAKES[channel])
    shown = "\n".join([*(part.text for part in parts), *(one.url for part in parts for one in part.buttons)])
    assert CONSENT_TEXTS[language].stop in shown
    assert language == "ar" or TRACKED[LINK] in shown


PICTURE = {"url": "https://shop.example/tea.jpg", "kind": "image"}


@pytest.mark.parametrize("channel", TAKES)
def test_below_a_picture_links_stand_as_lines(channel):
    words = {"text": "New teas", "file": PICTURE, "buttons": [{"title": "See", "url": "{link}"}]}
    content = told(content_from({"link": LINK, "messages": {"en": words}}), channel=channel, links=TRACKED)
    assert (content.kind, content.file.url, content.buttons) == ("image", PICTURE["url"], ())
    assert f"See: {TRACKED[LINK]}" in content.text
    assert render(content, TAKES[channel])


def test_a_file_that_a_channel_does_not_take_is_left_out_and_the_words_go():
    words = {"text": "New teas", "file": {"url": "https://shop.example/tea.webp", "kind": "image"}}
    content = told(content_from({"messages": {"en": words}}), channel="instagram")
    assert content.kind == "text" and content.text.startswith("New teas")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_stop_is_said_in_every_language_once_and_is_understood(language):
    line = stop_line(language)
    stop = CONSENT_TEXTS[language].stop
    assert line.endswith(stop) and said(stop)
    assert guess(line.removesuffix(stop), LANGUAGES) in (language, "")
    assert stop_line(language, f"… {stop}") == ""


def test_whoever_tells_how_to_stop_in_their_own_words_has_no_second_line():
    content = content_from({"messages": {"en": {"text": "New teas. Send STOP to hear no more."}}})
    assert told(content).text == "New teas. Send STOP to hear no more."


USE = {
    "name": "tea",
    "language": "en",
    "category": "marketing",
    "variables": {
        "body.1": {"field": "shopper.first_name", "fallback": "friend"},
        "body.2": {"field": "campaign.link", "fallback": "-"},
        "buttons.0": {"field": "campaign.link_end", "fallback": "-"},
    },
}


def definition(url: str) -> TemplateDefinition:
    button = DefinedButton(kind="url", text="See", url=url)
    body = "Hi {{1}}: {{2}}"
    return TemplateDefinition(name="tea", language="en", state="approved", body=body, buttons=(button,))


ENDS = [
    ("https://parley.example/c/{{1}}", "abc"),
    ("https://shop.example/{{1}}", "tea?utm_source=parley"),
    ("https://elsewhere.example/{{1}}", "-"),
]


@pytest.mark.parametrize(("url", "end"), ENDS)
def test_a_templates_button_leads_to_where_it_is_counted_else_to_the_link_itself(url, end):
    content = content_from({**RAW, "templates": {"cn_1": {"en": USE}}})
    use = template_use(content, "cn_1", ("de", "en"))
    made = template_content(content, use, definition(url), ANA, "en", TRACKED).template
    assert [one.value for one in made.variables] == ["Ana", TRACKED[LINK]]
    assert made.buttons[0].value == end
    nobody = template_content(content, use, definition(url), NOBODY, "en").template
    assert [one.value for one in nobody.variables] == ["friend", LINK]


def test_a_connection_without_a_template_has_none_and_another_language_is_better_than_none():
    content = content_from({**RAW, "templates": {"cn_1": {"ro": {**USE, "language": "ro"}, "en": USE}}})
    assert template_use(content, "cn_2", ("en",)) is None
    assert template_use(content, "cn_1", ("de",)).language == "ro", "the campaign's own"
    assert {"campaign.link", "campaign.link_end"} <= set(CAMPAIGN_FIELDS)


def with_words(**words) -> dict:
    return {"messages": {"en": {"text": "Hi", **words}}}


WRONG = [
    (RAW, []),
    ({}, ["content.messages"]),
    ({"templates": {"cn_1": {"en": USE}}}, []),
    ({"messages": {"xx": {"text": "Hi"}}}, ["content.messages.xx"]),
    ({"on": {"fax": {"en": {"text": "Hi"}}}}, ["content.on.fax"]),
    (with_words(text="Hi {colour}"), ["content.messages.en.text"]),
    (with_words(text="Hi {first_name"), ["content.messages.en.text"]),
    (with_words(text="x" * 4001), ["content.messages.en.text"]),
    (with_words(text="Hi {first_name}"), ["content.fallbacks.first_name.en"]),
    (with_words(text="Hi {link}"), ["content.link"]),
    (with_words(buttons=[{"title": "See", "url": "{link}"}]), ["content.link"]),
    ({**with_words(), "link": "javascript:alert(1)"}, ["content.link"]),
    ({**with_words(), "link": "https://shop.example/a b"}, ["content.link"]),
    ({**with_words(), "link": "https://[shop.example/"}, ["content.link"]),
    ({**with_words(), "link": "https://shop.example/{first_name}"}, ["content.link"]),
    (with_words(buttons=[{"title": "For {name}"}]), ["content.messages.en.buttons"]),
    (with_words(file=PICTURE, buttons=[{"title": "Yes"}]), ["content.messages.en.buttons"]),
    (with_words(text=" "), ["content.messages.en"] * len(TAKES)),
    ({**with_words(), "fallbacks": {"link": {"en": "x"}}}, ["content.fallbacks.link"]),
    ({**with_words(), "fallbacks": {"name": {"xx": "x"}}}, ["content.fallbacks.name.xx"]),
    ({**with_words(), "fallbacks": {"name": {"en": "{shop}"}}}, ["content.fallbacks.name.en"]),
    ({**with_words(), "default_language": "ro"}, ["content.default_language"]),
]


@pytest.mark.parametrize(("raw", "fields"), WRONG)
def test_what_can_not_be_sent_is_named_with_its_place(raw, fields):
    assert [field for field, _ in problems(content_from(raw), TAKES, "Casa Luna")] == fields


def test_a_file_that_a_channel_refuses_is_named_unless_it_has_words_of_its_own():
    words = with_words(file={"url": "https://shop.example/tea.webp", "kind": "image"})
    takes = {"instagram": TAKES["instagram"]}
    assert [field for field, _ in problems(content_from(words), takes, "L")] == ["content.messages.en"]
    own = {**words, "on": {"instagram": {"en": {"text": "Hi"}}}}
    assert not list(problems(content_from(own), takes, "L"))


def test_a_shop_without_a_name_needs_a_fallback_for_it():
    raw = with_words(text="News from {shop}")
    assert [field for field, _ in problems(content_from(raw), TAKES, "")] == ["content.fallbacks.shop.en"]
    assert not list(problems(content_from({**raw, "fallbacks": {"shop": {"en": "us"}}}), TAKES, ""))


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=60), shop=st.text(max_size=60), channel=st.sampled_from(sorted(TAKES)))
def test_whatever_people_are_called_something_can_be_sent(name, shop, channel):
    values = values_for(shopper_name=name, shop_name=shop)
    for language in ("en", "ro", "ar"):
        content = told(channel=channel, languages=(language,), values=values, links=TRACKED)
        assert render(content, TAKES[channel])
        assert content.text.count("\u2068") == content.text.count("\u2069")
