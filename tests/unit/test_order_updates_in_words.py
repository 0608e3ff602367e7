"""News of an order in words: every stage in every language and tone, and what is left out of them."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from chalicelib.domain.commerce.orders import Order, Parcel, Refund
from chalicelib.domain.commerce.stages import STAGES
from chalicelib.domain.commerce.updates import Update
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.stage_titles import STAGE_TITLES
from chalicelib.domain.texts.tracking_words import TRACKING_WORDS
from chalicelib.domain.texts.update_sentences import UpdateTexts
from chalicelib.domain.texts.update_texts import ALL as SPOKEN
from chalicelib.services.shops.update_wording import Told, day_in_words, update_text

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
PARCEL: Final = Parcel(
    parcel_id="p1",
    state="shipped",
    at=NOW - HOUR,
    courier="DHL",
    number="0034",
    url="https://dhl.example/0034",
    promised_on=date(2026, 11, 24),
)
ORDER: Final = Order(
    connection_id="cn_shop",
    order_id="77",
    number="#1001",
    at=NOW - HOUR,
    placed_at=NOW - 2 * HOUR,
    is_confirmed=True,
    parcels=(PARCEL,),
    currency="EUR",
)


def words_of(update: Update, order: Order = ORDER, language: str = "en", **changes: Any) -> str:
    told = Told(update=update, order=order, shop=Shop(name="Luna"), language=language, page_url="", now=NOW)
    return update_text(replace(told, **changes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", ["friendly", "polite"])
def test_every_stage_is_told_in_every_language_and_tone(language: str, tone: str) -> None:
    seen = set()
    for stage in STAGES:
        parcels = () if stage in ("placed", "confirmed", "cancelled", "refunded") else (PARCEL,)
        refund = Refund(refund_id="r", at=NOW, amount=Decimal("12.5")) if stage == "refunded" else None
        update = Update(stage=stage, keys=("k",), at=NOW, parcels=parcels, refund=refund)
        text = words_of(update, language=language, shop=Shop(name="Luna", tone=tone))
        assert "{" not in text and "#1001" in text and len(text) < 600
        assert ("12" in text) is (stage == "refunded") or stage != "refunded"
        seen.add(text.split("\n")[1])
    assert len(seen) == len(STAGES)


def test_the_words_of_all_languages_have_the_same_places() -> None:
    assert set(SPOKEN) == set(LANGUAGES) == set(TRACKING_WORDS) == set(STAGE_TITLES)
    english, _ = SPOKEN["en"]
    for tones in SPOKEN.values():
        for texts in tones:
            for one in fields(UpdateTexts):
                ours, theirs = getattr(english, one.name), getattr(texts, one.name)
                assert theirs.strip() and places(ours) == places(theirs)
    for titles in STAGE_TITLES.values():
        assert list(titles) == list(STAGES) and len(set(titles.values())) == len(STAGES)
    assert all("{number}" in words.parcel for words in TRACKING_WORDS.values())


def places(text: str) -> set[str]:
    return {one for one in ("number", "amount", "date", "url") if f"{{{one}}}" in text}


def test_in_arabic_what_is_written_from_the_left_stands_apart() -> None:
    update = Update(stage="shipped", keys=("k",), at=NOW, parcels=(PARCEL,))
    text = words_of(update, language="ar", page_url="https://p.example/t/x?lang=ar")
    assert "\u2068#1001\u2069" in text and "\u2068DHL\u2069: \u20680034\u2069" in text
    assert "https://p.example/t/x?lang=ar\u2069" not in text


@pytest.mark.parametrize(
    ("stage", "changes", "holds", "lacks"),
    [
        ("shipped", {"courier": ""}, "Tracking number: 0034", "DHL"),
        ("shipped", {"number": ""}, "\nDHL\n", ": DHL"),
        ("shipped", {"url": "javascript:alert(1)"}, "DHL: 0034", "javascript"),
        ("shipped", {"promised_on": date(2026, 11, 21)}, "on its way", "Expected"),
        ("shipped", {"promised_on": date(2026, 11, 22)}, "Expected: Sunday, November 22", "rest"),
        ("delivered", {"state": "delivered"}, "has been delivered", "DHL"),
        ("delayed", {"promised_on": date(2026, 11, 21)}, "DHL: 0034", "Expected"),
        ("shipped", {"courier": "D\nHL\u202e"}, "D HL: 0034", "\u202e"),
    ],
)
def test_what_is_not_known_or_does_not_matter_is_left_out(
    stage: Any, changes: dict[str, Any], holds: str, lacks: str
) -> None:
    parcel = replace(PARCEL, **changes)
    update = Update(stage=stage, keys=("k",), at=NOW, parcels=(parcel,))
    text = words_of(update, replace(ORDER, parcels=(parcel,)))
    assert holds in text and lacks not in text


def test_who_gets_a_part_hears_that_the_rest_comes() -> None:
    other = replace(PARCEL, parcel_id="p2", state="packed")
    update = Update(stage="shipped", keys=("k",), at=NOW, parcels=(PARCEL,))
    two = replace(ORDER, parcels=(PARCEL, other))
    assert "The rest of the order comes separately." in words_of(update, two)
    arrived = replace(two, parcels=(PARCEL, replace(other, state="delivered")))
    assert "The rest" not in words_of(update, arrived)
    assert "Your order\n" in words_of(update, replace(ORDER, number=""))


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Tuesday, November 24"),
        ("ru", "вторник, 24 ноября"),
        ("tr", "24 Kasım Salı"),
        ("zh", "11月24日星期二"),
        ("kk", "24 қараша, сейсенбі"),
        ("es", "martes, 24 de noviembre"),
        ("fr", "mardi 24 novembre"),
        ("de", "Dienstag, 24. November"),
    ],
)
def test_a_promised_day_is_written_as_the_language_writes_days(language: str, day: str) -> None:
    assert day_in_words(date(2026, 11, 24), language) == day


def test_money_that_went_back_is_told_as_the_shopper_writes_it() -> None:
    refund = Refund(refund_id="r", at=NOW, amount=Decimal("1234.5"))
    update = Update(stage="refunded", keys=("k",), at=NOW, refund=refund)
    assert "1.234,50 €" in words_of(update, language="de")
    assert "€1,234.50" in words_of(update)
    assert "We have sent your money back." in words_of(replace(update, refund=None))
