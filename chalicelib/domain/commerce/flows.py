"""What the reminders of one cart have come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One reminder. number: from 1. message: which one it became, as `MessageRef.reference` spells it, ''
    where none did. code: why not, `sent` where it was."""

    number: int
    at: datetime
    code: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """shopper_id: whose cart it is, '' while nobody knows. is_held_out: they are never reminded, so that it
    shows what reminders bring. began_at: when it was first idle for long enough. ended: why no more comes, as
    a stable code, '' while more may.

    decided_at: when it was first decided to remind them, or to hold them out. is_measured: there was a group
    to hold it against then. counted: what the reports hold of this cart, by the counters' names.
    """

    shopper_id: str = ""
    is_held_out: bool = False
    began_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    ended: str = ""
    decided_at: datetime | None = None
    is_measured: bool = False
    counted: Mapping[str, int] = field(default_factory=dict)
