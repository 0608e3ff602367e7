"""Delivers webhooks on background threads: in lanes, with retries, and with the faults that were ordered.

A failed delivery (anything but 200; for Telegram anything but 2xx) is tried again at once, then after 0.3 s
doubling to 8 s, 15 tries in all, some 80 s of real time. The platforms take hours or days for it. A target
may have fewer.

Lanes keep order. Telegram's are strict: the next update of a chat waits until the one before got its 2xx.
In Meta's a delivery goes out after the first try of the one before, so that a failed one comes late.
Sources: developers.facebook.com/docs/graph-api/webhooks/getting-started,
core.telegram.org/bots/api#setwebhook
"""

import heapq
import random
import threading
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Final

import requests

from .delivery import Delivery, copied, retry_delay
from .faults import Fault, Faults
from .state import Account, Json
from .targets import Nowhere, Target

WORKERS: Final = 16
ANSWER_WITHIN_S: Final = 15.0
COLLECT_FOR_S: Final = 2.0
CLOSE_WITHIN_S: Final = 1.0


class Courier:
    """Owns the worker threads. `target_of` finds the callback at each try, not when a delivery is made."""

    def __init__(
        self,
        faults: Faults,
        target_of: Callable[[Delivery], Target],
        account_of: Callable[[Delivery], Account | None],
        merge: Callable[[str, list[Json]], list[Json]],
        changed: Callable[[Delivery], None],
        answered: Callable[[Delivery, requests.Response], None],
    ) -> None:
        self._faults = faults
        self._target_of = target_of
        self._account_of = account_of
        self._merge = merge
        self._changed = changed
        self._answered = answered
        self._condition = threading.Condition()
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._lanes: dict[str, deque[Delivery]] = {}
        self._collected: dict[str, list[Delivery]] = defaultdict(list)
        self._collect_kinds: dict[str, set[str]] = defaultdict(set)
        self._generation = 0
        self._is_open = True
        self._sessions = threading.local()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(WORKERS)]
        for thread in self._threads:
            thread.start()

    def later(self, after_s: float, action: Callable[[], None]) -> None:
        """Run an action on a worker thread after so many seconds of real time."""
        with self._condition:
            self._count += 1
            heapq.heappush(self._agenda, (time.monotonic() + after_s, self._count, action))
            self._condition.notify()

    def send(self, delivery: Delivery) -> None:
        """Take a delivery on, once, three times, in a batch or not at all, as the faults have it."""
        account = self._account_of(delivery)
        if account is None:
            return
        if not self._is_deliverable(delivery):
            return
        if self._faults.take(account, ("webhook",), ("drop",)):
            self._end(delivery, "dropped", "a fault was ordered")
            return
        copies = [delivery]
        if self._faults.take(account, ("webhook",), ("duplicate",)):
            copies += [copied(delivery, f"{delivery.id}-{n}") for n in (2, 3)]
        kinds = {kind for kind in ("shuffle", "batch") if self._faults.take(account, ("webhook",), (kind,))}
        if kinds:
            self._collect(account, copies, kinds)
        else:
            for copy in copies:
                self._enter(copy)

    def forget(self) -> None:
        with self._condition:
            self._generation += 1
            self._agenda.clear()
            self._lanes.clear()
            self._collected.clear()
            self._collect_kinds.clear()

    def close(self) -> None:
        with self._condition:
            self._is_open = False
            self._condition.notify_all()
        until = time.monotonic() + CLOSE_WITHIN_S
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _is_deliverable(self, delivery: Delivery) -> bool:
        try:
            self._target_of(delivery)
        except Nowhere as reason:
            self._end(delivery, "nowhere", str(reason))
            return False
        return True

    def _collect(self, account: Account, copies: list[Delivery], kinds: set[str]) -> None:
        group = f"{account.channel}/{account.id}"
        with self._condition:
            is_new = group not in self._collected
            self._collected[group] += copies
            self._collect_kinds[group] |= kinds
        if not any(self._faults.waits_for(account, ("webhook",), kind) for kind in ("shuffle", "batch")):
            self._release(group)
        elif is_new:
            self.later(COLLECT_FOR_S, lambda: self._release(group))

    def _release(self, group: str) -> None:
        with self._condition:
            deliveries = self._collected.pop(group, [])
            kinds = self._collect_kinds.pop(group, set())
        if "shuffle" in kinds:
            deliveries.reverse()
            if len(deliveries) > 2:
                middle = deliveries[1:-1]
                random.shuffle(middle)
                deliveries[1:-1] = middle
        if "batch" in kinds and deliveries and deliveries[0].channel != "telegram":
            deliveries = self._batched(deliveries)
        for delivery in deliveries:
            self._enter(delivery)

    def _batched(self, deliveries: list[Delivery]) -> list[Delivery]:
        for delivery in deliveries[1:]:
            self._end(delivery, "delivered", f"in one body with {deliveries[0].id}")
        bodies = self._merge(deliveries[0].channel, [delivery.body for delivery in deliveries])
        batches = [copied(deliveries[0], f"{deliveries[0].id}-batch{n}") for n in range(1, len(bodies))]
        batches = [deliveries[0], *batches]
        for batch, body in zip(batches, bodies, strict=True):
            batch.body = body
        return batches

    def _enter(self, delivery: Delivery) -> None:
        self._changed(delivery)
        with self._condition:
            lane = self._lanes.setdefault(delivery.lane, deque())
            lane.append(delivery)
            is_first = len(lane) == 1
        if is_first:
            self.later(0, lambda: self._go(delivery))

    def _work(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            self._sessions.session = session
            while action := self._next_action():
                try:
                    action()
                except Exception:  # one that fails must not take its worker with it
                    traceback.print_exc()

    def _next_action(self) -> Callable[[], None] | None:
        """Wait for the next action that is due. None when it is time to go."""
        with self._condition:
            while self._is_open and (not self._agenda or self._agenda[0][0] > time.monotonic()):
                self._condition.wait(self._agenda[0][0] - time.monotonic() if self._agenda else None)
            return heapq.heappop(self._agenda)[2] if self._is_open else None

    def _go(self, delivery: Delivery) -> None:
        """Try the head of a lane."""
        generation = self._generation
        done = self._try(delivery)
        if generation != self._generation:
            return
        if done or delivery.channel != "telegram":
            self._next(delivery.lane)
        if not done:
            again = self._go if delivery.channel == "telegram" else self._go_alone
            self.later(retry_delay(delivery.tries, delivery.channel), lambda: again(delivery))

    def _go_alone(self, delivery: Delivery) -> None:
        """Try one that has left its lane."""
        generation = self._generation
        if not self._try(delivery) and generation == self._generation:
            self.later(retry_delay(delivery.tries, delivery.channel), lambda: self._go_alone(delivery))

    def _next(self, lane_name: str) -> None:
        with self._condition:
            lane = self._lanes.get(lane_name)
            if lane is None:
                return
            lane.popleft()
            if not lane:
                del self._lanes[lane_name]
                return
            head = lane[0]
        self.later(0, lambda: self._go(head))

    def _try(self, delivery: Delivery) -> bool:
        """One try. True when nothing is left to do: it was taken, or is given up."""
        account = self._account_of(delivery)
        if account is None:
            return True
        fault = self._faults.take(account, ("webhook",), ("status", "timeout", "drop_answer", "slow"))
        if fault and fault.kind == "slow":
            time.sleep(fault.seconds or 5.0)
        try:
            target = self._target_of(delivery)
            self._post(delivery, target, fault)
        except Nowhere as reason:
            self._end(delivery, "nowhere", str(reason))
            return True
        if delivery.state == "delivered":
            self._changed(delivery)
            return True
        if delivery.tries >= target.tries:
            self._end(delivery, "given up", delivery.reason)
            return True
        self._changed(delivery)
        return False

    def _post(self, delivery: Delivery, target: Target, fault: Fault | None) -> None:
        """Send once and note on the delivery what came of it."""
        status, answer, reason, response = None, "", "", None
        if fault and fault.kind in ("status", "timeout"):
            status = (fault.status or 500) if fault.kind == "status" else None
            reason = f"not sent: a fault was ordered ({fault.kind})"
        else:
            try:
                response = self._request(delivery, target)
                status, answer = response.status_code, response.text[:200]
            except (requests.RequestException, ValueError) as error:
                reason = type(error).__name__
        if fault and fault.kind == "drop_answer":
            status, answer, reason = None, "", "sent, answer not heard: a fault was ordered"
        is_taken = status is not None and not reason and target.is_taken(status)
        delivery.status, delivery.answer, delivery.tries = status, answer, delivery.tries + 1
        delivery.reason = reason or ("" if is_taken else f"answered {status}")
        if is_taken and response is not None:
            delivery.state = "delivered"
            self._answered(delivery, response)

    def _request(self, delivery: Delivery, target: Target) -> requests.Response:
        body = target.content(delivery.body)
        session: requests.Session = self._sessions.session
        return session.post(
            target.url,
            data=body,
            headers=target.headers(body),
            timeout=ANSWER_WITHIN_S,
            allow_redirects=False,
        )

    def _end(self, delivery: Delivery, state: str, reason: str) -> None:
        delivery.state, delivery.reason = state, reason
        self._changed(delivery)
