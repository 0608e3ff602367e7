"""What a table's answer means for the one who asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException, TransactWriteError

from chalicelib.ports import Conflict, StoreBusy, StoreRefused

CONDITION_FAILED: Final = "ConditionalCheckFailed"
# A transaction names these without "Exception" for each of its writes.
REFUSED: Final = frozenset({"ValidationException", "ValidationError", "ItemCollectionSizeLimitExceeded"})


class Cancelled(Conflict):
    """A transaction was cancelled: `failed` are the places of the writes whose condition did not hold."""

    def __init__(self, failed: tuple[int, ...]) -> None:
        super().__init__(f"conditions failed at {failed}")
        self.failed = failed


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
        if {error.cause_response_code, *codes} & REFUSED:
            raise StoreRefused(str(error.cause_response_code)) from error
        raise StoreBusy(str(error.cause_response_code)) from error
    except PynamoDBException as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            raise Conflict("condition failed") from error
        if error.cause_response_code in REFUSED:
            raise StoreRefused(str(error.cause_response_code)) from error
        raise StoreBusy(str(error.cause_response_code)) from error
    except (ClientError, BotoCoreError) as error:
        raise StoreBusy(type(error).__name__) from error
