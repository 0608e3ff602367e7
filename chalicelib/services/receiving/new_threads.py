"""The thread of somebody who is heard of for the first time."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.domain.erasing import again_as
from chalicelib.domain.events import Address
from chalicelib.domain.shoppers import Shopper, shopper_id_for, thread_id_for
from chalicelib.domain.threads import Thread
from chalicelib.ports.errors import AddressErased, Conflict, StoreBusy
from chalicelib.ports.threads import Change, ThreadStore
from chalicelib.services.receiving.erased import erased_before, refuse_past
from chalicelib.services.receiving.find_shopper import find_shopper
from chalicelib.services.receiving.pointers import TRIES, Source


def thread_to(source: Source, first: Address, wire: Address, erased_at: datetime | None = None) -> Thread:
    """Not stored yet. `first`: who they are, which names thread and shopper; `wire`: where answers go.
    erased_at: when whoever had the address before was erased: they are somebody else since."""
    shopper_id = shopper_id_for(source.merchant_id, source.connection_id, first)
    if erased_at is not None:
        shopper_id = again_as(source.merchant_id, shopper_id, erased_at)
    return Thread(
        merchant_id=source.merchant_id,
        thread_id=thread_id_for(source.merchant_id, source.connection_id, shopper_id),
        connection_id=source.connection_id,
        channel=source.channel,
        shopper_id=shopper_id,
        wire=wire,
    )


def known_thread(
    threads: ThreadStore,
    source: Source,
    addresses: Sequence[Address],
    wire: Address,
    told_at: datetime,
    *,
    known_as: Callable[[Thread], Thread] = lambda thread: thread,
) -> tuple[str, str]:
    """Shopper and thread of these addresses, made when nobody has heard of them: what is told of a shopper
    who has not written yet (that they want no marketing, say) must not be lost. told_at: when it happened.
    known_as: what else is known of somebody new, put on their thread. Raises StoreBusy, OfErased."""
    erased_at: datetime | None = None
    for _ in range(TRIES):
        sought = find_shopper(threads, source, addresses)
        refuse_past(sought.found, told_at)
        if sought.found is not None:
            return sought.found.shopper_id, sought.found.thread_id
        thread = known_as(thread_to(source, sought.addresses[0], sought.wire(wire), erased_at))
        shopper = Shopper(
            merchant_id=thread.merchant_id, shopper_id=thread.shopper_id, name=thread.shopper_name
        )
        named = tuple(dict.fromkeys(sought.addresses))
        try:
            threads.commit(Change(thread=thread, shopper=shopper, addresses=named, erased_at=erased_at))
        except AddressErased:
            erased_at = erased_before(threads, source.merchant_id, source.connection_id, named, told_at)
        except Conflict:
            continue
        return thread.shopper_id, thread.thread_id
    raise StoreBusy("others write to this shopper just now")
