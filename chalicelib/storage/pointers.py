"""Rows of the channels' message ids: the row they mean, or the facts that came before it."""

import json

from pynamodb.expressions.condition import Condition

from chalicelib.ports import Pointer
from chalicelib.storage import rows
from chalicelib.storage.models import PointerItem
from chalicelib.storage.transaction import Transaction


def pointer_item(merchant_id: str, pointer: Pointer) -> PointerItem:
    key = rows.pointer_key(merchant_id, pointer.connection_id, pointer.chat, pointer.channel_message_id)
    return PointerItem(key, "pointer")


def as_read(pointer: Pointer) -> Condition:
    """The pointer means no message yet, and holds just the facts that were read."""
    means_nothing: Condition = PointerItem.thread_id.does_not_exist()
    if not pointer.parked:
        empty: Condition = means_nothing & PointerItem.parked.does_not_exist()
        return empty
    facts = [json.dumps(one, sort_keys=True) for one in pointer.parked]
    holds: Condition = means_nothing & (PointerItem.parked == facts)
    return holds


def point(write: Transaction, merchant_id: str, pointer: Pointer) -> None:
    assert pointer.ref is not None
    item = pointer_item(merchant_id, pointer)
    item.thread_id, item.sort = pointer.ref.thread_id, pointer.ref.sort
    write.put("pointer", item, as_read(pointer))
