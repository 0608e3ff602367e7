"""What could not be understood is tried again: after a mend, or once an account is connected."""

from collections.abc import Iterator
from secrets import token_hex
from typing import Final

from chalicelib.ports import Kept, Outbox, ThreadStore

PAGE: Final = 100


def pages_of(threads: ThreadStore, merchant_id: str, connection_id: str) -> Iterator[list[Kept]]:
    """All that a connection was sent and that nobody understood. ('', ''): what came for no connection."""
    after = ""
    while found := threads.unreadable(merchant_id, connection_id, after=after, limit=PAGE):
        yield found
        after = found[-1].row


class Replay:
    """Queues kept events again, as new ones: the queue would drop what it has seen a moment ago."""

    def __init__(self, threads: ThreadStore, outbox: Outbox) -> None:
        self._threads, self._outbox = threads, outbox

    def __call__(self, merchant_id: str, connection_id: str, reason: str = "") -> int:
        """How many were queued; with a reason only those. What is still not understood is kept again.

        A row goes once its event is queued, and only as it was read: by then the event may have failed again.
        A crash in between leaves both, which is harmless.
        """
        queued = 0
        for page in pages_of(self._threads, merchant_id, connection_id):
            chosen = [kept for kept in page if reason in ("", kept.reason)]
            self._outbox.inbound([(f"{connection_id}#{kept.row}", _again(kept)) for kept in chosen])
            for kept in chosen:
                self._threads.forget_unreadable(kept)
            queued += len(chosen)
        return queued


def _again(kept: Kept) -> dict[str, object]:
    return {**kept.envelope, "replay": token_hex(8)}
