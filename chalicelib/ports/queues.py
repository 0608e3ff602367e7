"""Queues, waiting work, bodies and time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.work import Due, Work


class Clock(Protocol):
    """Time is an argument: whoever acts asks once and passes it on."""

    def now(self) -> datetime:
        """Aware UTC."""


class DueStore(Protocol):
    """Work that waits for its moment."""

    def due(self, now: datetime, limit: int) -> list[Due]:
        """What is due, oldest first in each shard. Costs the work that is due, not the work that waits."""

    def oldest_overdue_s(self, now: datetime) -> float:
        """How many seconds the oldest due work is late; 0 when none is."""

    def set(self, due: Due) -> None:
        """Have work done when it is due; the same work has one row."""

    def postpone(self, due: Due, at: datetime) -> None:
        """Look at it again at `at`, unless it is finished by then."""

    def forget(self, work: Work) -> None:
        """It is finished."""


class Outbox(Protocol):
    """The queues. All raise StoreBusy."""

    def inbound(self, envelopes: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Queue what came in: (group, envelope) each; all of them are queued when it returns."""

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        """Have work done: at once and in order, or after up to 900 s. The same work and attempt is queued
        once."""

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        """The same for many, in as few calls as possible."""

    def depths(self) -> Mapping[str, int]:
        """About how many messages wait, by queue."""


class BodyStore(Protocol):
    """Bodies that are too large for a queue, or that nobody could read."""

    def keep(self, connection_id: str, body: bytes, at: datetime) -> str:
        """Store it; the same body has the same key."""

    def body(self, key: str) -> bytes:
        """Read it back. Raises BodyGone when it is not there (any more)."""

    def kept(self, connection_id: str, *, after: str = "", limit: int = 100) -> list[str]:
        """The keys of a connection's bodies, of `shared` those of all, in their order after the given one."""

    def replace(self, key: str, body: bytes) -> None:
        """Keep this in its place."""

    def forget(self, key: str) -> None:
        """It is gone."""
