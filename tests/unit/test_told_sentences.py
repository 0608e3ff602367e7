"""Every sentence that tells a time, in every language, for the durations, days and clocks that there are."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.dates import format_skeleton, format_time

from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.texts.languages import texts_in
from chalicelib.services.sending.times import duration
from chalicelib.services.sending.wording import (
    Speaker,
    complaint,
    faq_answer,
    greeting,
    handover,
    still_on_it,
    suggestion,
    suggestion_else,
    survey_question,
    survey_solved,
    survey_solved_titles,
    survey_thanks,
    survey_titles,
)

ZONE = "Europe/Bucharest"
NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)  # a Wednesday, noon in Bucharest
UNITS = {"minute": 60, "hour": 3600, "day": 86400}
NUMBERS = (1, 2, 5, 11, 21)
URL = "https://parley.example/faq/m_1"
SENTENCES: list[Callable[[Speaker, Promise], str]] = [
    greeting,
    handover,
    lambda speaker, promise: complaint(speaker, promise, is_urgent=False),
    lambda speaker, promise: complaint(speaker, promise, is_urgent=True),
    still_on_it,
]


def speaker(language: str, tone: str | None = None, name: str = "Ana", **more: object) -> Speaker:
    shop = Shop(name="Casa Verde", zone=ZONE, tone=tone)
    return Speaker(shop, language, name, NOW, **more)


def at(local: str, zone: str = ZONE) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))


def check(text: str) -> None:
    """Whole, tidy, and nothing in it turns around what follows."""
    assert not re.search(r"[{}]|  |\s[.,،。，]|^\s|\s$", text), text
    depth = 0
    for letter in text:
        depth += {"\u2068": 1, "\u2069": -1}.get(letter, 0)
        assert depth in (0, 1), text
    assert depth == 0, text
    assert not re.search("[\u202a-\u202f\u2066\u2067]", text), text


def test_every_duration_stands_in_the_plural_form_that_cldr_has_for_its_number():
    for language, unit, number in product(LANGUAGES, UNITS, NUMBERS):
        if (unit, number) == ("day", 1):
            continue  # said as 24 hours
        locale, texts = Locale(language), texts_in(language)
        form = locale.plural_form(number)
        if texts.from_now:
            forms = locale._data["date_fields"][unit]["future"]
        else:
            lengths = locale._data["unit_patterns"][f"duration-{unit}"]
            long = lengths.get("long")
            forms = long if long and form in long else lengths["short"]  # Chinese has one for both
        words = duration(number * UNITS[unit], language, texts.from_now)
        expected = forms[form].replace("{0}", str(number))
        assert words == expected.replace("\u00a0", " "), (language, unit, number)


@pytest.mark.parametrize(
    ("language", "seconds", "words"),
    [
        ("en", 86400, "24 hours"),
        ("en", 5400, "90 minutes"),
        ("ru", 21 * 60, "21 минуту"),
        ("ru", 11 * 60, "11 минут"),
        ("ru", 2 * 86400, "2 дня"),
        ("uk", 21 * 3600, "21 годину"),
        ("uk", 5 * 86400, "5 днів"),
        ("ro", 2 * 60, "2 minute"),
        ("ro", 11 * 3600, "11 ore"),
        ("ro", 21 * 60, "21 de minute"),
        ("ar", 2 * 60, "دقيقتين"),
        ("ar", 5 * 60, "5 دقائق"),
        ("ar", 11 * 60, "11 دقيقة"),
        ("de", 2 * 86400, "2 Tagen"),
        ("tr", 21 * 86400, "21 gün"),
        ("hi", 2 * 86400, "2 दिन"),
    ],
)
def test_durations_as_people_say_them(language, seconds, words):
    told = duration(seconds, language, texts_in(language).from_now)
    assert told.endswith(words) or f"{words} " in told


def test_every_sentence_tells_every_duration():
    promises = [
        Promise("within", NOW, within_s=number * length) for length in UNITS.values() for number in NUMBERS
    ]
    for language, tone in product(LANGUAGES, ("friendly", "polite")):
        one = speaker(language, tone)
        for promise in promises:
            words = duration(promise.within_s, language, one.texts.from_now)
            for sentence in SENTENCES:
                text = sentence(one, promise)
                assert words in text
                check(text)


CLOCKS = ("00:00", "01:15", "09:45", "13:00")
DAYS = ("2026-10-14", "2026-10-15", "2026-10-16", "2026-10-20", "2026-10-21", "2026-11-01")


def test_every_sentence_tells_every_day_and_time():
    for language, day, clock in product(LANGUAGES, DAYS, CLOCKS):
        one, texts, moment = speaker(language), texts_in(language), at(f"{day}T{clock}")
        days = {"2026-10-14": texts.today, "2026-10-15": texts.tomorrow, "2026-10-16": texts.weekdays[4]}
        days["2026-10-20"] = texts.weekdays[1]
        date = format_skeleton("MMMMd", moment, tzinfo=moment.tzinfo, locale=language)
        style = "B h:mm" if language == "hi" else "short"
        time = format_time(moment, style, tzinfo=moment.tzinfo, locale=language).replace("\u202f", " ")
        for sentence in SENTENCES:
            for promise in (Promise("by", moment), Promise("back", opens=moment)):
                text = sentence(one, promise)
                assert days.get(day, date) in text, (language, day)
                assert time.replace("\u00a0", " ") in text, (language, time)
                check(text)


def test_without_a_time_none_is_told():
    for language, sentence in product(LANGUAGES, SENTENCES):
        text = sentence(speaker(language, name=""), Promise("none"))
        assert texts_in(language).soon in text
        assert not re.search(r"\d", text)
        check(text)


IN_BUCHAREST = {
    "en": "We'll answer by 6:30 PM (Bucharest time) today.",
    "ru": "Мы ответим сегодня до 18:30 (часовой пояс: Бухарест).",
    "ro": "Îți răspundem azi până la ora 18:30 (ora locală din București).",
    "ar": "سنرد عليك اليوم قبل الساعة \u20686:30 م\u2069 (بتوقيت \u2068بوخارست\u2069).",
    "tr": "Size bugün saat 18:30 (Bükreş saati) olmadan yanıt vereceğiz.",
    "zh": "我们会在今天18:30（布加勒斯特时间）前回复你。",
    "kk": "Сізге бүгін сағат 18:30 (Бухарест уақыты) болғанға дейін жауап береміз.",
    "uk": "Ми відповімо сьогодні до 18:30 (часовий пояс: Бухарест).",
    "es": "Te responderemos hoy antes de las 18:30 (hora de Bucarest).",
    "pt": "Vamos responder hoje até às 18:30 (horário de Bucareste).",
    "fr": "Nous te répondrons aujourd'hui avant 18:30 (heure locale\u00a0: Bucarest).",
    "de": "Wir antworten Ihnen heute bis 18:30 Uhr (Ortszeit Bukarest).",
    "hi": "आपको आज शाम 6:30 बजे (बुख़ारेस्ट का समय) तक जवाब मिलेगा।",
    "id": "Kami akan membalas hari ini sebelum pukul 18.30 (waktu Bucharest).",
}


def test_a_time_says_whose_clock_it_is_where_the_shopper_may_live_by_another():
    due = Promise("by", at("2026-10-14T18:30"))
    assert set(IN_BUCHAREST) == set(LANGUAGES)
    for language, sentence in IN_BUCHAREST.items():
        text = handover(speaker(language, names_zone=True), due)
        assert text.endswith(sentence)
        check(text)


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Asia/Kolkata", "(ora locală din Calcutta)"),
        ("Europe/Kyiv", "(ora locală din Kiev)"),
        ("US/Eastern", "(ora locală din New York)"),
        ("America/Argentina/Buenos_Aires", "(ora locală din Buenos Aires)"),
        ("UTC", "(GMT+00:00)"),
        ("Etc/GMT+3", "(GMT-03:00)"),
    ],
)
def test_a_clock_is_named_by_its_city_or_by_its_distance_from_utc(zone, place):
    text = handover(speaker("ro", zone=zone, names_zone=True), Promise("by", at("2026-10-14T18:30")))
    assert text.endswith(f"{place}.")


def test_a_shopper_whose_zone_is_known_reads_their_own_clock_and_day():
    due = Promise("by", at("2026-10-14T18:30"))
    assert handover(speaker("en", zone="Asia/Tokyo"), due).endswith("by 12:30 AM tomorrow.")
    assert handover(speaker("en", zone="America/New_York"), due).endswith("by 11:30 AM today.")
    assert handover(speaker("en"), due).endswith("by 6:30 PM today.")


def test_a_complaint_begins_with_regret_and_says_when_it_is_urgent():
    due = Promise("within", NOW, within_s=600)
    assert complaint(speaker("en"), due, is_urgent=False) == (
        "We're really sorry about this. We'll look at your message first. We'll answer within 10 minutes."
    )
    assert "urgent" in complaint(speaker("en"), due, is_urgent=True)


def test_a_promise_that_slips_is_told_with_what_holds_now():
    text = still_on_it(speaker("ro"), Promise("by", at("2026-10-15T10:00")))
    assert text == (
        "Ne pare rău, durează mai mult decât am spus. Încă ne ocupăm de mesajul tău. "
        "Îți răspundem mâine până la ora 10:00."
    )


def test_an_article_is_followed_by_where_more_stands_and_the_way_to_a_person():
    assert faq_answer(speaker("en"), " Two days.\n", URL) == (
        f"Two days.\n\nMore: {URL}\nIf this doesn't help, just write here and a person will answer."
    )
    for language, tone in product(LANGUAGES, ("friendly", "polite")):
        text = faq_answer(speaker(language, tone), "…", URL)
        assert re.search(rf"(?:^|[ ：]){URL}$", text, re.MULTILINE), (
            "a link ends its line, nothing sticks to it"
        )
        assert URL not in faq_answer(speaker(language, tone), "…", "")
        check(text)


def test_questions_and_titles_come_in_every_language_and_in_english_for_others():
    for language in LANGUAGES:
        one = speaker(language)
        asked = [suggestion(one), survey_question(one), survey_solved(one), survey_thanks(one)]
        assert len({*asked, suggestion_else(language)}) == 5
        assert (len(survey_titles(language)), len(survey_solved_titles(language))) == (3, 2)
        for text in asked:
            check(text)
    assert suggestion_else("xx") == "Something else"
    assert survey_solved_titles("xx") == ("Yes", "No")
    assert suggestion(speaker("xx")) == suggestion(speaker("en"))
