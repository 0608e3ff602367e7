"""What could not be understood is tried again: after a mend, or once an account is connected."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from secrets import token_hex
from typing import Final

from chalicelib.ports.queues import Outbox
from chalicelib.ports.threads import Kept, ThreadStore

PAGE: Final = 100


def pages_of(threads: ThreadStore, merchant_id: str, connection_id: str) -> Iterator[list[Kept]]:
    """All that a connection was sent and that nobody understood. ('', ''): what came for no connection."""
    after = ""
    while found := threads.unreadable(merchant_id, connection_id, after=after, limit=PAGE):
        yield found
        after = found[-1].row


class Replay:
    """Queues kept events again, as new ones: the queue would drop what it has seen a moment ago.

    is_dry: only counts.
    """

    def __init__(self, threads: ThreadStore, outbox: Outbox, *, is_dry: bool = False) -> None:
        self._threads, self._outbox, self._is_dry = threads, outbox, is_dry

    def __call__(
        self, merchant_id: str, connection_id: str, is_wanted: Callable[[Kept], bool]
    ) -> Mapping[str, int]:
        """How many were queued, by reason. What is still not understood is kept again.

        A row goes once its event is queued, and only as it was read: by then the event may have failed again.
        A crash in between leaves both: the event is queued once more by the next run, and tells nothing new.
        """
        queued: Counter[str] = Counter()
        for page in pages_of(self._threads, merchant_id, connection_id):
            chosen = [kept for kept in page if is_wanted(kept)]
            queued.update(kept.reason for kept in chosen)
            if self._is_dry:
                continue
            self._outbox.inbound([(f"{connection_id}#{kept.row}", _again(kept)) for kept in chosen])
            for kept in chosen:
                self._threads.forget_unreadable(kept)
        return queued


def _again(kept: Kept) -> dict[str, object]:
    return {**kept.envelope, "replay": token_hex(8)}
