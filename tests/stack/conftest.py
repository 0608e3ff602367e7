"""A shop that is on every channel, for all tests that leave its accounts as they were."""

from pathlib import Path
from typing import Any

import pytest
from shop import KINDS, Account, open_shop

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One stack is enough where the long tests are shared out by group: it waits more than it works."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def quiet(stack: Any) -> dict[str, Account]:
    """Its accounts. Only people answer there, so that what comes and goes is what a test does."""
    shop = open_shop(stack, paused="automatic")
    return {kind: shop.connect(kind) for kind in KINDS}
