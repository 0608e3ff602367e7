"""Shoppers as persons: who they are, which of them are one, and the links that tie them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.links import Link
from chalicelib.domain.people import Merge, Person


class PeopleStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def person(self, merchant_id: str, shopper_id: str) -> Person | None:
        """A shopper's row, as it is now."""

    def merge(self, merchant_id: str, merge_id: str) -> Merge | None:
        """One merge, as it is now."""

    def merges(self, merchant_id: str, merge_ids: Sequence[str]) -> list[Merge]:
        """Those of them that there are, the oldest first."""

    def begin(self, merge: Merge, name: str = "") -> None:
        """Write it down, and on both shoppers that it is at work. name: for the one who stays, if they have
        none.

        Raises Conflict unless it is new, and both are there, are themselves and have no other at work.
        """

    def begin_undoing(self, merge: Merge, at: datetime) -> None:
        """The same for taking it back. Raises Conflict unless it is done, its `stayed` is themselves, and
        neither of the two has another at work."""

    def move_some(self, merge: Merge) -> bool:
        """Move some of what is to move, in one transaction; whether there was anything.

        Raises Conflict when something has changed meanwhile: read the merge again.
        """

    def end(self, merge: Merge) -> None:
        """It is done, or undone. Raises Conflict while the merged one still has something, or when it was
        ended."""

    def add_cart(self, merchant_id: str, shopper_id: str, cart_id: str) -> None:
        """Tie a cart to a shopper; the same is one. Raises Conflict when they are not there, or are somebody
        else by now."""


class LinkStore(Protocol):
    """Deep links and what signs them. All raise StoreBusy."""

    def link_key(self, merchant_id: str) -> bytes | None:
        """What the merchant's links are signed with; None while they have none."""

    def make_link_key(self, merchant_id: str, key: bytes) -> bytes:
        """The same; `key` becomes it if there is none."""

    def add_link(self, link: Link) -> None:
        """A new link."""

    def link(self, merchant_id: str, link_id: str) -> Link | None:
        """What a token stands for."""

    def use_link(self, link: Link, shopper_id: str, thread_id: str) -> Link | None:
        """Note who came by it, unless somebody has before. The link as it is then; None when it is gone."""
