"""A time is told by the shopper's clock where it is known, else by the shop's, with its name."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.response_time import Promise
from chalicelib.domain.threads import Thread
from chalicelib.services.sending.whose_clock import speaker_to
from chalicelib.services.sending.wording import handover

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
DUE = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)
BUCHAREST = Shop(zone="Europe/Bucharest", country="RO", languages=("ro", "en"))
NEW_YORK = Shop(zone="US/Eastern")
ALMATY = Shop(zone="Asia/Almaty", country="KZ")
MADE_UP = Shop(zone="Europe/Bucharest", country="ZZ")


def thread(phone: str, hint: str) -> Thread:
    wire = Address("phone", phone) if phone else Address("psid", "1")
    return Thread(
        merchant_id="m_1",
        thread_id="t_1",
        connection_id="c_1",
        channel="whatsapp",
        shopper_id="s_1",
        wire=wire,
        language_hint=hint,
    )


@pytest.mark.parametrize(
    ("shop", "phone", "hint", "language", "told"),
    [
        (BUCHAREST, "40722000111", "", "ro", "azi până la ora 18:30."),
        (BUCHAREST, "442079460000", "", "en", "by 4:30 PM today."),
        (BUCHAREST, "971501234567", "", "en", "by 7:30 PM today."),
        (BUCHAREST, "79261234567", "", "en", "by 6:30 PM (Bucharest time) today."),
        (BUCHAREST, "", "", "ro", "azi până la ora 18:30."),
        (BUCHAREST, "", "ro-md", "ro", "azi până la ora 18:30."),
        (BUCHAREST, "", "en_US", "en", "by 6:30 PM (Bucharest time) today."),
        (BUCHAREST, "", "", "en", "by 6:30 PM (Bucharest time) today."),
        (NEW_YORK, "", "", "en", "by 11:30 AM (New York time) today."),
        (NEW_YORK, "12125550123", "", "en", "by 11:30 AM today."),
        (ALMATY, "", "", "ru", "сегодня до 20:30."),
        (ALMATY, "", "", "kk", "бүгін сағат 20:30 болғанға дейін жауап береміз."),
        (MADE_UP, "", "", "en", "by 6:30 PM (Bucharest time) today."),
    ],
)
def test_a_time_is_told_by_a_clock_that_the_shopper_can_trust(shop, phone, hint, language, told):
    promise = Promise("by", DUE)
    speaker = speaker_to(thread(phone, hint), shop, language, "", promise, NOW)
    assert handover(speaker, promise).endswith(told)


def test_where_no_time_is_told_no_clock_is_looked_for():
    for promise in (Promise("none"), Promise("within", DUE, within_s=600)):
        speaker = speaker_to(thread("79261234567", ""), BUCHAREST, "en", "", promise, NOW)
        assert (speaker.zone, speaker.names_zone) == ("", False)
