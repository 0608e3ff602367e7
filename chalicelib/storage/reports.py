"""What a shop's reports are made from: counted with what is counted, read by the month."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.update import Action

from chalicelib.domain.contacts import SHARDS, month_of
from chalicelib.domain.ids import digest
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.retention import seconds
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import Change
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import MessageItem, ShopsRow, ThreadItem
from chalicelib.storage.transaction import Transaction

# DynamoDB reads so many rows in one call.
_AT_ONCE: Final = 100
# A year can be compared with the one before.
_KEPT: Final = timedelta(days=800)


class ContactsItem(ShopsRow):
    """How often something was counted in one month, by one shard of the threads of a connection."""

    n = NumberAttribute(default=0)
    expires_at = NumberAttribute(null=True)


class DynamoReports:
    """The ReportStore on DynamoDB. Counts may lag a moment."""

    def contacts(self, merchant_id: str, month: str) -> Mapping[tuple[str, str, str], int]:
        """By connection, kind and value."""
        counts: Counter[tuple[str, str, str]] = Counter()
        with answers():
            for item in ContactsItem.query(_month_key(merchant_id, month)):
                _, connection_id, kind, value = item.sk.split("#", 3)
                counts[connection_id, kind, value] += int(item.n)
        return counts

    def threads_named(self, merchant_id: str, thread_ids: Collection[str]) -> list[Thread]:
        """Those that are there, in no order."""
        keys = [(rows.thread_key(merchant_id, one), "thread") for one in dict.fromkeys(thread_ids)]
        with answers():
            return [
                rows.thread_of_row(merchant_id, item)
                for start in range(0, len(keys), _AT_ONCE)
                for item in ThreadItem.batch_get(keys[start : start + _AT_ONCE], consistent_read=True)
            ]

    def messages_named(self, refs: Collection[MessageRef]) -> dict[MessageRef, Message]:
        """Those that are there, by what names them."""
        wanted = {(row.pk, row.sk): ref for ref in refs for row in (rows.message_item(ref),)}
        keys = list(wanted)
        with answers():
            return {
                wanted[item.pk, item.sk]: rows.message_of_row(item)
                for start in range(0, len(keys), _AT_ONCE)
                for item in MessageItem.batch_get(keys[start : start + _AT_ONCE], consistent_read=True)
            }


def put_noted(write: Transaction, change: Change) -> None:
    """One more of each."""
    thread, counts, moments = change.thread, Counter[tuple[str, str]](), dict[str, list[datetime]]()
    shard = int(digest(thread.thread_id)[:4], 16) % SHARDS
    for one in change.noted:
        at: datetime | None = one.at or thread.heard_at or thread.spoken_at
        if at is not None:
            place = f"{shard}#{thread.connection_id}#{one.kind}#{one.value}"
            key = _month_key(thread.merchant_id, month_of(at))
            counts[key, place] += 1
            moments.setdefault(key, []).append(at)
    for (key, place), times in counts.items():
        until = seconds(max(moments[key]) + _KEPT)
        actions: list[Action] = [
            ContactsItem.n.add(times),
            ContactsItem.expires_at.set(ContactsItem.expires_at | until),
        ]
        write.update("noted", ContactsItem(key, place), actions)


def _month_key(merchant_id: str, month: str) -> str:
    return f"{merchant_id}#contacts#{month}"
