"""What came before a story is played once, and laid down again for every further try of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from world import World

# What the doubles remember, by where it is kept; all else of them is as it was made.
_REMEMBERED: Final[Mapping[str, Sequence[str]]] = {
    "clock": ("_at",),
    "queues": ("waiting", "_seen"),
    "bodies": ("_kept",),
    "files": ("kept",),
    "platform": ("received", "sent_ids", "calls"),
}


@dataclass(frozen=True)
class Beginning:
    """Every row, and all that the doubles have seen."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    seen: Mapping[str, Mapping[str, Any]]
    shop: str


def name_of(before: Callable[[World], None]) -> str:
    """Two that are called alike do the same."""
    if isinstance(before, partial):
        return f"{name_of(before.func)} {before.args} {before.keywords}"
    return f"{before.__module__}.{before.__qualname__}"


def as_it_stands(world: World) -> Beginning:
    seen = {
        part: {name: getattr(getattr(world, part), name) for name in names}
        for part, names in _REMEMBERED.items()
    }
    return Beginning(world.tables.whole(), deepcopy(seen), world.shop_system.name)


def lay_down(world: World, beginning: Beginning) -> None:
    world.tables.empty()
    world.tables.fill(beginning.rows)
    for part, values in deepcopy(beginning.seen).items():
        for name, value in values.items():
            setattr(getattr(world, part), name, value)
    world.sells_with(beginning.shop)
