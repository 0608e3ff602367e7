"""Taking away what is held of a person: a page at a time, what hangs on a row before the row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from pynamodb.models import Model

from chalicelib.domain.consent.records import address_key
from chalicelib.domain.erasing import Erasure, Gone, mark_of, names
from chalicelib.domain.events import Address
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.people import Place
from chalicelib.domain.phones import same_numbers
from chalicelib.domain.retention import seconds
from chalicelib.domain.work import FetchFiles, Send, due_id
from chalicelib.storage import rows
from chalicelib.storage.consents import consent_rows_of, marketed_row_of, unclear_rows_of
from chalicelib.storage.errors import answers
from chalicelib.storage.held import held_key, notice_rows
from chalicelib.storage.keeping import Keeping
from chalicelib.storage.models import (
    DueItem,
    MergeItem,
    MessageItem,
    ParkedItem,
    PointerItem,
    ShopperItem,
    ThreadsRow,
)
from chalicelib.storage.quotes import quotes_of, quoting
from chalicelib.storage.reading import get
from chalicelib.storage.segment_rows import rows_beside
from chalicelib.storage.surveys import row_beside

_PAGE: Final = 25


class DynamoErasedRows(Keeping):
    """Each call is bounded; done again it finds what is left."""

    def empty(self, merchant_id: str, gone: Gone, now: datetime) -> int:
        """Some of a thread's messages, or of the notices that quote it, and all that hangs on them; how many
        rows. 0: none is left."""
        key = rows.thread_key(merchant_id, gone.thread_id)
        with answers():
            span = MessageItem.sk.startswith(rows.MESSAGE_PREFIX)
            found = list(MessageItem.query(key, span, limit=_PAGE, consistent_read=True))
        if found:
            return self._take_away(merchant_id, [(gone, item) for item in found], now)
        quotes = quotes_of(merchant_id, gone.thread_id)
        self._take_away(merchant_id, list(quoting(merchant_id, quotes)), now)
        with answers():
            _delete_all(ThreadsRow, [ThreadsRow(one.pk, one.sk) for one in quotes])
        return len(quotes)

    def _take_away(self, merchant_id: str, found: Sequence[tuple[Gone, MessageItem]], now: datetime) -> int:
        """Messages, each with the thread in which it stands."""
        pointers = [each for gone, item in found for each in self._pointers(merchant_id, gone, item, now)]
        beside = [each for gone, item in found for each in _beside(merchant_id, gone, item)]
        dues = [DueItem(one) for gone, item in found for one in _dues_of(merchant_id, gone, item)]
        with answers():
            _put_all(pointers)
            _delete_all(DueItem, dues)
            _delete_all(ThreadsRow, [ThreadsRow(one.pk, one.sk) for one in beside])
            _delete_all(ThreadsRow, [ThreadsRow(item.pk, item.sk) for _, item in found])
        return len(found) + len(beside)

    def _pointers(
        self, merchant_id: str, gone: Gone, item: MessageItem, now: datetime
    ) -> Iterator[PointerItem]:
        """What is told of these messages later, and the messages themselves when they come again, is
        dropped."""
        message = rows.message_of_row(item)
        parts = (one.part for one in message.media)
        ids = dict.fromkeys((message.channel_message_id, *message.given_up, *parts))
        for one in filter(None, ids):
            yield self._erased_pointer(
                rows.pointer_key(merchant_id, gone.connection_id, message.chat, one), now
            )

    def _erased_pointer(self, key: str, now: datetime) -> PointerItem:
        return PointerItem(key, "pointer", erased=True, expires_at=seconds(now + self._kept.marks))

    def forget_parked(self, erasure: Erasure, connection_id: str, now: datetime) -> int:
        """What waits for messages that never came, and holds their words."""
        marks = [mark_of(erasure.merchant_id, connection_id, one) for one in erasure.values_on(connection_id)]
        with answers():
            found = [
                item
                for mark in sorted(marks)
                for item in ParkedItem.query(rows.parked_key(erasure.merchant_id, mark), consistent_read=True)
            ]
            _put_all([self._erased_pointer(item.sk, now) for item in found])
            _delete_all(ThreadsRow, [ThreadsRow(item.pk, item.sk) for item in found])
        return len(found)

    def forget_notices(self, erasure: Erasure, connection_id: str) -> int:
        """What the channel told of the account and names them."""
        values = erasure.values_on(connection_id)
        with answers():
            theirs = [
                item
                for item in notice_rows(erasure.merchant_id, connection_id)
                if names([item.subject or "", item.details or {}], values)
            ]
            _delete_all(ThreadsRow, [ThreadsRow(item.pk, item.sk) for item in theirs])
        return len(theirs)

    def forget_person(self, erasure: Erasure) -> int:
        """Consents, merges, and the rows of those whom they were taken for; how many rows."""
        merchant_id = erasure.merchant_id
        keys = dict.fromkeys(key for one in erasure.places for key in _consent_keys(one))
        with answers():
            consents = [each for key in keys for each in consent_rows_of(merchant_id, key)]
            shoppers = [
                item
                for one in erasure.shoppers
                if (item := get(ShopperItem, rows.thread_key(merchant_id, one), "shopper")) is not None
            ]
            merges = [MergeItem(f"{merchant_id}#merge#{one}", "merge") for one in _merges_of(shoppers)]
            beside = [marketed_row_of(merchant_id, one) for one in erasure.shoppers]
            unclear = unclear_rows_of(merchant_id, erasure.shoppers)
            placed = [rows_beside(merchant_id, one) for one in erasure.shoppers]
            merged = [item for item in shoppers if not item.pk.endswith(f"#{erasure.shopper_id}")]
            first = [ThreadsRow(one.pk, one.sk) for one in (*consents, *unclear, *merges, *beside)]
            _delete_all(ThreadsRow, [*first, *(row for hanging, _ in placed for row in hanging)])
            _delete_all(ThreadsRow, [row for _, profiles in placed for row in profiles])
            _delete_all(ThreadsRow, [ThreadsRow(one.pk, one.sk) for one in merged])
        return len(consents) + len(unclear) + len(merges) + len(merged)


def _consent_keys(place: Place) -> list[str]:
    """A number's as well as shops and lists spell it."""
    kind, value = place.address.kind, place.address.value
    values = same_numbers(value) if kind == "phone" else (value,)
    return [address_key(place.connection_id, Address(kind, one)) for one in values]


def _merges_of(shoppers: Iterable[ShopperItem]) -> list[str]:
    return sorted({one for item in shoppers for one in item.merges or ()})


def _beside(merchant_id: str, gone: Gone, item: MessageItem) -> Iterator[ThreadsRow]:
    """What only this message may have, and its place among those that wait for their connection."""
    for key in sorted(item.named or ()):
        yield ThreadsRow(key, "key" if "#key#" in key else "claim")
    survey = row_beside(merchant_id, gone.thread_id, rows.message_of_row(item))
    if survey is not None:
        yield survey
    if item.author != "shopper" and item.status == "queued":
        sort = item.sk.removeprefix(rows.MESSAGE_PREFIX)
        yield ThreadsRow(held_key(merchant_id, gone.connection_id), f"{sort}#{gone.thread_id}")


def _dues_of(merchant_id: str, gone: Gone, item: MessageItem) -> Iterator[str]:
    ref = MessageRef(merchant_id, gone.thread_id, item.sk.removeprefix(rows.MESSAGE_PREFIX))
    message: Message = rows.message_of_row(item)
    if message.author != "shopper":
        yield due_id(Send(ref, ""))
    if message.media:
        yield due_id(FetchFiles(ref, gone.connection_id))


def _put_all(items: Sequence[PointerItem]) -> None:
    with PointerItem.batch_write() as batch:
        for item in {one.pk: one for one in items}.values():
            batch.save(item)


def _delete_all(kind: type[Model], items: Sequence[Any]) -> None:
    """The same twice is one: a batch takes no row twice."""
    keyed = {(getattr(one, "pk", ""), getattr(one, "sk", ""), getattr(one, "id", "")): one for one in items}
    with kind.batch_write() as batch:
        for item in keyed.values():
            batch.delete(item)
