"""When a message may go out, so that all senders of a connection together stay below its channel's limit."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from random import random
from typing import Any, Final

from chalicelib.domain.capabilities import Rates
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Kind
from chalicelib.domain.pacing import (
    LATE_US,
    LONGEST_HOLD_S,
    Begin,
    Extend,
    Heard,
    Lane,
    Refused,
    first_step,
    follow,
    is_learning,
    lane_of,
    latest_us,
    length_us,
    next_step,
    remembered,
    slot_of,
    to_us,
)
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.pacing import PaceStore, Taken
from chalicelib.ports.queues import Clock

# Two are enough but where others' writes fall between ours.
_CALLS: Final = 4
# How often a slot that was slept through is made up for.
_SLOTS: Final = 3
_REMEMBERED: Final = 1000
# Those who were refused together come back so far apart, in seconds.
_SPREAD_S: Final = 0.2


class Pace:
    """Reserves a moment in the connection's schedule and waits for it. One call to the store in the common
    case, two when others wait; refused after one or two. Remembers each row's clock from call to call."""

    def __init__(
        self,
        store: PaceStore,
        clock: Clock,
        sleep: Callable[[float], None],
        chance: Callable[[], float] = random,
        turn: Callable[[str], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        """turn: of a connection, held while one of several threads asks: they need not ask against each
        other."""
        self._store, self._clock, self._sleep = store, clock, sleep
        self._chance, self._turn = chance, turn
        self._heard: dict[tuple[str, str], Heard] = {}

    def __call__(
        self,
        connection: Connection,
        kind: Kind,
        rates: Rates,
        *,
        urgent: bool,
        count: int = 1,
        patience_s: float = 0.0,
    ) -> float:
        """0.0: it may go now. Else nothing is reserved, and it may try again after so many seconds.

        urgent: somebody waits for it; it may sleep here, while all else goes back to its queue soon. count:
        that many go now, each `interval_us` after the other: above some 200 a second one by one would be more
        writes than DynamoDB takes on one key. patience_s: for so long it is tried again right here. Raises
        StoreBusy unless urgent.
        """
        lane = lane_of(kind, rates, connection.details)
        try:
            return self._next_slot(connection, lane, urgent, count, patience_s)
        except StoreBusy:
            if not urgent:
                raise
            # Without the row we may at worst be told to slow down, and try again; without the answer a
            # shopper waits. Replies alone come nowhere near a limit.
            return 0.0

    def hold(
        self, connection: Connection, seconds: float, kind: Kind = "text", rates: Rates | None = None
    ) -> None:
        """The channel has said that it is too much: nobody sends for so long, at most 15 minutes.

        kind, rates: of the message that was refused, where that may have a schedule of its own. Raises
        StoreBusy.
        """
        lane = lane_of(kind, rates, connection.details).name if rates else "all"
        now_us = self._row_us((connection.connection_id, lane))
        until_us = now_us + int(min(max(seconds, 0.0), LONGEST_HOLD_S) * 1e6)
        merchant_id, connection_id = connection.merchant_id, connection.connection_id
        self._store.hold(merchant_id, connection_id, lane, now_us=now_us, until_us=until_us)

    def _next_slot(
        self, connection: Connection, lane: Lane, urgent: bool, count: int, patience_s: float
    ) -> float:
        row = (connection.connection_id, lane.name)
        for _ in range(_SLOTS):
            slot = self._in_turn(connection, lane, urgent, count, patience_s)
            if isinstance(slot, Refused):
                return slot.wait_us / 1e6
            left_us = slot - self._row_us(row)
            if left_us > 0:
                self._sleep(left_us / 1e6)
            if self._row_us(row) - slot <= LATE_US:
                return 0.0
        # A machine that never wakes up in time is too slow to be ahead of anybody.
        return 0.0

    def _in_turn(
        self, connection: Connection, lane: Lane, urgent: bool, count: int, patience_s: float
    ) -> int | Refused:
        came_us = self._own_us() if patience_s else 0
        with self._turn(connection.connection_id):
            if patience_s:  # to stand in line is to wait, too: a function's time is bounded
                patience_s -= (self._own_us() - came_us) / 1e6
            slot = self._reserve(connection, lane, urgent, count)
            while isinstance(slot, Refused) and slot.wait_us <= patience_s * 1e6:
                again_s = slot.wait_us / 1e6 + self._chance() * _SPREAD_S
                self._sleep(again_s)
                patience_s -= again_s
                slot = self._reserve(connection, lane, urgent, count)
            return slot

    def _reserve(self, connection: Connection, lane: Lane, urgent: bool, count: int) -> int | Refused:
        """The moment that is ours, by the row's clock."""
        row = (connection.connection_id, lane.name)
        known, now_us = self._known(row), self._row_us(row)
        learning = not urgent and is_learning(known, self._own_us())
        length = length_us(lane.rate, urgent, count, is_learning=learning)
        latest = latest_us(now_us, lane.rate, urgent, count)
        step: Begin | Extend | Refused = first_step(known, now_us, latest)
        for _ in range(_CALLS):
            if isinstance(step, Refused):
                return step
            asked_us = now_us
            taken = self._take(connection, lane.name, step, now_us, length)
            self._hear(row, taken, is_busy=isinstance(step, Extend))
            now_us = self._row_us(row)
            if taken.is_done:
                return slot_of(step, taken.was, asked_us, now_us)
            latest = latest_us(now_us, lane.rate, urgent, count)
            step = next_step(taken.was, now_us, latest, is_new=not known.at_us)
        return Refused(length)

    def _take(
        self, connection: Connection, lane: str, step: Begin | Extend, now_us: int, length: int
    ) -> Taken:
        row = (connection.merchant_id, connection.connection_id, lane)
        if isinstance(step, Begin):
            length += step.after_us
            return self._store.begin(*row, now_us=now_us, idle_us=step.idle_us, length_us=length)
        return self._store.extend(*row, now_us=now_us, latest_us=step.latest_us, length_us=length)

    def _known(self, row: tuple[str, str]) -> Heard:
        return remembered(self._heard.get(row), self._own_us())

    def _hear(self, row: tuple[str, str], taken: Taken, *, is_busy: bool) -> None:
        now_us = self._own_us()
        heard = remembered(self._heard.pop(row, None), now_us)
        if len(self._heard) >= _REMEMBERED:
            self._heard.pop(next(iter(self._heard)))
        self._heard[row] = follow(heard, taken.was, now_us, is_busy=is_busy)

    def _own_us(self) -> int:
        return to_us(self._clock.now())

    def _row_us(self, row: tuple[str, str]) -> int:
        """What time it is by the row's clock, as far as we know."""
        now_us = self._own_us()
        return now_us + remembered(self._heard.get(row), now_us).ahead_us
