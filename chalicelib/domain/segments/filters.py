"""A segment's filter, as JSON that a person can read: who is in it now, and when that may change.

A filter is `{"all": [filters]}`, `{"any": [filters]}`, `{"not": filter}`, or one condition
`{"<field>": <test>}` as `conditions.FIELDS` has them. `{"all": []}` is everybody.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.segments.conditions import FIELDS, Answer, Problem
from chalicelib.domain.segments.profiles import Profile

DEEPEST: Final = 8
MOST_PARTS: Final = 100
# All filters of a merchant are read together, and each is one row.
MOST_BYTES: Final = 32_000
_ALL: Final = "all"
_ANY: Final = "any"
_NOT: Final = "not"


def checked(raw: Any, *, channels: Collection[str] = (), currency: str = "") -> tuple[Any, list[Problem]]:
    """The filter as it is stored, and all that is wrong with it.

    channels: those that there are; none: any. currency: in which the shop sells; it is put where a condition
    names none.
    """
    filled = _filled(raw, currency) if _parts(raw) <= MOST_PARTS else None
    if filled is None:
        return None, [Problem("", f"It may have at most {MOST_PARTS} parts, {DEEPEST} within each other.")]
    if len(json.dumps(filled)) > MOST_BYTES:
        return None, [Problem("", f"It may have {MOST_BYTES // 1000} KB at most: name fewer words.")]
    return filled, list(_problems(filled, channels))


def holds(segment: Any, profile: Profile, now: datetime) -> Answer:
    """Whether somebody is in it, and the earliest moment at which that may change by time alone; None: never.

    segment: a checked filter.
    """
    ((name, within),) = segment.items()
    if name == _NOT:
        is_so, turns_at = holds(within, profile, now)
        return not is_so, turns_at
    if name in (_ALL, _ANY):
        return _together([holds(one, profile, now) for one in within], is_any=name == _ANY)
    return FIELDS[name].holds(within, profile, now)


def sorted_into(
    filters: Mapping[str, Any], profile: Profile, now: datetime
) -> tuple[tuple[str, ...], datetime | None]:
    """In which of these segments somebody is, by their ids, and when that may change by time alone."""
    found = {segment_id: holds(one, profile, now) for segment_id, one in filters.items()}
    within = tuple(sorted(one for one, (is_in, _) in found.items() if is_in))
    return within, _first(turns_at for _, turns_at in found.values())


def _together(answers: Collection[Answer], *, is_any: bool) -> Answer:
    """One that decides alone decides as long as it stays: of several, the last to turn. Where none does, the
    first to turn may."""
    deciding = [turns_at for is_so, turns_at in answers if is_so is is_any]
    if not deciding:
        return not is_any, _first(turns_at for _, turns_at in answers)
    return is_any, None if None in deciding else max(at for at in deciding if at is not None)


def _first(moments: Iterator[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)


def _parts(raw: Any, depth: int = 1) -> int:
    """How many objects it has; more than are taken where it is too deep."""
    if depth > DEEPEST:
        return MOST_PARTS + 1
    if isinstance(raw, Mapping):
        inner = [one for name, one in raw.items() if name in (_ALL, _ANY, _NOT)]
        return 1 + sum(_parts(one, depth + isinstance(one, Mapping)) for one in inner)
    if isinstance(raw, list):
        return sum(_parts(one, depth + 1) for one in raw)
    return 1


def _filled(raw: Any, currency: str) -> Any:
    if isinstance(raw, list):
        return [_filled(one, currency) for one in raw]
    if not isinstance(raw, Mapping):
        return raw
    spend = raw.get("spend")
    if currency and isinstance(spend, Mapping) and "currency" not in spend:
        return {**raw, "spend": {**spend, "currency": currency}}
    return {name: _filled(one, currency) if name in (_ALL, _ANY, _NOT) else one for name, one in raw.items()}


def _problems(raw: Any, channels: Collection[str]) -> Iterator[Problem]:
    if not isinstance(raw, Mapping) or len(raw) != 1:
        yield Problem("", "A filter names exactly one thing: all, any, not, or a field.")
        return
    ((name, within),) = raw.items()
    if name == _NOT:
        yield from _placed(_NOT, _problems(within, channels))
    elif name in (_ALL, _ANY):
        yield from _placed(name, _in_list(within, name, channels))
    elif name not in FIELDS:
        yield Problem(str(name), f"There is no such field. There are: {', '.join(FIELDS)}.")
    else:
        yield from _placed(name, FIELDS[name].problems(within))
        if name == "channel" and channels:
            yield from _placed(name, _unknown(within, channels))


def _in_list(within: Any, name: str, channels: Collection[str]) -> Iterator[Problem]:
    if not isinstance(within, list):
        yield Problem("", "It must be a list of filters.")
        return
    if name == _ANY and not within:
        yield Problem("", "It must list at least one filter.")
    for number, one in enumerate(within):
        yield from _placed(str(number), _problems(one, channels))


def _unknown(test: Any, channels: Collection[str]) -> Iterator[Problem]:
    for number, one in enumerate(test if isinstance(test, list) else [test]):
        if isinstance(one, str) and one.casefold() not in channels:
            place = str(number) if isinstance(test, list) else ""
            yield Problem(place, f"It must be one of: {', '.join(channels)}.")


def _placed(place: str, problems: Iterator[Problem]) -> Iterator[Problem]:
    for one in problems:
        yield Problem(f"{place}.{one.place}".rstrip("."), one.says)
