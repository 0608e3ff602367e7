"""Many senders at once in a time of their own: each is a thread, exactly one of them runs, and none sleeps.

Senders go through the shipped `Pace`; what they share is a row, as DynamoDB keeps it. Everything that is
random comes from one seed.
"""

import heapq
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from chalicelib.domain.pacing import BELIEVED_US, Schedule
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.pacing import Taken

BEGAN: Final = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


class Killed(BaseException):
    """The sender's machine is gone."""


class World:
    """Time moves to the next thread that waits for it; ties go in the order in which they began to wait."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.now_s = 0.0
        self._waiting: list[tuple[float, int, threading.Semaphore]] = []
        self._number = 0
        self._yielded = threading.Semaphore(0)
        self._alive = 0
        self._threads: list[threading.Thread] = []
        self._errors: list[BaseException] = []

    def start(self, act: Callable[[], object]) -> None:
        def run() -> None:
            try:
                self._wake(turn)
                act()
            except Killed:
                pass
            except BaseException as error:
                self._errors.append(error)
            finally:
                self._alive -= 1
                self._yielded.release()

        turn = self._queue(0.0)
        thread = threading.Thread(target=run, daemon=True)
        self._alive += 1
        self._threads.append(thread)
        thread.start()

    def wait(self, seconds: float) -> None:
        turn = self._queue(seconds)
        self._yielded.release()
        self._wake(turn)

    def run(self) -> None:
        """Until every sender has done what it came for."""
        while self._waiting:
            self.now_s, _, turn = heapq.heappop(self._waiting)
            turn.release()
            self._yielded.acquire()
        for thread in self._threads:
            thread.join()
        if self._errors:
            raise self._errors[0]

    def sit(self, turn: threading.Semaphore) -> None:
        """Wait until somebody wakes it."""
        self._yielded.release()
        self._wake(turn)

    def wake(self, turn: threading.Semaphore) -> None:
        """It is next, now."""
        self._queue(0.0, turn)

    def _queue(self, seconds: float, turn: threading.Semaphore | None = None) -> threading.Semaphore:
        turn = turn or threading.Semaphore(0)
        self._number += 1
        heapq.heappush(self._waiting, (self.now_s + max(0.0, seconds), self._number, turn))
        return turn

    def _wake(self, turn: threading.Semaphore) -> None:
        turn.acquire()


class Line:
    """A lock of threads that this world moves: who comes while it is held waits in line."""

    def __init__(self, world: World) -> None:
        self._world, self._is_held = world, False
        self._waiting: deque[threading.Semaphore] = deque()

    @contextmanager
    def __call__(self, connection_id: str) -> Iterator[None]:
        if self._is_held:
            turn = threading.Semaphore(0)
            self._waiting.append(turn)
            self._world.sit(turn)
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = bool(self._waiting)
            if self._waiting:
                self._world.wake(self._waiting.popleft())


class SkewedClock:
    """A sender's clock, so many seconds off."""

    def __init__(self, world: World, skew_s: float) -> None:
        self.world, self.skew_s = world, skew_s

    def now(self) -> datetime:
        return BEGAN + timedelta(seconds=self.world.now_s + self.skew_s)


class SharedRows:
    """The PaceStore in a dict. `way_s` makes the time that a call takes to the row, and from it."""

    def __init__(self, world: World, way_s: Callable[[], float]) -> None:
        self._world, self._way_s = world, way_s
        self.rows: dict[tuple[str, str, str], Schedule] = {}
        self.calls: list[str] = []
        self.is_down = False

    def begin(
        self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, idle_us: int, length_us: int
    ) -> Taken:
        def free(row: Schedule | None) -> int | None:
            return now_us + length_us if _is_free(row, idle_us, now_us) else None

        return self._write("begin", (merchant_id, connection_id, lane), now_us, free)

    def extend(
        self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, latest_us: int, length_us: int
    ) -> Taken:
        def reached(row: Schedule | None) -> int | None:
            if row is None or row.clock_us > now_us + BELIEVED_US:
                return None
            return row.next_us + length_us if now_us <= row.next_us <= latest_us else None

        return self._write("extend", (merchant_id, connection_id, lane), now_us, reached)

    def hold(self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, until_us: int) -> Taken:
        def earlier(row: Schedule | None) -> int | None:
            return until_us if _is_free(row, until_us, now_us) else None

        return self._write("hold", (merchant_id, connection_id, lane), now_us, earlier)

    def _write(
        self,
        call: str,
        key: tuple[str, str, str],
        now_us: int,
        moved: Callable[[Schedule | None], int | None],
    ) -> Taken:
        self.calls.append(call)
        if self.is_down:
            raise StoreBusy("down")
        self._world.wait(self._way_s())
        was = self.rows.get(key)
        next_us = moved(was)
        if next_us is not None:
            self.rows[key] = Schedule(next_us, now_us)
        self._world.wait(self._way_s())
        return Taken(next_us is not None, was)


def _is_free(row: Schedule | None, before_us: int, now_us: int) -> bool:
    return row is None or row.next_us < before_us or row.clock_us > now_us + BELIEVED_US


def most_within(arrivals: list[float], span_s: float) -> int:
    """The most that came within any span of that length."""
    times = sorted(arrivals)
    first, most = 0, 0
    for last, at in enumerate(times):
        while at - times[first] >= span_s:
            first += 1
        most = max(most, last - first + 1)
    return most
