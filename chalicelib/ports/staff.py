"""The shop's own people who get notices."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.staff.people import Staff


class StaffStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def staff(self, merchant_id: str) -> list[Staff]:
        """All of a merchant's, also who has not come by their link yet."""

    def staff_member(self, merchant_id: str, staff_id: str) -> Staff | None:
        """One of them."""

    def add_staff(self, one: Staff) -> None:
        """Somebody new."""

    def link_staff(self, one: Staff, thread_id: str, at: datetime) -> bool:
        """They came by their link, in this thread; the same again changes nothing. False when they were
        removed, or are linked to another."""

    def remove_staff(self, one: Staff) -> None:
        """They get no notices any more."""
