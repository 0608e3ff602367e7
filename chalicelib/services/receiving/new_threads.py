"""The thread of somebody who is heard of for the first time."""

from collections.abc import Sequence

from chalicelib.domain.events import Address
from chalicelib.domain.shoppers import Shopper, shopper_id_for, thread_id_for
from chalicelib.domain.threads import Thread
from chalicelib.ports import Change, Conflict, StoreBusy, ThreadStore
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.pointers import TRIES, Source


def thread_to(source: Source, first: Address, wire: Address) -> Thread:
    """Not stored yet. `first`: who they are, which names thread and shopper; `wire`: where answers go."""
    shopper_id = shopper_id_for(source.merchant_id, source.connection_id, first)
    return Thread(
        merchant_id=source.merchant_id,
        thread_id=thread_id_for(source.merchant_id, source.connection_id, shopper_id),
        connection_id=source.connection_id,
        channel=source.channel,
        shopper_id=shopper_id,
        wire=wire,
    )


def known_thread(
    threads: ThreadStore, source: Source, addresses: Sequence[Address], wire: Address
) -> tuple[str, str]:
    """Shopper and thread of these addresses, made when nobody has heard of them: what is told of a shopper
    who has not written yet (that they want no marketing, say) must not be lost. Raises StoreBusy."""
    for _ in range(TRIES):
        sought = find_shopper(threads, source, addresses)
        if sought.found is not None:
            return sought.found.shopper_id, sought.found.thread_id
        thread = thread_to(source, sought.addresses[0], sought.wire(wire))
        shopper = Shopper(merchant_id=thread.merchant_id, shopper_id=thread.shopper_id)
        named = tuple(dict.fromkeys(sought.addresses))
        try:
            threads.commit(Change(thread=thread, shopper=shopper, addresses=named))
        except Conflict:
            continue
        return thread.shopper_id, thread.thread_id
    raise StoreBusy("others write to this shopper just now")
