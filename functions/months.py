"""Which months somebody asks about."""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from functions.api import ApiError, Query

_MONTH: Final = re.compile(r"(20\d\d-(0[1-9]|1[0-2]))(-(0[1-9]|[12]\d|3[01]))?", re.ASCII)


def months_asked(query: Query, now: datetime, zone: str, most: int) -> list[str]:
    """From `from` to `to`, which name a month or a day in it; the month before and this one where neither is
    told."""
    from chalicelib.domain.contacts import months_between
    from chalicelib.domain.promise.waits import month_before

    here = f"{now.astimezone(ZoneInfo(zone or 'UTC')):%Y-%m}"
    last = _month(query, "to") or here
    first = _month(query, "from") or min(last, month_before(now, zone))
    try:
        return months_between(first, last, most)
    except ValueError as error:
        raise ApiError(400, "invalid", f"From `from` to `to` {error}.", "from") from error


def _month(query: Query, name: str) -> str:
    given = query.text(name) or ""
    found = _MONTH.fullmatch(given)
    if given and found is None:
        text = f"{name} must be a month or a day, such as 2026-11 or 2026-11-22."
        raise ApiError(400, "invalid", text, name)
    return found[1] if found else ""
