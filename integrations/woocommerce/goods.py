"""Who has ordered, and what.

Source: woocommerce.github.io/woocommerce-rest-api-docs (v3, orders: billing, shipping, line items)
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from chalicelib.domain.commerce.goods import Buyer, Line
from integrations.reading import identifier, listed, mapping, text_of
from integrations.woocommerce.addresses import link_of
from integrations.woocommerce.values import LONGEST, amount, noted, plain

MOST_LINES: Final = 100
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}")
# Where plugins for several languages note in which one an order was placed.
_LANGUAGES: Final = ("wpml_language", "trp_language")


def buyer_of(raw: Mapping[str, Any]) -> Buyer:
    """A guest has the number 0."""
    billing, shipping = mapping(raw.get("billing")), mapping(raw.get("shipping"))
    both = (billing, shipping)
    customer = identifier(raw.get("customer_id"))
    names = [_name_of(one) for one in both]
    # A gift goes to somebody else: their number is not the buyer's.
    is_own = not names[0] or names[0].casefold() == names[1].casefold()
    phones = dict.fromkeys(plain(one.get("phone"), 64) for one in (both if is_own else (billing,)))
    return Buyer(
        customer_id="" if customer == "0" else customer,
        name=next(filter(None, names), ""),
        email=plain(billing.get("email"), 320),
        phones=tuple(phone for phone in phones if phone),
        country=_first(both, "country", 2).upper(),
        postcode=_first((shipping, billing), "postcode", 20),
        language=_language(raw),
    )


def _name_of(place: Mapping[str, Any]) -> str:
    return " ".join(" ".join(plain(place.get(part)) for part in ("first_name", "last_name")).split())


def lines_of(raw: Mapping[str, Any], own: str) -> tuple[Line, ...]:
    is_with_tax = raw.get("prices_include_tax") is True
    lines = [mapping(one) for one in listed(raw.get("line_items"))[:MOST_LINES]]
    return tuple(_line(line, is_with_tax, own) for line in lines)


def _line(line: Mapping[str, Any], is_with_tax: bool, own: str) -> Line:
    quantity = line.get("quantity")
    pieces = quantity if isinstance(quantity, int) and 0 < quantity < 1_000_000 else 1
    variant = ", ".join(filter(None, (_chosen(mapping(one)) for one in listed(line.get("meta_data"))[:20])))
    parent = plain(line.get("parent_name"))
    return Line(
        title=parent if parent and variant else plain(line.get("name")),
        quantity=pieces,
        price=_price(line, pieces, is_with_tax),
        line_id=identifier(line.get("id")),
        product_id=identifier(line.get("product_id")),
        variant=variant[:LONGEST],
        sku=plain(line.get("sku"), 128),
        picture=link_of(mapping(line.get("image")).get("src"), own),
    )


def _price(line: Mapping[str, Any], pieces: int, is_with_tax: bool) -> Decimal:
    """What one costs after discounts; with tax where the shop's own prices have it."""
    total = amount(line.get("total")) + (amount(line.get("total_tax")) if is_with_tax else 0)
    places = max(-2, min(0, int(total.as_tuple().exponent)))
    return (total / pieces).quantize(Decimal(1).scaleb(places))


def _chosen(meta: Mapping[str, Any]) -> str:
    """Its size or colour, as the buyer saw it; '' for what plugins note for themselves."""
    key = text_of(meta.get("display_key") or meta.get("key"))
    return "" if not key or key.startswith("_") else plain(meta.get("display_value") or meta.get("value"), 80)


def _language(raw: Mapping[str, Any]) -> str:
    told = (text_of(noted(raw, key), 20) for key in _LANGUAGES)
    return next((one.replace("_", "-") for one in told if _LANGUAGE.fullmatch(one)), "")


def _first(places: tuple[Mapping[str, Any], ...], name: str, most: int) -> str:
    return next((text for text in (plain(place.get(name), most) for place in places) if text), "")
