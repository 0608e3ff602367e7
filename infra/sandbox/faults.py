"""Faults that the control API orders: the next so many calls, or deliveries, go wrong in a named way."""

import threading
from dataclasses import dataclass
from typing import Any, Final

from .state import Account, Json

CALL_FAULTS: Final = ("status", "timeout", "drop_answer", "slow", "late_answer", "failed_later")
DELIVERY_FAULTS: Final = ("status", "timeout", "drop_answer", "slow", "duplicate", "shuffle", "batch", "drop")
KINDS: Final = tuple(dict.fromkeys(CALL_FAULTS + DELIVERY_FAULTS))


@dataclass
class Fault:
    """`account` "" means every account of the channel; `seconds` is how long slow, late_answer and timeout
    take."""

    channel: str
    call: str
    kind: str
    times: int
    account: str = ""
    status: int | None = None
    body: Any = None
    seconds: float | None = None


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, account: Account | None, calls: tuple[str, ...], kinds: tuple[str, ...]) -> Fault | None:
        """The first fault ordered for one of these names, used up by one; faults of other kinds stay."""
        if account is None:
            return None
        with self._lock:
            for fault in self._faults:
                if fault.kind in kinds and _concerns(fault, account, calls):
                    fault.times -= 1
                    self._faults = [each for each in self._faults if each.times > 0]
                    return fault
        return None

    def waits_for(self, account: Account, calls: tuple[str, ...], kind: str) -> bool:
        with self._lock:
            return any(fault.kind == kind and _concerns(fault, account, calls) for fault in self._faults)

    def listed(self) -> list[Json]:
        with self._lock:
            return [vars(fault) | {"fault": fault.kind} for fault in self._faults]


def _concerns(fault: Fault, account: Account, calls: tuple[str, ...]) -> bool:
    return (
        fault.channel == account.channel
        and fault.account in ("", account.id)
        and (fault.call in calls or (fault.call == "*" and "webhook" not in calls))
    )
