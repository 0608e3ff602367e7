"""What shoppers answered when they were asked how it was."""

from collections.abc import Collection
from typing import Protocol

from chalicelib.domain.surveys import Survey


class SurveyStore(Protocol):
    """Surveys are written with their thread (`Change.survey`). Every call names its merchant; nothing
    crosses. All raise StoreBusy."""

    def survey(self, merchant_id: str, thread_id: str, sort: str) -> Survey | None:
        """The one whose first question stands there, as it is now."""

    def surveys_at(self, merchant_id: str, places: Collection[tuple[str, str]]) -> list[Survey]:
        """Those whose first questions stand there: ids of threads, and places in them."""

    def surveys_of_month(self, merchant_id: str, month: str) -> list[Survey]:
        """All that were asked in a month (`2026-11`, in UTC), the earliest first."""
