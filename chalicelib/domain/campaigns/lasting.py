"""How long a campaign's messages take to go out."""

from datetime import timedelta
from math import ceil

_DAY = timedelta(days=1)


def lasts(messages: int, templates: int, per_second: float, a_day: int | None) -> timedelta:
    """From the first message to the last, when nothing is held.

    templates: so many of the messages. per_second: how fast the connections send. a_day: to how many shoppers
    the accounts may write outside their window within a day; None: to as many as there are.
    """
    days = 0 if a_day is None or not templates else ceil(templates / max(1, a_day)) - 1
    on_last_day = messages if not days or a_day is None else templates - days * a_day
    return days * _DAY + timedelta(seconds=max(0, on_last_day - 1) / per_second)
