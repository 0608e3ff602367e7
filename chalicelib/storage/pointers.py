"""Rows of the channels' message ids: the row they mean, or the facts that came before it."""

import json

from pynamodb.expressions.condition import Condition

from chalicelib.domain.erasing import mark_of
from chalicelib.domain.retention import Retention
from chalicelib.ports.afterwards import Pointer
from chalicelib.storage import rows
from chalicelib.storage.models import ParkedItem, PointerItem
from chalicelib.storage.transaction import Transaction


def pointer_item(merchant_id: str, pointer: Pointer) -> PointerItem:
    key = rows.pointer_key(merchant_id, pointer.connection_id, pointer.chat, pointer.channel_message_id)
    return PointerItem(key, "pointer")


def parked_item(merchant_id: str, pointer: Pointer, of: str, expires_at: int) -> ParkedItem:
    """By which facts are found that hold somebody's words. of: their address."""
    mark = mark_of(merchant_id, pointer.connection_id, of)
    key = pointer_item(merchant_id, pointer).pk
    return ParkedItem(rows.parked_key(merchant_id, mark), key, expires_at=expires_at)


def as_read(pointer: Pointer) -> Condition:
    """The pointer means no message yet, nor one that was erased, and holds just the facts that were read."""
    means_nothing: Condition = PointerItem.thread_id.does_not_exist() & PointerItem.erased.does_not_exist()
    if not pointer.parked:
        empty: Condition = means_nothing & PointerItem.parked.does_not_exist()
        return empty
    facts = [json.dumps(one, sort_keys=True) for one in pointer.parked]
    holds: Condition = means_nothing & (PointerItem.parked == facts)
    return holds


def point(write: Transaction, merchant_id: str, pointer: Pointer, kept: Retention) -> None:
    """It means the message from now on, and goes with it."""
    assert pointer.ref is not None
    item = pointer_item(merchant_id, pointer)
    item.expires_at = kept.of_message(pointer.ref.sort)
    item.thread_id, item.sort = pointer.ref.thread_id, pointer.ref.sort
    write.put("pointer", item, as_read(pointer))
