"""The automatic answer as a shopper reads it, in every language."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.texts.languages import texts_in
from chalicelib.services.sending.wording import Speaker, greeting, told_time

ROOT = Path(__file__).parents[2]
ZONE = "Europe/Bucharest"
NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)  # a Wednesday, noon in Bucharest
MINUTE, HOUR, DAY = 60, 3600, 86400
TOLD = [n * MINUTE for n in (1, 2, 5, 10, 21, 45)] + [n * HOUR for n in (1, 2, 3, 24)]
TOLD += [n * DAY for n in (2, 5, 11)]
SOON = Promise("none")


def within(seconds: int) -> Promise:
    return Promise("within", NOW + timedelta(seconds=seconds), within_s=seconds)


def by(local: str, zone: str = ZONE) -> Promise:
    return Promise("by", datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))


def back(local: str, zone: str = ZONE) -> Promise:
    return Promise("back", opens=datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))


def told(language: str, promise: Promise, zone: str = ZONE, now: datetime = NOW) -> str:
    """As a shop tells it that lives by this zone's clock."""
    return told_time(Speaker(Shop(zone=zone), language, "", now), promise)


# Plural forms as CLDR has them: one, few and many, the Romanian "de", the Arabic dual.
@pytest.mark.parametrize(
    ("language", "seconds", "sentence"),
    [
        ("en", HOUR, "We'll answer within 1 hour."),
        ("en", 2 * HOUR, "We'll answer within 2 hours."),
        ("en", DAY, "We'll answer within 24 hours."),
        ("ru", MINUTE, "Мы ответим не позднее чем через 1 минуту."),
        ("ru", 2 * HOUR, "Мы ответим не позднее чем через 2 часа."),
        ("ru", 5 * DAY, "Мы ответим не позднее чем через 5 дней."),
        ("ru", 21 * MINUTE, "Мы ответим не позднее чем через 21 минуту."),
        ("uk", HOUR, "Ми відповімо не пізніше ніж через 1 годину."),
        ("uk", 45 * MINUTE, "Ми відповімо не пізніше ніж через 45 хвилин."),
        ("ro", HOUR, "Îți răspundem în cel mult 1 oră."),
        ("ro", 45 * MINUTE, "Îți răspundem în cel mult 45 de minute."),
        ("ar", HOUR, "سنرد عليك \u2068خلال ساعة واحدة\u2069."),
        ("ar", 2 * HOUR, "سنرد عليك \u2068خلال ساعتين\u2069."),
        ("ar", 3 * HOUR, "سنرد عليك \u2068خلال 3 ساعات\u2069."),
        ("tr", HOUR, "Size en geç 1 saat içinde yanıt vereceğiz."),
        ("zh", 2 * HOUR, "我们会在2小时内回复你。"),
        ("kk", HOUR, "Сізге 1 сағат ішінде жауап береміз."),
        ("es", HOUR, "Te responderemos en un máximo de 1 hora."),
        ("pt", 2 * DAY, "Vamos responder em até 2 dias."),
        ("fr", 2 * HOUR, "Nous te répondrons sous 2 heures."),
        ("de", 2 * DAY, "Wir antworten Ihnen spätestens in 2 Tagen."),
        ("hi", HOUR, "आपको अधिकतम 1 घंटे में जवाब मिलेगा।"),
        ("id", HOUR, "Kami akan membalas dalam waktu paling lama 1 jam."),
    ],
)
def test_durations_agree_with_their_sentence(language, seconds, sentence):
    assert told(language, within(seconds)) == sentence


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        (SOON, "We'll answer as soon as we can."),
        (by("2026-10-14T18:30"), "We'll answer by 6:30 PM today."),
        (by("2026-10-14T23:59"), "We'll answer by 11:59 PM today."),
        (by("2026-10-15T00:00"), "We'll answer by 12:00 AM tomorrow."),
        (by("2026-10-16T10:00"), "We'll answer by 10:00 AM on Friday."),
        (by("2026-10-20T10:00"), "We'll answer by 10:00 AM on Tuesday."),
        (by("2026-10-21T10:00"), "We'll answer by 10:00 AM on October 21."),
        (back("2026-10-14T14:00"), "We're closed right now and will be back today at 2:00 PM."),
        (back("2026-10-15T09:00"), "We're closed right now and will be back tomorrow at 9:00 AM."),
        (back("2026-10-19T09:00"), "We're closed right now and will be back on Monday at 9:00 AM."),
        (back("2026-11-02T09:00"), "We're closed right now and will be back on November 2 at 9:00 AM."),
    ],
)
def test_days_are_named_up_to_six_days_ahead(promise, sentence):
    assert told("en", promise) == sentence


MONDAY = {
    "en": "We're closed right now and will be back on Monday at 9:00 AM.",
    "ru": "Сейчас нерабочее время. Снова будем на связи в понедельник с 09:00.",
    "ro": "Acum suntem în afara programului și revenim luni la ora 09:00.",
    "ar": "نحن الآن خارج أوقات العمل، وسنعود يوم الاثنين الساعة \u20689:00 ص\u2069.",
    "tr": "Şu anda kapalıyız; pazartesi günü saat 09:00 itibarıyla yeniden hizmetinizdeyiz.",
    "zh": "现在不在营业时间，我们周一09:00回来。",
    "kk": "Қазір жұмыс уақыты емес. Қайта ашыламыз: дүйсенбі күні, сағат 09:00.",
    "uk": "Зараз неробочий час. Знову будемо на зв'язку в понеділок з 09:00.",
    "es": "Ahora estamos fuera de horario. Volvemos el lunes a las 9:00.",
    "pt": "Agora estamos fora do horário de atendimento. Voltamos na segunda-feira às 09:00.",
    "fr": "Notre service est fermé pour le moment et rouvre lundi à 09:00.",
    "de": "Zurzeit haben wir geschlossen. Wir sind am Montag ab 09:00 Uhr wieder für Sie da.",
    "hi": "अभी हमारी सेवा बंद है और सोमवार को सुबह 9:00 बजे फिर शुरू होगी।",
    "id": "Saat ini kami sedang tutup dan akan kembali hari Senin pukul 09.00.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_out_of_hours_the_shopper_is_told_when_the_shop_is_back(language):
    assert told(language, back("2026-10-19T09:00")) == MONDAY[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_and_date_finds_its_place_in_every_language(language):
    texts = texts_in(language)
    days = [(NOW.date() + timedelta(days=n)).isoformat() for n in range(9)]
    said = [told(language, kind(f"{day}T09:45")) for kind in (by, back) for day in days]
    assert len(set(said)) == 18
    assert all(re.search(r"9[:.]45", sentence) for sentence in said)
    assert all(texts.today in said[n] and texts.tomorrow in said[n + 1] for n in (0, 9))
    assert all(texts.weekdays[4] in said[n] for n in (2, 11))
    assert all("21" in said[n] for n in (7, 16))


def test_one_oclock_is_singular_in_spanish_and_portuguese():
    assert told("es", back("2026-10-15T01:00")).endswith("mañana a la 1:00.")
    assert told("pt", by("2026-10-15T01:15")).endswith("amanhã até à 01:15.")
    assert told("es", back("2026-10-15T13:00")).endswith("mañana a las 13:00.")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
@pytest.mark.parametrize(
    ("now", "opens", "words"),
    [
        ("2026-10-13T23:30", "2026-10-13T23:45", "back today at 11:45 PM"),
        ("2026-10-13T23:30", "2026-10-14T09:00", "back tomorrow at 9:00 AM"),
        ("2026-10-14T00:30", "2026-10-14T09:00", "back today at 9:00 AM"),
        ("2026-10-14T00:30", "2026-10-15T09:00", "back tomorrow at 9:00 AM"),
        ("2026-10-14T00:30", "2026-10-16T09:00", "back on Friday at 9:00 AM"),
    ],
)
def test_today_is_the_shops_today(zone, now, opens, words):
    at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert words in told("en", back(opens, zone), zone, at)


@pytest.mark.parametrize(
    ("language", "name", "shop", "text"),
    [
        ("en", "Ana Pop", "", "Hi Ana! Thanks for writing to us. We'll answer within 1 hour."),
        ("en", "🌸", "", "Hi! Thanks for writing to us. We'll answer within 1 hour."),
        ("en", "", "Casa Verde", "Hi! Thanks for writing to Casa Verde. We'll answer within 1 hour."),
        ("en", "محمد", "", "Hi \u2068محمد\u2069! Thanks for writing to us. We'll answer within 1 hour."),
        ("en", "{0.__class__}", "{x}", "Hi! Thanks for writing to {x}. We'll answer within 1 hour."),
        ("xx", "", "", "Hi! Thanks for writing to us. We'll answer within 1 hour."),
        ("zh", "王小明", "", "你好，王小明！谢谢你的留言。我们会在1小时内回复你。"),
        (
            "ar",
            "Ana",
            "Casa\u202eVerde\n",
            (
                "مرحبًا \u2068Ana\u2069! شكرًا لتواصلك مع \u2068Casa Verde\u2069. "
                "سنرد عليك \u2068خلال ساعة واحدة\u2069."
            ),
        ),
    ],
)
def test_the_answer_greets_thanks_and_promises(language, name, shop, text):
    assert greeting(Speaker(Shop(name=shop, zone=ZONE), language, name, NOW), within(HOUR)) == text


def test_a_shop_without_a_zone_still_answers():
    assert greeting(Speaker(Shop(zone=""), "en", "Ana", NOW), SOON).endswith(
        "We'll answer as soon as we can."
    )


PROMISES = st.one_of(
    st.just(SOON),
    st.sampled_from(TOLD).map(within),
    st.builds(lambda n: Promise("by", NOW + timedelta(minutes=n)), st.integers(1, 86400)),
    st.builds(lambda n: Promise("back", opens=NOW + timedelta(minutes=n)), st.integers(1, 86400)),
)


@settings(max_examples=150, deadline=None)
@given(PROMISES, st.sampled_from(LANGUAGES), st.text(max_size=40), st.text(max_size=40))
def test_every_answer_is_whole_and_fits_every_channel(promise, language, name, shop):
    text = greeting(Speaker(Shop(name=shop, zone=ZONE), language, name, NOW), promise)
    assert 10 < len(text) < 500
    assert text.count("\u2068") == text.count("\u2069")
    assert "\u202f" not in text
    if not {"{", "}"} & {*name, *shop}:
        assert not {"{", "}"} & {*text}


def test_babel_is_loaded_only_when_words_are_needed():
    code = "import chalicelib.services.sending.wording, sys; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
