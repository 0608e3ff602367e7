"""Amounts, times, notes and names as WooCommerce writes them.

Source: woocommerce.github.io/woocommerce-rest-api-docs (introduction, request/response format)
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from typing import Any, Final

from integrations.reading import listed, mapping, text_of

LONGEST: Final = 300
_AMOUNT: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_TAG: Final = re.compile(r"<[^<>]*>")
# 2001 to 2100, as for messages.
_YEARS: Final = range(2001, 2100)


def moment(value: Any) -> datetime | None:
    """A time in UTC, which does not say so; None where none stands (`0000-00-00T00:00:00` too)."""
    try:
        read = datetime.fromisoformat(text_of(value, 40))
        at = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year in _YEARS else None


def amount(value: Any) -> Decimal:
    """Money, given as text or as a number; 0 for anything else."""
    text = value if isinstance(value, str) else str(value)
    return Decimal(text) if _AMOUNT.fullmatch(text) else Decimal(0)


def plain(value: Any, most: int = LONGEST) -> str:
    """Text as people read it: shops keep names as HTML."""
    return unescape(_TAG.sub("", text_of(value, 2000))).strip()[:most]


def noted(raw: Mapping[str, Any], key: str) -> Any:
    """What a plugin, or WooCommerce itself, has noted on an order; None where nothing is."""
    notes = (mapping(one) for one in listed(raw.get("meta_data")))
    return next((note.get("value") for note in notes if note.get("key") == key), None)
