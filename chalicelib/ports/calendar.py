"""Public holidays of the world's countries."""

from datetime import date
from typing import Protocol


class HolidayCalendar(Protocol):
    """What is known of them. Never raises."""

    def dates(self, country: str, region: str, year: int) -> frozenset[date]:
        """In a region, '' for the whole country; none where the country or region is not known."""

    def regions(self, country: str) -> tuple[str, ...] | None:
        """The codes of those with holidays of their own; None when the country is not known."""
