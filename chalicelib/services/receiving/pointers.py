"""Finding the message that a fact speaks of, by the channel's id."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.events import Address
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.work import Due
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.errors import AlreadyThere, StoreBusy
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.erased import OfErased, erased_before

TRIES: Final = 8
# A fact whose message has not come by then is of another tool, or from before the account was connected.
PARKED_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event comes from."""

    merchant_id: str
    connection_id: str
    channel: str


def find_or_park(
    threads: ThreadStore,
    source: Source,
    chat: str,
    channel_message_id: str,
    fact: facts.Fact,
    now: datetime,
    due: Due | None = None,
    *,
    of: Address | None = None,
    told_at: datetime | None = None,
) -> MessageRef | None:
    """The message, or None: then the fact waits for it. of: whose words or address the fact holds; told_at:
    when it happened. Raises StoreBusy when it may pass later, OfErased."""
    whose = (source.merchant_id, source.connection_id)
    for _ in range(TRIES):
        known = threads.pointer(*whose, chat, channel_message_id)
        if known is None and of is not None:
            erased_before(threads, *whose, [of], told_at)
        pointer = known or Pointer(source.connection_id, chat, channel_message_id)
        if pointer.erased:
            raise OfErased
        if pointer.ref is not None:
            return pointer.ref
        counting = facts.that_count((*pointer.parked, fact))
        if fact not in counting:  # what is there says more
            return None
        try:
            of_whom = of.value if of is not None else ""
            threads.park(source.merchant_id, pointer, counting, now + PARKED_FOR, due, of=of_whom)
        except AlreadyThere:
            continue
        return None
    raise StoreBusy("too many facts for one message at once")
