"""How long shoppers waited for a person, in counters that are added to without reading, and who waits now."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.domain.promise.waits import Cell, Measured, Waited, Waiting
from chalicelib.domain.retention import seconds
from chalicelib.domain.threads import wait_change
from chalicelib.domain.work import MindPromise, due_id
from chalicelib.ports.threads import Change
from chalicelib.storage.errors import answers
from chalicelib.storage.models import DueItem, WaitsItem
from chalicelib.storage.transaction import Transaction

_CELL: Final = "m"
_NOW: Final = "now#"
# Whoever ends a wait takes its row away; this is for those that nobody ends.
_WAITS_AT_MOST: Final = timedelta(days=60)
_CELLS_KEPT: Final = timedelta(days=400)


class DynamoWaits:
    """One read tells all that a promise is made from."""

    def waits(self, merchant_id: str, connection_id: str, since: str) -> Measured:
        """Waits since a month, and who waits now: one page, the latest first. It may lag a moment: what is
        decided on it is a guess anyhow."""
        table = WaitsItem._get_connection()
        with answers():
            page = table.query(
                _key(merchant_id, connection_id),
                range_key_condition=WaitsItem.sk >= f"{_CELL}{since}",
                scan_index_forward=False,
            )
        rows: list[Mapping[str, Any]] = page["Items"]
        return Measured(tuple(_cells(rows)), tuple(_waiting(rows)))


def put_waits(write: Transaction, change: Change) -> None:
    """A wait that ended counts with what ended it, or not at all; a row for who waits now comes and goes."""
    thread = change.thread
    if change.waited is not None:
        _count(write, thread.merchant_id, change.waited)
    match wait_change(thread):
        case "begins" if thread.waiting_since is not None:
            row = WaitsItem(_key(thread.merchant_id, thread.connection_id), _NOW + thread.thread_id)
            row.since = seconds(thread.waiting_since)
            row.expires_at = seconds(thread.waiting_since + _WAITS_AT_MOST)
            write.put("waiting", row)
        case "ends":
            nobody_waits(write, thread.merchant_id, thread.connection_id, thread.thread_id)


def nobody_waits(write: Transaction, merchant_id: str, connection_id: str, thread_id: str) -> None:
    """Nor is a promise to be minded then. Done twice it changes nothing."""
    write.delete("waiting", WaitsItem(_key(merchant_id, connection_id), _NOW + thread_id))
    write.delete("minded", DueItem(due_id(MindPromise(merchant_id, thread_id))))


def _count(write: Transaction, merchant_id: str, waited: Waited) -> None:
    row = WaitsItem(_key(merchant_id, waited.connection_id), f"{_CELL}{waited.month}#{waited.hour:03d}")
    began = seconds(waited.began)
    actions: list[Action] = [Path(name).add(1) for name in waited.counters]
    actions.append(WaitsItem.first_at.set(WaitsItem.first_at | began))
    actions.append(WaitsItem.expires_at.set(WaitsItem.expires_at | began + seconds_of(_CELLS_KEPT)))
    write.update("waited", row, actions)


def seconds_of(span: timedelta) -> int:
    """Whole seconds."""
    return int(span.total_seconds())


def _cells(rows: Iterable[Mapping[str, Any]]) -> Iterable[Cell]:
    for row in rows:
        month, _, hour = row["sk"]["S"].partition("#")
        if month.startswith(_CELL) and hour.isdigit():
            numbers = {name: int(value["N"]) for name, value in row.items() if "N" in value}
            first_at = numbers.pop("first_at", None)
            numbers.pop("expires_at", None)
            yield Cell(month[1:], int(hour), numbers, _moment(first_at) if first_at is not None else None)


def _waiting(rows: Iterable[Mapping[str, Any]]) -> Iterable[Waiting]:
    for row in rows:
        if row["sk"]["S"].startswith(_NOW) and "since" in row:
            yield Waiting(row["sk"]["S"].removeprefix(_NOW), _moment(int(row["since"]["N"])))


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _key(merchant_id: str, connection_id: str) -> str:
    return f"{merchant_id}#waits#{connection_id}"
