"""An order's page in HTML: everything escaped, everything cut so that it stays under 50 KB."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Any, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.commerce.orders import Order, Parcel, Refund
from chalicelib.domain.commerce.stages import (
    RANKS,
    Stage,
    begun,
    is_on_its_way,
    late_from,
    parcels_of,
    promised_on,
    stage_of,
)
from chalicelib.domain.merchants import Shop
from chalicelib.domain.texts.stage_titles import STAGE_TITLES
from chalicelib.domain.texts.tracking_words import TRACKING_WORDS, TrackingWords
from chalicelib.domain.texts.update_texts import update_texts
from chalicelib.services.shops.update_wording import day_in_words, head_of, stage_sentence
from functions.looks import direction

_MOST_LINES: Final = 20
_MOST_PICTURES: Final = 12
_MOST_PARCELS: Final = 5
_MOST_PICKS: Final = 6
_LONGEST_WORDS: Final = 80
_LONGEST_URL: Final = 400
_WAY: Final[tuple[Stage, ...]] = (
    "placed",
    "confirmed",
    "packed",
    "shipped",
    "in_transit",
    "out_for_delivery",
    "delivered",
)
# What stands on the way only where it happens, and in the place of what.
_INSTEAD: Final[Mapping[Stage, Stage]] = {"ready_for_pickup": "out_for_delivery", "failed": "delivered"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one reader sees. order: of whom nobody need know whose it is. language: one of ours."""

    order: Order
    shop: Shop
    language: str
    now: datetime

    @property
    def words(self) -> TrackingWords:
        return TRACKING_WORDS[self.language]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.shop.zone or "UTC")


def whole(page: Page, look: str) -> str:
    """All of it; `look` is what `style` has made."""
    texts = update_texts(page.language, page.shop.tone)
    head = head_of(page.order, texts, page.language)
    name = _cut(page.shop.name)
    title = f"{head} · {name}" if name else head
    return (
        f"{_head(page.language, title, look)}{_banner(page, name)}<main><h1>{escape(head)}</h1>"
        f"<div>{''.join(_ways(page))}</div>{_lines(page)}{_picks(page)}</main>{_languages(page)}</html>"
    )


def missing(language: str, look: str) -> str:
    """Where there is no such page."""
    words = TRACKING_WORDS[language]
    return (
        f"{_head(language, words.missing, look)}<main><h1>{words.missing}</h1><p>{words.why_missing}</p>"
        "</main></html>"
    )


def _head(language: str, title: str, look: str) -> str:
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex,nofollow"><title>{escape(title)}</title><style>{look}</style>'
    )


def _banner(page: Page, name: str) -> str:
    logo = _link(page.shop.colours.get("logo", ""))
    picture = f'<img src="{logo}" alt="">' if logo else ""
    told = f"<bdi>{escape(name)}</bdi>" if name else ""
    return f"<header><div>{picture}{told}</div></header>" if picture or told else ""


def _ways(page: Page) -> Iterator[str]:
    """How far it is; each parcel by itself where there are several."""
    parcels = parcels_of(page.order)[:_MOST_PARCELS]
    if len(parcels) < 2:
        yield _way(page, parcels[0] if parcels else None, _WAY, "h2", page.words.way)
    for number, parcel in enumerate(parcels if len(parcels) > 1 else (), start=1):
        title = page.words.parcel.format(number=number)
        yield _way(page, parcel, _WAY[2:], "h2", title)
    refunds = page.order.refunds[:_MOST_PARCELS]
    if refunds or page.order.paid == "refunded":
        told = "".join(f"<p class=now>{_refunded(page, one)}</p>" for one in refunds or (None,))
        yield f"<h2>{STAGE_TITLES[page.language]['refunded']}</h2>{told}"


def _way(page: Page, parcel: Parcel | None, way: tuple[Stage, ...], tag: str, title: str) -> str:
    stage = (stage_of(parcel) if parcel else None) or begun(page.order)
    late_at = late_from(page.order, parcel, page.zone)
    is_late = late_at is not None and late_at <= page.now
    texts = update_texts(page.language, page.shop.tone)
    said = f"<p class=now>{stage_sentence('delayed' if is_late else stage, texts)}</p>"
    steps = "".join(_step(page, one, stage) for one in _steps(stage, way))
    heading = f"<{tag}>{title}</{tag}>"
    before, after = (said, heading) if parcel is None or way == _WAY else (heading + said, "")
    day = "" if is_late else _day(page, parcel)
    return f"{before}{day}{after}<ol class=way>{steps}</ol>{_courier(page, parcel) if parcel else ''}"


def _steps(stage: Stage, way: tuple[Stage, ...]) -> list[Stage]:
    """What has happened and what is still to come, in its order."""
    if stage == "cancelled":
        return ["placed", "cancelled"]
    steps = [stage if one == _INSTEAD.get(stage) else one for one in way]
    if stage == "attempted":
        steps.insert(steps.index("delivered"), stage)
    return steps


def _step(page: Page, step: Stage, stage: Stage) -> str:
    title = STAGE_TITLES[page.language][step]
    if step == stage:
        odd = " odd" if stage in ("failed", "cancelled") else ""
        return f'<li class="here{odd}" aria-current=step>{title}</li>'
    is_done = stage == "cancelled" or RANKS[step] < RANKS[stage]
    return f"<li class=done>{title}</li>" if is_done else f"<li>{title}</li>"


def _day(page: Page, parcel: Parcel | None) -> str:
    day = promised_on(page.order, parcel)
    if day is None or not is_on_its_way(page.order, parcel):
        return ""
    told = escape(day_in_words(day, page.language))
    return f"<p class=day>{page.words.expected}<b>{told}</b></p>"


def _courier(page: Page, parcel: Parcel) -> str:
    words, rows = page.words, ""
    for name, value in ((words.courier, parcel.courier), (words.tracking, parcel.number)):
        rows += f"<dt>{name}</dt><dd><bdi>{escape(_cut(value))}</bdi></dd>" if value.strip() else ""
    url = _link(parcel.url)
    more = f'<p><a class=button href="{url}" rel="{_REL}">{words.courier_page}</a></p>' if url else ""
    return (f"<dl>{rows}</dl>" if rows else "") + more


def _refunded(page: Page, refund: Refund | None) -> str:
    texts = update_texts(page.language, page.shop.tone)
    if refund is None or not refund.amount or not page.order.currency:
        return texts.refunded_alone
    return texts.refunded.format(amount=f"<bdi>{escape(_money(page, refund.amount))}</bdi>")


def _money(page: Page, amount: Decimal) -> str:
    from babel.numbers import format_currency

    return format_currency(amount, page.order.currency, locale=page.language)


def _lines(page: Page) -> str:
    lines = page.order.lines[:_MOST_LINES]
    items = "".join(_line(one, has_picture=place < _MOST_PICTURES) for place, one in enumerate(lines))
    more = len(page.order.lines) - _MOST_LINES
    rest = f"<li><span>+ {more}</span></li>" if more > 0 else ""
    return f"<div><h2>{page.words.lines}</h2><ul class=lines>{items}{rest}</ul></div>" if items else ""


def _line(line: Line, *, has_picture: bool) -> str:
    picture = _link(line.picture) if has_picture else ""
    shown = f'<img src="{picture}" alt="" loading=lazy width=52 height=52>' if picture else ""
    named = _cut(", ".join(filter(None, (line.title, line.variant))))
    return f"<li>{shown}<span><bdi>{escape(named)}</bdi></span><b dir=ltr>× {line.quantity}</b></li>"


def _picks(page: Page) -> str:
    """What the shop has chosen to show below."""
    chosen = page.shop.orders.get("suggestions", ())[:_MOST_PICKS]
    items = "".join(_pick(one) for one in chosen)
    return f"<div class=all><h2>{page.words.picks}</h2><ul class=picks>{items}</ul></div>" if items else ""


def _pick(one: Mapping[str, Any]) -> str:
    url, picture = _link(one.get("url", "")), _link(one.get("picture", ""))
    if not url:
        return ""
    shown = f'<img src="{picture}" alt="" loading=lazy>' if picture else ""
    price = f"<b><bdi>{escape(_cut(one['price']))}</bdi></b>" if one.get("price") else ""
    title = f"<span><bdi>{escape(_cut(one['title']))}</bdi></span>"
    return f'<li><a href="{url}" rel="{_REL}">{shown}{title}{price}</a></li>'


def _languages(page: Page) -> str:
    """Those of the shop, where it has named several."""
    named = [code for code in page.shop.languages if code in TRACKING_WORDS]
    if len(named) < 2:
        return ""
    links = "".join(
        f'<a href="?lang={code}" lang="{code}" hreflang="{code}"'
        f"{' aria-current=page' if code == page.language else ''}>{TRACKING_WORDS[code].own_name}</a>"
        for code in named
    )
    return f"<footer><nav>{links}</nav></footer>"


def _link(url: str) -> str:
    """Escaped; '' for what is no https address, or is longer than any that a page of a few KB can hold."""
    told = escape(url) if url.startswith("https://") and url.isprintable() and " " not in url else ""
    return told if len(told.encode()) <= _LONGEST_URL else ""


def _cut(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= _LONGEST_WORDS else f"{told[: _LONGEST_WORDS - 1]}…"


_REL: Final = "nofollow noopener noreferrer"
