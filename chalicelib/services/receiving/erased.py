"""What is told of somebody who was erased: dropped when it is older than that, else they are new."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.erasing import is_past, moment_of, named_in
from chalicelib.domain.events import Address
from chalicelib.ports.addresses import Found
from chalicelib.ports.threads import ThreadStore


class OfErased(Exception):
    """Whoever it names was erased after it happened: nothing of it may be kept."""


def refuse_past(found: Found | None, told_at: datetime | None) -> None:
    """Raises OfErased. Costs nothing: an address that was erased before it was somebody's says so itself."""
    if found is not None and is_past(told_at, found.erased_at):
        raise OfErased


def erased_before(
    threads: ThreadStore,
    merchant_id: str,
    connection_id: str,
    named: Collection[Address],
    told_at: datetime | None,
) -> datetime | None:
    """When one of them was erased; raises OfErased when that was after what is told."""
    values = [address.value for address in named]
    erased_at = threads.erased_at(merchant_id, connection_id, values) if values else None
    if is_past(told_at, erased_at):
        raise OfErased
    return erased_at


def is_of_erased(
    threads: ThreadStore, merchant_id: str, connection_id: str, body: Any, received_at: datetime
) -> bool:
    """Whether a raw event names somebody who was erased since it happened. Where it tells no moment, the one
    counts at which it came."""
    values = named_in(body) if merchant_id else ()
    erased_at = threads.erased_at(merchant_id, connection_id, values) if values else None
    happened_at = moment_of(body) if isinstance(body, Mapping | list) else None
    return is_past(min(happened_at or received_at, received_at), erased_at)
