"""Erasing a person in DynamoDB: how far it has come, and the steps that take them away."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.erasing import Erasure, Gone, Stage, mark_of, rooms_of
from chalicelib.domain.people import place_from, place_key
from chalicelib.domain.retention import seconds
from chalicelib.domain.taking_back import Deletion
from chalicelib.domain.work import Due, EraseShopper, due_id
from chalicelib.ports.errors import Conflict
from chalicelib.storage import rows
from chalicelib.storage.erased_rows import DynamoErasedRows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import (
    AddressItem,
    DeletionItem,
    DueItem,
    ErasedAsItem,
    ErasedItem,
    ErasureItem,
    ShopperItem,
    ThreadItem,
)
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Transaction
from chalicelib.storage.waits import nobody_waits

# Each is two rows, and a transaction takes a hundred.
_AT_ONCE: Final = 40
_DELETIONS_KEPT: Final = timedelta(days=365)


class DynamoDeletions:
    """What was done when somebody wanted their data deleted."""

    def note_deletion(self, deletion: Deletion) -> None:
        """Keep what is told of it; the first is kept."""
        item = DeletionItem(f"deletion#{deletion.code}", "deletion")
        item.connections, item.at = deletion.connections, deletion.at
        item.expires_at = seconds(deletion.at + _DELETIONS_KEPT)
        with suppress(Conflict), answers():
            item.save(DeletionItem.pk.does_not_exist())

    def deletion(self, code: str) -> Deletion | None:
        """What became of it."""
        item = get(DeletionItem, f"deletion#{code}", "deletion")
        return None if item is None else Deletion(code, int(item.connections), item.at)


class DynamoErasing(DynamoErasedRows, DynamoDeletions):
    """The ErasingStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def erasure(self, merchant_id: str, shopper_id: str) -> Erasure | None:
        """A person's erasing, under any of the shoppers that they were taken for."""
        item = get(ErasureItem, _key(merchant_id, shopper_id), "erasure")
        if item is None:
            same = get(ErasedAsItem, _key(merchant_id, shopper_id), "same")
            item = get(ErasureItem, _key(merchant_id, same.same_as), "erasure") if same else None
        return None if item is None else _erasure(merchant_id, item)

    def begin(self, erasure: Erasure, due_at: datetime) -> None:
        """Raises Conflict when it was begun before, or they are not there, not themselves or being merged."""
        is_free = (
            ShopperItem.pk.exists()
            & ShopperItem.merged_into.does_not_exist()
            & ShopperItem.merging.does_not_exist()
        )
        taken: list[Action] = [ShopperItem.merging.set(erasure.erasure_id)]
        with Transaction() as write:
            is_new: Condition = ErasureItem.pk.does_not_exist()
            write.put("erasure", _row(erasure), is_new | (ErasureItem.stage == "done"))
            write.update("shopper", _shopper(erasure), taken, is_free)
            write.put("due", rows.row_of_due(Due(_work(erasure), due_at)))

    def detach(self, erasure: Erasure, now: datetime) -> Erasure:
        """A thread of theirs with its addresses; of more addresses than one transaction takes, some first."""
        shopper = get(ShopperItem, _shopper(erasure).pk, "shopper")
        threads = sorted(shopper.threads or ()) if shopper else []
        listed = sorted(shopper.addresses or ()) if shopper else []
        if not threads and not listed:
            return self.move_on(_looked_through(erasure))
        held = self._held(erasure, listed)
        thread_id = threads[0] if threads else ""
        there = [key for key in listed if not threads or (key in held and held[key].thread_id == thread_id)]
        some, goes = there[:_AT_ONCE], bool(thread_id) and len(there) <= _AT_ONCE
        gone = (self._gone(erasure, thread_id),) if goes else ()
        after = replace(
            erasure,
            places=(*erasure.places, *map(place_from, some)),
            gone=(*erasure.gone, *gone),
            rows=erasure.rows + len(some) + len(gone),
            version=erasure.version + 1,
        )
        self._write(erasure, after, now, [key for key in some if key in held], [thread_id] if goes else [])
        return after

    def _held(self, erasure: Erasure, listed: Sequence[str]) -> dict[str, AddressItem]:
        """Those of the listed addresses that are theirs indeed, by how they are listed."""
        keys = {_address_key(erasure, key): key for key in listed}
        with answers():
            read = AddressItem.batch_get([(key, "address") for key in keys], consistent_read=True)
            return {keys[item.pk]: item for item in read if item.shopper_id in erasure.shoppers}

    def _gone(self, erasure: Erasure, thread_id: str) -> Gone:
        item = get(ThreadItem, rows.thread_key(erasure.merchant_id, thread_id), "thread")
        return Gone(thread_id, item.connection_id if item else "")

    def _write(
        self, before: Erasure, after: Erasure, now: datetime, held: Sequence[str], threads: Sequence[str]
    ) -> None:
        merchant_id = before.merchant_id
        added = [one for one in after.places if one not in before.places]
        marks = {mark_of(merchant_id, one.connection_id, one.address.value) for one in added}
        is_theirs: Condition = AddressItem.pk.does_not_exist() | AddressItem.shopper_id.is_in(
            *before.shoppers
        )
        away: list[Action] = []
        if added:
            away.append(ShopperItem.addresses.delete({place_key(one) for one in added}))
        if threads:
            away.append(ShopperItem.threads.delete(set(threads)))
        with Transaction() as write:
            for mark in sorted(marks):
                item = ErasedItem(rows.erased_key(merchant_id, mark), "erased")
                item.erased_at, item.expires_at = now, seconds(now + self._kept.marks)
                write.put("mark", item)
            for key in held:
                write.delete("address", AddressItem(_address_key(before, key), "address"), is_theirs)
            for thread_id in threads:
                write.delete("thread", ThreadItem(rows.thread_key(merchant_id, thread_id), "thread"))
            for one in after.gone[len(before.gone) :]:
                nobody_waits(write, merchant_id, one.connection_id, one.thread_id)
            write.update("shopper", _shopper(before), away, ShopperItem.merging == before.erasure_id)
            write.put("erasure", _row(after), _is_as_read(before))

    def move_on(self, erasure: Erasure) -> Erasure:
        """Note how far it has come. Raises Conflict when another has moved it on since it was read."""
        after = replace(erasure, version=erasure.version + 1)
        with answers():
            _row(after).save(_is_as_read(erasure))
        return after

    def end(self, erasure: Erasure, now: datetime) -> Erasure:
        """The last row of the person goes, and the account of it stays."""
        after = Erasure(
            merchant_id=erasure.merchant_id,
            shopper_id=erasure.shopper_id,
            erasure_id=erasure.erasure_id,
            by=erasure.by,
            at=erasure.at,
            stage="done",
            rows=erasure.rows + 1,
            files=erasure.files,
            done_at=now,
            version=erasure.version + 1,
        )
        is_ours = ShopperItem.pk.does_not_exist() | (ShopperItem.merging == erasure.erasure_id)
        with Transaction() as write:
            write.put("erasure", _row(after), _is_as_read(erasure))
            write.delete("shopper", _shopper(erasure), is_ours)
            write.delete("due", DueItem(due_id(_work(erasure))))
            for merged in erasure.shoppers[1:]:
                same = ErasedAsItem(_key(erasure.merchant_id, merged), "same", same_as=erasure.shopper_id)
                write.put("same", same)
        return after


def _looked_through(erasure: Erasure) -> Erasure:
    """At the next stage, with all that is to be looked through of the connections on which they wrote."""
    connections = {one.connection_id for one in erasure.places}
    return replace(erasure, stage="threads", rooms=rooms_of(connections))


def _work(erasure: Erasure) -> EraseShopper:
    return EraseShopper(erasure.merchant_id, erasure.shopper_id, erasure.erasure_id)


def _key(merchant_id: str, shopper_id: str) -> str:
    return f"{merchant_id}#erasure#{shopper_id}"


def _address_key(erasure: Erasure, listed: str) -> str:
    place = place_from(listed)
    return rows.address_key(erasure.merchant_id, place.connection_id, place.address)


def _shopper(erasure: Erasure) -> ShopperItem:
    return ShopperItem(rows.thread_key(erasure.merchant_id, erasure.shopper_id), "shopper")


def _is_as_read(erasure: Erasure) -> Condition:
    is_same: Condition = (ErasureItem.version == erasure.version) & (
        ErasureItem.erasure_id == erasure.erasure_id
    )
    return is_same


def _row(erasure: Erasure) -> ErasureItem:
    item = ErasureItem(_key(erasure.merchant_id, erasure.shopper_id), "erasure")
    item.erasure_id, item.by, item.at, item.stage = erasure.erasure_id, erasure.by, erasure.at, erasure.stage
    item.shoppers = list(erasure.shoppers) or None
    item.places = [place_key(one) for one in erasure.places] or None
    item.gone = [f"{one.thread_id} {one.connection_id}" for one in erasure.gone] or None
    item.rooms, item.cursor = list(erasure.rooms) or None, erasure.cursor or None
    item.rows, item.files, item.done_at = erasure.rows, erasure.files, erasure.done_at
    item.version = erasure.version
    return item


def _erasure(merchant_id: str, item: ErasureItem) -> Erasure:
    gone = [one.partition(" ") for one in item.gone or ()]
    return Erasure(
        merchant_id=merchant_id,
        shopper_id=item.pk.rpartition("#")[2],
        erasure_id=item.erasure_id,
        by=item.by or "",
        at=item.at,
        stage=cast(Stage, item.stage),
        shoppers=tuple(item.shoppers or ()),
        places=tuple(place_from(key) for key in item.places or ()),
        gone=tuple(Gone(thread_id, connection_id) for thread_id, _, connection_id in gone),
        rooms=tuple(item.rooms or ()),
        cursor=item.cursor or "",
        rows=int(item.rows),
        files=int(item.files),
        done_at=item.done_at,
        version=int(item.version),
    )
