"""The queues and the minute call: a batch in, the records that must come again out."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

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

# Of a batch, so many are sent at the same time; and none is begun after so many of the function's 30 seconds:
# one may wait 8 for its turn, and its platform take 13 to answer.
BULK_AT_ONCE: Final = 16
BULK_BEGINS_WITHIN_S: Final = 6.0


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


def send_bulk(event: dict[str, Any], context: Any) -> Any:
    """Campaigns: several at once, as each mostly waits for its turn and for the platform. What a slow
    platform leaves no time for goes back to its queue untouched: a function that ends in the middle of a call
    leaves a message of which nobody knows whether it left."""
    began_s = time.monotonic()
    failed: list[str] = []

    def one(record: SQSRecord) -> None:
        try:
            if time.monotonic() - began_s < BULK_BEGINS_WITHIN_S:
                _do(record)
            else:
                with _noted("work"):
                    work = work_from_json(json.loads(record.body))
                    wired().outbox.dispatch(work, attempt=record.receipt_handle)
        except Exception:  # its log says why; the others go on
            failed.append(record.message_id)

    records = [SQSRecord(one) for one in event["Records"]]
    for first in records[:1]:  # what all of them use is loaded once, not by each at the same time
        one(first)
    with ThreadPoolExecutor(BULK_AT_ONCE) as pool:
        list(pool.map(one, records[1:]))
    return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}


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
