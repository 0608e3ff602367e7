"""The automatic answer in words: our sentences with CLDR's durations, times and dates.

Babel costs 70 ms to load, so that it is imported where it is needed.
"""

import re
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.languages import DEFAULT
from chalicelib.domain.names import greeting_name
from chalicelib.domain.response_time import Promise
from chalicelib.domain.texts import RIGHT_TO_LEFT, TEXTS

_DAY_S: Final = 86400
_HOUR_S: Final = 3600
_WEEK: Final = 7
_NEVER: Final = 10**9  # a threshold that no unit reaches, so that Babel takes the one we name
# Hindi says the part of the day ("सुबह 9:00 बजे"); elsewhere CLDR's short time is what people write.
_CLOCKS: Final = {"hi": "B h:mm"}
_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def answer_text(
    promise: Promise, language: str, name: str, zone: str, now: datetime, shop_name: str = ""
) -> str:
    """What the shopper reads: a greeting (by name, if the profile's `name` holds one), thanks, the promise.

    language: one of ours, else English. zone: the shop's; '' is UTC. shop_name: '' says "us".
    """
    code = language if language in TEXTS else DEFAULT
    texts = TEXTS[code]
    first_name = greeting_name(name)
    shop = _UNSEEN.sub(" ", shop_name).strip()
    hello = texts.hello_name.format(name=_apart(first_name, code)) if first_name else texts.hello
    thanks = texts.thanks_shop.format(shop=_apart(shop, code)) if shop else texts.thanks
    return texts.joint.join((hello, thanks, expectation(promise, code, zone, now)))


def expectation(promise: Promise, language: str, zone: str, now: datetime) -> str:
    """The sentence that tells the promise, days and times as the shop's own clock shows them."""
    texts = TEXTS[language]
    if promise.kind == "within":
        return texts.within.format(duration=_apart(duration(promise.within_s, language), language))
    told = {"by": promise.due, "back": promise.opens}.get(promise.kind)
    if told is None:
        return texts.soon
    there = ZoneInfo(zone or "UTC")
    at = told.astimezone(there)
    sentence, at_one = (
        (texts.by, texts.by_at_one) if promise.kind == "by" else (texts.back, texts.back_at_one)
    )
    if at.hour == 1 and at_one:
        sentence = at_one
    day = _day(at, now.astimezone(there), language)
    return sentence.format(day=day, time=_apart(_time(at, language), language))


def duration(seconds: int, language: str) -> str:
    """Whole minutes, hours (up to 24) or days: "1 hour", or "in 1 hour" where the sentence needs that."""
    from babel.dates import format_timedelta

    unit: Literal["day", "hour", "minute"]
    unit = "day" if seconds > _DAY_S else "hour" if seconds >= _HOUR_S else "minute"
    words = format_timedelta(
        seconds,
        granularity=unit,
        threshold=_NEVER,
        add_direction=TEXTS[language].from_now,
        locale=language,
    )
    return _plain(words)


def _day(at: datetime, now: datetime, language: str) -> str:
    """Today, tomorrow, on a weekday of the next six days, or on a date."""
    from babel.dates import format_skeleton

    texts = TEXTS[language]
    days = (at.date() - now.date()).days
    if days == 0:
        return texts.today
    if days == 1:
        return texts.tomorrow
    if 1 < days < _WEEK:
        return texts.weekdays[at.weekday()]
    date = _plain(format_skeleton("MMMMd", at, tzinfo=at.tzinfo, locale=language))
    return texts.on_date.format(date=_apart(date, language))


def _time(at: datetime, language: str) -> str:
    from babel.dates import format_time

    return _plain(format_time(at, _CLOCKS.get(language, "short"), tzinfo=at.tzinfo, locale=language))


def _plain(words: str) -> str:
    """CLDR's non-breaking spaces as plain ones, which every phone shows well."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def _apart(inserted: str, language: str) -> str:
    """Isolated from the direction of what is around it, where the two may differ."""
    if language in RIGHT_TO_LEFT or _FROM_THE_RIGHT.search(inserted):
        return f"\u2068{inserted}\u2069"
    return inserted
