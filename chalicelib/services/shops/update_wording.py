"""News of an order in words, and what a template may say of it.

Babel costs 70 ms to load, so that it is imported where it is needed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.orders import Order, Parcel
from chalicelib.domain.commerce.stages import (
    ON_ITS_WAY,
    Stage,
    is_on_its_way,
    parcels_of,
    promised_on,
    stage_of,
)
from chalicelib.domain.commerce.updates import Update
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.update_sentences import UpdateTexts
from chalicelib.domain.texts.update_texts import update_texts

# What a message begins with, to be told apart at a glance.
_SIGNS: Final[Mapping[Stage, str]] = {
    "placed": "🧾",
    "confirmed": "👍",
    "packed": "📦",
    "shipped": "📦",
    "in_transit": "🚚",
    "out_for_delivery": "🚚",
    "ready_for_pickup": "📍",
    "attempted": "🚪",
    "failed": "↩️",
    "delivered": "✅",
    "delayed": "⏳",
    "cancelled": "✖️",
    "refunded": "💶",
}
# Where a parcel's number is of use.
_TRACKED: Final = ON_ITS_WAY - {"packed"} | {"ready_for_pickup", "attempted", "failed", "delayed"}
_MOST_PARCELS: Final = 5
_WEEKDAY_FIRST: Final = re.compile(r"^[Ec]+([\s,،]*)")
_WEEKDAY_LAST: Final = re.compile(r"([\s,،]*)[Ec]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told, of which order and to whom. language: one of ours. page_url: where all of it stands, ''
    for nowhere."""

    update: Update
    order: Order
    shop: Shop
    language: str
    page_url: str
    now: datetime

    @property
    def texts(self) -> UpdateTexts:
        return update_texts(self.language, self.shop.tone)


def update_text(told: Told) -> str:
    """The message while the window is open. Addresses stand alone at their lines' ends, without isolates:
    phones would make those part of the link."""
    head = f"{_SIGNS[told.update.stage]} {head_of(told.order, told.texts, told.language)}"
    facts = list(_facts(told))
    said = f"{head}\n{_sentence(told)}"
    return f"{said}\n\n" + "\n".join(facts) if facts else said


def head_of(order: Order, texts: UpdateTexts, language: str) -> str:
    number = one_line(order.number)
    return texts.order.format(number=apart(number, language)) if number else texts.order_alone


def stage_sentence(stage: Stage, texts: UpdateTexts) -> str:
    """For a stage that tells no amount."""
    name = "refunded_alone" if stage == "refunded" else stage
    return str(getattr(texts, name))


def day_in_words(day: date, language: str) -> str:
    """With its weekday, without its year: "Tuesday, November 24". CLDR has the short form in each language's
    order, and the day of the month in full: the weekday stands as in the first, the rest is the second."""
    from babel import Locale
    from babel.dates import format_date, format_skeleton

    at = datetime.combine(day, time(), UTC)
    short = str(Locale.parse(language).datetime_skeletons["MMMEd"].pattern)
    weekday, rest = format_date(day, "cccc", language), format_skeleton("MMMMd", at, locale=language)
    first, last = _WEEKDAY_FIRST.match(short), _WEEKDAY_LAST.search(short)
    between = first[1] if first else last[1] if last else " "
    told = f"{weekday}{between}{rest}" if first else f"{rest}{between}{weekday}"
    return apart(told.replace("\u202f", " ").replace("\xa0", " "), language)


def fields_for(told: Told, shopper_name: str) -> dict[str, str]:
    """What a template's places may be filled with; '' for what is not known."""
    from chalicelib.domain.templates.use import values_for

    parcel = _tracked_parcel(told)
    day = _promised(told)
    return {
        **values_for(shopper_name=shopper_name, shop_name=told.shop.name),
        "order.number": told.order.number,
        "order.courier": parcel.courier if parcel else "",
        "order.tracking_number": parcel.number if parcel else "",
        "order.tracking_url": parcel.url if parcel else "",
        "order.promised_on": day_in_words(day, told.language) if day else "",
        "order.page_url": told.page_url,
    }


def _sentence(told: Told) -> str:
    refund = told.update.refund
    if told.update.stage == "refunded" and refund is not None and refund.amount and told.order.currency:
        from babel.numbers import format_currency

        amount = format_currency(refund.amount, told.order.currency, locale=told.language)
        return told.texts.refunded.format(amount=apart(amount.replace("\xa0", " "), told.language))
    return stage_sentence(told.update.stage, told.texts)


def _facts(told: Told) -> Iterator[str]:
    texts, update = told.texts, told.update
    day = _promised(told)
    if day is not None:
        yield texts.expected.format(date=day_in_words(day, told.language))
    if update.stage in _TRACKED:
        for parcel in update.parcels[:_MOST_PARCELS]:
            yield from _parcel_lines(parcel, texts, told.language)
    if told.page_url:
        yield texts.page.format(url=told.page_url)
    if update.parcels and _comes_apart(told):
        yield texts.rest


def _parcel_lines(parcel: Parcel, texts: UpdateTexts, language: str) -> Iterator[str]:
    courier, number = one_line(parcel.courier), one_line(parcel.number)
    if courier and number:
        yield f"{apart(courier, language)}: {apart(number, language)}"
    elif number:
        yield texts.tracking.format(number=apart(number, language))
    elif courier:
        yield apart(courier, language)
    if parcel.url.startswith("https://"):
        yield texts.courier_page.format(url=parcel.url)


def _promised(told: Told) -> date | None:
    """A day that is still to come, of what is still on its way."""
    if told.update.stage in ("delayed", "refunded"):
        return None
    today = told.now.astimezone(ZoneInfo(told.shop.zone or "UTC")).date()
    parcels = told.update.parcels or parcels_of(told.order) or (None,)
    days = [promised_on(told.order, one) for one in parcels if is_on_its_way(told.order, one)]
    ahead = [day for day in days if day is not None and day >= today]
    return max(ahead, default=None)


def _tracked_parcel(told: Told) -> Parcel | None:
    """Whose number a template tells, which has a place for one."""
    parcels = told.update.parcels or parcels_of(told.order)
    return next((one for one in parcels if one.number or one.url), next(iter(parcels), None))


def _comes_apart(told: Told) -> bool:
    """Whether more of the order is still to come than this is about."""
    others = [one for one in parcels_of(told.order) if one not in told.update.parcels]
    return told.update.stage != "delayed" and any(stage_of(one) != "delivered" for one in others)
