"""Recurrence rules by dateutil, which loads on the first question.

Source: dateutil.readthedocs.io/en/stable/rrule.html
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import dropwhile


def recurs(rule: str, first: datetime, start: datetime, end: datetime) -> Iterator[datetime]:
    """The Recurrence. `end` keeps a rule that names no day from being followed to the end of time."""
    from dateutil.rrule import rrulestr

    until = end.strftime("%Y%m%dT%H%M%S")
    found: Iterator[datetime] = iter(rrulestr(f"{rule};UNTIL={until}", dtstart=first))
    return dropwhile(lambda one: one < start, found)
