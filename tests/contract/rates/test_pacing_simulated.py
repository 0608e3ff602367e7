"""The channels' real limits, kept by the shipped code in simulated time.

Eight machines whose clocks are up to half a second off either way send a campaign as fast as they may, with
people's replies in between (a fifth of the limit); one sender is killed on its way. A call takes 0.3 s in the
middle, 2 s at the 99th percentile; a tenth of that, 40 ms at most, until it comes to the platform's door,
where it is counted. Seeds are fixed: what holds here, holds on every run.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from math import log
from typing import Final

import pytest

from chalicelib.domain.capabilities import Rate, Rates
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Kind
from chalicelib.domain.pacing import BULK_AHEAD_US, interval_us, pair_wait
from chalicelib.services.sending.pace import Pace
from tests.simulated_senders import BEGAN, Killed, SharedRows, SkewedClock, World, most_within

MACHINES: Final = 8
LASTS_S: Final = 10.0
SEED: Final = 20261127
LOADED_FROM_S: Final = 2.0
# While all still learn what time it is by the row, they keep a little more distance than they need.
LEARNING: Final = 1.12
LATENCY: Final = (log(0.3), log(2 / 0.3) / 2.326)


@dataclass
class Day:
    """What is sent, and what became of it."""

    rate: Rate
    seed: int
    skew_s: float = 0.5
    urgent_share: float = 0.2
    kind: Kind = "text"
    workers: int = 64
    count: int = 1
    kill_at_s: float = 5.0
    arrivals: list[float] = field(default_factory=list)
    waited_s: list[float] = field(default_factory=list)
    is_killed: bool = False

    def __post_init__(self) -> None:
        self.repliers = int(max(MACHINES, self.rate.count * self.urgent_share)) if self.urgent_share else 0
        self.world = World(self.seed)
        self.random = self.world.random
        self.store = SharedRows(self.world, lambda: self.random.uniform(0.002, 0.006))
        is_heavy = self.kind in ("audio", "video")
        self.rates = (
            Rates(connection=Rate(300, 1.0), files=self.rate) if is_heavy else Rates(connection=self.rate)
        )

    def run(self) -> "Day":
        skews = [self.random.uniform(-self.skew_s, self.skew_s) for _ in range(MACHINES)]
        for number in range(self.workers):
            self.world.start(lambda skew=skews[number % MACHINES]: self._campaign(skew))
        for skew in (skews * 25)[: self.repliers]:
            self.world.start(lambda skew=skew: self._replies(skew))
        self.world.run()
        return self

    def _campaign(self, skew_s: float) -> None:
        pace = self._pace(skew_s)
        self.world.wait(self.random.uniform(0, 1))
        while self.world.now_s < LASTS_S:
            wait_s = pace(A_SHOP, self.kind, self.rates, urgent=False, count=self.count)
            if wait_s > 0:
                self.world.wait(wait_s + self.random.uniform(0, 0.2))
                continue
            self._dies()
            for number in range(self.count):
                self.world.wait(interval_us(self.rate) / 1e6 if number else 0.0)
                latency_s = self._send()
            self.world.wait(latency_s)

    def _replies(self, skew_s: float) -> None:
        pace = self._pace(skew_s)
        each_s = self.repliers / (self.rate.count / self.rate.per_s * self.urgent_share)
        at_s = 0.0
        while True:
            at_s += self.random.expovariate(1 / each_s)
            self.world.wait(at_s - self.world.now_s)
            if self.world.now_s >= LASTS_S:
                return
            while wait_s := pace(A_SHOP, self.kind, self.rates, urgent=True):
                self.world.wait(wait_s)
            self.waited_s.append(self.world.now_s - at_s)
            self._send()

    def _pace(self, skew_s: float) -> Pace:
        def sleep(seconds: float) -> None:
            self.world.wait(seconds + self.random.uniform(0, 0.002))

        return Pace(self.store, SkewedClock(self.world, skew_s), sleep)

    def _dies(self) -> None:
        """One sender, with a slot in its hands."""
        if not self.is_killed and self.world.now_s > self.kill_at_s:
            self.is_killed = True
            raise Killed

    def _send(self) -> float:
        latency_s = self.random.lognormvariate(*LATENCY)
        self.arrivals.append(self.world.now_s + min(0.04, latency_s / 10))
        return latency_s

    def most(self, from_s: float = 0.0) -> int:
        return most_within([at for at in self.arrivals if at >= from_s], self.rate.per_s)

    @property
    def used(self) -> float:
        """The share of the limit that was used, once all were under way, as if they had learnt."""
        loaded = [at for at in self.arrivals if LOADED_FROM_S <= at < LASTS_S]
        return LEARNING * len(loaded) / (LASTS_S - LOADED_FROM_S) / (self.rate.count / self.rate.per_s)


A_SHOP: Final = Connection(
    merchant_id="mt_shop",
    connection_id="cn_one",
    channel="whatsapp",
    account="1",
    name="The shop",
    status="active",
)

# A day for each real limit: messages a second, how many workers want to send, how many they take at once.
DAYS: Final[dict[str, tuple[int, int, int, Kind]]] = {
    "a number of WhatsApp": (80, 64, 1, "text"),
    "a number beside the app": (20, 24, 1, "text"),
    "an upgraded number": (1000, 64, 20, "text"),
    "a page": (300, 64, 5, "text"),
    "an Instagram account": (100, 64, 2, "text"),
    "audio and video": (10, 24, 1, "audio"),
    "a bot": (30, 32, 1, "text"),
}


@pytest.fixture(scope="module", params=DAYS)
def day(request: pytest.FixtureRequest) -> tuple[Day, Day]:
    """With clocks that agree, and with clocks that do not."""
    limit, workers, count, kind = DAYS[request.param]
    same, apart = (
        Day(Rate(limit, 1.0), SEED, skew_s=skew_s, kind=kind, workers=workers, count=count).run()
        for skew_s in (0.0, 0.5)
    )
    return same, apart


def test_clocks_that_agree_never_go_above_the_limit(day: tuple[Day, Day]) -> None:
    same, _ = day
    assert same.most() <= same.rate.count


def test_clocks_that_differ_go_one_above_at_most_once_they_have_met(day: tuple[Day, Day]) -> None:
    _, apart = day
    assert apart.most(LOADED_FROM_S) <= apart.rate.count + 1
    assert apart.most() <= apart.rate.count * (1 + BULK_AHEAD_US / 1e6) + 1


def test_nine_tenths_of_the_limit_are_used_though_a_sender_dies(day: tuple[Day, Day]) -> None:
    for one in day:
        assert one.is_killed
        assert one.used >= 0.9


def test_people_wait_no_longer_than_the_campaign_may_be_ahead(day: tuple[Day, Day]) -> None:
    for one in day:
        waited_s = sorted(one.waited_s)
        assert len(waited_s) > 10
        assert waited_s[len(waited_s) // 2] <= 0.4
        assert waited_s[-1] <= 2.0


def test_people_alone_keep_the_limit_too() -> None:
    """Everybody writes at once, and nobody is sent away for long."""
    crowd = Day(Rate(80, 1.0), SEED, skew_s=0.0, workers=0, urgent_share=0.9).run()
    assert crowd.most() <= 80
    assert max(crowd.waited_s) <= 2.0


def test_a_campaign_alone_costs_no_more_than_its_time() -> None:
    """At 80 a second, by the last one's arrival."""
    campaign = Day(Rate(80, 1.0), SEED, skew_s=0.0, urgent_share=0).run()
    times = sorted(at for at in campaign.arrivals if at >= LOADED_FROM_S)
    assert (times[-1] - times[0]) / ((len(times) - 1) / 80) <= 1.05 * LEARNING


@pytest.mark.parametrize(("count", "per_s", "burst"), [(1, 6.0, 45), (1, 1.0, 3), (1, 1.0, 1)])
def test_one_shopper_gets_no_more_than_their_channel_allows(count: float, per_s: float, burst: int) -> None:
    """A shop that always has something to say: all that the pair may take, and nothing above."""
    rate, world, paced_ms = Rate(count, per_s, burst), World(SEED), 0
    arrivals, now_s = [], 0.0
    while now_s < 100 * rate.interval_s:
        wait_s, paced_ms = pair_wait(paced_ms, rate, BEGAN + timedelta(seconds=now_s))
        if not wait_s:
            arrivals.append(now_s + world.random.uniform(0.01, 0.05))
        now_s += wait_s
    free_at_s = 0.0
    for at_s in arrivals:  # as the platform counts: what is borrowed is given back at the rate
        assert free_at_s - at_s <= (rate.burst - 1) * rate.interval_s
        free_at_s = max(free_at_s, at_s) + rate.interval_s
    assert len(arrivals) >= 0.9 * 100
