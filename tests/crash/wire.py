"""DynamoDB's own calls under those of the ports, of which one may be several: between any two of them too the
process can die, or the answer be lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

import botocore.session
from botocore.exceptions import ConnectionClosedError
from faults import Fault, Journal, Killed

from chalicelib.storage import models
from tests.dynamo import TABLES

WRITES: Final = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems")
Breaks = Literal["dies", "is_lost"]


class Wire:
    """Counts what is written while the journal is kept, and breaks after the write that is planned: that is
    there. fault: what that comes to at the port."""

    def __init__(self, journal: Journal, breaks_at: int | None, how: Breaks) -> None:
        self._journal, self._breaks_at, self._how = journal, breaks_at, how
        self.writes, self.fault = 0, Fault(-1, "")

    def written(self, **_: Any) -> None:
        if not self._journal.is_recording:
            return
        self.writes += 1
        if self.writes - 1 != self._breaks_at:
            return
        is_end = self._how == "dies"
        self.fault = Fault(len(self._journal.calls) - 1, "kill_after" if is_end else "fail_after")
        raise Killed if is_end else ConnectionClosedError(endpoint_url="the table's")


class Line:
    """Where the wire runs along: our stores write over whichever is laid there."""

    def __init__(self) -> None:
        self.wire = Wire(Journal(), None, "dies")

    def written(self, **told: Any) -> None:
        self.wire.written(**told)


@contextmanager
def laid() -> Iterator[Line]:
    """To the tables that our stores are bound to."""
    line, session = Line(), botocore.session.get_session()
    for name in WRITES:
        session.register(f"after-call.dynamodb.{name}", line.written)
    models.bind(*TABLES, session=session)
    try:
        yield line
    finally:
        models.bind(*TABLES)
