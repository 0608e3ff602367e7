"""Reading one row."""

from typing import Final, TypeVar

from pynamodb.models import Model

from chalicelib.storage.errors import answers

Row = TypeVar("Row", bound=Model)
# Bytes of a partition key: no row has a longer one, and DynamoDB refuses to look for it.
_LONGEST_KEY: Final = 2048


def get(kind: type[Row], pk: str, sk: str) -> Row | None:
    """As it is now; None when there is none. Whatever a caller puts into a path may come as a key."""
    if len(pk.encode("utf-8", "surrogatepass")) > _LONGEST_KEY:
        return None
    with answers():
        try:
            return kind.get(pk, sk, consistent_read=True)
        except kind.DoesNotExist:
            return None
