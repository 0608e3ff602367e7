"""When a page of a run is looked at again: at somebody's moment, and to see what became of the rest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.campaigns.runs import Recipient

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
# After the last messages of a page were made: soon to see them sent, later to see what came of them.
LOOKS: Final = (
    *(2 * _MINUTE, 5 * _MINUTE, 15 * _MINUTE, 60 * _MINUTE, 360 * _MINUTE),
    *(days * _DAY for days in range(1, 8)),
)


def next_look(recipients: Iterable[Recipient], now: datetime) -> datetime | None:
    """Later than now; None when all is known of all of them."""
    there = tuple(recipients)
    planned = [one.at or now for one in there if one.state == "planned"]
    made = max((one.at for one in there if one.at is not None and not is_final(one)), default=None)
    to_see = [] if made is None else [made + wait for wait in LOOKS if made + wait > now][:1]
    return min([*(max(at, now) for at in planned), *to_see], default=None)


def is_final(one: Recipient) -> bool:
    """Whether nothing more can come of them."""
    if one.state == "skipped" or one.status in ("failed", "skipped"):
        return True
    return one.state == "planned"
