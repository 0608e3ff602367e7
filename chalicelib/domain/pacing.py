"""How fast messages may go out: a schedule that all senders of a connection share, and each shopper's own.

A connection's schedule is one row: the first moment that nobody has taken. Whoever wants to send takes it and
moves it on by an interval; where it lies ahead, they wait for it. Nobody counts, and nobody reads first.

The row tells the time, too. Clocks differ, and a slot that one sender takes at its own noon is another's half
a second past: so each writes its clock into the row and follows one that is ahead of its own, until all pace
by the same. What holds, and is shown with 10 to 1000 messages a second in simulated time:

- Clocks that agree: never above the limit, and more than 90 % of it, while the ways of two messages to the
  platform differ by less than the spare between them (`interval_us`).
- Clocks up to half a second off either way: at most one message above in any second, once each sender has
  been heard.
- A clock ahead of all others that joins in would begin the schedule anew over slots that others have taken:
  by it they are past. Who meets a row for the first time, and finds it not long free, therefore begins after
  as much as was reserved ahead when it was last written.

All moments and lengths are whole microseconds: at 1000 messages a second a millisecond is a whole interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.domain.capabilities import Rate, Rates
from chalicelib.domain.content import Kind
from chalicelib.domain.ids import to_ms

# People's words may wait in place for a slot; a campaign takes none that is further ahead than this, so
# that a reply is never behind more of it.
URGENT_AHEAD_US: Final = 2_000_000
BULK_AHEAD_US: Final = 250_000
# A row whose clock is further ahead than that was written by a clock that is wrong, or ours was set back.
BELIEVED_US: Final = 2_000_000
REMEMBERED_US: Final = 60_000_000
BUSY_US: Final = 1_000_000
# Whoever has heard of a row for less than this is still some hundredths of a second behind its clock, and
# keeps a little more distance.
LEARNING_US: Final = 12_000_000
_LEARNING_FACTOR: Final = 1.12
# As far as two clocks may be apart: what is free for less may be taken still, by a clock that is behind.
APART_US: Final = 1_000_000
# Who wakes up later than this after their slot would meet those of the next: they take another.
LATE_US: Final = 30_000
LONGEST_HOLD_S: Final = 900.0
# The highest speed that a channel gives to one connection.
# Source: developers.facebook.com/docs/whatsapp/cloud-api/overview (throughput)
_FASTEST: Final = 1000.0
# Sounds and pictures that move have a limit of their own where a channel has one for files.
# Source: developers.facebook.com/docs/messenger-platform/overview (rate limits)
_HEAVY: Final = ("audio", "video")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_US: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a row holds. next_us: the first moment that is free. clock_us: what time it was for whoever wrote
    it last."""

    next_us: int
    clock_us: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One schedule of a connection: its name, and the speed that it keeps."""

    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sender knows of a row. ahead_us: how far its clock is ahead of ours. at_us: when we last heard
    of it, by our own. is_busy: the slot that we took then was ahead. since_us: since when we hear of it."""

    ahead_us: int = 0
    at_us: int = 0
    is_busy: bool = False
    since_us: int = 0


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin the schedule now, if its free moment is before `idle_us`: nobody waits. after_us: or so much
    later."""

    idle_us: int
    after_us: int = 0


@dataclass(frozen=True, slots=True)
class Extend:
    """Take the free moment, if it is neither past nor after `latest_us`."""

    latest_us: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Too much waits already: try again after so long."""

    wait_us: int


def to_us(at: datetime) -> int:
    return (at - _EPOCH) // _US


def lane_of(kind: Kind, rates: Rates, details: Mapping[str, str]) -> Lane:
    """Which schedule a message of this kind keeps. `details["per_second"]`: the connection's own speed, as
    the channel has told it (WhatsApp: 80, 1000 for an upgraded number, 20 beside the app)."""
    if kind in _HEAVY and rates.files is not None:
        return Lane("files", rates.files)
    try:
        own = float(details.get("per_second", ""))
    except ValueError:
        return Lane("all", rates.connection)
    return Lane("all", Rate(own, 1.0) if 0 < own <= _FASTEST else rates.connection)


def interval_us(rate: Rate) -> int:
    """How far apart messages leave: a little more than the limit asks for.

    Two that leave a second apart arrive closer together when the first takes longer on its way; the spare is
    by how much they may. It is smaller where many go in a second, since their ways even out, and a tenth of
    a limit must never be lost to it.
    """
    spare = min(0.07, 0.035 + 0.3 / rate.count)
    return -int(-rate.interval_s * (1 + spare) * 1e6 // 1)


def length_us(rate: Rate, urgent: bool, count: int, *, is_learning: bool = False) -> int:
    """How much of the schedule `count` messages take, which must not be more than one may reserve ahead.

    Raises ValueError. Whoever takes several keeps `interval_us` between them.
    """
    ahead = URGENT_AHEAD_US if urgent else BULK_AHEAD_US
    interval = interval_us(rate)
    if count < 1 or (count - 1) * interval > ahead:
        raise ValueError(f"{count} messages at once are more than the schedule gives")
    return int(count * interval * (_LEARNING_FACTOR if is_learning else 1))


def is_learning(heard: Heard, now_us: int) -> bool:
    """Whether a sender knows the row's clock only roughly yet."""
    return now_us - heard.since_us < LEARNING_US


def latest_us(now_us: int, rate: Rate, urgent: bool, count: int) -> int:
    """The last moment that may be taken: so far ahead that the last of `count` still is in reach."""
    ahead = URGENT_AHEAD_US if urgent else BULK_AHEAD_US
    return now_us + ahead - (count - 1) * interval_us(rate)


def first_step(heard: Heard, now_us: int, latest: int) -> Begin | Extend:
    """What to try when the row has not been seen: mostly nobody waits. `now_us`: by the row's clock."""
    if heard.is_busy:
        return Extend(latest)
    return Begin(now_us if heard.at_us else now_us - APART_US)


def next_step(
    seen: Schedule | None, now_us: int, latest: int, *, is_new: bool = False
) -> Begin | Extend | Refused:
    """What to try once the row has been seen, by its clock. is_new: it had not been before, so that its clock
    may be behind ours."""
    if seen is None or not is_believable(seen, now_us):
        return Begin(now_us)
    if seen.next_us < now_us:
        return Begin(now_us, max(BULK_AHEAD_US, seen.next_us - seen.clock_us) if is_new else 0)
    if seen.next_us <= latest:
        return Extend(latest)
    return Refused(seen.next_us - latest)


def slot_of(step: Begin | Extend, was: Schedule | None, asked_us: int, now_us: int) -> int:
    """Which moment a step has won. Where nobody has sent for a while, it does not matter how long the answer
    took; else who had to wait for it is late, like whoever sleeps too long."""
    if isinstance(step, Extend) and was is not None:
        return was.next_us
    if isinstance(step, Begin) and step.after_us:
        return asked_us + step.after_us
    return asked_us if was is not None and asked_us - was.next_us <= BUSY_US else now_us


def is_believable(seen: Schedule, now_us: int) -> bool:
    """A row from a clock that is far ahead of all others would hold them up for as long as that."""
    return seen.clock_us <= now_us + BELIEVED_US


def follow(heard: Heard, seen: Schedule | None, now_us: int, *, is_busy: bool) -> Heard:
    """What we know after the row was seen. `now_us`: by our own clock, when the answer was there.

    The row's clock was read before the answer, so it is never taken for more than it is: it can't run away.
    """
    lead_us = seen.clock_us - now_us if seen else 0
    ahead_us = max(heard.ahead_us, lead_us if lead_us <= BELIEVED_US else 0)
    return Heard(ahead_us, now_us, is_busy, heard.since_us or now_us)


def remembered(heard: Heard | None, now_us: int) -> Heard:
    """What we know of a row, while it is worth something: clocks are set, and functions frozen."""
    if heard is None or not 0 <= now_us - heard.at_us <= REMEMBERED_US:
        return Heard()
    # A second later nobody need be waiting any more.
    return replace(heard, is_busy=heard.is_busy and now_us - heard.at_us <= BUSY_US)


def pair_wait(paced_ms: int, rate: Rate, now: datetime) -> tuple[float, int]:
    """How many seconds one shopper's next message has to wait, and what `Thread.paced_ms` is when it goes.

    While it has to wait, `paced_ms` stays as it is. Of a burst, the last one is kept back: messages do not
    arrive as far apart as they left. Where there is no burst, they leave further apart instead.
    """
    now_ms = to_ms(now)
    interval_ms = (interval_us(rate) if rate.burst == 1 else rate.interval_s * 1e6) / 1000
    borrowed_ms = max(0, rate.burst - 2) * interval_ms
    # Further ahead than a whole burst is nobody's doing: a clock was set back.
    used_ms = paced_ms if paced_ms - now_ms <= rate.burst * interval_ms else 0
    wait_ms = used_ms - borrowed_ms - now_ms
    if wait_ms > 0:
        return wait_ms / 1000, paced_ms
    return 0.0, round(max(used_ms, now_ms) + interval_ms)
