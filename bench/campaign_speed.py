"""`campaign_ratio`, `telegram_campaign_ratio`: how long a campaign takes against what its channel allows.

Discrete events in a time of their own, with the shipped pace: a run's pages come due in the due index and
are spread over the minute after each tick; eight senders take batches from the queue as the deployed one
does, and send some of them at the same time; a platform takes 0.3 s in the middle and 2 s at the 99th
percentile; clocks are up to half a second off either way; one sender is killed on its way, and what it held
comes back by its queue.
"""

import resource
import subprocess
import sys
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from math import log
from typing import Any, Final

from bench.rows import Row
from chalicelib.domain.campaigns.feeding import due_after_s
from chalicelib.domain.campaigns.runs import PAGE
from chalicelib.domain.capabilities import Rate, Rates
from chalicelib.domain.connections import Connection
from chalicelib.services.run_due import PAGES_AT_ONCE, SPREAD_S
from chalicelib.services.sending.pace import Pace
from chalicelib.services.sending.send_message import BULK_PATIENCE_S
from functions.queues import BULK_AT_ONCE, BULK_BEGINS_WITHIN_S
from infra.package import PROJECT
from infra.sandbox.rates import WINDOW_S
from infra.template.queues import BATCH_SIZES, GATHERED_FOR_S
from tests.simulated_senders import Killed, Line, SharedRows, SkewedClock, World

RECIPIENTS: Final = 100_000
SENDERS: Final = 8
SEED: Final = 20261127
AIM: Final = 1.05
# Messages a second: of a WhatsApp number, of a Telegram bot.
SPEEDS: Final = {"campaign_ratio": 80, "telegram_campaign_ratio": 30}
LATENCY: Final = (log(0.3), log(2 / 0.3) / 2.326)
# Of the latency, what passes until a call is at the platform's door, where it is counted, differs by so much.
DOOR_S: Final = 0.02
SKEW_S: Final = 0.5
TICK_S: Final = 60.0
# When a queue hands out again what a sender took with it.
VISIBILITY_S: Final = 180.0
# Of one recipient, what a page's worker needs to decide, and a sender beside the platform's own time.
DECIDED_S: Final = 0.1
STORED_S: Final = 0.05
POLLED_S: Final = 0.05
# A shop on the channel, whichever it is: the limit is its connection's.
SHOP: Final = Connection(
    merchant_id="mt_shop", connection_id="cn_one", channel="whatsapp", account="1", name="", status="active"
)


@dataclass
class Campaign:
    """What is left to do, and what has come to the platform, by recipient, from 1."""

    per_second: int
    recipients: int = RECIPIENTS
    arrived: dict[int, float] = field(default_factory=dict)
    waiting: deque[int] = field(default_factory=deque)
    lost: int = 0

    def __post_init__(self) -> None:
        self.world = World(SEED)
        self.random = self.world.random
        self.rates = Rates(connection=Rate(self.per_second, 1.0))
        self.store = SharedRows(self.world, lambda: self.random.uniform(0.002, 0.006))
        self.pages = -(-self.recipients // PAGE)
        self.alive = SENDERS

    def run(self) -> "Campaign":
        self.world.start(self._ticks)
        for number in range(SENDERS):
            self.world.start(partial(self._sender, number, self.random.uniform(-SKEW_S, SKEW_S)))
        self.world.run()
        return self

    @property
    def is_over(self) -> bool:
        return len(self.arrived) + self.lost >= self.recipients

    def _ticks(self) -> None:
        """The pages until the first tick at their own moments, later ones by the tick after it."""
        number = 0
        while number < self.pages and due_after_s(number, self.per_second) <= TICK_S:
            self.world.start(partial(self._page, number, due_after_s(number, self.per_second)))
            number += 1
        while number < self.pages:
            self.world.wait(TICK_S)
            begun = number
            while number < self.pages and due_after_s(number, self.per_second) <= self.world.now_s:
                number += 1
            for place in range(number - begun):
                late_s = max(0, place - PAGES_AT_ONCE + 1) * SPREAD_S / max(1, number - begun)
                self.world.start(partial(self._page, begun + place, late_s))

    def _page(self, number: int, after_s: float) -> None:
        """Decided on one by one; its messages are queued together."""
        self.world.wait(after_s)
        some = range(number * PAGE + 1, min(number * PAGE + PAGE, self.recipients) + 1)
        self.world.wait(DECIDED_S * len(some))
        self.waiting.extend(some)

    def _sender(self, number: int, skew_s: float) -> None:
        def sleep(seconds: float) -> None:
            self.world.wait(seconds + self.random.uniform(0, 0.002))

        pace = Pace(self.store, SkewedClock(self.world, skew_s), sleep, self.random.random, Line(self.world))
        dies_at_s = self.recipients / self.per_second / 2 if number == 0 else None
        while not self.is_over:
            if not self.waiting:
                self.world.wait(1.0)
                continue
            if len(self.waiting) < BATCH_SIZES["Bulk"]:
                self.world.wait(float(GATHERED_FOR_S["Bulk"]))
            batch = [self.waiting.popleft() for _ in range(min(BATCH_SIZES["Bulk"], len(self.waiting)))]
            if dies_at_s is not None and self.world.now_s >= dies_at_s:
                self._dies(batch)
            self._work(pace, batch)

    def _dies(self, batch: list[int]) -> None:
        """In the middle of its calls: nobody knows of some whether they left, the others come back."""
        unsure, back = batch[:BULK_AT_ONCE], batch[BULK_AT_ONCE:]
        self.lost += len(unsure)

        def come_back() -> None:
            self.world.wait(VISIBILITY_S)
            self.waiting.extend(back)

        self.world.start(come_back)
        raise Killed

    def _work(self, pace: Pace, batch: list[int]) -> None:
        left, began_s, busy = deque(batch), self.world.now_s, [BULK_AT_ONCE]

        def thread() -> None:
            try:
                while left:
                    one = left.popleft()
                    is_late = self.world.now_s - began_s >= BULK_BEGINS_WITHIN_S
                    if is_late or not self._one(pace, one):
                        self.waiting.append(one)
            finally:
                busy[0] -= 1

        for _ in range(BULK_AT_ONCE):
            self.world.start(thread)
        while busy[0]:
            self.world.wait(POLLED_S)

    def _one(self, pace: Pace, one: int) -> bool:
        if pace(SHOP, "text", self.rates, urgent=False, patience_s=BULK_PATIENCE_S) > 0:
            return False
        latency_s = self.random.lognormvariate(*LATENCY)
        self.arrived[one] = self.world.now_s + min(DOOR_S, latency_s / 10)
        self.world.wait(latency_s + STORED_S)
        return True

    @property
    def ended_s(self) -> float:
        return max(self.arrived.values())

    @property
    def refused(self) -> int:
        """How many the platform would have answered with a limit: it counts those of the second before."""
        taken: deque[float] = deque()
        refused = 0
        for at in sorted(self.arrived.values()):
            while taken and at - taken[0] >= WINDOW_S:
                taken.popleft()
            if len(taken) >= self.per_second:
                refused += 1
            else:
                taken.append(at)
        return refused


def measure() -> list[Row]:
    """Each in a process of its own, so that its memory is its own."""
    return [_measured(name) for name in SPEEDS]


def _measured(name: str) -> Row:
    done = subprocess.run(
        [sys.executable, "-m", "bench.campaign_speed", name],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"bench.campaign_speed failed: {done.stderr.strip()[-800:]}")
    ratio, note = done.stdout.strip().split("\n")[-1].split(" ", 1)
    return Row(name, float(ratio), "x", AIM, note)


def main() -> None:
    speed = SPEEDS[sys.argv[1]]
    campaign = Campaign(speed, int(sys.argv[2]) if len(sys.argv) > 2 else RECIPIENTS).run()
    ratio = campaign.ended_s / (campaign.recipients / speed)
    calls: list[Any] = campaign.store.calls
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"{ratio:.4f} {len(campaign.arrived)} at {speed}/s in {campaign.ended_s:.0f} s, "
        f"{campaign.refused} rate-limit answers, {campaign.lost} unsure of a sender that died, "
        f"{len(calls) / len(campaign.arrived):.1f} writes of the schedule each, {peak_mb:.0f} MB at most"
    )


if __name__ == "__main__":
    main()
