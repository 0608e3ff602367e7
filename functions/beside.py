"""What stands beside a thread: the shopper's orders, how often those came late, returns, other threads."""

from typing import Any

from chalicelib.domain.threads import Thread
from functions import returns, views
from functions.wiring import wired


def of(thread: Thread) -> dict[str, Any]:
    """Nothing beside a thread of the shop's own people."""
    if thread.staff:
        return {}
    zone = wired().shops.shop(thread.merchant_id).zone
    found = wired().work.beside_thread(thread, zone, wired().clock.now())
    return {
        "orders": [views.kept_order(one) for one in found.orders],
        "late_deliveries": found.late,
        "returns": [returns.shown(one) for one in found.returns],
        "past_threads": [
            {
                "thread_id": one.thread_id,
                "channel": one.channel,
                "state": one.state,
                "last_message_at": views.time(one.spoken_at),
            }
            for one in found.threads
        ],
    }
