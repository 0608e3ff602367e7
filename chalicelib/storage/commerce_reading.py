"""Carts and orders are read by the rows that lead to them. Strongly consistent."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from chalicelib.ports.commerce import Bought
from chalicelib.storage.commerce_rows import (
    CARTS,
    ORDERS,
    FoundItem,
    KeptItem,
    cart_of,
    chunks,
    latest,
    order_of,
)
from chalicelib.storage.errors import answers

# DynamoDB reads so many rows in one call.
_AT_ONCE: Final = 100
_KINDS: Final = ((CARTS, "cart"), (ORDERS, "order"))


def found_under(keys: Sequence[str], limit: int) -> Bought:
    """What the latest rows under these keys lead to, at most so many of each key and kind."""
    found: dict[tuple[str, str], None] = {}
    with answers():
        for key in keys:
            for letter, sk in _KINDS:
                span = FoundItem.sk.startswith(letter)
                read = FoundItem.query(key, span, scan_index_forward=False, limit=limit, consistent_read=True)
                found |= dict.fromkeys((item.row, sk) for item in read)
    # What leads to it was read a moment before.
    return _bought([item for item in read_rows(found) if set(keys) & set(item.found_by or ())])


def latest_under(key: str, limit: int) -> Bought:
    """The same of one key, past rows that lead to what has gone by itself: None is found where none is."""
    return _bought([item for letter, sk in _KINDS for item in _living(key, letter, sk, limit)])


def _living(key: str, letter: str, sk: str, limit: int) -> list[KeptItem]:
    living: list[KeptItem] = []
    with answers():
        span = FoundItem.sk.startswith(letter)
        found = FoundItem.query(key, span, scan_index_forward=False, page_size=_AT_ONCE, consistent_read=True)
        rows = ((item.row, sk) for item in found)
        while len(living) < limit and (some := list(islice(rows, min(limit, _AT_ONCE)))):
            living += [item for item in read_rows(some) if key in (item.found_by or ())]
    return list(latest(living, sk))[:limit]


def _bought(items: Sequence[KeptItem]) -> Bought:
    return Bought(
        tuple(cart_of(item) for item in latest(items, "cart")),
        tuple(order_of(item) for item in latest(items, "order")),
    )


def read_rows(keys: Iterable[tuple[str, str]]) -> list[KeptItem]:
    """Without what was erased."""
    return [item for item in stored(keys) if not item.erased_at]


def stored(keys: Iterable[tuple[str, str]]) -> list[KeptItem]:
    """Also what stays of what was erased."""
    wanted = list(dict.fromkeys(keys))
    with answers():
        return [
            item
            for some in chunks(wanted, _AT_ONCE)
            for item in KeptItem.batch_get(list(some), consistent_read=True)
        ]
