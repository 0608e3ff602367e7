"""`gate_violations`: messages that a rule forbids and the gate lets through, over many random histories.

Seeded and plain: `python -m bench.gate_violations 1000` plays a thousand histories, the same each time, and
prints the shortest of each kind that breaks a rule.
"""

import sys
import time
from random import Random
from typing import Final

from bench.gate_histories import Found, History
from bench.rows import Row

HISTORIES: Final = 200_000
SEED: Final = 20261122


def measure(histories: int = HISTORIES, seed: int = SEED) -> tuple[Row, list[str]]:
    """The row, and what there is to tell of it."""
    began = time.perf_counter()
    found = play(histories, seed)
    per_s = histories / (time.perf_counter() - began)
    sent = sum(times for verdict, times in found.verdicts.items() if " send " in verdict)
    asked = sum(found.verdicts.values())
    note = f"{histories:,} histories at {per_s:,.0f}/s; {asked:,} times asked, {sent:,} sent"
    row = Row("gate_violations", float(sum(found.violations.values())), "messages", 0.0, note)
    return row, told(found)


def play(histories: int, seed: int = SEED) -> Found:
    """So many histories, each from a seed of its own."""
    found, random = Found(), Random()
    for number in range(histories):
        random.seed(seed * 1_000_003 + number)
        History(random, found).play()
    return found


def told(found: Found) -> list[str]:
    """Each broken rule with the shortest history that led to it."""
    lines: list[str] = []
    for broken, times in found.violations.most_common():
        lines += [f"{times} times: {broken}", *(f"    {line}" for line in found.told[broken])]
    return lines


def main() -> None:
    row, lines = measure(int(sys.argv[1]) if len(sys.argv) > 1 else HISTORIES)
    print(f"{row.name} {row.value:.0f}: {row.note}", *lines, sep="\n")


if __name__ == "__main__":
    main()
