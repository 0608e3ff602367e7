"""Amounts, moments and links as Shopify writes them, with doubt in each."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from integrations.reading import Malformed, text_of

_AMOUNT: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,8})?", re.ASCII)
_EARLIEST: Final = datetime(2001, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_MOST: Final = 100
_LONGEST_LINK: Final = 2_000

Made = TypeVar("Made")


def amount(value: Any) -> Decimal:
    """Prices are strings; a number will do. Zero where none stands: nobody is told a price that we guess."""
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return Decimal(text) if isinstance(text, str) and _AMOUNT.fullmatch(text) else Decimal(0)


def count(value: Any) -> int:
    """How many of a line: 1 where it does not say."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        value = int(value)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000
    return int(value) if is_count else 1


def moment(value: Any) -> datetime | None:
    """A moment in ISO 8601, in UTC; None where none stands that can be one."""
    found = _written(value)
    return found.astimezone(UTC) if found is not None and _EARLIEST <= found < _LATEST else None


def day(value: Any) -> date | None:
    """The day of a moment where it was written: not that of UTC, which may be the one before."""
    found = _written(value)
    return found.date() if found is not None and _EARLIEST.date() <= found.date() < _LATEST.date() else None


def earliest_of(*values: Any) -> datetime:
    """The first of these that is a moment. Raises Malformed where none is."""
    for value in values:
        found = moment(value)
        if found is not None:
            return found
    raise Malformed("a time is missing")


def link(value: Any, *schemes: str) -> str:
    """A link, '' for anything else. schemes: https alone where none is named."""
    text = text_of(value)
    allowed = schemes or ("https",)
    is_link = len(text) <= _LONGEST_LINK and text.startswith(tuple(f"{one}://" for one in allowed))
    return text if is_link and not re.search(r"[\s\x00-\x1f]", text) else ""


def readable(items: Iterable[Any], read: Callable[[Any], Made]) -> tuple[Made, ...]:
    """What can be read of a list, in its order: an odd one costs its neighbours nothing."""
    found = []
    for item in list(items)[:_MOST]:
        try:
            found.append(read(item))
        except Malformed:
            continue
    return tuple(found)


def _written(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(text_of(value, 40))
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
