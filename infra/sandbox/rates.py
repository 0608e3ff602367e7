"""How fast an account is told to send: every call that sends a message is counted, and a limit may be set.

What counts is the moment when a call comes to the door, by a clock that nobody moves.
"""

import threading
from bisect import insort
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .state import Account, Json

WINDOW_S: Final = 1.0
REMEMBERED: Final = 100_000


@dataclass
class Counted:
    """One account's calls. per_second: the limit, None for none. taken: those of the last second that were
    not refused. to: the calls to each shopper, by their id on the wire."""

    per_second: float | None = None
    came: list[float] = field(default_factory=list)
    taken: deque[float] = field(default_factory=deque)
    to: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0


class Rates:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._accounts: dict[tuple[str, str], Counted] = {}

    def limit(self, account: Account, per_second: float | None) -> None:
        """Refuse what is above it from now on; counts begin anew."""
        with self._lock:
            self._accounts[account.channel, account.id] = Counted(per_second)

    def takes(self, account: Account, at: float) -> bool:
        """Count a call that came at `at`. False: there were as many in the second before as may be."""
        with self._lock:
            counted = self._accounts.setdefault((account.channel, account.id), Counted())
            insort(counted.came, at)
            del counted.came[:-REMEMBERED]
            while counted.taken and at - counted.taken[0] >= WINDOW_S:
                counted.taken.popleft()
            if counted.per_second is not None and len(counted.taken) >= counted.per_second:
                counted.refused += 1
                return False
            counted.taken.append(at)
            return True

    def went_to(self, account: Account, address: str, at: float) -> None:
        """Count the call once more, for its shopper."""
        with self._lock:
            counted = self._accounts.setdefault((account.channel, account.id), Counted())
            insort(counted.to.setdefault(address, []), at)
            del counted.to[address][:-REMEMBERED]

    def measured(self, account: Account, address: str = "") -> Json:
        """Of the account, or of its calls to one shopper only."""
        with self._lock:
            counted = self._accounts.get((account.channel, account.id), Counted())
            times = list(counted.to.get(address, []) if address else counted.came)
        span_s = times[-1] - times[0] if len(times) > 1 else 0.0
        return {
            "calls": len(times),
            "refused": counted.refused,
            "most_in_a_second": most_in_a_window(times),
            "per_second": (len(times) - 1) / span_s if span_s else 0.0,
            "limit": counted.per_second,
        }

    def clear(self) -> None:
        with self._lock:
            self._accounts.clear()


def most_in_a_window(times: Sequence[float]) -> int:
    """The most of these (in order) that came within any second."""
    first, most = 0, 0
    for last, at in enumerate(times):
        while at - times[first] >= WINDOW_S:
            first += 1
        most = max(most, last - first + 1)
    return most
