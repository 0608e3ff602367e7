from collections.abc import Iterator

import pytest
from real_tables import Tables

from tests.dynamo import bound_to, create_tables, ministack


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    """ministack's: the storage tests show that it does as Amazon's does, and it is the faster."""
    with ministack(tmp_path_factory.mktemp("crash")) as url:
        create_tables(url)
        with bound_to(url):
            yield Tables(url)
