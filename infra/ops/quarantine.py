"""What is kept aside, as nobody could understand it or it was nobody's: listed, shown, forgotten."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from chalicelib.ports.threads import Kept, ThreadStore
from chalicelib.services.receiving.replay import pages_of
from infra.ops.stack import OpsFailed

# As much of an id as a person copies; it is one out of 2 to the power of 48.
SHOWN: Final = 12
SHORTEST: Final = 6
# So many ids stand in a line of the list.
MOST_IDS: Final = 6
_NAME: Final = re.compile("[A-Za-z_]{1,40}")


class Group(NamedTuple):
    """Events of one connection that are kept for one reason. Both ids are '' where it is nobody's."""

    merchant_id: str
    connection_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the events. Everything left out is any. id: its first characters."""

    merchant: str = ""
    connection: str = ""
    reason: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if self.id and len(self.id) < SHORTEST:
            raise OpsFailed(f"an id has {SHORTEST} characters at least")

    def is_met_by(self, kept: Kept) -> bool:
        is_there = self.connection in ("", kept.connection_id) and self.reason in ("", kept.reason)
        return is_there and kept.row.startswith(self.id)


@dataclass(slots=True)
class Listed:
    """One line of the list."""

    count: int = 0
    ids: list[str] = field(default_factory=list)


class Quarantine:
    """owners: merchants and their connections, of one merchant or of all."""

    def __init__(self, threads: ThreadStore, owners: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        self._threads, self._owners = threads, owners

    def find(self, wanted: Wanted) -> Iterator[Kept]:
        for owner in self._owners(wanted.merchant):
            for page in pages_of(self._threads, *owner):
                yield from filter(wanted.is_met_by, page)

    def listed(self, wanted: Wanted, most_ids: int = MOST_IDS) -> dict[Group, Listed]:
        """By connection and reason; of each the first so many ids."""
        groups: dict[Group, Listed] = {}
        for kept in self.find(wanted):
            one = groups.setdefault(group_of(kept), Listed())
            one.count += 1
            if len(one.ids) < most_ids:
                one.ids.append(kept.row[:SHOWN])
        return groups

    def one(self, wanted: Wanted) -> Kept | None:
        """The event of this id, or none. Raises OpsFailed where several begin like it."""
        found = list(self.find(wanted))
        if len({kept.row for kept in found}) > 1:
            raise OpsFailed(f"{len(found)} events have ids that begin with {wanted.id}: give more of it")
        return found[0] if found else None

    def forget(self, kept: Kept) -> None:
        """It is gone, unless it has come again since it was read."""
        self._threads.forget_unreadable(kept)


def group_of(kept: Kept) -> Group:
    return Group(kept.merchant_id, kept.connection_id, kept.reason)


def shown(kept: Kept, *, is_revealed: bool) -> str:
    """As JSON. What people wrote, and who they are, only when it is asked for."""
    envelope = dict(kept.envelope)
    if not is_revealed and "body" in envelope:
        envelope["body"] = masked(envelope["body"])
    about = {"id": kept.row, "reason": kept.reason, "kept_at": kept.at.isoformat(), "event": envelope}
    return json.dumps(about, ensure_ascii=False, indent=2)


def masked(value: Any) -> Any:
    """The shape alone: what is missing or new in it can be seen, and nobody's words."""
    if isinstance(value, dict):
        return {name if _NAME.fullmatch(name) else "…": masked(one) for name, one in value.items()}
    if isinstance(value, list):
        return [masked(one) for one in value]
    if isinstance(value, str):
        return f"<{len(value)} characters>"
    return value if value is None or isinstance(value, bool) else "<number>"
