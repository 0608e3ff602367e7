"""The shop's reports, put together from counters, from who waits now, and from the newest threads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.connections import Connection
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.response_time import Promise, promise
from chalicelib.domain.promise.waits import Cell, Measured, Waiting
from chalicelib.domain.reports import (
    Answered,
    Hour,
    Left,
    Open,
    Satisfaction,
    Writer,
    answered,
    by_hour,
    most_urgent,
    next_such_hour,
    open_by_left,
    satisfaction,
    spells_by_hour,
    still_open,
    who_writes_most,
)
from chalicelib.domain.surveys import Survey
from chalicelib.domain.threads import Thread, inbox_key
from chalicelib.ports.reports import ReportStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.surveys import SurveyStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.threads.response_times import hours_of
from chalicelib.services.threads.work_threads import STATES

# Of so many threads it is looked how they stand, of those who wait the longest; and who wrote most, of those
# where somebody last wrote.
LOOKED_AT: Final = 1000


@dataclass(frozen=True, slots=True)
class OfConnection:
    """How long shoppers waited on one connection, over all its hours and in each; what somebody who writes
    now would be told."""

    connection: Connection
    answered: Answered
    hours: list[Hour]
    promise: Promise


@dataclass(frozen=True, slots=True)
class OfChannel:
    """The same of all connections to one channel."""

    channel: str
    answered: Answered
    hours: list[Hour]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTimes:
    """waiting: how many wait now; of `looked_at` of them, how much of their promised time is left."""

    channels: list[OfChannel]
    connections: list[OfConnection]
    waiting: int
    looked_at: int
    by_left: Mapping[Left, int]
    urgent: list[Open]


@dataclass(frozen=True, slots=True)
class ContactsOf:
    """Who turned to the shop on one channel, '' for all: how many began to wait, in which hours (weekday,
    hour, how many), what complaints were about, how they found it."""

    channel: str
    spells: int
    hours: list[tuple[str, int, int]]
    complaints: Mapping[str, int]
    satisfaction: Satisfaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """writers: who wrote most, of the shoppers of the newest `looked_at` threads."""

    total: ContactsOf
    channels: list[ContactsOf]
    looked_at: int
    writers: list[Writer]


class Report:
    """Every call names the merchant. months: `2026-11` and its like, in their order. All raise StoreBusy."""

    def __init__(
        self, shops: ShopStore, threads: ThreadStore, reports: ReportStore, surveys: SurveyStore
    ) -> None:
        self._shops, self._threads, self._reports, self._surveys = shops, threads, reports, surveys

    def response_times(
        self, merchant_id: str, months: Sequence[str], channel: str | None, now: datetime
    ) -> ResponseTimes:
        """Of one channel, None for all."""
        own = self._connections(merchant_id, channel)
        shop, waiting = self._shops.shop(merchant_id), list[Waiting]()
        of_channels: dict[str, list[Cell]] = {}
        connections: list[OfConnection] = []
        for one in own:
            measured = self._threads.waits(merchant_id, one.connection_id, months[0])
            cells = [cell for cell in measured.cells if cell.month <= months[-1]]
            of_channels.setdefault(one.channel, []).extend(cells)
            connections.append(_of_connection(one, shop.at(one.connection_id), measured, cells, now))
            waiting += measured.waiting
        found = self._open(merchant_id, shop, waiting, now)
        return ResponseTimes(
            channels=[OfChannel(name, answered(each), by_hour(each)) for name, each in of_channels.items()],
            connections=connections,
            waiting=len(waiting),
            looked_at=min(len(waiting), LOOKED_AT),
            by_left=open_by_left(found),
            urgent=most_urgent(found),
        )

    def _open(self, merchant_id: str, shop: Shop, waiting: list[Waiting], now: datetime) -> list[Open]:
        longest = sorted(waiting, key=lambda one: one.since)[:LOOKED_AT]
        threads = self._reports.threads_named(merchant_id, [one.thread_id for one in longest])
        hours = {one: hours_of(shop.at(one)) for one in {each.connection_id for each in threads}}
        found = (still_open(one, hours[one.connection_id], now) for one in threads)
        return [one for one in found if one is not None]

    def contacts(self, merchant_id: str, months: Sequence[str], channel: str | None) -> Contacts:
        """Of one channel, None for all."""
        own = self._connections(merchant_id, channel)
        channels = list(dict.fromkeys(one.channel for one in own))
        shop = self._shops.shop(merchant_id)
        counts = _Counts({one.connection_id: one.channel for one in own})
        for month in months:
            counts.add(month, self._reports.contacts(merchant_id, month))
            counts.surveys += [
                one
                for one in self._surveys.surveys_of_month(merchant_id, month)
                if channel is None or one.channel == channel
            ]
        newest = self._newest(merchant_id, channels)
        return Contacts(
            total=counts.told("", shop.zone),
            channels=[counts.told(name, shop.zone) for name in channels],
            looked_at=len(newest),
            writers=who_writes_most(newest, months),
        )

    def _newest(self, merchant_id: str, channels: Sequence[str]) -> list[Thread]:
        every = [
            one
            for name in channels
            for state in STATES
            for one in self._threads.inbox(merchant_id, name, state, limit=LOOKED_AT)
        ]
        return sorted(every, key=inbox_key, reverse=True)[:LOOKED_AT]

    def _connections(self, merchant_id: str, channel: str | None) -> list[Connection]:
        own = self._shops.connections(merchant_id)
        return [one for one in own if channel is None or one.channel == channel]


def _of_connection(
    one: Connection, shop: Shop, measured: Measured, cells: Sequence[Cell], now: datetime
) -> OfConnection:
    """shop: as it is on the connection. cells: those of the report's months."""
    hours, target_s = hours_of(shop), shop.targets.get(one.channel)

    def promised(at: datetime, known: Measured) -> Promise:
        return promise(at, hours, one.channel, known, target_s)

    nobody = replace(measured, waiting=())
    found = by_hour(cells)
    if hours is not None:
        found = [
            replace(each, promised_s=promised(next_such_hour(each, now, shop.zone), nobody).within_s or None)
            for each in found
        ]
    return OfConnection(one, answered(cells), found, promised(now, measured))


class _Counts:
    """What months have counted, sorted by channel."""

    def __init__(self, channels: Mapping[str, str]) -> None:
        """channels: of each connection."""
        self._channels = channels
        self._spells: dict[str, Counter[tuple[str, str]]] = {}
        self._complaints: dict[str, Counter[str]] = {}
        self.surveys: list[Survey] = []

    def add(self, month: str, counts: Mapping[tuple[str, str, str], int]) -> None:
        for (connection_id, kind, value), times in counts.items():
            channel = self._channels.get(connection_id)
            if channel is None:
                continue
            for name in ("", channel):
                if kind == "spell":
                    self._spells.setdefault(name, Counter())[month, value] += times
                elif kind == "complaint":
                    self._complaints.setdefault(name, Counter())[value] += times

    def told(self, channel: str, zone: str) -> ContactsOf:
        spells = self._spells.get(channel, Counter())
        return ContactsOf(
            channel,
            sum(spells.values()),
            spells_by_hour(spells, zone),
            dict(self._complaints.get(channel, Counter()).most_common()),
            satisfaction(one for one in self.surveys if channel in ("", one.channel)),
        )
