"""When each page of a run is due, so that its messages are there when their turn comes, and not much sooner:
what waits in a queue can't be held back by anything but the gate."""

from typing import Final

from chalicelib.domain.campaigns.runs import PAGE

# The tick comes once a minute, spreads over the next what has come due, and a page takes some seconds to
# decide on.
LEAD_S: Final = 150.0
# Until they are so far ahead, pages come that much faster than their messages leave.
_HURRY: Final = 2.0


def due_after_s(page: int, per_second: float) -> float:
    """How many seconds after the run began. page: its number, from 0. per_second: how fast its connections
    send."""
    turn_s = page * PAGE / per_second
    return max(turn_s / _HURRY, turn_s - LEAD_S)
