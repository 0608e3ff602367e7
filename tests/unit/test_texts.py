"""Our sentences as they stand: every language whole, in its own words and tone, and for everybody."""

import re
from dataclasses import fields
from itertools import product
from string import Formatter

import pytest

from chalicelib.domain.answering.asks import MOST_ARTICLES
from chalicelib.domain.consent.words import said
from chalicelib.domain.languages import LANGUAGES, guess
from chalicelib.domain.texts.languages import SPOKEN, texts_in
from chalicelib.domain.texts.sentences import Texts
from chalicelib.domain.texts.tones import POLITE_AS_A_RULE, tone_of

TONES = ("friendly", "polite")
EVERYWHERE = list(product(LANGUAGES, TONES))
BUTTON = 20  # WhatsApp's and Messenger's, as UTF-16 counts
VARIABLES = {
    "hello_name": {"name"},
    "thanks_shop": {"shop"},
    "answer": {"estimate"},
    "within": {"duration"},
    "by": {"day", "time"},
    "opened": {"day", "time"},
    "back": {"next_open"},
    "opens": {"day", "time"},
    "on_date": {"date"},
    "clock": {"time"},
    "clock_at_one": {"time"},
    "zone_of": {"city"},
    "faq_more": {"url"},
}
MAY_BE_EMPTY = {"clock_at_one", "joint"}
SENTENCES = (
    *("hello", "hello_name", "thanks", "thanks_shop", "answer", "back", "handover", "complaint", "urgent"),
    *("still_on_it", "faq_after", "suggestion", "survey", "solved", "survey_thanks"),
)
TITLES = ("something_else", "survey_titles", "solved_titles")


def words_of(texts: Texts, names: tuple[str, ...] = SENTENCES) -> dict[str, str]:
    """By name, those of several parts as one."""
    values = {name: getattr(texts, name) for name in names}
    return {name: value if isinstance(value, str) else " ".join(value) for name, value in values.items()}


def titles_of(texts: Texts) -> tuple[tuple[str, ...], ...]:
    return (texts.something_else,), texts.survey_titles, texts.solved_titles


def test_every_language_has_its_texts():
    assert tuple(SPOKEN) == LANGUAGES


def test_every_text_is_there_with_exactly_its_variables():
    for language, tone in EVERYWHERE:
        texts = texts_in(language, tone)
        for field in fields(Texts):
            value = getattr(texts, field.name)
            if isinstance(value, tuple):
                assert all(value) and len(set(value)) == len(value), (language, field.name)
            elif isinstance(value, str) and (value or field.name not in MAY_BE_EMPTY):
                used = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
                assert used == VARIABLES.get(field.name, set()), (language, field.name)
                assert value, (language, field.name)
                assert not re.search(r"\s\s|^\s.|.\s$|\s[.,]", value), (language, field.name)


ENDS = {"zh": "。！？", "ar": ".!؟", "hi": "।!?"}


def test_every_sentence_ends_as_its_language_ends_them():
    for language, tone in EVERYWHERE:
        for name, sentence in words_of(texts_in(language, tone)).items():
            assert sentence[-1] in ENDS.get(language, ".!?"), (language, name)
            if language == "fr":
                assert not re.search(r"[^\u00a0][!?:;]", sentence), name
            if language == "zh":
                assert not re.search(r"[,.!?;:]", sentence), name


SCRIPTS = {"ru": "а-яё", "uk": "а-щьюяґєії'", "kk": "а-яёәғқңөұүһі", "ar": "ء-ْ", "hi": "ऀ-ॿ", "zh": "一-鿿"}


def test_no_language_speaks_english_or_another_one():
    english = texts_in("en", "friendly")
    for language, tone in EVERYWHERE:
        texts = texts_in(language, tone)
        whole = " ".join(words_of(texts).values())
        assert guess(re.sub(r"\{\w+\}", "", whole), LANGUAGES) == language
        letters = set(
            re.findall(
                r"[^\W\d_]", re.sub(r"\{\w+\}", "", whole + " ".join(words_of(texts, TITLES).values()))
            )
        )
        if language in SCRIPTS:
            assert re.fullmatch(f"[{SCRIPTS[language]}]+", "".join(letters).lower()), language
        if language != "en":
            both = set(words_of(texts).values()) & set(words_of(english).values())
            assert not both, language
            assert texts.today != english.today
            assert not set(texts.weekdays) & set(english.weekdays)
            assert texts.something_else != english.something_else


def test_buttons_fit_and_none_of_them_stops_anything():
    for language, tone in EVERYWHERE:
        for titles in titles_of(texts_in(language, tone)):
            assert len({title.casefold() for title in titles}) == len(titles)
            for title in titles:
                assert 0 < len(title.encode("utf-16-le")) // 2 <= BUTTON, title
                assert said(title) == "", title


def test_buttons_are_the_same_in_both_tones():
    assert all(titles_of(SPOKEN[one].friendly) == titles_of(SPOKEN[one].polite) for one in LANGUAGES)


def test_a_suggestion_with_its_way_out_fits_where_buttons_are_three_or_more():
    assert MOST_ARTICLES + 1 <= 10  # WhatsApp's lists, developers.facebook.com/docs/whatsapp


# What may not stand in a tone: the other tone's "you".
FAMILIAR = {
    "ro": r"\b(tu|tău|ta|tale|te|îți|ți|ne-ai|ai|scrie-ne)\b",
    "es": r"\b(tú|tu|tus|te|escríbenos)\b",
    "fr": r"\b(tu|ton|ta|tes|te|écris)\b|t'",
    "de": r"\b(du|dich|dir|dein\w*|schreib)\b",
    "tr": r"\b(sana|senin|seni|mesajın|yazdığın|yazman|buldun|istedin|yaşadığın|sorun ilk|yanıtın|bakma)\b",
    "zh": "你",
    "id": r"\b(kamu|\w+mu)\b(?<!kamu)",
}
FORMAL = {
    "ro": r"\b(dumneavoastră|vă|vi|v-ați|ați|scrieți|referiți|ziua)\b",
    "es": r"\b(usted|su|sus|le|escríbanos|refiere)\b",
    "fr": r"\b(vous|votre|vos)\b",
    "de": r"\b(Sie|Ihnen|Ihr\w*)\b",
    "tr": r"\b(size|sizin|mesajınız\w*|yazdığınız|yazmanız|buldunuz|istediniz|yaşadığınız)\b",
    "zh": "您",
    "id": r"\bAnda\b",
}


@pytest.mark.parametrize("language", FAMILIAR)
def test_a_tone_says_you_in_one_way_only(language):
    friendly, polite = (" ".join(words_of(texts_in(language, tone)).values()) for tone in TONES)
    assert re.search(FAMILIAR[language], friendly.lower())
    assert not re.search(FAMILIAR[language], polite.lower())
    assert re.search(FORMAL[language], polite)
    assert not re.search(FORMAL[language], friendly)


def test_polite_is_usual_where_a_shop_says_so_and_friendly_elsewhere():
    assert {"tr", "ru", "kk", "uk", "de", "hi"} == POLITE_AS_A_RULE
    for language in LANGUAGES:
        usual = "polite" if language in POLITE_AS_A_RULE else "friendly"
        assert tone_of(language, None) == tone_of(language, "loud") == usual
        assert texts_in(language) == texts_in(language, usual)
        assert all(tone_of(language, tone) == tone for tone in TONES)


# Forms that take the gender of the shopper or of who answers.
GENDERED = {
    "en": r"\b(he|she|his|her|sir|madam|guys)\b",
    "ru": r"\b(рад[аы]?|готов[аы]?|уверен[аы]?|долж(ен|н[аы])|сам[аи]?|уважаем\w+|дорог(ой|ая)|"
    r"\w{2,}л(а|ся|ась)?)\b",
    "uk": r"\b(рад(ий|а|і)|готов(ий|а|і)|впевнен(ий|а|і)|повинен|повинна|шановн\w+|дорог(ий|а))\b",
    "ro": r"\b(sigur[ăi]?|mulțumit[ăi]?|bucuro(s|și|asă)|drag[ăa]?|dragul|stimat[ăe]?|coleg[ăi]?|buni|"
    r"servit[ăi]?)\b",
    "ar": r"\b(مستعد|مستعدة|عزيزي|عزيزتي|موافق|راض|تجد|تريد|تقصد|اكتب|اكتبي|أنتَ|أنتِ|موظف|زميل)\b",
    "es": r"\b(obligad[oa]|satisfech[oa]s?|bienvenid[oa]s?|segur[oa]|estimad[oa]|querid[oa]|"
    r"encantad[oa]s?|nosotr[oa]s)\b",
    "pt": r"\b(obrigad[oa]s?|satisfeit[oa]|bem-vind[oa]|cert[oa]|querid[oa]|prezad[oa]|atendid[oa])\b",
    "fr": r"\b(désolés?|ravie?s?|satisfaite?|sûre?|cher|chère|bienvenue|content(e|s)?|servie?|invitée?)\b",
    "de": r"\b(liebe[r]?|geehrte[r]?|kunde|kundin|mitarbeiter\w*|kolleg\w+|er|der|die)\b",
    "hi": r"(चाहते|चाहती|सकते|सकती|करेंगे|करेंगी|देंगे|देंगी|रहे हैं|रही हैं|प्रिय|आएँगे|हुए हैं)",
}


@pytest.mark.parametrize("language", GENDERED)
def test_no_form_takes_the_gender_of_a_shopper_or_of_who_answers(language):
    for tone in TONES:
        texts = texts_in(language, tone)
        for name, text in words_of(texts, (*SENTENCES, *TITLES)).items():
            found = re.search(GENDERED[language], text.lower())
            assert found is None, (name, found)


# Regret is said; whose fault it is, or that nobody knows, is not.
FAULT = {
    "en": r"our (fault|mistake|error)|don't know|we made",
    "ru": r"наш\w* (вин|ошибк)|виноват|не знаем|по нашей",
    "uk": r"наш\w* (вин|помилк)|винні|не знаємо",
    "ro": r"vina noastră|greșeala noastră|am greșit|nu știm",
    "ar": r"خطؤنا|خطأنا|ذنبنا|لا نعرف|أخطأنا",
    "tr": r"bizim hatamız|hata yaptık|suçumuz|bilmiyoruz",
    "zh": r"我们的错|我们错|不知道|过错",
    "kk": r"біздің қате|кінәміз|білмейміз",
    "es": r"nuestra culpa|nuestro error|no sabemos",
    "pt": r"nossa culpa|nosso erro|não sabemos",
    "fr": r"notre faute|notre erreur|ne savons pas",
    "de": r"unsere schuld|unser fehler|wissen (es )?nicht",
    "hi": r"हमारी गलती|हमारी ग़लती|नहीं जानते|पता नहीं",
    "id": r"salah kami|kesalahan kami|tidak tahu",
}


def test_a_complaint_is_met_with_regret_and_with_nobodys_fault():
    assert set(FAULT) == set(LANGUAGES)
    for language, tone in EVERYWHERE:
        texts = texts_in(language, tone)
        assert texts.complaint != texts.urgent
        assert re.split(r"[.。।,，]", texts.complaint)[0] == re.split(r"[.。।,，]", texts.urgent)[0]
        for sentence in (texts.complaint, texts.urgent, texts.still_on_it, texts.handover):
            assert not re.search(FAULT[language], sentence.lower())


def test_an_unknown_language_reads_english():
    assert texts_in("xx") == texts_in("en") == texts_in("")
