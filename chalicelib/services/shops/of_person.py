"""All that one person has in carts, has ordered and sends back: to hand it to them, and to take it away."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.erasing import Erasure
from chalicelib.domain.people import Merge, Person, Place
from chalicelib.ports.commerce import Bought, CommerceStore
from chalicelib.ports.returns import ReturnStore

_AT_ONCE: Final = 50
_MOST_SHOWN: Final = 1_000


class BoughtByPerson:
    """By whom they were proven to be, and by the numbers that they write from."""

    def __init__(self, store: CommerceStore, returns: ReturnStore) -> None:
        self._store, self._returns = store, returns

    def shown(self, person: Person, merges: Collection[Merge]) -> Bought:
        """Raises StoreBusy."""
        merged = [one.merged for one in merges if one.state in ("begun", "done")]
        keys = _keys((person.shopper_id, *merged), person.places)
        bought = self._store.of_buyers(person.merchant_id, keys, _MOST_SHOWN)
        shoppers = (person.shopper_id, *merged)
        returns = self._returns.of_shoppers(person.merchant_id, shoppers, _MOST_SHOWN)
        return replace(bought, returns=tuple(returns))

    def forget(self, erasure: Erasure) -> int:
        """Some of it goes; how much. 0: nothing is left. Raises StoreBusy."""
        keys = _keys(erasure.shoppers, erasure.places)
        found = self._store.of_buyers(erasure.merchant_id, keys, _AT_ONCE)
        returns = self._returns.of_shoppers(erasure.merchant_id, erasure.shoppers, _AT_ONCE)
        self._returns.forget(erasure.merchant_id, returns)
        self._store.forget(erasure.merchant_id, found.carts, found.orders, erasure.at)
        return len(found.carts) + len(found.orders) + len(returns)


def _keys(shoppers: Collection[str], places: Collection[Place]) -> list[BuyerKey]:
    phones = [place.address.value for place in places if place.address.kind == "phone"]
    keys = [BuyerKey("shopper", one) for one in shoppers]
    return list(dict.fromkeys([*keys, *(BuyerKey("phone", one) for one in phones)]))
