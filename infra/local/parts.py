"""The processes that make up the local stack, each in a process group of its own.

A part holds a lock on its .pid file for as long as it lives, so that a number left by one that was killed is
never mistaken for a living process, even when the number has been given to another.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from infra.local.settings import LocalStackFailed
from infra.package import PROJECT


class Part:
    """One process that listens on a port, its output in <home>/<name>.log."""

    def __init__(self, name: str, home: Path, port: int) -> None:
        self.name = name
        self.port = port
        self.log = home / f"{name}.log"
        self._pid_file = home / f"{name}.pid"
        self._process: subprocess.Popen[bytes] | None = None  # only where we started it

    def start(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Start `python -m module arguments` and return. Of our environment, only paths reach it."""
        lock = self._lock()
        if lock is None:
            raise LocalStackFailed(f"{self.name} is running already: make down")
        with lock, self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-u", "-m", module, *arguments],
                cwd=PROJECT,
                env=_base_environment() | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[lock.fileno()],
            )
            lock.seek(0)
            lock.truncate()
            lock.write(str(self._process.pid))

    def is_running(self) -> bool:
        if self._process:
            self._process.poll()  # a child that ended stays in the process table until it is asked for
        lock = self._lock()
        if lock:
            lock.close()
        return lock is None

    def stop(self, patience_s: float = 20) -> None:
        """Ask it to end, so that it can save its state; then end all it started."""
        if not self.is_running():
            return
        pid = int(self._pid_file.read_text())
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        with contextlib.suppress(LocalStackFailed):
            wait_until(lambda: not self.is_running(), patience_s, self.name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: not self.is_running(), 5, f"{self.name} does not end")
        self._pid_file.unlink(missing_ok=True)

    def wait_for_port(self, patience_s: float = 30) -> None:
        """Return when it listens; raise at once, with the last thing it said, if it ended."""
        wait_until(self._listens, patience_s, f"{self.name} does not listen on port {self.port}")

    def _listens(self) -> bool:
        if not self.is_running():
            raise LocalStackFailed(f"{self.name} ended: {self.last_words()} (in {self.log})")
        return is_listening(self.port)

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        said = [line.strip() for line in lines if line.strip()]
        return said[-1] if said else "it said nothing"

    def _lock(self) -> IO[str] | None:
        """The part's lock, or nothing if the part holds it."""
        self._pid_file.parent.mkdir(parents=True, exist_ok=True)
        file = self._pid_file.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file


def _base_environment() -> dict[str, str]:
    passed = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
    return {name: os.environ[name] for name in passed if name in os.environ}


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def require_free_port(port: int, variable: str) -> None:
    """Raise unless a part could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise LocalStackFailed(f"port {port} is busy: stop what uses it, or set {variable}") from error


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, found at once so that they differ."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def wait_until(seen: Callable[[], bool], patience_s: float, complaint: str) -> None:
    deadline = time.monotonic() + patience_s
    while not seen():
        if time.monotonic() > deadline:
            raise LocalStackFailed(f"{complaint} (waited {patience_s:.0f} s)")
        time.sleep(0.05)
