"""A call of a store may be several writes: whichever of them is the last before a process dies, or the last
that is heard of, the shop can't tell."""

from collections.abc import Iterator
from typing import Final, get_args

import pytest
from faults import Journal
from real_tables import Tables
from rehearsal import Outcome, complaints, play
from scenarios import SCENARIOS
from shop_scenarios import SHOP_SCENARIOS
from wire import Breaks, Line, Wire, laid

# One call forgets more than a transaction takes; of the others, which `make soak` tries, most are one write.
QUICK: Final = ("whatsapp_shop_forgotten",)
LONG: Final = (*(name for name in SHOP_SCENARIOS if name not in QUICK), "whatsapp_erased")


@pytest.fixture(scope="module")
def line(tables: Tables) -> Iterator[Line]:
    with laid() as found:
        yield found


def _play(
    tables: Tables, line: Line, name: str, breaks_at: int | None = None, how: Breaks = "dies"
) -> Outcome:
    journal = Journal()
    line.wire = Wire(journal, breaks_at, how)
    return play(tables, SCENARIOS[name], journal=journal)


def _try_all(tables: Tables, line: Line, name: str) -> None:
    plain, writes = _play(tables, line, name), line.wire.writes
    assert writes, "writes are made that nobody sees"
    wrong = []
    for place in range(writes):
        for how in get_args(Breaks):
            try:
                found = _play(tables, line, name, place, how)
                lines = complaints(plain, found, [line.wire.fault])
            except AssertionError as stuck:
                lines = [str(stuck)]
            wrong += [f"{how} after write {place}: {one}" for one in lines]
    assert not wrong, "\n".join([f"{len(wrong)} differences:", *wrong[:60]])


@pytest.mark.parametrize("name", QUICK)
def test_one_broken_write_changes_nothing(tables: Tables, line: Line, name: str) -> None:
    _try_all(tables, line, name)


@pytest.mark.soak
@pytest.mark.parametrize("name", LONG)
def test_no_broken_write_changes_anything(tables: Tables, line: Line, name: str) -> None:
    _try_all(tables, line, name)
