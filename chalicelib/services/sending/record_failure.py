"""A channel took a message and could not deliver it: it is sent again, or it has failed for good."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.campaigns.stopping import SPAM_LIMITED
from chalicelib.domain.messages import Message, MessageRef, rank
from chalicelib.domain.outcomes import REASONS, reason_of
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import OVERDUE, Due, Send, way_of
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.queues import Outbox
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.faults import insist
from chalicelib.services.sending.follow_refusal import FollowRefusal

MOST_ATTEMPTS: Final = 5
LONGEST_DELAY_S: Final = 900
# By then the send finds the connection marked, and waits for it.
_TOKEN_AFTER_S: Final = 1.0


class RecordFailure:
    """Tells whether the message is on its way again; when not, the caller writes that it failed."""

    def __init__(self, threads: ThreadStore, shops: ShopStore, follow: FollowRefusal, outbox: Outbox) -> None:
        self._threads, self._shops, self._outbox = threads, shops, outbox
        self._follow = follow

    def __call__(
        self,
        ref: MessageRef,
        channel_message_id: str,
        fact: facts.Fact,
        now: datetime,
        *,
        claim: str = "",
        pointer: Pointer | None = None,
    ) -> bool:
        """claim, pointer: of a send whose outcome nobody has recorded yet. Raises StoreBusy, AlreadyThere."""
        message, thread = self._threads.message_and_thread(ref)
        if message is None or thread is None or rank(message.status) > rank("failed"):
            return True
        if channel_message_id in message.given_up:
            return True
        if fact.get("limits") == "marketing":
            self._follow.of_campaign(message, ref, SPAM_LIMITED, now)
        after_s = self._after_s(message, thread, fact)
        if after_s is not None and message.attempt < MOST_ATTEMPTS:
            return self._again(message, thread, ref, channel_message_id, after_s, now, claim, pointer)
        self._follow(message, ref, thread.connection_id, str(fact["code"]), now)
        return False

    def _after_s(self, message: Message, thread: Thread, fact: facts.Fact) -> float | None:
        """When it may pass; None: never. The waits grow with each attempt.

        A refused token says nothing against the message: it waits until the account is connected again.
        """
        if REASONS[reason_of(str(fact["code"]))].connection == "needs_reauth":
            connection = self._shops.connection(thread.connection_id)
            begun_at = message.started_at or message.sent_at
            if connection is not None and (connection.connected_at or begun_at) <= begun_at:
                insist(lambda: self._shops.needs_reauth(connection))
            return _TOKEN_AFTER_S
        if "retry_after_s" not in fact:
            return None
        return max(1.0, float(fact["retry_after_s"]) * 4.0 ** (message.attempt - 1))

    def _again(
        self,
        message: Message,
        thread: Thread,
        ref: MessageRef,
        channel_message_id: str,
        after_s: float,
        now: datetime,
        claim: str,
        pointer: Pointer | None,
    ) -> bool:
        """Once for each attempt: what comes again of an attempt that was given up tells nothing."""
        send = Send(ref, thread.group, way_of(message.author))
        due = Due(send, now + timedelta(seconds=after_s) + OVERDUE)
        if not self._threads.requeue(ref, channel_message_id, due, claim=claim, pointer=pointer):
            return False
        if after_s <= LONGEST_DELAY_S:
            self._outbox.dispatch(send, delay_s=int(after_s))
        return True
