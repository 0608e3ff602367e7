"""What the pigeon post takes."""

from typing import Final

from chalicelib.domain.capabilities import Capabilities, FileLimit, Rate, Rates, TextLimit

CAPABILITIES: Final = Capabilities(
    text=TextLimit(160, "bytes"),
    files={"image": FileLimit(("image/png", "image/jpeg"), 1_000_000)},
    rates=Rates(connection=Rate(2, 1.0), shopper=Rate(1, 5.0)),
    most_incoming_bytes=1_000_000,
)
