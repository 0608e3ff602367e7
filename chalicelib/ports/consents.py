"""Consent as it is kept: append-only, by address; and what counts against a person's share of marketing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.consent.records import Consent


@dataclass(frozen=True, slots=True)
class Marketed:
    """What marketing went to one shopper of late: each message's reference with its moment. version: moves
    with it, and with each word of theirs about consent; 0 while nothing is kept."""

    sent: tuple[tuple[datetime, str], ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One more marketing message to a shopper, on what was read of them.

    Of those before, `sent` keeps what still counts. It is None for what is no marketing but needs a consent:
    then only nothing may have been said meanwhile.
    """

    merchant_id: str
    shopper_id: str
    was: Marketed
    sent: tuple[tuple[datetime, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class TierUsed:
    """How many shoppers an account has written to outside their window within a day, by whole hours; and
    whether this one is among them."""

    count: int = 0
    has_them: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """A shopper written to outside their window: counts against what the account may do in a day."""

    merchant_id: str
    portfolio: str
    shopper: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unclear:
    """A shopper's words that may have been meant as a stop: for a person to look at."""

    merchant_id: str
    thread_id: str
    shopper_id: str
    message_id: str
    text: str
    at: datetime

    @property
    def row(self) -> str:
        """Names it: by time, then by message."""
        return f"{int(self.at.timestamp() * 1000):013d}#{self.message_id}"


class ConsentStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy."""

    def add(self, records: Sequence[Consent], shopper_id: str = "") -> None:
        """Write them down, all or none; the same again changes nothing. shopper_id: whose words they are:
        what was decided about them on an earlier read can't be claimed any more."""

    def of_addresses(self, merchant_id: str, addresses: Iterable[str]) -> list[Consent]:
        """All that was ever said about these addresses."""

    def journal(self, merchant_id: str, month: str, *, after: str = "", limit: int = 100) -> list[Consent]:
        """What was noted in a month ("2026-11"), in that order, after the row `after`."""

    def marketed(self, merchant_id: str, shopper_ids: Sequence[str]) -> list[Marketed]:
        """One for each, in this order."""

    def unclear(self, merchant_id: str, *, after: str = "", limit: int = 100) -> list[Unclear]:
        """What waits for a person, the oldest first, after the row `after`."""

    def forget_unclear(self, merchant_id: str, row: str) -> None:
        """Somebody has looked at it."""

    def tier_used(self, merchant_id: str, portfolio: str, shopper: str, now: datetime) -> TierUsed:
        """What the account has used of its day; `shopper`: whom it is about to write to."""


def row_of(record: Consent) -> str:
    """A journal's cursor: by the time at which it was noted."""
    return f"{int(record.noted_at.timestamp() * 1000):013d}#{record.record_id}"
