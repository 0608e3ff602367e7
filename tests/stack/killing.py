"""Kills the processes that run the deployed functions, as a machine that fails would."""

import os
import random
import re
import signal
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

_FUNCTION = re.compile(r"/ministack-lambda-parley-local-([A-Za-z]+)-\w+-\w+/_worker")


def workers_of(stack: Any) -> dict[int, str]:
    """Pid and function of every process that this stack's local AWS has started to run functions."""
    aws = (stack.home / "aws.pid").read_text().strip()
    found: dict[int, str] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended since it was listed
            after_name = (process / "stat").read_text().rpartition(")")[2]
            command = (process / "cmdline").read_text()
            function = _FUNCTION.search(command)
            if after_name.split()[1] == aws and function:
                found[int(process.name)] = function[1]
    return found


class Killer:
    """While it is open, kills one of them every so often. killed: the functions, one for each kill."""

    def __init__(self, stack: Any, every_s: float, seed: int = 1) -> None:
        self.killed: list[str] = []
        self._stack, self._every_s = stack, every_s
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
        while not self._has_enough.wait(self._every_s):
            workers = workers_of(self._stack)
            if not workers:
                continue
            pid = self._chance.choice(sorted(workers))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.killed.append(workers[pid])
