"""What follows when a channel has refused a message for good, at once or later."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.events import Notice
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.outcomes import REASONS, reason_of
from chalicelib.domain.threads import mark
from chalicelib.ports.consents import ConsentStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.faults import insist
from chalicelib.services.sending.reopen_wait import ReopenWait

# Of a merchant, what a message of a campaign holds, and why it was refused.
CampaignRefused = Callable[[str, Mapping[str, Any], str, datetime], None]


def no_campaign(merchant_id: str, details: Mapping[str, Any], reason: str, now: datetime) -> None:
    """Where nobody sends to many at once."""


class FollowRefusal:
    """Marks the shopper's address or the connection, and lets the shopper wait again.

    Done before the refusal itself is written down: whoever comes after a crash does it all again.
    """

    def __init__(
        self, threads: ThreadStore, consents: ConsentStore, campaign_refused: CampaignRefused = no_campaign
    ) -> None:
        self._threads, self._consents, self._campaign_refused = threads, consents, campaign_refused
        self._reopen_wait = ReopenWait(threads)

    def __call__(
        self, message: Message, ref: MessageRef, connection_id: str, reason: str, now: datetime
    ) -> None:
        """Raises StoreBusy when it may pass later."""
        means = REASONS[reason_of(reason)]
        if means.shopper:
            name = "preference" if means.shopper == "opted_out" else means.shopper
            value = "stop" if means.shopper == "opted_out" else reason
            told = mark(value, _begun_at(message))
            insist(lambda: self._threads.mark(ref.merchant_id, ref.thread_id, name, told))
        if means.shopper == "opted_out":
            self._stopped(message, ref, connection_id, now)
        if means.connection == "blocked":
            notice = Notice(kind=reason, at=now, problem=reason)
            insist(lambda: self._threads.keep_notice(ref.merchant_id, connection_id, notice, now))
        self.of_campaign(message, ref, reason, now)
        self.waits_again(message, ref)

    def of_campaign(self, message: Message, ref: MessageRef, reason: str, now: datetime) -> None:
        """What is refused to one may be refused to all. reason: one of ours, or what is said to be limited.
        Raises StoreBusy."""
        if "campaign" in message.details:
            insist(lambda: self._campaign_refused(ref.merchant_id, message.details, reason, now))

    def _stopped(self, message: Message, ref: MessageRef, connection_id: str, now: datetime) -> None:
        """The channel tells of a stop that the shopper gave it: it holds on every address of theirs."""
        thread = self._threads.thread(ref.merchant_id, ref.thread_id)
        if thread is None:
            return
        stop = Consent(
            merchant_id=ref.merchant_id,
            address=address_key(connection_id, thread.wire),
            purpose="marketing",
            state="withdrawn",
            at=_begun_at(message),
            how="platform",
            noted_at=now,
            ref=ref.reference,
        )
        insist(lambda: self._consents.add([stop], thread.shopper_id))

    def is_unsure(self, message: Message, ref: MessageRef) -> None:
        """An article that may not have arrived leaves a question that somebody has to look at."""
        if message.details.get("settles"):
            insist(lambda: self._reopen_wait(ref))

    def waits_again(self, message: Message, ref: MessageRef) -> None:
        """An answer that did not reach the shopper has not answered them."""
        if message.purpose == "reply" or message.details.get("tells"):
            insist(lambda: self._reopen_wait(ref))


def _begun_at(message: Message) -> datetime:
    """As of when the channel has refused: what was held overnight was intended long before."""
    return message.started_at or message.sent_at
