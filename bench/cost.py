"""What calls to AWS cost, from a dated table of public prices. An estimate.

Every row is taken to be small: one unit of reading (4 KB, consistent), one of writing (1 KB). Lambda's
running time, logs and traffic depend on more than the calls and are left out.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import samples

PRICES: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("prices.json").read_text())
# An answered webhook, its message taken from the queue by Lambda, and deleted there.
TAKEN_AND_DELETED: Final = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One call, service and operation as the wire names them; a run of one of our functions is `lambda`, and
    took so many seconds."""

    service: str
    operation: str
    body: str
    seconds: float = 0.0


def told(calls: Sequence[Call]) -> list[str]:
    """USD for a million messages, in one line for all and one for its parts."""
    parts = per_million(calls)
    made_of = ", ".join(f"{name} {usd:.2f}" for name, usd in parts.items())
    total = sum(parts.values())
    where = f"us-east-1, prices of {PRICES['as_of']}, without Lambda's time, logs and traffic"
    return [f"about {total:.0f} USD per million messages ({where})", f"  {made_of}"]


def per_million(calls: Sequence[Call]) -> dict[str, float]:
    """USD for a million times these calls, by what they are paid for."""
    parts: dict[str, float] = {}
    for call in calls:
        for name, count in _units(call):
            parts[name] = parts.get(name, 0.0) + count * PRICES[name]
    return parts


def _units(call: Call) -> Iterator[tuple[str, float]]:
    body = json.loads(call.body or "{}")
    match call.service:
        case "lambda":
            yield "lambda_request", 1
            if call.operation == "app":
                yield "api_gateway", 1
        case "AmazonSQS":
            kind = "sqs_fifo" if body["QueueUrl"].endswith(".fifo") else "sqs_standard"
            yield kind, 1 + TAKEN_AND_DELETED * len(body.get("Entries", [1]))
        case "TrentService":
            yield "kms", 1
        case _ if call.operation in ("GetItem", "Query"):
            yield "dynamodb_read", 1
        case _ if call.operation == "BatchGetItem":
            yield "dynamodb_read", sum(len(table["Keys"]) for table in body["RequestItems"].values())
        case _:
            yield "dynamodb_write", sum(_writes(call.operation, body))


def _writes(operation: str, body: dict[str, Any]) -> Iterator[int]:
    """A transaction writes each of its rows twice, and looks at one for the price of a write."""
    in_transaction = operation == "TransactWriteItems"
    writes = body["TransactItems"] if in_transaction else [{operation: body}]
    for kind, write in (pair for one in writes for pair in one.items()):
        yield (2 if in_transaction else 1) + _index_writes(kind, write)


def _index_writes(kind: str, write: dict[str, Any]) -> int:
    """Due rows and threads stand in an index too: there a change takes away one entry and puts another."""
    row = write.get("Key") or write.get("Item", {})
    is_in_index = write["TableName"] == samples.TABLES["DUE_TABLE"] or row.get("sk") == {"S": "thread"}
    if not is_in_index or kind == "ConditionCheck":
        return 0
    return 1 if kind.startswith("Delete") else 2
