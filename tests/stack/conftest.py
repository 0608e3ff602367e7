"""A shop that is on every channel, for all tests that leave its accounts as they were."""

from typing import Any

import pytest
from shop import KINDS, Account, open_shop


@pytest.fixture(scope="session")
def quiet(stack: Any) -> dict[str, Account]:
    """Its accounts. Only people answer there, so that what comes and goes is what a test does."""
    shop = open_shop(stack, paused="automatic")
    return {kind: shop.connect(kind) for kind in KINDS}
