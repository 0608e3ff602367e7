"""What was measured: a table to read, and bench/results.json."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. aim: the most that it should be. note: what it is made of, for the table only."""

    name: str
    value: float
    unit: str
    aim: float
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.aim


def write(rows: Sequence[Row], path: Path = RESULTS) -> None:
    """A list of {"name", "value", "unit", "aim", "holds"}."""
    plain = [{**asdict(row), "holds": row.holds} for row in rows]
    for row in plain:
        del row["note"]
    path.write_text(json.dumps(plain, indent=2) + "\n")


def show(rows: Sequence[Row]) -> str:
    """A line for each, then in one line whether all aims hold."""
    lines = [
        f"{row.name:<22}{row.value:>8.2f} {row.unit:<10} aim {row.aim:>5g}   "
        f"{'holds ' if row.holds else 'MISSED'}  {row.note}"
        for row in rows
    ]
    missed = [row.name for row in rows if not row.holds]
    return "\n".join([*lines, f"Missed: {', '.join(missed)}" if missed else "Every aim holds."])
