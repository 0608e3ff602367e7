"""Addresses in DynamoDB: whose they are, and how they become and cease to be somebody's."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.erasing import mark_of
from chalicelib.domain.events import Address
from chalicelib.domain.people import Person, Place, place_key
from chalicelib.ports.addresses import Found, Owned
from chalicelib.ports.threads import Change
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import AddressItem, ErasedItem, ShopperItem
from chalicelib.storage.people import person_of_row
from chalicelib.storage.transaction import Transaction


class DynamoAddresses:
    """The AddressStore's part of the ThreadStore."""

    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> Found | None:
        """Whoever has the first of these addresses that is known."""
        keys = {rows.address_key(merchant_id, connection_id, address): address for address in addresses}
        with answers():
            read = AddressItem.batch_get([(key, "address") for key in keys], consistent_read=True)
            items = {item.pk: item for item in read}
        held = tuple(
            Owned(address, items[key].shopper_id, items[key].thread_id, items[key].erased_at)
            for key, address in keys.items()
            if key in items
        )
        return Found(held[0].shopper_id, held[0].thread_id, held[0].address, held) if held else None

    def erased_at(self, merchant_id: str, connection_id: str, values: Collection[str]) -> datetime | None:
        """When one of these addresses was last erased; None when none was, or not of late."""
        keys = {rows.erased_key(merchant_id, mark_of(merchant_id, connection_id, one)) for one in values}
        with answers():
            found = ErasedItem.batch_get([(key, "erased") for key in sorted(keys)], consistent_read=True)
            return max((item.erased_at for item in found), default=None)

    def persons(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Person]:
        """Those of the shoppers' rows that there are, as they are now, in one call."""
        keys = {rows.thread_key(merchant_id, one): one for one in shopper_ids}
        with answers():
            read = ShopperItem.batch_get([(key, "shopper") for key in keys], consistent_read=True)
            return [person_of_row(merchant_id, keys[item.pk], item) for item in read]


def save_people(write: Transaction, change: Change) -> None:
    """The addresses that the thread takes and gives up, and what its shopper's row says of it."""
    thread = change.thread
    for address in change.addresses:
        item = _item(change, address)
        item.shopper_id, item.thread_id = thread.shopper_id, thread.thread_id
        item.erased_at = change.erased_at
        is_ours = AddressItem.pk.does_not_exist() | (AddressItem.thread_id == thread.thread_id)
        write.put("address", item, is_ours)
    for value in dict.fromkeys(address.value for address in change.addresses):
        _check_mark(write, change, value)
    for address in change.given_up:
        is_as_read = (AddressItem.thread_id == thread.thread_id) & (
            AddressItem.shopper_id == thread.shopper_id
        )
        write.delete("address", _item(change, address), is_as_read)
    actions = _of_shopper(change)
    if actions:
        row = ShopperItem(rows.thread_key(thread.merchant_id, thread.shopper_id), "shopper")
        write.update("shopper", row, actions)


def _check_mark(write: Transaction, change: Change, value: str) -> None:
    """Who is new costs no read to learn whether they were erased: the write looks."""
    thread = change.thread
    mark = mark_of(thread.merchant_id, thread.connection_id, value)
    item = ErasedItem(rows.erased_key(thread.merchant_id, mark), "erased")
    was = ErasedItem.erased_at
    is_as_read: Condition = ErasedItem.pk.does_not_exist()
    if change.erased_at is not None:  # of several addresses, one may have been erased and another not
        is_as_read = is_as_read | (was <= change.erased_at)
    write.check("erased", item, is_as_read)


def _of_shopper(change: Change) -> list[Action]:
    actions: list[Action] = []
    if change.shopper is not None and change.shopper.name:
        actions.append(ShopperItem.name.set(change.shopper.name))
    if change.shopper is not None and change.shopper.language:
        actions.append(ShopperItem.language.set(change.shopper.language))
    if change.addresses:
        actions.append(ShopperItem.addresses.add(_places(change, change.addresses)))
        actions.append(ShopperItem.threads.add({change.thread.thread_id}))
    if change.given_up:
        actions.append(ShopperItem.addresses.delete(_places(change, change.given_up)))
    return actions


def _places(change: Change, addresses: Sequence[Address]) -> set[str]:
    return {place_key(Place(change.thread.connection_id, address)) for address in addresses}


def _item(change: Change, address: Address) -> AddressItem:
    thread = change.thread
    return AddressItem(rows.address_key(thread.merchant_id, thread.connection_id, address), "address")
