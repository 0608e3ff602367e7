"""The schedules that all senders of a connection share."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.pacing import Schedule


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether the row was written, and what it held before; None: there was none."""

    is_done: bool
    was: Schedule | None


class PaceStore(Protocol):
    """One row for each lane of a connection, written by many at once. Moments are microseconds by the row's
    own clock; each write leaves `now_us` as that. All are one call, and raise StoreBusy."""

    def begin(
        self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, idle_us: int, length_us: int
    ) -> Taken:
        """Let the schedule begin now and reserve `length_us` of it, if its free moment is before `idle_us`,
        or it is not to be believed."""

    def extend(
        self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, latest_us: int, length_us: int
    ) -> Taken:
        """Reserve `length_us` from the free moment on, if that is neither past nor after `latest_us`."""

    def hold(self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, until_us: int) -> Taken:
        """Have nobody send before `until_us`; a moment that is later stays."""
