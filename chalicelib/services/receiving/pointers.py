"""Finding the message that a fact speaks of, by the channel's id."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain import facts
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.work import Due
from chalicelib.ports import AlreadyThere, Pointer, StoreBusy, ThreadStore

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
) -> MessageRef | None:
    """The message, or None: then the fact waits for it. Raises StoreBusy when it may pass later."""
    for _ in range(TRIES):
        pointer = threads.pointer(
            source.merchant_id, source.connection_id, chat, channel_message_id
        ) or Pointer(source.connection_id, chat, channel_message_id)
        if pointer.ref is not None:
            return pointer.ref
        counting = facts.that_count((*pointer.parked, fact))
        if fact not in counting:  # what is there says more
            return None
        try:
            threads.park(source.merchant_id, pointer, counting, now + PARKED_FOR, due)
        except AlreadyThere:
            continue
        return None
    raise StoreBusy("too many facts for one message at once")
