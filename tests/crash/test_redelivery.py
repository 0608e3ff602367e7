"""Once, however often and in whatever order the same arrives, and when two things go wrong in one story."""

from random import Random
from typing import Any

import pytest
from faults import FAULTS, READS, SEND_FAULTS, Fault, telling_faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_tables import Tables
from rehearsal import complaints, play
from scenarios import SCENARIOS


def _shuffle(tables: Tables, name: str, seed: int) -> None:
    plain = play(tables, SCENARIOS[name])
    found = play(tables, SCENARIOS[name], shuffled=Random(f"{name} {seed}"))
    wrong = complaints(plain, found, [])
    assert not wrong, "\n".join([f"seed {seed}:", *wrong])


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_changes_when_all_comes_thrice_and_shuffled(tables: Tables, name: str) -> None:
    _shuffle(tables, name, 0)


@pytest.mark.soak
@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_changes_in_whatever_order_all_comes(tables: Tables, name: str) -> None:
    for seed in range(1, 4):
        _shuffle(tables, name, seed)


# Where in the story, from its first call to beyond its last, and what goes wrong there.
faults = st.tuples(st.integers(0, 1200), st.sampled_from(SEND_FAULTS))
stories = st.sampled_from(sorted(SCENARIOS))
_trials: Any = {"deadline": None, "database": None, "derandomize": True, "print_blob": False}
_checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def _try_two(tables: Tables, name: str, first: tuple[int, str], second: tuple[int, str]) -> None:
    plain = play(tables, SCENARIOS[name])
    pair = [Fault(place * len(plain.calls) // 1000, kind) for place, kind in (first, second)]
    found = play(tables, SCENARIOS[name], *pair)
    wrong = complaints(plain, found, pair)
    assert not wrong, "\n".join([f"{name}, {pair}, {found.calls}:", *wrong])


@settings(max_examples=10, suppress_health_check=_checks, **_trials)
@given(name=stories, first=faults, second=faults)
def test_two_faults_change_nothing(
    tables: Tables, name: str, first: tuple[int, str], second: tuple[int, str]
) -> None:
    _try_two(tables, name, first, second)


@pytest.mark.soak
@settings(max_examples=8, suppress_health_check=_checks, **_trials)
@given(name=stories, first=faults, second=faults)
def test_no_two_faults_change_anything(
    tables: Tables, name: str, first: tuple[int, str], second: tuple[int, str]
) -> None:
    _try_two(tables, name, first, second)


@pytest.mark.soak
@pytest.mark.parametrize("name", ["telegram_first_message", "whatsapp_reply"])
def test_a_fault_on_top_of_another_changes_nothing(tables: Tables, name: str) -> None:
    """Right after a write went wrong, what puts it right goes wrong too."""
    plain = play(tables, SCENARIOS[name])
    writes = [one for one in telling_faults(plain.calls) if plain.calls[one.index] not in READS]
    wrong = []
    for first in writes:
        for kind in FAULTS:
            pair = [first, Fault(first.index + 1, kind)]
            found = play(tables, SCENARIOS[name], *pair)
            told = f"{first.kind} and {kind} at {first.index} {plain.calls[first.index]}"
            wrong += [f"{told}: {line}" for line in complaints(plain, found, pair)]
    assert not wrong, "\n".join([f"{len(wrong)} differences:", *wrong[:60]])
