"""`order_precision` and `order_recall`: which messages ask where an order is, and by which number.

Reads tests/fixtures/orders_shoppers.json, or another table of the same form by ORDERS=path:

{"messages": [{"text", "language", "intent", "number"}, ...]}

`intent` is order (where is it), return (it is to go back, or be exchanged) or anything else. `number` is the
order's number in the text, small letters and digits alone, '' where there is none. `python -m bench.orders`
prints each message that is taken for something else.

A question with a wrong number sends the shopper looking for another order, so that it counts as wrong: of
the messages that are taken for questions, precision is the share that are, with this number; of those that
are, recall is the share that is found with it.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from bench.rows import Row
from chalicelib.domain.answering.orders import OrderWish, order_number_in, wish_of
from chalicelib.domain.answering.understanding import understand
from chalicelib.domain.commerce.orders import plain_number

TABLE: Final = Path(__file__).parents[1] / "tests" / "fixtures" / "orders_shoppers.json"
LEAST: Final = 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """A message of the table."""

    text: str
    language: str
    intent: str
    number: str


@dataclass(frozen=True, slots=True)
class Read:
    """A message, and what it was taken for."""

    asked: Asked
    intent: str
    number: str

    @property
    def is_right(self) -> bool:
        return (self.intent, self.number) == (self.asked.intent, self.asked.number)


def measure(path: Path | None = None) -> tuple[list[Row], list[str]]:
    """The two rows, and what there is to tell. Raises RuntimeError for a table that can't be read."""
    read = read_all(path or _asked_for())
    return rows(read), [f"    {line}" for line in told(read)[:8]]


def read_all(path: Path) -> list[Read]:
    """Each message of the table, alone. Raises RuntimeError that says what is wrong and where."""
    return [_read(one) for one in _table(path)]


def rows(read: Sequence[Read]) -> list[Row]:
    """Precision and recall."""
    taken = [one for one in read if one.intent == "order"]
    awaited = [one for one in read if one.asked.intent == "order"]
    right = sum(one.is_right for one in taken)
    numbers = sum(one.number == one.asked.number for one in read)
    note = (
        f"{len(read)} messages, {len(taken)} taken for questions, {len(awaited)} are, {numbers} numbers right"
    )
    return [
        Row("order_precision", right / len(taken) if taken else 1.0, "share", None, note, LEAST),
        Row("order_recall", right / len(awaited) if awaited else 1.0, "share", None, note, LEAST),
    ]


def told(read: Sequence[Read]) -> list[str]:
    """A line for each that is wrong."""
    return [
        f"{one.asked.intent} {one.asked.number!r} taken for {one.intent} {one.number!r}: "
        f"[{one.asked.language}] {one.asked.text}"
        for one in read
        if not one.is_right
    ]


def _read(asked: Asked) -> Read:
    understood = understand(asked.text)
    intent = wish_of(asked.text, understood.call, understood.complaint)
    return Read(asked, intent, order_number_in(asked.text))


def _table(path: Path) -> list[Asked]:
    try:
        raw = json.loads(path.read_text("utf-8"))
        messages = raw["messages"] if isinstance(raw, dict) else raw
        table = [_asked(row, f"{path}: messages[{at}]") for at, row in enumerate(messages)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RuntimeError(f"{path}: not a table of order questions: {error}") from error
    if not table:
        raise RuntimeError(f"{path}: `messages` is empty: there is nothing to measure")
    return table


def _asked(row: Any, where: str) -> Asked:
    missing = [name for name in ("text", "intent") if not isinstance(row.get(name), str)]
    if missing:
        raise RuntimeError(f"{where}: `{missing[0]}` should be a text")
    intent = row["intent"] if row["intent"] in get_args(OrderWish) else "other"
    return Asked(
        row["text"], str(row.get("language", "")), intent, plain_number(str(row.get("number") or ""))
    )


def _asked_for() -> Path:
    return Path(os.environ.get("ORDERS") or TABLE)


def main() -> None:
    try:
        read = read_all(_asked_for())
    except RuntimeError as error:
        sys.exit(f"bench: {error}")
    print(*told(read), sep="\n")
    for row in rows(read):
        print(f"{row.name} {row.value:.4f}: {row.note}")


if __name__ == "__main__":
    main()
