"""The queues and the minute call: a batch in, the records that must come again out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from chalicelib.domain.work import work_from_json
from functions.logs import count, logger, place_of
from functions.wiring import wired


def receive(event: dict[str, Any], context: Any) -> Any:
    """What shoppers and channels sent. A shopper's event that fails holds up only that shopper's."""
    return _in_order(event, context, _receive)


def send_in_order(event: dict[str, Any], context: Any) -> Any:
    """Messages to be sent now, each shopper's in order."""
    return _in_order(event, context, _do)


def send(event: dict[str, Any], context: Any) -> Any:
    """Work whose moment has come, and files to be fetched, in no order."""
    batch = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(event, _do, batch, context)


def tick() -> dict[str, int]:
    """Queue what is due and was not done; tell how late the oldest of it was."""
    dispatched, overdue_s = wired().work.run_due()
    stage = wired().settings.stage
    count("OldestOverdueSeconds", stage=stage, value=overdue_s, unit="Seconds")
    return {"dispatched": dispatched}


def _in_order(event: dict[str, Any], context: Any, handle: Any) -> Any:
    batch = SqsFifoPartialProcessor(skip_group_on_error=True)
    batch.raise_on_entire_batch_failure = False
    return process_partial_response(event, handle, batch, context)


def _receive(record: SQSRecord) -> None:
    with _noted("event"):
        wired().work.receive_event(json.loads(record.body))


def _do(record: SQSRecord) -> None:
    with _noted("work"):
        wired().work.do(work_from_json(json.loads(record.body)))


@contextmanager
def _noted(what: str) -> Iterator[None]:
    """A record that fails comes again, and after five times waits for a person: its log says why."""
    try:
        yield
    except Exception as error:
        logger().warning(
            "a record will come again", what=what, error=type(error).__name__, where=place_of(error)
        )
        raise
