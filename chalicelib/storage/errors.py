"""What a table's answer means for the one who asked."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException, TransactWriteError

from chalicelib.ports.errors import Conflict, StoreBusy, StoreRefused

CONDITION_FAILED: Final = "ConditionalCheckFailed"
# A transaction names these without "Exception" for each of its writes.
REFUSED: Final = frozenset(
    {"ValidationException", "ValidationError", "ItemCollectionSizeLimitExceeded", "SerializationException"}
)


class Cancelled(Conflict):
    """A transaction was cancelled: `failed` are the places of the writes whose condition did not hold."""

    def __init__(self, failed: tuple[int, ...]) -> None:
        super().__init__(f"conditions failed at {failed}")
        self.failed = failed


# Another transaction was writing the same row: DynamoDB has done nothing, and a moment later it will.
# Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html (conflict handling)
_CROSSED: Final = frozenset({"TransactionConflict", "TransactionConflictException"})
_TRIES: Final = 6
_FIRST_PAUSE_S: Final = 0.02


def undisturbed(write: Callable[[], object]) -> None:
    """Write, and again after a short random pause while other transactions cross it."""
    for attempt in range(_TRIES):
        try:
            write()
            return
        except PynamoDBException as error:
            if attempt == _TRIES - 1 or not _is_crossed(error):
                raise
            time.sleep(random.uniform(0.5, 1.5) * _FIRST_PAUSE_S * 2**attempt)


def _is_crossed(error: PynamoDBException) -> bool:
    """Only crossed: where a condition failed as well, trying again is no use."""
    reasons = error.cancellation_reasons if isinstance(error, TransactWriteError) else []
    codes = {reason.code for reason in reasons if reason is not None} - {"None"}
    return codes == {"TransactionConflict"} if codes else _code(error) in _CROSSED


def _code(error: PynamoDBException) -> str:
    """As DynamoDB names it; '' where its answer never came: what botocore raises then has a response too,
    which is None, and PynamoDB's own way of reading it fails."""
    response = getattr(error.cause, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


@contextmanager
def answers() -> Iterator[None]:
    """Translate the libraries' errors: a condition that did not hold is Conflict, all else may pass later."""
    try:
        yield
    except TransactWriteError as error:
        codes = [reason.code if reason else None for reason in error.cancellation_reasons]
        failed = tuple(place for place, code in enumerate(codes) if code == CONDITION_FAILED)
        if failed:
            raise Cancelled(failed) from error
        if {_code(error), *codes} & REFUSED:
            raise StoreRefused(_code(error)) from error
        raise StoreBusy(_code(error) or type(error.cause).__name__) from error
    except PynamoDBException as error:
        if _code(error) == "ConditionalCheckFailedException":
            raise Conflict("condition failed") from error
        if _code(error) in REFUSED:
            raise StoreRefused(_code(error)) from error
        raise StoreBusy(_code(error) or type(error.cause).__name__) from error
    except (ClientError, BotoCoreError) as error:
        raise StoreBusy(type(error).__name__) from error
