"""What calls to AWS cost, from a dated table of public prices. An estimate.

Every row is taken to be small: one unit of reading (4 KB, consistent), one of writing (1 KB). Lambda's
running time, logs and traffic depend on more than the calls and are left out.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PRICES: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("prices.json").read_text())
# An answered webhook, its message taken from the queue by Lambda, and deleted there.
TAKEN_AND_DELETED: Final = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One call, service and operation as the wire names them; a run of one of our functions is `lambda`."""

    service: str
    operation: str
    body: str


def told(calls: Sequence[Call]) -> list[str]:
    """USD for a million messages, in one line for all and one for its parts."""
    parts: dict[str, float] = {}
    for call in calls:
        for name, count in _units(call):
            parts[name] = parts.get(name, 0.0) + count * PRICES[name]
    made_of = ", ".join(f"{name} {usd:.2f}" for name, usd in parts.items())
    total = sum(parts.values())
    where = f"us-east-1, prices of {PRICES['as_of']}, without Lambda's time, logs and traffic"
    return [f"about {total:.0f} USD per million messages ({where})", f"  {made_of}"]


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
    """A transaction writes each of its rows twice; a row that stands in an index is written there as well,
    and once more where its place in the index moves."""
    in_transaction = operation == "TransactWriteItems"
    writes = body["TransactItems"] if in_transaction else [{operation: body}]
    for kind, write in (pair for one in writes for pair in one.items()):
        if kind == "ConditionCheck":
            yield 2
            continue
        is_moved = write["TableName"] == "Due" or "inbox" in write.get("Item", {})
        in_index = (2 if kind.startswith("Update") else 1) if is_moved else 0
        yield (2 if in_transaction else 1) + in_index
