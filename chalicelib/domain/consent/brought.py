"""What a list has to say of a consent, so that it can count as one."""

from datetime import UTC, datetime
from typing import Final

from chalicelib.domain.consent.records import How, State

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
NO_TIME: Final = "at must be a time such as 2026-11-02T12:00:00Z."
_NOT_THEN: Final = "at must lie between the year 2000 and now."
_NO_TEXT: Final = "Say which text the shopper was shown: without it a yes proves nothing."
_NO_MOMENT: Final = "Say when the shopper said it: a list that is brought again must not be newer than it is."


class NotProven(ValueError):
    """field: what is wrong or lacks, `text` or `at`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def need_proof(state: State, how: How, text: str, has_moment: bool) -> None:
    """Raises NotProven: a yes needs its text, and what stands in a list its moment."""
    if state == "given" and not text:
        raise NotProven("text", _NO_TEXT)
    if how == "import" and not has_moment:
        raise NotProven("at", _NO_MOMENT)


def told_at(text: str, now: datetime) -> datetime:
    """A moment as a list writes it; without a zone it is in UTC. Raises NotProven."""
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotProven("at", NO_TIME) from None
    if not _FIRST <= at <= now:
        raise NotProven("at", _NOT_THEN)
    return at
