"""Shoppers as persons in DynamoDB, and merges in transactions of bounded size."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.people import (
    Merge,
    MergeState,
    Person,
    Place,
    Proof,
    ProofKind,
    place_from,
    place_key,
    to_move,
)
from chalicelib.storage import rows
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.models import AddressItem, MergeItem, ShopperItem, ThreadItem
from chalicelib.storage.reading import get
from chalicelib.storage.touches import put_touches
from chalicelib.storage.transaction import Transaction

# A transaction takes 100 rows.
_AT_ONCE: Final = 25


class DynamoPeople:
    """The PeopleStore on DynamoDB. Reads are strongly consistent: decisions are made on them."""

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        """A shopper's row, as it is now."""
        item = get(ShopperItem, rows.thread_key(merchant_id, shopper_id), "shopper")
        return None if item is None else person_of_row(merchant_id, shopper_id, item)

    def merge(self, merchant_id: str, merge_id: str) -> Merge | None:
        """One merge, as it is now."""
        item = get(MergeItem, _merge_key(merchant_id, merge_id), "merge")
        return None if item is None else _merge(merchant_id, merge_id, item)

    def merges(self, merchant_id: str, merge_ids: Sequence[str]) -> list[Merge]:
        """Those of them that there are, the oldest first."""
        keys = {_merge_key(merchant_id, merge_id): merge_id for merge_id in merge_ids}
        with answers():
            read = MergeItem.batch_get([(key, "merge") for key in keys], consistent_read=True)
            found = [_merge(merchant_id, keys[item.pk], item) for item in read]
        return sorted(found, key=lambda one: (one.at, one.merge_id))

    def begin(self, merge: Merge, name: str = "") -> None:
        """Raises Conflict unless it is new, and both are there, are themselves and have no other at work."""
        item = _merge_item(merge)
        item.stayed, item.merged = merge.stayed, merge.merged
        item.proof, item.note = merge.proof.kind, merge.proof.note or None
        item.by, item.at, item.state = merge.by or None, merge.at, "begun"
        working: Action = ShopperItem.merging.set(merge.merge_id)
        gone: list[Action] = [
            ShopperItem.merged_into.set(merge.stayed),
            ShopperItem.merged_by.set(merge.merge_id),
            working,
        ]
        is_free = (
            ShopperItem.pk.exists()
            & ShopperItem.merged_into.does_not_exist()
            & ShopperItem.merging.does_not_exist()
        )
        with Transaction() as write:
            write.put("merge", item, MergeItem.pk.does_not_exist())
            write.update("merged", _shopper(merge, merge.merged), gone, is_free)
            kept: list[Action] = [ShopperItem.merges.add({merge.merge_id}), working]
            if name:
                kept.append(ShopperItem.name.set(ShopperItem.name | name))
            write.update("stayed", _shopper(merge, merge.stayed), kept, is_free)

    def begin_undoing(self, merge: Merge, at: datetime) -> None:
        """Raises Conflict unless it is done, its `stayed` is themselves, and neither has another at work."""
        working: list[Action] = [ShopperItem.merging.set(merge.merge_id)]
        undoing: list[Action] = [MergeItem.state.set("undoing"), MergeItem.undone_at.set(at)]
        is_free = ShopperItem.pk.exists() & ShopperItem.merging.does_not_exist()
        with Transaction() as write:
            write.update("merge", _merge_item(merge), undoing, MergeItem.state == "done")
            is_itself = is_free & ShopperItem.merged_into.does_not_exist()
            write.update("stayed", _shopper(merge, merge.stayed), working, is_itself)
            is_gone = is_free & (ShopperItem.merged_by == merge.merge_id)
            write.update("merged", _shopper(merge, merge.merged), working, is_gone)

    def move_some(self, merge: Merge) -> bool:
        """Threads first: from then on nothing new comes to who gives, as a thread's next words are written
        with whom it belongs to. Then the addresses, each after its thread; then the carts."""
        giver = self.person(merge.merchant_id, merge.giver)
        if giver is None:
            return False
        threads = to_move(merge, giver.threads, merge.threads)[:_AT_ONCE]
        if threads:
            self._move_threads(merge, threads)
            return True
        places = self._places(merge, giver)
        if places:
            self._move_places(merge, places)
            return True
        carts = to_move(merge, giver.carts, merge.carts)[:_AT_ONCE]
        if carts:
            with Transaction() as write:
                _hand_over(write, merge, carts=set(carts))
        return bool(carts)

    def end(self, merge: Merge) -> None:
        """Raises Conflict while the merged one still has something, or when it was ended."""
        is_at_work = ShopperItem.merging == merge.merge_id
        free: list[Action] = [ShopperItem.merging.remove()]
        itself: list[Action] = [*free, ShopperItem.merged_into.remove(), ShopperItem.merged_by.remove()]
        is_undone = merge.state == "undoing"
        has_nothing = (
            ShopperItem.threads.does_not_exist()
            & ShopperItem.addresses.does_not_exist()
            & ShopperItem.carts.does_not_exist()
        )
        ended: list[Action] = [MergeItem.state.set("undone" if is_undone else "done")]
        with Transaction() as write:
            write.update("merge", _merge_item(merge), ended, MergeItem.state == merge.state)
            write.update("stayed", _shopper(merge, merge.stayed), free, is_at_work)
            write.update(
                "merged",
                _shopper(merge, merge.merged),
                itself if is_undone else free,
                is_at_work if is_undone else is_at_work & has_nothing,
            )
            put_touches(write, merge.merchant_id, [merge.stayed, merge.merged])

    def add_cart(self, merchant_id: str, shopper_id: str, cart_id: str) -> None:
        """Raises Conflict when they are not there, or are somebody else by now."""
        item = ShopperItem(rows.thread_key(merchant_id, shopper_id), "shopper")
        is_itself = ShopperItem.pk.exists() & ShopperItem.merged_into.does_not_exist()
        with answers():
            undisturbed(lambda: item.update([ShopperItem.carts.add({cart_id})], is_itself))

    def _move_threads(self, merge: Merge, threads: Sequence[str]) -> None:
        """Whoever has read a thread as the giver's can't save it any more: its version has moved on."""
        keys = [rows.thread_key(merge.merchant_id, thread) for thread in threads]
        with answers():
            read = list(ThreadItem.batch_get([(key, "thread") for key in keys], consistent_read=True))
        to_taker: list[Action] = [ThreadItem.shopper_id.set(merge.taker), ThreadItem.version.add(1)]
        with Transaction() as write:
            for item in read:
                if item.shopper_id == merge.giver:
                    row = ThreadItem(item.pk, "thread")
                    write.update("thread", row, to_taker, ThreadItem.shopper_id == merge.giver)
            _hand_over(write, merge, threads=set(threads))

    def _places(self, merge: Merge, giver: Person) -> Mapping[str, AddressItem | None]:
        """Some of the addresses that are to move, each with its row; None where the row is not the giver's,
        and only the list is to be mended. Back go those whose thread has gone back."""
        keys = {_address_key(merge.merchant_id, place): place_key(place) for place in giver.places}
        with answers():
            read = AddressItem.batch_get([(key, "address") for key in keys], consistent_read=True)
            held = {keys[item.pk]: item for item in read}
        if merge.state == "begun":
            wanted = sorted(keys.values())
        else:
            wanted = sorted(key for key, item in held.items() if item.thread_id in merge.threads)
        theirs = {key: item for key, item in held.items() if item.shopper_id == merge.giver}
        return {key: theirs.get(key) for key in wanted[:_AT_ONCE]}

    def _move_places(self, merge: Merge, places: Mapping[str, AddressItem | None]) -> None:
        to_taker: list[Action] = [AddressItem.shopper_id.set(merge.taker)]
        with Transaction() as write:
            for item in places.values():
                if item is not None:
                    row = AddressItem(item.pk, "address")
                    write.update("address", row, to_taker, AddressItem.shopper_id == merge.giver)
            _hand_over(write, merge, addresses=set(places))


def _hand_over(write: Transaction, merge: Merge, **given: set[str]) -> None:
    """From one shopper's row to the other's; the merge remembers threads and carts. Nothing is written when
    it was ended meanwhile."""
    attributes: dict[str, Any] = {
        "threads": ShopperItem.threads,
        "addresses": ShopperItem.addresses,
        "carts": ShopperItem.carts,
    }
    remembered: dict[str, Any] = {"threads": MergeItem.threads, "carts": MergeItem.carts}
    is_at_work = MergeItem.state == merge.state
    away: list[Action] = [attributes[name].delete(things) for name, things in given.items()]
    there: list[Action] = [attributes[name].add(things) for name, things in given.items()]
    noted: list[Action] = [
        remembered[name].add(things) for name, things in given.items() if name in remembered
    ]
    write.update("giver", _shopper(merge, merge.giver), away, _is_at_work(merge))
    write.update("taker", _shopper(merge, merge.taker), there, _is_at_work(merge))
    if noted and merge.state == "begun":
        write.update("merge", _merge_item(merge), noted, is_at_work)
    else:
        write.check("merge", _merge_item(merge), is_at_work)


def _is_at_work(merge: Merge) -> Condition:
    is_at_work: Condition = ShopperItem.merging == merge.merge_id
    return is_at_work


def _merge_key(merchant_id: str, merge_id: str) -> str:
    return f"{merchant_id}#merge#{merge_id}"


def _address_key(merchant_id: str, place: Place) -> str:
    return rows.address_key(merchant_id, place.connection_id, place.address)


def _merge_item(merge: Merge) -> MergeItem:
    return MergeItem(_merge_key(merge.merchant_id, merge.merge_id), "merge")


def _shopper(merge: Merge, shopper_id: str) -> ShopperItem:
    return ShopperItem(rows.thread_key(merge.merchant_id, shopper_id), "shopper")


def person_of_row(merchant_id: str, shopper_id: str, item: ShopperItem) -> Person:
    return Person(
        merchant_id=merchant_id,
        shopper_id=shopper_id,
        name=item.name or "",
        language=item.language or "",
        places=tuple(place_from(key) for key in sorted(item.addresses or ())),
        threads=tuple(sorted(item.threads or ())),
        carts=tuple(sorted(item.carts or ())),
        merges=tuple(sorted(item.merges or ())),
        merged_into=item.merged_into or "",
        merged_by=item.merged_by or "",
        merging=item.merging or "",
    )


def _merge(merchant_id: str, merge_id: str, item: MergeItem) -> Merge:
    return Merge(
        merchant_id=merchant_id,
        merge_id=merge_id,
        stayed=item.stayed,
        merged=item.merged,
        proof=Proof(cast(ProofKind, item.proof), item.note or ""),
        by=item.by or "",
        at=item.at,
        state=cast(MergeState, item.state),
        threads=tuple(sorted(item.threads or ())),
        carts=tuple(sorted(item.carts or ())),
        undone_at=item.undone_at,
    )
