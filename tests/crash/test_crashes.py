"""A crash anywhere is harmless: every call to a store, a queue or a platform fails, before and after, and the
process dies there. Then all is delivered again, as queues and platforms do, and the shop can't tell."""

from collections.abc import Callable, Iterable

import pytest
from faults import Fault, faults_at, telling_faults_at
from real_tables import Tables
from rehearsal import complaints, play
from scenarios import SCENARIOS


def _try_all(tables: Tables, name: str, choose: Callable[[int, str], Iterable[Fault]]) -> None:
    scenario = SCENARIOS[name]
    plain = play(tables, scenario)
    assert len(plain.calls) >= scenario.fewest_calls, "calls are made that nobody sees"
    wrong = []
    for index, call in enumerate(plain.calls):
        for fault in choose(index, call):
            try:
                lines = complaints(plain, play(tables, scenario, fault), [fault])
            except AssertionError as stuck:
                lines = [str(stuck)]
            wrong += [f"{fault.kind} at {index} {call}: {line}" for line in lines]
    assert not wrong, "\n".join([f"{len(wrong)} differences:", *wrong[:60]])


@pytest.mark.parametrize("name", SCENARIOS)
def test_one_fault_changes_nothing(tables: Tables, name: str) -> None:
    _try_all(tables, name, telling_faults_at)


@pytest.mark.soak
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_fault_at_any_call_changes_anything(tables: Tables, name: str) -> None:
    _try_all(tables, name, faults_at)
