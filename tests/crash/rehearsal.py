"""One scenario with faults, and whether the shop can tell it from the one without."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from faults import KILLS, Fault, Journal
from real_tables import Picture, Tables, difference
from scenes import Scenario
from world import World

# What nobody can know of a message that may have arrived.
_UNKNOWN: Final = frozenset(
    {"status", "rank", "reason", "chat", "channel_message_id", "reactions", "given_up"}
)
# And what would follow from it: a refused answer leaves the shopper waiting, a refused token the shop to act.
_UNKNOWN_BESIDE: Final = {
    "thread": {"human_at", "waiting_since", "marks", "spell"},
    "connection": {"status"},
    "p": {"document"},  # what a page of a campaign counts
}


@dataclass(frozen=True)
class Outcome:
    """The rows at the end, what the platform was given to deliver, and the calls that led there."""

    picture: Picture
    received: Counter[tuple[str, str]]
    calls: Sequence[str]


def play(
    tables: Tables,
    scenario: Scenario,
    *faults: Fault,
    shuffled: Random | None = None,
    journal: Journal | None = None,
) -> Outcome:
    """From an empty shop until nothing is left to do."""
    journal = journal or Journal(*faults)
    world = World(tables, scenario.phone(), journal, shuffled)
    scenario.play(world)
    return Outcome(tables.picture(), Counter(world.platform.received), journal.calls)


def complaints(plain: Outcome, found: Outcome, faults: Sequence[Fault]) -> list[str]:
    """How the outcome differs from the one without faults, where it must not."""
    unsure = {key for key, row in found.picture.items() if row.get("status") == "uncertain"}
    may_be = any(_may_be_unsure(found.calls, fault, faults) for fault in faults)
    if unsure and not may_be:
        return [f"{key} is uncertain, and nothing was under way" for key in unsure]
    was = bool(unsure) or (may_be and any(map(_is_enough, found.picture.values())))
    lines = difference(_known(plain.picture, unsure, was), _known(found.picture, unsure, was))
    for sent in plain.received.keys() | found.received.keys():
        times, wanted = found.received[sent], plain.received[sent]
        if times != wanted and not (unsure and times < wanted):
            lines.append(f"{sent} was sent {times} times, should be {wanted}")
    return lines


def _may_be_unsure(calls: Sequence[str], fault: Fault, faults: Sequence[Fault]) -> bool:
    """The call that sends had begun or could begin any moment, and its outcome was not recorded yet."""
    if fault.index >= len(calls):
        return False
    if fault.kind not in KILLS:
        return calls[fault.index] == "channel.send" and fault.kind in ("lost", "fail_after")
    never_done = {other.index for other in faults if other.kind in ("fail_before", "kill_before")}
    done = calls[: fault.index + (fault.kind == "kill_after")]
    done = [name for index, name in enumerate(done) if index not in never_done]
    ends = {"threads.settle", "threads.release", "threads.hold", "threads.requeue"}
    steps = [name for name in done if name == "threads.claim" or name in ends]
    return steps[-1:] == ["threads.claim"]


def _is_enough(row: Mapping[str, Any]) -> bool:
    """An answer after which nobody waits. While its outcome is unknown they do, for somebody to look at it,
    and go on to when a status proves that it came."""
    return '"settles"' in str(row.get("details"))


def _known(picture: Picture, unsure: set[str], was_unsure: bool) -> Picture:
    """Without what can't be known of the uncertain ones: their outcome, and the pointers to them. was_unsure:
    one was for a while at least."""
    places = {key.partition(" m#")[2] for key in unsure}
    known: dict[str, dict[str, Any]] = {}
    for key, row in picture.items():
        if key.endswith(" pointer") and row.get("sort") in places:
            continue
        # Whether it waits, or the shopper does, follows from what the channel had answered.
        if was_unsure and any(name in key for name in ("#held#", "#waits#", "#recipient#")):
            continue
        beside = (
            _UNKNOWN_BESIDE.get(key.partition(" ")[2].partition("#")[0], frozenset())
            if was_unsure
            else frozenset()
        )
        hidden = _UNKNOWN if key in unsure else beside
        known[key] = {name: value for name, value in row.items() if name not in hidden}
    return known
