"""What recurs on the wall's clock."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol


class Recurrence(Protocol):
    """Works out recurrence rules."""

    def __call__(self, rule: str, first: datetime, start: datetime, end: datetime) -> Iterator[datetime]:
        """What an RRULE's text without COUNT and UNTIL names from `start` to `end`, both included, when its
        first moment is `first`: in its order, each once, none before `first`. All without a zone. Raises
        ValueError on a rule that makes no sense."""
