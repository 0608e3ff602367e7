"""A table whose answer never came may have done what it was asked: whoever asked tries again."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from pynamodb.exceptions import GetError, PutError, PynamoDBException, QueryError, TransactWriteError

from chalicelib.ports.errors import Conflict, StoreBusy, StoreRefused
from chalicelib.storage.errors import answers, undisturbed

URL: Final = "https://dynamodb.example"
LOST: Final = (
    ReadTimeoutError(endpoint_url=URL),
    ConnectionClosedError(endpoint_url=URL),
    ConnectTimeoutError(endpoint_url=URL),
    EndpointConnectionError(endpoint_url=URL),
)
RAISED: Final[tuple[Callable[..., PynamoDBException], ...]] = (
    GetError,
    PutError,
    QueryError,
    TransactWriteError,
)


def _raise(error: Exception) -> Any:
    raise error


@pytest.mark.parametrize("cause", LOST, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("raised", RAISED)
def test_a_lost_answer_may_pass_later(cause: BotoCoreError, raised: Callable[..., PynamoDBException]) -> None:
    error = raised("no answer", cause)
    with pytest.raises(StoreBusy, match=type(cause).__name__), answers():
        undisturbed(lambda: _raise(error))


@pytest.mark.parametrize(
    ("code", "means"),
    [
        ("ConditionalCheckFailedException", Conflict),
        ("ValidationException", StoreRefused),
        ("ProvisionedThroughputExceededException", StoreBusy),
    ],
)
def test_an_answer_is_named_by_its_code(code: str, means: type[Exception]) -> None:
    error = PutError("answered", ClientError({"Error": {"Code": code, "Message": ""}}, "PutItem"))
    with pytest.raises(means), answers():
        _raise(error)
