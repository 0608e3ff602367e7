"""What happened in the simulated shops, replayed through the rules that promise and measure."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bench.promises.desk import Wait, month, shocks
from bench.promises.shops import SHOPS
from chalicelib.domain.promise.hours import Hours, hours_from, open_seconds
from chalicelib.domain.promise.response_time import Promise, promise
from chalicelib.domain.promise.waits import Cell, Measured, Waited, Waiting, month_before, waited

# The automatic answer goes out so long after the shopper's message.
_ANSWERS_AFTER: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Told:
    """One promise and what became of it. ended: None where it was closed without an answer. took_s: until
    then, in opening time."""

    wait: Wait
    at: datetime
    promise: Promise
    ended: datetime | None
    took_s: float

    @property
    def is_kept(self) -> bool:
        return self.ended is not None and self.promise.due is not None and self.ended <= self.promise.due


@dataclass(slots=True)
class _Connection:
    """What production keeps in rows."""

    hours: Hours
    cells: dict[tuple[str, int], tuple[dict[str, int], datetime]] = field(default_factory=dict)
    waiting: dict[int, Waiting] = field(default_factory=dict)
    promised: dict[int, datetime | None] = field(default_factory=dict)

    def measured(self, now: datetime) -> Measured:
        first = month_before(now, self.hours.zone)
        cells = tuple(
            Cell(of, hour, counters, first_at)
            for (of, hour), (counters, first_at) in self.cells.items()
            if of >= first
        )
        return Measured(cells, tuple(self.waiting.values()))

    def count(self, one: Waited) -> None:
        counters, _ = self.cells.setdefault((one.month, one.hour), ({}, one.began))
        for name in one.counters:
            counters[name] = counters.get(name, 0) + 1


def simulated(seed: int) -> list[Wait]:
    """The waits of all shops in the order in which they began."""
    return list(heapq.merge(*(month(n, rhythm, _of(seed, n)) for n, rhythm in enumerate(SHOPS))))


def shocked(seed: int) -> dict[int, list[str]]:
    """What happened on which day of a simulated month, unannounced."""
    found: dict[int, list[str]] = {}
    for number, rhythm in enumerate(SHOPS):
        for day, shock in shocks(rhythm, _of(seed, number)):
            found.setdefault(day, []).append(f"{rhythm.name}: {shock}")
    return found


def _of(seed: int, shop: int) -> Random:
    return Random(f"{seed} {shop}")


def replay(waits: Sequence[Wait]) -> list[Told]:
    """Every promise of the month, in the order in which they were made."""
    hours = [hours_from(rhythm.zone, rhythm.week) for rhythm in SHOPS]
    kept: dict[tuple[int, str], _Connection] = {}
    told: list[Told] = []
    for _, _, ends, wait in sorted(_moments(waits)):
        connection = kept.setdefault((wait.shop, wait.channel), _Connection(hours[wait.shop]))
        if ends:
            _end(connection, wait)
        else:
            made = _begin(connection, wait)
            if made is not None:
                told.append(made)
    return told


def _moments(waits: Sequence[Wait]) -> Iterator[tuple[datetime, int, bool, Wait]]:
    for number, wait in enumerate(waits):
        yield wait.began, number, False, wait
        yield wait.ended, number, True, wait


def _begin(connection: _Connection, wait: Wait) -> Told | None:
    """Who goes on with a conversation is told no time."""
    made = None
    now = wait.began + _ANSWERS_AFTER
    if wait.is_first and wait.ended > now:
        made = promise(now, connection.hours, wait.channel, connection.measured(now))
    connection.waiting[wait.thread] = Waiting(str(wait.thread), wait.began)
    connection.promised[wait.thread] = made.due if made else None
    if made is None or made.due is None:
        return None
    took_s = open_seconds(connection.hours, wait.began, wait.ended)
    return Told(wait, now, made, wait.ended if wait.is_answered else None, took_s)


def _end(connection: _Connection, wait: Wait) -> None:
    connection.waiting.pop(wait.thread, None)
    promised_at = connection.promised.pop(wait.thread, None)
    if not wait.is_answered:
        return
    connection.count(
        waited(
            f"{wait.shop} {wait.channel}",
            wait.began,
            wait.ended,
            zone=connection.hours.zone,
            hours=connection.hours,
            promised_at=promised_at,
            goes_on=not wait.is_first,
        )
    )
