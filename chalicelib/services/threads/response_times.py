"""The shop's own response time: measured when a human ends a wait, read when a promise is made."""

from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.domain.hours import Hours, hours_from, open_seconds
from chalicelib.domain.merchants import Shop
from chalicelib.domain.response_time import Promise, bucket_of, promise
from chalicelib.domain.threads import Thread
from chalicelib.ports import ShopStore, ThreadStore, Waited

MEASURED_OVER: Final = timedelta(days=30)


def hours_of(shop: Shop) -> Hours | None:
    """The shop's opening hours; None until it has set them."""
    return None if shop.opening_hours is None else hours_from(shop.zone, shop.opening_hours, shop.holidays)


class WaitMeter:
    """Measures waits in opening time once the shop has hours, else by the clock."""

    def __init__(self, shops: ShopStore) -> None:
        self._shops = shops

    def measure(self, thread: Thread, waited_s: float | None, at: datetime) -> Waited | None:
        """`waited_s`: by the clock, up to `at`; None when nobody waited."""
        if waited_s is None:
            return None
        hours = hours_of(self._shops.shop(thread.merchant_id))
        if hours is not None:
            waited_s = open_seconds(hours, at - timedelta(seconds=waited_s), at)
        return Waited(thread.channel, at.astimezone(UTC).date(), bucket_of(waited_s))


def promise_now(threads: ThreadStore, shop: Shop, merchant_id: str, channel: str, now: datetime) -> Promise:
    """What a shopper who writes now may be told."""
    since = (now.astimezone(UTC) - MEASURED_OVER).date()
    return promise(now, hours_of(shop), threads.waits(merchant_id, channel, since), channel)
