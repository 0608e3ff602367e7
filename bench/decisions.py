"""`decision_precision` and `decision_recall`: what short messages call for, against a fluent reader.

Reads bench/decisions.json, or another table of the same form by DECISIONS=path. `python -m bench.decisions`
prints each message that is taken for something else.

`words`, which a person of the shop reads and nothing else happens, is the negative class, and all messages
count alike (micro): of those on which the shop acts by itself, precision is the share where that was right;
of those on which it should, recall is the share where it did. A mean over the classes would let one slip in
the smallest weigh as much as twenty in the largest.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.decision_table import CONSENT, FAQ, WORDS, Expected, read
from bench.rows import Row
from chalicelib.domain.answering.asks import Matches, ask_of
from chalicelib.domain.answering.understanding import understand
from chalicelib.domain.consent.words import said
from chalicelib.domain.faq.matching import faq_from

TABLE: Final = Path(__file__).with_name("decisions.json")
LEAST: Final = 0.95
_NAMES: Final[Mapping[str, str]] = {"nothing": "silence", "suggestion": WORDS}


@dataclass(frozen=True, slots=True)
class Decided:
    """A message of the table, and what it was taken for."""

    expected: Expected
    label: str

    @property
    def is_right(self) -> bool:
        return self.label == self.expected.label


def measure(path: Path | None = None) -> tuple[list[Row], list[str]]:
    """The two rows, and what there is to tell. Raises RuntimeError for a table that can't be read."""
    decided = decide(path or _asked_for())
    return rows(decided), told(decided)


def rows(decided: Sequence[Decided]) -> list[Row]:
    """Precision and recall."""
    right = sum(one.is_right and one.label != WORDS for one in decided)
    acted = sum(one.label != WORDS for one in decided)
    awaited = sum(one.expected.label != WORDS for one in decided)
    note = f"{len(decided)} messages, {acted} acted upon, {awaited} to act upon"
    return [
        Row("decision_precision", right / acted if acted else 1.0, "share", None, note, LEAST),
        Row("decision_recall", right / awaited if awaited else 1.0, "share", None, note, LEAST),
    ]


def decide(path: Path) -> list[Decided]:
    """Each message of the table, alone."""
    table = read(path)
    find = faq_from(table.articles).find
    return [Decided(one, _label(one, find)) for one in table.messages]


def _label(one: Expected, find: Callable[[str, str], Matches]) -> str:
    """STOP and START are the consent rules'. A suggestion that holds the article expected is that article."""
    if said(one.text) in ("stop", "start"):
        return CONSENT
    ask = ask_of(understand(one.text), find(one.text, one.language))
    if ask.kind == "faq":
        return FAQ + ask.articles[0]
    if ask.kind == "suggestion" and one.label.removeprefix(FAQ) in ask.articles:
        return one.label
    return _NAMES.get(ask.kind, ask.kind)


def told(decided: Sequence[Decided]) -> list[str]:
    """Which labels were taken for which, most often first."""
    taken = Counter((one.expected.label, one.label) for one in decided if not one.is_right)
    return [
        f"    {times} of {expected} taken for {label}" for (expected, label), times in taken.most_common(8)
    ]


def _asked_for() -> Path:
    return Path(os.environ.get("DECISIONS") or TABLE)


def main() -> None:
    try:
        decided = decide(_asked_for())
    except RuntimeError as error:
        sys.exit(f"bench: {error}")
    for one in decided:
        if not one.is_right:
            print(
                f"{one.expected.label} taken for {one.label}: [{one.expected.language}] {one.expected.text}"
            )
    for row in rows(decided):
        print(f"{row.name} {row.value:.4f}: {row.note}")


if __name__ == "__main__":
    main()
