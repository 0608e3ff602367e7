"""The shop's own response time: measured when a human ends a wait, read when a promise is made."""

from datetime import datetime, timedelta

from chalicelib.domain.answering.spells import SLIPPED, begun
from chalicelib.domain.merchants import Shop
from chalicelib.domain.promise.hours import Hours, hours_from
from chalicelib.domain.promise.response_time import Promise, promise
from chalicelib.domain.promise.waits import Waited, month_before, waited
from chalicelib.domain.threads import QUIET_SPELL, Thread
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore


def hours_of(shop: Shop) -> Hours | None:
    """The shop's opening hours; None until it has set them."""
    if shop.opening_hours is None:
        return None
    return hours_from(
        shop.zone,
        shop.opening_hours,
        shop.holidays,
        special_days=shop.special_days,
        is_public_holiday=shop.is_public_holiday,
    )


class WaitMeter:
    """Measures waits by the clock, and in opening time once the shop has hours."""

    def __init__(self, shops: ShopStore) -> None:
        self._shops = shops

    def measure(self, thread: Thread, waited_s: float | None, at: datetime) -> Waited | None:
        """thread: as it was before the words that ended the wait. waited_s: by the clock, up to `at`; None
        when nobody waited."""
        if waited_s is None:
            return None
        began = at - timedelta(seconds=waited_s)
        shop = self._shops.shop(thread.merchant_id).at(thread.connection_id)
        spell = begun(thread.spell, thread.waiting_since, is_new=False)
        return waited(
            thread.connection_id,
            began,
            at,
            zone=shop.zone,
            hours=hours_of(shop),
            promised_at=thread.promised_at,
            goes_on=thread.human_at is not None and began - thread.human_at < QUIET_SPELL,
            slipped=SLIPPED in spell.told,
        )


def promise_now(threads: ThreadStore, shop: Shop, thread: Thread, now: datetime) -> Promise:
    """What may be told now to a shopper who waits in a thread."""
    shop = shop.at(thread.connection_id)
    hours, target_s = hours_of(shop), shop.targets.get(thread.channel)
    if hours is None or target_s is not None:
        return promise(now, hours, thread.channel, target_s=target_s)
    since = month_before(now, shop.zone)
    measured = threads.waits(thread.merchant_id, thread.connection_id, since)
    waits_since = thread.waiting_since if thread.promised_at is not None else None
    return promise(now, hours, thread.channel, measured.without(thread.thread_id), waits_since=waits_since)
