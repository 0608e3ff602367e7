"""The expected time in the first answer: the right one, in the shopper's language, on every channel."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from shop import (
    ALWAYS_OPEN,
    KINDS,
    Account,
    Shopper,
    clock,
    eventually,
    open_shop,
    pass_time,
    together,
)

WEEK: Final = tuple(ALWAYS_OPEN)
WAIT_MIN: Final = 8
ANSWERS_NEEDED: Final = 20


@dataclass(frozen=True)
class Person:
    """Somebody who shows a language: by what the channel tells of them, or by what they write."""

    name: str
    text: str
    told: Mapping[str, str]
    about: Mapping[str, str] = field(default_factory=dict)


PEOPLE: Final = {
    "whatsapp": Person(
        "Lucía Gómez",
        "Hola, ¿tenéis la camiseta azul en talla M?",
        {
            "soon": "¡Hola, Lucía! Gracias por escribir a Casa Luna. Te responderemos lo antes posible.",
            "open": "¡Hola, Lucía! Gracias por escribir a Casa Luna. "
            "Te responderemos en un máximo de 1 hora.",
            "closed": "¡Hola, Lucía! Gracias por escribir a Casa Luna. "
            "Ahora estamos fuera de horario. Volvemos mañana a las 10:00{zone}.",
            "measured": "¡Hola, Lucía! Gracias por escribir a Casa Luna. "
            "Te responderemos en un máximo de 10 minutos.",
        },
        {"hides_phone": True},
    ),
    "messenger": Person(
        "Jürgen Bauer",
        "M?",
        {
            "soon": "Hallo Jürgen! Vielen Dank für Ihre Nachricht an Casa Luna. "
            "Wir antworten Ihnen so bald wie möglich.",
            "open": "Hallo Jürgen! Vielen Dank für Ihre Nachricht an Casa Luna. "
            "Wir antworten Ihnen spätestens in 1 Stunde.",
            "closed": "Hallo Jürgen! Vielen Dank für Ihre Nachricht an Casa Luna. "
            "Zurzeit haben wir geschlossen. Wir sind morgen ab 10:00 Uhr{zone} wieder für Sie da.",
            "measured": "Hallo Jürgen! Vielen Dank für Ihre Nachricht an Casa Luna. "
            "Wir antworten Ihnen spätestens in 10 Minuten.",
        },
        {"language": "de"},
    ),
    "instagram by its own login": Person(
        "Ayşe Kaya",
        "Merhaba, mavi elbise stokta var mı?",
        {
            "soon": "Merhaba Ayşe! Casa Luna ekibine yazdığınız için teşekkür ederiz. "
            "Size en kısa sürede yanıt vereceğiz.",
            "open": "Merhaba Ayşe! Casa Luna ekibine yazdığınız için teşekkür ederiz. "
            "Size en geç 1 saat içinde yanıt vereceğiz.",
            "closed": "Merhaba Ayşe! Casa Luna ekibine yazdığınız için teşekkür ederiz. "
            "Şu anda kapalıyız; yarın saat 10:00{zone} itibarıyla yeniden hizmetinizdeyiz.",
            "measured": "Merhaba Ayşe! Casa Luna ekibine yazdığınız için teşekkür ederiz. "
            "Size en geç 10 dakika içinde yanıt vereceğiz.",
        },
    ),
    "instagram by a page": Person(
        "Ioana Marin",
        "Bună ziua, mai aveți rochia albastră pe stoc?",
        {
            "soon": "Bună, Ioana! Îți mulțumim că ai scris echipei Casa Luna. Îți răspundem cât mai curând.",
            "open": "Bună, Ioana! Îți mulțumim că ai scris echipei Casa Luna. "
            "Îți răspundem în cel mult 1 oră.",
            "closed": "Bună, Ioana! Îți mulțumim că ai scris echipei Casa Luna. "
            "Acum suntem în afara programului și revenim mâine la ora 10:00{zone}.",
            "measured": "Bună, Ioana! Îți mulțumim că ai scris echipei Casa Luna. "
            "Îți răspundem în cel mult 10 minute.",
        },
    ),
    "telegram": Person(
        "Анна Волкова",
        "Hello, is the blue one in stock?",
        {
            "soon": "Здравствуйте, Анна! Спасибо, что написали в «Casa Luna». Мы ответим как можно скорее.",
            "open": "Здравствуйте, Анна! Спасибо, что написали в «Casa Luna». "
            "Мы ответим не позднее чем через 1 час.",
            "closed": "Здравствуйте, Анна! Спасибо, что написали в «Casa Luna». "
            "Сейчас нерабочее время. Снова будем на связи завтра с 10:00{zone}.",
            "measured": "Здравствуйте, Анна! Спасибо, что написали в «Casa Luna». "
            "Мы ответим не позднее чем через 10 минут.",
        },
        {"language": "ru"},
    ),
}


def test_no_time_is_promised_until_the_shop_has_set_its_hours(stack: Any) -> None:
    def is_told(kind: str) -> None:
        shopper = first_words(open_shop(stack, name="Casa Luna").connect(kind), kind)
        assert shopper.hears() == [PEOPLE[kind].told["soon"]]
        assert "promised_at" not in shopper.thread()

    together(is_told)


def test_an_open_shop_promises_an_answer_within_the_standard_hour(stack: Any) -> None:
    def is_told(kind: str) -> None:
        shop = open_shop(stack, name="Casa Luna", zone="Europe/Bucharest", opening_hours=ALWAYS_OPEN)
        shopper = first_words(shop.connect(kind), kind)
        assert shopper.hears() == [PEOPLE[kind].told["open"]]
        assert 3500 < promised_in(stack, shopper).total_seconds() <= 3600

    together(is_told)


def test_a_closed_shop_tells_when_it_is_back_and_by_whose_clock(stack: Any) -> None:
    zone, tomorrow = where_it_is_noon(clock(stack))
    hours = {WEEK[tomorrow]: [["10:00", "18:00"]]}

    def is_told(kind: str) -> None:
        shop = open_shop(stack, name="Casa Luna", zone=zone, opening_hours=hours)
        shopper = first_words(shop.connect(kind), kind)
        assert shopper.hears() == [PEOPLE[kind].told["closed"].format(zone=f" ({named(zone)})")]
        assert timedelta(hours=21) < promised_in(stack, shopper) < timedelta(hours=24)

    together(is_told)


def test_after_some_human_answers_the_promise_is_the_shops_own_time(stack: Any) -> None:
    shop = open_shop(stack, name="Casa Luna", opening_hours=ALWAYS_OPEN, paused="automatic")
    accounts = {kind: shop.connect(kind) for kind in KINDS}
    waiting = [
        account.shopper(f"{kind} {number}")
        for kind, account in accounts.items()
        for number in range(ANSWERS_NEEDED // (2 if account.channel == "instagram" else 1))
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda shopper: shopper.writes(f"I am {shopper.name}"), waiting))
        eventually(lambda: all_waiting(accounts, len(waiting)), "not every shopper has a thread")
        pass_time(stack, minutes=WAIT_MIN)
        threads = [one["thread_id"] for account in accounts.values() for one in account.threads()]
        list(pool.map(lambda thread_id: shop.reply(thread_id, "Yes."), threads))
    shop.set(paused=None)

    def is_told(kind: str) -> None:
        assert first_words(accounts[kind], kind).hears() == [PEOPLE[kind].told["measured"]]

    together(is_told)


def first_words(account: Account, kind: str) -> Shopper:
    person = PEOPLE[kind]
    shopper = account.shopper(person.name, **person.about)
    shopper.writes(person.text)
    return shopper


def all_waiting(accounts: Mapping[str, Account], count: int) -> bool:
    return sum(len(account.threads()) for account in accounts.values()) == count


def promised_in(stack: Any, shopper: Shopper) -> timedelta:
    """How long after the shopper's message the promise ends."""
    thread = shopper.thread()
    written = datetime.fromisoformat(thread["messages"][0]["sent_at"])
    return datetime.fromisoformat(thread["promised_at"]) - written - timedelta(seconds=10)


def named(zone: str) -> str:
    """How a zone without a city is told to who may live by another clock: Etc/GMT-2 is GMT+02:00."""
    behind = int(zone.removeprefix("Etc/GMT"))
    return f"GMT{-behind:+03d}:00"


def where_it_is_noon(now: datetime) -> tuple[str, int]:
    """A zone in which it is between 12 and 13 o'clock, and which day of the week tomorrow is there."""
    ahead = 12 - now.astimezone(UTC).hour
    return f"Etc/GMT{-ahead:+d}", ((now + timedelta(hours=ahead)).weekday() + 1) % 7
