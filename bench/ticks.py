"""What a tick costs when 100 000 things wait, against 1 000, with the same 100 due: on Amazon's own emulator,
which tells what every request consumes."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

import boto3

from bench.rows import Row
from chalicelib.domain.work import Due, MindCart, Work
from chalicelib.ports.queues import Outbox
from chalicelib.services.run_due import RunDue
from chalicelib.storage import models, rows
from chalicelib.storage.due import DynamoDue
from infra import dynamodb_local
from infra.local.aws import ROOT_CREDENTIALS
from infra.local.settings import REGION
from infra.template import stores

DUE: Final = 100
FEW: Final = 1_000
MANY: Final = 100_000
AIM: Final = 1.05
_TABLE: Final = "Due"
_AT_ONCE: Final = 25
_NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Cost:
    """What a tick asked of the table."""

    requests: int = 0
    units: float = 0.0


class _Taken:
    """The queues, for a tick that is measured at its table."""

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        assert len(works) == DUE, f"{len(works)} were due"


@dataclass(frozen=True)
class _At:
    """A clock that stands."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def measure() -> Row:
    """Raises RuntimeError where the emulator is missing."""
    if not dynamodb_local.is_there():
        raise RuntimeError("DynamoDB Local is missing: python -m infra.prepare_tests")
    with dynamodb_local.running() as url, _bound(url) as client:
        _wait(client, range(FEW))
        few = _tick(client, 0)
        _wait(client, range(FEW, MANY))
        many = _tick(client, 1)
    ratio = max(many.requests / few.requests, many.units / few.units)
    note = f"{_told(many)} with {MANY} waiting, {_told(few)} with {FEW}; {DUE} due"
    return Row("tick_ratio", ratio, "x", AIM, note)


def _told(cost: Cost) -> str:
    return f"{cost.requests} requests, {cost.units:g} units"


@contextmanager
def _bound(url: str) -> Iterator[Any]:
    """Our store on a table of the emulator; a client for what is no part of the measurement."""
    given = {**ROOT_CREDENTIALS, "AWS_ENDPOINT_URL": url, "AWS_DEFAULT_REGION": REGION}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        client = boto3.client("dynamodb")
        properties = stores.build()["Resources"]["DueTable"]["Properties"]
        wanted = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
        client.create_table(TableName=_TABLE, **{key: properties[key] for key in wanted if key in properties})
        models.bind("Shops", "Threads", _TABLE)
        yield client
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def _wait(client: Any, numbers: Iterable[int]) -> None:
    """Carts that will be looked at some time within the next month."""
    waiting = [_due(number, _NOW + timedelta(days=1, seconds=number * 20)) for number in numbers]
    _put(client, waiting)


def _tick(client: Any, which: int) -> Cost:
    """One tick with so much due; the same work each time, so that both look alike."""
    _put(client, [_due(10_000_000 + which * DUE + one, _NOW - timedelta(seconds=one)) for one in range(DUE)])
    cost, events = Cost(), models.DueItem._get_connection().connection.client.meta.events

    def ask(params: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"

    def add(parsed: dict[str, Any], **_: Any) -> None:
        cost.requests += 1
        cost.units += parsed["ConsumedCapacity"]["CapacityUnits"]

    events.register("before-parameter-build.dynamodb", ask, unique_id="ask")
    events.register("after-call.dynamodb", add, unique_id="add")
    RunDue(DynamoDue(), cast(Outbox, _Taken()), _At(_NOW))()
    events.unregister("before-parameter-build.dynamodb", unique_id="ask")
    events.unregister("after-call.dynamodb", unique_id="add")
    return cost


def _due(number: int, at: datetime) -> Due:
    return Due(MindCart("mt_bench", "cn_bench", f"cart-{number}"), at)


def _put(client: Any, dues: Sequence[Due]) -> None:
    puts = [{"PutRequest": {"Item": rows.row_of_due(due).to_dynamodb_dict()}} for due in dues]
    chunks = [puts[start : start + _AT_ONCE] for start in range(0, len(puts), _AT_ONCE)]
    with ThreadPoolExecutor(4) as pool:
        for answer in pool.map(lambda chunk: client.batch_write_item(RequestItems={_TABLE: chunk}), chunks):
            assert not answer["UnprocessedItems"], "the emulator did not take all"
