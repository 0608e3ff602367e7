"""A decision on a thread as it is, written in one transaction, and made again when somebody was faster."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.domain.messages import MessageRef
from chalicelib.domain.threads import Thread
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.receiving.pointers import TRIES

T = TypeVar("T")


class NotFound(Exception):
    """No such thread for this merchant."""


class WriteThread:
    """Every call names the merchant; another merchant's thread is NotFound."""

    def __init__(self, threads: ThreadStore) -> None:
        self._threads = threads

    def thread(self, merchant_id: str, thread_id: str) -> Thread:
        """Raises NotFound."""
        thread = self._threads.thread(merchant_id, thread_id)
        if thread is None:
            raise NotFound(thread_id)
        return thread

    def __call__(self, merchant_id: str, thread_id: str, write: Callable[[Thread], tuple[Change, T]]) -> T:
        """What `write` has decided. Raises NotFound, AlreadyThere, and StoreBusy when it may pass later."""
        for _ in range(TRIES):
            change, result = write(self.thread(merchant_id, thread_id))
            try:
                self._threads.commit(change)
            except Conflict:
                continue
            except StoreBusy:
                if not self._is_written(change):
                    raise
            return result
        raise StoreBusy("too many write to this thread at once")

    def _is_written(self, change: Change) -> bool:
        """Whether a transaction whose answer was lost has been carried out all the same."""
        thread = change.thread
        refs = [MessageRef(thread.merchant_id, thread.thread_id, one.sort) for one in change.new]
        return bool(refs) and all(self._threads.message(ref) is not None for ref in refs)
