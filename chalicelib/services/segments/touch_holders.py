"""Consents that come by a list name addresses: whoever writes from one of them is looked at anew."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from chalicelib.domain.consent.records import Consent
from chalicelib.domain.events import Address
from chalicelib.ports.addresses import AddressStore
from chalicelib.ports.segments import SegmentStore
from chalicelib.ports.shops import ShopStore

# DynamoDB reads so many rows in one call.
_AT_ONCE: Final = 100


class TouchHolders:
    """Costs a read for each connection and hundred addresses."""

    def __init__(self, store: SegmentStore, addresses: AddressStore, shops: ShopStore) -> None:
        self._store, self._addresses, self._shops = store, addresses, shops

    def __call__(self, merchant_id: str, records: Sequence[Consent]) -> None:
        """Again is harmless. Raises StoreBusy."""
        keys = dict.fromkeys(one.address for one in records)
        found: dict[str, None] = {}
        for connection in self._shops.connections(merchant_id):
            there = list(_addresses_on(connection.connection_id, keys))
            for start in range(0, len(there), _AT_ONCE):
                some = there[start : start + _AT_ONCE]
                held = self._addresses.find(merchant_id, connection.connection_id, some)
                found |= dict.fromkeys(one.shopper_id for one in (held.held if held else ()))
        self._store.touch(merchant_id, list(found))


def _addresses_on(connection_id: str, keys: Iterable[str]) -> Iterator[Address]:
    """A number may write on each of them, an id of a channel's own on one; an e-mail writes nowhere."""
    for key in keys:
        first, _, rest = key.partition("#")
        if first == "phone":
            yield Address("phone", rest)
        elif first == connection_id:
            kind, _, value = rest.partition("#")
            yield Address(kind, value)
