"""What the sandbox's shop systems have in common: people buy there, and nothing is written to them."""

from abc import abstractmethod
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from .base import Act, Doing, Platform, Refused
from .state import Account, Json, Shopper

Buying = Callable[[Account, Shopper, Act], str]


class Shop(Platform):
    """Its shoppers have no phones here: `events` are what they and the merchant do in the shop."""

    has_phones: ClassVar[bool] = False

    @property
    @abstractmethod
    def events(self) -> dict[str, Buying]:
        """What can happen here: event kind to the method that does it and returns the id of what it is about
        (a cart's or an order's)."""

    @property
    def acts(self) -> dict[str, Doing]:
        """None on a phone."""
        return {}

    def address_for(self, shopper: Shopper) -> str:
        return ""

    def merge(self, bodies: list[Json]) -> list[Json]:
        """Shops batch nothing."""
        return bodies

    def act(self, account: Account, shopper: Shopper, act: Act) -> str:
        doing = self.events.get(act.kind)
        if doing is None:
            known = ", ".join(sorted(self.events))
            raise Refused(
                f"{self.channel} has no event kind {act.kind!r}; there are: {known}", field="event.kind"
            )
        told = doing(account, shopper, act)
        self.sandbox.store.changed()
        return told


def lines_of(act: Act) -> list[Json]:
    """What is bought: `lines` of the event (`title`, `quantity`, `price`, …), else one sample. Prices become
    amounts as text. Raises Refused."""
    given = act.more.get("lines", [{"title": "Blue mug", "quantity": 1, "price": "19.90"}])
    if not isinstance(given, list) or not all(isinstance(line, dict) for line in given):
        raise Refused("lines must be a list of objects", field="event.lines")
    sample: Json = {"title": "Blue mug", "quantity": 1, "price": "10.00"}
    return [sample | line | {"price": amount(line.get("price", "10.00"))} for line in given]


def amount(value: object) -> str:
    """An amount as shops write it, with two places. Raises Refused."""
    try:
        return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))
    except ArithmeticError:
        raise Refused(f"{value!r} is no amount", field="event") from None


def total_of(act: Act, lines: list[Json]) -> str:
    """`total` of the event, else what its lines come to."""
    summed = sum((Decimal(line["price"]) * int(line["quantity"]) for line in lines), Decimal(0))
    return amount(act.more.get("total", summed))
