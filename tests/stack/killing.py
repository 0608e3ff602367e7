"""Kills the processes that run the deployed functions, as a machine that fails would."""

import os
import random
import re
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

_FUNCTION = re.compile(r"/ministack-lambda-parley-local-([A-Za-z]+)-\w+-\w+/_worker")


TURNS: Final = ("ReceiveInbound", "SendLater", "APIHandler", "SendOutbound", "ReceiveInbound", "SendLater")
# A process has used about one second when it is ready for its first event.
_LONGEST_LIFE_S: Final = 1.2
_LOOKS: Final = 8
_LOOK_EVERY_S: Final = 0.04


@dataclass(frozen=True)
class Worker:
    """A process that runs a function. busy_s: the processor time that it has had."""

    pid: int
    function: str
    busy_s: float


def workers_of(stack: Any) -> list[Worker]:
    """Every process that this stack's local AWS has started to run functions."""
    aws = Path("/proc", (stack.home / "aws.pid").read_text().strip())
    pids: list[str] = []
    for children in aws.glob("task/*/children"):
        with suppress(OSError):  # a thread may have ended since it was listed
            pids += children.read_text().split()
    found = []
    for pid in pids:
        with suppress(OSError):  # it may have ended since it was listed
            function = _FUNCTION.search(Path("/proc", pid, "cmdline").read_text())
            after_name = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
            if function:
                busy_s = (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
                found.append(Worker(int(pid), function[1], busy_s))
    return found


class Killer:
    """While it is open, kills `most` of them, one every so often: as they start or work, rarely an idle one.

    A slow machine's processes live longer: what counts is the processor time they had. killed: the functions.
    """

    def __init__(
        self, stack: Any, every_s: float, most: int, seed: int = 1, turns: Sequence[str] = TURNS
    ) -> None:
        self.killed: list[str] = []
        self._stack, self._every_s, self._most, self._turns = stack, every_s, most, turns
        self._chance = random.Random(seed)
        self._has_enough = threading.Event()
        self._thread = threading.Thread(target=self._go_on)

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._has_enough.set()
        self._thread.join()

    def _go_on(self) -> None:
        while len(self.killed) < self._most and not self._has_enough.wait(self._every_s):
            worker = self._chosen()
            if worker is not None:
                with suppress(ProcessLookupError):
                    os.kill(worker.pid, signal.SIGKILL)
                    self.killed.append(worker.function)

    def _chosen(self) -> Worker | None:
        """A process of the function whose turn it is, while it is at work; else any that is at work, or
        old."""
        target = self._turns[len(self.killed) % len(self._turns)]
        life_s = self._chance.uniform(0, _LONGEST_LIFE_S)
        seen: list[Worker] = []
        for _ in range(_LOOKS):
            before = {worker.pid: worker.busy_s for worker in workers_of(self._stack)}
            self._has_enough.wait(_LOOK_EVERY_S)
            old = [worker for worker in workers_of(self._stack) if worker.busy_s > life_s]
            seen = [one for one in old if one.busy_s > before.get(one.pid, one.busy_s)] or seen or old
            wanted = [worker for worker in seen if worker.function == target]
            if wanted:
                return self._chance.choice(wanted)
        return self._chance.choice(seen) if seen else None
