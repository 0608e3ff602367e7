"""What a browser gets that follows a campaign's link."""

import pytest

from chalicelib.domain.languages import LANGUAGES, guess
from chalicelib.domain.texts.link_sentences import GONE
from functions.clicks import gone, led_to


def test_it_is_led_on_without_being_told_to_remember_it():
    answer = led_to("https://shop.example/чай")
    assert answer.status_code == 302 and answer.body == ""
    assert answer.headers["Location"] == "https://shop.example/%D1%87%D0%B0%D0%B9"
    assert answer.headers["Cache-Control"] == "no-store" and "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_that_leads_nowhere_says_so_in_the_readers_language(language):
    answer = gone(f"{language};q=0.9,en;q=0.1")
    assert answer.status_code == 404 and answer.body.count(GONE[language]) == 2
    assert f'lang="{language}"' in answer.body and ('dir="rtl"' in answer.body) == (language == "ar")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert guess(GONE[language], LANGUAGES) in (language, "")


def test_nobody_reads_a_language_that_we_do_not_have():
    assert GONE["en"] in gone("xx, *;q=0.5").body and GONE["en"] in gone("").body
