"""Due rows: the work that waits, found by its moment."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.ids import from_ms
from chalicelib.domain.work import Due, Work, due_id, overdue_s, work_from_json
from chalicelib.ports.errors import Conflict
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import DueItem

UNKNOWN_WAITS: Final = timedelta(hours=1)


class DynamoDue:
    """The DueStore on DynamoDB."""

    def due(self, now: datetime, limit: int) -> list[Due]:
        """What is due, oldest first in each shard, at most `limit` of each."""
        until = DueItem.due_at < rows.due_at_key(now) + "~"
        found: list[Due] = []
        with answers():
            for shard in range(rows.SHARDS):
                for item in DueItem.due_index.query(shard, until, limit=limit):
                    try:
                        work = work_from_json(item.work)
                    except (KeyError, TypeError, ValueError):
                        self._set_aside(item, now)
                        continue
                    at = from_ms(int(item.due_at.partition("#")[0]))
                    found.append(Due(work, at, item.since))
        return found

    def _set_aside(self, item: DueItem, now: datetime) -> None:
        """Work of a kind that this version does not know waits for one that does, and holds up nothing."""
        item.update([DueItem.due_at.set(rows.due_at_key(now + UNKNOWN_WAITS, item.id))])

    def oldest_overdue_s(self, now: datetime) -> float:
        """How many seconds the oldest due work is late; 0 when none is."""
        return max((overdue_s(due, now) for due in self.due(now, limit=1)), default=0.0)

    def set(self, due: Due) -> None:
        """Have work done when it is due; the same work has one row."""
        with answers():
            rows.row_of_due(due).save()

    def postpone(self, due: Due, at: datetime) -> None:
        """Look at it again at `at`, unless it is finished or moved by then."""
        was, to = rows.due_at_key(due.at, due.due_id), rows.due_at_key(at, due.due_id)
        try:
            with answers():
                DueItem(due.due_id).update([DueItem.due_at.set(to)], DueItem.due_at == was)
        except Conflict:
            return

    def forget(self, work: Work) -> None:
        """It is finished."""
        with answers():
            DueItem(due_id(work)).delete()
