"""What follows when a channel has refused a message for good, at once or later."""

from datetime import datetime

from chalicelib.domain.events import Notice
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.outcomes import REASONS, reason_of
from chalicelib.domain.threads import mark
from chalicelib.ports import ThreadStore
from chalicelib.services.faults import insist
from chalicelib.services.sending.reopen_wait import ReopenWait


class FollowRefusal:
    """Marks the shopper's address or the connection, and lets the shopper wait again.

    Done before the refusal itself is written down: whoever comes after a crash does it all again.
    """

    def __init__(self, threads: ThreadStore) -> None:
        self._threads = threads
        self._reopen_wait = ReopenWait(threads)

    def __call__(
        self, message: Message, ref: MessageRef, connection_id: str, reason: str, now: datetime
    ) -> None:
        """Raises StoreBusy when it may pass later."""
        means = REASONS[reason_of(reason)]
        if means.shopper:
            name = "preference" if means.shopper == "opted_out" else means.shopper
            value = "stop" if means.shopper == "opted_out" else reason
            told = mark(value, message.sent_at)
            insist(lambda: self._threads.mark(ref.merchant_id, ref.thread_id, name, told))
        if means.connection == "blocked":
            notice = Notice(kind=reason, at=now, problem=reason)
            insist(lambda: self._threads.keep_notice(ref.merchant_id, connection_id, notice, now))
        self.waits_again(message, ref)

    def waits_again(self, message: Message, ref: MessageRef) -> None:
        """A person's answer that did not reach the shopper has not answered them."""
        if message.purpose == "reply":
            insist(lambda: self._reopen_wait(ref))
