"""What could not be understood is tried again: after a mend, or once an account is connected."""

from collections.abc import Iterator
from secrets import token_hex
from typing import Final

from chalicelib.ports import Kept, Outbox, ThreadStore

PAGE: Final = 100


def kept_of(threads: ThreadStore, merchant_id: str, connection_id: str) -> Iterator[Kept]:
    """All that a connection was sent and that nobody understood. ('', ''): what came for no connection."""
    after = ""
    while found := threads.unreadable(merchant_id, connection_id, after=after, limit=PAGE):
        yield from found
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
        chosen = [
            kept
            for kept in kept_of(self._threads, merchant_id, connection_id)
            if not reason or kept.reason == reason
        ]
        for kept in chosen:
            again = {**kept.envelope, "replay": token_hex(8)}
            self._outbox.inbound([(f"{connection_id}#{kept.row}", again)])
            self._threads.forget_unreadable(kept)
        return len(chosen)
