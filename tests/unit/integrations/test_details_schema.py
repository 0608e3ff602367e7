"""What messages hold beside their words is of one shape, whatever the channel."""

import json
from pathlib import Path
from typing import Any, Final

from chalicelib.domain.events import ShopperMessage
from integrations.registry import CHANNELS, BaseUrls
from schemas import check, schema

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
BODIES: Final = sorted(path for name in CHANNELS for path in (FIXTURES / name).glob("*.json"))
# Ours, or of what the shopper answered: no webhook brings them.
OF_OUR_OWN: Final = {"answers", "choice", "asked", "parts", "standby", "asks", "survey"}


def _details(path: Path) -> list[dict[str, Any]]:
    channel = CHANNELS[path.parent.name](BaseUrls())
    events = channel.parse(json.loads(path.read_text()))
    return [dict(event.details) for event in events if isinstance(event, ShopperMessage)]


def test_details_are_of_the_shape_that_the_schema_says() -> None:
    assert BODIES
    for path in BODIES:
        for details in _details(path):
            check("details", details)


def test_nothing_is_described_that_no_body_brings() -> None:
    brought = {name for path in BODIES for details in _details(path) for name in details}
    assert set(schema("details")["properties"]) - OF_OUR_OWN == brought
