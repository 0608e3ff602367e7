"""One person, however many shoppers they were taken for: merging by proof, and taking it back.

A merge moves threads, and an address goes where its thread goes. It is written down first, so that whoever
finds it unfinished can finish it; as long as it is at work, no other begins on either of the two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from chalicelib.domain.events import Address
from chalicelib.domain.ids import stable_id, to_ms

# Why two shoppers are one: they came by the other's link, have an order, an e-mail or a phone number in
# common, said so; or the channel did, in the event that named both.
ProofKind = Literal["link", "order", "email", "phone", "said", "channel"]
MergeState = Literal["begun", "done", "undoing", "undone"]
FINISHED: Final = ("done", "undone")


@dataclass(frozen=True, slots=True)
class Proof:
    """Why we hold two shoppers to be one person; note: the words of the one who decided."""

    kind: ProofKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address on a connection: where one person is reached."""

    connection_id: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that a shopper's row holds.

    merged_into, merged_by: who they turned out to be, and by which merge; '' while they are themselves.
    merges: those into this shopper, undone ones too. merging: the merge at work on this row, '' when none is.
    """

    merchant_id: str
    shopper_id: str
    name: str = ""
    language: str = ""
    places: tuple[Place, ...] = ()
    threads: tuple[str, ...] = ()
    carts: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    merged_into: str = ""
    merged_by: str = ""
    merging: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`merged` turned out to be `stayed`. threads, carts: what it moved, which its undoing moves back.

    by: the name of the key that decided, '' when we did. undone_at: when it was taken back, or begun to be.
    """

    merchant_id: str
    merge_id: str
    stayed: str
    merged: str
    proof: Proof
    by: str
    at: datetime
    state: MergeState = "begun"
    threads: tuple[str, ...] = ()
    carts: tuple[str, ...] = ()
    undone_at: datetime | None = None

    @property
    def giver(self) -> str:
        """From whom things go: its undoing turns the way."""
        return self.merged if self.state == "begun" else self.stayed

    @property
    def taker(self) -> str:
        """To whom things go."""
        return self.stayed if self.state == "begun" else self.merged


def merge_id_for(merchant_id: str, *parts: str) -> str:
    """The same parts make the same merge, so that a second delivery of one event does not merge again what
    somebody has taken apart."""
    return stable_id("mg", merchant_id, *parts)


def new_merge_id(merchant_id: str, stayed: str, merged: str, now: datetime) -> str:
    """A person may decide again what they have taken back."""
    return merge_id_for(merchant_id, stayed, merged, str(to_ms(now)))


def to_move(merge: Merge, held: Collection[str], moved: Collection[str]) -> list[str]:
    """Which of the giver's things go: all of them; back go those that the merge brought and that are still
    there."""
    return sorted(held if merge.state == "begun" else set(held) & set(moved))


def new_addresses(known: Collection[Address], named: Collection[Address]) -> tuple[Address, ...]:
    """What an event names that is not known yet, each once."""
    return tuple(address for address in dict.fromkeys(named) if address not in known)


def may_be_one(one: Person, other: Person, connection_id: str) -> bool:
    """Whether an event that names addresses of both proves that they are one.

    Not where the channel knows each of them by an id of their own: a phone number is given to somebody else
    one day.
    """
    return not all(
        any(place.connection_id == connection_id and place.address.kind != "phone" for place in who.places)
        for who in (one, other)
    )


def own_ids(addresses: Collection[Address]) -> tuple[Address, ...]:
    """Those that the channel gives to one person for good, other than a phone number."""
    return tuple(address for address in addresses if address.kind != "phone")


def is_told_apart(holder: Person, named: Collection[Address], connection_id: str) -> bool:
    """Whether a phone number's holder is known by an id of the channel's own, and by none of those that are
    named with the number now: then it may have been given to somebody else."""
    theirs = own_ids([place.address for place in holder.places if place.connection_id == connection_id])
    return bool(theirs) and not set(theirs) & set(named)


def place_key(place: Place) -> str:
    """A place as a shopper's row keeps it."""
    return f"{place.connection_id}#{place.address.kind}#{place.address.value}"


def place_from(key: str) -> Place:
    connection_id, kind, value = key.split("#", 2)
    return Place(connection_id, Address(kind, value))
