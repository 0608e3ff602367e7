"""All that one person has in carts, has ordered and sends back: to hand it to them, and to take it away."""

from collections.abc import Collection, Sequence
from typing import Final

from chalicelib.domain.commerce.buyers import BuyerKey
from chalicelib.domain.erasing import Erasure
from chalicelib.domain.people import Person, Place
from chalicelib.domain.phones import same_numbers
from chalicelib.ports.commerce import Bought, CommerceStore, KeptCart
from chalicelib.ports.returns import ReturnStore

_AT_ONCE: Final = 50
_MOST_SHOWN: Final = 1_000


class BoughtByPerson:
    """By whom they were proven to be, and by the numbers that they write from: but for what is proven to be
    somebody else's, who had the number before them, or told it as one more of theirs."""

    def __init__(self, store: CommerceStore, returns: ReturnStore) -> None:
        self._store, self._returns = store, returns

    def shown(self, person: Person, shoppers: Sequence[str]) -> Bought:
        """shoppers: all that they were taken for. Raises StoreBusy."""
        read = self._store.of_buyers(person.merchant_id, _keys(shoppers, person.places), _MOST_SHOWN)
        orders = tuple(one for one in read.orders if set(one.owners) <= set(shoppers))
        returns = self._returns.of_shoppers(person.merchant_id, shoppers, _MOST_SHOWN)
        return Bought(_carts(read, shoppers), orders, tuple(returns))

    def forget(self, erasure: Erasure) -> int:
        """Some of it goes; how much. 0: nothing is left. Raises StoreBusy."""
        keys = _keys(erasure.shoppers, erasure.places)
        read = self._store.of_buyers(erasure.merchant_id, keys, _MOST_SHOWN)
        # What may be theirs goes as well: of what two people were proven to have bought nothing was shown.
        mine = [one for one in read.orders if not one.owners or set(one.owners) & set(erasure.shoppers)]
        carts, orders = _carts(read, erasure.shoppers)[:_AT_ONCE], mine[:_AT_ONCE]
        returns = self._returns.of_shoppers(erasure.merchant_id, erasure.shoppers, _AT_ONCE)
        self._returns.forget(erasure.merchant_id, returns)
        self._store.forget(erasure.merchant_id, carts, orders, erasure.at)
        return len(carts) + len(orders) + len(returns)


def _carts(bought: Bought, shoppers: Collection[str]) -> tuple[KeptCart, ...]:
    return tuple(one for one in bought.carts if one.flow.shopper_id in ("", *shoppers))


def _keys(shoppers: Collection[str], places: Collection[Place]) -> list[BuyerKey]:
    phones = [place.address.value for place in places if place.address.kind == "phone"]
    keys = [BuyerKey("shopper", one) for one in shoppers]
    numbers = [one for phone in phones for one in same_numbers(phone)]
    return list(dict.fromkeys([*keys, *(BuyerKey("phone", one) for one in numbers)]))
