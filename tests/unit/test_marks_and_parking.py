"""What is told of a thread or of a message that is not there yet, in whatever order it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from chalicelib.domain import facts
from chalicelib.domain.events import Address, Edit, Preference
from chalicelib.domain.threads import Thread
from chalicelib.ports.afterwards import Pointer
from chalicelib.services.receiving.pointers import Source, find_or_park
from chalicelib.services.receiving.record_changes import RecordChanges

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ANN = Address("psid", "900")
SOURCE = Source("mt_1", "cn_1", "messenger")


@dataclass
class Threads:
    """One thread's marks and one message id's row, in memory."""

    kept: Thread
    parked: tuple[Mapping[str, Any], ...] = ()
    writes: list[int] = field(default_factory=list)

    def mark(self, merchant_id: str, thread_id: str, name: str, marked: str) -> None:
        if self.kept.marks.get(name, "") < marked:
            self.kept = replace(self.kept, marks={**self.kept.marks, name: marked})

    def add(self, records: Sequence[Any], shopper_id: str) -> None:
        """What was said of consent is kept elsewhere."""

    def pointer(self, *names: str) -> Pointer:
        return Pointer("cn_1", "900", "m.1", None, self.parked)

    def park(
        self,
        merchant_id: str,
        pointer: Pointer,
        facts: Sequence[Mapping[str, Any]],
        until: datetime,
        due: Any = None,
        of: str = "",
    ) -> None:
        self.parked = tuple(facts)
        self.writes.append(sum(len(str(one)) for one in facts))


@pytest.fixture
def threads() -> Threads:
    return Threads(
        Thread(
            merchant_id="mt_1",
            thread_id="th_1",
            connection_id="cn_1",
            channel="messenger",
            shopper_id="sh_1",
            wire=ANN,
        )
    )


TOLD: list[tuple[tuple[Any, ...], str]] = [  # oldest first -> what holds
    (("opt_in", "stop"), "stop"),
    (("stop", "opt_in"), "stop"),
    (("stop", "opt_in", "opt_in"), "stop"),
    (("stop", "resume", "opt_in"), "opt_in"),
    (("stop", "opt_in", "resume"), "resume"),
    (("resume", "stop", "opt_in"), "stop"),
]


@pytest.mark.parametrize(("told", "holds"), TOLD)
def test_no_opt_in_undoes_a_stop_in_whatever_order_they_come(
    threads: Threads, told: tuple[Any, ...], holds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Any = threads
    changes = RecordChanges(store, store, lambda ref, keep: None)
    monkeypatch.setattr(changes, "_known", lambda *names: ("sh_1", "th_1"))
    fresh = threads.kept
    dated = [(value, NOW + timedelta(minutes=place)) for place, value in enumerate(told)]
    for order in permutations(dated):
        threads.kept = fresh
        for value, at in order:
            changes.preference(SOURCE, Preference(addresses=(ANN,), wire=ANN, at=at, value=value), NOW)
        assert threads.kept.preference == holds


def test_edits_of_a_message_that_is_not_there_yet_take_the_room_of_one(threads: Threads) -> None:
    store: Any = threads
    for place in range(200):
        at = NOW + timedelta(seconds=place)
        edit = Edit(wire=ANN, chat="900", target_id="m.1", at=at, text="x" * 4000)
        assert find_or_park(store, SOURCE, "900", "m.1", facts.edit_fact(edit), NOW) is None
    assert max(threads.writes) < 5000
    before = len(threads.writes)
    late = Edit(wire=ANN, chat="900", target_id="m.1", at=NOW, text="an earlier one, that comes late")
    find_or_park(store, SOURCE, "900", "m.1", facts.edit_fact(late), NOW)
    assert len(threads.writes) == before
