"""Conversations in DynamoDB: reading them, and writing one decision in one transaction."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain.events import Status
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.retention import Retention
from chalicelib.domain.threads import Thread, ThreadState
from chalicelib.domain.work import Due, due_id
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.errors import AddressErased, AlreadyThere, Conflict
from chalicelib.ports.threads import Change, SentAgain
from chalicelib.storage import rows
from chalicelib.storage.addresses import DynamoAddresses, save_people
from chalicelib.storage.afterwards import DynamoChangedLater
from chalicelib.storage.consents import put_consents, put_unclear, reach
from chalicelib.storage.echoes import DynamoEchoes
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.file_rows import DynamoFileRows
from chalicelib.storage.held import DynamoHeld, DynamoNotices
from chalicelib.storage.keys import claim_key, names_of, put_keys
from chalicelib.storage.models import (
    DueItem,
    IdempotencyItem,
    MessageItem,
    MessageOrThreadItem,
    PointerItem,
    ThreadItem,
)
from chalicelib.storage.pointers import as_read, parked_item, point, pointer_item
from chalicelib.storage.quotes import put_quotes
from chalicelib.storage.reading import get
from chalicelib.storage.reports import put_noted
from chalicelib.storage.sending import DynamoSending
from chalicelib.storage.surveys import put_survey
from chalicelib.storage.touches import put_touch_of
from chalicelib.storage.transaction import Refused, Transaction
from chalicelib.storage.unreadables import DynamoUnreadables
from chalicelib.storage.waits import DynamoWaits, put_waits


class DynamoThreads(
    DynamoAddresses,
    DynamoSending,
    DynamoUnreadables,
    DynamoChangedLater,
    DynamoHeld,
    DynamoNotices,
    DynamoEchoes,
    DynamoFileRows,
    DynamoWaits,
):
    """The ThreadStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        """One thread, as it is now."""
        item = get(ThreadItem, rows.thread_key(merchant_id, thread_id), "thread")
        return None if item is None else rows.thread_of_row(merchant_id, item)

    def message(self, ref: MessageRef) -> Message | None:
        """One row of a thread, as it is now."""
        key = rows.message_item(ref)
        item = get(MessageItem, key.pk, key.sk)
        return None if item is None else rows.message_of_row(item)

    def message_and_thread(self, ref: MessageRef) -> tuple[Message | None, Thread | None]:
        """Both in one call."""
        key = rows.message_item(ref)
        with answers():
            read = MessageOrThreadItem.batch_get([(key.pk, key.sk), (key.pk, "thread")], consistent_read=True)
            found = {item.sk: item for item in read}
        message, thread = found.get(key.sk), found.get("thread")
        return (
            None if message is None else rows.message_of_row(message),
            None if thread is None else rows.thread_of_row(ref.merchant_id, thread),
        )

    def messages(
        self, merchant_id: str, thread_id: str, *, before: str = "", since: str = "", limit: int = 50
    ) -> list[Message]:
        """Newest first, older than the sort key `before`, not older than `since`."""
        # `between` takes both its ends, so the row at `before` is read once more and left out.
        end = rows.MESSAGE_PREFIX + (before or "~")
        key = rows.thread_key(merchant_id, thread_id)
        span = MessageItem.sk.between(rows.MESSAGE_PREFIX + since, end)
        with answers():
            found = MessageItem.query(
                key, span, scan_index_forward=False, limit=limit + 1, consistent_read=True
            )
            return [rows.message_of_row(item) for item in found if item.sk != end][:limit]

    def inbox(
        self, merchant_id: str, channel: str, state: ThreadState, *, before: str = "", limit: int = 50
    ) -> list[Thread]:
        """Threads of one channel and state, the latest words first, older than `before`."""
        span = ThreadItem.inbox_at < before if before else None
        key = rows.inbox_hash(merchant_id, state, channel)
        with answers():
            found = ThreadItem.inbox_index.query(key, span, scan_index_forward=False, limit=limit)
            return [rows.thread_of_row(merchant_id, item) for item in found]

    def pointer(
        self, merchant_id: str, connection_id: str, chat: str, channel_message_id: str
    ) -> Pointer | None:
        """What is known of a channel's message id."""
        item = get(
            PointerItem, rows.pointer_key(merchant_id, connection_id, chat, channel_message_id), "pointer"
        )
        if item is None:
            return None
        ref = MessageRef(merchant_id, item.thread_id, item.sort) if item.thread_id and item.sort else None
        parked = tuple(json.loads(fact) for fact in item.parked or ())
        return Pointer(connection_id, chat, channel_message_id, ref, parked, bool(item.erased))

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        """The message that was made under an idempotency key."""
        item = get(IdempotencyItem, rows.idempotency_key(merchant_id, key), "key")
        return None if item is None else MessageRef(merchant_id, item.thread_id, item.sort)

    def claimed(self, merchant_id: str, name: str) -> MessageRef | None:
        """The message that has a claim."""
        item = get(IdempotencyItem, claim_key(merchant_id, name), "claim")
        return None if item is None else MessageRef(merchant_id, item.thread_id, item.sort)

    def commit(self, change: Change) -> None:
        """Raises Conflict, or AlreadyThere when only a pointer, the idempotency key or a claim stood in the
        way."""
        thread = change.thread
        try:
            with Transaction() as write:
                for pointer in change.pointers:
                    point(write, thread.merchant_id, pointer, self._kept)
                _save_thread(write, change, self._kept)
                save_people(write, change)
                _save_work(write, change)
                put_consents(write, change.consents, thread.shopper_id)
                if change.unclear is not None:
                    put_unclear(write, change.unclear)
                if change.survey is not None:
                    put_survey(write, change.survey, self._kept)
                if change.reached is not None:
                    reach(write, change.reached)
                put_noted(write, change)
                put_quotes(write, change, self._kept)
                put_touch_of(write, change)
        except Refused as error:
            if "erased" in error.labels:
                raise AddressErased from error
            if error.labels & {"pointer", "key", "claim"}:
                raise AlreadyThere from error
            raise

    def park(
        self,
        merchant_id: str,
        pointer: Pointer,
        facts: Sequence[Mapping[str, Any]],
        until: datetime,
        due: Due | None = None,
        of: str = "",
    ) -> None:
        """Leave these for a message that is not there yet, in place of what was read, at most `until`.

        Raises AlreadyThere when the pointer is no longer as it was read.
        """
        spelled = sorted({json.dumps(one, sort_keys=True) for one in facts})
        if spelled == sorted(json.dumps(one, sort_keys=True) for one in pointer.parked):
            return
        item = pointer_item(merchant_id, pointer)
        try:
            with Transaction() as write:
                set_facts: list[Action] = [
                    PointerItem.parked.set(spelled),
                    PointerItem.expires_at.set(rows.seconds(until)),
                ]
                write.update("pointer", item, set_facts, as_read(pointer))
                if due is not None:
                    write.put("due", rows.row_of_due(due))
                if of:
                    write.put("of", parked_item(merchant_id, pointer, of, rows.seconds(until)))
        except Refused as error:
            raise AlreadyThere from error

    def unpark(self, merchant_id: str, pointer: Pointer) -> None:
        """Forget what waits there, unless it is no longer as it was read."""
        with suppress(Conflict), answers():
            pointer_item(merchant_id, pointer).delete(as_read(pointer))

    def react(self, ref: MessageRef, who: str, put: str) -> None:
        """Set what a shopper put on a message; what came later stays."""
        place: Any = MessageItem.reactions[who]
        is_later = MessageItem.pk.exists() & (place.does_not_exist() | (place < put))
        try:
            with answers():
                undisturbed(lambda: rows.message_item(ref).update([place.set(put)], is_later))
        except Conflict:
            return

    def receipt(self, merchant_id: str, thread_id: str, status: Status, up_to: datetime) -> None:
        """Note how far the shopper has received or read; never backwards."""
        mark = ThreadItem.read_up_to if status == "read" else ThreadItem.delivered_up_to
        item = ThreadItem(rows.thread_key(merchant_id, thread_id), "thread")
        try:
            with answers():
                is_later = ThreadItem.pk.exists() & (mark.does_not_exist() | (mark < up_to))
                undisturbed(lambda: item.update([mark.set(up_to), ThreadItem.version.add(1)], is_later))
        except Conflict:
            return


def _save_thread(write: Transaction, change: Change, kept: Retention) -> None:
    thread = change.thread
    is_as_read = ThreadItem.version == thread.version if thread.version else ThreadItem.pk.does_not_exist()
    whole = rows.row_of_thread(thread)
    whole.expires_at = rows.expiry_of_thread(thread, kept)
    write.put("thread", whole, is_as_read)
    for message in change.new:
        row = rows.row_of_message(thread.merchant_id, thread.thread_id, message)
        row.expires_at = kept.of_message(message.sort, message.purpose)
        if message is change.new[0]:
            row.named = names_of(change) or None
        write.put("message", row, MessageItem.pk.does_not_exist())
    if change.again is not None:
        _mark_again(write, change, change.again)
    for joined in change.joined:
        item = rows.message_item(MessageRef(thread.merchant_id, thread.thread_id, joined.sort))
        actions: list[Action] = [
            MessageItem.text.set(joined.text) if joined.text else MessageItem.text.remove(),
            MessageItem.media.set(rows.media_of(joined.media)),
            MessageItem.channel_message_id.set(joined.channel_message_id),
            # All that was there may have been taken back before this part came.
            MessageItem.deleted_at.remove(),
        ]
        is_as_it_was = MessageItem.pk.exists() & rows.has_media(joined.was)
        write.update("joined", item, actions, is_as_it_was)


def _mark_again(write: Transaction, change: Change, again: SentAgain) -> None:
    """It is sent again by one; what arrived meanwhile, or is tried once more by a machine, is by nobody."""
    item = rows.message_item(MessageRef(change.thread.merchant_id, change.thread.thread_id, again.sort))
    was = MessageItem.again
    is_as_read = was == again.was if again.was else was.does_not_exist()
    is_open = MessageItem.status.is_in("uncertain", "failed")
    write.update("again", item, [was.set(change.new[0].sort)], is_open & is_as_read)


def _save_work(write: Transaction, change: Change) -> None:
    for due in change.due:
        write.put("due", rows.row_of_due(due))
    for work in change.done:
        write.delete("done", DueItem(due_id(work)))
    put_waits(write, change)
    put_keys(write, change)
