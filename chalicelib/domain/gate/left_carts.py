"""The cart that a reminder speaks of: what has to be known of it in the moment of sending."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftCart:
    """touched_at: when it was last changed; seen_at: that moment as the reminder was written for. is_bought:
    by an order of its buyer, from whichever address. wrote_at: when they last wrote words for the shop, on
    any of their threads; waits: whether they wait for a person on one."""

    touched_at: datetime
    seen_at: datetime
    is_open: bool = True
    is_bought: bool = False
    is_held_out: bool = False
    is_switched_on: bool = True
    wrote_at: datetime | None = None
    waits: bool = False
