"""Lists of shoppers that are being taken in."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.imports import Import, Problem
from chalicelib.domain.work import Due


class ImportStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def begin(self, one: Import, due: Due) -> Import:
        """Store it with its work, unless it is there and not lost: then as it is by now, and nothing is
        written."""

    def read(self, merchant_id: str, import_id: str) -> Import | None:
        """One, as it is now."""

    def go_on(self, was: Import, now: Import, problems: Sequence[Problem], due: Due | None) -> None:
        """A page is done: how far it is, what of the page is told, and when it is looked at next (None:
        never). Raises Conflict when it is not as it was: somebody else has done the page."""

    def problems(self, merchant_id: str, import_id: str) -> list[Problem]:
        """All that are kept, in the order of their lines."""
