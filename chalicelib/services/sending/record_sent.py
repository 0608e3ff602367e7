"""A message of ours has left: the channel's id of it, and what came about it in the meantime."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

from chalicelib.domain import facts
from chalicelib.domain.events import Status
from chalicelib.domain.messages import MessageRef, rank
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.channel import Channel
from chalicelib.ports.errors import AlreadyThere, Conflict, StoreBusy
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.faults import insist
from chalicelib.services.receiving.pointers import TRIES
from chalicelib.services.sending.record_failure import RecordFailure


class RecordSent:
    """For the sender who heard the id, and for whoever learns it from a status or an echo when that sender
    is gone."""

    def __init__(
        self, threads: ThreadStore, channel_named: Callable[[str], Channel], failure: RecordFailure
    ) -> None:
        self._threads, self._channel_named, self._failure = threads, channel_named, failure

    def __call__(self, ref: MessageRef, claim: str, pointer: Pointer, channel: str, now: datetime) -> None:
        """`claim`: under which it was sent, '' when nobody holds it. What others have recorded stays.

        Raises StoreBusy when it may pass later.
        """
        pointer = replace(pointer, ref=ref)
        for _ in range(TRIES):
            try:
                insist(partial(self._settle, ref, claim, pointer, now))
            except AlreadyThere:
                known = self._threads.pointer(
                    ref.merchant_id, pointer.connection_id, pointer.chat, pointer.channel_message_id
                )
                if known is not None and known.ref not in (None, ref):
                    # An id that we made ourselves, of what the channel gives none: the first keeps it.
                    self._settle_unnamed(ref, claim)
                    break
                pointer = replace(pointer, parked=known.parked if known else ())
                continue
            except Conflict:
                pass  # recorded before: by a try of ours whose answer was lost, or by somebody else
            self._catch_up(ref, channel)
            return
        else:
            raise StoreBusy("too many facts for one message at once")

    def _settle_unnamed(self, ref: MessageRef, claim: str) -> None:
        with suppress(Conflict):
            insist(lambda: self._threads.settle(ref, "sent", claim=claim))

    def _settle(self, ref: MessageRef, claim: str, pointer: Pointer, now: datetime) -> None:
        status, code = facts.highest_status("sent", pointer.parked)
        failed = facts.parked_failure(pointer.parked)
        if status == "failed" and failed is not None:
            sent_id = pointer.channel_message_id
            if self._failure(ref, sent_id, failed, now, claim=claim, pointer=pointer):
                return
        put = facts.reactions(pointer.parked)
        self._threads.settle(ref, status, claim=claim, reason=code, pointer=pointer, reactions=put)

    def _catch_up(self, ref: MessageRef, channel: str) -> None:
        """Receipts that name only a moment may have come while the message was on its way."""
        if not self._channel_named(channel).capabilities.has_watermarks:
            return
        message, thread = self._threads.message_and_thread(ref)
        if thread is None or message is None or message.started_at is None:
            return
        marks: tuple[tuple[Status, datetime | None], ...] = (
            ("delivered", thread.delivered_up_to),
            ("read", thread.read_up_to),
        )
        for status, up_to in marks:
            if up_to is not None and message.started_at <= up_to and rank(message.status) < rank(status):
                self._threads.raise_status(ref, status)
