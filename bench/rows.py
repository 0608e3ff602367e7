"""What was measured: a table to read, and bench/results.json."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. aim: the most that it should be, None where only `least` counts. note: what it is made of,
    for the table only."""

    name: str
    value: float
    unit: str
    aim: float | None
    note: str = ""
    least: float | None = None

    @property
    def holds(self) -> bool:
        is_enough = self.least is None or self.value >= self.least
        return is_enough and (self.aim is None or self.value <= self.aim)

    @property
    def aims(self) -> list[float]:
        """The least, the most, or both."""
        return [bound for bound in (self.least, self.aim) if bound is not None]


def write(rows: Sequence[Row], path: Path = RESULTS) -> None:
    """A list of {"name", "value", "unit", "aim", "holds"}; an aim of two numbers is the least and the
    most."""
    plain = [
        {
            "name": row.name,
            "value": row.value,
            "unit": row.unit,
            "aim": row.aims[0] if len(row.aims) == 1 else row.aims,
            "holds": row.holds,
        }
        for row in rows
    ]
    path.write_text(json.dumps(plain, indent=2) + "\n")


def show(rows: Sequence[Row]) -> str:
    """A line for each, then in one line whether all aims hold."""
    lines = [
        f"{row.name:<22}{row.value:>8.2f} {row.unit:<10} aim {_told(row):>9}   "
        f"{'holds ' if row.holds else 'MISSED'}  {row.note}"
        for row in rows
    ]
    missed = [row.name for row in rows if not row.holds]
    return "\n".join([*lines, f"Missed: {', '.join(missed)}" if missed else "Every aim holds."])


def _told(row: Row) -> str:
    if row.aim is not None and row.least is not None:
        return f"{row.least:g}..{row.aim:g}"
    return f"{row.aim:g}" if row.aim is not None else f">= {row.least:g}"
