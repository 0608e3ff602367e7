"""An order that a shopper put together from the shop's catalogue inside the chat: a cart that waits for its
checkout. Pure.

Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/receive-responses
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import quote

from chalicelib.domain.commerce.goods import Line
from chalicelib.domain.events import ShopperMessage

MOST_LINES: Final = 100
# No cart's link is kept that is longer.
LONGEST_LINK: Final = 2000
_MOST_OF_ONE: Final = 10_000
_DEAREST: Final = Decimal(10) ** 12
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
# What shop systems call their products in a catalogue is of no use to a reader.
_OF_MACHINES: Final = re.compile(r"shopify_.*|gid://.*|wc_post_id_.*|[\W\d_]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CatalogueOrder:
    """total, currency: 0 and '' where a price is missing, or there are several currencies."""

    lines: tuple[Line, ...]
    total: Decimal = Decimal(0)
    currency: str = ""


def order_in(said: ShopperMessage) -> CatalogueOrder | None:
    """None for any other message, and for one with something in it that can't be bought as it stands: a
    person looks at it."""
    given = said.details.get("lines")
    if said.kind != "order" or not isinstance(given, Sequence) or isinstance(given, str) or not given:
        return None
    found: dict[str, Line] = {}
    currencies, is_priced = set(), True
    for raw in given:
        line = _line(raw)
        if line is None:
            return None
        is_priced = is_priced and _price(raw.get("price")) is not None
        currencies.add(str(raw.get("currency") or "").strip().upper())
        before = found.get(line.product_id)
        is_priced = is_priced and (before is None or before.price == line.price)
        found[line.product_id] = (
            line if before is None else replace(before, quantity=before.quantity + line.quantity)
        )
    lines, currency = tuple(found.values()), currencies.pop() if len(currencies) == 1 else ""
    if len(lines) > MOST_LINES:
        return None
    if not is_priced or not _CURRENCY.fullmatch(currency):
        return CatalogueOrder(lines)
    return CatalogueOrder(lines, sum((one.price * one.quantity for one in lines), Decimal(0)), currency)


def can_be_read(lines: Sequence[Line]) -> bool:
    """Whether the catalogue calls all of them something that tells a shopper what it is."""
    return not any(_OF_MACHINES.fullmatch(one.title) for one in lines)


def own_link(template: str, lines: Sequence[Line]) -> str:
    """The shop's own address of a filled cart, '' where it has none. template: with `{items}`, in whose place
    stands `SKU:QTY,…`."""
    items = ",".join(f"{quote(one.product_id, safe='')}:{one.quantity}" for one in lines)
    link = template.replace("{items}", items) if lines and "{items}" in template else ""
    return link if len(link) <= LONGEST_LINK else ""


def numbered_items(lines: Sequence[Line], pattern: re.Pattern[str]) -> str:
    """`ID:QTY,…` with what the pattern's group finds in each product's id; '' where it is of no such form."""
    found = [(pattern.fullmatch(one.product_id), one.quantity) for one in lines]
    items = [f"{match[1]}:{quantity}" for match, quantity in found if match is not None]
    return ",".join(items) if len(items) == len(found) else ""


def _line(raw: Any) -> Line | None:
    if not isinstance(raw, Mapping):
        return None
    product_id, quantity = raw.get("product_id"), raw.get("quantity")
    is_count = isinstance(quantity, int) and not isinstance(quantity, bool) and 0 < quantity <= _MOST_OF_ONE
    if not isinstance(product_id, str) or not product_id or not isinstance(quantity, int) or not is_count:
        return None
    price = _price(raw.get("price")) or Decimal(0)
    return Line(title=product_id, quantity=quantity, price=price, product_id=product_id)


def _price(written: Any) -> Decimal | None:
    try:
        price = Decimal(written) if isinstance(written, str) else None
    except InvalidOperation:
        return None
    return price if price is not None and price.is_finite() and 0 <= price < _DEAREST else None
