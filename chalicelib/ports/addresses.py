"""Whose an address is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.events import Address
from chalicelib.domain.people import Person


@dataclass(frozen=True, slots=True)
class Owned:
    """An address that is known: its shopper, and the thread that they write from it in. erased_at: whoever
    had it before was erased then."""

    address: Address
    shopper_id: str
    thread_id: str
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Whom an address belongs to, and in which thread they write on this connection.

    held: those of the addresses asked for that are known at all, in the order asked.
    """

    shopper_id: str
    thread_id: str
    by: Address
    held: tuple[Owned, ...] = ()

    @property
    def known(self) -> tuple[Address, ...]:
        """Which of the addresses are known."""
        return tuple(one.address for one in self.held)

    @property
    def erased_at(self) -> datetime | None:
        """When whoever had the first of them before was erased: a number that came later may have been
        somebody else's."""
        return self.held[0].erased_at if self.held else None

    @property
    def others(self) -> tuple[str, ...]:
        """Further shoppers who have some of them, each once."""
        return tuple(dict.fromkeys(one.shopper_id for one in self.held if one.shopper_id != self.shopper_id))


class AddressStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def find(self, merchant_id: str, connection_id: str, addresses: Sequence[Address]) -> Found | None:
        """Whoever has the first of these addresses that is known."""

    def persons(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Person]:
        """Those of the shoppers' rows that there are, as they are now, in one call."""

    def erased_at(self, merchant_id: str, connection_id: str, values: Collection[str]) -> datetime | None:
        """When one of these addresses was last erased; None when none was, or not of late."""
