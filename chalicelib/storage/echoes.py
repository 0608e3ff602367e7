"""What the shop's side says word for word in thread after thread."""

from datetime import timedelta
from typing import Final

from pynamodb.expressions.update import Action

from chalicelib.domain.autoresponders import THREADS
from chalicelib.domain.threads import Thread
from chalicelib.storage import rows
from chalicelib.storage.errors import answers
from chalicelib.storage.models import RepeatedItem
from chalicelib.storage.reading import get

# Words that nobody has said for so long are forgotten.
_KEPT: Final = timedelta(days=90)


class DynamoEchoes:
    """A row for each text, by its digest: the words themselves are not kept."""

    def repeated(self, thread: Thread, words: str) -> int:
        """In how many threads of its connection these words were said; this one counted, about three at
        most, so that a row of what a machine says to everybody does not grow."""
        row = RepeatedItem(f"{thread.merchant_id}#repeated#{thread.connection_id}", words)
        known = get(RepeatedItem, row.pk, row.sk)
        if known is not None and len(known.threads or ()) >= THREADS:
            return THREADS
        actions: list[Action] = [RepeatedItem.threads.add({thread.thread_id})]
        if thread.last_at is not None:
            actions.append(RepeatedItem.expires_at.set(rows.seconds(thread.last_at + _KEPT)))
        with answers():
            row.update(actions)
        return len(row.threads or ())
